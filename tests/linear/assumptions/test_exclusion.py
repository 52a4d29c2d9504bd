"""Dependence among columns: what is said of it, at any scale."""

import dataclasses

import numpy as np
import pytest

from ogive.linear import LinearRegression
from ogive.linear.assumptions.exclusion import inflation_factors


def fitted(X, y, **settings):
    return LinearRegression(**settings).fit(X, y)


def related(clean):
    X = clean.X.copy()
    X[:, 2] += X[:, 0]
    return X


@pytest.mark.parametrize(
    "scale", [1e155, 1e-155, 1e200, 1e-200, 1e300, [1e200, 1e-200, 1.0], [1e-300, 1e300, 1e-300]]
)
def test_vif_and_correlations_do_not_depend_on_the_units_of_the_columns(clean, scale):
    X = related(clean)
    usual, scaled = (fitted(X * s, clean.y).check_assumptions() for s in (1.0, scale))
    vif = scaled.of("OGV222").numbers["vif"]
    assert vif == pytest.approx(usual.of("OGV222").numbers["vif"], rel=1e-12)
    assert scaled.of("OGV222").verdict == "passed"
    for name, row in usual.of("OGV223").numbers["table"].items():
        assert scaled.of("OGV223").numbers["table"][name] == pytest.approx(row, abs=1e-12)


@pytest.mark.parametrize("scale", [1e-180, 1e180])
def test_an_inverse_that_has_left_the_range_of_numbers_is_not_taken_for_dependence(clean, scale):
    solution = fitted(related(clean) * scale, clean.y).solution_
    assert np.isnan(inflation_factors(dataclasses.replace(solution, inverse_root=None))).all()


def test_an_infinite_vif_is_an_issue_that_names_the_dependency(clean):
    X = np.column_stack([clean.X, 2 * clean.X[:, 0] + clean.X[:, 1]])
    result = fitted(X, clean.y).check_assumptions().of("OGV222")
    assert result.verdict == "issue"
    assert "The VIF of 3 columns is infinite: x3 = 2·x0 + x1 (OGV221)." in result.meaning.en
    assert "Of the others: largest VIF: x2 1.0" in result.meaning.en
    assert "3 列的 VIF 为无穷大：x3 = 2·x0 + x1（OGV221）。" in result.meaning.zh


def test_where_every_column_depends_on_others_there_is_no_largest_vif(clean):
    X = np.column_stack([clean.X[:, 0], 2 * clean.X[:, 0]])
    result = fitted(X, clean.y).check_assumptions().of("OGV222")
    assert result.verdict == "issue"
    assert "The VIF of 2 columns is infinite: x1 = 2·x0 (OGV221)." in result.meaning.en
    assert "argest" not in result.meaning.en


@pytest.mark.parametrize("keep_rows", [True, False])
def test_one_column_has_no_pair_whether_there_are_rows_or_not(clean, keep_rows):
    report = fitted(clean.X[:, :1], clean.y, keep_rows=keep_rows).check_assumptions()
    for code in ("OGV222", "OGV223"):
        assert report.of(code).verdict == "not applicable"
        assert "only one column" in report.of(code).meaning.en


def test_a_long_equation_is_shortened_and_whole_in_the_numbers(clean):
    kinds = np.arange(200) % 30
    dummies = (kinds[:, None] == np.arange(30)).astype(float)
    report = fitted(np.column_stack([clean.X, dummies]), clean.y).check_assumptions()
    result = report.of("OGV221")
    assert "x32 = 1 - x3 - x4 - x5 - x6 - x7 - x8 + … (23 more)" in result.meaning.en
    assert "x32 = 1 - x3 - x4 - x5 - x6 - x7 - x8 + …（另有 23 项）" in result.meaning.zh
    assert "x20" not in result.meaning.en
    assert "x31" in result.numbers["equations"][0]


@pytest.mark.parametrize(
    ("X", "said"),
    [
        (np.arange(6.0)[:, None], "There is only one column, and it varies."),
        (np.full((6, 1), 5.0), "No column adds anything: x0 = 5."),
        (np.arange(6.0)[:, None] * [1, 2], "Of 2 columns only 1 is independent: x1 = 2·x0."),
        (np.eye(2, 3), "2 rows cannot tell 3 columns apart: on them, any column is a combination "),
        (np.eye(2, 3), "of 1 other."),
        (np.eye(1, 3), "1 row cannot tell 3 columns from a constant."),
    ],
)
def test_dependence_is_counted_in_the_right_number(X, said):
    y = np.arange(float(len(X))) ** 2
    assert said in fitted(X, y).check_assumptions().of("OGV221").meaning.en


def test_of_many_pairs_the_first_are_named_and_all_are_counted(clean):
    X = clean.rng.normal(size=(200, 30))
    report = fitted(np.column_stack([X, X + 1e-3 * clean.rng.normal(size=X.shape)]), clean.y)
    result = report.check_assumptions().of("OGV223")
    assert result.numbers["n_pairs"] >= 30
    assert f"and {result.numbers['n_pairs'] - 3} more." in result.meaning.en
    assert f"（共 {result.numbers['n_pairs']} 个）" in result.meaning.zh
