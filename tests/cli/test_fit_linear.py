"""``ogive fit --model linear``; the first tests run it as a process of its own."""

import os
import re
import subprocess
import sys
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from ogive.data import load_bundled, load_house

HOUSE = ("fit", "house", "--target", "price", "--model", "linear")


def process(folder, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "ogive", *arguments],
        cwd=folder,
        env={**os.environ, "COLUMNS": "100", "OGIVE_LANG": "en"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=180,
    )


@pytest.fixture
def houses(tmp_path):
    """A file with categories, true/false, dates and gaps, made with known effects."""
    random = np.random.RandomState(0)
    frame = load_house(300).with_columns(
        city=pl.Series(random.choice(["Beijing", "Chengdu", "Wuhan"], 300)),
        new=pl.Series(random.uniform(size=300) < 0.3),
        sold=pl.Series([date(2020, 1, 1) + timedelta(days=int(i)) for i in range(300)]),
    )
    frame = frame.with_columns(
        price=pl.col("price") - 300 * (pl.col("city") == "Wuhan") + 200 * pl.col("new"),
        distance=pl.when(pl.Series(np.arange(300) % 25 > 0)).then(pl.col("distance")),
    )
    frame.write_csv(tmp_path / "houses.csv")
    return frame


def coefficients(out):
    """Return the numbers of the table of coefficients, by row."""
    table = re.findall(r"^(\S.*?) {2,}(-?[\d.]+) +(-?[\d.]+) ", out, re.MULTILINE)
    return {name: (float(estimate), float(error)) for name, estimate, error in table}


def test_summary_findings_report_and_model_come_of_one_command(tmp_path):
    result = process(tmp_path, *HOUSE, "-o", "m.ogive", "-q")
    assert (result.returncode, result.stderr) == (0, "")
    found = coefficients(result.stdout)
    assert abs(found["size"][0] - 12) < 3 * found["size"][1]
    assert abs(found["distance"][0] + 45) < 3 * found["distance"][1]
    assert "Conditions of linear regression: 0 issues" in result.stdout
    assert "Report: ogive-regression.html\nModel: m.ogive\n" in result.stdout
    assert {path.name for path in tmp_path.iterdir()} == {"m.ogive", "ogive-regression.html"}
    page = (tmp_path / "ogive-regression.html").read_text(encoding="utf-8")
    assert "ogive fit house --target price --model linear -o m.ogive" in page


def test_a_saved_regression_predicts(tmp_path):
    process(tmp_path, *HOUSE, "-o", "m.ogive", "--no-report")
    result = process(tmp_path, "predict", "m.ogive", "house", "-o", "p.csv")
    assert result.returncode == 0, result.stderr
    predicted = pl.read_csv(tmp_path / "p.csv")["prediction"].to_numpy()
    price = load_bundled("house")["price"].to_numpy()
    assert np.corrcoef(predicted, price)[0, 1] > 0.9
    assert abs((price - predicted).mean()) < 1e-6


def test_bad_input_is_one_sentence_and_exit_code_2(tmp_path):
    result = process(tmp_path, "fit", "iris", "--target", "target", "--model", "linear")
    assert (result.returncode, result.stdout) == (2, "")
    assert "holds classes such as 'setosa'" in result.stderr
    assert "--model network" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_no_model_file_is_written_unless_asked_for(ogive, tmp_path):
    assert ogive(*HOUSE, "--no-report").code == 0
    assert list(tmp_path.iterdir()) == []


def test_everything_is_chinese_if_wanted(ogive, tmp_path):
    result = ogive(*HOUSE, "--lang", "zh")
    assert result.code == 0, result.err
    for part in ("price 的线性回归", "线性回归的条件", "报告：ogive-regression.html"):
        assert part in result.out
    assert '<html lang="zh-Hans">' in (tmp_path / "ogive-regression.html").read_text("utf-8")


def test_reference_levels_are_named_and_the_others_compared_with_them(ogive, houses):
    result = ogive("fit", "houses.csv", "--target", "price", "--model", "linear", "--no-report")
    assert result.code == 0, result.err
    assert "Reference level of city: Beijing\nReference level of new: false\n" in result.out
    found = coefficients(result.out)
    for name, effect in (("city=Wuhan", -300), ("city=Chengdu", 0), ("new=true", 200)):
        estimate, error = found[name]
        assert abs(estimate - effect) < 4 * error
    assert "city=Beijing" not in found


def plain(text):
    return " ".join(text.split())


def test_missing_values_are_a_finding_of_the_fourth_condition(ogive, houses, tmp_path):
    result = ogive("fit", "houses.csv", "--target", "price", "--model", "linear")
    text = plain(result.out)
    assert "issue OGV231 Values are missing. 12 of 300 rows lack 12 values: distance (12)." in text
    page = (tmp_path / "ogive-regression.html").read_text(encoding="utf-8")
    assert "12 of 300 rows lack 12 values" in page
    assert "city: Beijing; new: false" in page


def test_rows_with_missing_values_are_left_out_by_default_and_that_is_said(ogive, houses):
    result = ogive("fit", "houses.csv", "--target", "price", "--model", "linear", "--no-report")
    assert "Left out 12 of 300 rows without a value in distance" in plain(result.err)
    assert "The fit is to the 288 rows that lack none" in plain(result.out)
    complete = houses.drop_nulls().select("price", "size", "distance", "city", "new", "sold")
    complete.write_csv("complete.csv")
    again = ogive("fit", "complete.csv", "--target", "price", "--model", "linear", "--no-report")
    assert coefficients(again.out) == coefficients(result.out)


def test_rows_with_missing_values_are_kept_and_flagged_if_wanted(ogive, houses):
    arguments = ("fit", "houses.csv", "--target", "price", "--model", "linear", "--no-report")
    result = ogive(*arguments, "--missing", "indicator")
    assert result.code == 0, result.err
    assert "distance (missing)" in coefficients(result.out)
    assert "flagged by a column of their own" in plain(result.out)
    assert "Left out" not in result.err
    chinese = ogive(*arguments, "--missing", "indicator", "--lang", "zh").out
    assert "distance（缺失）" in chinese
    assert "(missing)" not in chinese


def test_a_table_without_any_complete_row_is_refused(ogive, tmp_path):
    table = pl.DataFrame(
        {"a": [1.0, None] * 10, "b": [None, 2.0] * 10, "y": [float(i) for i in range(20)]}
    )
    table.write_csv(tmp_path / "t.csv")
    result = ogive("fit", "t.csv", "--target", "y", "--model", "linear")
    assert result.code == 2
    assert "Every row lacks a value in one of the columns a, b" in result.err


def test_a_column_that_is_constant_in_the_complete_rows_is_left_out(ogive, tmp_path):
    random = np.random.RandomState(0)
    table = pl.DataFrame(
        {
            "a": [None if i < 3 else float(i * i % 17) for i in range(40)],
            "k": [1.0 if i < 3 else 2.0 for i in range(40)],
            "y": random.normal(size=40),
        }
    )
    table.write_csv(tmp_path / "t.csv")
    result = ogive("fit", "t.csv", "--target", "y", "--model", "linear", "-o", "m.ogive")
    assert result.code == 0, result.err
    assert set(coefficients(result.out)) == {"(Intercept)", "a"}
    assert "tip OGV234 Constant columns were left out. k = 2.0 in every row" in plain(result.out)
    assert ogive("predict", "m.ogive", "t.csv").code == 0


def test_what_was_left_out_is_told_by_the_findings_even_when_quiet(ogive, tmp_path):
    frame = load_house(60).with_columns(
        country=pl.lit("China"),
        remark=pl.lit(None, dtype=pl.String),
        address=pl.Series([f"No. {i}" for i in range(60)]),
        price=pl.when(pl.Series(np.arange(60) >= 4)).then("price"),
    )
    frame.write_csv(tmp_path / "t.csv")
    result = ogive("fit", "t.csv", "--target", "price", "--model", "linear", "-q")
    assert (result.code, result.err) == (0, "")
    text = plain(result.out)
    assert "issue OGV231 Values are missing. 4 of 60 rows lack 4 values: price (4)." in text
    assert "Left out because there is no value in any row: remark." in text
    assert "tip OGV234 Constant columns were left out. country = China in every row" in text
    assert "Left out because they only tell the rows apart: address." in text
    page = (tmp_path / "ogive-regression.html").read_text(encoding="utf-8")
    for part in ("4 of 60 rows lack 4 values: price (4).", "country = China in every row"):
        assert part in page


def test_whole_numbers_that_double_precision_rounds_are_found_in_the_given_table(ogive, tmp_path):
    frame = load_house(60).with_columns(code=pl.Series(2**60 + np.arange(60) ** 2 % 17))
    frame.write_csv(tmp_path / "t.csv")
    result = ogive("fit", "t.csv", "--target", "price", "--model", "linear", "--no-report")
    assert "issue OGV237" in plain(result.out)


def test_levels_that_share_a_column_are_told(ogive, tmp_path):
    random = np.random.RandomState(0)
    shops = [f"s{i}" for i in range(40) for _ in range(3 if i < 31 else 2)]
    table = pl.DataFrame({"shop": shops, "y": random.normal(size=len(shops))})
    table.write_csv(tmp_path / "t.csv")
    arguments = ("fit", "t.csv", "--target", "y", "--model", "linear", "--no-report")
    result = ogive(*arguments)
    assert "Column 'shop' has 40 levels; the 9 least frequent ones share" in plain(result.err)
    names = [name for name in coefficients(result.out) if name.startswith("shop=")]
    assert names[:3] == ["shop=s1", "shop=s2", "shop=s3"]
    assert "shop（少见水平）" in ogive(*arguments, "--lang", "zh").out


def test_a_file_in_gbk_is_read_and_that_is_said(ogive, tmp_path):
    table = load_house(40).rename({"size": "面积", "distance": "距离"})
    (tmp_path / "t.csv").write_bytes(table.write_csv().encode("gbk"))
    result = ogive("fit", "t.csv", "--target", "price", "--model", "linear", "-o", "m.ogive")
    assert result.code == 0, result.err
    assert "t.csv is not UTF-8 and was read as GB18030" in result.err
    assert "面积" in result.out
    predicted = ogive("predict", "m.ogive", "t.csv")
    assert predicted.code == 0
    assert "was read as GB18030" in predicted.err


def test_rows_without_a_target_are_left_out_and_that_is_said(ogive, tmp_path):
    frame = load_house(40).with_columns(pl.when(pl.col("size") > 60).then("price").alias("price"))
    frame.write_csv(tmp_path / "t.csv")
    result = ogive("fit", "t.csv", "--target", "price", "--model", "linear", "--no-report")
    assert result.code == 0, result.err
    n = frame["price"].null_count()
    assert n > 0
    assert f"Left out {n} row" in result.err


def test_predictions_for_unknown_levels_only_are_refused(ogive, houses, tmp_path):
    ogive("fit", "houses.csv", "--target", "price", "--model", "linear", "-o", "m.ogive")
    houses.slice(1, 3).with_columns(city=pl.lit("Lhasa")).write_csv(tmp_path / "new.csv")
    result = ogive("predict", "m.ogive", "new.csv")
    assert result.code == 2
    assert "holds 'Lhasa' in row 1" in result.err


def test_a_prediction_needs_no_target_and_any_order_of_columns(ogive, houses, tmp_path):
    ogive("fit", "houses.csv", "--target", "price", "--model", "linear", "-o", "m.ogive")
    houses.drop("price").select(sorted(houses.drop("price").columns)).write_csv(tmp_path / "n.csv")
    result = ogive("predict", "m.ogive", "n.csv")
    assert result.code == 0, result.err
    assert result.out == ogive("predict", "m.ogive", "houses.csv").out


@pytest.mark.parametrize("solver", ["normal", "gd"])
def test_every_solver_finds_the_same_coefficients(solver, ogive):
    result = ogive(*HOUSE, "--no-report", "--solver", solver)
    assert result.code == 0, result.err
    shown = re.search(r"^size +(\S+)", result.out, re.MULTILINE)
    exact = re.search(r"^size +(\S+)", ogive(*HOUSE, "--no-report").out, re.MULTILINE)
    assert float(shown.group(1)) == pytest.approx(float(exact.group(1)), rel=1e-3)


def test_gradient_descent_takes_its_options_and_says_if_it_has_not_arrived(ogive, tmp_path):
    result = ogive(*HOUSE, "--solver", "gd", "--batch-size", "50", "--seed", "3", "--max-iter", "2")
    assert result.code == 0
    assert "had not converged after max_iter=2" in " ".join(result.err.split())
    page = (tmp_path / "ogive-regression.html").read_text(encoding="utf-8")
    assert "Path of the gradient descent" in page


def test_a_robust_covariance_changes_the_standard_errors(ogive):
    heteroscedastic = ("fit", "house_heteroscedastic", *HOUSE[2:], "--no-report")
    plain, robust = (
        coefficients(ogive(*heteroscedastic, "--covariance", name).out)["size"]
        for name in ("nonrobust", "HC3")
    )
    assert robust[0] == pytest.approx(plain[0], rel=0.01)
    assert robust[1] > 1.2 * plain[1]


def test_checks_that_passed_are_counted_and_shown_if_wanted(ogive):
    short = ogive(*HOUSE, "--no-report").out
    n = int(re.search(r"^(\d+) checks passed \(--all-checks shows them\)", short, re.M).group(1))
    assert n > 10
    assert "OGV231" not in short
    full = ogive(*HOUSE, "--no-report", "--all-checks").out
    assert len(re.findall(r"^ +passed +OGV", full, re.MULTILINE)) == n
    assert "--all-checks" not in full
    assert f"{n} 项检查通过" in ogive(*HOUSE, "--no-report", "--lang", "zh").out


def test_the_level_is_that_of_the_intervals(ogive):
    out = ogive(*HOUSE, "--no-report", "--level", "0.9").out
    assert "90% low" in out


def test_whole_numbers_are_quantities_however_few_there_are(ogive, tmp_path):
    random = np.random.RandomState(0)
    x = random.normal(size=100)
    rating = np.clip(np.round(3 + x), 1, 5).astype(int)
    pl.DataFrame({"x": x, "rating": rating}).write_csv(tmp_path / "t.csv")
    result = ogive("fit", "t.csv", "--target", "rating", "--model", "linear", "--no-report")
    assert result.code == 0, result.err
    assert coefficients(result.out)["x"][0] == pytest.approx(np.polyfit(x, rating, 1)[0], rel=1e-3)
    assert "only 5 different values; they are taken as quantities" in " ".join(result.err.split())


def test_a_target_of_true_and_false_is_taken_as_1_and_0_if_that_is_said(ogive, tmp_path):
    table = pl.DataFrame({"x": range(40), "y": [i % 3 == 0 for i in range(40)]})
    table.write_csv(tmp_path / "t.csv")
    arguments = ("fit", "t.csv", "--target", "y", "--model", "linear", "--no-report")
    refused = ogive(*arguments)
    assert refused.code == 2
    assert "add --task regression to take them as 1 and 0" in refused.err
    assert ogive(*arguments, "--task", "regression").code == 0


def test_a_report_of_ours_is_replaced_and_another_file_is_kept(ogive, tmp_path):
    assert ogive(*HOUSE).code == 0
    assert ogive(*HOUSE).code == 0
    (tmp_path / "ogive-regression.html").write_text("precious")
    result = ogive(*HOUSE)
    assert (result.code, result.out) == (2, "")
    assert "exists already" in result.err
    assert ogive(*HOUSE, "--force").code == 0


def test_a_report_with_a_name_of_its_own_is_kept_like_any_other_file(ogive, tmp_path):
    assert ogive(*HOUSE, "--report", "mine.html").code == 0
    before = (tmp_path / "mine.html").read_bytes()
    result = ogive(*HOUSE, "--report", "mine.html", "--level", "0.9")
    assert (result.code, result.out) == (2, "")
    assert "mine.html exists already" in result.err
    assert (tmp_path / "mine.html").read_bytes() == before
    assert ogive(*HOUSE, "--report", "mine.html", "--force").code == 0


def test_a_level_that_is_no_number_is_refused_alike_in_chinese(ogive):
    result = ogive(*HOUSE, "--level", "abc", "--lang", "zh")
    assert result.code == 2
    assert "--level 必须介于 0 与 1 之间" in result.err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--alpha", "1"), "--alpha belongs to networks"),
        (("--activation", "relu"), "--activation belongs to networks"),
        (("--no-early-stopping",), "--early-stopping belongs to networks"),
        (("--hidden-layer-sizes", "4"), "--hidden-layer-sizes belongs to networks"),
        (("--max-iter", "9"), "--max-iter of a linear regression goes with --solver gd"),
        (("--seed", "9", "--solver", "qr"), "--seed of a linear regression goes with --solver gd"),
        (("--solver", "adam"), "--solver must be one of qr, normal, gd"),
        (("--covariance", "hc3"), "did you mean HC3?"),
        (("--missing", "keep"), "--missing must be one of drop, indicator"),
        (("--level", "1"), "--level must lie between 0 and 1"),
        (("--level", "much"), "--level must lie between 0 and 1"),
        (("--task", "classification"), "needs --model network"),
        (("--report", "none/r.html"), "does not exist"),
        (("--output", "none/m.ogive"), "does not exist"),
        (("--solver", "gd", "--max-iter", "0"), "--max-iter must be a whole number of at least 1"),
        (("--ignore", "nothing"), "no column 'nothing'"),
    ],
)
def test_an_impossible_option_gets_one_sentence(options, message, ogive, tmp_path):
    result = ogive(*HOUSE, *options)
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert len(result.err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "option",
    [
        ("--covariance", "HC3"),
        ("--report", "r.html"),
        ("--level", "0.9"),
        ("--missing", "drop"),
    ],
)
def test_a_network_refuses_options_of_a_regression(option, ogive):
    result = ogive("fit", "house", "--target", "price", *option)
    assert result.code == 2
    assert f"{option[0]} belongs to linear regression" in result.err


def test_an_unknown_kind_of_model_is_refused(ogive):
    result = ogive("fit", "house", "--target", "price", "--model", "lineer")
    assert result.code == 2
    assert "did you mean linear?" in result.err


def test_columns_that_depend_on_others_are_named(ogive, tmp_path):
    frame = load_house(60).with_columns(feet=pl.col("size") * 10)
    frame.write_csv(tmp_path / "t.csv")
    arguments = ("fit", "t.csv", "--target", "price", "--model", "linear")
    result = ogive(*arguments)
    assert result.code == 0, result.err
    assert "OGV221" in result.out
    assert "not estimable" in result.out
    refused = ogive(*arguments, "--solver", "normal")
    assert refused.code == 2
    assert "singular" in refused.err


def test_fewer_rows_than_columns_is_no_error(ogive, tmp_path):
    random = np.random.RandomState(0)
    pl.DataFrame(random.normal(size=(5, 9)), schema=[f"c{i}" for i in range(9)]).write_csv(
        tmp_path / "t.csv"
    )
    result = ogive("fit", "t.csv", "--target", "c8", "--model", "linear")
    assert result.code == 0, result.err
    assert "There are too few rows." in result.out


def test_a_perfect_fit_is_no_error(ogive, tmp_path):
    x = np.arange(30.0)
    pl.DataFrame({"a": x, "b": x % 7, "y": 2 * x - 3 * (x % 7) + 1}).write_csv(tmp_path / "t.csv")
    result = ogive("fit", "t.csv", "--target", "y", "--model", "linear")
    assert result.code == 0, result.err
    assert "perfect" in result.out
    assert (tmp_path / "ogive-regression.html").stat().st_size > 0
