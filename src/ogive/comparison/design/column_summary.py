"""What a report tells about each column and the target, small enough to be kept with the result."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import polars as pl

    from ogive.data.columns import Kind

__all__ = ["MOST_COLUMNS", "ColumnSummary", "histogram", "summarise_column"]

MOST_COLUMNS = 30
"""Columns that are described one by one; who has more looks into the data."""

MOST_VALUES = 5
LONGEST = 60
BINS = 20


@dataclass(frozen=True)
class ColumnSummary:
    """What one column holds.

    Attributes
    ----------
    name : str
        As in the table, cut off after 60 characters.
    kind : {"number", "date", "category"}
        How it is prepared.
    dtype : str
        Its type in the table.
    n_missing : int
        Cells without a value.
    low, high : float, str or None
        Smallest and largest value, dates as text; None for categories, and where all are missing.
    mean : float or None
        Of numbers.
    n_distinct : int or None
        Different values of a category.
    frequent : tuple of (str, int)
        The most frequent values of a category with their rows, at most five.
    """

    name: str
    kind: Kind
    dtype: str
    n_missing: int
    low: float | str | None = None
    high: float | str | None = None
    mean: float | None = None
    n_distinct: int | None = None
    frequent: tuple[tuple[str, int], ...] = ()

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> ColumnSummary:
        """Return the summary of which `plain` is the data, as JSON gives it back."""
        known = {field.name: plain[field.name] for field in fields(cls) if field.name in plain}
        known["frequent"] = tuple((str(value), int(n)) for value, n in known.get("frequent", ()))
        return cls(**known)


def summarise_column(column: pl.Series, n_missing: int) -> ColumnSummary:
    """Describe a column of which the missing cells have been counted.

    Parameters
    ----------
    column : polars.Series
        Without infinite values.
    n_missing : int
        Its cells without a value, NaN included.
    """
    import polars as pl

    from ogive.data.columns import kind_of

    kind = kind_of(column)
    about = (_short(column.name), kind or "category", str(column.dtype.base_type()), n_missing)
    if kind is None or n_missing == len(column):
        return ColumnSummary(*about)
    if kind == "category":
        values = column.alias("value").drop_nulls().cast(pl.String)
        counted = values.value_counts(name="rows")
        # Equally frequent ones by name, so that the same data are always described the same.
        most = counted.sort("rows", "value", descending=[True, False]).head(MOST_VALUES)
        frequent = tuple((_short(value), n) for value, n in most.iter_rows())
        return ColumnSummary(*about, n_distinct=counted.height, frequent=frequent)
    if kind == "date":
        return ColumnSummary(*about, str(column.min()), str(column.max()))
    present = column.drop_nans() if column.dtype.is_float() else column
    low, high, mean = (
        float(value)  # type: ignore[arg-type]
        for value in (present.min(), present.max(), present.mean())
    )
    return ColumnSummary(*about, low, high, mean)


def histogram(values: NDArray[np.float64]) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """Return the edges and the counts of equal bins over the values, some twenty at most.

    Bins of whole numbers are as wide as a whole number and have them in their middle: other bins
    would hold now one, now two of them, and show teeth that the values do not have.
    """
    low, high = float(values.min()), float(values.max())
    if high - low < 1e9 and bool((values == np.floor(values)).all()):
        width = math.ceil((high - low + 1) / BINS)
        n_bins = math.ceil((high - low + 1) / width)
        counts, edges = np.histogram(values, low - 0.5 + width * np.arange(n_bins + 1))
    else:
        counts, edges = np.histogram(values, bins=BINS)
    return tuple(edges.tolist()), tuple(counts.tolist())


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
