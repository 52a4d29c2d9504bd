"""What is said of streamed data that no regression can be fitted to."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from ogive import LinearRegression
from ogive.text import InputError

N = 70_000
FRAME = pl.DataFrame(
    {
        "size": np.random.default_rng(0).normal(size=N),
        "distance": np.random.default_rng(1).normal(size=N),
        "price": np.random.default_rng(2).normal(size=N),
    }
)


def refusal(data, y="price", sample_weight=None, **parameters) -> str:
    with pytest.raises(InputError) as caught:
        LinearRegression(**parameters).fit(data, y, sample_weight)
    text = caught.value.text
    assert text.zh != text.en
    return text.en


def at(rows, column, value):
    where = pl.int_range(pl.len()).is_in(rows)
    return pl.when(where).then(pl.lit(value)).otherwise(pl.col(column)).alias(column)


def test_missing_and_infinite_values_are_counted_by_column_with_the_first_row():
    frame = FRAME.with_columns(
        at([66_000, 69_999], "size", None),
        at([66_001], "price", float("nan")),
        at([69_000], "distance", float("inf")),
    )
    message = refusal(frame.lazy())
    assert "3 missing values (NaN or null): 'size' 2, 'price' 1" in message
    assert "1 infinite value (infinity): 'distance' 1" in message
    assert "first is in row 66,000 (counted from 0), column 'size'" in message
    assert "drop_nulls().drop_nans()" in message


def test_an_empty_column_is_missing_throughout():
    message = refusal(FRAME.lazy().with_columns(size=None))
    assert "70,000 missing values (NaN or null): 'size' 70,000" in message


def test_dropping_what_is_missing_helps():
    frame = FRAME.with_columns(at([3], "size", None)).lazy().drop_nulls().drop_nans()
    assert LinearRegression().fit(frame, y="price").solution_.n_samples == N - 1


def test_columns_without_numbers_are_refused_by_name():
    frame = FRAME.with_columns(
        city=pl.lit("Wuhan"), sold=pl.lit("2021-01-02").str.to_date(), flags=pl.lit([1])
    )
    message = refusal(frame.lazy())
    assert "'city' (String), 'sold' (Date), 'flags' (List(Int64))" in message
    assert ".drop(name)" in message


def test_a_file_with_text_says_how_to_leave_it_out(tmp_path):
    path = tmp_path / "houses.parquet"
    FRAME.with_columns(city=pl.lit("Wuhan")).write_parquet(path)
    assert f"pl.scan_parquet({str(path)!r}).drop(name)" in refusal(path)


def test_a_wrong_name_is_answered_by_the_nearest():
    assert "y='prise' is not a column of the data; there is: 'price'" in refusal(
        FRAME.lazy(), "prise"
    )
    assert "sample_weight='w' is not a column" in refusal(FRAME.lazy(), "price", "w")


@pytest.mark.parametrize("y", [None, 3, [], ["price", 1], np.zeros(N)])
def test_y_must_be_a_name(y):
    message = refusal(FRAME.lazy(), y)
    assert "y is missing" in message or "y must be the name of a column" in message


def test_weights_must_be_a_name():
    assert "got ndarray" in refusal(FRAME.lazy(), "price", np.ones(N))


def test_a_column_cannot_be_both_target_and_weight():
    assert "name a column twice" in refusal(FRAME.lazy(), "price", "price")
    assert "name a column twice" in refusal(FRAME.lazy(), ["price", "price"])


def test_no_columns_and_no_rows_are_said_to_be_none():
    assert "no column besides y" in refusal(FRAME.lazy().select("price"))
    assert "hold no rows" in refusal(FRAME.head(0).lazy())


def test_negative_weights_are_located_across_blocks():
    frame = FRAME.with_columns(w=pl.lit(1.0)).with_columns(at([66_000, 66_010], "w", -2.0))
    message = refusal(frame.lazy(), "price", "w")
    assert "'w' holds a negative value in row 66,000 (counted from 0): -2" in message


def test_weights_that_are_all_0_are_refused():
    assert "'w' are 0" in refusal(FRAME.lazy().with_columns(w=pl.lit(0)), "price", "w")


def test_whole_numbers_that_float64_would_round_are_refused():
    frame = FRAME.with_columns(id=pl.int_range(pl.len()) + 2**60)
    message = refusal(frame.lazy())
    assert "'id'" in message
    assert "beyond 2**53" in message


def test_values_whose_squares_overflow_are_refused_by_name():
    assert "column 'distance' are so large or small" in refusal(
        FRAME.lazy().with_columns(pl.col("distance") * 1e200)
    )


@pytest.mark.parametrize("parameters", [{"solver": "gd"}, {"solver": "normal"}, {"positive": True}])
def test_solvers_that_need_all_rows_say_so(parameters):
    assert "needs all rows in memory" in refusal(FRAME.lazy(), **parameters)


def test_files_that_are_not_there_or_of_another_kind_or_damaged_are_refused(tmp_path):
    assert "There is no file or folder" in refusal(tmp_path / "houses.parquet")
    assert "holds no Parquet files" in refusal(tmp_path)
    other = tmp_path / "houses.xlsx"
    other.write_bytes(b"PK")
    assert "is not of a kind that can be read in blocks" in refusal(other)
    damaged = tmp_path / "houses.parquet"
    damaged.write_bytes(b"not a table")
    assert "cannot be read" in refusal(damaged)
    empty = tmp_path / "houses.csv"
    empty.write_text("")
    assert "cannot be read" in refusal(empty)


def test_text_far_down_in_a_csv_is_refused(tmp_path):
    path = tmp_path / "late.csv"
    path.write_text("a,price\n" + "1,2\n" * 11_000 + "none,3\n")
    message = refusal(path)
    assert "cannot be read" in message
    assert "none" in message
