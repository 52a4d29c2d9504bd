"""Ranges with the parameters as symbols.

The ends found for the given values are matched with expressions in the parameters, and these are
kept only if they give the whole set right, to 30 digits, at other values too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ogive.activations.facts.analysis import Analysis, analyse
from ogive.activations.facts.numbers import Number, equal, recognised, symbolic_number
from ogive.activations.facts.pieces import Function
from ogive.activations.facts.ranges import Interval, Point, Range, Span, merged, same_set

__all__ = ["general_ranges"]

# Factors on the parameters, beside the values given; the order of close parameters is kept.
_FACTORS = (("0.83172", "0.96113"), ("1.22919", "1.07331"), ("1.03917", "0.92741"))


def general_ranges(
    function: Function, values: tuple[Any, ...], given: Analysis
) -> tuple[Range | None, Range | None]:
    """Return the ranges of f and f' in symbols; None where no expression was found."""
    from mpmath import mpf, sqrt

    if not function.order or any(value == 0 for value in values):
        return None, None
    samples = [
        tuple(
            value * mpf(factors[i % 2]) * sqrt(mpf(1) + mpf(i) / 1000) * (1 + sqrt(mpf(2)) / 10**4)
            for i, value in enumerate(values)
        )
        for factors in _FACTORS
    ]
    others = [analyse(function, sample) for sample in samples]
    condition = ", ".join(
        f"{symbolic_number(symbol, float(value)).text} {'>' if value > 0 else '<'} 0"
        for symbol, value in zip(function.order, values, strict=True)
    )
    analyses = [*others, given]
    return (
        _lifted(function, analyses, Analysis.output_spans, condition),
        _lifted(function, analyses, Analysis.slope_spans, condition),
    )


def _lifted(
    function: Function,
    analyses: list[Analysis],
    spans_of: Callable[[Analysis], list[Span] | None],
    condition: str,
) -> Range | None:
    sets = [spans_of(analysis) for analysis in analyses]
    if any(found is None for found in sets):
        return None
    known = [found for found in sets if found is not None]
    given = analyses[-1].values

    def name(symbol: Any) -> Number:
        return symbolic_number(symbol, float(_number(symbol, function, given)))

    for i in range(len(analyses) - 1):
        lifted = _symbols(function, analyses, known, i)
        if lifted is not None and all(
            same_set(merged(_numbers(lifted, function, other.values)), found)
            for other, found in zip(analyses, known, strict=True)
        ):
            return _as_range([Span(name(a), name(b), *ends) for a, b, *ends in lifted], condition)
    return None


def _as_range(spans: list[Span], condition: str) -> Range:
    pieces = [
        Point(span.lower)
        if span.lower.text == span.upper.text
        else Interval(span.lower, span.upper, *span[2:])
        for span in spans
    ]
    return Range(tuple(pieces), condition)


def _symbols(
    function: Function, analyses: list[Analysis], sets: list[list[Span]], i: int
) -> list[Span] | None:
    """Return the spans of the i-th sample with expressions for their ends."""
    alike = [k for k, spans in enumerate(sets) if len(spans) == len(sets[i])]
    found = []
    for place, span in enumerate(sets[i]):
        ends = []
        for side in (0, 1):
            others = [(analyses[k].values, sets[k][place][side]) for k in alike]
            ends.append(_symbol(function, analyses[i], span[side], others))
        if None in ends:
            return None
        found.append(Span(ends[0], ends[1], *span[2:]))
    return found


def _symbol(
    function: Function, analysis: Analysis, value: Any, others: list[tuple[Any, Any]]
) -> Any:
    from sympy import Float

    simple = recognised(value)
    if simple is not None and len(str(simple)) <= 20:
        return simple
    for candidate in _candidates(function, analysis, value):
        if equal(_number(candidate, function, analysis.values), value):
            return candidate
    # A number that is known by its digits only, times a power of a parameter.
    for k, symbol in enumerate(function.order):
        for power in (0, 1, -1):
            factors = [other / values[k] ** power for values, other in others]
            if len(factors) > 2 and all(equal(factor, factors[0]) for factor in factors):
                return Float(factors[0], 60) * symbol**power
    return None


def _candidates(function: Function, analysis: Analysis, value: Any) -> Iterator[Any]:
    from mpmath import mpf
    from sympy import Rational

    for i, joint in enumerate(analysis.joints):
        for piece in analysis.pieces[i : i + 2]:
            for n in (0, 1):
                if joint.point.symbol is not None:
                    yield piece.smooth.expression(n).subs(piece.smooth.z, joint.point.symbol)
    for symbol, size in zip(function.order, analysis.values, strict=True):
        for power in (1, -1, 2, -2, Rational(1, 2), Rational(-1, 2)):
            if size < 0 and power.__class__ is not int:
                continue
            constant = recognised(value / size ** mpf(float(power)))
            if constant is not None and constant.is_finite:
                yield constant * symbol**power


def _number(symbol: Any, function: Function, values: tuple[Any, ...]) -> Any:
    from mpmath import mp, mpf

    if symbol.is_infinite:
        return mp.inf if symbol.is_extended_positive else -mp.inf
    numbers = dict(zip(function.order, values, strict=True))
    number = symbol.subs(numbers).evalf(60)
    return mpf(number) if number.is_Float or number.is_Rational else mp.nan


def _numbers(spans: list[Span], function: Function, values: tuple[Any, ...]) -> list[Span]:
    return [
        Span(_number(a, function, values), _number(b, function, values), *ends)
        for a, b, *ends in spans
    ]
