import json
from dataclasses import asdict
from datetime import date

import numpy as np
import polars as pl
import pytest

from ogive.comparison.design.column_summary import (
    MOST_COLUMNS,
    ColumnSummary,
    histogram,
    summarise_column,
)
from ogive.comparison.design.problem import DataSummary, read_problem


def summary(name, values, n_missing=0, dtype=None):
    return summarise_column(pl.Series(name, values, dtype=dtype), n_missing)


def test_numbers_have_their_range_and_mean():
    found = summary("size", [1.5, None, float("nan"), 4.5], 2)
    assert found == ColumnSummary("size", "number", "Float64", 2, 1.5, 4.5, 3.0)


def test_dates_have_their_range_as_text():
    found = summary("day", [date(2024, 2, 1), date(2023, 5, 7)])
    assert (found.kind, found.dtype, found.low, found.high) == (
        "date",
        "Date",
        "2023-05-07",
        "2024-02-01",
    )


def test_categories_have_their_most_frequent_values_first_and_equals_by_name():
    found = summary("colour", ["b", "a", "c", "c", None], 1)
    assert found.frequent == (("c", 2), ("a", 1), ("b", 1))
    assert found.n_distinct == 3


def test_of_many_values_five_are_kept():
    found = summary("id", [f"row {i}" for i in range(100)])
    assert len(found.frequent) == 5
    assert found.n_distinct == 100


@pytest.mark.parametrize("name", ["value", "rows", "times"])
def test_a_column_may_have_any_name(name):
    assert summary(name, ["a", "b", "a"]).frequent == (("a", 2), ("b", 1))


def test_truth_values_are_categories():
    assert summary("ill", [True, False, True]).frequent == (("true", 2), ("false", 1))


def test_long_texts_are_cut_off():
    found = summary("n" * 200, ["v" * 200])
    assert len(found.name) == len(found.frequent[0][0]) == 60
    assert found.name.endswith("…")


@pytest.mark.parametrize("dtype", [pl.Null, pl.Float64, pl.String])
def test_a_column_without_any_value_says_only_so(dtype):
    found = summary("empty", [None, None], 2, dtype)
    assert (found.low, found.high, found.mean, found.frequent) == (None, None, None, ())
    assert found.n_missing == 2


def test_lists_are_told_of_by_their_type_only():
    assert summary("points", [[1, 2], [3]]).dtype == "List"


def test_histograms_count_every_value_once():
    values = np.random.default_rng(0).normal(size=1000)
    edges, counts = histogram(values)
    assert sum(counts) == 1000
    assert (edges[0], edges[-1]) == (values.min(), values.max())
    assert len(edges) == len(counts) + 1 == 21


def test_whole_numbers_lie_in_the_middle_of_their_bins():
    edges, counts = histogram(np.array([1.0, 2.0, 2.0, 5.0]))
    assert edges == (0.5, 1.5, 2.5, 3.5, 4.5, 5.5)
    assert counts == (1, 2, 0, 0, 1)


def test_evenly_spread_whole_numbers_look_even():
    _, counts = histogram(np.arange(100.0))
    assert set(counts) == {5}


def test_wide_tables_keep_the_first_columns_only():
    table = np.arange(400.0).reshape(4, 100)
    table[0, 99] = np.nan
    data = read_problem(table, ["a", "b", "a", "b"], task=None, target_name=None, prepare=None)
    assert len(data.summary.columns) == MOST_COLUMNS
    assert data.summary.n_columns == 100
    assert data.summary.n_incomplete == 1


@pytest.mark.parametrize("y", [["a", "b", "a", "b"], [1.5, 2.5, 3.25, 7.0]])
def test_a_summary_survives_being_written_as_json(y):
    table = pl.DataFrame(
        {
            "n": [1, 2, 3, None],
            "c": ["x", None, "x", "y"],
            "d": [date(2024, 1, i + 1) for i in range(4)],
        }
    )
    found = read_problem(table, y, task=None, target_name="t", prepare=None).summary
    assert DataSummary.from_dict(json.loads(json.dumps(found.to_dict()))) == found


def test_a_summary_of_an_earlier_version_lacks_nothing_but_the_columns():
    old = {"n_rows": 4, "n_numeric": 1, "n_dates": 0, "n_categorical": 0, "n_missing": 0}
    old |= {"target": "t", "class_counts": {"a": 4}, "target_mean": None, "target_deviation": None}
    found = DataSummary.from_dict(old)
    assert (found.n_rows, found.columns, found.target_counts) == (4, (), ())


def test_what_a_later_version_adds_is_passed_over():
    plain = asdict(summary("size", [1.0, 2.0])) | {"later": 1}
    assert ColumnSummary.from_dict(plain) == summary("size", [1.0, 2.0])
