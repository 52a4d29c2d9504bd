import numpy as np
import polars as pl
import pytest

from ogive.data.task import infer_task, target_values
from ogive.text import InputError


@pytest.mark.parametrize(
    ("values", "task"),
    [
        (["a", "b"], "classification"),
        ([True, False], "classification"),
        ([0, 1, 2] * 10, "classification"),
        ([0.0, 1.0] * 10, "classification"),
        ([1, 0, 0], "classification"),  # two are classes in however few rows
        ([0, 1, 2], "regression"),  # one row each: three quantities rather than three classes
        (list(range(21)) * 10, "regression"),
        ([0.0, 1.0, 2.0] * 10, "regression"),
        ([0.5, 1.5] * 10, "regression"),
    ],
)
def test_the_task_follows_from_the_target(values, task):
    assert infer_task(pl.Series("y", values)) == task


def test_categoricals_are_classes():
    assert infer_task(pl.Series("y", ["a", "b"], dtype=pl.Categorical)) == "classification"


def test_classes_keep_their_type():
    assert target_values(pl.Series("y", [2, 1]), "classification").dtype == np.int64
    assert target_values(pl.Series("y", [True, False]), "classification").dtype == np.bool_
    assert target_values(pl.Series("y", ["甲", "b"]), "classification").tolist() == ["甲", "b"]


def test_whole_floats_become_whole_classes_and_fractions_become_text():
    assert target_values(pl.Series("y", [0.0, 1.0]), "classification").dtype == np.int64
    assert target_values(pl.Series("y", [0.5, 1.0]), "classification").tolist() == ["0.5", "1.0"]


def test_a_regression_target_is_float64():
    assert target_values(pl.Series("y", [1, 2]), "regression").dtype == np.float64
    assert target_values(pl.Series("y", ["1.5", "2"]), "regression").tolist() == [1.5, 2.0]


def test_text_cannot_be_regressed():
    with pytest.raises(InputError, match="holds text such as 'b'"):
        target_values(pl.Series("y", ["1", "b"]), "regression")


@pytest.mark.parametrize("task", ["classification", "regression"])
def test_a_constant_target_is_refused(task):
    with pytest.raises(InputError, match="is 3 in every row"):
        target_values(pl.Series("y", [3, 3, 3]), task)


def test_a_date_is_no_target():
    dates = pl.Series("y", ["2024-01-01", "2024-01-02"]).str.to_date()
    with pytest.raises(InputError, match="must hold numbers or classes"):
        target_values(dates, "regression")
