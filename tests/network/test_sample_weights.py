"""Weights of rows."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from network_tables import same_weights, weights
from sklearn.exceptions import ConvergenceWarning
from small_trainings import regressor, table

quiet = pytest.mark.filterwarnings("ignore:Stochastic Optimizer")


@quiet
@pytest.mark.parametrize("solver", ["adam", "lbfgs"])
def test_rows_of_weight_zero_do_not_count(solver):
    X, y, _ = table("number")
    weight = (np.arange(100) < 60).astype(float)
    parameters = {"batch_size": 100, "shuffle": False, "solver": solver, "tol": 1e-6}
    with_zeros = regressor(**parameters, activation="tanh")
    without = regressor(**{**parameters, "batch_size": 60}, activation="tanh")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        with_zeros.fit(X, y, weight)
        without.fit(X[:60], y[:60])
    np.testing.assert_allclose(with_zeros.predict(X), without.predict(X), rtol=1e-5)


@quiet
def test_a_batch_without_weight_is_passed_over():
    X, y, _ = table("number")
    weight = np.ones(100)
    weight[32:64] = 0
    parameters = {"batch_size": 16, "shuffle": False}
    model = regressor(**parameters).fit(X, y, weight)
    assert np.isfinite(model.loss_curve_).all()
    rows = np.r_[0:32, 64:100]
    assert same_weights(model, regressor(**parameters).fit(X[rows], y[rows]))


def test_weights_that_are_all_zero_are_refused():
    X, y, _ = table("number")
    with pytest.raises(ValueError, match="non-zero"):
        regressor().fit(X, y, np.zeros(100))


@quiet
def test_integer_weights_are_rows_repeated():
    X, y, _ = table("number")
    counts = np.random.RandomState(0).randint(1, 4, 100)
    parameters = {"shuffle": False, "alpha": 0.0, "max_iter": 5}
    weighted = regressor(**parameters, batch_size=100).fit(X, y, counts)
    repeated = regressor(**parameters, batch_size=int(counts.sum()))
    repeated.fit(np.repeat(X, counts, axis=0), np.repeat(y, counts))
    np.testing.assert_allclose(weighted.loss_curve_, repeated.loss_curve_, rtol=1e-9)


@quiet
def test_weights_are_relative():
    X, y, _ = table("number")
    parameters = {"alpha": 0.0, "max_iter": 5}
    first = regressor(**parameters).fit(X, y, weights(100))
    second = regressor(**parameters).fit(X, y, 7 * weights(100))
    np.testing.assert_allclose(first.loss_curve_, second.loss_curve_, rtol=1e-9)
