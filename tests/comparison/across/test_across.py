import csv
import io
import json

import numpy as np
import pytest
from scipy import stats

import ogive
from ogive.comparison.across import Across
from ogive.text import InputError


def test_candidates_come_by_average_rank(ten):
    assert ten.labels[-1] == "step"
    average = ten.ranks.mean(axis=0)
    assert list(average) == sorted(average)
    assert [row.average_rank for row in ten.rows()] == pytest.approx(list(average))


def test_the_tests_are_those_of_scipy(new_across):
    rows = np.random.default_rng(5).random((9, 3))
    across = new_across(rows)
    assert across.friedman.statistic == pytest.approx(stats.friedmanchisquare(*rows.T).statistic)
    columns = dict(zip(("relu", "tanh", "step"), rows.T, strict=True))
    for pair in across.pairs:
        test = stats.wilcoxon(columns[pair.first], columns[pair.second], method="exact")
        assert pair.p == pytest.approx(test.pvalue)


def test_a_score_that_is_better_when_lower_is_shown_as_people_read_it(new_comparison, new_settings):
    # Within a comparison the sign of an error is changed.
    means = {"relu": -2.0, "tanh": -3.0}
    made = [
        new_comparison(means, classes=0, guess=-9.0, settings=new_settings(means, scoring="rmse"))
        for _ in range(2)
    ]
    across = Across({"a": made[0], "b": made[1]})
    assert across.best == "relu"
    assert across.scores[0] == pytest.approx([2.0, 3.0], abs=0.02)
    assert across.rows()[0].scores["a"] == pytest.approx(2.0, abs=0.02)


def test_the_table_can_be_had_in_each_form(three):
    records = three.table()
    assert records[0]["label"] == "relu"
    assert records[0]["score set 1"] == pytest.approx(0.95)
    assert records[2]["rank set 0"] == 3
    assert list(three.table("pandas")["label"]) == list(three.labels)
    assert three.table("polars")["average_rank"].to_list() == [1, 2, 3]
    assert "| relu | 1.00 | 3 |" in three.table("markdown")
    assert "平均名次" in three.table("markdown", language="zh")


def test_an_unknown_form_of_the_table_is_refused(three):
    with pytest.raises(InputError, match="'latex'"):
        three.table("latex")


def test_json_has_everything_and_no_number_that_is_not_finite(three):
    read = json.loads(three.to_json())
    assert read["best"] == "relu"
    assert read["rows"][0]["p_holm"] is None
    assert read["pairs"][0]["better"] is None
    assert read["friedman"]["f"] is None
    assert read["friedman"]["p"] == pytest.approx(1 / 36)
    # The critical difference is 2.343 * sqrt(12 / 18) = 1.91, and the ranks are 1, 2 and 3.
    assert read["groups"] == [["relu", "tanh"], ["tanh", "step"]]
    assert read["comparisons"]["set 2"]["data"]["n_rows"] == 150_000


def test_csv_has_a_row_for_each_candidate(three):
    rows = list(csv.DictReader(io.StringIO(three.to_csv())))
    assert [row["label"] for row in rows] == ["relu", "tanh", "step"]
    assert rows[0]["p_holm"] == ""
    assert float(rows[1]["score set 0"]) == pytest.approx(0.8)


def test_figures_are_charts_by_name(three):
    assert list(three.figures("zh")) == ["critical_difference"]


def test_it_is_made_from_real_comparisons():
    from sklearn.datasets import load_iris, load_wine

    options = {"max_iter": 3, "n_splits": 2, "n_repeats": 1, "learning_rates": [0.01]}
    made = {
        load.__name__: ogive.compare(
            *load(return_X_y=True), activations=["relu", "step"], **options
        )
        for load in (load_iris, load_wine)
    }
    across = Across(made)
    for i, name in enumerate(across.names):
        for j, label in enumerate(across.labels):
            assert across.scores[i, j] == pytest.approx(np.mean(made[name].scores[label]))
    assert "cannot be told from 2 data sets" in across.verdict.en
