"""Fits a regression to a lazy frame, files or a Dask collection, in one pass."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from ogive.linear.least_squares import solve_moments
from ogive.linear.moments import Moments
from ogive.linear.ranges import within_range
from ogive.linear.solution import Solution
from ogive.linear.streams.piece import Columns, Piece, Tree, raise_trouble
from ogive.text import InputError

__all__ = ["Progress", "StreamFit", "is_stream", "solve_stream"]

Progress = Callable[[int, "int | None"], None]
"""Called with the rows done and all rows (None where they are not known)."""


class StreamFit(NamedTuple):
    """A solution, and the columns it was fitted to.

    Attributes
    ----------
    solution : Solution
    columns : Columns
    several : bool
        Whether y was given as several columns, so that coefficients are a matrix.
    named : bool
        Whether the columns have names of their own.
    """

    solution: Solution
    columns: Columns
    several: bool
    named: bool = True


def is_stream(X: Any) -> bool:
    """Return whether `X` is a path, a Polars lazy frame or a Dask collection."""
    if isinstance(X, (str, Path)):
        return True
    polars = sys.modules.get("polars")
    if polars is not None and isinstance(X, polars.LazyFrame):
        return True
    return is_dask(X)


def is_dask(X: Any) -> bool:
    """Return whether `X` is a Dask data frame, series or array."""
    return type(X).__module__.startswith(("dask.dataframe", "dask.array", "dask_expr"))


def solve_stream(
    model: Any, X: Any, y: Any, sample_weight: Any = None, progress: Progress | None = None
) -> StreamFit:
    """Solve by least squares for rows that are read a block at a time.

    Rows are read once; a second time only where columns nearly depend on each other, so that sums
    over the rows do not hold enough digits. The blocks are of fixed size and merged in a fixed
    order: the result depends on neither threads nor workers.

    Parameters
    ----------
    model : LinearRegression
        With ``solver="qr"``.
    X : str, Path, polars.LazyFrame, dask.dataframe.DataFrame or dask.array.Array
        Of files: Parquet, CSV, Arrow or JSON Lines, a folder of Parquet files, or a pattern.
    y : str or list of str
        Column to predict, or several. For a Dask array an array of values.
    sample_weight : str, optional
        Column of weights. For a Dask array an array of values.
    progress : callable, optional
        Called with the number of rows done, and of all rows where that is known.

    Returns
    -------
    StreamFit

    Raises
    ------
    InputError
        Where the data cannot be read, columns are missing or do not hold numbers, and where values
        are missing or infinite.
    """
    if model.positive or model.solver != "qr":
        given = "positive=True" if model.positive else f"solver={model.solver!r}"
        raise InputError(
            f"{given} needs all rows in memory; a lazy frame, file or Dask collection goes with "
            "solver='qr' and positive=False. Use these, or give the rows in memory.",
            f"{given} 需要全部数据在内存中；惰性表、文件或 Dask 数据只能用 solver='qr' 且 "
            "positive=False。请改用这些参数，或给出内存中的数据。",
        )
    fit_intercept = model.fit_intercept
    if is_dask(X):
        from ogive.linear.streams.cluster import solve_dask

        return solve_dask(X, y, sample_weight, fit_intercept)
    from ogive.linear.streams.lazy import blocks, choose_columns, open_file, polars_errors

    name = repr(str(X)) if isinstance(X, (str, Path)) else None
    frame = X if name is None else open_file(X)
    with polars_errors():
        schema = frame.collect_schema()
    numbers = {
        column: dtype.is_numeric() or str(dtype) in ("Boolean", "Null")
        for column, dtype in schema.items()
    }
    kinds = {column: str(dtype) for column, dtype in schema.items()}
    columns = choose_columns(numbers, kinds, y, sample_weight, _dropping(name))
    total = None
    if progress is not None:
        import polars as pl

        with polars_errors():
            total = int(frame.select(pl.len()).collect(engine="streaming").item())
    tree = Tree()
    for block in blocks(frame, columns):
        tree.add(Piece.of(*block, fit_intercept, wanted=tree.sound))
        if progress is not None:
            progress(tree.n_rows, total)
    moments = finished(tree.root(), columns, _filtering(name))
    return StreamFit(
        solve_moments(moments, lambda triangle: triangle.add_all(blocks(frame, columns))),
        columns,
        not isinstance(y, str),
    )


def finished(piece: Piece | None, columns: Columns, remedy: tuple[str, str]) -> Moments:
    """Return the moments of all rows, or raise what is wrong with them."""
    if piece is None or piece.n_rows == 0:
        raise InputError(
            "The data hold no rows; a regression needs at least one.",
            "数据中没有任何行；回归至少需要一行。",
        )
    raise_trouble(piece, columns, remedy)
    moments = piece.moments
    assert moments is not None
    if moments.n_samples == 0:
        raise InputError(
            f"All values of the column of weights {columns.weight!r} are 0, so no row counts.",
            f"权重列 {columns.weight!r} 的值全为 0，没有任何行起作用。",
        )
    if not within_range(moments):
        squares = moments.squares()
        sizes = np.sqrt(squares)
        outside = ~((sizes >= 1e-100) & (sizes <= 1e100)) & (squares != 0)
        name = (columns.features + columns.targets)[int(np.flatnonzero(outside)[0])]
        raise InputError(
            f"The values of column {name!r} are so large or small that their squares leave the "
            "range of float64; give them in other units.",
            f"列 {name!r} 的值过大或过小，其平方超出 float64 的范围；请换用其他单位。",
        )
    return moments


def _dropping(name: str | None) -> tuple[str, str]:
    if name is None:
        return (
            "Leave them out with .drop(name), or turn them into numbers, for example with "
            ".to_dummies() or .cast().",
            "请用 .drop(列名) 去掉它们，或先转换成数字，例如用 .to_dummies() 或 .cast()。",
        )
    return (
        "Leave them out by giving a lazy frame in place of the path: "
        f"pl.scan_parquet({name}).drop(name), or pl.scan_csv for CSV.",
        f"请用惰性表代替路径来去掉它们：pl.scan_parquet({name}).drop(列名)，CSV 则用 pl.scan_csv。",
    )


def _filtering(name: str | None) -> tuple[str, str]:
    frame = "X" if name is None else f"pl.scan_parquet({name})"
    return (
        f"Leave such rows out with {frame}.drop_nulls().drop_nans(), or fill them with "
        ".fill_null() and .fill_nan().",
        f"请用 {frame}.drop_nulls().drop_nans() 去掉这些行，"
        "或用 .fill_null() 和 .fill_nan() 填补。",
    )
