"""Statements that textbooks make loosely, stated rightly."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ogive.activations.catalogue import CATALOGUE
from ogive.activations.facts import facts_of


def facts(name, subgradient="torch", **given):
    definition = CATALOGUE[name]
    parameters = {p.name: p.default for p in definition.parameters} | given
    return facts_of(definition, parameters, subgradient)


@pytest.mark.parametrize(
    ("name", "output", "derivative"),
    [
        ("sigmoid", "(0, 1)", "(0, 1/4]"),
        ("tanh", "(-1, 1)", "(0, 1]"),
        ("relu", "[0, ∞)", "{0, 1}"),
        ("leaky_relu", "(-∞, ∞)", "{0.01, 1}"),
        ("softplus", "(0, ∞)", "(0, 1)"),
        ("elu", "(-1, ∞)", "(0, 1]"),
        ("step", "{0, 1}", "{0}"),
        ("bent_identity", "(-∞, ∞)", "(1/2, 3/2)"),
        ("relu6", "[0, 6]", "{0, 1}"),
        ("sine", "[-1, 1]", "[-1, 1]"),
        ("snake", "(-∞, ∞)", "[0, 2]"),
        ("tanhshrink", "(-∞, ∞)", "[0, 1)"),
        ("thresholded_relu", "{0} ∪ (1, ∞)", "{0, 1}"),
        ("hardshrink", "(-∞, -1/2) ∪ {0} ∪ (1/2, ∞)", "{0, 1}"),
        ("normal_cdf", "(0, 1)", "(0, 1/√(2π)]"),
        ("cloglog", "(0, 1)", "(0, 1/e]"),
        ("softmax", "(0, 1)", "(0, 1/4]"),
        ("softmin", "(0, 1)", "[-1/4, 0)"),
        ("sparsemax", "[0, 1]", "[0, 1)"),
        ("log_softmax", "(-∞, 0)", "(0, 1)"),
    ],
)
def test_ranges_have_their_exact_ends(name, output, derivative):
    known = facts(name)
    assert known.output_range.text == output
    assert known.derivative_range.text == derivative
    assert known.output_range.exact
    assert known.derivative_range.exact


@pytest.mark.parametrize(
    ("name", "output", "derivative"),
    [
        ("elu", "(-α, ∞)", "(0, α) ∪ {1}"),
        ("sparsemax", None, "{0, rest/(rest + 1)}"),
        ("leaky_relu", "(-∞, ∞)", "{negative_slope, 1}"),
        ("celu", "(-α, ∞)", "(0, 1]"),
        ("hardtanh", "[min_val, max_val]", "{0, 1}"),
        ("hardshrink", "(-∞, -λ) ∪ {0} ∪ (λ, ∞)", "{0, 1}"),
        ("isru", "(-1/√α, 1/√α)", "(0, 1]"),
        ("silu", "[-W(1/e)/β, ∞)", "[-0.0998393201288669, 1.09983932012887]"),
        ("snake", "(-∞, ∞)", "[0, 2]"),
    ],
)
def test_ranges_with_parameters_as_symbols(name, output, derivative):
    known = facts(name)
    assert output is None or known.general_output_range.text == output
    assert known.general_derivative_range.text == derivative


def test_a_general_range_says_for_which_parameters():
    assert facts("elu").general_output_range.condition == "α > 0"
    assert facts("elu").general_derivative_range.condition == "α > 0, z ≠ 0"
    assert facts("leaky_relu").general_derivative_range.condition == "negative_slope > 0"
    assert facts("elu", alpha=0.0).general_output_range is None
    assert "general_output_range" in facts("elu", alpha=0.0).undecided


def test_elu_has_a_gap_in_its_slopes_for_other_alphas():
    assert facts("elu", alpha=0.5).derivative_range.text == "(0, 1/2] ∪ {1}"
    assert facts("elu", "right", alpha=0.5).derivative_range.text == "(0, 1/2) ∪ {1}"
    assert facts("elu", alpha=2.0).derivative_range.text == "(0, 2]"
    assert facts("elu", alpha=0.0).output_range.text == "[0, ∞)"


@pytest.mark.parametrize(
    ("slope", "monotonic", "output"),
    [
        (0.2, "strictly increasing", "(-∞, ∞)"),
        (0.0, "increasing", "[0, ∞)"),
        (-0.5, "not monotonic", "[0, ∞)"),
    ],
)
def test_a_parameter_changes_what_holds(slope, monotonic, output):
    known = facts("leaky_relu", negative_slope=slope)
    assert known.monotonic == monotonic
    assert known.output_range.text == output


@pytest.mark.parametrize(
    ("name", "until"), [("silu", -1.278465), ("gelu", -0.751792), ("mish", -1.192431)]
)
def test_silu_gelu_and_mish_fall_before_their_minimum(name, until):
    known = facts(name)
    assert known.monotonic == "not monotonic"
    (part,) = known.falls_on
    assert part.lower.value == -math.inf
    assert part.upper.value == pytest.approx(until, abs=1e-6)


def test_saturation_of_the_rounded_sigmoid_and_tanh():
    sigmoid, tanh = facts("sigmoid").saturation, facts("tanh").saturation
    assert sigmoid["float64"][1] == pytest.approx(54 * math.log(2), rel=1e-12)
    assert sigmoid["float32"][1] == pytest.approx(25 * math.log(2), rel=1e-6)
    assert sigmoid["float64"][0] == pytest.approx(-1075 * math.log(2), rel=1e-12)
    assert tanh["float64"][1] == pytest.approx(19.06, abs=5e-3)
    assert facts("relu").saturation["float64"] == (0.0, None)


@pytest.mark.parametrize(
    ("name", "smoothness"),
    [
        ("tanh", "C∞"),
        ("softsign", "C1"),
        ("isrlu", "C2"),
        ("elu", "C1"),
        ("selu", "C0"),
        ("relu", "C0"),
        ("squared_relu", "C1"),
        ("step", "discontinuous"),
        ("reglu", "C0"),
    ],
)
def test_smoothness_classes(name, smoothness):
    assert facts(name).smoothness == smoothness


@pytest.mark.parametrize(
    ("subgradient", "used", "slopes"),
    [
        ("torch", 0, "{0, 1}"),
        ("left", 0, "{0, 1}"),
        ("right", 1, "{0, 1}"),
        ("mean", 0.5, "{0, 1/2, 1}"),
    ],
)
def test_the_chosen_subgradient_is_used(subgradient, used, slopes):
    known = facts("relu", subgradient)
    (kink,) = known.kinks
    assert (kink.at.value, kink.left.value, kink.right.value) == (0, 0, 1)
    assert kink.used.value == used
    assert known.derivative_range.text == slopes
    assert known.lipschitz.value == 1


def test_the_slopes_used_are_those_of_the_expression():
    assert [kink.used.value for kink in facts("hardswish").kinks] == [0, 1]
    assert [kink.used.value for kink in facts("absolute").kinks] == [0]
    assert [kink.used.value for kink in facts("elu", alpha=0.3).kinks] == [0.3]


def test_only_odd_functions_are_zero_centred():
    centred = {name for name in CATALOGUE if facts(name).zero_centered}
    assert {"tanh", "softsign", "sine", "identity", "hardshrink"} <= centred
    assert not centred & {"sigmoid", "relu", "elu", "leaky_relu", "cosine"}


def test_a_gate_ranges_over_both_inputs():
    known = facts("swiglu")
    assert known.output_range.text == "(-∞, ∞)"
    assert known.lipschitz.value == math.inf
    assert known.derivative_range.status == "not applicable"
    assert "derivative_range" in known.not_applicable


@pytest.mark.parametrize("name", ["softmax", "softmin", "log_softmax", "sparsemax"])
@pytest.mark.parametrize("size", [2, 3, 5, 17])
def test_what_is_said_of_a_component_holds_for_any_number_of_them(name, size):
    import ogive

    function, known = ogive.activation(name), facts(name)
    rows = (
        np.random.default_rng(size).normal(0, [[0.02], [1], [3]], (300, 3, size)).reshape(-1, size)
    )
    rows[0] = 0
    values, slopes = function(rows), function.derivative(rows)
    own = np.diagonal(slopes, axis1=1, axis2=2)
    slack = 1e-12
    assert known.output_range.lower - slack <= values.min()
    assert values.max() <= known.output_range.upper + slack
    assert known.derivative_range.lower - slack <= own.min()
    assert own.max() <= known.derivative_range.upper + slack
    assert np.abs(own).max() <= known.lipschitz.value
    rises = np.sign(own[np.abs(own) > slack])
    assert {"-1": "strictly decreasing"}.get(
        str(int(rises.min())), known.monotonic
    ) == known.monotonic


@pytest.mark.parametrize("size", [1, 2, 3, 4, 50])
def test_sparsemax_has_the_slope_1_minus_1_over_the_size_of_its_support(size):
    import ogive

    slope = ogive.activation("sparsemax").derivative(np.zeros(size))[0, 0]
    assert slope == pytest.approx(1 - 1 / size, abs=1e-15)
    assert slope in facts("sparsemax").derivative_range
    assert 1.0 not in facts("sparsemax").derivative_range
    assert facts("sparsemax").lipschitz.text == "1"


def test_a_component_has_no_facts_that_depend_on_the_others():
    known = facts("softmax")
    assert known.parity is None
    assert {"parity", "extrema", "saturation"} <= set(known.not_applicable)


@pytest.mark.parametrize(("name", "code"), [("identity", "OGV002"), ("step", "OGV004")])
def test_built_in_functions_get_the_findings_of_formulas(name, code):
    assert [finding.code for finding in facts(name).findings] == [code]
    assert facts("tanh").findings == ()


def test_cheap_functions_take_nothing_transcendental():
    assert {n for n in ("relu", "softsign", "isru", "squareplus", "tanh") if facts(n).cheap} == {
        "relu",
        "softsign",
        "isru",
        "squareplus",
    }
