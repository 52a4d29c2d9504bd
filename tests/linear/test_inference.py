import numpy as np
import pytest
from reference_fits import WAY_NAMES, WAYS, M, X, Y, reference
from scipy import sparse

from ogive import LinearRegression
from ogive.linear.given_rows import get_rows
from ogive.linear.inference import infer
from ogive.text import InputError

COVARIANCES = ("nonrobust", "HC0", "HC1", "HC2", "HC3")


def inference_of(model, **options):
    given = get_rows(model) if options.get("covariance", "nonrobust") != "nonrobust" else None
    return infer(model.solution_, given=given, **options)


@pytest.mark.parametrize("covariance", COVARIANCES)
@pytest.mark.parametrize(("weight", "constant"), WAYS, ids=WAY_NAMES)
def test_every_statistic_is_that_of_statsmodels(weight, constant, covariance):
    model = LinearRegression(fit_intercept=constant).fit(X, Y, weight)
    found = inference_of(model, covariance=covariance, level=0.9)
    for i in range(M):
        right = reference(Y[:, i], weight, constant, covariance)
        low, high = right.conf_int(0.1).T
        expected = {
            "estimates": right.params,
            "standard_errors": right.bse,
            "t": right.tvalues,
            "p": right.pvalues,
            "low": low,
            "high": high,
            "residual_standard_error": np.sqrt(right.scale),
            "r_squared": right.rsquared,
            "adjusted_r_squared": right.rsquared_adj,
            "f": right.fvalue,
            "f_p": right.f_pvalue,
            "log_likelihood": right.llf,
            "aic": right.aic,
            "bic": right.bic,
        }
        for name, value in expected.items():
            np.testing.assert_allclose(getattr(found, name)[i], value, rtol=1e-10, err_msg=name)
        assert found.model_degrees_of_freedom == right.df_model
        assert found.residual_degrees_of_freedom == right.df_resid
        assert found.n_samples == right.nobs


@pytest.mark.parametrize("covariance", ("nonrobust", "HC3"))
@pytest.mark.parametrize(("weight", "constant"), WAYS, ids=WAY_NAMES)
def test_a_sparse_table_has_the_statistics_of_the_dense_one(weight, constant, covariance):
    thin = np.where(np.abs(X - X.mean(axis=0)) < X.std(axis=0), 0.0, X)
    dense = LinearRegression(fit_intercept=constant).fit(thin, Y, weight)
    thinned = LinearRegression(fit_intercept=constant).fit(sparse.csc_array(thin), Y, weight)
    found = inference_of(thinned, covariance=covariance)
    right = inference_of(dense, covariance=covariance)
    for name in ("estimates", "standard_errors", "p", "f", "aic"):
        np.testing.assert_allclose(getattr(found, name), getattr(right, name), rtol=1e-7)


def test_rows_of_weight_0_are_not_counted():
    weight = np.ones(len(X))
    weight[::3] = 0
    used = weight > 0
    with_zeros = inference_of(LinearRegression().fit(X, Y, weight), covariance="HC3")
    without = inference_of(LinearRegression().fit(X[used], Y[used]), covariance="HC3")
    assert with_zeros.n_samples == used.sum()
    for name in ("standard_errors", "p", "r_squared", "f", "log_likelihood", "bic"):
        np.testing.assert_allclose(getattr(with_zeros, name), getattr(without, name), rtol=1e-10)


def test_single_precision_features_have_the_statistics_of_their_values():
    single = X.astype(np.float32)
    model = LinearRegression().fit(single, Y[:, 0])
    found = inference_of(model, covariance="HC3")
    right = reference(Y[:, 0], None, True, "HC3", features=single.astype(np.float64))
    np.testing.assert_allclose(found.standard_errors[0], right.bse, rtol=1e-8)


def test_certified_standard_errors_of_longley_have_twelve_digits():
    import statsmodels.api as sm

    data = sm.datasets.longley.load_pandas()
    model = LinearRegression().fit(data.exog, data.endog)
    certified = [
        890420.383607373,
        84.9149257747669,
        0.334910077722432e-01,
        0.488399681651699,
        0.214274163161675,
        0.226073200069370,
        455.478499142212,
    ]
    errors = inference_of(model).standard_errors[0]
    np.testing.assert_allclose(errors, certified, rtol=1e-12)
    np.testing.assert_allclose(inference_of(model).f, 330.285339234588, rtol=1e-12)


@pytest.mark.parametrize("level", (0, 1, -0.5, 95, "0.95", float("nan")))
def test_a_level_that_is_no_share_is_refused(level):
    model = LinearRegression().fit(X, Y)
    with pytest.raises(InputError, match="level must lie between 0 and 1") as caught:
        infer(model.solution_, level=level)
    assert "level 必须" in caught.value.text.zh


def test_an_unknown_covariance_is_refused():
    model = LinearRegression().fit(X, Y)
    with pytest.raises(InputError, match="Got 'HC9' instead") as caught:
        infer(model.solution_, covariance="HC9")
    assert "HC9" in caught.value.text.zh


def test_a_robust_covariance_without_rows_is_refused():
    model = LinearRegression(keep_rows=False).fit(X, Y)
    with pytest.raises(InputError, match="needs the rows") as caught:
        model.summary(covariance="HC1")
    assert "数据行" in caught.value.text.zh
    found = model.summary(X, Y, covariance="HC1").inference
    right = LinearRegression().fit(X, Y).summary(covariance="HC1").inference
    np.testing.assert_array_equal(found.standard_errors, right.standard_errors)


def test_non_negative_coefficients_have_no_tests():
    model = LinearRegression(positive=True).fit(X, Y[:, 0])
    summary = model.summary()
    found = summary.inference
    assert np.isnan(found.standard_errors).all()
    assert np.isnan(found.f).all()
    assert np.isfinite(found.r_squared).all()
    assert found.remarks[0][0].code == "constrained"


def test_gradient_descent_says_that_it_has_no_standard_errors():
    model = LinearRegression(solver="gd", max_iter=5000, tol=1e-8).fit(
        (X - X.mean(axis=0)) / X.std(axis=0), Y[:, 0]
    )
    found = model.summary().inference
    assert np.isnan(found.standard_errors).all()
    assert [remark.code for remark in found.remarks[0]] == ["no_covariance"]
