"""Classes of a target: which there are, which each row has, and what is no class."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.exceptions import DataConversionWarning

from ogive.classification.labels import labels as module
from ogive.classification.labels.labels import checked_labels
from ogive.text import InputError

RANDOM = np.random.default_rng(0)
PLACES = RANDOM.integers(0, 4, size=50)

COLUMNS = {
    "int64": np.array([-3, 0, 7, 900]),
    "int8": np.array([-128, -1, 0, 127], dtype=np.int8),
    "uint64": np.array([1, 2, 3, 2**63], dtype=np.uint64),
    "wide apart": np.array([-(10**15), 0, 5, 10**15]),
    "float": np.array([-1.0, 0.0, 2.0, 5.0]),
    "float32": np.array([0, 1, 2, 3], dtype=np.float32),
    "text": np.array(["", "a", "b", "猫"]),
    "objects": np.array(["a", "ab", "b", "猫"], dtype=object),
    "bytes": np.array([b"a", b"b", b"c", b"d"]),
}


@pytest.mark.parametrize("classes", COLUMNS.values(), ids=COLUMNS)
def test_classes_and_their_places_are_those_of_numpy_unique(classes):
    y = classes[PLACES]
    found = checked_labels(y)
    expected, index = np.unique(y, return_inverse=True)
    np.testing.assert_array_equal(found.classes, expected)
    assert found.classes.dtype == y.dtype
    np.testing.assert_array_equal(found.index, index)
    assert found.index.dtype == np.int32


def test_truth_values_are_two_classes():
    found = checked_labels([True, False, True])
    np.testing.assert_array_equal(found.classes, [False, True])
    assert found.classes.dtype == np.bool_
    np.testing.assert_array_equal(found.index, [1, 0, 1])


def test_whole_numbers_in_an_object_column_are_numbers():
    found = checked_labels(np.array([3, 1, 3], dtype=object))
    np.testing.assert_array_equal(found.classes, [1, 3])
    assert found.classes.dtype.kind == "i"


def test_a_column_that_is_not_contiguous_is_read_right():
    y = np.array([[True, False], [False, True], [True, True]])[:, 1]
    np.testing.assert_array_equal(checked_labels(y).index, [0, 1, 1])


@pytest.mark.parametrize("y", [np.arange(5) % 2 * 10, np.arange(5) % 2 > 0])
def test_whole_numbers_and_truth_values_are_not_sorted(y, monkeypatch):
    def sorts(*_, **__):
        raise AssertionError("sorted")

    monkeypatch.setattr(module.np, "unique", sorts)
    np.testing.assert_array_equal(checked_labels(y).index, [0, 1, 0, 1, 0])


def test_a_column_of_a_table_is_flattened_with_a_warning():
    with pytest.warns(DataConversionWarning, match="1d array"):
        found = checked_labels(np.array([[0], [1]]))
    np.testing.assert_array_equal(found.index, [0, 1])


MIXED = {
    "list": [0, "a", 1],
    "array": np.array(["a", 1.5, "b"], dtype=object),
    "truth and numbers": np.array([True, 2, False], dtype=object),
}


@pytest.mark.parametrize("y", MIXED.values(), ids=MIXED)
def test_labels_of_mixed_type_are_refused_and_each_type_is_shown(y):
    with pytest.raises(InputError, match="mixed type: .* and ") as error:
        checked_labels(y)
    assert "类型不一致" in error.value.text.zh


MISSING = {
    "float": ([0.0, np.nan, 1.0], 1),
    "infinite": ([0.0, 1.0, np.inf], 2),
    "text": (["a", "b", np.nan], 2),
    "None": (["a", None, "b"], 1),
    "None among numbers": ([0, 1, None], 2),
}


@pytest.mark.parametrize(("y", "row"), MISSING.values(), ids=MISSING)
def test_missing_classes_are_counted_and_the_first_is_named(y, row):
    with pytest.raises(InputError, match=f"Input y contains .* row {row} ") as error:
        checked_labels(y)
    assert f"第 {row} 行" in error.value.text.zh


def test_missing_values_of_pandas_are_missing():
    pandas = pytest.importorskip("pandas")
    with pytest.raises(InputError, match="row 1 "):
        checked_labels(pandas.Series([0, None, 1], dtype="Int64"))


def test_measurements_are_no_classes():
    with pytest.raises(InputError, match=r"Unknown label type: continuous.* 1\.25 in row 1 "):
        checked_labels([0.0, 1.25, 2.0])


def test_numbers_too_large_for_a_float_to_tell_apart_are_no_classes():
    with pytest.raises(InputError, match="Unknown label type: continuous"):
        checked_labels([1e300, 1.0])


def test_dates_are_no_classes():
    with pytest.raises(InputError, match="Unknown label type: y holds datetime64"):
        checked_labels(np.array(["2020-01-01", "2020-01-02"], dtype="datetime64[D]"))


@pytest.mark.parametrize("y", [[1, 1], ["a", "a"], [True, True], [2.0, 2.0]])
def test_one_class_is_refused_and_named(y):
    with pytest.raises(InputError, match=f"only one class: {y[0]!r}") as error:
        checked_labels(y)
    assert repr(y[0]) in error.value.text.zh


def test_another_number_of_rows_is_refused():
    with pytest.raises(InputError, match="X has 3 rows and y has 2"):
        checked_labels([0, 1], n_samples=3)


def test_several_labels_a_row_are_referred_to_one_vs_rest():
    with pytest.raises(InputError, match="OneVsRestClassifier"):
        checked_labels([[0, 1], [1, 1]])
