"""Sparse features, written out in blocks or solved iteratively."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from sklearn.linear_model import LinearRegression as ScikitLearn

import ogive.linear.sparse
from ogive import LinearRegression
from ogive.text import InputError


def rows(n: int = 400, k: int = 6, seed: int = 3):
    random = np.random.default_rng(seed)
    X = random.normal(size=(n, k)) + 1
    X[random.uniform(size=(n, k)) < 0.6] = 0
    Y = X @ random.normal(size=(k, 2)) + 3 + random.normal(size=(n, 2))
    return X, Y, random.integers(0, 4, n).astype(float)


@pytest.mark.parametrize("form", ["csr", "csc", "coo"])
@pytest.mark.parametrize("container", ["array", "matrix"])
@pytest.mark.parametrize("weighted", [True, False])
def test_sparse_rows_give_the_digits_of_dense_rows(form, container, weighted, monkeypatch):
    monkeypatch.setattr(ogive.linear.sparse, "BLOCK", 300)  # several blocks
    X, Y, weight = rows()
    weight = weight if weighted else None
    dense = LinearRegression().fit(X, Y, weight)
    found = LinearRegression().fit(getattr(sparse, f"{form}_{container}")(X), Y, weight)
    np.testing.assert_allclose(found.coef_, dense.coef_, rtol=1e-15)
    np.testing.assert_allclose(found.intercept_, dense.intercept_, rtol=1e-15)
    np.testing.assert_allclose(found.solution_.inverse, dense.solution_.inverse, rtol=1e-13)
    assert (found.rank_, type(found.predict(X))) == (6, np.ndarray)


def test_nearly_dependent_sparse_columns_lose_no_digits():
    X, Y, _ = rows()
    X[:, 5] = X[:, 0] + 1e-9 * X[:, 5]
    dense = LinearRegression().fit(X, Y)
    found = LinearRegression().fit(sparse.csr_array(X), Y)
    assert found.rank_ == 6
    np.testing.assert_allclose(found.coef_, dense.coef_, rtol=1e-12)


def test_more_sparse_columns_than_rows_give_the_solution_of_least_norm():
    random = np.random.default_rng(0)
    X = sparse.random_array((30, 100), density=0.2, rng=random, format="csr")
    y = random.normal(size=30)
    found = LinearRegression().fit(X, y)
    dense = X.toarray() - X.toarray().mean(axis=0)
    np.testing.assert_allclose(found.coef_, np.linalg.pinv(dense) @ (y - y.mean()), atol=1e-11)


@pytest.fixture
def iterative(monkeypatch):
    monkeypatch.setattr(ogive.linear.sparse, "MOST_FEATURES", 0)


@pytest.mark.usefixtures("iterative")
@pytest.mark.parametrize("fit_intercept", [True, False])
@pytest.mark.parametrize("weighted", [True, False])
def test_the_iterative_solver_comes_closer_than_scikit_learn(fit_intercept, weighted):
    X, Y, weight = rows()
    weight = weight if weighted else None
    exact = LinearRegression(fit_intercept=fit_intercept).fit(X, Y, weight)
    found = LinearRegression(fit_intercept=fit_intercept).fit(sparse.csr_array(X), Y, weight)
    theirs = ScikitLearn(fit_intercept=fit_intercept).fit(sparse.csr_array(X), Y, weight)
    np.testing.assert_allclose(found.coef_, exact.coef_, rtol=1e-10)
    np.testing.assert_allclose(found.intercept_, exact.intercept_, rtol=1e-10, atol=1e-12)
    error = np.abs(found.coef_ - exact.coef_).max()
    assert error <= np.abs(theirs.coef_ - exact.coef_).max() + 1e-13
    for name in ("residual_sum_of_squares", "total_sum_of_squares", "feature_norms"):
        ours, right = getattr(found.solution_, name), getattr(exact.solution_, name)
        np.testing.assert_allclose(ours, right, rtol=1e-10)
    assert found.solution_.n_samples == exact.solution_.n_samples


@pytest.mark.usefixtures("iterative")
def test_the_iterative_solver_says_what_it_does_not_know():
    X, Y, _ = rows()
    solution = LinearRegression().fit(sparse.csr_array(X), Y).solution_
    assert solution.inverse is None
    assert np.isnan(solution.digits).all()
    assert np.isnan(solution.condition_number)
    assert len(solution.singular_values) == 0


def test_many_columns_go_to_the_iterative_solver():
    X = sparse.random_array((3000, 2001), density=0.002, rng=np.random.default_rng(0), format="csr")
    y = X @ np.ones(2001) + 2
    model = LinearRegression().fit(X, y)
    assert model.solution_.inverse is None
    used = np.asarray((X != 0).sum(axis=0)).ravel() > 0
    np.testing.assert_allclose(model.coef_[used], 1, atol=1e-8)
    np.testing.assert_allclose(model.predict(X), y, atol=1e-8)
    with pytest.raises(InputError, match="at most 2000 columns"):
        LinearRegression(solver="normal").fit(X, y)


@pytest.fixture
def large(monkeypatch):
    monkeypatch.setattr(ogive.linear.sparse, "MOST_WORK", 0)
    monkeypatch.setattr(ogive.linear.sparse, "DENSE", 1)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("fit_intercept", [True, False])
@pytest.mark.parametrize("weighted", [True, False])
def test_large_tables_lose_no_more_than_the_last_digits(fit_intercept, weighted):
    X, Y, weight = rows()
    X *= [1, 1e-6, 1e6, 3, 10, 0.1]
    weight = weight if weighted else None
    exact = LinearRegression(fit_intercept=fit_intercept).fit(X, Y, weight)
    found = LinearRegression(fit_intercept=fit_intercept).fit(sparse.csr_array(X), Y, weight)
    assert type(found.solution_) is type(exact.solution_)
    np.testing.assert_allclose(found.coef_, exact.coef_, rtol=1e-13)
    np.testing.assert_allclose(found.intercept_, exact.intercept_, rtol=1e-13)
    worst = np.abs(found.coef_ / exact.coef_ - 1).max(axis=1) + 1e-17
    assert (found.solution_.digits <= np.minimum(15.95, -np.log10(worst) + 0.5)).all()
    assert (found.solution_.digits < 15.9).all()
    for name in (
        "inverse", "residual_sum_of_squares", "total_sum_of_squares", "feature_norms",
        "condition_number", "n_samples", "sum_of_weights", "sum_of_log_weights",
    ):  # fmt: skip
        ours, right = getattr(found.solution_, name), getattr(exact.solution_, name)
        np.testing.assert_allclose(ours, right, rtol=1e-11, err_msg=name)
    # Small ones are as wrong as rounding makes the largest.
    np.testing.assert_allclose(
        found.singular_, exact.singular_, rtol=1e-11, atol=4e-16 * exact.singular_[0]
    )


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("trouble", ["near", "dependent", "far from 0", "constant"])
def test_large_tables_that_would_lose_digits_go_to_the_exact_solver(trouble):
    X, Y, _ = rows()
    if trouble == "near":
        X[:, 5] = X[:, 0] + 1e-7 * X[:, 5]
    elif trouble == "dependent":
        X[:, 5] = X[:, 0] + X[:, 1]
    elif trouble == "far from 0":
        X[:, 5] += 1e6
    else:
        X[:, 5] = 3
    exact = LinearRegression().fit(X, Y)
    found = LinearRegression().fit(sparse.csr_array(X), Y)
    assert found.rank_ == exact.rank_
    np.testing.assert_allclose(found.coef_, exact.coef_, rtol=1e-14)
