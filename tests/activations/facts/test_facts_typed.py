"""What is said of formulas as typed agrees with what is computed, whatever SymPy simplifies."""

from __future__ import annotations

import math

import numpy as np
import pytest

import ogive
from ogive.activations.facts.pieces import Function
from ogive.text import InputError


def codes(function):
    return [finding.code for finding in function.findings]


@pytest.mark.parametrize(
    ("text", "output", "found"),
    [
        ("0/z", "{0}", ["OGV001", "OGV003"]),
        ("z**2/z", "(-∞, 0) ∪ (0, ∞)", ["OGV002", "OGV003"]),
        ("z/abs(z)", "{-1, 1}", ["OGV003", "OGV004"]),
        ("z/z", "{1}", ["OGV001", "OGV003"]),
        ("1/z - 1/z", "{0}", ["OGV001", "OGV003"]),
        ("z*z**-1", "{1}", ["OGV001", "OGV003"]),
        ("sin(z)/z", "[-0.217233628211222, 1)", ["OGV003"]),
    ],
)
def test_what_has_no_value_at_0_is_said_to_have_none_and_computed_so(text, output, found):
    function = ogive.activation(text)
    known = function.facts
    assert known.domain.text == "(-∞, 0) ∪ (0, ∞)"
    assert known.output_range.text == output
    assert sorted(codes(function)) == found
    assert [gap.at.value for gap in known.gaps] == [0.0]
    assert known.kinks == known.jumps == ()
    with np.errstate(invalid="ignore"):
        assert math.isnan(function(0.0))
        assert math.isfinite(function(0.5))


def test_a_hole_is_at_the_decimal_typed():
    known = ogive.activation("(z - 0.1)*3/(z - 0.1)").facts
    assert [gap.at.text for gap in known.gaps] == ["1/10"]


def test_a_hole_is_where_the_divisor_vanishes_whatever_the_parameter():
    for c in (0.5, -3.0, 1 / 3):
        known = ogive.activation("(z - c)*d/(z - c)", c=c, d=2.0).facts
        assert [gap.at.value for gap in known.gaps] == [c]
        assert known.output_range.text == "{2}"


@pytest.mark.parametrize("text", ["0*log(z)", "log(z) - log(z)", "exp(log(z))", "sqrt(z)**2"])
def test_a_half_line_that_sympy_fills_in_stays_undefined(text):
    function = ogive.activation(text)
    assert function.facts.domain.text == ("[0, ∞)" if text == "sqrt(z)**2" else "(0, ∞)")
    assert "OGV003" in codes(function)
    with np.errstate(invalid="ignore"):
        assert math.isnan(function(-1.0))


@pytest.mark.parametrize(
    "text",
    [
        "where(z == 0, 1, sin(z)/z)",
        "where(z > 0, log(z), z)",
        "(1 + exp(z))/(1 + exp(z))",
        "z*z/(1 + z*z)",
        "sqrt(z*z + 1)",
        "log(1 + abs(z))",
        "where(not z <= 0, 1/z, 0)",
        "where(z < 0 or z > 0, z/z, 1)",
        "z**3/exp(z)",
        "hardtanh(z, min_val=-2)/max(1, abs(z))",
        "log1p(relu(z))",
    ],
)
def test_a_formula_guarded_everywhere_is_defined_everywhere(text):
    function = ogive.activation(text)
    assert function.facts.domain.text == "(-∞, ∞)"
    assert "OGV003" not in codes(function)


def test_a_power_with_z_above_is_that_of_a_positive_base():
    function = ogive.activation("z**z**z**z")
    assert function.facts.domain.text == "[0, ∞)"
    with np.errstate(invalid="ignore"):
        values = function(np.array([-1.0, -2.0, -0.5, 0.0, 1.0]))
    assert np.isnan(values[:3]).all()
    assert all(value in function.facts.output_range for value in values[3:])


@pytest.mark.parametrize(
    "text",
    [
        "sqrt(abs(z))",
        "sqrt(z**4)",
        "sqrt(z*z)",
        "relu(z)**0.5",
        "z*sqrt(abs(z))",
        "z**z",
        "exp(0**z)",
    ],
)
def test_a_slope_that_is_no_number_at_0_is_a_finding(text):
    function = ogive.activation(text)
    with np.errstate(all="ignore"):
        assert not math.isfinite(function.derivative(0.0))
    assert "OGV005" in codes(function)
    for kink in function.facts.kinks:
        assert not math.isfinite(kink.used.value)


@pytest.mark.parametrize(
    "text", ["abs(z)", "max(0, z)**2", "where(z == 0, 0, sqrt(abs(z)))", "sqrt(abs(z) + 0.01)"]
)
def test_a_slope_that_is_a_number_at_every_z_is_none(text):
    function = ogive.activation(text)
    assert math.isfinite(function.derivative(0.0))
    assert "OGV005" not in codes(function)


def test_a_chosen_slope_mends_a_kink_but_not_an_infinite_one():
    assert "OGV005" not in codes(ogive.activation("sqrt(z*z)", subgradient="right"))
    assert "OGV005" in codes(ogive.activation("sqrt(abs(z))", subgradient="right"))


@pytest.mark.parametrize(
    "text",
    [
        "max(z, -z/2, z**2 - 4)", "abs(max(z, -1))", "min(max(0, z), 6)", "relu(z) + relu(-z)",
        "where(z >= 1, 2*z, where(z == 0, 5, z))", "max(z, 1/z)", "elu(z, alpha=2)",
        "abs(z - 1)*sigmoid(z)",
    ],
)  # fmt: skip
def test_facts_of_points_are_what_is_computed_there(text):
    function = ogive.activation(text)
    known = function.facts
    points = [*known.kinks, *known.jumps]
    assert points
    for kink in known.kinks:
        # At other points the nearest float lies beside the kink.
        if kink.at.text.lstrip("-").isdigit():
            assert function.derivative(kink.at.value) == pytest.approx(kink.used.value)
            assert function.derivative(kink.at.value) in known.derivative_range
    for jump in known.jumps:
        assert function(jump.at.value) == pytest.approx(jump.value.value)


def test_a_branch_that_sympy_decides_otherwise_is_not_guessed():
    known = ogive.activation("where(0*z >= 0*sqrt(z), 2, step(z + 30))").facts
    assert not known.output_range.known


def test_a_point_with_the_value_of_its_neighbours_keeps_its_own_slope():
    function = ogive.activation("where(z == 1, z**2, 1)")
    assert function.derivative(1.0) == 2.0
    assert function.facts.derivative_range.text == "{0, 2}"


def test_a_divisor_may_vanish_in_a_whole_branch():
    known = ogive.activation("0/step(z)").facts
    assert known.domain.text == "[0, ∞)"
    assert known.output_range.text == "{0}"


def test_poles_without_end_leave_the_domain_undecided():
    known = ogive.activation("z/sin(z)").facts
    assert not known.domain.known
    assert "domain" in known.undecided
    with pytest.raises(InputError):
        assert 0.0 in known.domain


def test_a_function_of_the_catalogue_is_defined_everywhere():
    from sympy import Symbol

    z = Symbol("z", real=True)
    assert Function(z, z, z).defined(0.0, ())
