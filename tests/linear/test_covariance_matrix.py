import pickle

import numpy as np
import pytest
from reference_fits import WAY_NAMES, WAYS, M, X, Y, reference

from ogive import LinearRegression
from ogive.text import InputError

KINDS = ("nonrobust", "HC0", "HC1", "HC2", "HC3")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("weight", "constant"), WAYS, ids=WAY_NAMES)
def test_it_is_that_of_statsmodels(weight, constant, kind):
    found = LinearRegression(fit_intercept=constant).fit(X, Y, weight).covariance(covariance=kind)
    assert found.shape == (M, 4 + constant, 4 + constant)
    for i in range(M):
        right = reference(Y[:, i], weight, constant, kind).cov_params()
        sizes = np.sqrt(np.outer(np.diag(right), np.diag(right)))
        np.testing.assert_allclose(found[i] / sizes, right / sizes, atol=1e-9)


@pytest.mark.parametrize("kind", KINDS)
def test_its_diagonal_holds_the_squares_of_the_standard_errors(kind):
    model = LinearRegression().fit(X * [1e15, 1, 1e-15, 1e6], Y)
    found = model.covariance(covariance=kind)
    errors = model.summary(covariance=kind).inference.standard_errors
    np.testing.assert_allclose(np.einsum("tii->ti", found), errors**2, rtol=1e-14)
    np.testing.assert_array_equal(found, found.transpose(0, 2, 1))


def test_a_loaded_model_has_the_usual_one_and_needs_rows_for_the_robust():
    model = LinearRegression().fit(X, Y[:, 0])
    loaded = pickle.loads(pickle.dumps(model))
    np.testing.assert_allclose(loaded.covariance(), model.covariance(), rtol=1e-12)
    with pytest.raises(InputError, match="give the X, y and sample_weight"):
        loaded.covariance(covariance="HC1")
    np.testing.assert_allclose(
        loaded.covariance(X, Y[:, 0], covariance="HC1"), model.covariance(covariance="HC1")
    )


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_estimable_has_none(kind):
    wide = np.column_stack([X, X[:, 0] - 2 * X[:, 1]])
    found = LinearRegression().fit(wide, Y).covariance(covariance=kind)
    right = LinearRegression().fit(X, Y).covariance(covariance=kind)
    known, same = np.ix_(range(M), [0, 3, 4], [0, 3, 4]), np.ix_(range(M), [0, 3, 4], [0, 3, 4])
    np.testing.assert_allclose(found[known], right[same], rtol=1e-8)
    assert np.isnan(found[:, [1, 2, 5]]).all()
    assert np.isnan(found[:, :, [1, 2, 5]]).all()


@pytest.mark.parametrize("kind", KINDS)
def test_degenerate_fits_have_zeros_or_nothing(kind):
    perfect = LinearRegression().fit(X, X @ [1.0, 2.0, 3.0, 4.0])
    np.testing.assert_array_equal(perfect.covariance(covariance=kind), 0)
    for model in (
        LinearRegression().fit(X[:5], Y[:5]),
        LinearRegression(positive=True).fit(X, Y),
        LinearRegression(solver="gd").fit(X, Y),
    ):
        assert np.isnan(model.covariance(covariance=kind)).all()


def test_another_kind_and_squares_out_of_range_are_refused():
    with pytest.raises(InputError, match="Got 'HC9' instead"):
        LinearRegression().fit(X, Y).covariance(covariance="HC9")
    with pytest.raises(InputError, match="too large"):
        LinearRegression().fit(X, np.ldexp(Y, 600)).covariance()
