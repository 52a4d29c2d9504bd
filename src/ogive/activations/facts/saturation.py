"""From where on the correctly rounded value of a function equals its limit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ogive.activations.facts.analysis import Joint
from ogive.activations.facts.behaviour import Behaviour
from ogive.activations.facts.evaluation import bits

__all__ = ["saturation"]

_TYPES: Mapping[str, type[np.floating[Any]]] = {"float32": np.float32, "float64": np.float64}


def saturation(
    pieces: list[Behaviour], joints: list[Joint]
) -> dict[str, tuple[float | None, float | None]]:
    """Return, for each type, the z up to which and the z from which the limit is reached."""
    return {
        name: (
            _point(pieces, joints, -1, dtype),
            _point(pieces[::-1], joints[::-1], 1, dtype),
        )
        for name, dtype in _TYPES.items()
    }


def _point(pieces: list[Behaviour], joints: list[Joint], side: int, dtype: Any) -> float | None:
    """Return the point of one side; `pieces` and `joints` begin at that side's infinity."""
    limit = pieces[0].ends[0 if side < 0 else 1] if pieces[0].defined else None
    if limit is None or abs(limit) == np.inf or _waves(pieces[0]):
        return None
    for piece, joint in zip(pieces, [*joints, None], strict=True):
        near, far = (piece.b, piece.a) if side < 0 else (piece.a, piece.b)
        if not piece.defined:
            return float(far)
        threshold = _half_spacing(piece, limit, far, side, dtype)
        if not piece.flat:
            return _search(piece, limit, threshold, near, far, side, dtype)
        if _error(piece, limit, _inside(piece)) > threshold:
            return float(far)
        if joint is not None and not abs(joint.value - limit) <= threshold:
            return float(near)
    return float(near)


def _waves(piece: Behaviour) -> bool:
    return not piece.flat and (piece.oscillates or piece.period is not None)


def _inside(piece: Behaviour) -> Any:
    from ogive.activations.facts.behaviour import middle_of

    return middle_of(piece.a, piece.b)


def _error(piece: Behaviour, limit: Any, z: Any) -> Any:
    # The least float64 is 2**-1074: digits for it remain where 1 or 2 cancels.
    precision = 1300 + bits(z, piece.smooth.scale(piece.values))
    if abs(z) > 1e3:
        precision += int(4 * np.log2(float(min(abs(z), 1e300))))
    return abs(piece.smooth.at(0, z, piece.values, precision) - limit)


def _half_spacing(piece: Behaviour, limit: Any, far: Any, side: int, dtype: Any) -> Any:
    """Return the largest error that still rounds to the limit, on the side of approach."""
    from mpmath import mpf

    rounded = dtype(float(limit))
    if rounded == 0:
        return mpf(float(np.finfo(dtype).smallest_subnormal)) / 2
    signs = [s.sign for s in piece.rises] or [0]
    sign = signs[0] if side < 0 else signs[-1]
    from_above = sign * side < 0
    neighbour = np.nextafter(rounded, dtype(np.inf if from_above else -np.inf))
    halfway = (mpf(float(rounded)) + mpf(float(neighbour))) / 2
    return abs(halfway - limit)


def _bracket(piece: Behaviour, limit: Any, threshold: Any, inner: Any, side: int) -> Any:
    """Return two points, at most four times as far as each other, about the one sought."""
    from mpmath import mpf, sqrt

    near, far = mpf(0), mpf(1)
    while _error(piece, limit, inner + side * far) > threshold:
        near, far = far, max(4 * far, far * far)
    while near and far > 4 * near:
        middle = sqrt(near * far)
        if _error(piece, limit, inner + side * middle) > threshold:
            near = middle
        else:
            far = middle
    return inner + side * near, inner + side * far


def _search(
    piece: Behaviour, limit: Any, threshold: Any, near: Any, far: Any, side: int, dtype: Any
) -> float | None:
    """Find where the error passes the threshold, coming from afar."""
    from mpmath import log, mp, mpf

    with mp.workprec(300):
        turning = [z for z, _ in piece.turns]
        inner = (max(turning) if side > 0 else min(turning)) if turning else near
        if abs(inner) == np.inf:
            inner = mpf(0)
        beyond = mpf(float(np.finfo(dtype).max))
        if abs(far) == np.inf:
            if _error(piece, limit, side * beyond) > threshold:
                return None
            low, high = _bracket(piece, limit, threshold, inner, side)
        else:
            low, high = (far - side if abs(near) == np.inf else inner), far
        if _error(piece, limit, low) <= threshold:
            return float(low)

        def excess(z: Any) -> Any:
            error = _error(piece, limit, z)
            if not mp.isfinite(error):
                return mpf(10**6)
            return log(error / threshold) if error else mpf(-(10**6))

        above, below = excess(low), excess(high)
        for step in range(200):
            if abs(high - low) <= mpf(10) ** -18 * abs(high) + mpf(10) ** -30:
                break
            # Regula falsi, halving in between: the error may fall very unevenly.
            share = above / (above - below) if step % 3 and above != below else mpf("0.5")
            share = min(max(share, mpf("1e-9")), 1 - mpf("1e-9"))
            middle = low + (high - low) * share
            value = excess(middle)
            if value > 0:
                low, above = middle, value
            else:
                high, below = middle, value
        return float(high)
