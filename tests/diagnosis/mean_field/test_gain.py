"""Expected squared slopes and the gain they predict, against exact values and real networks."""

import math

import mpmath
import numpy as np
import pytest
from sympy import lambdify

import ogive
from ogive.diagnosis.mean_field.expectation import mean_square
from ogive.diagnosis.mean_field.gain import mean_square_slope, mean_square_value, predicted_gain

ELEMENTWISE = [n for n in ogive.activations() if ogive.activation(n).kind == "elementwise"]
WHOLE_ROWS = [n for n in ogive.activations() if n not in ELEMENTWISE]


def exact(function, which, mean, std):
    """E[g(z)²] by mpmath from the definition, cut at the kinks and jumps of the facts."""
    expression = (function.expression, function.derivative_expression)[which]
    symbol = next(iter(expression.free_symbols), None)
    if symbol is None:
        return float(expression) ** 2
    g = lambdify(symbol, expression, "mpmath")
    cuts = {float(k.at.value) for k in (*function.facts.kinks, *function.facts.jumps)}
    cuts |= {0.0, *(mean + std * s for s in (-14, -6, -3, -1, 0, 1, 3, 6, 14))}
    ends = sorted(c for c in cuts if abs(c - mean) <= 14.01 * std)
    with mpmath.workdps(20):
        return float(
            mpmath.quad(lambda z: g(z) ** 2 * mpmath.npdf(z, mean, std), ends, maxdegree=7)
        )


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_expectations_agree_with_the_definition_integrated_by_mpmath(name):
    function = ogive.activation(name)
    for which, ours in enumerate((mean_square_value, mean_square_slope)):
        assert ours(function, 0.4, 1.5**2) == pytest.approx(
            exact(function, which, 0.4, 1.5), rel=1e-8, abs=1e-15
        )


@pytest.mark.parametrize("var", [1e-6, 1.0, 1e6])
def test_relu_passes_half_of_what_comes_whatever_its_scale(var):
    relu = ogive.activation("relu")
    assert mean_square_slope(relu, 0, var) == pytest.approx(0.5, rel=1e-12)
    assert mean_square_value(relu, 0, var) == pytest.approx(var / 2, rel=1e-12)


@pytest.mark.parametrize("var", [1e-4, 0.3, 1.0, 50.0, 1e8])
def test_erf_agrees_with_its_closed_form(var):
    # Williams, "Computing with infinite networks", 1997.
    erf, s = ogive.activation("erf_curve"), math.pi / 2 * var
    value = 2 / math.pi * math.asin(s / (1 + s))
    assert mean_square_value(erf, 0, var) == pytest.approx(value, rel=1e-10)
    assert mean_square_slope(erf, 0, var) == pytest.approx((1 + 2 * s) ** -0.5, rel=1e-10)


@pytest.mark.parametrize("std", [0.1, 10.0, 1e4])
def test_a_sine_that_turns_thousands_of_times_is_still_resolved(std):
    expected = (1 + math.exp(-2 * std**2)) / 2
    assert mean_square_slope(ogive.activation("sine"), 0, std**2) == pytest.approx(
        expected, rel=1e-8
    )


def test_a_tail_that_hardly_exists_keeps_its_digits():
    tail = float(mpmath.ncdf(-20))
    assert mean_square_slope(ogive.activation("relu"), -20.0, 1.0) == pytest.approx(tail, rel=1e-10)


def test_an_exponential_is_exact_up_to_where_its_expectation_overflows():
    exponential = ogive.activation("exponential")
    assert mean_square_slope(exponential, 0, 17.0**2) == pytest.approx(math.exp(578), rel=1e-10)
    assert mean_square_slope(exponential, 0, 20.0**2) == math.inf
    assert mean_square_slope(exponential, -2000.0, 1.0) == 0


def test_kinks_of_a_formula_need_not_be_known():
    formula = ogive.activation("max(-0.3, min(z, 0.71234))")
    expected = float(mpmath.ncdf(0.71234) - mpmath.ncdf(-0.3))
    assert mean_square_slope(formula, 0, 1) == pytest.approx(expected, rel=1e-9)


def test_a_variance_of_nought_takes_the_slope_at_the_mean():
    tanh = ogive.activation("tanh")
    assert mean_square_slope(tanh, 0.5, 0.0) == pytest.approx(float(tanh.derivative(0.5)) ** 2)


def test_many_normals_at_once_equal_each_alone():
    function, rng = ogive.activation("gelu"), np.random.default_rng(0)
    mean, var = rng.normal(0, 3, 1100), rng.gamma(1, 2, 1100)
    together = mean_square_slope(function, mean, var)
    alone = [
        mean_square_slope(function, m, v) for m, v in zip(mean[::100], var[::100], strict=True)
    ]
    np.testing.assert_allclose(together[::100], alone, rtol=1e-12)


def test_what_is_not_known_is_not_a_number():
    tanh = ogive.activation("tanh")
    got = mean_square_slope(tanh, [0.0, math.nan, 0.0], [math.inf, 1.0, math.nan])
    assert np.isnan(got).all()
    assert np.isnan(mean_square(np.log, 0.0, 1.0))


def test_a_negative_variance_is_refused():
    with pytest.raises(ValueError, match=r"must not be negative, got -1"):
        mean_square(np.tanh, 0.0, -1.0)


@pytest.mark.parametrize("name", WHOLE_ROWS)
def test_functions_of_whole_rows_have_no_predicted_gain(name):
    assert math.isnan(predicted_gain(ogive.activation(name), 0.0, 1.0, 0.1, 100))


def test_he_weights_keep_the_gradient_of_relu():
    gain = predicted_gain(ogive.activation("relu"), 0.0, 1.0, math.sqrt(2 / 300), 300)
    assert gain == pytest.approx(1.0, rel=1e-12)


@pytest.mark.parametrize("name", ["tanh", "relu", "gelu", "sigmoid", "sine"])
def test_the_gain_is_what_a_wide_layer_does_to_random_errors(name):
    function, rng = ogive.activation(name), np.random.default_rng(1)
    n_units, n_next = 2000, 2000
    mean, std = rng.normal(0, 0.5, n_units), rng.uniform(0.5, 2, n_units)
    z = mean + std * rng.normal(size=(200, n_units))
    weights = rng.normal(0, 0.03, (n_units, n_next))
    error = rng.normal(size=(200, n_next))
    passed = function.derivative(z) * (error @ weights.T)
    measured = math.sqrt(np.square(passed).sum() / np.square(error).sum())
    rms = math.sqrt(np.square(weights).mean())
    assert predicted_gain(function, mean, std**2, rms, n_units) == pytest.approx(measured, rel=0.01)
