"""What is wrong with a table is found before it is fitted."""

import datetime

import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy import sparse

from ogive.linear import LinearRegression, check_completeness
from ogive.text import InputError

CELLS = {
    "area": [52.0, None, 80.0, 75.5],
    "kind": ["flat", "house", None, "flat"],
    "id": [2**53 + 1, 2**53 + 3, 5, 7],
    "price": [1.0, float("inf"), 3.0, float("nan")],
    "new": [True, False, True, None],
}


@pytest.mark.parametrize(
    "table",
    [
        pl.DataFrame(CELLS),
        pl.LazyFrame(CELLS),
        pd.DataFrame(CELLS),
        pd.DataFrame(CELLS).convert_dtypes(),
    ],
    ids=["polars", "lazy", "pandas", "nullable"],
)
def test_every_kind_of_frame_tells_the_same(table):
    report = check_completeness(table)
    missing = {
        name: (one["count"], one["rows"])
        for name, one in report.of("OGV231").numbers["columns"].items()
    }
    infinite = report.of("OGV232").numbers["columns"]
    assert {"area": (1, [1]), "kind": (1, [2]), "new": (1, [3])}.items() <= missing.items()
    assert infinite == {"price": {"count": 1, "rows": [1]}}
    assert report.of("OGV233").numbers["columns"] == ["kind"]
    assert report.of("OGV237").numbers["inexact"] == {"id": 2}


def test_where_values_are_missing_is_said_in_both_languages():
    X = np.ones((200, 2)) * np.arange(200)[:, None]
    X[20:40, 1] = np.nan
    result = check_completeness(X).of("OGV231")
    assert "x1: 20 (rows 20, 21, 22, 23, 24, …)" in result.meaning.en
    assert "x1：20 个（第 20、21、22、23、24…… 行）" in result.meaning.zh
    assert result.numbers["columns"]["x1"]["count"] == 20


def test_missing_values_of_the_target_count_too():
    report = check_completeness(np.arange(40.0).reshape(20, 2), [None, *range(19)])
    assert report.of("OGV231").numbers["columns"] == {"y": {"count": 1, "rows": [0]}}
    assert "19 complete rows" in report.of("OGV236").meaning.en


def test_dates_are_not_numbers():
    table = pl.DataFrame({"day": [datetime.date(2024, 1, i + 1) for i in range(3)]})
    assert report_of(table, "OGV233").numbers["types"] == {"day": "Date"}


@pytest.mark.parametrize("unit", ["D", "ns"])
def test_dates_in_an_array_are_not_numbers(unit):
    days = np.array([["2024-05-01"], ["NaT"], ["2024-05-03"]], f"datetime64[{unit}]")
    report = check_completeness(days)
    assert report.of("OGV233").numbers["types"] == {"x0": f"datetime64[{unit}]"}
    assert "2024-05-01" in report.of("OGV233").meaning.en
    assert report.of("OGV231").numbers["columns"] == {"x0": {"count": 1, "rows": [1]}}


def report_of(table, code, **settings):
    return check_completeness(table, **settings).of(code)


def test_a_sparse_table_is_not_made_dense():
    X = sparse.random(500, 6, density=0.1, format="csr", random_state=0).tolil()
    X[:, 4] = X[:, 1]
    X[:, 5] = 0
    report = check_completeness(X.tocsr())
    assert report.of("OGV235").numbers["pairs"] == [["x4", "x1"]]
    assert report.of("OGV234").numbers["columns"] == {"x5": 0.0}


def test_columns_that_differ_in_one_row_are_not_equal():
    X = np.random.default_rng(0).integers(0, 2, size=(300, 2)).astype(float)
    X[:, 1] = X[:, 0]
    assert report_of(X, "OGV235").verdict == "issue"
    X[151, 1] = 1 - X[151, 1]
    assert report_of(X, "OGV235").verdict == "passed"


def test_a_negative_zero_equals_zero():
    X = np.array([[0.0, -0.0], [1.0, 1.0], [2.0, 2.0]])
    assert report_of(X, "OGV235").verdict == "issue"


def test_a_single_column_of_ones_stands_for_the_constant_where_there_is_none():
    X = np.column_stack([np.ones(40), np.arange(40.0)])
    assert report_of(X, "OGV234").verdict == "issue"
    assert report_of(X, "OGV234", fit_intercept=False).verdict == "passed"


def test_values_that_hardly_differ_for_their_size_are_a_tip():
    lengths = 1.7e-3 + 1e-15 * np.arange(50.0)
    result = report_of(np.column_stack([lengths, np.arange(50.0)]), "OGV237")
    assert result.verdict == "tip"
    assert set(result.numbers["digits"]) == {"x0"}


def test_large_whole_numbers_that_are_floats_already_are_a_tip():
    X = np.column_stack([2.0**55 + 2.0**40 * np.arange(50), np.arange(50.0)])
    result = report_of(X, "OGV237")
    assert result.verdict == "tip"
    assert result.numbers["rounded"] == {"x0": 50}


def test_whole_numbers_that_are_exact_though_large_lose_nothing():
    X = np.array([[2**60, 1], [2**60 + 2**20, 2], [0, 3]])
    assert report_of(X, "OGV237").verdict == "passed"


def test_a_constant_target_is_an_issue():
    X = np.arange(40.0)[:, None]
    report = LinearRegression().fit(X, np.full(40, 3.0)).check_assumptions()
    assert report.of("OGV238").verdict == "issue"
    assert report.of("OGV201").verdict == "not applicable"


@pytest.mark.parametrize("table", [np.ones(3), "house.csv", np.ones((2, 2, 2))])
def test_what_is_no_table_is_refused(table):
    with pytest.raises(InputError, match="X must be a table of rows and columns"):
        check_completeness(table)


def test_tables_of_different_lengths_are_refused():
    with pytest.raises(InputError, match="X has 3 rows and y has 2"):
        check_completeness(np.ones((3, 2)), [1, 2])


def test_one_is_counted_in_the_singular():
    report = check_completeness(np.array([[1.0]]), fit_intercept=False)
    assert report.of("OGV231").meaning.en == "The only row is complete."
    assert "1 complete row for 1 coefficient," in report.of("OGV236").meaning.en
    enough = check_completeness([[1.0]], fit_intercept=False, rows_per_parameter=0.5)
    assert "0.5 for each" in enough.of("OGV236").meaning.en


def test_what_is_constant_is_spoken_of_in_its_number():
    one = check_completeness([[1.0, 5.0], [2.0, 5.0]]).of("OGV234").meaning.en
    two = check_completeness([[5.0, 5.0], [5.0, 5.0]]).of("OGV234").meaning.en
    assert "nothing can be learned from it" in one
    assert "their coefficients are not determined" in two


def test_of_more_than_eight_columns_seven_are_named():
    names = [f"c{j}" for j in range(9)]
    table = pd.DataFrame(np.ones((3, 9)), columns=names)
    assert "c6 = 1 and 2 more in every row" in report_of(table, "OGV234").meaning.en
    assert "c7 = 1 in every row" in report_of(table[names[:8]], "OGV234").meaning.en
