"""Derives the facts of a definition."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from ogive.activations.definition import Definition
from ogive.activations.facts.analysis import Analysis, Joint, Subgradient, analyse
from ogive.activations.facts.evaluation import is_nan
from ogive.activations.facts.general import general_ranges
from ogive.activations.facts.naming import Names
from ogive.activations.facts.numbers import DIGITS, Number, equal
from ogive.activations.facts.pieces import Function, Undecidable
from ogive.activations.facts.ranges import UNDECIDED, Interval, as_range
from ogive.activations.facts.record import End, Extremum, Facts, Jump, Kink
from ogive.activations.facts.saturation import saturation
from ogive.activations.facts.shape import (
    convexity,
    extrema,
    falling,
    monotonicity,
    parity,
    smoothness,
)
from ogive.activations.facts.typed import contradicted, failing_codes, typed_parts
from ogive.activations.symbolic import exact_number, read_expression
from ogive.findings import FORMULA_FINDINGS, Finding

__all__ = ["NO_SATURATION", "derived", "is_cheap", "of_function", "undecided", "values_of"]

NO_SATURATION: dict[str, tuple[None, None]] = {"float32": (None, None), "float64": (None, None)}


def derived(
    definition: Definition, parameters: Mapping[str, float], subgradient: Subgradient
) -> Facts:
    """Return the facts of a definition with numbers for its parameters."""
    try:
        facts = _derived(definition, parameters, subgradient)
    except Undecidable:
        facts = undecided(None)
    if contradicted(definition, parameters, facts):
        facts = undecided(None)
    codes = {finding.code for finding in facts.findings}
    mended = {kink.at.value for kink in facts.kinks if math.isfinite(kink.used.value)}
    failing = failing_codes(definition, parameters, mended) - codes
    if failing:
        codes |= failing
        facts = replace(facts, findings=tuple(FORMULA_FINDINGS[code] for code in sorted(codes)))
    return facts


def _derived(
    definition: Definition, parameters: Mapping[str, float], subgradient: Subgradient
) -> Facts:
    from mpmath import mp
    from sympy import Symbol

    from ogive.activations.facts.several import of_component, of_gate

    try:
        expression, derivative = read_expression(definition, rational=True)
    except TypeError as error:  # SymPy compares at once what is constant, perhaps not real
        raise Undecidable from error
    symbols = {symbol.name: symbol for symbol in expression.free_symbols}
    z = symbols.get("z", Symbol("z", real=True))
    exact = {
        symbols[name]: exact_number(value) for name, value in parameters.items() if name in symbols
    }
    kind = getattr(definition, "kind", "elementwise")
    with mp.workdps(DIGITS):
        if kind == "gate":
            return of_gate(expression, z, symbols["u"], exact, subgradient)
        if kind == "vector":
            return of_component(expression, derivative, z, symbols["rest"], exact, subgradient)
        typed = typed_parts(definition, parameters, symbols)
        function = Function(expression, derivative, z, tuple(exact), typed)
        return of_function(function, exact, subgradient, general=True)


def values_of(exact: Mapping[Any, Any]) -> tuple[Any, ...]:
    """Return the parameters as mpmath numbers."""
    from mpmath import mp, mpf

    with mp.workdps(DIGITS + 50):
        return tuple(mpf(number.p) / number.q for number in exact.values())


def of_function(
    function: Function, exact: dict[Any, Any], subgradient: Subgradient, general: bool
) -> Facts:
    """Return the facts of a function of z, those with parameters as symbols if `general`."""
    if function.endless:
        return undecided(function)
    values = values_of(exact)
    analysis = analyse(function, values, subgradient)
    name = Names(analysis, exact)
    facts = _everywhere(analysis, name, function)
    if general and subgradient == "torch":
        output, slope = general_ranges(function, values, analysis)
        facts = replace(facts, general_output_range=output, general_derivative_range=slope)
    elif general:
        output, _ = general_ranges(function, values, analysis)
        facts = replace(facts, general_output_range=output)
    return _with_undecided(facts, bool(exact), analysis)


def undecided(function: Function | None) -> Facts:
    """Return what is known of a function that cannot be cut into pieces."""
    known = {"cheap", "findings", "period", "undecided", "not_applicable"}
    names = (field.name for field in fields(Facts) if field.name not in known)
    return Facts(
        saturation=NO_SATURATION,
        cheap=None if function is None else is_cheap(function.expression),
        undecided=tuple(name for name in names if not name.startswith("general_")),
    )


def _everywhere(analysis: Analysis, name: Names, function: Function) -> Facts:
    pieces, joints, defined = analysis.pieces, analysis.joints, analysis.defined
    output, slopes = analysis.output_spans(), analysis.slope_spans()
    whole = all(piece.defined for piece in pieces)
    monotonic = monotonicity(analysis)
    several = monotonic == "not monotonic" and not any(piece.oscillates for piece in pieces)
    symmetry = parity(analysis)
    smooth = smoothness(analysis) if whole else None
    output_range = UNDECIDED if output is None else as_range(output, name)
    period = next((piece.period for piece in pieces if piece.period is not None), None)
    return Facts(
        output_range=output_range,
        derivative_range=UNDECIDED if slopes is None else as_range(slopes, name),
        domain=as_range(analysis.domain_spans(), name),
        monotonic=monotonic,
        falls_on=tuple(_interval(name, *ends) for ends in falling(analysis)) if several else (),
        zero_centered=symmetry == "odd",
        parity=symmetry,
        convexity=convexity(analysis) if defined else None,
        smoothness=smooth,
        jumps=tuple(_jump(name, joint) for joint in joints if _jumps(joint)),
        kinks=tuple(_kink(name, joint) for joint in joints if joint.kink and not joint.gap),
        gaps=tuple(
            _jump(name, joint)
            for joint, before, after in zip(joints, pieces, pieces[1:], strict=False)
            if joint.gap and before.defined and after.defined
        ),
        lipschitz=_lipschitz(analysis, name) if defined else None,
        limits=(_end(analysis, name, 0), _end(analysis, name, -1)),
        saturation=saturation(pieces, joints),
        bounded=output_range.bounded,
        smooth=None if smooth is None else smooth == "C∞",
        cheap=is_cheap(function.expression),
        differentiable=None if smooth is None else smooth not in ("discontinuous", "C0"),
        extrema=tuple(Extremum(name(z), name(v)) for z, v in extrema(analysis))
        if not any(piece.oscillates for piece in pieces)
        else (),
        period=name.optional(period),
        findings=_findings(analysis),
    )


def _interval(name: Names, lower: Any, upper: Any) -> Interval:
    return Interval(name(lower), name(upper), bool(lower == upper), bool(lower == upper))


def _jumps(joint: Joint) -> bool:
    sides = [side for side in (joint.left, joint.right) if side is not None]
    known = [side for side in (*sides, joint.value) if not is_nan(side)]
    broken = not joint.gap and joint.order < 0 and len(sides) == 2
    return broken and any(not equal(v, known[0]) for v in known)


def _jump(name: Names, joint: Joint) -> Jump:
    sides = (joint.left, joint.right, joint.value)
    return Jump(name(joint.point.at), *map(name.optional, sides))


def _kink(name: Names, joint: Joint) -> Kink:
    slopes = (joint.slope_left, joint.slope_right, joint.used)
    return Kink(name(joint.point.at), *map(name, slopes))


def _end(analysis: Analysis, name: Names, side: int) -> End:
    piece = analysis.pieces[side]
    if not piece.defined:
        return End(None, None)
    waves = piece.period is not None and not piece.straight
    slope = None if waves else piece.slopes[side]
    return End(name.optional(piece.ends[side]), name.optional(slope))


def _lipschitz(analysis: Analysis, name: Names) -> Number | None:
    from mpmath import mp

    if any(joint.order < 0 for joint in analysis.joints):
        return name(mp.inf)
    spans = [piece.span(1) for piece in analysis.pieces]
    if any(span is None for span in spans):
        return None
    return name(max(abs(end) for span in spans if span is not None for end in span[:2]))


def _findings(analysis: Analysis) -> tuple[Finding, ...]:
    pieces, joints = analysis.pieces, analysis.joints
    defined = [piece for piece in pieces if piece.defined]
    whole = all(joint.seamless for joint in joints)
    codes = []
    if defined and all(piece.flat for piece in defined):
        same = all(equal(piece.ends[0], defined[0].ends[0]) for piece in defined)
        codes.append("OGV001" if same and (whole or len(defined) < len(pieces)) else "OGV004")
    elif defined and whole and all(piece.straight for piece in defined):
        codes.append("OGV002")
    if not analysis.defined:
        codes.append("OGV003")
    if any(not joint.gap and not joint.steady for joint in joints):
        codes.append("OGV005")
    return tuple(FORMULA_FINDINGS[code] for code in codes)


def is_cheap(expression: Any) -> bool:
    """Whether an expression takes no transcendental function."""
    from sympy import Abs, Add, Heaviside, Max, Min, Mul, Piecewise, Pow, preorder_traversal, sign
    from sympy.functions.elementary.piecewise import ExprCondPair
    from sympy.logic.boolalg import Boolean

    simple = (Add, Mul, Piecewise, ExprCondPair, Boolean, Abs, sign, Max, Min, Heaviside)
    for node in preorder_traversal(expression):
        if not node.args or isinstance(node, simple) or not node.free_symbols:
            continue
        roots = isinstance(node, Pow) and node.exp.is_Rational and node.exp.q in (1, 2)
        if not roots:
            return False
    return True


def _with_undecided(facts: Facts, parameters: bool, analysis: Analysis) -> Facts:
    """Name the fields that are empty, as undecided or as without meaning."""
    missing = [
        field
        for field in (
            "output_range",
            "derivative_range",
            "monotonic",
            "parity",
            "zero_centered",
            "convexity",
            "smoothness",
            "lipschitz",
            "bounded",
            "smooth",
            "differentiable",
        )  # fmt: skip
        if getattr(facts, field) in (None, UNDECIDED)
    ]
    if parameters:
        missing += [
            field
            for field in ("general_output_range", "general_derivative_range")
            if getattr(facts, field) is None
        ]
    without: set[str] = set()
    if not analysis.defined:
        without = {"convexity", "lipschitz", "smoothness", "smooth", "differentiable"}
    if any(piece.oscillates for piece in analysis.pieces):
        missing += ["falls_on", "extrema"]
    for i in (0, -1):
        piece = analysis.pieces[i]
        waves = piece.period is not None or piece.oscillates
        unknown = None in (piece.ends[i], piece.slopes[i])
        if piece.defined and unknown and not waves and "limits" not in missing:
            missing += ["limits", "saturation"]
    return replace(
        facts,
        undecided=tuple(field for field in missing if field not in without),
        not_applicable=tuple(field for field in missing if field in without),
    )
