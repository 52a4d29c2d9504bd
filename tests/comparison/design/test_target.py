import numpy as np
import pandas as pd
import polars as pl
import pytest

from ogive.comparison.design.target import check_folds, read_target
from ogive.text import InputError


def test_classes_become_numbers_in_their_order():
    target = read_target(["b", "a", "b", "c"], None, None)
    assert target.task == "classification"
    assert target.values.tolist() == [1, 0, 1, 2]
    assert target.counts() == {"a": 1, "b": 2, "c": 1}


def test_quantities_stay_as_they_are():
    target = read_target([0.5, 1.5, 2.5], None, None)
    assert target.task == "regression"
    assert target.values.dtype == np.float64
    assert target.counts() is None
    assert target.moments() == pytest.approx((1.5, np.std([0.5, 1.5, 2.5])))


@pytest.mark.parametrize("make", [pd.Series, pl.Series, list, np.array])
def test_any_kind_of_column_will_do(make):
    assert read_target(make(["x", "y", "x"]), None, None).values.tolist() == [0, 1, 0]


def test_the_name_of_a_series_is_kept_unless_another_is_given():
    series = pd.Series([1.5, 2.5], name="price")
    assert read_target(series, None, None).name == "price"
    assert read_target(series, None, "cost").name == "cost"
    assert read_target(pd.Series([1.5, 2.5]), None, None).name == "y"
    assert read_target(pd.DataFrame({"price": [1.5, 2.5]}), None, None).name == "price"


def test_categories_and_a_single_column_are_classes():
    assert read_target(pd.Categorical(["u", "v"]), None, None).counts() == {"u": 1, "v": 1}
    assert read_target(np.array([["u"], ["v"]]), None, None).counts() == {"u": 1, "v": 1}


def test_the_task_may_be_chosen():
    assert read_target([1, 2, 3, 1, 2, 3], "regression", None).classes is None
    assert read_target([0.5, 1.5, 0.5], "classification", None).counts() == {"0.5": 2, "1.5": 1}


def test_an_unknown_task_is_refused():
    with pytest.raises(InputError, match="task must be 'classification'"):
        read_target([1, 2], "ranking", None)


@pytest.mark.parametrize("y", [[1, 1, 1], ["a", "a"], [0.5, 0.5]])
def test_a_target_with_one_value_is_refused(y):
    with pytest.raises(InputError, match="The target has one value only"):
        read_target(y, None, None)


@pytest.mark.parametrize("y", [["a", None, "b"], [1.0, np.nan, 2.0], pd.Series(["a", None])])
def test_missing_targets_are_refused_and_counted(y):
    with pytest.raises(InputError, match="no value in 1 row;"):
        read_target(y, None, None)


def test_infinite_targets_are_refused():
    with pytest.raises(InputError, match="infinite in 2 rows"):
        read_target([1.0, np.inf, 2.0, -np.inf], None, None)


@pytest.mark.parametrize("y", [np.zeros((3, 2)), [], pd.DataFrame({"a": [1, 2], "b": [3, 4]})])
def test_anything_but_one_column_is_refused(y):
    with pytest.raises(InputError, match="y must be one column"):
        read_target(y, None, None)


def test_text_cannot_be_a_quantity():
    with pytest.raises(InputError, match="regression cannot predict"):
        read_target(["a", "b"], "regression", None)


def test_fewer_rows_than_folds_are_refused():
    with pytest.raises(InputError, match="3 rows cannot be cut into 5 folds"):
        check_folds(read_target([1.5, 2.5, 3.5], None, None), 5)


def test_folds_of_one_row_are_refused_for_regression():
    with pytest.raises(InputError, match="folds of a single row"):
        check_folds(read_target(np.arange(7) + 0.5, None, None), 5)


def test_a_class_rarer_than_the_folds_is_refused_by_name():
    target = read_target(["a"] * 9 + ["rare"] * 2, None, None)
    with pytest.raises(InputError, match="Class 'rare' of the target has 2 rows") as error:
        check_folds(target, 5)
    assert "rare" in error.value.text.zh
    check_folds(target, 2)
