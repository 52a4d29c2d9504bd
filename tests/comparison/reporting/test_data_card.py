from dataclasses import replace

import pytest

from ogive.comparison.design.column_summary import ColumnSummary
from ogive.comparison.design.problem import DataSummary
from ogive.comparison.reporting.data_card import balance, column_rows, data_facts

DATA = DataSummary(200, 2, 1, 1, 6, "kind", {"a": 150, "b": 50}, None, None)


def values(column, language="en"):
    (row,) = column_rows(replace(DATA, columns=(column,)), language)
    return row["said"]


@pytest.mark.parametrize(
    ("low", "high", "mean", "said"),
    [
        (0.1, 7.9, 3.24567, "0.1 to 7.9, mean 3.246"),
        (-1.0, 1953.0, 0.5, "\u22121 to 1953, mean 0.5"),
        (0.0, 1234567.0, 1e5, "0 to 1,234,567, mean 100,000"),
        (3.0, 3.0, 3.0, "always 3"),
    ],
)
def test_numbers_are_told_by_their_range(low, high, mean, said):
    assert values(ColumnSummary("x", "number", "Float64", 0, low, high, mean)) == said


def test_dates_are_told_by_their_range():
    ends = "2023-01-01 00:00:00", "2024-05-06 12:00:00"
    column = ColumnSummary("day", "date", "Datetime", 0, *ends)
    assert values(column) == "2023-01-01 to 2024-05-06 12:00:00"
    assert values(column, "zh") == "2023-01-01 至 2024-05-06 12:00:00"


def test_categories_are_told_by_their_most_frequent_values():
    column = ColumnSummary(
        "c", "category", "String", 0, None, None, None, 9, (("x", 100), ("y", 8))
    )
    assert values(column) == "x 50%, y 4.0%, 7 more"


def test_a_column_without_values_says_so():
    assert values(ColumnSummary("e", "number", "Null", 200)) == "no value at all"


def test_missing_values_are_counted_with_their_share():
    gaps = ColumnSummary("x", "number", "Float64", 6, 0.0, 1.0, 0.5)
    none = replace(gaps, n_missing=0)
    first, second = column_rows(replace(DATA, columns=(gaps, none)), "en")
    assert (first["missing"], first["missing_share"]) == ("6", "3.0%")
    assert (second["missing"], second["missing_share"]) == ("–", "")


def test_the_facts_name_the_columns_with_gaps():
    facts = dict(data_facts(replace(DATA, n_incomplete=2), "classification", "en"))
    assert facts["Missing values"] == "6 (0.8% of all cells), in 2 of the columns"


def test_classes_are_counted_with_bars_of_their_share():
    first, second = balance(DATA, "en")
    assert (first["label"], first["n"], first["share"], first["length"]) == ("a", "150", "75%", 100)
    assert second["length"] == pytest.approx(33.3)


def test_the_target_of_a_regression_has_a_histogram():
    data = replace(DATA, class_counts=None, target_edges=(0.0, 1.25, 2.5), target_counts=(150, 50))
    assert [(b["label"], b["n"]) for b in balance(data, "en")] == [
        ("0 to 1.25", "150"),
        ("1.25 to 2.5", "50"),
    ]


def test_bins_of_whole_numbers_are_named_by_the_numbers_in_them():
    data = replace(DATA, class_counts=None, target_edges=(0.5, 1.5, 2.5), target_counts=(150, 50))
    assert [b["label"] for b in balance(data, "en")] == ["1", "2"]
    wide = replace(data, target_edges=(-0.5, 4.5, 9.5))
    assert [b["label"] for b in balance(wide, "zh")] == ["0 至 4", "5 至 9"]


def test_a_summary_of_an_earlier_version_has_no_columns_and_no_histogram():
    old = replace(DATA, class_counts=None)
    assert column_rows(old, "en") == []
    assert balance(old, "en") == []
