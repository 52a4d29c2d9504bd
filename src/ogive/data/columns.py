"""How one column of a table becomes numbers: what is learned from it, and how it is written.

Both kinds of column keep plain Python values only, so that a saved model can be read back
without trusting anything else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from ogive.text import InputError, quoted

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "CategoryColumn",
    "Kind",
    "NumberColumn",
    "as_learned",
    "converted",
    "finite_numbers",
    "infinite_value",
    "kind_of",
    "numbers_of",
    "unknown",
]

Kind = Literal["number", "date", "category"]
Values = NDArray[np.float64]

FARTHEST = 1e9
"""Standard deviations beyond which a value is cut off, so that float32 never overflows."""


def kind_of(column: pl.Series) -> Kind | None:
    """Return what sort of column it is, or None for lists and other things of no use here."""
    import polars as pl

    dtype = column.dtype
    if dtype.is_numeric() or dtype == pl.Null:
        return "number"
    if dtype.is_temporal():
        return "date"
    if dtype in (pl.String, pl.Boolean, pl.Categorical, pl.Enum):
        return "category"
    return None


def numbers_of(column: pl.Series) -> Values:
    """Return a column of numbers or dates (in days since 1970) as floats, missing ones as NaN."""
    import polars as pl

    dtype = column.dtype
    if dtype in (pl.Date, pl.Datetime):
        values = column.dt.epoch("us").cast(pl.Float64) / 86_400e6
    elif dtype == pl.Duration:
        values = column.dt.total_microseconds().cast(pl.Float64) / 86_400e6
    elif dtype == pl.Time:
        values = column.cast(pl.Int64).cast(pl.Float64) / 86_400e9
    else:
        values = column.cast(pl.Float64)
    return values.to_numpy()


def infinite_value(name: str, values: Values) -> InputError | None:
    """Return the error that names the first infinite value, or None where all are finite."""
    infinite = np.flatnonzero(np.isinf(values))
    if infinite.size == 0:
        return None
    row = infinite[0] + 1
    return InputError(
        f"Column {name!r} holds an infinite value in row {row}; "
        "replace it by a finite number or leave the cell empty.",
        f"列“{name}”的第 {row} 行是无穷大；请改为有限的数，或将该单元格留空。",
    )


@dataclass
class NumberColumn:
    """A column of numbers or dates: standardised, its missing values imputed and flagged.

    Attributes
    ----------
    mean, scale : float
        Mean and standard deviation over the training rows; a scale of 0 stands for a column
        that is constant there, which is always written as 0: nothing was learned from it.
    median : float
        What stands in for missing values.
    flagged : bool
        Whether a second feature says which values were missing: where training rows lack some.
    """

    name: str
    kind: Literal["number", "date"]
    mean: float
    scale: float
    median: float
    flagged: bool

    @classmethod
    def learn(cls, column: pl.Series, rows: NDArray[np.intp] | None) -> NumberColumn:
        """Learn from the training `rows` of a column (all of them for None)."""
        kind: Literal["number", "date"] = "date" if kind_of(column) == "date" else "number"
        values = finite_numbers(column)
        if rows is not None:
            values = values[rows]
        present = values[~np.isnan(values)]
        flagged = bool(0 < present.size < values.size)
        if present.size == 0:
            return cls(column.name, kind, 0.0, 0.0, 0.0, flagged)
        unit = float(np.abs(present).max()) or 1.0  # so that sums and squares never overflow
        present = present / unit
        mean, deviation = float(present.mean()), float(present.std())
        constant = deviation <= 10 * np.finfo(np.float64).eps * abs(mean)
        scale = 0.0 if constant else deviation * unit
        median = float(np.median(present)) * unit
        return cls(column.name, kind, mean * unit, scale, median, flagged)

    @property
    def features(self) -> list[str]:
        """Names of the features written."""
        return [self.name, f"{self.name} (missing)"] if self.flagged else [self.name]

    def unusable(self, column: pl.Series) -> NDArray[np.bool_]:
        """Return which rows of a new `column` lack a value where no row of the training did."""
        missing = np.isnan(finite_numbers(as_learned(column, self.kind)))
        return np.zeros_like(missing) if self.flagged else missing

    def write(self, column: pl.Series, out: NDArray[Any]) -> None:
        """Write the features of `column` into the columns of `out`, which hold zeros."""
        values = finite_numbers(as_learned(column, self.kind))
        missing = np.isnan(values)
        if self.flagged:
            out[:, 1] = missing
        if self.scale > 0:
            with np.errstate(over="ignore"):
                scaled = np.where(missing, self.median, values) - self.mean
                scaled /= self.scale
            out[:, 0] = np.clip(scaled, -FARTHEST, FARTHEST, out=scaled)


def finite_numbers(column: pl.Series) -> Values:
    """Return a column as `numbers_of` does; an infinite value is an error."""
    values = numbers_of(column)
    error = infinite_value(column.name, values)
    if error is not None:
        raise error
    return values


def converted(column: pl.Series, kind: Literal["number", "date"]) -> pl.Series:
    """Return a column of text as numbers or dates; cells that spell none are missing."""
    import polars as pl

    stripped = column.str.strip_chars()
    if kind == "number":
        return stripped.cast(pl.Float64, strict=False)
    return stripped.str.to_datetime(strict=False)


def as_learned(column: pl.Series, kind: Literal["number", "date"]) -> pl.Series:
    """Return the column as numbers or dates though the new file may spell it as text."""
    import polars as pl

    found = kind_of(column)
    if found == kind or column.null_count() == len(column):
        return column if found == kind else column.clear().extend_constant(None, len(column))
    if kind == "number" and column.dtype == pl.Boolean:
        return column.cast(pl.Float64)
    if column.dtype == pl.String:
        read = converted(column, kind)
        wrong = (read.is_null() & column.is_not_null()).arg_true()
        if len(wrong) == 0:
            return read
        row = int(wrong[0])
        expected = ("a number", "数字") if kind == "number" else ("a date", "日期")
        raise InputError(
            f"Column {column.name!r} holds {column[row]!r} in row {row + 1}, "
            f"where {expected[0]} is expected as in the training data.",
            f"列“{column.name}”的第 {row + 1} 行是“{column[row]}”，"
            f"但按训练数据此处应为{expected[1]}。",
        )
    expected = ("numbers", "数字") if kind == "number" else ("dates", "日期")
    raise InputError(
        f"Column {column.name!r} held {expected[0]} in the training data "
        f"and is of type {column.dtype} now; convert it.",
        f"列“{column.name}”在训练数据中是{expected[1]}，现在却是 {column.dtype} 类型；请先转换。",
    )


@dataclass
class CategoryColumn:
    """A column of text, categories or true/false: one feature for each level.

    Attributes
    ----------
    levels : list of str
        The levels with a feature of their own, in alphabetical order.
    infrequent : list of str
        The levels that share one feature, as there are too many.
    has_missing : bool
        Whether missing is a level too: where training rows lack some values.
    """

    name: str
    levels: list[str]
    infrequent: list[str]
    has_missing: bool

    @classmethod
    def learn(
        cls, column: pl.Series, rows: NDArray[np.intp] | None, max_categories: int
    ) -> CategoryColumn:
        """Learn from the training `rows` of a column (all of them for None)."""
        import polars as pl

        text = column.cast(pl.String)
        if rows is not None:
            text = text.gather(rows)
        counted = text.drop_nulls().value_counts(name="times")
        by_frequency = counted.sort("times", text.name, descending=[True, False])[text.name]
        levels, infrequent = by_frequency.to_list(), []
        if len(levels) > max_categories:
            levels, infrequent = levels[: max_categories - 1], levels[max_categories - 1 :]
        return cls(column.name, sorted(levels), sorted(infrequent), text.null_count() > 0)

    @property
    def features(self) -> list[str]:
        """Names of the features written."""
        names = [f"{self.name}={level}" for level in self.levels]
        if self.infrequent:
            names.append(f"{self.name} (infrequent)")
        if self.has_missing:
            names.append(f"{self.name} (missing)")
        return names

    def unusable(self, column: pl.Series) -> NDArray[np.bool_]:
        """Return which rows of a new `column` have a level, or a gap, that no training row had."""
        import polars as pl

        strange = ~column.cast(pl.String).is_in([*self.levels, *self.infrequent])
        return strange.fill_null(not self.has_missing).to_numpy()

    def write(self, column: pl.Series, out: NDArray[Any]) -> None:
        """Write the features of `column` into the columns of `out`, which hold zeros.

        A level that the training rows did not have leaves all its features 0.
        """
        import polars as pl

        text = column.cast(pl.String)
        known = [*self.levels, *self.infrequent]
        places = [*range(len(self.levels)), *([len(self.levels)] * len(self.infrequent))]
        if known:
            place = text.replace_strict(known, places, default=-1, return_dtype=pl.Int64)
            places_found = place.fill_null(-1).to_numpy()
            hits = np.flatnonzero((places_found >= 0) & text.is_not_null().to_numpy())
            out[hits, places_found[hits]] = 1
        if self.has_missing:
            out[text.is_null().to_numpy(), -1] = 1


def unknown(name: str, value: str | None, row: int) -> InputError:
    """Return the error for a value, or for None a gap, of which nothing was learned."""
    if value is None:
        return InputError(
            f"Column {quoted(name)} has no value in row {row + 1}, and none was missing when the "
            "model was fitted; fill it in or leave the row out.",
            f"列“{name}”的第 {row + 1} 行没有值，而拟合时该列没有缺失；请补上，或去掉这一行。",
        )
    return InputError(
        f"Column {quoted(name)} holds {quoted(value)} in row {row + 1}, which it did not when the "
        "model was fitted, so that nothing is known of it; leave the row out.",
        f"列“{name}”的第 {row + 1} 行是“{value}”，拟合时没有出现过，对它一无所知；请去掉这一行。",
    )
