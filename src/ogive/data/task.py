"""Whether a target asks for classification or regression, and the target as an array."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from ogive.classification.labels.whole_numbers import are_classes
from ogive.data.columns import kind_of
from ogive.text import InputError

if TYPE_CHECKING:
    import polars as pl

__all__ = ["TASKS", "Task", "infer_task", "target_values"]

Task = Literal["classification", "regression"]
TASKS: tuple[Task, ...] = ("classification", "regression")


def infer_task(target: pl.Series) -> Task:
    """Return what a target column asks for.

    - Text, categories and true/false: classification.
    - Whole numbers: classification where there are two different ones, or at most 20 and at least 5
      rows for each on average; otherwise regression. Floats that are all whole count as whole
      numbers where there are only two of them, such as 0.0 and 1.0.
    - Other numbers: regression.
    """
    if kind_of(target) == "category":
        return "classification"
    dtype = target.dtype
    n_values = target.drop_nulls().n_unique()
    if dtype.is_integer():
        return "classification" if are_classes(n_values, len(target)) else "regression"
    if n_values == 2 and dtype.is_float() and bool((target.drop_nulls() % 1 == 0).all()):
        return "classification"
    return "regression"


def target_values(target: pl.Series, task: Task, *, constant: bool = False) -> NDArray[Any]:
    """Return the target as the array that a network is fitted to.

    One value only is an error unless `constant` says that nothing is to be learnt from it.

    The column has no missing and no infinite values.
    Classes keep their type where scikit-learn can have it (text, whole numbers, true/false);
    classes that are fractions become text. A regression's target is float64.
    """
    import polars as pl

    name, kind = target.name, kind_of(target)
    if kind is None or kind == "date":
        raise InputError(
            f"The target {name!r} holds {target.dtype} values; it must hold numbers or classes.",
            f"目标列“{name}”的类型是 {target.dtype}；目标列须为数字或类别。",
        )
    if target.n_unique() == 1 and not constant:
        raise InputError(
            f"The target {name!r} is {target[0]!r} in every row; "
            "there is nothing to learn unless it has at least two different values.",
            f"目标列“{name}”每一行都是“{target[0]}”；至少要有两个不同的值才有东西可学。",
        )
    if task == "regression":
        return _regression_values(target)
    if kind == "number" and not target.dtype.is_integer():
        whole = bool((target.cast(pl.Float64) % 1 == 0).all())
        target = target.cast(pl.Int64 if whole else pl.String)
    if target.dtype.is_integer():
        return target.cast(pl.Int64).to_numpy()
    if target.dtype == pl.Boolean:
        return target.to_numpy()
    return np.array(target.cast(pl.String).to_list(), dtype=np.str_)


def _regression_values(target: pl.Series) -> NDArray[np.float64]:
    import polars as pl

    if kind_of(target) == "number" or target.dtype == pl.Boolean:
        return target.cast(pl.Float64).to_numpy()
    row = next((i for i, value in enumerate(target) if not _is_number(str(value))), None)
    if row is None:
        return target.cast(pl.String).cast(pl.Float64).to_numpy()
    raise InputError(
        f"The target {target.name!r} holds text such as {str(target[row])!r}, "
        "which a regression cannot predict; choose classification.",
        f"目标列“{target.name}”含有“{target[row]}”这样的文本，回归无法预测；请改用分类任务。",
    )


def _is_number(text: str) -> bool:
    try:
        return bool(np.isfinite(float(text)))
    except ValueError:
        return False
