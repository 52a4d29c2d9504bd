"""Facts of functions with several inputs: components of vectors, and gates."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ogive.activations.facts.analysis import Subgradient, analyse
from ogive.activations.facts.deriving import NO_SATURATION, is_cheap, of_function, values_of
from ogive.activations.facts.general import general_ranges, general_spans, union_over
from ogive.activations.facts.numbers import number, symbolic_number
from ogive.activations.facts.pieces import Function
from ogive.activations.facts.ranges import NOT_APPLICABLE, UNDECIDED, Interval, Range, as_range
from ogive.activations.facts.record import Facts

__all__ = ["of_component", "of_gate"]

# Values of `rest` at which the facts of a component must agree to hold for all.
_RESTS = ("1", "0.3719", "5.127")
_RANGES = ("output_range", "derivative_range")
_OF_A_PLACE = (
    "zero_centered", "parity", "convexity", "falls_on", "saturation", "extrema", "kinks", "jumps",
)  # fmt: skip
_NOT_OF_A_GATE = (
    "derivative_range", "general_derivative_range", "monotonic", "falls_on", "zero_centered",
    "parity", "convexity", "kinks", "jumps", "limits", "saturation", "extrema", "period",
)  # fmt: skip


def of_component(
    expression: Any, derivative: Any, z: Any, rest: Any, exact: dict[Any, Any],
    subgradient: Subgradient,
) -> Facts:  # fmt: skip
    """Return the facts of one component of a vector function that hold for every `rest`.

    A range that depends on `rest` is the union over all of them.
    """
    from sympy import Rational

    order = (*exact, rest)
    function = Function(expression, derivative, z, order)
    given = [exact | {rest: Rational(value)} for value in _RESTS]
    several = [of_function(function, numbers, subgradient, general=False) for numbers in given]
    changes = {field: getattr(Facts(saturation=NO_SATURATION), field) for field in _OF_A_PLACE}
    changes |= {"general_output_range": None, "general_derivative_range": None}
    first = several[0]
    undecided = []
    for field in ("output_range", "derivative_range", "lipschitz", "monotonic", "smoothness",
                  "limits", "bounded", "smooth", "differentiable"):  # fmt: skip
        if any(getattr(other, field) != getattr(first, field) for other in several):
            undecided.append(field)
            if field != "limits":
                changes[field] = UNDECIDED if field.endswith("_range") else None
    if set(_RANGES) & set(undecided):
        known = _over_all(function, given[0], rest)
        changes |= known
        undecided = [field for field in undecided if field not in known]
    keep = [f for f in first.undecided if f not in changes]
    return replace(first, **changes, undecided=tuple(keep + undecided), not_applicable=_OF_A_PLACE)


def _over_all(function: Function, given: dict[Any, Any], rest: Any) -> dict[str, Any]:
    """Return the ranges over all `rest`, and as the general ones those with `rest` in them."""
    from mpmath import mpf

    changes: dict[str, Any] = {}
    values = values_of(given)
    analysis = analyse(function, values)
    lifted = general_spans(function, values, analysis)
    general = general_ranges(function, values, analysis)
    for field, spans, named in zip(_RANGES, lifted, general, strict=True):
        union = None if spans is None else union_over(spans, rest)
        if union is None:
            continue
        changes[field] = as_range(union, number)
        if named is not None and named.text != changes[field].text:
            changes[f"general_{field}"] = named
    if "derivative_range" in changes:
        slopes = changes["derivative_range"]
        changes["lipschitz"] = number(mpf(max(abs(slopes.lower), abs(slopes.upper))))
    return changes


def of_gate(
    expression: Any, z: Any, u: Any, exact: dict[Any, Any], subgradient: Subgradient
) -> Facts:
    """Return the facts of a gate, u times g(z): its range over both is that of u, all numbers.

    Both partial derivatives exist, u g'(z) and g(z); a range of "the" derivative has no meaning.
    """
    from sympy import oo

    factor = expression.diff(u)
    inner = Function(factor, factor.diff(z), z, tuple(exact))
    of_factor = of_function(inner, exact, subgradient, general=False)
    linear = not factor.has(u) and expression.subs(u, 0) == 0
    empty = not of_factor.output_range.known or of_factor.output_range.text == "{0}"
    if not linear or empty or of_factor.smoothness is None:
        every = ("output_range", "smoothness", "lipschitz", "bounded", "smooth", "differentiable")
        return Facts(
            derivative_range=NOT_APPLICABLE,
            saturation=NO_SATURATION,
            undecided=every,
            not_applicable=_NOT_OF_A_GATE,
        )
    plus, minus = symbolic_number(oo), symbolic_number(-oo)
    numbers = Range((Interval(minus, plus),))
    return Facts(
        output_range=numbers,
        derivative_range=NOT_APPLICABLE,
        domain=numbers,
        smoothness=of_factor.smoothness,
        lipschitz=plus,
        bounded=False,
        smooth=of_factor.smooth,
        cheap=is_cheap(expression),
        differentiable=of_factor.differentiable,
        saturation=NO_SATURATION,
        not_applicable=_NOT_OF_A_GATE,
    )
