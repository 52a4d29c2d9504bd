"""How learning rates change."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning
from small_trainings import SMALL, regressor, table


def rates(**parameters):
    X, y, _ = table("number")
    seen = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model = regressor(**parameters)
        model.fit(X, y, callbacks=[lambda e: seen.append(e.learning_rate)])
    return np.array(seen), model


@pytest.mark.parametrize("solver", ["adam", "adamw", "sgd"])
def test_a_cosine_falls_from_the_first_rate_towards_zero(solver):
    seen, _ = rates(
        solver=solver, learning_rate="cosine", max_iter=10, tol=0, learning_rate_init=0.01
    )
    expected = 0.01 * 0.5 * (1 + np.cos(np.pi * np.arange(10) / 10))
    np.testing.assert_allclose(seen, expected, rtol=1e-12)


def test_inverse_scaling_divides_by_a_power_of_the_rows_seen():
    seen, _ = rates(solver="sgd", learning_rate="invscaling", power_t=0.25)
    rows = 100 * np.arange(1, 12) + 1
    assert seen[0] == SMALL["learning_rate_init"]
    # The rate that an epoch reports is the one of the next: it changes at an epoch's end.
    np.testing.assert_allclose(seen[1:], SMALL["learning_rate_init"] / rows**0.25, rtol=1e-12)


def test_an_adaptive_rate_is_divided_by_five_until_it_is_tiny():
    seen, model = rates(
        solver="sgd", learning_rate="adaptive", tol=10.0, n_iter_no_change=2, max_iter=200
    )
    assert model.converged_
    distinct = np.unique(seen)[::-1]
    np.testing.assert_allclose(distinct[:-1] / distinct[1:], 5)
    assert 2e-7 < distinct[-1] <= 1e-6
