"""Fits of which some statistics have no meaning: NaN and a reason, never a wrong number."""

import numpy as np
import pytest
from reference_fits import X, Y

from ogive import LinearRegression

COVARIANCES = ("nonrobust", "HC0", "HC1", "HC2", "HC3")


def codes(summary, target=0):
    return [remark.code for remark in summary.inference.remarks[target]]


@pytest.mark.parametrize("covariance", COVARIANCES)
def test_a_perfect_fit_has_errors_of_0_and_no_tests(covariance):
    y = X @ [1.0, 2.0, 3.0, 4.0] + 5
    summary = LinearRegression().fit(X, y).summary(covariance=covariance, language="en")
    found = summary.inference
    assert codes(summary) == ["perfect_fit"]
    np.testing.assert_array_equal(found.standard_errors, 0)
    np.testing.assert_array_equal(found.low, found.estimates)
    assert found.r_squared == 1
    for name in ("t", "p", "f", "f_p", "log_likelihood", "aic", "bic"):
        assert np.isnan(getattr(found, name)).all()
    assert np.isnan(summary.residuals.durbin_watson).all()
    assert "The fit is perfect" in summary.text("en")
    assert "完全拟合" in summary.text("zh")


def test_a_fit_that_is_nearly_perfect_is_not_taken_for_one():
    rng = np.random.default_rng(0)
    y = X @ [1.0, 2.0, 3.0, 4.0] + 1e-9 * rng.normal(size=len(X))
    summary = LinearRegression().fit(X, y).summary()
    assert codes(summary) == []
    assert summary.inference.residual_standard_error[0] == pytest.approx(1e-9, rel=0.3)


def test_whole_numbers_near_2_to_the_53_keep_their_statistics():
    rng = np.random.default_rng(0)
    noise = rng.integers(-3, 4, size=200).astype(float)
    x = np.arange(200.0)
    near = LinearRegression().fit(x[:, None], 2.0**53 - 4096 + x + noise).summary()
    plain = LinearRegression().fit(x[:, None], x + noise).summary()
    assert codes(near) == []
    for name in ("t", "p", "r_squared", "f", "residual_standard_error"):
        at = np.s_[:, 1:] if name in ("t", "p") else np.s_[:]
        np.testing.assert_allclose(
            getattr(near.inference, name)[at], getattr(plain.inference, name)[at], rtol=1e-9
        )


@pytest.mark.parametrize("value", (0.0, 0.1, 3.0, -1e10))
@pytest.mark.parametrize("covariance", ("nonrobust", "HC3"))
def test_a_target_that_does_not_vary_has_nothing_to_explain(value, covariance):
    summary = LinearRegression().fit(X, np.full(len(X), value)).summary(covariance=covariance)
    assert codes(summary) == ["constant_target"]
    for name in ("r_squared", "adjusted_r_squared", "f", "f_p", "aic"):
        assert np.isnan(getattr(summary.inference, name)).all()
    assert "does not vary" in summary.text("en")
    assert "没有变化" in summary.text("zh")


@pytest.mark.parametrize("covariance", COVARIANCES)
@pytest.mark.parametrize("n", (2, 4, 5))
def test_no_more_rows_than_coefficients_leave_no_statistics(n, covariance):
    model = LinearRegression().fit(X[:n], Y[:n])
    summary = model.summary(covariance=covariance)
    assert codes(summary)[0] == "no_degrees_of_freedom"
    for name in ("standard_errors", "t", "p", "low", "f", "adjusted_r_squared", "aic"):
        assert np.isnan(getattr(summary.inference, name)).all()
    for text in (summary.text("en"), summary.text("zh"), summary.html("en"), str(model.anova())):
        assert "nan" not in text.replace("no degrees", "")
    influence = model.influence()
    assert influence.leverage.sum() == pytest.approx(n)
    assert np.isnan(influence.cooks_distance).all()


def test_a_table_wider_than_long_has_its_reasons():
    rng = np.random.default_rng(0)
    model = LinearRegression().fit(rng.normal(size=(20, 300)), rng.normal(size=20))
    summary = model.summary()
    assert "no_degrees_of_freedom" in codes(summary)
    assert np.isnan(summary.inference.standard_errors).all()
    assert model.influence().leverage.sum() == pytest.approx(20)
    assert len(summary.text("en").splitlines()) < 340


def test_one_row_more_than_coefficients_is_enough():
    summary = LinearRegression().fit(X[:6], Y[:6]).summary()
    assert codes(summary) == []
    assert np.isfinite(summary.inference.standard_errors).all()
    assert np.isnan(LinearRegression().fit(X[:6], Y[:6]).influence().dffits).all()


def test_only_a_constant_is_a_mean_with_its_error():
    y = Y[:, 0]
    summary = LinearRegression().fit(np.zeros((len(y), 1)), y).summary()
    found = summary.inference
    assert found.estimates[0, 0] == pytest.approx(y.mean())
    assert found.standard_errors[0, 0] == pytest.approx(y.std(ddof=1) / np.sqrt(len(y)))
    assert np.isnan(found.f[0])
    assert not found.estimable[1]
    assert "is 0 in every row" in summary.text("en")


def test_a_full_set_of_dummies_leaves_neither_them_nor_the_constant_estimable():
    dummies = np.eye(3)[np.arange(len(X)) % 3]
    found = LinearRegression().fit(np.hstack([dummies, X]), Y).summary().inference
    np.testing.assert_array_equal(found.estimable, [False] * 4 + [True] * 4)
    reduced = LinearRegression().fit(np.hstack([dummies[:, 1:], X]), Y).summary().inference
    np.testing.assert_allclose(
        found.standard_errors[:, 4:], reduced.standard_errors[:, 3:], rtol=1e-9
    )
    for name in ("r_squared", "f", "aic", "residual_standard_error"):
        np.testing.assert_allclose(getattr(found, name), getattr(reduced, name), rtol=1e-9)


@pytest.mark.parametrize("scale", (1e-15, 1.0, 1e15))
def test_dependent_columns_of_any_size_are_not_estimable(scale):
    wide = np.column_stack([X[:, 0], scale * X[:, 0], X[:, 1] * 1e15, X[:, 2]])
    summary = LinearRegression().fit(wide, Y[:, 0]).summary()
    np.testing.assert_array_equal(summary.inference.estimable, [True, False, False, True, True])
    right = LinearRegression().fit(X[:, :3], Y[:, 0]).summary().inference
    np.testing.assert_allclose(summary.inference.t[0, [0, 3, 4]], right.t[0, [0, 2, 3]], rtol=1e-9)
    assert summary.text("en").count("not estimable") >= 2


def test_some_targets_may_be_degenerate_among_others():
    targets = np.column_stack([Y[:, 0], X @ [1.0, 1, 1, 1], np.full(len(X), 0.3), Y[:, 1]])
    summary = LinearRegression().fit(X, targets).summary(covariance="HC3")
    assert [codes(summary, i) for i in range(4)] == [[], ["perfect_fit"], ["constant_target"], []]
    alone = LinearRegression().fit(X, Y[:, 1]).summary(covariance="HC3").inference
    np.testing.assert_allclose(summary.inference.p[3], alone.p[0], rtol=1e-10)
    assert np.isfinite(summary.inference.f[[0, 3]]).all()


def test_a_thousand_targets_have_the_statistics_of_each_alone():
    rng = np.random.default_rng(2)
    targets = rng.normal(size=(len(X), 1000)) + X[:, :1]
    model = LinearRegression().fit(X, targets)
    summary = model.summary(covariance="HC2")
    assert summary.to_polars().shape == (5000, 9)
    influence, anova = model.influence(), model.anova()
    for i in (0, 567, 999):
        alone = LinearRegression().fit(X, targets[:, i])
        right = alone.summary(covariance="HC2").inference
        for name in ("standard_errors", "p", "f", "aic", "r_squared"):
            np.testing.assert_allclose(
                getattr(summary.inference, name)[i], getattr(right, name)[0], rtol=1e-9
            )
        np.testing.assert_allclose(
            influence.dffits[:, i], alone.influence().dffits, rtol=1e-8, atol=1e-12
        )
        np.testing.assert_allclose(
            anova.sequential.f[i], alone.anova().sequential.f[0], rtol=1e-7, atol=1e-12
        )


@pytest.mark.parametrize("covariance", COVARIANCES)
def test_columns_1e15_apart_make_a_readable_summary(covariance):
    scale = np.array([1e15, 1.0, 1e-15, 1e7])
    summary = LinearRegression().fit(X * scale, Y[:, 0]).summary(covariance=covariance)
    assert summary.inference.estimable.all()
    assert summary.inference.condition_number < 10
    text = summary.text("en")
    assert max(len(line) for line in text.splitlines()) <= 100
    assert "not estimable" not in text


@pytest.mark.parametrize("language", ("en", "zh"))
def test_robust_errors_are_not_claimed_where_there_are_none(language):
    descent = LinearRegression(solver="gd").fit(X, Y[:, 0])
    for model in (descent, LinearRegression(positive=True).fit(X, Y[:, 0])):
        text = model.summary(covariance="HC3").text(language)
        assert "HC3" not in text
        assert "HC3" not in model.summary(covariance="HC3").html(language)
    exact = LinearRegression().fit(X, Y[:, 0])
    assert exact.summary(covariance="HC3").text(language).count("HC3") == 2
