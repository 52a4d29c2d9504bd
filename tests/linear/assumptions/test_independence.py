"""The distribution of Durbin and Watson's statistic."""

import numpy as np
import pytest

from ogive.linear import LinearRegression
from ogive.linear.assumptions.independence import durbin_watson_null
from ogive.linear.assumptions.sample import Sample
from ogive.linear.given_rows import get_rows


def null_of(model):
    return durbin_watson_null(Sample.of(get_rows(model), model.solution_))


@pytest.mark.parametrize("fit_intercept", [True, False])
@pytest.mark.parametrize("rows", [12, 900])
def test_its_moments_are_those_of_the_traces(fit_intercept, rows, monkeypatch):
    monkeypatch.setattr("ogive.linear.design.block_rows", lambda columns: 250)
    rng = np.random.default_rng(rows)
    X = rng.normal(size=(rows, 2)).cumsum(axis=0)
    weight = rng.uniform(0.5, 2, size=rows)
    model = LinearRegression(fit_intercept=fit_intercept).fit(X, rng.normal(size=rows), weight)
    null = null_of(model)

    wide = np.column_stack([np.ones(rows), X]) if fit_intercept else X
    Q = np.linalg.qr(wide * np.sqrt(weight)[:, None])[0]
    M = np.eye(rows) - Q @ Q.T
    A = 2 * np.eye(rows) - np.eye(rows, k=1) - np.eye(rows, k=-1)
    A[0, 0] = A[-1, -1] = 1
    MA, free = M @ A, rows - wide.shape[1]
    mean = np.trace(MA) / free
    variance = 2 * (np.sum(MA * MA.T) - np.trace(MA) * mean) / (free * (free + 2))
    assert null.mean == pytest.approx(mean, rel=1e-10)
    assert null.variance == pytest.approx(variance, rel=1e-8)


def test_its_p_is_uniform_for_independent_errors():
    rng = np.random.default_rng(1)
    x = np.arange(20.0)[:, None]
    null = null_of(LinearRegression().fit(x, rng.normal(size=20)))
    wide = np.column_stack([np.ones(20), x])
    errors = rng.normal(size=(20, 4000))
    residuals = errors - wide @ np.linalg.lstsq(wide, errors, rcond=None)[0]
    d = (np.diff(residuals, axis=0) ** 2).sum(axis=0) / (residuals**2).sum(axis=0)
    p = np.array([null.p(value) for value in d])
    # Four standard errors of a share of 4000.
    for level in (0.01, 0.05, 0.2, 0.5):
        assert abs((p <= level).mean() - level) < 4 * np.sqrt(level * (1 - level) / 4000)
