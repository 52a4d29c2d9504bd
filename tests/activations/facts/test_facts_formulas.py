"""Facts of expressions as formulas give them."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from ogive.activations.catalogue import CATALOGUE
from ogive.activations.definition import Parameter
from ogive.activations.facts import facts_of

# (expression, output range, derivative range, monotonic, smoothness, codes of findings)
CASES = [
    ("Integer(5)", "{5}", "{0}", "constant", "C∞", ["OGV001"]),
    ("1/(1 + exp(-z)) + 1/(1 + exp(z))", "{1}", "{0}", "constant", "C∞", ["OGV001"]),
    ("2*z + 3", "(-∞, ∞)", "{2}", "strictly increasing", "C∞", ["OGV002"]),
    ("Piecewise((z, z > 0), (z, True))", "(-∞, ∞)", "{1}", "strictly increasing", "C∞", ["OGV002"]),
    ("log(z)", "(-∞, ∞)", "(0, ∞)", "strictly increasing", None, ["OGV003"]),
    ("sqrt(z)", "[0, ∞)", "(0, ∞)", "strictly increasing", None, ["OGV003", "OGV005"]),
    ("1/z", "(-∞, 0) ∪ (0, ∞)", "(-∞, 0)", "not monotonic", "discontinuous", ["OGV003"]),
    ("1/(z**2 - 2)", "(-∞, -1/2] ∪ (0, ∞)", "(-∞, ∞)", "not monotonic", "discontinuous",
     ["OGV003"]),
    ("sqrt(1 - z**2)", "[0, 1]", "(-∞, ∞)", "not monotonic", None,
     ["OGV003", "OGV005"]),
    ("Piecewise((1, z > 2), (-1, True))", "{-1, 1}", "{0}", "increasing", "discontinuous",
     ["OGV004"]),
    ("Piecewise((1, Eq(z, 0)), (0, True))", "{0, 1}", "{0}", "not monotonic", "discontinuous",
     ["OGV004"]),
    ("Piecewise((z, z < 0), (z + 1, True))", "(-∞, 0) ∪ [1, ∞)", "{1}", "strictly increasing",
     "discontinuous", []),
    ("z**3 - z", "(-∞, ∞)", "[-1, ∞)", "not monotonic", "C∞", []),
    ("Abs(z**2 - 1)", "[0, ∞)", "(-∞, -2) ∪ (-2, 2) ∪ (2, ∞)", "not monotonic", "C0", []),
    ("log(1 + Abs(z))", "[0, ∞)", "(-1, 1)", "not monotonic", "C0", []),
    ("exp(exp(z))", "(1, ∞)", "(0, ∞)", "strictly increasing", "C∞", []),
    ("1/(1 + exp(-50*(z - 3)))", "(0, 1)", "(0, 25/2]", "strictly increasing", "C∞", []),
    ("Piecewise((z, exp(z) > 2), (log(2), True))", "[log(2), ∞)", "{0, 1}", "increasing", "C0",
     []),
    ("Piecewise((z**2, And(z > 0, z < 1)), (2*z - 1, z >= 1), (0, True))", "[0, ∞)", "[0, 2]",
     "increasing", "C1", []),
    ("Max(0, z)", "[0, ∞)", "{0, 1/2, 1}", "increasing", "C0", []),
    ("log(3*z*erf(z))", "(-∞, ∞)", "(-∞, 0) ∪ (0, ∞)", "not monotonic", "discontinuous",
     ["OGV003"]),
    ("cos(2*z) + cos(3*z)/2", "[-1.21985493668578, 3/2]", None, "not monotonic", "C∞", []),
]  # fmt: skip


def facts(expression, **given):
    parameters = tuple(Parameter(name, value, -1e30, 1e30) for name, value in given.items())
    definition = replace(
        CATALOGUE["identity"], name="formula", expression=expression, parameters=parameters
    )
    return facts_of(definition, given)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_facts_of_a_formula(case):
    expression, output, derivative, monotonic, smoothness, codes = case
    known = facts(expression)
    assert known.output_range.text == output
    assert derivative is None or known.derivative_range.text == derivative
    assert known.monotonic == monotonic
    assert known.smoothness == smoothness
    assert [finding.code for finding in known.findings] == codes
    assert known.undecided == ()


@pytest.mark.parametrize("expression", ["z*sin(z)", "sin(z) + sin(sqrt(2)*z)", "cos(z**2)"])
def test_what_cannot_be_decided_is_said(expression):
    known = facts(expression)
    assert known.output_range.status == known.derivative_range.status == "undecided"
    assert {"output_range", "derivative_range", "lipschitz"} <= set(known.undecided)
    assert known.monotonic == "not monotonic"


@pytest.mark.parametrize("scale", [1e-30, 1e-4, 1000.0, 1e30])
def test_scales_far_from_one_are_seen(scale):
    known = facts("log(1 + exp(b*z))/b", b=scale)
    assert known.output_range.text == "(0, ∞)"
    assert known.derivative_range.text == "(0, 1)"
    assert known.convexity == "convex"


@pytest.mark.parametrize("slope", [1000.0, 0.001])
def test_a_minimum_is_found_at_any_scale(slope):
    known = facts("z/(1 + exp(-b*z))", b=slope)
    assert known.output_range.lower == pytest.approx(-0.2784645427610738 / slope, rel=1e-13)
    assert known.derivative_range.upper == pytest.approx(1.0998393201288669, rel=1e-13)


def test_a_sign_is_not_read_from_what_cancellation_leaves():
    """The difference vanishes as exp(-2 z), below the rounding of both its parts."""
    known = facts("erf(z) - tanh(z)")
    assert [part.text for part in known.falls_on] == [
        "(-∞, -0.974788050381571)",
        "(0.974788050381571, ∞)",
    ]


def test_a_parameter_is_a_number_in_the_range_and_a_symbol_in_the_general_one():
    known = facts("z/(1 + exp(-beta*z))", beta=-1.5)
    assert known.output_range.text == "(-∞, 2·W(1/e)/3]"
    assert known.general_output_range.text == "(-∞, -W(1/e)/β]"
    assert known.general_output_range.condition == "β < 0"


def test_a_parameter_of_zero_makes_silu_linear():
    assert [f.code for f in facts("z/(1 + exp(-beta*z))", beta=0.0).findings] == ["OGV002"]


def test_periodic_functions_tell_their_period_and_where_they_fall_in_one():
    known = facts("3*sin(z/2) + 1")
    assert known.period.text == "4·π"
    assert known.output_range.text == "[-2, 4]"
    assert [part.text for part in known.falls_on] == ["(π, 3·π)"]
    assert known.limits[0].value is None
    assert known.undecided == ()


def test_a_vertical_tangent_makes_the_lipschitz_constant_infinite():
    known = facts("sqrt(Abs(z))")
    assert known.lipschitz.text == "∞"
    assert known.differentiable is False


def test_branches_that_alternate_without_end_are_not_guessed():
    known = facts("Piecewise((sin(z), sin(z) > -1/2), (-1/2, True))")
    assert not known.output_range.known
    assert {"output_range", "monotonic", "kinks"} <= set(known.undecided)
    assert known.cheap is False


def test_a_comparison_with_what_is_undefined_does_not_hold():
    known = facts("Piecewise((1, log(1 + z) > -3/2), (2, True))")
    assert known.output_range.text == "{1, 2}"


@pytest.mark.parametrize(
    "expression",
    [
        "Piecewise((1, Eq(z, 1)), (0, True))",
        "Piecewise((5, Eq(z, 2)), (z, True))",
        "Piecewise((1, Eq(z, 0)), (z, True))",
        "Piecewise((1, z > 0), (-1, True))",
        "Piecewise((7, Eq(z, -3)), (z**2, True))",
    ],
)
def test_a_single_point_spoils_a_symmetry(expression):
    known = facts(expression)
    assert known.parity == "neither"
    assert known.zero_centered is False


def test_points_that_mirror_each_other_keep_a_symmetry():
    assert facts("Piecewise((5, Eq(z, 2)), (-5, Eq(z, -2)), (z, True))").parity == "odd"
    assert facts("Piecewise((5, Eq(Abs(z), 2)), (z**2, True))").parity == "even"
    assert facts("1/z").parity == "odd"


def test_the_slope_used_at_a_kink_lies_in_the_derivative_range():
    known = facts("Piecewise((z**2 - 4, z**2 - 4 >= Abs(z)), (Abs(z), True))")
    for kink in known.kinks:
        assert kink.used.value in known.derivative_range


@pytest.mark.parametrize(
    ("expression", "gap"),
    [
        ("1/z", ("0", "-∞", "∞")),
        ("z**(-2)", ("0", "∞", "∞")),
        ("log(Abs(z))", ("0", "-∞", "-∞")),
        ("sin(z)/z", ("0", "1", "1")),
        ("1/(z - 3)**3", ("3", "-∞", "∞")),
    ],
)
def test_a_point_without_a_value_is_neither_kink_nor_jump(expression, gap):
    known = facts(expression)
    assert known.kinks == known.jumps == ()
    (found,) = known.gaps
    assert (found.at.text, found.left.text, found.right.text) == gap
    assert found.value is None
    assert known.domain.text == f"(-∞, {gap[0]}) ∪ ({gap[0]}, ∞)"
    assert found.at.value not in known.domain


def test_a_pole_with_a_value_is_a_jump():
    known = facts("Piecewise((0, Eq(z, 0)), (1/z, True))")
    assert known.gaps == ()
    assert [(jump.left.text, jump.value.text) for jump in known.jumps] == [("-∞", "0")]


def test_towards_an_infinity_without_values_there_is_no_talk_of_limits():
    known = facts("log(z)")
    assert dict(known.describe("en"))["Towards ±∞"].startswith("z → -∞: undefined; z → ∞: value")
    assert dict(known.describe("zh"))["趋于 ±∞ 时"].startswith("z → -∞：无定义；z → ∞：函数值")


def test_the_domain_of_a_root_ends_at_0():
    assert facts("sqrt(z)").domain.text == "[0, ∞)"
    assert facts("log(z)").domain.text == "(0, ∞)"
    assert facts("z").domain.text == "(-∞, ∞)"


@pytest.mark.parametrize("expression", ["Integer(3)", "tanh(z) - tanh(z) + 2"])
def test_a_constant_saturates_everywhere(expression):
    assert facts(expression).saturation["float64"] == (math.inf, -math.inf)
    assert dict(facts(expression).describe("en"))["Saturates"] == "float32 and float64: everywhere"
    assert dict(facts(expression).describe("zh"))["饱和"] == "float32、float64：处处"


def test_a_point_apart_ends_saturation_on_both_sides():
    known = facts("Piecewise((1, Eq(z, 1)), (0, True))")
    assert known.saturation["float32"] == (1.0, 1.0)
    assert dict(known.describe("en"))["Saturates"].endswith(": for z < 1 and for z > 1")
