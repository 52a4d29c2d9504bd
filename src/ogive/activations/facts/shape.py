"""Monotonicity, extrema, parity and curvature of an analysed function."""

from __future__ import annotations

from typing import Any

from ogive.activations.facts.analysis import Analysis, Joint
from ogive.activations.facts.behaviour import Behaviour
from ogive.activations.facts.evaluation import is_nan
from ogive.activations.facts.numbers import equal

__all__ = ["convexity", "extrema", "falling", "monotonicity", "parity", "smoothness"]

_SAMPLES = ("0.0537", "0.371", "1.437", "2.719", "3.61", "5.93", "9.17", "31.7")


def monotonicity(analysis: Analysis) -> str | None:
    """Return how f runs where it is defined; None where that is undecided."""
    signs = {stretch.sign for piece in analysis.pieces if piece.defined for stretch in piece.rises}
    for joint in analysis.joints:
        steps = [v for v in (joint.left, joint.value, joint.right) if v is not None]
        steps = [v for v in steps if not is_nan(v)]
        for before, after in zip(steps, steps[1:], strict=False):
            if not equal(before, after) and abs(after - before) > 1e-40:
                signs.add(1 if after > before else -1)
    if not signs:
        return None
    if {1, -1} <= signs:
        return "not monotonic"
    if any(piece.oscillates for piece in analysis.pieces):
        return None
    if signs == {0}:
        return "constant"
    word = "increasing" if 1 in signs else "decreasing"
    return word if 0 in signs else f"strictly {word}"


def falling(analysis: Analysis) -> list[tuple[Any, Any]]:
    """Return the intervals in which f falls; equal ends where it jumps down."""
    found: list[tuple[Any, Any]] = []
    for i, piece in enumerate(analysis.pieces):
        if i:
            joint = analysis.joints[i - 1]
            sides = (joint.left, joint.right)
            finite = None not in sides and max(map(abs, sides)) < float("inf")
            if finite and sides[0] > sides[1] and not equal(*sides):
                found.append((joint.point.at, joint.point.at))
        for stretch in piece.rises:
            if stretch.sign >= 0:
                continue
            continued = (
                found
                and found[-1][1] == stretch.lower == piece.a
                and analysis.joints[i - 1].order >= 0
            )
            if continued:
                found[-1] = (found[-1][0], stretch.upper)
            else:
                found.append((stretch.lower, stretch.upper))
    return found


def extrema(analysis: Analysis) -> list[tuple[Any, Any]]:
    """Return the strict local minima and maxima as pairs of z and f(z)."""
    found = [turn for piece in analysis.pieces for turn in piece.turns]
    for i, joint in enumerate(analysis.joints):
        before, after = analysis.pieces[i].rises, analysis.pieces[i + 1].rises
        if joint.order >= 0 and before and after and before[-1].sign * after[0].sign < 0:
            found.append((joint.point.at, joint.value))
    return sorted(found)


def parity(analysis: Analysis) -> str | None:
    """Return "odd", "even" or "neither", decided at joints and at points of every piece."""
    from mpmath import mpf

    bounds = [abs(joint.point.at) for joint in analysis.joints]
    edges = sorted({mpf(0), *bounds})
    points = [mpf(text) for text in _SAMPLES]
    points += [(a + b) * mpf("0.4871") for a, b in zip(edges, edges[1:], strict=False)]
    points += [edges[-1] + mpf(text) for text in _SAMPLES[:4]]
    pairs = [(_at(analysis, z), _at(analysis, -z)) for z in points]
    pairs += [(joint.value, _opposite(analysis, joint)) for joint in analysis.joints]
    odd = even = True
    for first, second in pairs:
        if is_nan(first) and is_nan(second):
            continue
        if is_nan(first) or is_nan(second):
            return "neither"
        odd, even = odd and _same(first, -second), even and _same(first, second)
    if odd and even:  # the constant 0
        return "even"
    return "odd" if odd else "even" if even else "neither"


def _same(first: Any, second: Any) -> bool:
    return bool(abs(first - second) <= max(abs(first), abs(second)) * 1e-40)


def _opposite(analysis: Analysis, joint: Joint) -> Any:
    """Return the value on the other side of 0, where there may be a joint as well."""
    z = -joint.point.at
    for other in analysis.joints:
        if abs(other.point.at - z) <= 1e-40:
            return other.value
    return _at(analysis, z)


def _at(analysis: Analysis, z: Any) -> Any:
    for piece in analysis.pieces:
        if piece.defined and piece.a < z < piece.b:
            return piece.smooth.at(0, z, piece.values, 400)
    return z * float("nan")


def convexity(analysis: Analysis) -> str | None:
    """Return the curvature of a function defined everywhere."""
    if any(joint.order < 0 for joint in analysis.joints):
        return "neither"
    signs = {stretch.sign for piece in analysis.pieces for stretch in piece.curves}
    for joint in analysis.joints:
        if joint.slope_left is None or joint.slope_right is None:
            return None
        if joint.kink:
            signs.add(1 if joint.slope_right > joint.slope_left else -1)
        elif joint.order == 0:  # a vertical tangent
            signs |= {1, -1}
    if {1, -1} <= signs:
        return "neither"
    if _oscillates(analysis.pieces):
        return None
    return "convex" if 1 in signs else "concave" if -1 in signs else "linear"


def _oscillates(pieces: list[Behaviour]) -> bool:
    return any(piece.oscillates for piece in pieces)


def smoothness(analysis: Analysis) -> str:
    """Return the smoothness class of a function defined everywhere, or with isolated gaps."""
    order = min((joint.order for joint in analysis.joints), default=10**6)
    if order < 0:
        return "discontinuous"
    return "C∞" if order >= 10**6 else f"C{order}"
