import numpy as np
import pandas as pd
import polars as pl
import pytest
from planted_diagnoses import curve, three_classes
from scipy import sparse

from ogive.diagnosis.remedies.rows import given_rows, make_splits
from ogive.text import InputError


def given(X, y, *, classification=True, max_rows=None):
    rng = np.random.default_rng(0)
    return given_rows(X, y, classification=classification, max_rows=max_rows, rng=rng)


def test_each_split_holds_out_a_fifth_of_every_class():
    X, y = three_classes(150)
    for split in make_splits(given(X, y), 4, 0):
        assert sorted([*split.train, *split.test]) == list(range(150))
        assert np.bincount(y[split.test]).tolist() == [10, 10, 10]


def test_splits_and_seeds_differ_from_one_another_and_are_the_same_again():
    rows = given(*three_classes())
    first, again = make_splits(rows, 5, 3), make_splits(rows, 5, 3)
    assert len({one.seed for one in first}) == 5
    assert len({tuple(one.test) for one in first}) == 5
    assert [one.seed for one in first] == [one.seed for one in again]
    assert all(np.array_equal(a.test, b.test) for a, b in zip(first, again, strict=True))
    assert make_splits(rows, 5, 4)[0].seed != first[0].seed


def test_the_only_row_of_a_class_is_learnt_from():
    X, y = three_classes(60)
    y[0] = 9
    assert all(0 in split.train for split in make_splits(given(X, y), 20, 0))


def test_a_regression_is_split_along_its_target():
    y = np.arange(100.0)
    split = make_splits(given(np.zeros((100, 1)), y, classification=False), 2, 0)[0]
    assert np.array_equal(np.sort(y[split.test] // 5), np.arange(20))


def test_rows_with_several_labels_are_split_by_how_many_they_have():
    y = np.random.default_rng(0).integers(0, 2, (80, 6))
    split = make_splits(given(np.zeros((80, 1)), y), 2, 0)[0]
    assert split.test.size == 16


@pytest.mark.parametrize("most", [100, 900])
def test_of_many_rows_some_are_drawn_and_classes_keep_their_shares(most):
    X, y = np.arange(1000.0)[:, None], np.arange(1000) % 10 // 9
    rows = given(X, y, max_rows=most)
    assert rows.n_given == 1000
    assert abs(len(rows.y) - most) <= 1
    assert rows.y.mean() == pytest.approx(0.1, abs=0.02)
    assert np.array_equal(rows.y, y[rows.X[:, 0].astype(int)])


def test_data_frames_stay_data_frames_and_lists_become_arrays():
    X, y = three_classes(30)
    assert isinstance(given(pd.DataFrame(X), pd.Series(y)).X, pd.DataFrame)
    assert isinstance(given(pl.DataFrame(X), pl.Series(y)).X, pl.DataFrame)
    assert isinstance(given(X.tolist(), y.tolist()).X, np.ndarray)


def test_targets_of_pandas_own_kinds_become_plain_ones():
    X, y = three_classes(30)
    assert given(X, pd.Series(y, dtype="Int64")).y.dtype.kind == "i"
    assert given(X, pd.Series(list("abc") * 10, dtype="category")).y.dtype.kind == "U"
    assert given(X, y[:, None]).y.shape == (30,)


def test_without_targets_nothing_can_be_tried():
    with pytest.raises(InputError, match=r"made without y; call ogive\.diagnose\(model, X, y\)"):
        given(np.zeros((30, 2)), None)


def test_fewer_than_twenty_rows_are_refused():
    with pytest.raises(InputError, match="at least 20 rows.*made on 19"):
        given(*three_classes(19))


@pytest.mark.parametrize("kind", [np.asarray, pd.DataFrame, pl.DataFrame, sparse.csr_array])
def test_rows_that_are_not_finite_are_left_out(kind):
    X, y = curve(30)
    X[4, 1] = np.nan
    y[7] = np.inf
    rows = given(kind(X), y, classification=False)
    assert (rows.n_given, rows.n_left_out) == (30, 2)
    assert np.array_equal(rows.y, np.delete(y, [4, 7]))
    assert rows.X.shape == (28, 3)


def test_rows_are_counted_after_leaving_out():
    X, y = three_classes(22)
    X[:3] = np.inf
    with pytest.raises(InputError, match="made on 19"):
        given(X, y)


@pytest.mark.parametrize(
    ("n", "held_out"), [(20, 4), (400, 80), (500, 100), (800, 100), (1000, 100), (3000, 300)]
)
def test_a_tenth_is_held_out_or_a_hundred_rows_but_at_most_a_fifth(n, held_out):
    X, y = curve(n)
    assert make_splits(given(X, y, classification=False), 2, 0)[0].test.size == held_out


def test_classes_of_one_row_each_are_refused():
    with pytest.raises(InputError, match="y has 30 classes in 30 rows"):
        make_splits(given(np.zeros((30, 1)), np.arange(30)), 2, 0)
