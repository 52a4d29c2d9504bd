"""Whether rows seem to follow each other in time: by their columns, and by the target."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import polars as pl

__all__ = ["LEAST_ROWS", "autocorrelation", "time_column"]

LEAST_ROWS = 30
"""Of fewer rows a correlation with the row before may be chance."""

UNITS = ("time", "date", "day", "week", "month", "quarter", "year", "hour", "minute", "second")
TIMES = {"t", "timestamp", "datetime", "period", *UNITS, *(f"{unit}s" for unit in UNITS)}
CHINESE = re.compile(r"时间|日期|时刻|年份|月份|^[年月日周时天]$")
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


def time_column(frame: pl.DataFrame) -> str:
    """Return the name of a column that tells when a row was, or an empty text.

    Such is a column of dates, or one of numbers that is called a time (such as ``day`` or
    ``time_of_sale``) and only rises, or only falls, from row to row.
    """
    from ogive.data.columns import kind_of, numbers_of

    for column in frame.get_columns():
        kind = kind_of(column)
        if kind == "date":
            return column.name
        if kind == "number" and _called_a_time(column.name) and _monotone(numbers_of(column)):
            return column.name
    return ""


def autocorrelation(frame: pl.DataFrame, target: NDArray[Any]) -> float | None:
    """Return the correlation of the target with that of the row before.

    None where rows are too few, or sorted by the target or by a column of numbers: neighbours are
    alike in a sorted table though the rows may well be independent.
    """
    from ogive.data.columns import kind_of, numbers_of

    values = np.asarray(target, dtype=np.float64)
    if len(values) < LEAST_ROWS or _monotone(values):
        return None
    if any(kind_of(c) == "number" and _monotone(numbers_of(c)) for c in frame.get_columns()):
        return None
    deviations = values - values.mean()
    total = float(deviations @ deviations)
    return float(deviations[1:] @ deviations[:-1]) / total if total > 0 else None


def _called_a_time(name: str) -> bool:
    words = {word.lower() for word in WORD.findall(name)}
    return bool(words & TIMES) or CHINESE.search(name) is not None


def _monotone(values: NDArray[np.float64]) -> bool:
    """Tell whether known values never fall, or never rise, and are not all the same."""
    known = values[np.isfinite(values)]
    if len(known) < LEAST_ROWS or known.min() == known.max():
        return False
    # Of few different values, as of classes one after the other, an order says nothing.
    if len(np.unique(known)) < LEAST_ROWS / 2:
        return False
    steps = np.sign(np.diff(known))
    return bool((steps >= 0).all() or (steps <= 0).all())
