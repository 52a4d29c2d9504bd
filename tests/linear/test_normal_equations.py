"""The normal equations: right where they can be, and candid about the digits they lose."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from scipy.linalg import LinAlgWarning

from ogive import LinearRegression
from ogive.text import InputError


def rows(k: int = 4, n: int = 60):
    random = np.random.default_rng(1)
    X = random.normal(size=(n, k)) + np.arange(k)
    Y = X @ random.normal(size=(k, 2)) + 3 + random.normal(size=(n, 2))
    return X, Y, random.uniform(0.5, 2, n)


def powers(degree: int):
    x = np.arange(21.0)
    X = np.column_stack([x**power for power in range(1, degree + 1)])
    return X, 1 + X.sum(axis=1)


@pytest.mark.parametrize("fit_intercept", [True, False])
@pytest.mark.parametrize("weighted", [True, False])
def test_they_agree_with_the_exact_solver_where_columns_are_well_conditioned(
    fit_intercept, weighted
):
    X, Y, weight = rows()
    given = {"sample_weight": weight if weighted else None}
    normal = LinearRegression(solver="normal", fit_intercept=fit_intercept).fit(X, Y, **given)
    exact = LinearRegression(fit_intercept=fit_intercept).fit(X, Y, **given)
    np.testing.assert_allclose(normal.coef_, exact.coef_, rtol=1e-11)
    np.testing.assert_allclose(normal.intercept_, exact.intercept_, rtol=1e-11, atol=1e-12)
    found, right = normal.solution_, exact.solution_
    np.testing.assert_allclose(found.inverse, right.inverse, rtol=1e-10, atol=1e-15)
    np.testing.assert_allclose(
        found.residual_sum_of_squares, right.residual_sum_of_squares, rtol=1e-12
    )


def test_sparse_rows_give_what_dense_rows_give():
    X, Y, weight = rows()
    X[X < 0.5] = 0
    dense = LinearRegression(solver="normal").fit(X, Y, weight)
    found = LinearRegression(solver="normal").fit(sparse.csc_array(X), Y, weight)
    np.testing.assert_allclose(found.coef_, dense.coef_, rtol=1e-11)


def test_the_digits_reported_are_those_of_the_worst_coefficient():
    X, y = powers(3)
    model = LinearRegression(solver="normal").fit(X, y)
    error = max(abs(model.intercept_ - 1), np.abs(model.coef_ - 1).max())
    assert model.solution_.digits[0] == pytest.approx(min(-np.log10(error), 15.95), abs=0.3)


def test_digits_are_lost_with_the_square_of_the_condition_number():
    digits = []
    for degree in (1, 2, 3, 4, 5):
        digits.append(LinearRegression(solver="normal").fit(*powers(degree)).solution_.digits[0])
        assert LinearRegression().fit(*powers(degree)).solution_.digits[0] > 14
    assert digits[0] > 13
    assert digits[-1] < 9
    assert all(after < before for before, after in zip(digits, digits[1:], strict=False))


def test_no_digit_is_claimed_where_none_is_right():
    with pytest.warns(LinAlgWarning, match="left 0 right digits.*use solver='qr'"):
        model = LinearRegression(solver="normal").fit(*powers(10))
    assert model.solution_.digits[0] == 0
    assert np.abs(model.coef_ - 1).max() > 1
    assert "Only about 0 digits of the worst coefficient are right" in str(model.summary())


def test_where_float64_cannot_solve_them_it_is_said_and_what_to_do():
    X, Y, _ = rows()
    X[:, 3] = X[:, 0] + X[:, 3] * 1e-10
    with pytest.raises(InputError, match="squares the condition number.*solver='qr'"):
        LinearRegression(solver="normal").fit(X, Y)


def test_dependent_columns_are_named():
    X, Y, _ = rows()
    X[:, 3] = X[:, 0] + X[:, 1]
    with pytest.raises(InputError, match=r"1 of the 4 columns \('x3'\) depend on the others"):
        LinearRegression(solver="normal").fit(X, Y)


def test_too_few_rows_are_said_to_be_too_few():
    X, Y, _ = rows(k=6, n=6)
    with pytest.raises(InputError, match="6 samples do not determine 7 unknowns"):
        LinearRegression(solver="normal").fit(X, Y)


def test_products_beyond_float64_are_said_to_be_so():
    X, Y, _ = rows()
    with pytest.raises(InputError, match="overflow or vanish"):
        LinearRegression(solver="normal").fit(X * 1e200, Y)


def test_standard_errors_follow_from_their_own_inverse():
    X, Y, _ = rows()
    normal, exact = LinearRegression(solver="normal").fit(X, Y), LinearRegression().fit(X, Y)
    assert normal.solution_.inverse is not exact.solution_.inverse
    assert str(normal.summary()).count("std. error") == str(exact.summary()).count("std. error") > 0
