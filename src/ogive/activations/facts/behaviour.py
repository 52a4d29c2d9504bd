"""How one smooth piece behaves: where it rises and bends, and where it tends at its ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from ogive.activations.facts.evaluation import SNAP, Smooth, is_nan
from ogive.activations.facts.ranges import Span
from ogive.activations.facts.zeros import inside, sign_changes, zero

__all__ = ["Behaviour", "Stretch", "behaviour", "middle_of"]

_MOST = 30


class Stretch(NamedTuple):
    """An interval in which a derivative keeps its sign."""

    lower: Any
    upper: Any
    sign: int


@dataclass
class Behaviour:
    """What is known of a smooth piece between `a` and `b`.

    Attributes
    ----------
    turns, bends : list of (z, f(z)) and of (z, f'(z))
        Where f' and where f'' changes sign.
    ends, slopes : pair
        Limits of f and of f' at `a` and at `b`; None where there is none.
    rises, curves : list of Stretch
        The signs of f' and of f''.
    oscillates : bool
        Whether signs were not found everywhere: f waves without a period, or is too flat.
    period : mpf or None
        That of f', where the piece does not end and f' repeats; the other attributes then speak
        of one period. `repeats` says whether f repeats as well.
    """

    a: Any
    b: Any
    smooth: Smooth
    values: tuple[Any, ...]
    defined: bool = True
    oscillates: bool = False
    period: Any = None
    period_symbol: Any = None
    repeats: bool = False
    turns: list[tuple[Any, Any]] = field(default_factory=list)
    bends: list[tuple[Any, Any]] = field(default_factory=list)
    ends: tuple[Any, Any] = (None, None)
    slopes: tuple[Any, Any] = (None, None)
    rises: list[Stretch] = field(default_factory=list)
    curves: list[Stretch] = field(default_factory=list)

    @property
    def flat(self) -> bool:
        """Whether f is constant here."""
        return not self.oscillates and all(stretch.sign == 0 for stretch in self.rises)

    @property
    def straight(self) -> bool:
        """Whether f is linear here."""
        return not self.oscillates and all(stretch.sign == 0 for stretch in self.curves)

    def span(self, n: int) -> Span | None:
        """Return the values that f (n = 0) or f' (n = 1) takes; None where undecided."""
        inner = [value for _, value in (self.bends if n else self.turns)]
        if self.period is not None and (n or self.repeats):
            return Span(min(inner), max(inner), True, True) if inner else None
        ends = list(self.slopes if n else self.ends)
        if any(end is None for end in ends):
            return None
        if self.straight if n else self.flat:
            return Span(ends[0], ends[0], True, True)
        lowest, highest = min(inner + ends), max(inner + ends)
        return Span(
            lowest,
            highest,
            lowest in inner and lowest > -np.inf,
            highest in inner and highest < np.inf,
        )


def middle_of(a: Any, b: Any) -> Any:
    """Return a point between two numbers that may be infinite."""
    from mpmath import isinf, mpf

    if isinf(a) and isinf(b):
        return mpf("0.372")
    if isinf(a):
        return b - mpf("1.372")
    return a + mpf("1.372") if isinf(b) else a + (b - a) * mpf("0.472")


def behaviour(a: Any, b: Any, smooth: Smooth, values: tuple[Any, ...]) -> Behaviour:
    """Return the behaviour of the piece between `a` and `b`."""
    from mpmath import mp

    piece = Behaviour(a, b, smooth, values)
    probes = _probes(a, b)
    if any(is_nan(smooth.at(0, z, values)) for z in probes):
        piece.defined = False
        return piece
    lower, upper = a, b
    if mp.isinf(a) or mp.isinf(b):
        piece.oscillates = smooth.waves
        if piece.oscillates:
            _find_period(piece, probes)
    if piece.period is not None:
        lower, upper = _window(piece)
        piece.oscillates = False
    if smooth.vanishes(2, probes, values):
        piece.curves = [Stretch(lower, upper, 0)]
    else:
        piece.bends, piece.curves = _changes(piece, 2, lower, upper, [])
    if smooth.vanishes(1, probes, values):
        piece.rises = [Stretch(lower, upper, 0)]
    else:
        seeds = [z for z, _ in piece.bends]
        piece.turns, piece.rises = _changes(piece, 1, lower, upper, seeds)
    piece.ends = (smooth.limit(0, a, 1, values), smooth.limit(0, b, -1, values))
    piece.slopes = (smooth.limit(1, a, 1, values), smooth.limit(1, b, -1, values))
    for n in (0, 1):
        if _contradicted(piece, n):
            piece.oscillates = True
            if n:
                piece.slopes = (None, None)
            else:
                piece.ends = (None, None)
    return piece


def _contradicted(piece: Behaviour, n: int) -> bool:
    """Whether some value of f or f' lies outside the set found: something was overlooked."""
    from mpmath import mpf

    span = piece.span(n)
    if span is None:
        return False
    grid = inside(float(piece.a), float(piece.b), piece.smooth.features(piece.values))
    quick = piece.smooth.array(n, grid, piece.values)
    slack = 1e-9 * max(1.0, *(abs(float(end)) for end in span[:2] if abs(end) < np.inf), 1.0)
    outside = (quick < float(span.lower) - slack) | (quick > float(span.upper) + slack)
    for z in grid[outside & np.isfinite(quick)][:8]:
        value = piece.smooth.at(n, mpf(float(z)), piece.values)
        if value < span.lower - slack or value > span.upper + slack:
            return True
    return False


def _probes(a: Any, b: Any) -> list[Any]:
    from mpmath import isinf, mpf

    fractions = [mpf(k) / 1000 for k in (37, 211, 389, 554, 713, 867, 962)]
    if isinf(a) and isinf(b):
        return [8 * (fraction - mpf("0.5")) for fraction in fractions]
    if isinf(a):
        return [b - 4 * fraction for fraction in fractions]
    if isinf(b):
        return [a + 4 * fraction for fraction in fractions]
    return [a + (b - a) * fraction for fraction in fractions]


def _changes(
    piece: Behaviour, n: int, lower: Any, upper: Any, seeds: list[Any]
) -> tuple[list[tuple[Any, Any]], list[Stretch]]:
    """Return where the n-th derivative changes sign, with the one before there, and its signs."""
    smooth, values = piece.smooth, piece.values
    grid = inside(float(lower), float(upper), smooth.features(values))
    if seeds:
        grid = np.unique(np.concatenate([grid, [float(z) for z in seeds]]))
    changes = sign_changes(smooth, n, grid, values)
    if piece.oscillates:  # there is no end of them; those next to 0 are the largest that fade
        changes = sorted(sorted(changes, key=lambda pair: abs(pair[0]))[:_MOST])
    found = [zero(smooth, n, first, second, values) for first, second in changes]
    edges = [lower, *found, upper]
    stretches = [
        Stretch(left, right, _sign_between(smooth, n, left, right, values))
        for left, right in zip(edges, edges[1:], strict=False)
    ]
    if any(stretch.sign == 0 for stretch in stretches):
        piece.oscillates = True
    if piece.period is not None and stretches[0].sign * stretches[-1].sign < 0:
        found.insert(0, lower)
    return [(z, _snapped(smooth.at(n - 1, z, values, 500))) for z in found], stretches


def _snapped(value: Any) -> Any:
    return value * 0 if abs(value) < SNAP else value


def _sign_between(smooth: Smooth, n: int, left: Any, right: Any, values: tuple[Any, ...]) -> int:
    """Return the sign of the n-th derivative in an interval where it does not change."""
    near = [c + w * k / 10 for c, w in smooth.features(values) for k in (3, -3, 14, -14)]
    for point in _between(left, right) + [z for z in near if left < z < right]:
        sign = smooth.sign(n, point, values)
        if sign:
            return sign
    return 0


def _between(left: Any, right: Any) -> list[Any]:
    from mpmath import isinf, mpf

    steps = [mpf(step) for step in ("1.372", "0.3", "5", "0.05", "20", "0.001")]
    if isinf(left) and isinf(right):
        return steps + [-step for step in steps]
    if isinf(left):
        return [right - step for step in steps]
    if isinf(right):
        return [left + step for step in steps]
    return [left + (right - left) * mpf(k) / 100 for k in (47, 21, 83, 6, 95)]


def _find_period(piece: Behaviour, probes: list[Any]) -> None:
    """Find the period of f', where all its z stand in sines and cosines of multiples of z."""
    from mpmath import mp, mpf
    from sympy import Dummy, cos, gcd, pi, sin, tan

    smooth, z, values = piece.smooth, piece.smooth.z, piece.values
    slope = smooth.expression(1)
    waves = [node for node in slope.atoms(sin, cos, tan) if node.has(z)]
    frequencies = [node.args[0].diff(z) for node in waves]
    if not waves or any(frequency.has(z) for frequency in frequencies):
        return
    if slope.subs({node: Dummy() for node in waves}).has(z):
        return
    ratios = [frequency / frequencies[0] for frequency in frequencies]
    if not all(ratio.is_Rational for ratio in ratios):
        return
    common = gcd(ratios) if len(ratios) > 1 else ratios[0]
    symbol = 2 * pi / abs(frequencies[0] * common)
    with mp.workprec(400):
        length = mpf(symbol.subs(dict(zip(smooth.order, values, strict=True))).evalf(100))
        for part in (3, 2, 2):
            if _repeats(smooth, 1, length / part, probes, values):
                length, symbol = length / part, symbol / part
        piece.period, piece.period_symbol = length, symbol
        piece.repeats = _repeats(smooth, 0, length, probes, values)


def _repeats(smooth: Smooth, n: int, length: Any, probes: list[Any], values: Any) -> bool:
    return all(
        abs(smooth.at(n, z + length, values, 400) - smooth.at(n, z, values, 400)) < 1e-80
        for z in probes
    )


def _window(piece: Behaviour) -> tuple[Any, Any]:
    """Return one period that begins where f or f' has an extremum, next to 0."""
    from mpmath import isinf

    smooth, length = piece.smooth, piece.period
    start = -length / 2 if isinf(piece.a) and isinf(piece.b) else piece.a
    if isinf(start):
        start = piece.b - 2 * length
    grid = np.linspace(float(start), float(start + length), 401)[1:]
    for n in (1, 2):
        changes = sign_changes(smooth, n, grid, piece.values)
        if changes:
            start = zero(smooth, n, *changes[0 if isinf(piece.b) else -1], piece.values)
            break
    return start, start + length
