"""Every contract of core/activations.hpp against mpmath."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import exact, points, ulp, ulp_error

import ogive
from ogive._engine import core

FACTS = core.activation_facts()
TYPES = (np.float32, np.float64)


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("name", FACTS)
def test_value_keeps_its_contract(name, dtype):
    function = ogive.activation(name)
    z = points(dtype)
    parameters = list(function.parameters.values())
    for at, computed in zip(z.tolist(), function(z).tolist(), strict=True):
        error = ulp_error(computed, exact(name, at, parameters, False), dtype)
        assert error <= FACTS[name]["value_ulp"], (at, computed)


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("name", FACTS)
def test_derivative_keeps_its_contract(name, dtype):
    function = ogive.activation(name)
    z = points(dtype)
    parameters = list(function.parameters.values())
    near_zero = FACTS[name]["derivative_epsilons"] * float(np.finfo(dtype).eps)
    for at, computed in zip(z.tolist(), function.derivative(z).tolist(), strict=True):
        true = exact(name, at, parameters, True)
        allowed = max(FACTS[name]["derivative_ulp"], near_zero / float(ulp(true, dtype)))
        assert ulp_error(computed, true, dtype) <= allowed, (at, computed)


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("leaky_relu", {"negative_slope": 0.3}),
        ("softplus", {"beta": 0.3}),
        ("softplus", {"beta": 7.1}),
        ("elu", {"alpha": 0.37}),
        ("silu", {"beta": 1.702}),
        ("silu", {"beta": 0.21}),
    ],
)
@pytest.mark.parametrize("dtype", TYPES)
def test_other_parameters_cost_at_most_two_more_ulps(name, parameters, dtype):
    function = ogive.activation(name, **parameters)
    z = points(dtype, count=40)
    rounded = function.context(dtype)[:1].tolist()
    epsilons = max(FACTS[name]["derivative_epsilons"], 1.0) * float(np.finfo(dtype).eps)
    for at, value, derivative in zip(
        z.tolist(), function(z).tolist(), function.derivative(z).tolist(), strict=True
    ):
        error = ulp_error(value, exact(name, at, rounded, False), dtype)
        assert error <= FACTS[name]["value_ulp"] + 2, at
        true = exact(name, at, rounded, True)
        allowed = max(FACTS[name]["derivative_ulp"] + 2, epsilons / float(ulp(true, dtype)))
        assert ulp_error(derivative, true, dtype) <= allowed, at


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("name", FACTS)
def test_infinities_give_the_limits(name, dtype):
    function = ogive.activation(name)
    left, right = function.limits
    ends, rtol = np.array([-np.inf, np.inf], dtype), 2 * np.finfo(dtype).eps
    np.testing.assert_allclose(function(ends), [left.value, right.value], rtol)
    np.testing.assert_allclose(function.derivative(ends), [left.slope, right.slope], rtol)


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("name", FACTS)
def test_nan_gives_nan(name, dtype):
    value, derivative = ogive.activation(name).value_and_derivative(np.full(37, np.nan, dtype))
    assert np.isnan(value).all()
    assert np.isnan(derivative).all()


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("name", FACTS)
def test_one_pass_agrees_with_two(name, dtype):
    function, z = ogive.activation(name), points(dtype)
    value, derivative = function.value_and_derivative(z)
    np.testing.assert_array_max_ulp(value, function(z), maxulp=2)
    np.testing.assert_array_max_ulp(derivative, function.derivative(z), maxulp=2)


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("name", FACTS)
def test_an_element_does_not_depend_on_its_place_in_the_array(name, dtype):
    function, z = ogive.activation(name), points(dtype, count=8)
    np.testing.assert_array_equal(function(z), [function(element) for element in z])
    np.testing.assert_array_equal(
        function.derivative(z), [function.derivative(element) for element in z]
    )
