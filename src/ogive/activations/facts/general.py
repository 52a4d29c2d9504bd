"""Ranges with the parameters as symbols.

The ends found for the given values are matched with expressions in the parameters, and these are
kept only if they give the whole set right, to 30 digits, at other values too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from ogive.activations.facts.analysis import Analysis, analyse
from ogive.activations.facts.numbers import Number, equal, recognised, symbolic_number
from ogive.activations.facts.pieces import Function
from ogive.activations.facts.ranges import Interval, Point, Range, Span, merged, same_set

__all__ = ["general_ranges", "general_spans", "union_over"]

# Factors on the parameters, beside the values given; the order of close parameters is kept.
_FACTORS = (("0.83172", "0.96113"), ("1.22919", "1.07331"), ("1.03917", "0.92741"))


def general_ranges(
    function: Function, values: tuple[Any, ...], given: Analysis
) -> tuple[Range | None, Range | None]:
    """Return the ranges of f and f' in symbols; None where no expression was found."""
    outputs, slopes = general_spans(function, values, given)
    condition = ", ".join(
        f"{symbolic_number(symbol, float(value)).text} {'>' if value > 0 else '<'} 0"
        for symbol, value in zip(function.order, values, strict=True)
    )

    def named(spans: list[Span] | None) -> Range | None:
        return None if spans is None else _as_range(function, spans, values, condition)

    output_range, slope_range = named(outputs), named(slopes)
    if slope_range is not None:
        slope_range = _without_kinks(slope_range, [*_others(function, values), given])
    return output_range, slope_range


def general_spans(
    function: Function, values: tuple[Any, ...], given: Analysis
) -> tuple[list[Span] | None, list[Span] | None]:
    """Return the same as spans between SymPy's expressions."""
    if not function.order or any(value == 0 for value in values):
        return None, None
    analyses = [*_others(function, values), given]
    return (
        _lifted(function, analyses, Analysis.output_spans),
        _lifted(function, analyses, Analysis.proper_slope_spans),
    )


def _others(function: Function, values: tuple[Any, ...]) -> list[Analysis]:
    """Return the analyses for other values of the parameters, not far away."""
    from mpmath import mpf, sqrt

    samples = (
        tuple(
            value * mpf(factors[i % 2]) * sqrt(mpf(1) + mpf(i) / 1000) * (1 + sqrt(mpf(2)) / 10**4)
            for i, value in enumerate(values)
        )
        for factors in _FACTORS
    )
    return [_analysed(function, sample) for sample in samples]


@lru_cache(maxsize=16)
def _analysed(function: Function, values: tuple[Any, ...]) -> Analysis:
    return analyse(function, values)


def union_over(spans: list[Span], symbol: Any) -> list[Span] | None:
    """Return the union over all positive numbers of points that move one way, or stand still.

    Parameters
    ----------
    spans : list of Span
        Between SymPy's expressions.
    symbol : sympy.Symbol
        The only one in them; positive.
    """
    from sympy import limit, oo, simplify

    found = []
    for span in spans:
        if not (span.lower.has(symbol) or span.upper.has(symbol)):
            found.append(Span(_constant(span.lower), _constant(span.upper), *span[2:]))
            continue
        growth = simplify(span.lower.diff(symbol))
        if span.lower != span.upper or not (growth.is_positive or growth.is_negative):
            return None
        low, high = sorted(_constant(limit(span.lower, symbol, end)) for end in (0, oo))
        found.append(Span(low, high, False, False))
    return merged(found)


def _constant(number: Any) -> Any:
    from mpmath import mp, mpf

    if number.is_infinite:
        return mp.inf if number.is_extended_positive else -mp.inf
    return mpf(number.evalf(60))


def _without_kinks(slopes: Range, analyses: list[Analysis]) -> Range:
    """Add to the condition the kinks at which a slope is used that is not in the set."""
    found: dict[str, None] = {}
    for analysis in analyses:
        proper = analysis.proper_slope_spans() or []
        for joint in analysis.joints:
            if joint.steady and not any(_holds(span, joint.used) for span in proper):
                at = joint.point.symbol
                at = recognised(joint.point.at) if at is None else at
                found["…" if at is None else symbolic_number(at, 0.0).text] = None
    conditions = [slopes.condition, *(f"z ≠ {at}" for at in found)]
    return replace(slopes, condition=", ".join(filter(None, conditions)))


def _holds(span: Span, number: Any) -> bool:
    if equal(span.lower, number) or equal(span.upper, number):
        return span.lower_closed if equal(span.lower, number) else span.upper_closed
    return bool(span.lower < number < span.upper)


def _lifted(
    function: Function,
    analyses: list[Analysis],
    spans_of: Callable[[Analysis], list[Span] | None],
) -> list[Span] | None:
    sets = [spans_of(analysis) for analysis in analyses]
    if any(found is None for found in sets):
        return None
    known = [found for found in sets if found is not None]
    for i in range(len(analyses) - 1):
        lifted = _symbols(function, analyses, known, i)
        if lifted is not None and all(
            same_set(merged(_numbers(lifted, function, other.values)), found)
            for other, found in zip(analyses, known, strict=True)
        ):
            return lifted
    return None


def _as_range(
    function: Function, spans: list[Span], values: tuple[Any, ...], condition: str
) -> Range:
    def name(symbol: Any) -> Number:
        return symbolic_number(symbol, float(_number(symbol, function, values)))

    pieces = [
        Point(name(span.lower))
        if span.lower == span.upper
        else Interval(name(span.lower), name(span.upper), *span[2:])
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
