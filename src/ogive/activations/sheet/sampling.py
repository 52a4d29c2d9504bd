"""The points of a curve, in pieces that end where the function jumps or is undefined."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Curve", "Dot", "Piece", "sample", "thinned", "view"]

POINTS = 1001
# Neighbours farther apart than this share of the curve's height may have a jump between them.
SUSPICIOUS = 0.02
# What bisection leaves of a jump; of a mere steep slope it leaves nothing.
REMAINS = 0.3
ROUNDS = 4


class Piece(NamedTuple):
    """A stretch without a jump: arrays of equal length, all finite."""

    z: NDArray[np.float64]
    y: NDArray[np.float64]


class Dot(NamedTuple):
    """An end of the curve at a jump; `closed` where the function has that very value."""

    z: float
    y: float
    closed: bool


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A curve ready to be drawn."""

    pieces: tuple[Piece, ...]
    dots: tuple[Dot, ...]


def sample(function: Callable[[Any], Any], lower: float, upper: float) -> Curve:
    """Follow a function from `lower` to `upper`.

    Jumps are found by bisection to neighbouring floats, not asked of anybody, so that formulas
    and every `subgradient` are drawn as they are computed.

    Parameters
    ----------
    function : callable
        Takes and returns an array of float64.
    lower, upper : float
        The ends, finite, the lower one first.
    """
    z = np.linspace(lower, upper, POINTS)
    broken: set[float] = set()
    with np.errstate(all="ignore"):
        y = np.asarray(function(z), np.float64)
        for _ in range(ROUNDS):
            found = _jumps(function, z, y, broken)
            if not found:
                break
            broken.update(left for left, _ in found)
            z = np.unique(np.concatenate([z, np.array(found).ravel()]))
            y = np.asarray(function(z), np.float64)
    return _in_pieces(z, y, broken)


def _jumps(
    function: Callable[[Any], Any], z: NDArray[Any], y: NDArray[Any], known: set[float]
) -> list[tuple[float, float]]:
    """Return the neighbouring floats on both sides of each jump not yet known."""
    finite = np.isfinite(y)
    if not finite.any():
        return []
    height = _height(y[finite])
    left, right = z[:-1].copy(), z[1:].copy()
    y_left, y_right = y[:-1].copy(), y[1:].copy()
    rise = np.abs(y_right - y_left)
    new = ~np.isin(left, list(known)) & finite[:-1] & finite[1:] & (rise > SUSPICIOUS * height)
    left, right, y_left, y_right = left[new], right[new], y_left[new], y_right[new]
    rise = rise[new]
    while True:
        middle = left + (right - left) / 2
        inside = (left < middle) & (middle < right)
        if not inside.any():
            break
        y_middle = np.where(inside, function(middle), np.nan)
        # Into the half with the greater change; an undefined middle counts as the end of both.
        to_left = np.abs(y_middle - y_left) >= np.abs(y_right - y_middle)
        to_left |= ~np.isfinite(y_middle)
        right, y_right = (
            np.where(inside & to_left, middle, right),
            np.where(inside & to_left, y_middle, y_right),
        )
        left, y_left = (
            np.where(inside & ~to_left, middle, left),
            np.where(inside & ~to_left, y_middle, y_left),
        )
    remaining = np.abs(y_right - y_left)
    jumped = ~(remaining <= REMAINS * rise)
    return list(zip(left[jumped].tolist(), right[jumped].tolist(), strict=True))


def _height(y: NDArray[Any]) -> float:
    """Return the height of the curve without its most extreme tenths."""
    low, high = np.quantile(y, [0.1, 0.9])
    return float(high - low) or float(np.ptp(y)) or 1.0


def _in_pieces(z: NDArray[Any], y: NDArray[Any], broken: set[float]) -> Curve:
    finite = np.isfinite(y)
    after_jump = np.isin(z[:-1], list(broken))
    cuts = np.flatnonzero(after_jump | (finite[:-1] != finite[1:])) + 1
    pieces = tuple(
        Piece(part_z, part_y)
        for part_z, part_y in zip(np.split(z, cuts), np.split(y, cuts), strict=True)
        if np.isfinite(part_y[0])
    )
    dots = []
    for i in np.flatnonzero(after_jump & finite[:-1] & finite[1:]):
        # Of two neighbouring floats the one written shorter is where the jump is meant to be.
        closed = min((i, i + 1), key=lambda k: len(repr(float(z[k]))))
        dots += [Dot(float(z[k]), float(y[k]), bool(k == closed)) for k in (i, i + 1)]
    return Curve(pieces, tuple(dict.fromkeys(dots)))


def view(curves: Sequence[Curve]) -> tuple[float, float]:
    """Return the lowest and highest value worth showing; a curve that runs off is cut there."""
    ends = []
    for curve in curves:
        if curve.pieces:
            y = np.concatenate([piece.y for piece in curve.pieces])
            low, high = np.quantile(y, [0.1, 0.9])
            room = 2 * _height(y)
            ends.append((max(float(y.min()), low - room), min(float(y.max()), high + room)))
    if not ends:
        return -1.0, 1.0
    bottom, top = float(min(low for low, _ in ends)), float(max(high for _, high in ends))
    return (bottom, top) if bottom < top else (bottom - 1.0, top + 1.0)


def thinned(piece: Piece, tolerance: float) -> Piece:
    """Return the few points between which straight lines stay within `tolerance` of the piece."""
    z, y = piece
    kept = np.zeros(z.size, bool)
    kept[[0, -1]] = True
    stretches = [(0, z.size - 1)]
    while stretches:
        first, last = stretches.pop()
        if last - first < 2:
            continue
        inner = slice(first + 1, last)
        chord = np.interp(z[inner], [z[first], z[last]], [y[first], y[last]])
        miss = np.abs(y[inner] - chord)
        worst = int(np.argmax(miss))
        if miss[worst] > tolerance:
            middle = first + 1 + worst
            kept[middle] = True
            stretches += [(first, middle), (middle, last)]
    return Piece(z[kept], y[kept])
