from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import ogive

MONOTONE = ["identity", "step", "sigmoid", "tanh", "relu", "leaky_relu", "softplus", "elu", "selu"]
KINKED = {"step", "relu", "leaky_relu", "elu", "selu"}
SIGMOID_BOUNDS = {"sigmoid": (0, 1), "tanh": (-1, 1), "step": (0, 1), "relu": (0, np.inf)}
numbers = st.floats(-60, 60)


@pytest.mark.parametrize("name", MONOTONE)
@given(first=numbers, second=numbers)
def test_a_monotone_function_never_falls_by_more_than_its_rounding(name, first, second):
    low, high = sorted((first, second))
    below, above = ogive.activation(name)(np.array([low, high]))
    assert above >= below - 4 * np.spacing(abs(below))


@pytest.mark.parametrize("name", ogive.activations())
@given(z=numbers)
def test_the_derivative_agrees_with_central_differences(name, z):
    assume(name not in KINKED or abs(z) > 1e-3)
    function, step = ogive.activation(name), 1e-5
    below, above = function(np.array([z - step, z + step]))
    quotient = (above - below) / ((z + step) - (z - step))
    assert function.derivative(z) == pytest.approx(quotient, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "step", "relu"])
@given(z=st.floats(allow_nan=False))
def test_a_bounded_function_stays_within_its_bounds(name, z):
    lower, upper = SIGMOID_BOUNDS[name]
    assert lower <= ogive.activation(name)(z) <= upper


@given(z=numbers)
def test_tanh_is_odd_to_the_bit(z):
    tanh = ogive.activation("tanh")
    assert tanh(-z) == -tanh(z)


@given(z=numbers)
def test_softplus_has_sigmoid_as_its_derivative(z):
    derivative = ogive.activation("softplus").derivative(z)
    assert derivative == pytest.approx(ogive.activation("sigmoid")(z), rel=1e-15)


@given(z=numbers, slope=st.floats(-4, 4))
def test_leaky_relu_is_right_for_every_slope(z, slope):
    expected = z if z > 0 else slope * z
    assert ogive.activation("leaky_relu", negative_slope=slope)(z) == expected
