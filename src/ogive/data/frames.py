"""Any table a user may hold, as a Polars frame."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from ogive.data.wording import listed
from ogive.text import InputError

if TYPE_CHECKING:
    import polars as pl

__all__ = ["as_frame"]


def as_frame(table: Any) -> pl.DataFrame:
    """Return `table` as a Polars frame.

    Parameters
    ----------
    table : data frame or array-like of shape (n_rows, n_columns)
        A frame of any library that narwhals knows (Polars, pandas, PyArrow, ...), or a matrix,
        whose columns are then called ``x0``, ``x1``, ...
    """
    import narwhals as nw
    import polars as pl

    if isinstance(table, pl.DataFrame):
        return table
    if isinstance(table, pl.LazyFrame):
        return table.collect()
    try:
        frame = nw.from_native(table, eager_only=True, pass_through=True)
    except nw.exceptions.DuplicateError:
        raise _repeated_names([str(name) for name in table.columns]) from None
    if not isinstance(frame, nw.DataFrame):
        return _from_matrix(table)
    names = [str(name) for name in frame.columns]  # pandas has names of any type
    if len(set(names)) < len(names):
        raise _repeated_names(names)
    columns = [_from_narwhals(column) for column in frame.iter_columns()]
    return pl.DataFrame([column.alias(name) for name, column in zip(names, columns, strict=True)])


def _repeated_names(names: list[str]) -> InputError:
    which = listed([name for name, times in Counter(names).items() if times > 1])
    return InputError(
        f"The table uses a column name more than once: {which.en}; give every column its own.",
        f"表格中有重复的列名：{which.zh}；请让每一列的名称各不相同。",
    )


def _from_narwhals(column: Any) -> pl.Series:
    import polars as pl

    try:
        series: pl.Series = column.to_polars()
    except (ImportError, TypeError, ValueError):  # without PyArrow, or values of several kinds
        values = column.to_list()
        try:
            series = pl.Series(values, strict=True)
        except (TypeError, pl.exceptions.PolarsError):
            series = pl.Series([None if value is None else str(value) for value in values])
    return series


def _from_matrix(table: Any) -> pl.DataFrame:
    import polars as pl

    if hasattr(table, "toarray"):
        raise InputError(
            "The table is a sparse matrix, which cannot be prepared; give table.toarray().",
            "表格是稀疏矩阵，无法预处理；请传入 table.toarray（）。",
        )
    matrix = np.asarray(table)
    if matrix.ndim != 2:
        raise InputError(
            f"A table must have two dimensions (rows, columns). Got shape {matrix.shape} instead.",
            f"表格必须是二维的（行、列），得到的形状却是 {matrix.shape}。",
        )
    names = [f"x{i}" for i in range(matrix.shape[1])]
    if matrix.dtype.kind in "biuf":
        if matrix.dtype.kind == "f" and matrix.dtype.itemsize not in (4, 8):
            matrix = matrix.astype(np.float64)
        return pl.DataFrame([pl.Series(n, matrix[:, i]) for i, n in enumerate(names)])
    if matrix.dtype.kind in "OU":
        return pl.DataFrame([_from_objects(n, matrix[:, i]) for i, n in enumerate(names)])
    raise InputError(
        f"A table must hold numbers, text or true/false. Got an array of {matrix.dtype} instead.",
        f"表格中须为数字、文本或真假值，得到的却是 {matrix.dtype} 类型的数组。",
    )


def _from_objects(name: str, values: Any) -> pl.Series:
    import polars as pl

    cells = [None if v is None or (isinstance(v, float) and v != v) else v for v in values.tolist()]
    try:
        return pl.Series(name, cells, strict=True)
    except (TypeError, pl.exceptions.PolarsError):
        pass
    try:
        return pl.Series(name, [None if cell is None else float(cell) for cell in cells])
    except (TypeError, ValueError):
        return pl.Series(name, [None if cell is None else str(cell) for cell in cells])
