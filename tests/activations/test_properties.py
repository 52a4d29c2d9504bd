from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import ogive
from ogive._engine import core

ELEMENTWISE = ogive.activations("elementwise")
RISING = [
    "identity",
    "step",
    "sign",
    "relu",
    "leaky_relu",
    "prelu",
    "rrelu",
    "relu6",
    "hardtanh",
    "thresholded_relu",
    "squared_relu",
    "hardsigmoid",
    "hardshrink",
    "softshrink",
    "sigmoid",
    "tanh",
    "lecun_tanh",
    "penalized_tanh",
    "softsign",
    "isru",
    "arctan_curve",
    "erf_curve",
    "gudermannian",
    "normal_cdf",
    "cloglog",
    "elu",
    "celu",
    "selu",
    "isrlu",
    "softplus",
    "logsigmoid",
    "squareplus",
    "exponential",
    "tanhshrink",
    "bent_identity",
    "symlog",
    "asinh",
    "snake",
]
ODD = [
    "identity",
    "sign",
    "hardtanh",
    "hardshrink",
    "softshrink",
    "tanh",
    "lecun_tanh",
    "softsign",
    "isru",
    "arctan_curve",
    "erf_curve",
    "gudermannian",
    "tanhshrink",
    "symlog",
    "asinh",
    "sine",
]
EVEN = ["absolute", "triangular", "cosine", "gaussian"]
BOUNDS = {
    "sigmoid": (0, 1),
    "tanh": (-1, 1),
    "step": (0, 1),
    "relu": (0, np.inf),
    "relu6": (0, 6),
    "hardsigmoid": (0, 1),
    "softsign": (-1, 1),
    "isru": (-1, 1),
    "arctan_curve": (-1, 1),
    "erf_curve": (-1, 1),
    "gudermannian": (-1, 1),
    "normal_cdf": (0, 1),
    "cloglog": (0, 1),
    "softplus": (0, np.inf),
    "logsigmoid": (-np.inf, 0),
    "exponential": (0, np.inf),
    "sine": (-1, 1),
    "cosine": (-1, 1),
    "gaussian": (0, 1),
    "triangular": (0, 1),
}
# Where a slope or value jumps; differences across it say nothing.
KINKS = np.array([-3.0, -1.0, -0.5, 0.0, 0.5, 1.0, 3.0, 6.0])
numbers = st.floats(-60, 60)


def rounding(name, value):
    facts = core.activation_facts()[name]
    return 2 * facts["value_ulp"] * np.spacing(abs(value)) + facts["value_epsilons"] * 2.3e-16


@pytest.mark.parametrize("name", RISING)
@given(first=numbers, second=numbers)
def test_a_rising_function_never_falls_by_more_than_its_rounding(name, first, second):
    low, high = sorted((first, second))
    below, above = ogive.activation(name)(np.array([low, high]))
    assert above >= below - rounding(name, below)


@pytest.mark.parametrize("name", ELEMENTWISE)
@given(z=numbers)
def test_the_derivative_agrees_with_central_differences(name, z):
    assume(np.abs(z - KINKS).min() > 1e-3)
    function, step = ogive.activation(name), 1e-5
    below, here, above = function(np.array([z - step, z, z + step]))
    quotient = (above - below) / ((z + step) - (z - step))
    noise = 1e-10 * max(abs(above), abs(below), abs(here))
    assert function.derivative(z) == pytest.approx(quotient, rel=1e-6, abs=1e-8 + noise)


@pytest.mark.parametrize("name", BOUNDS)
@given(z=st.floats(allow_nan=False))
def test_a_bounded_function_stays_within_its_bounds(name, z):
    assume(np.isfinite(z) or name not in ("sine", "cosine"))
    lower, upper = BOUNDS[name]
    assert lower <= ogive.activation(name)(z) <= upper


@pytest.mark.parametrize("name", ODD)
@given(z=numbers)
def test_an_odd_function_is_odd_to_the_bit(name, z):
    function = ogive.activation(name)
    assert function(-z) == -function(z)
    assert function.derivative(-z) == function.derivative(z)


@pytest.mark.parametrize("name", EVEN)
@given(z=numbers)
def test_an_even_function_is_even_to_the_bit(name, z):
    assert ogive.activation(name)(-z) == ogive.activation(name)(z)


@pytest.mark.parametrize("name", ELEMENTWISE)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_nan_stays_nan(name, dtype):
    value, derivative = ogive.activation(name).value_and_derivative(np.full(40, np.nan, dtype))
    assert np.isnan(value).all()
    assert np.isnan(derivative).all()


@given(z=numbers)
def test_softplus_has_sigmoid_as_its_derivative(z):
    derivative = ogive.activation("softplus").derivative(z)
    assert derivative == pytest.approx(ogive.activation("sigmoid")(z), rel=1e-15)


@given(z=numbers, slope=st.floats(-4, 4))
def test_leaky_relu_is_right_for_every_slope(z, slope):
    expected = z if z > 0 else slope * z
    assert ogive.activation("leaky_relu", negative_slope=slope)(z) == expected


@given(z=numbers, beta=st.floats(1e-3, 1e3))
def test_a_formula_of_a_function_is_the_function(z, beta):
    formula = ogive.activation("softplus(z, beta=b)", b=beta)
    assert formula(z) == ogive.activation("softplus", beta=beta)(z)


@given(row=st.lists(numbers, min_size=2, max_size=9), shift=st.floats(-1e3, 1e3))
def test_softmax_sums_to_one_and_ignores_a_shift(row, shift):
    softmax, z = ogive.activation("softmax"), np.array(row)
    assert softmax(z).sum() == pytest.approx(1, abs=1e-15 * len(row))
    np.testing.assert_allclose(softmax(z + shift), softmax(z), rtol=1e-11)
    np.testing.assert_allclose(softmax.derivative(z).sum(axis=0), 0, atol=1e-15)


@pytest.mark.parametrize("name", [*ogive.activations("vector"), *ogive.activations("gate")])
def test_the_jacobian_agrees_with_central_differences(name):
    function, step = ogive.activation(name), 1e-6
    z = np.random.default_rng(5).normal(0, 2, (3, 2, 6))
    n = z.shape[-1]
    columns = [(function(z + step * e) - function(z - step * e)) / (2 * step) for e in np.eye(n)]
    jacobian = np.stack(columns, axis=-1)
    given = function.derivative(z)
    if function.kind == "gate":
        half = jacobian.shape[-2]
        own = np.arange(half)
        jacobian = np.concatenate([jacobian[..., own, own], jacobian[..., own, own + half]], -1)
    assert given.shape == jacobian.shape
    np.testing.assert_allclose(given, jacobian, rtol=1e-7, atol=1e-8)


@pytest.mark.parametrize("name", [*ogive.activations("vector"), *ogive.activations("gate")])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_functions_of_rows_take_any_layout(name, dtype):
    function = ogive.activation(name)
    z = np.random.default_rng(6).normal(0, 2, (6, 5, 4)).astype(dtype)
    for seen in (z[::-2, :, ::-1], z.transpose(1, 0, 2), z.astype(z.dtype.newbyteorder(">"))):
        copy = np.array(seen, dtype)
        value = function(seen)
        assert value.dtype == dtype
        np.testing.assert_array_equal(value, function(copy))
        out = np.empty((2, *value.shape), dtype)[0]
        assert function(seen, out=out) is out
        np.testing.assert_array_equal(out, value)
