"""Rows that are read in blocks give the coefficients of rows in memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ogive.linear.streams.piece
from ogive import LinearRegression
from ogive.linear.streams import lazy
from ogive.linear.streams.lazy import blocks
from ogive.linear.streams.piece import Columns

N, K = 3000, 4
NAMES = [f"x{i}" for i in range(K)]


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch):
    monkeypatch.setattr(ogive.linear.streams.piece, "MOST_ROWS", 256)


def table(seed: int = 0, n: int = N) -> pl.DataFrame:
    random = np.random.default_rng(seed)
    X = random.normal(size=(n, K)) * [1, 100, 0.01, 7] + [0, 1e4, 3, -5]
    columns = {name: X[:, i] for i, name in enumerate(NAMES)}
    price = X @ [3, 0.1, 50, -2.0] + 11 + random.normal(size=n)
    rent = X @ [1, 0, -3, 0.5] + random.normal(size=n)
    return pl.DataFrame({**columns, "price": price, "rent": rent, "w": random.uniform(0, 3, n)})


def in_memory(frame: pl.DataFrame, targets, weight=None, **parameters):
    weights = None if weight is None else frame[weight].to_numpy()
    return LinearRegression(**parameters).fit(
        frame.select(NAMES).to_numpy(), frame.select(targets).to_numpy(), weights
    )


def assert_same(found, right):
    np.testing.assert_allclose(np.atleast_2d(found.coef_), right.coef_, rtol=1e-15)
    np.testing.assert_allclose(np.atleast_1d(found.intercept_), right.intercept_, rtol=1e-15)
    ours, theirs = found.solution_, right.solution_
    assert ours.n_samples == theirs.n_samples
    np.testing.assert_allclose(
        ours.residual_sum_of_squares, theirs.residual_sum_of_squares, rtol=1e-14
    )
    np.testing.assert_allclose(ours.inverse, theirs.inverse, rtol=1e-12)
    assert ours.sum_of_log_weights == pytest.approx(theirs.sum_of_log_weights, rel=1e-13)


@pytest.mark.parametrize("fit_intercept", [True, False])
@pytest.mark.parametrize("weight", [None, "w"])
@pytest.mark.parametrize("y", ["price", ["price", "rent"]])
def test_a_lazy_frame_gives_the_digits_of_the_frame(fit_intercept, weight, y):
    frame = table()
    unused = [name for name in ("rent", "w") if name not in (*np.atleast_1d(y), weight)]
    found = LinearRegression(fit_intercept=fit_intercept).fit(
        frame.lazy().drop(unused), y=y, sample_weight=weight
    )
    assert_same(found, in_memory(frame, y, weight, fit_intercept=fit_intercept))
    assert found.coef_.shape == ((K,) if isinstance(y, str) else (2, K))
    assert list(found.feature_names_in_) == NAMES
    assert list(found.target_names_in_) == list(np.atleast_1d(y))


def write(frame: pl.DataFrame, kind: str, folder: Path):
    path = folder / f"houses.{kind}"
    if kind == "parquet":
        frame.write_parquet(path, row_group_size=700)
    elif kind in ("csv", "txt"):
        frame.write_csv(path)
    elif kind == "tsv":
        frame.write_csv(path, separator="\t")
    elif kind == "arrow":
        frame.write_ipc(path)
    elif kind == "ndjson":
        frame.write_ndjson(path)
    elif kind == "folder":
        (folder / "parts").mkdir()
        for i in range(3):
            frame[i * N // 3 : (i + 1) * N // 3].write_parquet(folder / "parts" / f"{i}.parquet")
        return folder / "parts"
    elif kind == "pattern":
        return f"{write(frame, 'folder', folder)}/*.parquet"
    return path


@pytest.mark.parametrize(
    "kind", ["parquet", "csv", "txt", "tsv", "arrow", "ndjson", "folder", "pattern"]
)
@pytest.mark.parametrize("as_text", [True, False])
def test_files_give_the_digits_of_the_frame(kind, as_text, tmp_path):
    frame = table()
    path = write(frame.drop("rent"), kind, tmp_path)
    path = str(path) if as_text else path
    found = LinearRegression().fit(path, y="price", sample_weight="w")
    assert_same(found, in_memory(frame, "price", "w"))


def test_the_order_of_columns_is_that_of_the_file(tmp_path):
    frame = table().select("x3", "price", "x0", "x2", "x1")
    found = LinearRegression().fit(frame.lazy(), y="price")
    assert list(found.feature_names_in_) == ["x3", "x0", "x2", "x1"]
    right = in_memory(table(), "price").coef_[0]
    np.testing.assert_allclose(found.coef_, right[[3, 0, 2, 1]], rtol=1e-14)


def test_a_streamed_model_predicts():
    frame = table()
    found = LinearRegression().fit(frame.lazy().drop("rent", "w"), y="price")
    right = in_memory(frame, "price").predict(frame.select(NAMES).to_numpy())[:, 0]
    np.testing.assert_allclose(found.predict(frame.select(NAMES)), right)


def test_dependent_and_nearly_dependent_columns_are_read_again_and_lose_no_digits():
    frame = table().with_columns(
        near=pl.col("x0") + 1e-9 * pl.col("rent"), sum=pl.col("x0") + pl.col("x2")
    )
    names = [*NAMES, "near"]
    found = LinearRegression().fit(frame.lazy().select(*names, "price"), y="price")
    right = LinearRegression().fit(frame.select(names).to_numpy(), frame["price"].to_numpy())
    np.testing.assert_allclose(found.coef_, right.coef_, rtol=1e-12)
    assert found.solution_.condition_number > 1e8
    both = LinearRegression().fit(frame.lazy().select(*NAMES, "sum", "price"), y="price")
    assert both.rank_ == K
    assert len(both.solution_.dependencies) == 1


def test_blocks_are_of_one_size_whatever_the_parts_of_the_data():
    parts = [table(seed, n) for seed, n in ((0, 100), (1, 700), (2, 3), (3, 1200))]
    frame = pl.concat([part.lazy() for part in parts])
    sizes = [len(block.y) for block in blocks(frame, Columns(tuple(NAMES), ("price",)))]
    assert sizes == [256] * 7 + [211]
    again = LinearRegression().fit(frame.drop("rent", "w"), y="price")
    whole = LinearRegression().fit(pl.concat(parts).lazy().drop("rent", "w"), y="price")
    np.testing.assert_array_equal(again.coef_, whole.coef_)


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 1500), st.integers(0, 100))
def test_any_number_of_rows_gives_what_memory_gives(n, seed):
    frame = table(seed, n).drop("w", "rent")
    found = LinearRegression().fit(frame.lazy(), y="price")
    right = in_memory(table(seed, n), "price")
    assert found.rank_ == right.rank_ == min(K, n - 1)
    atol = 1e-13 * np.abs(right.coef_).max()
    np.testing.assert_allclose(found.coef_, right.coef_[0], rtol=1e-10, atol=atol)


def test_whole_numbers_booleans_and_float32_are_numbers():
    random = np.random.default_rng(5)
    frame = pl.DataFrame(
        {
            "rooms": random.integers(1, 9, N),
            "new": random.uniform(size=N) > 0.5,
            "area": random.normal(size=N).astype(np.float32),
        }
    ).with_columns(price=pl.col("rooms") * 2 + pl.col("new") * 3.0 + pl.col("area") + 1)
    found = LinearRegression().fit(frame.lazy(), y="price")
    np.testing.assert_allclose(found.coef_, [2, 3, 1], rtol=1e-12)


def test_float32_columns_are_taken_as_they_are():
    frame = table().with_columns(pl.col(NAMES).cast(pl.Float32))
    found = LinearRegression().fit(frame.lazy().drop("rent", "w"), y="price")
    right = in_memory(frame, "price")
    np.testing.assert_allclose(found.coef_, right.coef_[0], rtol=1e-6)
    assert found.solution_.digits == pytest.approx(right.solution_.digits)


def test_whole_numbers_of_a_csv_may_have_fractions_further_down(tmp_path):
    path = tmp_path / "late.csv"
    lines = [f"{i % 7},{3 * (i % 7) + 1}" for i in range(11_000)]
    path.write_text("a,price\n" + "\n".join([*lines, "2.5,8.5"]) + "\n")
    found = LinearRegression().fit(path, y="price")
    assert found.coef_[0] == pytest.approx(3, rel=1e-13)
    assert found.solution_.n_samples == 11_001


@pytest.mark.parametrize("slice_rows", [256, 1024, 3072])
def test_slices_of_a_parquet_file_give_the_blocks_of_the_frame(tmp_path, monkeypatch, slice_rows):
    monkeypatch.setattr(lazy, "SLICE_ROWS", slice_rows)
    frame = table()
    path = write(frame, "parquet", tmp_path)
    columns = Columns(tuple(NAMES), ("price", "rent"), "w")
    assert lazy._reads_one_parquet_file(pl.scan_parquet(path))
    sliced = list(blocks(pl.scan_parquet(path), columns))
    batched = list(blocks(frame.lazy(), columns))
    assert [len(block.y) for block in sliced] == [256] * 11 + [184]
    for ours, theirs in zip(sliced, batched, strict=True):
        for part, right in zip(ours, theirs, strict=True):
            np.testing.assert_array_equal(part, right)


def test_only_what_slices_a_file_without_reading_more_is_read_in_slices(tmp_path):
    path = write(table(), "parquet", tmp_path)
    scan = pl.scan_parquet(path)
    cheap = [scan, scan.drop("w"), scan.with_columns(pl.col("x0") * 2).select("x0", "price")]
    costly = [
        scan.filter(pl.col("x0") > 0),
        scan.drop_nulls(),
        scan.sort("x0"),
        scan.with_columns(pl.col("x0").cum_sum()),
        scan.group_by("x0").agg(pl.col("price").mean()),
        scan.join(scan, on="x0"),
        pl.concat([scan, scan]),
        pl.scan_parquet(write(table(), "folder", tmp_path)),
        table().lazy(),
    ]
    assert [lazy._reads_one_parquet_file(frame) for frame in cheap] == [True] * 3
    assert not any(lazy._reads_one_parquet_file(frame) for frame in costly)


def test_a_filtered_scan_gives_the_rows_that_are_left(tmp_path):
    path = write(table(), "parquet", tmp_path)
    scan = pl.scan_parquet(path).drop("rent", "w").filter(pl.col("x0") > 0)
    found = LinearRegression().fit(scan, y="price")
    assert_same(found, in_memory(table().filter(pl.col("x0") > 0), "price"))


def test_progress_is_told_by_rows(tmp_path):
    path = write(table(), "parquet", tmp_path)
    told = []
    model = LinearRegression()
    model._fit_stream(path, "price", None, progress=lambda done, of: told.append((done, of)))
    assert told[0] == (256, N)
    assert told[-1] == (N, N)


def test_a_second_fit_in_memory_keeps_nothing_of_the_stream():
    frame = table()
    model = LinearRegression().fit(frame.lazy().drop("rent", "w"), y="price")
    model.fit(frame.select(NAMES).to_numpy(), frame["price"].to_numpy())
    assert not hasattr(model, "feature_names_in_")
    assert model._rows is not None
