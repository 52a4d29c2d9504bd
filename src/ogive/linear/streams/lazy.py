"""Blocks of rows from Polars lazy frames, and lazy frames from files."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ogive.linear.moments import Block
from ogive.linear.streams.piece import Columns, block_rows
from ogive.text import InputError

if TYPE_CHECKING:
    import polars as pl

__all__ = ["blocks", "choose_columns", "open_file", "polars_errors"]

INFERRED_ROWS = 10_000
SLICE_ROWS, SLICE_NUMBERS = 1 << 20, 26_000_000
"""A slice of a file: as large as row groups usually are, and some 200 MB at most."""
EXACT = 2**53
CSV = (".csv", ".tsv", ".txt")
ARROW = (".arrow", ".feather", ".ipc")
JSON_LINES = (".jsonl", ".ndjson")
PARQUET = (".parquet", ".pq")


@contextmanager
def polars_errors() -> Iterator[None]:
    """Turn what Polars raises while it reads into an InputError."""
    import polars as pl

    try:
        yield
    except (pl.exceptions.PolarsError, OSError) as error:
        first = str(error).strip().split("\n")[0].rstrip(".")
        raise InputError(
            f"The data cannot be read: {first}. Check the file, or the lazy frame by collecting "
            "its first rows with .head().collect().",
            f"无法读取数据：{first}。请检查文件；若是惰性表，请先用 .head().collect() 查看前几行。",
        ) from error


def open_file(path: str | Path) -> pl.LazyFrame:
    """Return a lazy frame over a Parquet, CSV, Arrow or JSON Lines file, a folder or a pattern.

    A folder stands for all Parquet files in it, in the order of their names.
    """
    import polars as pl

    name = str(path)
    remote = "://" in name
    local = Path(name).expanduser()
    if not remote:
        pattern = any(sign in name for sign in "*?[")
        if not pattern and not local.exists():
            raise InputError(
                f"There is no file or folder {name!r}. Give a Parquet or CSV file, a folder of "
                "Parquet files, or a pattern such as 'data/*.parquet'.",
                f"没有文件或文件夹 {name!r}。请给出 Parquet 或 CSV 文件、"
                "存放 Parquet 文件的文件夹，或 'data/*.parquet' 这样的模式。",
            )
        if local.is_dir():
            if not any(local.rglob("*.parquet")):
                raise InputError(
                    f"The folder {name!r} holds no Parquet files (*.parquet).",
                    f"文件夹 {name!r} 中没有 Parquet 文件（*.parquet）。",
                )
            return pl.scan_parquet(local / "**" / "*.parquet")
        name = str(local)
    suffix = Path(name).suffix.lower()
    if suffix in PARQUET:
        return pl.scan_parquet(name)
    if suffix in ARROW:
        return pl.scan_ipc(name)
    if suffix in JSON_LINES:
        return pl.scan_ndjson(name, infer_schema_length=INFERRED_ROWS)
    if suffix in CSV:
        return _open_csv(name, "\t" if suffix == ".tsv" else ",")
    raise InputError(
        f"{name!r} is not of a kind that can be read in blocks: its name must end in .parquet, "
        ".csv, .tsv, .txt, .arrow, .feather, .ipc, .jsonl or .ndjson.",
        f"{name!r} 不是可以分块读取的格式：文件名须以 .parquet、.csv、.tsv、.txt、.arrow、"
        ".feather、.ipc、.jsonl 或 .ndjson 结尾。",
    )


def _open_csv(name: str, separator: str) -> pl.LazyFrame:
    import polars as pl

    options: dict[str, Any] = {"separator": separator, "infer_schema_length": INFERRED_ROWS}
    with polars_errors():
        schema = pl.scan_csv(name, **options).collect_schema()
    # A column may hold whole numbers in its first rows and others later on.
    numbers = {column: pl.Float64 for column, dtype in schema.items() if dtype.is_numeric()}
    return pl.scan_csv(name, schema_overrides=numbers, **options)


def choose_columns(
    schema: dict[str, bool],
    kinds: dict[str, str],
    y: Any,
    sample_weight: Any,
    drop: tuple[str, str],
) -> Columns:
    """Choose features, targets and weight by name, and refuse what is not numbers.

    Parameters
    ----------
    schema : dict of str to bool
        All columns; whether they hold numbers (or true and false).
    kinds : dict of str to str
        What each column is of.
    y : str or list of str
    sample_weight : str or None
    drop : tuple of str
        How to leave a column out, in English and Chinese.
    """
    if y is None:
        raise InputError(
            "y is missing: give the name of the column to predict, or a list of names.",
            "缺少 y：请给出要预测的列名，或列名的列表。",
        )
    targets = (y,) if isinstance(y, str) else tuple(y) if isinstance(y, (list, tuple)) else None
    if targets is None or not targets or not all(isinstance(name, str) for name in targets):
        raise InputError(
            f"y must be the name of a column of the data or a list of names; got {_kind(y)}.",
            f"y 必须是数据中的列名或列名的列表；现为 {_kind(y)}。",
        )
    if sample_weight is not None and not isinstance(sample_weight, str):
        raise InputError(
            "sample_weight must be the name of a column of the data, or None; got "
            f"{_kind(sample_weight)}.",
            f"sample_weight 必须是数据中的列名或 None；现为 {_kind(sample_weight)}。",
        )
    for argument, name in [("y", name) for name in targets] + [("sample_weight", sample_weight)]:
        if name is not None and name not in schema:
            near = difflib.get_close_matches(name, schema, 1) or list(schema)[:5]
            listed = ", ".join(repr(column) for column in near)
            raise InputError(
                f"{argument}={name!r} is not a column of the data; there is: {listed}.",
                f"{argument}={name!r} 不是数据中的列；有：{listed}。",
            )
    if sample_weight in targets or len(set(targets)) < len(targets):
        raise InputError(
            f"y and sample_weight name a column twice: {list(targets)}, {sample_weight!r}.",
            f"y 与 sample_weight 重复使用了同一列：{list(targets)}、{sample_weight!r}。",
        )
    features = tuple(name for name in schema if name not in targets and name != sample_weight)
    if not features:
        raise InputError(
            "There is no column besides y and sample_weight to predict from.",
            "除 y 和 sample_weight 外没有可用于预测的列。",
        )
    columns = Columns(features, targets, sample_weight)
    other = [name for name in columns.all if not schema[name]]
    if other:
        listed = ", ".join(f"{name!r} ({kinds[name]})" for name in other[:5])
        more = ", ..." if len(other) > 5 else ""
        raise InputError(
            f"These columns do not hold numbers: {listed}{more}. {drop[0]}",
            f"这些列不是数字：{listed}{more}。{drop[1]}",
        )
    return columns


def _kind(value: Any) -> str:
    return repr(value) if value is None or isinstance(value, (int, float)) else type(value).__name__


def blocks(frame: pl.LazyFrame, columns: Columns) -> Iterator[Block]:
    """Yield blocks of rows in their order, all of the same number of rows save the last.

    Polars reads ahead in its own threads, a bounded number of blocks.
    """
    import polars as pl

    schema = frame.collect_schema()
    narrow = all(schema[name] == pl.Float32 for name in columns.features)
    # Whole numbers are turned here, where it is seen whether they are rounded.
    casts = [
        pl.col(name).cast(pl.Float64)
        for name in columns.all
        if not schema[name].is_integer() and not (narrow and name in columns.features)
    ]
    whole = [name for name in columns.all if schema[name] in (pl.Int64, pl.UInt64, pl.Int128)]
    chosen = frame.select(columns.all).with_columns(casts)
    with polars_errors():
        rows = block_rows(len(columns.all))
        for batch in _batches(chosen, rows, len(columns.all)):
            for name in whole:
                _refuse_rounded(batch[name])
            weight = None
            if columns.weight is not None:
                weight = batch[columns.weight].cast(pl.Float64).to_numpy()
            X = batch.select(columns.features)
            y = batch.select(columns.targets)
            block = Block(
                X.to_numpy() if narrow else X.cast(pl.Float64).to_numpy(),
                y.cast(pl.Float64).to_numpy(),
                weight,
            )
            del batch, X, y  # they hold all of the slice that they are of
            yield block


def _batches(frame: pl.LazyFrame, rows: int, n_columns: int) -> Iterator[pl.DataFrame]:
    """Yield frames of `rows` rows, the last one of fewer; may be empty where there are none."""
    if not _reads_one_parquet_file(frame):
        yield from frame.collect_batches(chunk_size=rows)
        return
    # Polars would read many row groups ahead, of which writers make some 200 MB each. One slice
    # ahead keeps both cores as busy.
    size = max(1, min(SLICE_ROWS, SLICE_NUMBERS // n_columns) // rows) * rows
    with ThreadPoolExecutor(1) as reader:
        first = 0
        ahead = reader.submit(frame.slice(first, size).collect)
        while True:
            batch = ahead.result()
            first += size
            last = batch.height < size
            if not last:
                ahead = reader.submit(frame.slice(first, size).collect)
            yield from batch.iter_slices(rows)
            del batch
            if last:
                return


def _reads_one_parquet_file(frame: pl.LazyFrame) -> bool:
    """Return whether slices of the frame are slices of one Parquet file, so cheap to read."""
    plan = frame.slice(7, 11).explain()
    one = re.findall(r"Parquet SCAN \[([^\]]*)\]", plan)
    pushed = "SLICE: Positive { offset: 7, len: 11 }" in plan
    other = re.search(r"SLICE\[|JOIN|UNION|CACHE|AGGREGATE|SORT| SCAN .* SCAN ", plan)
    return len(one) == 1 and "," not in one[0] and "other" not in one[0] and pushed and not other


def _refuse_rounded(column: pl.Series) -> None:
    least: Any = column.min()
    most: Any = column.max()
    if least is None or (least >= -EXACT and most <= EXACT):
        return
    present = column.drop_nulls()
    rounded = present.to_numpy().astype(np.longdouble) != present.to_numpy().astype(np.float64)
    if rounded.any():
        value = present[int(np.flatnonzero(rounded)[0])]
        raise InputError(
            f"Column {column.name!r} holds whole numbers beyond 2**53 that float64 cannot hold, "
            f"such as {value}. Leave it out, subtract a constant from it, or cast it yourself if "
            "the rounding does no harm.",
            f"列 {column.name!r} 含有超过 2**53、float64 无法精确表示的整数，例如 {value}。"
            "请去掉该列、减去一个常数，或在舍入无妨时自行转换。",
        )
