"""Each fault that is planted into clean data is found, by the check that is meant for it."""

import numpy as np
import pytest

from ogive.linear import LinearRegression


def codes(results):
    return {result.code for result in results}


def check(X, y, **settings):
    return LinearRegression().fit(X, y).check_assumptions(**settings)


def test_clean_data_pass_with_every_check_made(clean):
    report = check(clean.X, clean.y, order=True)
    assert report.passed
    assert {result.verdict for result in report} == {"passed"}


def test_a_target_of_pure_chance_has_no_significant_regression(clean):
    assert {"OGV201"} <= codes(check(clean.X, clean.errors).issues)


def test_a_column_without_effect_is_named(clean):
    idle = clean.rng.normal(size=200)
    result = check(np.column_stack([clean.X, idle]), clean.y).of("OGV202")
    assert result.verdict == "tip"
    assert result.numbers["not_significant"] == ["x3"]


def test_a_weak_relation_is_a_tip(clean):
    assert check(clean.X, clean.given(12 * clean.errors)).of("OGV203").verdict == "tip"


def test_a_curved_effect_is_found_in_its_column(clean):
    report = check(clean.X, clean.y + 0.6 * clean.X[:, 1] ** 2)
    result = report.of("OGV210")
    assert result.verdict == "issue"
    assert result.numbers["columns"] == ["x1"]
    assert "upwards" in result.meaning.en
    assert "向上" in result.meaning.zh


def test_a_curve_along_the_fitted_values_is_found(clean):
    assert "OGV211" in codes(check(clean.X, np.exp(clean.y / 4)).issues)


def test_a_product_of_columns_that_is_left_out_is_found(clean):
    report = check(clean.X, clean.y + 1.5 * clean.X[:, 0] * clean.X[:, 1])
    assert "OGV211" in codes(report.issues)


@pytest.mark.parametrize("code", ["OGV212", "OGV213"])
def test_a_spread_that_grows_with_a_column_is_found(clean, code):
    errors = clean.errors * np.exp(0.6 * clean.X[:, 0])
    assert code in codes(check(clean.X, clean.given(errors)).issues)


def test_a_spread_that_grows_to_both_sides_is_found_by_white_alone(clean):
    errors = clean.errors * (0.4 + np.abs(clean.X[:, 0]))
    report = check(clean.X, clean.given(errors))
    assert report.of("OGV213").verdict == "issue"
    assert report.of("OGV212").verdict != "issue"


def autocorrelated(clean, strength):
    errors = clean.errors.copy()
    for i in range(1, len(errors)):
        errors[i] += strength * errors[i - 1]
    return clean.given(errors)


@pytest.mark.parametrize("code", ["OGV214", "OGV215"])
def test_errors_that_depend_on_those_before_are_an_issue_where_rows_have_an_order(clean, code):
    assert code in codes(check(clean.X, autocorrelated(clean, 0.5), order=True).issues)


@pytest.mark.parametrize("code", ["OGV214", "OGV215"])
def test_they_are_a_tip_where_nobody_says_that_rows_have_an_order(clean, code):
    result = check(clean.X, autocorrelated(clean, 0.5)).of(code)
    assert result.verdict == "tip"
    assert "order=" in result.meaning.en


def test_they_are_not_looked_for_where_rows_have_none(clean):
    report = check(clean.X, autocorrelated(clean, 0.5), order=False)
    assert {"OGV214", "OGV215"} <= codes(report.having("not applicable"))


def test_errors_that_alternate_are_found(clean):
    result = check(clean.X, autocorrelated(clean, -0.5), order=True).of("OGV214")
    assert result.verdict == "issue"
    assert "alternate" in result.meaning.en


def test_dependence_is_looked_for_along_the_order_given(clean):
    shuffled = clean.rng.permutation(200)
    X, y = clean.X[shuffled], autocorrelated(clean, 0.5)[shuffled]
    assert check(X, y, order=True).of("OGV214").verdict == "passed"
    assert check(X, y, order=shuffled).of("OGV214").verdict == "issue"


def test_dependence_upon_an_earlier_season_is_found_by_breusch_godfrey_alone(clean):
    errors = clean.errors.copy()
    errors[4:] += 0.8 * clean.errors[:-4]
    report = check(clean.X, clean.given(errors), order=True)
    assert report.of("OGV215").verdict == "issue"
    assert report.of("OGV214").verdict == "passed"


def test_skewed_errors_are_found(clean):
    errors = clean.rng.exponential(size=200) - 1
    assert "OGV216" in codes(check(clean.X, clean.given(errors)).issues)


def test_an_outlier_is_named(clean):
    y = clean.y
    y[17] += 8
    result = check(clean.X, y).of("OGV217")
    assert result.verdict == "issue"
    assert result.numbers["rows"] == [17]


def test_a_row_that_moves_the_fit_is_named(clean):
    X, y = clean.X.copy(), clean.y
    X[5, 0], y[5] = 12.0, -40.0
    report = check(X, y)
    assert report.of("OGV218").verdict == "issue"
    assert report.of("OGV218").numbers["rows"][0] == 5


def test_a_row_far_from_all_others_is_a_tip_though_it_fits(clean):
    X = clean.X.copy()
    X[5] = 30.0
    y = 1 + X @ [1.0, -2.0, 1.5] + clean.errors
    report = check(X, y)
    assert report.of("OGV219").verdict == "tip"
    assert report.of("OGV219").numbers["rows"] == [5]


def test_an_exact_combination_is_named_by_its_equation(clean):
    X = np.column_stack([clean.X, 2 * clean.X[:, 0] + clean.X[:, 1]])
    report = check(X, clean.y)
    assert report.of("OGV221").verdict == "issue"
    assert report.of("OGV221").numbers["equations"] == ["x3 = 2·x0 + x1"]
    assert "x3 = 2·x0 + x1" in report.of("OGV221").meaning.zh
    assert report.of("OGV222").numbers["exact"] == ["x0", "x1", "x3"]


def test_columns_outside_an_exact_combination_keep_their_vif(clean):
    near = clean.X[:, 2] + 0.5 * clean.rng.normal(size=200)
    alone = check(np.column_stack([clean.X, near]), clean.y).of("OGV222").numbers["vif"]
    with_double = np.column_stack([clean.X, near, 3 * clean.X[:, 0]])
    vif = check(with_double, clean.y).of("OGV222").numbers["vif"]
    assert set(vif) == {"x1", "x2", "x3"}
    for name, value in vif.items():
        assert value == pytest.approx(alone[name], rel=1e-9)


def test_near_collinearity_is_an_issue_and_less_of_it_a_tip(clean):
    for noise, verdict in ((0.2, "issue"), (0.4, "tip"), (2.0, "passed")):
        near = clean.X[:, 0] + noise * clean.rng.normal(size=200)
        assert check(np.column_stack([clean.X, near]), clean.y).of("OGV222").verdict == verdict


def test_columns_that_correlate_more_with_each_other_than_with_the_target_are_named(clean):
    twin = clean.X[:, 0] + 0.5 * clean.rng.normal(size=200)
    result = check(np.column_stack([clean.X, twin]), clean.y).of("OGV223")
    assert result.verdict == "issue"
    assert [pair["columns"] for pair in result.numbers["pairs"]] == [["x0", "x3"]]


def test_columns_that_correlate_but_less_than_with_the_target_pass(clean):
    x = clean.X[:, 0]
    X = np.column_stack([x, x + clean.rng.normal(size=200)])
    report = check(X, X @ [1.0, 1.0] + 0.1 * clean.errors)
    assert report.of("OGV223").verdict == "passed"
    assert report.of("OGV223").numbers["table"]["x0"]["x1"] > 0.5


def test_constant_and_equal_columns_are_named(clean):
    X = np.column_stack([clean.X, np.full(200, 4.0), clean.X[:, 1]])
    report = check(X, clean.y)
    assert report.of("OGV234").numbers["columns"] == {"x3": 4.0}
    assert report.of("OGV235").numbers["pairs"] == [["x4", "x1"]]


def test_few_rows_are_a_tip_and_too_few_an_issue(clean):
    assert check(clean.X[:39], clean.y[:39]).of("OGV236").verdict == "tip"
    assert check(clean.X[:40], clean.y[:40]).of("OGV236").verdict == "passed"
    assert check(clean.X[:4], clean.y[:4]).of("OGV236").verdict == "issue"


def test_among_many_rows_a_small_departure_is_only_a_tip():
    rng = np.random.default_rng(3)
    x = rng.normal(size=(20_000, 1))
    y = x[:, 0] + 0.03 * x[:, 0] ** 2 + rng.normal(size=20_000)
    report = check(x, y)
    assert report.of("OGV210").numbers["p"] < 1e-6
    assert report.of("OGV210").verdict == "tip"
    assert "20000 rows" in report.of("OGV210").meaning.en
    y += x[:, 0] ** 2
    assert check(x, y).of("OGV210").verdict == "issue"


def test_among_many_rows_normality_is_judged_by_skewness_and_kurtosis():
    rng = np.random.default_rng(4)
    x = rng.normal(size=(20_000, 1))
    nearly = check(x, x[:, 0] + rng.standard_t(15, size=20_000)).of("OGV216")
    assert nearly.numbers["p"] < 1e-6
    assert nearly.verdict == "tip"
    assert check(x, x[:, 0] + rng.standard_t(5, size=20_000)).of("OGV216").verdict == "issue"


def test_a_column_whose_square_explains_everything_is_curved():
    x = np.arange(8.0)[:, None]
    result = check(x, x[:, 0] ** 2).of("OGV210")
    assert result.verdict == "issue"
    assert result.numbers["columns"] == ["x0"]
