import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy import sparse

from ogive.comparison.design.problem import read_problem
from ogive.text import InputError

Y = ["a", "b", "a", "b"]


def read(X, y=Y, prepare=None):
    return read_problem(X, y, task=None, target_name=None, prepare=prepare)


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame])
def test_columns_are_counted_by_kind_and_missing_cells(make):
    table = {
        "size": [1.5, None, 2.5, 3.0],
        "count": [1, 2, 3, 4],
        "colour": ["red", None, "blue", None],
        "when": [pd.Timestamp("2024-01-01").to_pydatetime()] * 4,
    }
    summary = read(make(table)).summary
    assert (summary.n_numeric, summary.n_categorical, summary.n_dates) == (2, 1, 1)
    assert summary.n_columns == 4
    assert summary.n_missing == 3
    assert summary.class_counts == {"a": 2, "b": 2}


def test_missing_numbers_of_a_matrix_are_counted():
    assert read(np.array([[1.0], [np.nan], [2.0], [3.0]])).summary.n_missing == 1


def test_infinite_values_are_refused_with_their_column():
    with pytest.raises(InputError, match="'b' holds an infinite value in row 3"):
        read(pd.DataFrame({"a": [1, 2, 3, 4], "b": [1.0, 2.0, np.inf, 4.0]}))


def test_numbers_of_rows_must_agree():
    with pytest.raises(InputError, match="X has 3 rows and y has 4"):
        read(np.ones((3, 2)))


def test_a_table_without_columns_is_refused():
    with pytest.raises(InputError):
        read(np.ones((4, 0)))


def test_a_sparse_matrix_is_refused_with_the_way_out():
    with pytest.raises(InputError, match="toarray"):
        read(sparse.csr_matrix(np.eye(4)))


def test_unprepared_columns_must_be_complete_numbers():
    with pytest.raises(InputError, match="without missing values"):
        read(np.array([[1.0], [np.nan], [2.0], [3.0]]), prepare="passthrough")
    assert read(np.ones((4, 2)), prepare="passthrough").table.shape == (4, 2)


def test_the_summary_is_plain_data():
    assert read(np.ones((4, 2))).summary.to_dict()["n_rows"] == 4
