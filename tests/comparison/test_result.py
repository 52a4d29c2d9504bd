import csv
import io
import json

import numpy as np
import pandas as pd
import polars as pl
import pytest

from ogive.text import InputError

MEANS = {"tanh": 0.9, "relu": 0.95}


def test_best_is_the_highest_mean(new_comparison):
    assert new_comparison(MEANS).best == "relu"


def test_rows_come_as_dicts_with_the_best_first(new_comparison):
    table = new_comparison(MEANS).table()
    assert [row["label"] for row in table] == ["relu", "tanh"]
    assert table[0]["group"] == "best"


@pytest.mark.parametrize(("name", "kind"), [("pandas", pd.DataFrame), ("polars", pl.DataFrame)])
def test_rows_come_as_data_frames(new_comparison, name, kind):
    frame = new_comparison(MEANS).table(name)
    assert isinstance(frame, kind)
    assert list(frame["label"]) == ["relu", "tanh"]


def test_rows_come_as_markdown_in_either_language(new_comparison):
    comparison = new_comparison(MEANS)
    lines = comparison.table("markdown").splitlines()
    assert lines[0].startswith("| Activation | Accuracy ± 95% |")
    assert len({line.count("|") for line in lines}) == 1
    assert comparison.table("markdown", language="zh").startswith("| 激活函数 | 准确率")


def test_an_unknown_format_is_refused(new_comparison):
    with pytest.raises(InputError, match="format must be"):
        new_comparison(MEANS).table("excel")


def test_json_is_strict_and_holds_everything(new_comparison, new_outcome):
    odd = [new_outcome(0.9 + 0.01 * i, dead_share=np.nan) for i in range(10)]
    comparison = new_comparison({"relu": 0.95, "tanh": odd}, n_rows=150)
    loaded = json.loads(comparison.to_json(), parse_constant=pytest.fail)
    assert loaded == comparison.to_dict()
    assert loaded["best"] == comparison.best
    assert loaded["verdict"]["zh"] == comparison.verdict.zh
    assert loaded["rows"][0]["label"] == comparison.best
    assert len(loaded["splits"]["tanh"]) == 10
    assert loaded["splits"]["tanh"][0]["dead_share"] is None
    assert [one["label"] for one in loaded["settings"]["candidates"]] == ["relu", "tanh"]
    assert loaded["data"]["n_rows"] == 150


def test_csv_has_unrounded_numbers_and_blanks_for_unknown_ones(new_comparison, new_outcome):
    odd = [new_outcome(0.9 + 0.01 * i, dead_share=np.nan) for i in range(10)]
    comparison = new_comparison({"tanh": odd})
    (record,) = csv.DictReader(io.StringIO(comparison.to_csv()))
    assert float(record["score"]) == comparison.rows()[0].score
    assert record["dead_share"] == ""


def test_rows_cannot_be_changed_from_outside(new_comparison):
    comparison = new_comparison(MEANS)
    comparison.rows().clear()
    assert len(comparison.rows()) == 2


def test_it_introduces_itself_by_its_verdict(new_comparison):
    assert repr(new_comparison(MEANS)).startswith("Comparison(best='relu', verdict=\"relu is best")
