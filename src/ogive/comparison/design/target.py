"""The target of a comparison: which task it poses, and its values as numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
from numpy.typing import ArrayLike, NDArray

from ogive.comparison.design.settings import Task
from ogive.text import InputError

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Target", "check_folds", "read_target"]


@dataclass(frozen=True)
class Target:
    """The target as numbers: class numbers for classification, float64 for regression."""

    task: Task
    values: NDArray[Any]
    classes: NDArray[Any] | None
    name: str

    @property
    def n_classes(self) -> int | None:
        """Number of classes, or None for a regression."""
        return None if self.classes is None else len(self.classes)

    def counts(self) -> Mapping[str, int] | None:
        """Rows of each class, or None for a regression."""
        if self.classes is None:
            return None
        counts = np.bincount(self.values, minlength=len(self.classes))
        return {str(c): int(n) for c, n in zip(self.classes, counts, strict=True)}

    def moments(self) -> tuple[float | None, float | None]:
        """Mean and standard deviation, or two Nones for a classification."""
        if self.classes is not None:
            return None, None
        return float(self.values.mean()), float(self.values.std())


def read_target(y: ArrayLike, task: Task | None, name: str | None) -> Target:
    """Check the target and turn it into numbers."""
    from ogive.data import infer_task
    from ogive.data.task import target_values

    if task not in (None, "classification", "regression"):
        raise InputError(
            f"task must be 'classification', 'regression' or None. Got {task!r} instead.",
            f"task 只能是 'classification'、'regression' 或 None，得到的却是 {task!r}。",
        )
    column = _to_column(y, name)
    _refuse_missing(column)
    chosen = infer_task(column) if task is None else task
    if column.n_unique() == 1:
        raise InputError(
            f"The target has one value only, {column[0]!r}; there is nothing to learn unless it "
            "has at least two.",
            f"目标只有一个值“{column[0]}”；至少要有两个不同的值才有东西可学。",
        )
    values = target_values(column, chosen)
    if chosen == "regression":
        return Target("regression", values, None, column.name)
    classes, numbers = np.unique(values, return_inverse=True)
    return Target("classification", numbers.astype(np.int64), classes, column.name)


def check_folds(target: Target, n_splits: int) -> None:
    """Refuse more folds than there are rows, or than the rarest class has members."""
    n_rows = len(target.values)
    if n_rows < n_splits:
        raise InputError(
            f"{n_rows} rows cannot be cut into {n_splits} folds; lower n_splits or give more rows.",
            f"{n_rows} 行数据无法分成 {n_splits} 折；请减小 n_splits 或提供更多的行。",
        )
    if target.task == "regression":
        if n_rows // n_splits < 2:
            raise InputError(
                f"{n_rows} rows in {n_splits} folds leave folds of a single row, too few to "
                "score on; lower n_splits or give more rows.",
                f"{n_rows} 行分成 {n_splits} 折后会出现只有一行的折，无法评分；"
                "请减小 n_splits 或提供更多的行。",
            )
        return
    label, n = min((target.counts() or {}).items(), key=lambda item: item[1])
    if n >= n_splits:
        return
    raise InputError(
        f"Class {label!r} of the target has {n} row{'s' * (n != 1)}, fewer than the {n_splits} "
        "folds; lower the number of folds, merge the class with another or leave it out, or use "
        "regression if the target is a quantity.",
        f"目标的类别“{label}”只有 {n} 行，少于折数 {n_splits}；请减小折数，"
        "将该类别与其他类别合并或去掉；若目标是数量，请改用回归。",
    )


def _to_column(y: ArrayLike, name: str | None) -> pl.Series:
    """Return `y` as a Polars series with a name."""
    from ogive.data.frames import as_frame

    native: Any = nw.from_native(y, pass_through=True, allow_series=True)
    if isinstance(native, nw.Series):
        name = name or native.name
        frame = as_frame(native.alias("y").to_frame().to_native())
    elif isinstance(native, nw.DataFrame | nw.LazyFrame):
        frame = as_frame(y)
        name = name or ("y" if frame.width != 1 else frame.columns[0])
    else:
        array = np.asarray(y)
        frame = as_frame(array.reshape(-1, 1) if array.ndim == 1 else array)
    if frame.width != 1 or frame.height == 0:
        raise InputError(
            "y must be one column with one value for each row. "
            f"Got {frame.height} rows and {frame.width} columns instead.",
            f"y 必须是一列、每行一个值，得到的却是 {frame.height} 行 {frame.width} 列。",
        )
    return frame.to_series().alias(str(name) if name else "y")


def _refuse_missing(column: pl.Series) -> None:
    missing, infinite = column.null_count(), 0
    if column.dtype.is_float():
        missing += int(column.is_nan().sum())
        infinite = int(column.is_infinite().sum())
    if missing:
        raise InputError(
            f"The target has no value in {missing} row{'s' * (missing != 1)}; remove or complete "
            "them.",
            f"目标有 {missing} 行缺失；请删除或补全这些行。",
        )
    if infinite:
        raise InputError(
            f"The target is infinite in {infinite} row{'s' * (infinite != 1)}; remove or correct "
            "them.",
            f"目标有 {infinite} 行是无穷大；请删除或更正这些行。",
        )
