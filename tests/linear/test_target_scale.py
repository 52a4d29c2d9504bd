"""Targets whose squares float64 cannot hold have the statistics of ordinary ones, or a reason."""

import numpy as np
import pytest
from reference_fits import NEW, WEIGHT, X, Y

from ogive import LinearRegression
from ogive.text import InputError

# Powers of two: the digits of the targets stay as they are.
POWERS = (-1000, -900, -500, 500, 515, 900)
FREE_OF_SCALE = ("t", "p", "f", "f_p", "r_squared", "adjusted_r_squared")
IN_UNITS = ("estimates", "standard_errors", "low", "high", "residual_standard_error")


@pytest.mark.parametrize("power", POWERS)
@pytest.mark.parametrize("covariance", ("nonrobust", "HC3"))
def test_a_summary_only_changes_units(power, covariance):
    plain = LinearRegression().fit(X, Y, WEIGHT).summary(covariance=covariance)
    scaled = LinearRegression().fit(X, np.ldexp(Y, power), WEIGHT).summary(covariance=covariance)
    assert scaled.inference.remarks == plain.inference.remarks
    for name in FREE_OF_SCALE:
        np.testing.assert_allclose(
            getattr(scaled.inference, name), getattr(plain.inference, name), rtol=1e-10
        )
    for name in IN_UNITS:
        right = np.ldexp(getattr(plain.inference, name), power)
        np.testing.assert_allclose(getattr(scaled.inference, name), right, rtol=1e-10)
    np.testing.assert_allclose(
        scaled.inference.log_likelihood,
        plain.inference.log_likelihood - len(X) * power * np.log(2),
        rtol=1e-12,
    )
    np.testing.assert_allclose(
        scaled.residuals.durbin_watson, plain.residuals.durbin_watson, rtol=1e-10
    )
    for language in ("en", "zh"):
        assert "nan" not in scaled.text(language)
        assert "inf " not in scaled.text(language)


@pytest.mark.parametrize("power", POWERS)
def test_influence_and_intervals_only_change_units(power):
    plain, scaled = LinearRegression().fit(X, Y), LinearRegression().fit(X, np.ldexp(Y, power))
    for name in ("leverage", "cooks_distance", "dffits", "externally_studentized"):
        np.testing.assert_allclose(
            getattr(scaled.influence(), name), getattr(plain.influence(), name), rtol=1e-8
        )
    found, right = (model.predict(NEW, interval="prediction") for model in (scaled, plain))
    for name in ("prediction", "low", "high"):
        np.testing.assert_allclose(
            getattr(found, name), np.ldexp(getattr(right, name), power), rtol=1e-10
        )


@pytest.mark.parametrize(("power", "en", "zh"), ((520, "large", "过大"), (-990, "small", "过小")))
def test_sums_of_squares_that_do_not_exist_are_refused_with_advice(power, en, zh):
    model = LinearRegression(keep_rows=False).fit(X, np.ldexp(Y[:, 0], power))
    for ask in (
        model.summary,
        model.anova,
        model.check_assumptions,
        lambda: model.predict(NEW, interval="confidence"),
    ):
        with pytest.raises(InputError, match=en) as caught:
            ask()
        assert zh in caught.value.text.zh
    exponent = int(caught.value.text.en.split("2.0**")[1].split(" ")[0])
    advised = LinearRegression(keep_rows=False).fit(X, np.ldexp(Y[:, 0], power + exponent))
    np.testing.assert_allclose(
        advised.summary().inference.t, LinearRegression().fit(X, Y[:, 0]).summary().inference.t
    )


@pytest.mark.parametrize("power", (-1000, 900))
def test_one_target_out_of_range_leaves_the_others_as_they_are(power):
    mixed = np.column_stack([Y[:, 0], np.ldexp(Y[:, 1], power), np.full(len(X), 3.0)])
    found = LinearRegression().fit(X, mixed).summary().inference
    right = LinearRegression().fit(X, Y[:, :2]).summary().inference
    np.testing.assert_allclose(found.p[:2], right.p, rtol=1e-9)
    assert [remark.code for remark in found.remarks[2]] == ["constant_target"]


@pytest.mark.parametrize("power", (-1000, 900))
def test_perfect_fits_and_constants_are_told_at_any_size(power):
    perfect, still = X @ [1.0, 2.0, 3.0, 4.0], np.full(len(X), 0.3)
    targets = np.ldexp(np.column_stack([perfect, still]), power)
    remarks = LinearRegression().fit(X, targets).summary().inference.remarks
    assert [remark.code for remark in remarks[0]] == ["perfect_fit"]
    assert [remark.code for remark in remarks[1]] == ["constant_target"]
