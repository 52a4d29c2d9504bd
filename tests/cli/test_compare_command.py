import csv
import inspect
import io
import json
import re

import polars as pl
import typer

import ogive as package
from ogive.cli.app import app

FAST = ("--activation", "relu,tanh", "--hidden-layer-sizes", "6", "--learning-rate", "0.01")
FAST += ("--max-iter", "15", "--folds", "3", "--repeats", "1")
IRIS = ("compare", "iris", "--target", "target", *FAST)


def test_the_table_the_verdict_and_the_report_are_printed(ogive, tmp_path):
    result = ogive(*IRIS)
    assert result.code == 0, result.err
    assert re.search(r"^relu +0\.\d{3} ± ", result.out, re.MULTILINE)
    assert re.search(r"^tanh +0\.\d{3} ± ", result.out, re.MULTILINE)
    assert result.out.splitlines()[-1] == "Report: ogive-report.html"
    assert [path.name for path in tmp_path.iterdir()] == ["ogive-report.html"]


def test_everything_is_chinese_if_wanted(ogive):
    result = ogive(*IRIS, "--lang", "zh")
    assert result.code == 0, result.err
    assert "激活函数" in result.out
    assert "报告：ogive-report.html" in result.out
    assert not re.search(r"[a-z]{3,} [a-z]{3,} [a-z]{3,}", result.out)


def test_no_report_is_written_if_none_is_wanted(ogive, tmp_path):
    result = ogive(*IRIS, "--no-report")
    assert result.code == 0, result.err
    assert list(tmp_path.iterdir()) == []
    assert "Report" not in result.out


def test_a_report_of_ours_is_replaced_and_any_other_file_kept(ogive, tmp_path):
    assert ogive(*IRIS).code == 0
    assert ogive(*IRIS).code == 0
    (tmp_path / "mine.html").write_text("precious")
    result = ogive(*IRIS, "--report", "mine.html")
    assert (result.code, result.out) == (2, "")
    assert (tmp_path / "mine.html").read_text() == "precious"


def test_a_report_with_a_name_of_its_own_is_kept_like_any_other_file(ogive):
    assert ogive(*IRIS, "--report", "mine.html").code == 0
    refused = ogive(*IRIS, "--report", "mine.html")
    assert refused.code == 2
    assert "mine.html exists already" in refused.err
    assert ogive(*IRIS, "--report", "mine.html", "--force").code == 0


def test_json_on_standard_output_leaves_it_to_json(ogive):
    result = ogive(*IRIS, "--no-report", "--json", "-")
    found = json.loads(result.out)
    assert {row["label"] for row in found["rows"]} == {"relu", "tanh"}
    assert found["command"].startswith("ogive compare iris --target target")
    assert "Activation" in result.err


def test_csv_on_standard_output_leaves_it_to_csv(ogive):
    result = ogive(*IRIS, "--no-report", "--csv", "-")
    rows = list(csv.DictReader(io.StringIO(result.out)))
    assert {row["label"] for row in rows} == {"relu", "tanh"}


def test_json_and_csv_files_are_written(ogive, tmp_path):
    result = ogive(*IRIS, "--no-report", "--json", "r.json", "--csv", "r.csv")
    assert result.code == 0, result.err
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["task"] == "classification"
    assert (tmp_path / "r.csv").read_text().startswith("rank,label,")
    assert "r.json exists already" in ogive(*IRIS, "--no-report", "--json", "r.json").err


def test_both_on_standard_output_are_refused(ogive):
    assert "cannot both be" in ogive(*IRIS, "--json", "-", "--csv", "-").err


def test_quiet_prints_nothing_on_standard_error(ogive):
    assert ogive("compare", "digits", "--target", "target", "--no-report", "-q", *FAST).err == ""


def test_a_table_with_text_gaps_and_dates_is_compared(ogive, tmp_path):
    n = 90
    table = pl.DataFrame(
        {
            "编号": [f"k{i}" for i in range(n)],
            "大小": [None if i % 7 == 0 else float(i % 10) for i in range(n)],
            "颜色": ["红", "绿", None] * (n // 3),
            "日期": [f"2024-01-{i % 28 + 1:02d}" for i in range(n)],
            "价格": [3.0 * (i % 10) + (i % 3) for i in range(n)],
        }
    )
    table.write_csv(tmp_path / "表.csv")
    result = ogive("compare", "表.csv", "--target", "价格", "--json", "r.json", *FAST)
    assert result.code == 0, result.err
    assert "Left out the column with different text in every row: 编号." in result.err
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["task"] == "regression"


def test_the_help_page_gives_the_defaults_of_the_function():
    command = typer.main.get_command(app).commands["compare"]
    defaults = {parameter.name: parameter.default for parameter in command.params}
    given = inspect.signature(package.compare).parameters
    pairs = {"folds": "n_splits", "repeats": "n_repeats", "max_iter": "max_iter"}
    pairs |= {"batch_size": "batch_size", "seed": "random_state"}
    for option, name in pairs.items():
        assert defaults[option] == str(given[name].default)
    sizes = ",".join(map(str, given["hidden_layer_sizes"].default))
    assert defaults["hidden_layer_sizes"] == sizes
    (rates,) = [parameter.help for parameter in command.params if parameter.name == "learning_rate"]
    assert str(list(given["learning_rates"].default)) in rates


def test_a_table_of_one_column_is_told_as_such(ogive, tmp_path):
    rows = "".join(f"{i % 7},{'ab'[i % 7 > 3]}\n" for i in range(60))
    (tmp_path / "t.csv").write_text("u,y\n" + rows)
    command = ("compare", "t.csv", "--target", "y", *FAST, "--no-report")
    assert "from 1 column, 60 rows; 2 fits on each of 3 splits" in ogive(*command).err
