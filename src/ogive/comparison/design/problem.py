"""The data of a comparison, checked, and what the report says about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from ogive.comparison.design.column_summary import (
    MOST_COLUMNS,
    ColumnSummary,
    histogram,
    summarise_column,
)
from ogive.comparison.design.row_order import autocorrelation, time_column
from ogive.comparison.design.settings import Task
from ogive.comparison.design.target import Target, read_target
from ogive.text import InputError

if TYPE_CHECKING:
    import polars as pl

__all__ = ["DataSummary", "Problem", "read_problem"]


@dataclass(frozen=True)
class DataSummary:
    """What the columns and the target hold; the target is not among the columns.

    Attributes
    ----------
    n_rows, n_numeric, n_dates, n_categorical, n_missing : int
        Rows, columns of each kind, and cells without a value.
    target : str
        Name of the target.
    class_counts : mapping of str to int, or None
        Rows of each class; None for a regression.
    target_mean, target_deviation : float or None
        Mean and standard deviation of a regression's target.
    columns : tuple of ColumnSummary
        What each of the first thirty columns holds.
    n_incomplete : int
        Columns in which values are missing, of all.
    target_edges, target_counts : tuple
        Histogram of a regression's target: edges of the bins, and rows in each.
    time_column : str
        A column that tells when a row was; empty where there is none.
    target_autocorrelation : float or None
        Correlation of a regression's target with that of the row before, where it tells something.
    """

    n_rows: int
    n_numeric: int
    n_dates: int
    n_categorical: int
    n_missing: int
    target: str
    class_counts: Mapping[str, int] | None
    target_mean: float | None
    target_deviation: float | None
    columns: tuple[ColumnSummary, ...] = ()
    n_incomplete: int = 0
    target_edges: tuple[float, ...] = ()
    target_counts: tuple[int, ...] = ()
    time_column: str = ""
    target_autocorrelation: float | None = None

    @property
    def n_columns(self) -> int:
        """Columns without the target."""
        return self.n_numeric + self.n_dates + self.n_categorical

    def to_dict(self) -> dict[str, Any]:
        """Return the summary as plain data."""
        return asdict(self)

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> DataSummary:
        """Return the summary of which `plain` is the data, as JSON gives it back.

        What is missing in it, as an older version wrote it, takes its default.
        """
        known = {field.name: plain[field.name] for field in fields(cls) if field.name in plain}
        known["columns"] = tuple(ColumnSummary.from_dict(c) for c in known.get("columns", ()))
        for name in ("target_edges", "target_counts"):
            known[name] = tuple(known.get(name, ()))
        return cls(**known)


@dataclass(frozen=True)
class Problem:
    """A table, its target and the task."""

    table: Any
    target: Target
    summary: DataSummary

    @property
    def task(self) -> Task:
        """Classification or regression."""
        return self.target.task


def read_problem(
    X: Any, y: ArrayLike, *, task: Task | None, target_name: str | None, prepare: Any
) -> Problem:
    """Check `X` and `y` and describe them.

    The table is a Polars frame where columns are prepared by ogive, an array where they are not
    prepared at all, and `X` itself where the user's transformer prepares them.
    """
    from ogive.data.frames import as_frame

    table: Any = X
    if prepare is None:
        table = frame = as_frame(X)
    elif prepare == "passthrough":
        table = np.asarray(X)
        frame = as_frame(table)
        _refuse_unprepared(table)
    else:
        frame = as_frame(X)
    target = read_target(y, task, target_name)
    n_rows = len(target.values)
    if frame.height != n_rows:
        raise InputError(
            f"X has {frame.height} rows and y has {n_rows}; they must have equally many.",
            f"X 有 {frame.height} 行，y 有 {n_rows} 行；两者的行数必须相同。",
        )
    if frame.width == 0:
        raise InputError(
            "X has no columns; give at least one to predict from.",
            "X 没有任何列；请至少提供一列用于预测。",
        )
    summary = _describe(frame, target)
    return Problem(table, target, summary)


def _describe(frame: pl.DataFrame, target: Target) -> DataSummary:
    """Describe the columns and count the missing cells; refuse infinite values."""
    from ogive.data.columns import infinite_value, kind_of, numbers_of

    kinds = {"number": 0, "date": 0, "category": 0}
    n_missing = n_incomplete = 0
    columns: list[ColumnSummary] = []
    for column in frame.get_columns():
        kind = kind_of(column)
        kinds[kind or "category"] += 1
        missing = column.null_count()
        if column.dtype.is_float():
            missing += int(column.is_nan().sum())
            error = infinite_value(column.name, numbers_of(column))
            if error is not None:
                raise error
        n_missing += missing
        n_incomplete += missing > 0
        if len(columns) < MOST_COLUMNS:
            columns.append(summarise_column(column, missing))
    regression = target.classes is None
    edges, counts = histogram(target.values) if regression else ((), ())
    return DataSummary(
        frame.height,
        kinds["number"],
        kinds["date"],
        kinds["category"],
        n_missing,
        target.name,
        target.counts(),
        *target.moments(),
        tuple(columns),
        n_incomplete,
        edges,
        counts,
        time_column(frame),
        autocorrelation(frame, target.values) if regression else None,
    )


def _refuse_unprepared(table: Any) -> None:
    if table.dtype.kind not in "fiub" or (table.dtype.kind == "f" and np.isnan(table).any()):
        raise InputError(
            "prepare='passthrough' needs an X of numbers without missing values; leave prepare "
            "at None to have categories encoded and missing values imputed.",
            "prepare='passthrough' 要求 X 全是数值且没有缺失；"
            "将 prepare 保持为 None 即可自动编码类别、填补缺失值。",
        )
