"""A hash of the data of a comparison: what is in the table, however it came to be there."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ogive.comparison.design.problem import Problem
from ogive.comparison.design.target import Target

if TYPE_CHECKING:
    import polars as pl

__all__ = ["fingerprint"]

# Rows of a column that are copied at once.
ROWS = 1_000_000


def fingerprint(problem: Problem) -> str:
    """Return the SHA-256 of table, target and task, in hexadecimal.

    Names, types and values of the columns in their order and the rows in theirs count; the name
    of the target and the sign of zero do not. In a column of Polars, NaN and a missing value are
    not the same: a transformer of the user's may tell them apart.
    """
    digest = hashlib.sha256(b"ogive data 1\n")
    table: Any = problem.table
    if isinstance(table, np.ndarray):
        _text(digest, "array", str(table.shape))
        for start in range(0, len(table), ROWS):
            _array(digest, table[start : start + ROWS])
    else:
        from ogive.data.frames import as_frame

        frame = as_frame(table)
        _text(digest, "frame", str(frame.shape))
        for column in frame.get_columns():
            _column(digest, column)
    _target(digest, problem.target)
    return digest.hexdigest()


def _target(digest: Any, target: Target) -> None:
    _text(digest, "target", target.task)
    _array(digest, target.values)
    if target.classes is not None:
        _text(digest, *(f"{type(one).__name__} {one}" for one in target.classes.tolist()))


def _column(digest: Any, column: pl.Series) -> None:
    _text(digest, "column", column.name, _type_of(column))
    for start in range(0, len(column), ROWS):
        part = column.slice(start, ROWS)
        missing = part.is_null()
        digest.update(np.packbits(missing.to_numpy()).tobytes())
        _values(digest, part)


def _values(digest: Any, part: pl.Series) -> None:
    import polars as pl

    dtype = part.dtype
    if dtype == pl.Null:
        return
    if dtype.is_temporal():
        part = part.to_physical()
    elif dtype == pl.Boolean:
        part = part.cast(pl.UInt8)
    if part.dtype.is_integer() or part.dtype.is_float():
        _array(digest, part.fill_null(0).to_numpy())
        return
    if dtype in (pl.String, pl.Categorical, pl.Enum, pl.Decimal):
        texts = part.cast(pl.String).fill_null("")
    else:
        texts = pl.Series([repr(value) for value in part.to_list()])
    _array(digest, texts.str.len_bytes().cast(pl.Int64).to_numpy())
    digest.update("".join(texts.to_list()).encode("utf-8", "surrogatepass"))


def _type_of(column: pl.Series) -> str:
    """Return the type's name without what differs between versions of Polars."""
    import polars as pl

    dtype: Any = column.dtype
    name = type(dtype).__name__ if not isinstance(dtype, type) else dtype.__name__
    if dtype == pl.Datetime:
        return f"{name} {dtype.time_unit} {dtype.time_zone}"
    return f"{name} {dtype.time_unit}" if dtype == pl.Duration else name


def _array(digest: Any, values: NDArray[Any]) -> None:
    """Add numbers, in one order of bytes; equal ones add the same, and NaN is one value."""
    if values.dtype.kind not in "fiub":
        _text(digest, *(repr(value) for value in values.ravel().tolist()))
        return
    little = np.ascontiguousarray(values, dtype=values.dtype.newbyteorder("<"))
    if little.dtype.kind == "f":
        little = little + little.dtype.type(0)  # makes a negative zero positive
        little[np.isnan(little)] = np.nan
    _text(digest, little.dtype.str)
    digest.update(little.tobytes())


def _text(digest: Any, *texts: str) -> None:
    for text in texts:
        raw = text.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "little") + raw)
