"""Coefficients that must not be negative."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from sklearn.linear_model import LinearRegression as ScikitLearn

from ogive import LinearRegression
from ogive.text import InputError


def rows(seed: int, n: int, k: int, m: int):
    random = np.random.default_rng(seed)
    X = random.normal(size=(n, k)) * 10.0 ** random.integers(-2, 3, k) + random.normal(size=k)
    Y = X @ random.normal(size=(k, m)) + random.normal(size=(n, m)) * 5
    return X, Y, random.uniform(0.1, 3, n)


@settings(deadline=None, max_examples=60)
@given(
    st.integers(0, 10**6), st.integers(8, 60), st.integers(1, 6), st.integers(1, 3),
    st.booleans(), st.booleans(),
)  # fmt: skip
def test_it_agrees_with_scikit_learn_and_meets_the_conditions_of_a_minimum(
    seed, n, k, m, fit_intercept, weighted
):
    X, Y, weight = rows(seed, n, k, m)
    weight = weight if weighted else None
    found = LinearRegression(positive=True, fit_intercept=fit_intercept).fit(X, Y, weight)
    theirs = ScikitLearn(positive=True, fit_intercept=fit_intercept).fit(X, Y, weight)
    np.testing.assert_allclose(found.coef_, theirs.coef_, rtol=1e-7, atol=1e-9 * np.abs(Y).max())
    np.testing.assert_allclose(found.intercept_, theirs.intercept_, rtol=1e-7, atol=1e-7)
    assert (found.coef_ >= 0).all()

    w = np.ones(n) if weight is None else weight
    residuals = Y - X @ found.coef_.T - found.intercept_
    center = np.average(X, axis=0, weights=w) if fit_intercept else 0
    slope = (X - center).T @ (w[:, None] * residuals)
    size = np.linalg.norm(X - center, axis=0)[:, None] * np.linalg.norm(Y, axis=0) * w.max()
    assert (slope <= 1e-9 * size).all()
    assert (np.abs(slope[found.coef_.T > 0]) <= 1e-9 * size[found.coef_.T > 0]).all()


def test_a_solution_that_is_positive_by_itself_is_the_free_one_to_the_last_digit():
    X, _, _ = rows(0, 40, 3, 1)
    y = X @ [1.0, 2, 3] + np.random.default_rng(1).normal(size=40) * 1e-3
    free, found = LinearRegression().fit(X, y), LinearRegression(positive=True).fit(X, y)
    np.testing.assert_array_equal(found.coef_, free.coef_)


def test_the_active_coefficients_are_those_of_the_exact_solver_on_their_columns():
    X, Y, _ = rows(4, 50, 5, 1)
    found = LinearRegression(positive=True).fit(X, Y[:, 0])
    active = found.coef_ > 0
    assert 0 < active.sum() < 5
    part = LinearRegression().fit(X[:, active], Y[:, 0])
    np.testing.assert_array_equal(found.coef_[active], part.coef_)
    assert found.intercept_ == part.intercept_
    assert found.solution_.residual_sum_of_squares == pytest.approx(
        part.solution_.residual_sum_of_squares
    )
    assert found.solution_.inverse is None


def test_nothing_positive_to_find_leaves_the_mean():
    X = np.arange(10.0)[:, None]
    found = LinearRegression(positive=True).fit(X, -X[:, 0])
    assert found.coef_[0] == 0
    assert found.intercept_ == -4.5


def test_dependent_columns_give_a_minimum_that_is_not_negative():
    X, Y, _ = rows(5, 40, 3, 2)
    X = np.column_stack([X, X[:, 0] + X[:, 1], -X[:, 2]])
    found = LinearRegression(positive=True).fit(X, Y)
    theirs = ScikitLearn(positive=True).fit(X, Y)
    assert (found.coef_ >= 0).all()
    ours = ((Y - found.predict(X)) ** 2).sum(axis=0)
    assert (ours <= ((Y - theirs.predict(X)) ** 2).sum(axis=0) * (1 + 1e-10)).all()


def test_more_columns_than_rows_are_fitted_as_closely_as_by_scikit_learn():
    X, Y, _ = rows(6, 8, 20, 2)
    found, theirs = (M(positive=True).fit(X, Y) for M in (LinearRegression, ScikitLearn))
    assert (found.coef_ >= 0).all()
    np.testing.assert_allclose(found.score(X, Y), theirs.score(X, Y), rtol=1e-9)


def test_sparse_rows_are_refused_as_scikit_learn_does():
    with pytest.raises(TypeError, match="Sparse data was passed for X"):
        LinearRegression(positive=True).fit(sparse.eye_array(10), np.ones(10))


@pytest.mark.parametrize("solver", ["normal", "gd"])
def test_other_solvers_are_refused(solver):
    X, Y, _ = rows(0, 20, 2, 1)
    with pytest.raises(InputError, match="goes with solver='qr' only"):
        LinearRegression(positive=True, solver=solver).fit(X, Y)
