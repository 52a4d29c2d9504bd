"""What is said of rows that no regression can be fitted to."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy import sparse

from ogive import LinearRegression
from ogive.text import InputError

X = np.random.default_rng(0).normal(size=(20, 3))
y = X @ [1.0, 2, 3]
SOLVERS = [{}, {"positive": True}, {"solver": "normal"}, {"solver": "gd"}]


def refusal(*rows, **given) -> InputError:
    with pytest.raises(InputError) as caught:
        LinearRegression(**given).fit(*rows)
    assert caught.value.text.zh != caught.value.text.en
    return caught.value


@pytest.mark.parametrize("given", SOLVERS)
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("where", ["X", "y"])
def test_values_that_are_not_finite_are_counted_and_located(given, value, where):
    parts = {"X": X.copy(), "y": y.copy()}
    parts[where][4:6] = value
    message = str(refusal(parts["X"], parts["y"], **given))
    assert f"Input {where} contains {'NaN' if np.isnan(value) else 'infinity'}" in message
    count = 6 if where == "X" else 2
    assert f"{count} {'missing' if np.isnan(value) else 'infinite'} values" in message
    assert "row 4 (counted from 0)" in message


def test_both_kinds_are_counted():
    bad = X.copy()
    bad[7, 1], bad[3, 2] = np.nan, np.inf
    message = str(refusal(bad, y))
    assert (
        "1 missing value and 1 infinite value, in columns 1, 2, the first in row 3 (counted from 0)"
        in message
    )


@pytest.mark.parametrize("library", [pd, pl])
def test_columns_of_frames_are_named(library):
    frame = library.DataFrame({"size": [1.0, 2, None, 4], "distance": [3.0, 1, 4, 1]})
    message = str(refusal(frame, [1, 2, 3, 4]))
    assert "1 missing value, in column 'size', the first in row 2 (counted from 0)" in message


def test_values_of_sparse_rows_are_located():
    bad = sparse.csr_array(X)
    bad[9, 2] = np.nan
    assert "1 missing value, in column 2, the first in row 9 (counted from 0)" in str(
        refusal(bad, y)
    )


@pytest.mark.parametrize("library", [pd, pl])
def test_columns_of_text_are_named(library):
    frame = library.DataFrame({"size": [1.0, 2, 3], "city": ["Wuhan", "Xi'an", "Wuhan"]})
    message = str(refusal(frame, [1, 2, 3]))
    assert "X holds text in 'city'" in message
    assert "OneHotEncoder" in message


DAYS = [datetime.datetime(2024, 5, day) for day in (1, 2, 4)]


@pytest.mark.parametrize("beside", [{"size": [1.0, 2, 3]}, {}], ids=["beside floats", "alone"])
@pytest.mark.parametrize("library", [pd, pl])
@pytest.mark.parametrize(
    "days",
    [DAYS, [day.date() for day in DAYS], [day - DAYS[0] for day in DAYS]],
    ids=["datetime", "date", "duration"],
)
def test_dates_and_times_are_refused_by_name_in_every_library(beside, library, days):
    frame = library.DataFrame({**beside, "sold": days})
    error = refusal(frame, [1, 2, 3])
    assert "X holds dates or times in 'sold'" in str(error)
    assert "X 的 'sold' 列是日期或时间" in error.text.zh


@pytest.mark.parametrize("library", [pd, pl])
def test_the_way_from_dates_to_days_that_is_named_works(library):
    X = library.DataFrame({"size": [1.0, 5, 3], "sold": DAYS})
    message = str(refusal(X, [1, 2, 3]))
    days = eval(message.split("for example by ")[1].rstrip("."), {"X": X, "np": np})
    assert list(days) == [0, 1, 3]


@pytest.mark.parametrize("library", [pd, pl])
def test_dates_are_refused_where_the_model_knows_the_column_as_a_number(library):
    model = LinearRegression().fit(library.DataFrame({"sold": [0.0, 1, 3]}), [1, 2, 3])
    with pytest.raises(InputError, match="X holds dates or times in 'sold'"):
        model.predict(library.DataFrame({"sold": DAYS}))


@pytest.mark.parametrize("values", [np.array(DAYS, "M8[ns]"), pd.Series(DAYS), pl.Series(DAYS)])
def test_dates_are_refused_as_a_target(values):
    assert "y holds dates or times." in str(refusal(X[:3], values))


def test_an_array_of_dates_is_refused():
    assert "X holds dates or times." in str(refusal(np.array(DAYS, "M8[s]")[:, None], y[:3]))


def test_columns_of_other_things_than_numbers_are_named():
    frame = pd.DataFrame({"size": [1.0, 2, 3], "tags": [{1}, {2}, {3}]})
    assert "X holds no numbers in 'tags'" in str(refusal(frame, [1, 2, 3]))


def test_lengths_that_differ_are_told():
    message = str(refusal(X, y[:-1]))
    assert "X has 20 rows and y has 19" in message


def test_weights_of_another_length_are_told():
    message = str(refusal(X, y, np.ones(19)))
    assert "Each of the 20 rows needs one weight; 19 were given" in message


def test_negative_weights_are_counted_and_located():
    weight = np.ones(20)
    weight[[6, 8]] = -2
    message = str(refusal(X, y, weight))
    assert "2 of them" in message
    assert "row 6 (counted from 0): -2" in message


@pytest.mark.parametrize("given", SOLVERS)
def test_weights_that_are_all_0_are_refused(given):
    assert "All values of sample_weight are 0" in str(refusal(X, y, np.zeros(20), **given))


def test_weights_that_are_missing_are_located():
    weight = np.ones(20)
    weight[3] = np.nan
    assert "Input sample_weight contains NaN: 1 missing value" in str(refusal(X, y, weight))


def test_whole_numbers_that_float64_would_round_are_refused():
    large = np.arange(20).reshape(-1, 1) + 2**60
    message = str(refusal(large, y))
    assert "beyond 2**53" in message
    assert "row 1 (counted from 0)" in message


def test_whole_numbers_near_2_to_53_are_exact():
    near = (np.arange(20) + 2**53 - 19).reshape(-1, 1)
    model = LinearRegression().fit(near, 2 * np.arange(20) + 1)
    assert model.coef_[0] == 2


def test_a_name_for_y_is_refused_with_a_table_in_memory():
    frame = pd.DataFrame(X, columns=["a", "b", "c"])
    assert "y=table[name]" in str(refusal(frame, "a"))


def test_rows_of_weight_0_may_not_hide_missing_values():
    bad, weight = X.copy(), np.ones(20)
    bad[4, 0], weight[4] = np.nan, 0
    assert "row 4 (counted from 0)" in str(refusal(bad, y, weight))
