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

    @property
    def steady(self) -> bool:
        """Whether a finite slope is used."""
        from mpmath import mp

        return self.used is not None and bool(mp.isfinite(self.used))

    @property
    def one_sided(self) -> bool:
        """Whether the slope used is the limit from one side."""
        sides = (self.slope_left, self.slope_right)
        return any(side is not None and equal(side, self.used) for side in sides)

    @property
    def seamless(self) -> bool:
        """Whether nothing but the value here may tell the two pieces from one."""
        if not self.gap:
            return self.order > _HIGHEST_ORDER
        pairs = ((self.left, self.right), (self.slope_left, self.slope_right))
        return all(None not in pair and equal(*pair) for pair in pairs)

    @property
    def gap(self) -> bool:
        """Whether f has no value here, as at a pole."""
        return is_nan(self.value)


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
            joint.gap for joint in self.joints
        )

    def domain_spans(self) -> list[Span]:
        """Return the set of z at which f has a value."""
        spans = [Span(p.a, p.b, False, False) for p in self.pieces if p.defined]
        at = [joint.point.at for joint in self.joints if not joint.gap]
        return merged([*spans, *(Span(z, z, True, True) for z in at)])

    def output_spans(self) -> list[Span] | None:
        """Return the set of values of f; None where undecided."""
        spans = [piece.span(0) for piece in self.pieces if piece.defined]
        if any(span is None for span in spans) or not spans:
            return None
        points = [joint.value for joint in self.joints if not joint.gap]
        return merged([*filter(None, spans), *(Span(p, p, True, True) for p in points)])

    def slope_parts(self) -> list[Span] | None:
        """Return the sets of values of f', of each piece and of each joint; None: undecided.

        The slope used at a joint counts, also where f' does not exist.
        """
        spans = [piece.span(1) for piece in self.pieces if piece.defined]
        if any(span is None for span in spans) or not spans:
            return None
        points = [joint.used for joint in self.joints if joint.steady]
        return [*filter(None, spans), *(Span(p, p, True, True) for p in points)]

    def slope_spans(self) -> list[Span] | None:
        """Return the set of values of f' and of the slopes used; None where undecided."""
        parts = self.slope_parts()
        return None if parts is None else merged(parts)

    def proper_slope_spans(self) -> list[Span] | None:
        """Return the set of values of f' where it exists, and of slopes used of neither side."""
        spans = [piece.span(1) for piece in self.pieces if piece.defined]
        if any(span is None for span in spans) or not spans:
            return None
        points = [
            joint.used
            for joint in self.joints
            if joint.steady and (joint.order >= 1 or not joint.one_sided)
        ]
        return merged([*filter(None, spans), *(Span(p, p, True, True) for p in points)])


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
    known = [function.defined(middle_of(a, b), values) for a, b in bounds]
    # A branch that changes nothing is no joint.
    keep = [
        i
        for i, point in enumerate(breaks)
        if smooths[i] is not smooths[i + 1]
        or known[i] != known[i + 1]
        or (known[i] and not function.defined(point.at, values, border=True))
        or not _regular(smooths[i], point.at, function, point, values)
    ]
    breaks = [breaks[i] for i in keep]
    edges = [-mp.inf, *(point.at for point in breaks), mp.inf]
    bounds = list(zip(edges, edges[1:], strict=False))
    smooths = [function.smooth(middle_of(a, b), values) for a, b in bounds]
    pieces = [
        behaviour(a, b, smooth, values)
        if function.defined(middle_of(a, b), values)
        else Behaviour(a, b, smooth, values, defined=False)
        for (a, b), smooth in zip(bounds, smooths, strict=True)
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
    slope = smooth.at(1, at, values)
    around = [smooth.at(0, at + step, values) for step in (-1e-20, 1e-20)]
    if any(map(is_nan, (inner, slope, *around))) or not abs(inner - value) < 1e-40:
        return False
    return bool(_as_computed(function, at, slope) == slope)


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
    if not function.defined(point.at, values, border=True):
        value = value * float("nan")
    left, right = (_snapped(v) for v in (before.ends[1], after.ends[0]))
    slope_left, slope_right = (_snapped(v) for v in (before.slopes[1], after.slopes[0]))
    used = value if is_nan(value) else _at(function, function.derivative, point, values)
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
    if not joint.gap:
        joint.used = _as_computed(function, point.at, slope_left if joint.order >= 1 else used)
    if joint.kink and joint.order < 1 and not joint.gap and subgradient != "torch":
        mean = (slope_left + slope_right) / 2
        joint.used = {"left": slope_left, "right": slope_right, "mean": mean}[subgradient]
    return joint


def _as_computed(function: Function, at: Any, used: Any) -> Any:
    """Return the slope used at a joint: for a formula what is computed, if that is not the same.

    SymPy's sign(0)/sqrt(0) is 0, the computed one has no value.
    """
    from mpmath import mp, mpf

    computed = function.computed_slope(at)
    if computed is None:
        return used
    if not mp.isfinite(mpf(computed)) or is_nan(used):
        return mpf(computed)
    return used if abs(used - computed) <= 1e-6 * max(1, abs(used)) else mpf(computed)


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
