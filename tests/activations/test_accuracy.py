"""Every contract of core/activations against Arb; the records go into the documentation."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tools.accuracy import NAMES, TYPES, exact, measurements, ulp_errors, write
from tools.accuracy_points import points

import ogive
from ogive._engine import core

RECORDS = Path(__file__).parents[2] / "build" / "accuracy.json"
FACTS = core.activation_facts()


@pytest.fixture(scope="module")
def measured():
    """The records of all functions, measured in the background while tests wait for them."""
    records = {}
    with measurements() as futures:
        yield lambda key: records.setdefault(key, futures[key].result())
    if len(records) == len(futures):
        write([records[key] for key in futures], RECORDS)


@pytest.mark.slow
@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("name", NAMES)
def test_value_and_derivative_keep_their_contract(name, dtype, measured):
    record = measured((name, dtype))
    assert record["points"] >= 200_000
    for kind in ("value", "derivative"):
        found = record[kind]
        assert found["ulp"] <= FACTS[name][f"{kind}_ulp"], found
        assert found["epsilons"] <= FACTS[name][f"{kind}_epsilons"], found


@pytest.mark.parametrize("name", NAMES)
def test_no_contract_is_looser_than_the_goal(name):
    assert FACTS[name]["value_ulp"] <= 4
    assert FACTS[name]["derivative_ulp"] <= 4
    assert FACTS[name]["derivative_epsilons"] <= 0.5


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("leaky_relu", {"negative_slope": 0.3}),
        ("softplus", {"beta": 0.3}),
        ("softplus", {"beta": 7.1}),
        ("elu", {"alpha": 0.37}),
        ("celu", {"alpha": 0.37}),
        ("celu", {"alpha": 5.3}),
        ("silu", {"beta": 1.702}),
        ("silu", {"beta": 0.21}),
        ("isru", {"alpha": 2.3}),
        ("isrlu", {"alpha": 0.7}),
        ("squareplus", {"b": 0.3}),
        ("hardtanh", {"min_val": -0.7, "max_val": 2.3}),
        ("thresholded_relu", {"theta": 0.3}),
        ("snake", {"alpha": 0.7}),
    ],
)
@pytest.mark.parametrize("dtype", TYPES)
def test_other_parameters_cost_at_most_two_more_ulps(name, parameters, dtype):
    dtype = np.dtype(dtype)
    function = ogive.activation(name, **parameters)
    z = points(function, dtype, 3000)
    z = z[np.abs(z) < 1e4]
    rounded = [float(dtype.type(p)) for p in function.parameters.values()]
    for at, *results in zip(z.tolist(), *map(np.ndarray.tolist, function.value_and_derivative(z)),
                            strict=True):  # fmt: skip
        for kind, computed, true in zip(
            ("value", "derivative"), results, exact(name, at, rounded), strict=True
        ):
            ulps, epsilons = ulp_errors(computed, true, np.finfo(dtype))
            allowed = max(FACTS[name][f"{kind}_epsilons"], 1.0)
            assert ulps <= FACTS[name][f"{kind}_ulp"] + 2 or epsilons <= allowed, (kind, at)


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("name", NAMES)
def test_nan_gives_nan(name, dtype):
    value, derivative = ogive.activation(name).value_and_derivative(np.full(37, np.nan, dtype))
    assert np.isnan(value).all()
    assert np.isnan(derivative).all()


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("name", NAMES)
def test_infinities_give_the_limits(name, dtype):
    function = ogive.activation(name)
    far = np.array([-np.finfo(dtype).max, np.finfo(dtype).max], dtype)
    if name in ("sine", "cosine", "snake"):
        wave = function.derivative(np.array([-np.inf, np.inf], dtype))
        assert np.isnan(wave).all()
        return
    value, derivative = function.value_and_derivative(np.array([-np.inf, np.inf], dtype))
    with np.errstate(over="ignore"):
        nearly, slope = function.value_and_derivative(far)
    for limit, far_out in ((value, nearly), (derivative, slope)):
        finite = np.isfinite(limit)
        assert (np.sign(limit[~finite]) * far_out[~finite] > 80).all()
        np.testing.assert_allclose(limit[finite], far_out[finite], rtol=1e-6, atol=1e-20)


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("name", NAMES)
def test_one_pass_agrees_with_two(name, dtype):
    function = ogive.activation(name)
    z = points(function, dtype, 2000)
    together, apart = function.value_and_derivative(z), (function(z), function.derivative(z))
    for kind, one, other in zip(("value", "derivative"), together, apart, strict=True):
        # Near a zero two orders of rounding may differ as much as the contract lets them.
        near_zero = 2 * FACTS[name][f"{kind}_epsilons"] * np.finfo(dtype).eps
        alike = one == other  # the infinite and the largest, too
        one, other = one[~alike], other[~alike]
        assert (np.abs(one - other) <= np.maximum(2 * np.spacing(np.abs(other)), near_zero)).all()


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("name", NAMES)
def test_an_element_does_not_depend_on_its_place_in_the_array(name, dtype):
    function = ogive.activation(name)
    z = points(function, dtype, 1000)[::9]
    np.testing.assert_array_equal(function(z), [function(element) for element in z])
    np.testing.assert_array_equal(
        function.derivative(z), [function.derivative(element) for element in z]
    )
