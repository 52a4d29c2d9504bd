"""The report: a sequence that prints, shows, and exports."""

import json
import re
import warnings
from pathlib import Path

import numpy as np
import pytest
from rich.cells import cell_len
from scipy import sparse

from ogive.linear import LinearRegression
from ogive.text import InputError


@pytest.fixture
def model(clean):
    y = clean.y
    y[17] += 8
    return LinearRegression().fit(clean.X, y)


def test_it_is_a_sequence_of_results_in_order_of_conditions(model):
    report = model.check_assumptions()
    assert len(report) == 24
    assert [result.condition for result in report] == sorted(r.condition for r in report)
    assert report[0].code == "OGV201"
    assert [result.code for result in report[-2:]] == ["OGV237", "OGV238"]
    assert not report.passed
    assert "OGV217" in [result.code for result in report.issues]


def test_every_result_has_all_its_texts_in_both_languages(model):
    for result in model.check_assumptions():
        for text in (result.title, result.meaning, result.remedy):
            assert text.en[-1] in ".)"
            assert text.zh[-1] in "。）"
            assert re.search(r"[\u4e00-\u9fff]", text.zh)
            assert not re.search(r"[\u4e00-\u9fff]", text.en)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_lines_are_no_wider_than_asked_for(model, language):
    text = model.check_assumptions().text(language, width=70)
    assert max(cell_len(line) for line in text.split("\n")) <= 70
    assert not any(line.endswith(" ") for line in text.split("\n"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_passed_can_be_left_out_and_is_counted(model, language):
    report = model.check_assumptions()
    short = report.text(language, passed=False)
    at_fault = {one.code for one in (*report.issues, *report.tips)}
    for one in report:
        assert (f"  {one.code}  " in short) == (one.code in at_fault)
    assert short.split("\n")[0] == report.text(language).split("\n")[0]
    count = len(report.having("passed"))
    assert (f"{count} passed" if language == "en" else f"{count} 项通过") in short


def test_where_all_passed_only_the_count_is_left(clean):
    text = LinearRegression().fit(clean.X, clean.y).check_assumptions(order=True)
    assert text.text("en", passed=False).split("\n") == [
        "Conditions of linear regression: 0 issues, 24 passed",
        "200 rows, 3 columns, target y; level of the tests 0.05.",
    ]


def test_chinese_columns_line_up(model):
    lines = model.check_assumptions(order=False).text("zh").split("\n")
    starts = {cell_len(line[: line.index("OGV2")]) for line in lines if re.match(" .*  OGV2", line)}
    assert len(starts) == 1


def test_numbers_stay_with_their_signs(model):
    for width in range(50, 110):
        text = model.check_assumptions().text("en", width=width)
        assert not re.search(r"[=<]$|^\s*[=<%]", text, re.MULTILINE)


def test_str_follows_the_environment(model, monkeypatch):
    monkeypatch.setenv("OGIVE_LANG", "zh")
    assert str(model.check_assumptions()).startswith("线性回归的条件")


def test_html_escapes_names(clean):
    import pandas as pd

    table = pd.DataFrame(clean.X, columns=["<b>", "a&b", "c"])
    html = LinearRegression().fit(table, clean.y).check_assumptions()._repr_html_()
    assert "<b>" not in html
    assert "&lt;b&gt;" in html


def test_it_can_be_written_as_json_and_as_a_frame(model):
    report = model.check_assumptions()
    record = json.loads(json.dumps(report.to_dict("zh"), allow_nan=False))
    assert record["results"][0]["title"] == report[0].title.zh
    frame = report.to_polars()
    assert frame.height == len(report)
    assert json.loads(frame["numbers"][0]) == dict(report[0].numbers)


def test_numbers_that_json_cannot_hold_are_written_otherwise(clean):
    X = np.column_stack([clean.X, np.full(200, 2.0)])
    report = LinearRegression().fit(X, clean.y).check_assumptions()
    assert np.isnan(report.of("OGV223").numbers["with_target"]["x3"])
    record = json.loads(json.dumps(report.to_dict(), allow_nan=False))
    numbers = {one["code"]: one["numbers"] for one in record["results"]}
    assert numbers["OGV223"]["with_target"]["x3"] is None


@pytest.mark.parametrize("page", ["linear_assumptions.md", "zh/linear_assumptions.md"])
def test_the_documentation_has_a_place_for_each_code(model, page):
    text = (Path(__file__).parents[3] / "docs" / page).read_text("utf-8")
    headings = re.findall(r"^### (OGV\d+)$", text, re.MULTILINE)
    assert headings == [result.code for result in model.check_assumptions()]


def test_each_target_has_its_own_results(clean):
    Y = np.column_stack([clean.y, clean.given(clean.rng.exponential(size=200))])
    report = LinearRegression().fit(clean.X, Y).check_assumptions()
    assert report.of("OGV216", "y0").verdict == "passed"
    assert report.of("OGV216", "y1").verdict == "issue"
    assert report.of("OGV222").target is None
    assert "[y1] The errors are not normally distributed." in report.text("en")
    alone = LinearRegression().fit(clean.X, Y[:, 1]).check_assumptions()
    for code in ("OGV202", "OGV210", "OGV211", "OGV213", "OGV215", "OGV218", "OGV223"):
        several, one = report.of(code, "y1").numbers, alone.of(code).numbers
        assert several.keys() == one.keys()
        for name, value in one.items():
            if isinstance(value, float):
                assert several[name] == pytest.approx(value, rel=1e-10)


def test_targets_that_are_made_in_several_parts_are_the_same(clean, monkeypatch):
    Y = np.column_stack([clean.given(clean.rng.normal(size=200)) for _ in range(5)])
    model = LinearRegression().fit(clean.X, Y)
    whole = model.check_assumptions().to_dict()
    monkeypatch.setattr("ogive.linear.assumptions.linearity.MOST_NUMBERS", 200 * 12 * 2)
    np.testing.assert_equal(model.check_assumptions().to_dict(), whole)


def test_many_targets_are_summed_up_in_the_text(clean):
    Y = np.column_stack([clean.given(clean.rng.normal(size=200)) for _ in range(30)])
    text = LinearRegression().fit(clean.X, Y).check_assumptions().text("en")
    assert "more checks of other targets passed" in text
    assert text.count("OGV201") == 1


def test_a_perfect_fit_has_no_distribution_of_residuals(clean):
    report = LinearRegression().fit(clean.X, clean.X @ [1.0, 2.0, 3.0]).check_assumptions()
    for code in ("OGV210", "OGV212", "OGV214", "OGV216", "OGV217", "OGV218"):
        assert report.of(code).verdict == "not applicable"
        assert "perfect" in report.of(code).meaning.en


def test_without_rows_only_what_the_solution_tells_is_checked(clean):
    model = LinearRegression(keep_rows=False).fit(clean.X, clean.y)
    report = model.check_assumptions()
    assert report.of("OGV201").verdict == report.of("OGV222").verdict == "passed"
    assert report.of("OGV216").verdict == "not applicable"
    given = model.check_assumptions(clean.X, clean.y)
    assert given.to_dict() == LinearRegression().fit(clean.X, clean.y).check_assumptions().to_dict()


def test_a_sparse_table_gives_what_a_dense_one_does(clean):
    X = clean.X * (np.abs(clean.X) > 0.7)
    dense = LinearRegression().fit(X, clean.y).check_assumptions()
    thin = LinearRegression().fit(sparse.csr_matrix(X), clean.y).check_assumptions()
    for ours, theirs in zip(thin, dense, strict=True):
        assert ours.verdict == theirs.verdict
        if "p" in theirs.numbers and isinstance(theirs.numbers["p"], float):
            assert ours.numbers["p"] == pytest.approx(theirs.numbers["p"], rel=1e-8)


def test_coefficients_under_a_constraint_are_not_tested_as_least_squares(clean):
    report = LinearRegression(positive=True).fit(clean.X, clean.y).check_assumptions()
    assert report.of("OGV202").verdict == "not applicable"
    assert "least squares" in report.of("OGV211").meaning.en


@pytest.mark.parametrize("rows", range(2, 12))
def test_no_number_of_rows_is_too_small_for_an_answer(rows):
    rng = np.random.default_rng(rows)
    X, y = rng.normal(size=(rows, 4)), rng.normal(size=rows)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        report = LinearRegression().fit(X, y).check_assumptions(order=True)
    json.dumps(report.to_dict(), allow_nan=False)
    assert report.text("zh")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"vif_isue": 3}, "There is no threshold 'vif_isue'"),
        ({"significance": 5}, "significance must be a number greater than 0, below 1"),
        ({"lags": 2.5}, "lags must be a whole number"),
        ({"order": [1, 2]}, "order must be True, False, or one value for each of the 200 rows"),
        ({"order": [np.nan] * 200}, "order must hold values that can be sorted. Row 0"),
    ],
)
def test_settings_that_cannot_be_are_refused(model, settings, message):
    with pytest.raises(InputError, match=re.escape(message)):
        model.check_assumptions(**settings)


def test_thresholds_can_be_moved(model):
    assert model.check_assumptions(vif_tip=1.0001).of("OGV222").verdict == "tip"
