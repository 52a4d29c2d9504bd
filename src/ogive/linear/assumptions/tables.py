"""The columns of any table as they were given, before they become numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ogive.text import InputError, quoted

__all__ = ["Column", "columns_of", "in_memory", "length_of"]

EXACT = 2.0**53
"""Above it not every whole number is a float64."""


@dataclass
class Column:
    """One column.

    Attributes
    ----------
    name : str
    values : ndarray of shape (n_rows,), sparse column, or None
        Numbers, NaN where missing; None where the column holds no numbers.
    kind : str
        Type of what it holds, for texts.
    example : str
        A value that is not a number, where there is one.
    missing : ndarray of bool of shape (n_rows,), or None
        Where values are missing; None stands for nowhere.
    inexact : int
        Whole numbers that float64 does not hold exactly.
    """

    name: str
    values: Any
    kind: str
    example: str = ""
    missing: NDArray[np.bool_] | None = None
    inexact: int = 0


def in_memory(table: Any, name: str, *, vector: bool = False) -> Any:
    """Return a table that has rows and columns: lazy frames collected, lists as arrays.

    Raises
    ------
    InputError
        For what has not two dimensions (or, for a `vector`, one).
    """
    if hasattr(table, "collect") and not hasattr(table, "shape"):
        table = table.collect()
    shape = np.shape(table) if not hasattr(table, "shape") else tuple(table.shape)
    if len(shape) == 2 or (vector and len(shape) == 1):
        return table
    raise InputError(
        f"{name} must be a table of rows and columns in memory. Got shape {shape} of "
        f"{type(table).__name__} instead.",
        f"{name} 必须是内存中由行和列组成的表格，得到的却是形状为 {shape} 的 "
        f"{type(table).__name__}。",
    )


def length_of(table: Any) -> int:
    """Return the number of rows of a table or an array."""
    return int(table.shape[0]) if hasattr(table, "shape") else len(table)


def columns_of(table: Any, prefix: str, names: tuple[str, ...] | None = None) -> Iterator[Column]:
    """Yield the columns of a data frame, a series, a sparse matrix or an array.

    Parameters
    ----------
    prefix : str
        Columns without names are called by it and their number, a single one by it alone where it
        is ``y``.
    names : tuple of str, optional
        Names to use.
    """
    import narwhals as nw

    if sparse.issparse(table):
        matrix = table.tocsc()
        named = names or tuple(f"{prefix}{j}" for j in range(matrix.shape[1]))
        for j, name in enumerate(named):
            yield Column(name, matrix[:, [j]], str(matrix.dtype))
        return
    frame = nw.from_native(table, eager_only=True, allow_series=True, pass_through=True)
    if isinstance(frame, nw.Series):
        yield _of_series(frame, names[0] if names else str(frame.name or prefix))
        return
    if isinstance(frame, nw.DataFrame):
        for j, series in enumerate(frame.iter_columns()):
            yield _of_series(series, names[j] if names else str(series.name))
        return
    matrix = np.asarray(table)
    if matrix.ndim == 1:
        matrix = matrix[:, None]
        names = names or (prefix,)
    named = names or tuple(f"{prefix}{j}" for j in range(matrix.shape[1]))
    for j, name in enumerate(named):
        yield _of_array(matrix[:, j], name)


def _of_series(series: Any, name: str) -> Column:
    dtype = series.dtype
    if dtype.is_numeric() or str(dtype) == "Boolean":
        missing = series.is_null().to_numpy().astype(bool)
        inexact = 0
        if dtype.is_integer() and not missing.all():
            present = series.drop_nulls()
            if max(abs(int(present.min())), abs(int(present.max()))) > EXACT:
                inexact = _inexact(present.to_list())
        values = series.to_numpy()
        if missing.any():
            known = zip(series.to_list(), missing.tolist(), strict=True)
            values = np.array([np.nan if gone else cell for cell, gone in known], np.float64)
        return Column(name, values, str(dtype), "", missing if missing.any() else None, inexact)
    cells = np.empty(len(series), dtype=object)
    cells[:] = series.to_list()
    return _of_array(cells, name, str(dtype))


def _of_array(values: NDArray[Any], name: str, kind: str = "") -> Column:
    kind = kind or str(values.dtype)
    if values.dtype.kind in "iu":
        inexact = 0
        if len(values) and max(abs(int(values.min())), abs(int(values.max()))) > EXACT:
            inexact = _inexact(values.tolist())
        return Column(name, values, kind, inexact=inexact)
    if values.dtype.kind in "bf":
        return Column(name, values, kind)
    if values.dtype.kind in "mM":  # whose list may be whole numbers
        gone = np.isnat(values)
        known = values[~gone]
        example = str(known[0]) if len(known) else ""
        return Column(name, None, kind, example, gone if gone.any() else None)
    cells = values.tolist()
    missing = np.array([_is_missing(cell) for cell in cells], bool)
    wrong = [
        cell
        for cell, gone in zip(cells, missing.tolist(), strict=True)
        if not gone and not isinstance(cell, bool | int | float | np.number | np.bool_)
    ]
    lost = missing if missing.any() else None
    if wrong:
        return Column(name, None, kind, quoted(str(wrong[0]), 30), lost)
    known = zip(cells, missing.tolist(), strict=True)
    numbers = np.array([np.nan if gone else float(cell) for cell, gone in known], np.float64)
    whole = [cell for cell in cells if isinstance(cell, int)]
    return Column(name, numbers, kind, "", lost, _inexact(whole))


def _is_missing(cell: Any) -> bool:
    if cell is None or isinstance(cell, str):
        return cell is None
    different = cell != cell  # of pandas' NA, NA itself
    return (
        bool(different) if isinstance(different, bool | np.bool_) else type(cell) is type(different)
    )


def _inexact(cells: list[int]) -> int:
    return sum(abs(cell) > EXACT and int(float(cell)) != cell for cell in cells)
