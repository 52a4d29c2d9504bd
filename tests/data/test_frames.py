import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from scipy import sparse

from ogive.data.frames import as_frame
from ogive.text import InputError


def test_pandas_columns_keep_their_meaning():
    table = pd.DataFrame(
        {
            "float": [1.0, np.nan],
            "text": ["x", None],
            "category": pd.Categorical(["u", "v"]),
            "date": pd.to_datetime(["2020-01-01", None]),
            "truth": [True, False],
            "nullable": pd.array([1, None], dtype="Int64"),
            "mixed": [1, "x"],
        }
    )
    frame = as_frame(table)
    assert frame.rows()[1][:3] == (None, None, "v")
    assert frame["nullable"].to_list() == [1, None]
    assert frame["mixed"].to_list() == ["1", "x"]
    assert frame["date"].null_count() == 1


def test_an_arrow_table_is_understood():
    assert as_frame(pa.table({"a": [1, 2]})).rows() == [(1,), (2,)]


def test_a_lazy_frame_is_collected():
    assert as_frame(pl.LazyFrame({"a": [1]})).rows() == [(1,)]


def test_the_columns_of_a_matrix_are_numbered():
    assert as_frame(np.zeros((2, 3))).columns == ["x0", "x1", "x2"]
    assert as_frame([[1, 2], [3, 4]]).rows() == [(1, 2), (3, 4)]


def test_a_matrix_of_objects_is_typed_by_column():
    table = np.array([[1, "a", None], [2.5, None, "b"]], dtype=object)
    assert as_frame(table).dtypes == [pl.Float64, pl.String, pl.String]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (np.zeros(3), "two dimensions"),
        (np.zeros((2, 2, 2)), "two dimensions"),
        (np.zeros((2, 2), dtype=complex), "Got an array of complex128"),
        (sparse.csr_array(np.eye(2)), "sparse"),
        (pd.DataFrame(np.zeros((2, 2)), columns=["a", "a"]), "more than once: a"),
    ],
)
def test_what_is_no_table_is_refused(table, message):
    with pytest.raises(InputError, match=message):
        as_frame(table)
