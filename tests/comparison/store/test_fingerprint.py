"""The hash of the data: what is in them counts, not how they came to be there."""

from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import polars as pl
import pytest
from sklearn.preprocessing import StandardScaler

from ogive.comparison.design.problem import read_problem
from ogive.comparison.store.fingerprint import fingerprint

Y = [0, 1, 0, 1, 0, 1]
COLUMNS = {
    "number": [1.0, 2.5, None, float("nan"), 0.0, -3.0],
    "whole": [1, 2, 3, None, 5, 6],
    "text": ["a", "bc", None, "", "å中", "a"],
    "truth": [True, False, None, True, True, False],
    "day": [date(2020, 1, 1), None, date(2021, 1, 1), date(2020, 1, 2)] + [date(2020, 1, 1)] * 2,
    "moment": [datetime(2020, 1, 1, 12), None] + [datetime(2021, 1, 1)] * 4,
    "time": [timedelta(seconds=1), None] + [timedelta(days=1)] * 4,
}


def of(X, y=None, prepare=None, task="classification"):
    problem = read_problem(X, Y if y is None else y, task=task, target_name=None, prepare=prepare)
    return fingerprint(problem)


def frame(**changed):
    return pl.DataFrame(COLUMNS | changed)


def test_a_table_has_one_fingerprint():
    assert of(frame()) == of(frame())
    assert len(of(frame())) == 64


def test_it_stays_the_same_from_version_to_version():
    assert of(frame()) == ("335056151d80807b57f2aeb3eb60881695c32306eea6ff63973dd1d52255e8d3")


@pytest.mark.parametrize("name", COLUMNS)
def test_each_cell_counts(name):
    values = list(COLUMNS[name])
    values[0], values[1] = values[1], values[0]
    assert of(frame(**{name: values})) != of(frame())


@pytest.mark.parametrize("name", COLUMNS)
def test_a_missing_cell_counts(name):
    values = list(COLUMNS[name])
    values[5] = None
    assert of(frame(**{name: values})) != of(frame())


def test_text_is_not_cut_at_other_places():
    parts = [["ab", "c"] * 3, ["a", "bc"] * 3, ["abc", ""] * 3]
    assert len({of(pl.DataFrame({"t": one})) for one in parts}) == 3


def test_names_types_and_order_of_columns_count():
    a = pl.DataFrame({"a": [1, 2, 3, 4, 5, 6], "b": [1, 1, 2, 2, 3, 3]})
    tables = [
        a,
        a.select("b", "a"),
        a.rename({"a": "c"}),
        a.cast(pl.Float64),
        a.cast(pl.Int32),
        a.cast(pl.String),
        a.cast(pl.String).cast(pl.Categorical),
    ]
    assert len({of(table) for table in tables}) == len(tables)


def test_rows_in_another_order_are_other_data():
    assert of(frame().reverse(), Y[::-1]) != of(frame(), Y)


def test_the_sign_of_zero_does_not_count():
    one = {"number": [1.0, 2.5, None, float("nan"), -0.0, -3.0]}
    assert of(frame(**one)) == of(frame())


def test_frames_of_any_library_are_the_same_data():
    columns = {"a": [1.5, 2.5, 3.5, 4.5, 5.5, 6.5], "b": ["x", "y", "x", "z", "z", "y"]}
    assert of(pd.DataFrame(columns)) == of(pl.DataFrame(columns))


def test_pieces_of_a_column_are_the_same_data():
    whole = pl.DataFrame({"a": [1, 2, 3, 4, 5, 6]})
    assert of(pl.concat([whole[:2], whole[2:]], rechunk=False)) == of(whole)


def test_a_matrix_that_is_not_prepared_is_hashed_as_it_is():
    X = np.arange(12.0).reshape(6, 2)
    plain = of(X, prepare="passthrough")
    assert of(np.asfortranarray(X), prepare="passthrough") == plain
    assert of(X.astype(">f8"), prepare="passthrough") == plain
    assert of(X.astype(np.float32), prepare="passthrough") != plain
    assert of(X + 1, prepare="passthrough") != plain


def test_a_table_that_the_users_transformer_prepares_is_hashed():
    X = np.arange(12.0).reshape(6, 2)
    assert of(X, prepare=StandardScaler()) == of(X.copy(), prepare=StandardScaler())
    assert of(X, prepare=StandardScaler()) != of(X + 1, prepare=StandardScaler())


def test_target_and_task_count():
    X = pl.DataFrame({"a": [1, 2, 3, 4, 5, 6]})
    y = [1, 2, 3, 1, 2, 3]
    made = [
        of(X, y),
        of(X, [1, 2, 3, 1, 3, 2]),
        of(X, ["1", "2", "3", "1", "2", "3"]),
        of(X, [1, 2, 4, 1, 2, 4]),
        of(X, y, task="regression"),
    ]
    assert len(set(made)) == len(made)


def test_the_name_of_the_target_does_not_count():
    X = pl.DataFrame({"a": [1, 2, 3, 4, 5, 6]})
    assert of(X, pl.Series("one", Y)) == of(X, pl.Series("two", Y))


def test_long_columns_are_hashed_in_portions(monkeypatch):
    rng = np.random.default_rng(0)
    table = pl.DataFrame({"a": rng.normal(size=5000), "b": rng.integers(9, size=5000)})
    y = rng.integers(2, size=5000)
    whole = of(table, y)
    changed = table.with_columns(a=pl.when(pl.int_range(5000) == 4999).then(0.5).otherwise("a"))
    monkeypatch.setattr("ogive.comparison.store.fingerprint.ROWS", 1000)
    assert of(table, y) != of(changed, y)
    monkeypatch.undo()
    assert of(table, y) == whole
