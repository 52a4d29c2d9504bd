"""The same attributes as scikit-learn's on data where it has its digits, for any form of input."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from sklearn.linear_model import LinearRegression as ScikitLearn

from ogive import LinearRegression

FORMS = {
    "C order": np.ascontiguousarray,
    "Fortran order": np.asfortranarray,
    "every second column": lambda X: np.repeat(X, 2, axis=1)[:, ::2],
    "list": lambda X: X.tolist(),
    "frame": lambda X: pd.DataFrame(X, columns=[f"c{i}" for i in range(X.shape[1])]),
}


def rows(seed: int = 0, n: int = 50, k: int = 4, m: int = 2):
    random = np.random.default_rng(seed)
    X = random.normal(size=(n, k)) + random.normal(size=k)
    Y = X @ random.normal(size=(k, m)) + 2 + random.normal(size=(n, m))
    return X, Y, random.uniform(0.2, 4, n)


def both(X, y, weight=None, **parameters):
    return (
        LinearRegression(**parameters).fit(X, y, weight),
        ScikitLearn(**parameters, tol=1e-14).fit(X, y, weight),
    )


def assert_same(ours, theirs, tolerance=1e-10):
    for name in ("coef_", "intercept_", "singular_", "rank_"):
        found, right = getattr(ours, name), getattr(theirs, name)
        assert np.shape(found) == np.shape(right), name
        assert np.asarray(found).dtype == np.asarray(right).dtype, name
        np.testing.assert_allclose(found, right, rtol=tolerance, atol=tolerance)
    assert ours.n_features_in_ == theirs.n_features_in_


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("shape", ["one target", "one column", "two targets"])
@pytest.mark.parametrize("fit_intercept", [True, False])
@pytest.mark.parametrize("weighted", [True, False])
def test_attributes_agree_in_value_shape_and_type(form, shape, fit_intercept, weighted):
    X, Y, weight = rows()
    y = {"one target": Y[:, 0], "one column": Y[:, :1], "two targets": Y}[shape]
    given = (FORMS[form](X), y, weight if weighted else None)
    ours, theirs = both(*given, fit_intercept=fit_intercept)
    assert_same(ours, theirs)
    np.testing.assert_allclose(ours.predict(given[0]), theirs.predict(given[0]), rtol=1e-10)
    assert ours.score(*given) == pytest.approx(theirs.score(*given))


@pytest.mark.parametrize("x_type", [np.float32, np.float64, np.int32, np.int8, np.bool_])
@pytest.mark.parametrize("y_type", [np.float32, np.float64, np.int64])
def test_types_of_numbers_follow_scikit_learn(x_type, y_type):
    X, Y, _ = rows()
    X = (X > 0.5) if x_type is np.bool_ else (X * 10).astype(x_type)
    ours, theirs = both(X, (Y[:, 0] * 10).astype(y_type))
    if x_type is not np.float32:
        assert_same(ours, theirs)
    else:
        assert ours.coef_.dtype == theirs.coef_.dtype == np.float32
        assert ours.predict(X).dtype == theirs.predict(X).dtype
        np.testing.assert_allclose(ours.coef_, theirs.coef_, rtol=1e-4)


def test_names_of_columns_are_learned_and_checked():
    X, Y, _ = rows()
    frame = pd.DataFrame(X, columns=list("abcd"))
    ours, theirs = both(frame, Y)
    np.testing.assert_array_equal(ours.feature_names_in_, theirs.feature_names_in_)
    with pytest.raises(ValueError, match="feature names should match"):
        ours.predict(frame[["b", "a", "c", "d"]])


def test_dependent_columns_have_the_rank_and_the_coefficients_of_scikit_learn():
    X, Y, weight = rows()
    X = np.column_stack([X, X[:, 0] - 2 * X[:, 1], np.ones(len(X))])
    ours, theirs = both(X, Y, weight)
    assert ours.rank_ == theirs.rank_ == 4
    np.testing.assert_allclose(ours.coef_, theirs.coef_, atol=1e-11)


def test_more_columns_than_rows_have_the_coefficients_of_scikit_learn():
    X, Y, _ = rows(n=10, k=30)
    ours, theirs = both(X, Y)
    assert ours.rank_ == theirs.rank_ == 9
    assert ours.singular_.shape == theirs.singular_.shape
    np.testing.assert_allclose(ours.coef_, theirs.coef_, atol=1e-11)


@settings(deadline=None, max_examples=50)
@given(
    st.integers(0, 10**6), st.integers(12, 50), st.integers(1, 6), st.integers(1, 3),
    st.booleans(), st.booleans(), st.booleans(),
)  # fmt: skip
def test_any_well_conditioned_rows_agree(seed, n, k, m, fit_intercept, weighted, is_sparse):
    X, Y, weight = rows(seed, n, k, m)
    weight = weight if weighted else None
    ours, theirs = both(X, Y, weight, fit_intercept=fit_intercept)
    assert_same(ours, theirs, 1e-8)
    if is_sparse:
        found = LinearRegression(fit_intercept=fit_intercept).fit(sparse.csc_array(X), Y, weight)
        np.testing.assert_allclose(found.coef_, ours.coef_, rtol=1e-13)


def test_parameters_of_scikit_learn_are_taken_with_its_defaults():
    ours, theirs = LinearRegression().get_params(), ScikitLearn().get_params()
    assert {name: ours[name] for name in theirs} == theirs
