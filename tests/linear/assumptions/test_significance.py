"""Significance and strength do not contradict each other, and say why there is no test."""

import numpy as np

from ogive.linear import LinearRegression


def check(X, y):
    return LinearRegression().fit(X, y).check_assumptions()


def test_a_high_r2_of_many_columns_and_few_rows_is_not_called_strong():
    rng = np.random.default_rng(0)
    report = check(rng.normal(size=(12, 9)), rng.normal(size=12))
    assert report.of("OGV201").verdict == "issue"
    result = report.of("OGV203")
    assert result.numbers["r_squared"] > 0.6
    assert result.verdict == "tip"


def test_what_the_f_test_calls_chance_is_not_strong_though_adjusted_r2_is_high():
    X = np.column_stack([[0.0, 1, 2, 3, 4], [0.0, 1, 0, 1, 1]])
    report = check(X, [0.0, 3, 1, 2, 5])
    assert report.of("OGV201").numbers["p"] > 0.05
    result = report.of("OGV203")
    assert result.numbers["adjusted_r_squared"] > 0.13
    assert result.verdict == "tip"
    assert result.title.en == "The linear effect cannot be told from chance."


def test_strength_is_judged_by_adjusted_r2(clean):
    rng = np.random.default_rng(1)
    idle = np.column_stack([clean.X, rng.normal(size=(200, 40))])
    result = check(idle, clean.given(12 * clean.errors)).of("OGV203")
    assert result.numbers["r_squared"] > 0.13 > result.numbers["adjusted_r_squared"]
    assert result.verdict == "tip"


def test_columns_that_explain_nothing_are_said_to():
    rng = np.random.default_rng(1)
    result = check(rng.normal(size=(30, 4)), rng.normal(size=30)).of("OGV203")
    assert result.numbers["adjusted_r_squared"] < 0
    assert "explain nothing of the target's variation" in result.meaning.en
    assert "没有解释力" in result.meaning.zh


def test_where_no_coefficient_is_determined_the_dependency_is_named(clean):
    x = clean.X[:, 0]
    result = check(np.column_stack([x, 2 * x]), clean.y).of("OGV202")
    assert result.verdict == "not applicable"
    assert result.meaning.en == "No column has a coefficient of its own: x1 = 2·x0 (OGV221)."
    assert result.meaning.zh == "没有哪一列有自己的系数：x1 = 2·x0（OGV221）。"


def test_columns_without_a_coefficient_of_their_own_are_named_with_the_dependency(clean):
    X = np.column_stack([clean.X, 2 * clean.X[:, 0]])
    meaning = check(X, clean.y).of("OGV202").meaning
    assert "2 columns have no coefficients of their own: x0, x3 (x3 = 2·x0; OGV221)." in meaning.en
    assert "2 列没有自己的系数：x0、x3（x3 = 2·x0；OGV221）。" in meaning.zh


def test_a_single_column_is_not_counted(clean):
    good, idle = check(clean.X[:, 1:2], clean.y), check(clean.X[:, :1], clean.errors)
    assert good.of("OGV202").meaning.en == "x0 is significant at 0.05 (p < 0.0001)."
    assert idle.of("OGV202").meaning.en.startswith("x0 is not significant at 0.05 (p = ")
    assert idle.of("OGV202").meaning.zh.startswith("x0 在 0.05 水平上不显著（p = ")


def test_what_not_significant_means_follows_the_columns_it_is_about(clean):
    X = np.column_stack([clean.X, 2 * clean.X[:, 0]])
    meaning = check(X, clean.errors).of("OGV202").meaning.en
    assert meaning.index("cannot be told from none") < meaning.index("of their own")
