"""The digits that coefficients and standard errors have, on certified data and in fractions."""

from __future__ import annotations

import numpy as np
import pytest
from linear.exact import exact_coefficients, right_digits
from sklearn.linear_model import LinearRegression as PlainRegression
from tools.nist import SETS

from ogive import LinearRegression
from ogive.text import InputError


def fitted(name: str, **options) -> tuple:
    data = SETS[name]
    model = LinearRegression(fit_intercept=data.fit_intercept, **options).fit(data.X, data.y)
    return data, model, coefficients(model)


def coefficients(model) -> np.ndarray:
    return np.r_[model.intercept_, model.coef_] if model.fit_intercept else model.coef_


# Certified values have 15 digits. The data themselves, rounded to float64, bound the rest: powers
# of Filip's x and Wampler2's y are not float64 numbers.
DIGITS = {
    "Norris": 13.9,
    "Pontius": 13.2,
    "NoInt1": 14.5,
    "NoInt2": 14.5,
    "Filip": 7.3,
    "Longley": 14.2,
    "Wampler1": 15.9,
    "Wampler2": 13,
    "Wampler3": 15.9,
    "Wampler4": 15.9,
    "Wampler5": 15.9,
}


@pytest.mark.parametrize("name", SETS)
def test_coefficients_have_the_certified_digits(name):
    data, _, coef = fitted(name)
    assert right_digits(coef, data.coef) >= DIGITS[name]


@pytest.mark.parametrize("name", SETS)
def test_standard_errors_have_nine_certified_digits(name):
    data, model, _ = fitted(name)
    if name == "Filip":
        pytest.skip("rounding of the powers leaves seven; see the next test")
    rows = model.summary().to_dict()["targets"][0]["coefficients"]
    errors = [row["standard_error"] for row in rows]
    if name in ("Wampler1", "Wampler2"):  # certified as 0
        assert max(errors) < 1e-9
    else:
        assert right_digits(errors, data.standard_errors) >= 13


def test_standard_errors_of_filip_are_as_exact_as_its_rounded_powers_allow():
    data, model, _ = fitted("Filip")
    rows = model.summary().to_dict()["targets"][0]["coefficients"]
    assert right_digits([row["standard_error"] for row in rows], data.standard_errors) >= 7


@pytest.mark.parametrize("name", SETS)
def test_for_the_numbers_given_every_digit_is_right(name):
    data, model, coef = fitted(name)
    true = exact_coefficients(data.X, data.y, fit_intercept=data.fit_intercept)
    assert right_digits(coef, true) >= 15.5 or np.allclose(coef, np.array(true, float), rtol=3e-16)
    assert model.solution_.digits[0] <= right_digits(coef, true) + 0.5


@pytest.mark.parametrize("name", ["Filip", "Wampler1", "Wampler2", "Wampler5", "Pontius"])
def test_the_usual_solution_loses_all_digits_there(name):
    data = SETS[name]
    model = PlainRegression().fit(data.X, data.y)
    assert right_digits(coefficients(model), data.coef) < 1


@pytest.mark.parametrize("condition", [1e3, 1e6, 1e9, 1e12, 1e14])
def test_no_digit_is_lost_to_the_condition_number(condition):
    random = np.random.RandomState(0)
    X = random.randn(40, 4)
    X[:, 3] = X[:, 0] - X[:, 1] + random.randn(40) / condition
    y = X[:, 0] + 2 * X[:, 2] + random.randn(40)
    model = LinearRegression().fit(X, y)
    assert model.rank_ == 4
    assert right_digits(coefficients(model), exact_coefficients(X, y)) >= 15.5
    assert condition / 10 < model.solution_.condition_number < condition * 100


def test_large_means_cost_no_digit_of_the_constant():
    random = np.random.RandomState(1)
    X = 1.7e18 + 1e9 * np.round(random.randn(50, 1) * 1000)
    y = random.randn(50) + X[:, 0] * 1e-9
    model = LinearRegression().fit(X, y)
    assert right_digits(coefficients(model), exact_coefficients(X, y)) >= 15.5


def test_weights_are_used_as_they_are_not_their_rounded_roots():
    random = np.random.RandomState(2)
    X = np.vander(random.rand(30) + 3, 6)[:, :-1]
    y, weight = random.randn(30), random.rand(30) * 10.0 ** random.randint(-6, 6, 30)
    weight[:3] = 0
    model = LinearRegression().fit(X, y, sample_weight=weight)
    true = exact_coefficients(X, y, weight)
    assert right_digits(coefficients(model), true) >= 15.5


def test_columns_of_very_different_scale_are_all_exact():
    random = np.random.RandomState(3)
    X = random.randn(40, 4) * [1e-15, 1, 1e15, 1e-120]
    y = random.randn(40)
    model = LinearRegression().fit(X, y)
    assert right_digits(coefficients(model), exact_coefficients(X, y)) >= 15.5
    assert model.rank_ == 4


def test_whole_numbers_near_two_to_the_53_keep_their_last_digit():
    X = 2.0**53 - np.arange(30.0)[:, None] ** 2
    y = np.sqrt(np.arange(30.0))
    model = LinearRegression().fit(X, y)
    assert right_digits(coefficients(model), exact_coefficients(X, y)) >= 15.5


@pytest.mark.parametrize("fit_intercept", [True, False])
def test_float32_is_computed_in_double_and_rounded_at_the_end(fit_intercept):
    random = np.random.RandomState(4)
    X, y = random.randn(60, 3).astype(np.float32), random.randn(60).astype(np.float32)
    model = LinearRegression(fit_intercept=fit_intercept).fit(X, y)
    assert model.coef_.dtype == np.float32
    true = exact_coefficients(X, y, fit_intercept=fit_intercept)
    expected = np.array(true, dtype=np.float64)[int(fit_intercept) :]
    np.testing.assert_array_equal(model.coef_, expected.astype(np.float32))


def test_dependent_columns_of_huge_numbers_are_named_with_the_right_factor():
    random = np.random.RandomState(5)
    X = random.randn(30, 3) * 1e200
    X[:, 1] = 2 * X[:, 0]
    model = LinearRegression().fit(X, 1e-200 * X[:, 0] + X[:, 2] * 1e-200)
    (dependency,) = model.solution_.dependencies
    assert (dependency.column, dependency.combination) == (1, {0: 2.0})
    np.testing.assert_allclose(model.coef_, [0.2e-200, 0.4e-200, 1e-200], rtol=1e-12)


@pytest.mark.parametrize(("x", "y"), [(1e-155, 1e160), (1e-200, 1e150), (1e155, 1e-200)])
def test_coefficients_that_float64_cannot_hold_are_an_error(x, y):
    random = np.random.RandomState(6)
    with pytest.raises(InputError, match="column 0 .* beyond what float64 can hold"):
        LinearRegression().fit(random.randn(30, 2) * x, random.randn(30) * y)


@pytest.mark.parametrize("solver", ["gd", "normal"])
@pytest.mark.parametrize(("x", "y"), [(1, 1e160), (1e155, 1), (1e-155, 1)])
def test_the_taught_solvers_refuse_numbers_whose_squares_overflow_or_vanish(solver, x, y):
    random = np.random.RandomState(6)
    with pytest.raises(InputError, match="plain float64"):
        LinearRegression(solver=solver).fit(random.randn(30, 2) * x, random.randn(30) * y)
