"""A whole function for given parameters: its pieces, and what happens where they meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from ogive.activations.facts.behaviour import Behaviour, behaviour, middle_of
from ogive.activations.facts.evaluation import SNAP, Smooth, is_nan
from ogive.activations.facts.numbers import equal
from ogive.activations.facts.pieces import Break, Function
from ogive.activations.facts.ranges import Span, merged

__all__ = ["Analysis", "Joint", "Subgradient", "analyse"]

Subgradient = Literal["torch", "left", "right", "mean"]
_HIGHEST_ORDER = 6


@dataclass
class Joint:
    """A point where two pieces meet.

    Attributes
    ----------
    point : Break
    value : mpf
        f there; not a number where undefined.
    left, right : mpf or None
        Limits of f from either side.
    slope_left, slope_right, used : mpf or None
        Limits of f' from either side, and the slope that is used at the point itself.
    order : int
        How many derivatives are continuous; -1 where f is not, a large number where all are.
    """

    point: Break
    value: Any
    left: Any
    right: Any
    slope_left: Any
    slope_right: Any
    used: Any
    order: int

    @property
    def kink(self) -> bool:
        """Whether the slope differs between the sides."""
        known = self.slope_left is not None and self.slope_right is not None
        return known and not equal(self.slope_left, self.slope_right)


@dataclass
class Analysis:
    """All pieces between ``breaks`` and the joints at them."""

    function: Function
    values: tuple[Any, ...]
    pieces: list[Behaviour]
    joints: list[Joint]

    @property
    def defined(self) -> bool:
        """Whether f has a finite value for every z."""
        return all(piece.defined for piece in self.pieces) and not any(
            is_nan(joint.value) for joint in self.joints
        )

    def output_spans(self) -> list[Span] | None:
        """Return the set of values of f; None where undecided."""
        spans = [piece.span(0) for piece in self.pieces if piece.defined]
        if any(span is None for span in spans) or not spans:
            return None
        points = [joint.value for joint in self.joints if not is_nan(joint.value)]
        return merged([*filter(None, spans), *(Span(p, p, True, True) for p in points)])

    def slope_parts(self) -> list[Span] | None:
        """Return the sets of values of f', of each piece and of each joint; None: undecided.

        At a joint f' counts where it exists; so does the slope used at a kink, unless it is that
        of one side.
        """
        spans = [piece.span(1) for piece in self.pieces if piece.defined]
        if any(span is None for span in spans) or not spans:
            return None
        points = [joint.used for joint in self.joints if self._counts(joint)]
        return [*filter(None, spans), *(Span(p, p, True, True) for p in points)]

    def slope_spans(self) -> list[Span] | None:
        """Return the set of values of f'; None where undecided."""
        parts = self.slope_parts()
        return None if parts is None else merged(parts)

    @staticmethod
    def _counts(joint: Joint) -> bool:
        from mpmath import mp

        if joint.used is None or is_nan(joint.used) or mp.isinf(joint.used):
            return False
        if joint.order >= 1:
            return True
        sides = (joint.slope_left, joint.slope_right)
        return not any(side is not None and equal(side, joint.used) for side in sides)


def analyse(
    function: Function, values: tuple[Any, ...], subgradient: Subgradient = "torch"
) -> Analysis:
    """Return the analysis of `function` with the given parameters.

    Parameters
    ----------
    function : Function
    values : tuple of mpf
        The parameters.
    subgradient : {"torch", "left", "right", "mean"}
        Which slope is used at a kink.
    """
    from mpmath import mp

    breaks = function.breaks(values)
    edges = [-mp.inf, *(point.at for point in breaks), mp.inf]
    bounds = list(zip(edges, edges[1:], strict=False))
    smooths = [function.smooth(middle_of(a, b), values) for a, b in bounds]
    # A branch that changes nothing is no joint.
    keep = [
        i
        for i, point in enumerate(breaks)
        if smooths[i] is not smooths[i + 1]
        or not _regular(smooths[i], point.at, function, point, values)
    ]
    breaks = [breaks[i] for i in keep]
    edges = [-mp.inf, *(point.at for point in breaks), mp.inf]
    bounds = list(zip(edges, edges[1:], strict=False))
    smooths = [function.smooth(middle_of(a, b), values) for a, b in bounds]
    pieces = [
        behaviour(a, b, smooth, values) for (a, b), smooth in zip(bounds, smooths, strict=True)
    ]
    joints = [
        _joint(function, point, pieces[i], pieces[i + 1], subgradient)
        for i, point in enumerate(breaks)
    ]
    return Analysis(function, values, pieces, joints)


def _regular(smooth: Smooth, at: Any, function: Function, point: Break, values: Any) -> bool:
    """Whether the piece's own expression holds at the point too."""
    inner = smooth.at(0, at, values)
    value = _at(function, function.expression, point, values)
    around = [smooth.at(0, at + step, values) for step in (-1e-20, 1e-20)]
    if any(map(is_nan, (inner, smooth.at(1, at, values), *around))):
        return False
    return bool(abs(inner - value) < 1e-40)


def _at(function: Function, expression: Any, point: Break, values: Any) -> Any:
    at = point.at if point.symbol is None else point.symbol
    return _snapped(function.value(expression, at, values))


def _snapped(value: Any) -> Any:
    return value if value is None or is_nan(value) or abs(value) > SNAP else value * 0


def _joint(
    function: Function, point: Break, before: Behaviour, after: Behaviour, subgradient: Subgradient
) -> Joint:
    values = before.values
    value = _at(function, function.expression, point, values)
    left, right = (_snapped(v) for v in (before.ends[1], after.ends[0]))
    slope_left, slope_right = (_snapped(v) for v in (before.slopes[1], after.slopes[0]))
    used = _at(function, function.derivative, point, values)
    joint = Joint(point, value, left, right, slope_left, slope_right, used, -1)
    continuous = (
        left is not None
        and right is not None
        and not is_nan(value)
        and equal(left, right)
        and _near(left, value)
    )
    if continuous:
        joint.order = _order(point.at, before.smooth, after.smooth, values)
    if joint.order >= 1:
        joint.used = slope_left
    elif joint.kink and subgradient != "torch":
        mean = (slope_left + slope_right) / 2
        joint.used = {"left": slope_left, "right": slope_right, "mean": mean}[subgradient]
    return joint


def _near(first: Any, second: Any) -> bool:
    return equal(first, second) or bool(abs(first - second) < 1e-40)


def _order(at: Any, before: Smooth, after: Smooth, values: tuple[Any, ...]) -> int:
    """Return how many derivatives of two pieces agree where they meet."""
    from mpmath import mp

    for n in range(1, _HIGHEST_ORDER + 1):
        left, right = before.limit(n, at, -1, values), after.limit(n, at, 1, values)
        if left is None or right is None or mp.isinf(left) or not _near(left, right):
            return n - 1
    return 10**6
