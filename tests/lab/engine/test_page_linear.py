"""Least squares in the page: the library's solution, and its descent step by step."""

import warnings

import numpy as np
import pytest
from page_engine import RefusedError
from sklearn.exceptions import ConvergenceWarning

from ogive import LinearRegression

OPTIONS = {"maxIter": 40, "tol": 1e-6, "shuffle": True, "seed": 5}


def _rows(n=90, features=3):
    random = np.random.RandomState(4)
    X = (
        random.normal(size=(n, features)) * [1.0, 30.0, 0.01][:features]
        + [5.0, -200.0, 0.3][:features]
    )
    return X, X @ [2.0, 0.1, 40.0][:features] + random.normal(size=n)


def _table(X):
    return {"X": X.ravel(), "columns": X.shape[1]}


def test_the_solution_is_the_library_s(engine):
    X, y = _rows()
    page, library = engine.call("linear.solve", _table(X), y), LinearRegression().fit(X, y)
    np.testing.assert_allclose(page["coef"], library.coef_, rtol=1e-15)
    np.testing.assert_allclose(page["intercept"], library.intercept_, rtol=1e-15)
    np.testing.assert_allclose(page["residuals"], y - library.predict(X), atol=1e-13)
    np.testing.assert_allclose(page["rss"], ((y - library.predict(X)) ** 2).sum(), rtol=1e-13)
    np.testing.assert_allclose(page["r2"], library.score(X, y), rtol=1e-13)
    assert page["rank"] == 3


def test_large_means_cost_no_digits(engine):
    X = np.arange(10.0)[:, None] + 1e9
    page = engine.call("linear.solve", _table(X), 3 * (X[:, 0] - 1e9) + 1)
    np.testing.assert_allclose(page["coef"], [3.0], rtol=1e-15)
    np.testing.assert_allclose(page["intercept"], 1 - 3e9, rtol=1e-15)


def test_nearly_dependent_columns_keep_their_digits(engine):
    x = np.linspace(0, 1, 21)
    X = np.column_stack([x**k for k in range(1, 9)])
    page = engine.call("linear.solve", _table(X), X.sum(axis=1))
    np.testing.assert_allclose(
        page["coef"], LinearRegression().fit(X, X.sum(axis=1)).coef_, rtol=1e-13
    )


def test_dependent_columns_have_the_solution_of_least_norm(engine):
    X, y = _rows(features=2)
    X = np.column_stack([X, X[:, 0] + X[:, 1], np.full(len(X), 7.0)])
    page, library = engine.call("linear.solve", _table(X), y), LinearRegression().fit(X, y)
    np.testing.assert_allclose(page["coef"], library.coef_, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(page["intercept"], library.intercept_, rtol=1e-12)
    assert page["rank"] == library.rank_ == 2


@pytest.mark.parametrize(
    ("asked", "parameters"),
    [
        ({}, {}),
        ({"learningRate": 0.3}, {"learning_rate": 0.3}),
        ({"learningRate": 9.0}, {"learning_rate": 9.0}),
        ({"batchSize": 7}, {"batch_size": 7}),
        ({"batchSize": 1}, {"batch_size": 1}),
        ({"batchSize": 1, "learningRate": 0.02}, {"batch_size": 1, "learning_rate": 0.02}),
        ({"batchSize": 10, "shuffle": False}, {"batch_size": 10, "shuffle": False}),
    ],
)
def test_the_descent_passes_where_the_library_s_does(engine, asked, parameters):
    X, y = _rows()
    model = LinearRegression(solver="gd", max_iter=40, tol=1e-6, random_state=5, **parameters)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        library = model.fit(X, y).descent_
    page = engine.call("linear.descend", _table(X), y, OPTIONS | asked)
    np.testing.assert_array_equal(page["step"], library.step)
    scale = np.abs(library.coef).max(axis=0)
    np.testing.assert_allclose(
        page["coef"].reshape(library.coef.shape) / scale,
        library.coef / scale,
        rtol=1e-9,
        atol=1e-11,
    )
    np.testing.assert_allclose(page["intercept"], library.intercept, rtol=1e-8, atol=1e-9)
    np.testing.assert_allclose(page["loss"], library.loss, rtol=1e-9)
    np.testing.assert_allclose(page["learningRate"], library.learning_rate, rtol=1e-13)
    np.testing.assert_allclose(page["learningRateLimit"], library.learning_rate_limit, rtol=1e-13)
    ends = "converged" if library.converged else "diverged" if library.diverged else "max_iter"
    assert page["state"] == ends


def test_numbers_whose_squares_overflow_are_refused(engine):
    with pytest.raises(RefusedError, match="power of ten") as refusal:
        engine.call(
            "linear.solve", {"X": np.array([1e160, 2e160, 4e160]), "columns": 1}, np.ones(3)
        )
    assert "上溢" in refusal.value.zh


def test_a_missing_value_is_refused(engine):
    with pytest.raises(RefusedError, match="number 2 is NaN"):
        engine.call("linear.solve", {"X": np.array([1.0, np.nan]), "columns": 1}, np.ones(2))
