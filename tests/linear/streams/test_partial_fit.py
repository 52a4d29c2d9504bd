"""Rows that are added little by little, and not kept."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from sklearn.base import clone

from ogive import LinearRegression
from ogive.text import InputError


def rows(n: int = 300, k: int = 4, m: int = 2, seed: int = 6):
    random = np.random.default_rng(seed)
    X = random.normal(size=(n, k)) * [1, 1e3, 1e-3, 1][:k] + [0, 1e5, 1, -4][:k]
    Y = X @ random.normal(size=(k, m)) + random.normal(size=(n, m))
    return X, Y, random.uniform(0, 2, n)


def added(X, y, weight=None, parts=5, **parameters):
    model = LinearRegression(**parameters)
    for part in np.array_split(np.arange(len(X)), parts):
        model.partial_fit(X[part], y[part], None if weight is None else weight[part])
    return model


@pytest.mark.parametrize("fit_intercept", [True, False])
@pytest.mark.parametrize("weighted", [True, False])
@pytest.mark.parametrize("targets", [slice(None), 0])
def test_rows_in_parts_give_the_digits_of_rows_at_once(fit_intercept, weighted, targets):
    X, Y, weight = rows()
    weight = weight if weighted else None
    found = added(X, Y[:, targets], weight, fit_intercept=fit_intercept)
    whole = LinearRegression(fit_intercept=fit_intercept).fit(X, Y[:, targets], weight)
    np.testing.assert_allclose(found.coef_, whole.coef_, rtol=1e-15)
    np.testing.assert_allclose(found.intercept_, whole.intercept_, rtol=1e-15)
    assert found.coef_.shape == whole.coef_.shape
    whole.set_params(keep_rows=False).fit(X, Y[:, targets], weight)
    assert str(found.summary()) == str(whole.summary())


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 12), st.integers(1, 4), st.booleans(), st.integers(0, 1000))
def test_fewer_rows_than_columns_have_the_solution_of_least_norm(n, k, fit_intercept, seed):
    random = np.random.default_rng(seed)
    X, y = random.normal(size=(n, k)), random.normal(size=n)
    found = added(X, y, parts=n, fit_intercept=fit_intercept)
    whole = LinearRegression(fit_intercept=fit_intercept).fit(X, y)
    assert found.rank_ == whole.rank_
    assert found.singular_.shape == whole.singular_.shape
    np.testing.assert_allclose(found.predict(X), whole.predict(X), atol=1e-6)
    if whole.solution_.condition_number < 100:
        np.testing.assert_allclose(found.coef_, whole.coef_, rtol=1e-6, atol=1e-7)


def test_dependent_columns_are_named():
    X, Y, _ = rows()
    X[:, 3] = X[:, 0] + 2
    found, whole = added(X, Y), LinearRegression().fit(X, Y)
    assert found.rank_ == 3
    np.testing.assert_allclose(found.coef_, whole.coef_, rtol=1e-9)
    np.testing.assert_allclose(found.intercept_, whole.intercept_, rtol=1e-7)
    assert found.solution_.dependencies[0].column == whole.solution_.dependencies[0].column
    assert np.isnan(found.solution_.digits).all()


@pytest.mark.parametrize("distance", [1e-6, 1e-8, 1e-10])
def test_nearly_dependent_columns_lose_the_digits_that_are_said_to_be_lost(distance):
    X, Y, _ = rows(k=2)
    X = np.column_stack([X, X[:, 0] + distance * Y[:, 1]])
    found, whole = added(X, Y[:, 0]), LinearRegression().fit(X, Y[:, 0])
    assert found.rank_ == 3
    worst = np.abs(found.coef_ / whole.coef_ - 1).max()
    digits = found.solution_.digits[0]
    assert 15.9 + np.log10(distance) - 4 < digits < 16 + np.log10(distance)
    assert -np.log10(worst) > digits - 0.5


def test_perfect_fits_are_perfect():
    X, _, _ = rows()
    found = added(X, X @ [1.0, 2, 3, 4] + 5)
    np.testing.assert_allclose(found.coef_, [1, 2, 3, 4], rtol=1e-8)
    assert found.score(X, X @ [1.0, 2, 3, 4] + 5) > 1 - 1e-12


def test_sparse_parts_are_added():
    X, Y, _ = rows()
    model = LinearRegression().partial_fit(sparse.csr_array(X[:100]), Y[:100])
    model.partial_fit(X[100:], Y[100:])
    np.testing.assert_allclose(model.coef_, LinearRegression().fit(X, Y).coef_, rtol=1e-15)


def test_a_model_that_was_pickled_goes_on():
    X, Y, _ = rows()
    model = LinearRegression().partial_fit(X[:100], Y[:100])
    again = pickle.loads(pickle.dumps(model)).partial_fit(X[100:], Y[100:])
    np.testing.assert_array_equal(again.coef_, model.partial_fit(X[100:], Y[100:]).coef_)


def test_fit_and_clone_begin_anew():
    X, Y, _ = rows()
    model = LinearRegression().partial_fit(X[:100], Y[:100]).fit(X, Y)
    assert model.solution_.n_samples == len(X)
    assert clone(model).partial_fit(X[:50], Y[:50]).solution_.n_samples == 50


def test_rows_are_added_to_those_of_fit():
    X, Y, weight = rows()
    whole = LinearRegression().fit(X, Y, weight)
    model = LinearRegression().fit(X[:100], Y[:100], weight[:100])
    model.partial_fit(X[100:], Y[100:], weight[100:])
    assert model.solution_.n_samples == whole.solution_.n_samples
    np.testing.assert_allclose(model.coef_, whole.coef_, rtol=1e-15)
    with pytest.raises(ValueError, match="features"):
        LinearRegression().fit(X, Y).partial_fit(X[:, :2], Y)


def test_where_the_rows_of_fit_are_gone_none_are_added():
    X, Y, _ = rows()
    model = LinearRegression(keep_rows=False).fit(X, Y)
    with pytest.raises(InputError, match="has not kept.*clone"):
        model.partial_fit(X, Y)
    loaded = pickle.loads(pickle.dumps(LinearRegression().fit(X, Y)))
    with pytest.raises(InputError, match="has not kept"):
        loaded.partial_fit(X, Y)


def test_bad_rows_are_refused_and_leave_the_model_as_it_was():
    X, Y, _ = rows()
    model = LinearRegression().partial_fit(X[:100], Y[:100])
    before = model.coef_
    bad = X[100:].copy()
    bad[3, 1] = np.nan
    with pytest.raises(InputError, match="1 missing value, in column 1, the first in row 3"):
        model.partial_fit(bad, Y[100:])
    with pytest.raises(ValueError, match="features"):
        model.partial_fit(X[:, :2], Y)
    with pytest.raises(InputError, match="The rows before had 2 targets"):
        model.partial_fit(X, Y[:, 0])
    np.testing.assert_array_equal(model.coef_, before)
    model.partial_fit(X[100:], Y[100:])
    np.testing.assert_allclose(model.coef_, LinearRegression().fit(X, Y).coef_, rtol=1e-15)


@pytest.mark.parametrize("parameters", [{"solver": "gd"}, {"solver": "normal"}, {"positive": True}])
def test_other_solvers_have_no_such_method(parameters):
    assert hasattr(LinearRegression(), "partial_fit")
    assert not hasattr(LinearRegression(**parameters), "partial_fit")
