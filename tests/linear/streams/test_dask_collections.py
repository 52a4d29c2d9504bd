"""Dask collections: workers sum up their partitions, and only sums travel."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest

import ogive.linear.streams.cluster
from ogive import LinearRegression
from ogive.linear.streams.piece import Columns
from ogive.text import InputError

dask = pytest.importorskip("dask")
da = pytest.importorskip("dask.array")
dd = pytest.importorskip("dask.dataframe")

N, K = 2000, 3
NAMES = ["size", "distance", "age"]


def table() -> pd.DataFrame:
    random = np.random.default_rng(4)
    X = random.normal(size=(N, K)) * [1, 100, 0.1] + [3, 500, 0]
    frame = pd.DataFrame(X, columns=NAMES)
    frame["price"] = X @ [2, -0.3, 9] + 5 + random.normal(size=N)
    frame["rent"] = X @ [1, 1, 1] + random.normal(size=N)
    frame["w"] = random.uniform(0, 2, N)
    return frame


def in_memory(frame, targets="price", weight=None):
    weights = None if weight is None else frame[weight]
    return LinearRegression().fit(frame[NAMES], frame[targets], weights)


def assert_same(found, right):
    np.testing.assert_allclose(found.coef_, right.coef_, rtol=1e-15)
    np.testing.assert_allclose(found.intercept_, right.intercept_, rtol=1e-15)
    assert found.solution_.n_samples == right.solution_.n_samples
    np.testing.assert_allclose(found.solution_.inverse, right.solution_.inverse, rtol=1e-12)


@pytest.fixture(autouse=True)
def _in_threads():
    with dask.config.set(scheduler="threads", num_workers=2):
        yield


@pytest.mark.parametrize("partitions", [1, 7, 30])
@pytest.mark.parametrize("weight", [None, "w"])
@pytest.mark.parametrize("y", ["price", ["price", "rent"]])
def test_a_data_frame_gives_the_digits_of_one_in_memory(partitions, weight, y):
    frame = table()
    unused = [name for name in ("rent", "w") if name not in (*np.atleast_1d(y), weight)]
    collection = dd.from_pandas(frame.drop(columns=unused), npartitions=partitions)
    found = LinearRegression().fit(collection, y=y, sample_weight=weight)
    assert_same(found, in_memory(frame, y, weight))
    assert list(found.feature_names_in_) == NAMES
    assert list(found.target_names_in_) == list(np.atleast_1d(y))


def test_targets_and_weights_may_be_series():
    frame = table()
    collection = dd.from_pandas(frame, npartitions=5)
    found = LinearRegression().fit(collection[NAMES], collection["price"], collection["w"])
    assert_same(found, in_memory(frame, "price", "w"))
    assert list(found.target_names_in_) == ["price"]


@pytest.mark.parametrize("y_is_dask", [True, False])
@pytest.mark.parametrize("columns", ["price", ["price", "rent"]])
def test_arrays_of_any_chunks_give_the_digits_of_arrays_in_memory(y_is_dask, columns):
    frame = table()
    X, y, w = (frame[names].to_numpy() for names in (NAMES, columns, "w"))
    y = da.from_array(y, chunks=333) if y_is_dask else y
    found = LinearRegression().fit(da.from_array(X, chunks=(450, 2)), y, da.from_array(w))
    right = in_memory(frame, columns, "w")
    assert_same(found, right)
    assert not hasattr(found, "feature_names_in_")


def test_arrays_of_unknown_length_are_taken_as_they_are_cut():
    frame = table()
    collection = dd.from_pandas(frame, npartitions=4)
    found = LinearRegression().fit(collection[NAMES].values, collection["price"].values)
    assert_same(found, in_memory(frame))


def test_nearly_dependent_columns_lose_no_digits():
    frame = table()
    frame["age"] = frame["size"] + 1e-9 * frame["age"]
    collection = dd.from_pandas(frame.drop(columns=["rent", "w"]), npartitions=20)
    found, right = LinearRegression().fit(collection, y="price"), in_memory(frame)
    np.testing.assert_allclose(found.coef_, right.coef_, rtol=1e-12)
    assert found.solution_.condition_number > 1e9


def test_empty_partitions_are_passed_over():
    frame = table()
    collection = dd.from_pandas(frame.drop(columns=["rent", "w"]), npartitions=6)
    some = collection[collection["size"] > 100], collection[collection["size"] <= 100]
    found = LinearRegression().fit(dd.concat(list(some)), y="price")
    assert_same(found, in_memory(frame))


def test_what_travels_does_not_grow_with_the_rows():
    columns = Columns(tuple(NAMES), ("price",))
    sizes = []
    for times in (1, 50):
        frame = pd.concat([table()] * times)
        piece = ogive.linear.streams.cluster._sum_up(frame, columns, True)
        assert piece.n_rows == N * times
        sizes.append(len(pickle.dumps(piece)))
    assert abs(sizes[0] - sizes[1]) < 100
    assert sizes[0] < 5000


def test_results_of_tasks_are_not_changed_by_merging_them():
    columns = Columns(tuple(NAMES), ("price",))
    pieces = [ogive.linear.streams.cluster._sum_up(table(), columns, True) for _ in range(3)]
    first = ogive.linear.streams.cluster._merge_pieces(pieces)
    again = ogive.linear.streams.cluster._merge_pieces(pieces)
    assert first.n_rows == again.n_rows == 3 * N
    assert pieces[0].n_rows == pieces[0].moments.n_samples == N


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of the cluster's own start and end
def test_a_cluster_of_processes_gives_the_same_numbers(tmp_path):
    distributed = pytest.importorskip("distributed")
    frame = table()
    right = in_memory(frame, "price", "w")
    near = frame.assign(age=frame["size"] + 1e-9 * frame["age"])
    bad = frame.copy()
    bad.loc[1500, "size"] = np.nan
    collections = [
        dd.from_pandas(rows.drop(columns="rent"), npartitions=9) for rows in (frame, near, bad)
    ]
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=":0", local_directory=str(tmp_path)
    )
    with dask.config.set(scheduler=None), cluster, distributed.Client(cluster):
        found = LinearRegression().fit(collections[0], y="price", sample_weight="w")
        twice = LinearRegression().fit(collections[1], y="price", sample_weight="w")
        with pytest.raises(InputError, match=r"1 missing value .* row 1,500 .*'size'"):
            LinearRegression().fit(collections[2], y="price", sample_weight="w")
    assert_same(found, right)
    np.testing.assert_allclose(twice.coef_, in_memory(near, "price", "w").coef_, rtol=1e-12)


def refusal(*rows) -> str:
    with pytest.raises(InputError) as caught:
        LinearRegression().fit(*rows)
    return str(caught.value)


def test_missing_values_are_counted_with_the_first_row_of_all():
    frame = table()
    frame.loc[[700, 1990], "age"] = np.nan
    frame.loc[1200, "size"] = np.inf
    message = refusal(dd.from_pandas(frame, npartitions=9), "price")
    assert "2 missing values (NaN or null): 'age' 2; and 1 infinite value" in message
    assert "row 700 (counted from 0), column 'age'" in message
    assert "ddf.dropna()" in message


def test_missing_whole_numbers_of_pandas_are_missing():
    frame = table()
    frame["age"] = pd.Series([1, None] * (N // 2), dtype="Int64")
    message = refusal(dd.from_pandas(frame, npartitions=2), "price")
    assert "1,000 missing values (NaN or null): 'age' 1,000" in message


def test_columns_of_text_are_refused_by_name():
    frame = table().assign(city="Wuhan")
    collection = dd.from_pandas(frame, npartitions=2)
    assert "do not hold numbers: 'city' (str" in refusal(collection, "price")
    assert "'city'" in refusal(collection[[*NAMES, "city"]], collection["price"])


def test_names_and_collections_do_not_mix():
    collection = dd.from_pandas(table(), npartitions=2)
    assert "either both as names" in refusal(collection[NAMES], collection["price"], "w")
    array = da.ones((10, 2), chunks=5)
    assert "must be arrays of values" in refusal(array, "price")
    assert "of two dimensions" in refusal(da.ones(10), da.ones(10))


def test_lengths_and_partitions_that_differ_are_told():
    array = da.ones((10, 2), chunks=5)
    assert "X has 10 rows and y has 9" in refusal(array, np.ones(9))
    collection = dd.from_pandas(table(), npartitions=4)
    other = dd.from_pandas(table(), npartitions=3)
    assert "different numbers of partitions" in refusal(collection[NAMES], other["price"])
