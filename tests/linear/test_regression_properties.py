"""What has to hold for any data."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogive import LinearRegression

COVARIANCES = ("nonrobust", "HC0", "HC1", "HC2", "HC3")


@st.composite
def problems(draw):
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    k = draw(st.integers(1, 4))
    n = draw(st.integers(k + 4, 40))
    features = rng.normal(size=(n, k)) + rng.normal(size=k) * draw(st.sampled_from((0, 1, 100)))
    target = features @ rng.normal(size=k) + rng.normal(size=n)
    weight = rng.uniform(0.1, 5, n) if draw(st.booleans()) else None
    return features, target, weight, draw(st.booleans()), rng


def summary_of(features, target, weight, constant, covariance="nonrobust"):
    model = LinearRegression(fit_intercept=constant).fit(features, target, weight)
    return model.summary(covariance=covariance)


@pytest.mark.parametrize("covariance", COVARIANCES)
@settings(max_examples=25, deadline=None)
@given(problem=problems(), powers=st.lists(st.integers(-50, 50), min_size=4, max_size=4))
def test_scaling_a_column_scales_its_coefficient_and_error_alone(covariance, problem, powers):
    features, target, weight, constant, _ = problem
    scale = 2.0 ** np.array(powers[: features.shape[1]])
    before = summary_of(features, target, weight, constant, covariance).inference
    after = summary_of(features * scale, target, weight, constant, covariance).inference
    first = int(constant)
    for name in ("estimates", "standard_errors", "low", "high"):
        np.testing.assert_allclose(
            getattr(after, name)[:, first:] * scale, getattr(before, name)[:, first:], rtol=1e-9
        )
    for name in ("t", "p", "r_squared", "f", "aic"):
        np.testing.assert_allclose(getattr(after, name), getattr(before, name), rtol=1e-8)


@settings(max_examples=25, deadline=None)
@given(problem=problems(), factor=st.floats(1e-6, 1e6))
def test_scaling_the_target_scales_coefficients_and_errors(problem, factor):
    features, target, weight, constant, _ = problem
    before = summary_of(features, target, weight, constant).inference
    after = summary_of(features, target * factor, weight, constant).inference
    for name in ("estimates", "standard_errors", "residual_standard_error"):
        np.testing.assert_allclose(getattr(after, name), getattr(before, name) * factor, rtol=1e-9)
    for name in ("t", "r_squared", "f"):
        np.testing.assert_allclose(getattr(after, name), getattr(before, name), rtol=1e-8)


@pytest.mark.parametrize("covariance", COVARIANCES)
@settings(max_examples=25, deadline=None)
@given(problem=problems())
def test_the_order_of_rows_does_not_matter(covariance, problem):
    features, target, weight, constant, rng = problem
    order = rng.permutation(len(target))
    before = summary_of(features, target, weight, constant, covariance)
    after = summary_of(
        features[order],
        target[order],
        None if weight is None else weight[order],
        constant,
        covariance,
    )
    for name in ("estimates", "standard_errors", "p", "f", "bic"):
        np.testing.assert_allclose(
            getattr(after.inference, name), getattr(before.inference, name), rtol=1e-8, atol=1e-12
        )
    np.testing.assert_allclose(after.residuals.kurtosis, before.residuals.kurtosis, rtol=1e-8)


@settings(max_examples=40, deadline=None)
@given(problem=problems())
def test_leverages_lie_between_0_and_1_and_add_up_to_the_number_of_coefficients(problem):
    features, target, weight, constant, _ = problem
    model = LinearRegression(fit_intercept=constant).fit(features, target, weight)
    leverage = model.influence().leverage
    assert leverage.sum() == pytest.approx(features.shape[1] + constant, rel=1e-10)
    assert (leverage >= 0).all()
    assert (leverage <= 1).all()


@settings(max_examples=25, deadline=None)
@given(problem=problems(), times=st.integers(2, 5))
def test_whole_weights_give_the_coefficients_of_repeated_rows(problem, times):
    features, target, _, constant, rng = problem
    count = rng.integers(1, times + 1, len(target))
    weighted = summary_of(features, target, count, constant).inference
    repeated = summary_of(
        np.repeat(features, count, axis=0), np.repeat(target, count), None, constant
    ).inference
    for name in ("estimates", "r_squared"):
        np.testing.assert_allclose(
            getattr(weighted, name), getattr(repeated, name), rtol=1e-8, atol=1e-10
        )


@settings(max_examples=25, deadline=None)
@given(problem=problems())
def test_leaving_out_a_row_moves_its_fitted_value_by_dffits(problem):
    features, target, weight, constant, _ = problem
    weights = np.ones(len(target)) if weight is None else weight
    model = LinearRegression(fit_intercept=constant).fit(features, target, weight)
    found = model.influence()
    without = weights.copy()
    without[2] = 0
    left = LinearRegression(fit_intercept=constant).fit(features, target, without)
    moved = (model.predict(features) - left.predict(features))[2]
    error = left.summary().inference.residual_standard_error[0]
    expected = moved / (error * np.sqrt(found.leverage[2] / weights[2]))
    np.testing.assert_allclose(found.dffits[2], expected, rtol=1e-6, atol=1e-9)
