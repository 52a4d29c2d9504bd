"""Turns a table with columns of any kind into the matrix that a linear regression is fitted to."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ogive.data.columns import (
    CategoryColumn,
    NumberColumn,
    as_learned,
    finite_numbers,
    kind_of,
    unknown,
)
from ogive.data.preparation import ColumnPreparation
from ogive.text import Language, Text

if TYPE_CHECKING:
    import polars as pl

__all__ = ["DesignPreparation", "IndicatorColumn", "MeasuredColumn"]

GAP = Text("{name} (missing)", "{name}（缺失）")
RARE = Text("{name} (infrequent)", "{name}（少见水平）")


@dataclass
class MeasuredColumn:
    """A column of numbers or dates; missing values are imputed and flagged.

    Attributes
    ----------
    name : str
    kind : {"number", "date"}
        Dates count in days since 1970.
    median : float
        What stands in for missing values.
    flagged : bool
        Whether a second feature says which values were missing: where rows of the fit lack some.
    language : {"en", "zh"}
        Of the second feature's name.
    mean, scale : float
        ``(value - mean) / scale`` is written: 0 and 1 for a column in its own unit.
    """

    name: str
    kind: Literal["number", "date"]
    median: float
    flagged: bool
    language: Language = "en"
    mean: float = 0.0
    scale: float = 1.0

    @classmethod
    def learn(
        cls, column: pl.Series, language: Language = "en", *, standardise: bool = False
    ) -> MeasuredColumn:
        """Learn from the rows of the fit."""
        of = NumberColumn.learn(column, None)
        unit = (of.mean, of.scale or 1.0) if standardise else (0.0, 1.0)
        return cls(column.name, of.kind, of.median, of.flagged, language, *unit)

    @property
    def features(self) -> list[str]:
        """Names of the features written."""
        gap = GAP.to(self.language, name=self.name)
        return [self.name, gap] if self.flagged else [self.name]

    def unusable(self, column: pl.Series) -> NDArray[np.bool_]:
        """Return which rows of a new `column` lack a value where no row of the fit did."""
        missing = np.isnan(finite_numbers(as_learned(column, self.kind)))
        return np.zeros_like(missing) if self.flagged else missing

    def write(self, column: pl.Series, out: NDArray[Any]) -> None:
        """Write the features of `column` into the columns of `out`."""
        values = finite_numbers(as_learned(column, self.kind))
        missing = np.isnan(values)
        if self.flagged:
            out[:, 1] = missing
        elif missing.any():
            raise unknown(self.name, None, int(missing.argmax()))
        values = np.where(missing, self.median, values)
        out[:, 0] = (
            values if (self.mean, self.scale) == (0.0, 1.0) else (values - self.mean) / self.scale
        )


@dataclass
class IndicatorColumn:
    """A column of text, categories or true/false: 0 or 1 for each level but the reference.

    Attributes
    ----------
    name : str
    reference : str
        The level that the others are compared with: the first in alphabetical order, in which
        numbers within text count as such. Its rows have 0 in all features.
    levels : list of str
        The other levels with a feature of their own, in the same order.
    infrequent : list of str
        Levels that share one feature, as there are too many.
    has_missing : bool
        Whether missing is a level too: where rows of the fit lack some values.
    language : {"en", "zh"}
        Of the names of the features that stand for no single level.
    """

    name: str
    reference: str
    levels: list[str]
    infrequent: list[str]
    has_missing: bool
    language: Language = "en"

    @classmethod
    def learn(
        cls, column: pl.Series, max_categories: int, language: Language = "en"
    ) -> IndicatorColumn:
        """Learn from the rows of the fit."""
        learned = CategoryColumn.learn(column, None, max_categories)
        levels, rare = (sorted(one, key=_natural) for one in (learned.levels, learned.infrequent))
        first, *others = levels or [""]  # "" where there is no value at all
        return cls(column.name, first, others, rare, learned.has_missing, language)

    @property
    def features(self) -> list[str]:
        """Names of the features written."""
        names = [f"{self.name}={level}" for level in self.levels]
        if self.infrequent:
            names.append(RARE.to(self.language, name=self.name))
        if self.has_missing:
            names.append(GAP.to(self.language, name=self.name))
        return names

    def unusable(self, column: pl.Series) -> NDArray[np.bool_]:
        """Return which rows of a new `column` cannot be written."""
        import polars as pl

        known = [self.reference, *self.levels, *self.infrequent]
        strange = ~column.cast(pl.String).is_in(known)
        return strange.fill_null(not self.has_missing).to_numpy()

    def write(self, column: pl.Series, out: NDArray[Any]) -> None:
        """Write the features of `column` into the columns of `out`, which hold zeros."""
        import polars as pl

        text = column.cast(pl.String)
        absent = text.is_null()
        strange = self.unusable(text)
        if strange.any():
            row = int(strange.argmax())
            raise unknown(self.name, text[row], row)
        whole = CategoryColumn(self.name, self.levels, self.infrequent, self.has_missing)
        whole.write(text, out)
        if self.has_missing:
            out[absent.to_numpy(), -1] = 1


class DesignPreparation(ColumnPreparation):
    """Turn columns of any kind into features whose coefficients can be read.

    - Numbers keep their unit, unless they are to be standardised. A missing one becomes the median,
      and where rows of the fit lack some a second feature says so.
    - Dates and times count as numbers of days.
    - Text, categories and true/false become one feature a level, 0 or 1, save for the level that
      comes first in alphabetical order (c2 before c10): the coefficients of the others tell the
      difference to it. Missing is a level of its own.

    A level, or a missing value, where the rows of the fit had none is refused: nothing was learned
    of it.

    Parameters
    ----------
    dtype : {numpy.float32, numpy.float64}, default=numpy.float64
        Type of the matrix.
    max_categories : int, default=32
        Most levels of one column; the least frequent ones share a feature.
    language : {"en", "zh"}, default="en"
        Of the names of features for missing values and infrequent levels.
    standardise : bool, default=False
        Whether numbers and dates get mean 0 and standard deviation 1, as a penalty on the
        coefficients wants them: it would otherwise depend on the units.

    Attributes
    ----------
    columns_ : list of MeasuredColumn or IndicatorColumn
        What was learned of each column.
    feature_names_in_ : ndarray of str
        Names of the columns.
    feature_names_out_ : list of str
        Names of the features.
    n_features_in_ : int
        Number of columns.
    """

    def __init__(
        self,
        dtype: Any = np.float64,
        max_categories: int = 32,
        language: Language = "en",
        standardise: bool = False,
    ) -> None:
        super().__init__(dtype, max_categories)
        self.language: Language = language
        self.standardise = standardise

    def fit(self, X: Any, y: object = None, *, rows: ArrayLike | None = None) -> DesignPreparation:
        """Learn from the rows of the fit, as `ColumnPreparation.fit` does."""
        super().fit(X, y, rows=rows)
        names = Counter[str]()
        for i, name in enumerate(self.feature_names_out_):  # a column may be called "city=a" itself
            names[name] += 1
            if names[name] > 1:
                self.feature_names_out_[i] = f"{name} ({names[name]})"
        return self

    def _learn(self, column: pl.Series, rows: NDArray[np.intp] | None) -> Any:
        self._require_known(column)
        column = column if rows is None else column.gather(rows)
        if kind_of(column) == "category":
            return IndicatorColumn.learn(column, self.max_categories, self.language)
        return MeasuredColumn.learn(column, self.language, standardise=self.standardise)

    @property
    def references_(self) -> dict[str, str]:
        """The reference level of each column that has levels."""
        columns: list[Any] = self.columns_
        found = [column for column in columns if isinstance(column, IndicatorColumn)]
        return {column.name: column.reference for column in found}


def _natural(text: str) -> tuple[list[Any], str]:
    """Return a key that sorts text as it is read: c2 before c10."""
    parts = re.split(r"(\d+)", text)  # text and digits by turns, so that like meets like
    parts[1::2] = [part.lstrip("0") for part in parts[1::2]]
    return [(len(part), part) if i % 2 else part for i, part in enumerate(parts)], text
