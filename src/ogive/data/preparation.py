"""Turns a table with columns of any kind into the matrix a network trains on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from ogive.data.columns import CategoryColumn, NumberColumn, kind_of, unknown
from ogive.data.frames import as_frame
from ogive.data.wording import listed
from ogive.text import InputError, Text

if TYPE_CHECKING:
    import polars as pl

__all__ = ["ColumnPreparation"]


class ColumnPreparation(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Standardise numbers, encode categories, impute missing values; learned from training rows.

    - Numbers get mean 0 and standard deviation 1. A missing one becomes the median, and where
      training rows lack some a second feature says so. A column that is constant over the
      training rows is written as 0. Values farther than 1e9 standard deviations are cut there.
    - Dates and times count as numbers of days.
    - Text, categories and true/false become one feature a level, 0 or 1; missing is a level of
      its own. A level not seen in training leaves them all 0.

    Parameters
    ----------
    dtype : {numpy.float32, numpy.float64}, default=numpy.float32
        Type of the matrix.
    max_categories : int, default=32
        Most features for the levels of one column; the least frequent levels share one.

    Attributes
    ----------
    columns_ : list of NumberColumn or CategoryColumn
        What was learned of each column.
    feature_names_in_ : ndarray of str
        Names of the columns.
    feature_names_out_ : list of str
        Names of the features.
    n_features_in_ : int
        Number of columns.
    """

    def __init__(self, dtype: Any = np.float32, max_categories: int = 32) -> None:
        self.dtype = dtype
        self.max_categories = max_categories

    def fit(self, X: Any, y: object = None, *, rows: ArrayLike | None = None) -> ColumnPreparation:
        """Learn from the training rows.

        Parameters
        ----------
        X : data frame or array-like of shape (n_rows, n_columns)
            The table: Polars, pandas, or what else narwhals knows; or a matrix.
        y : None
            Ignored; there for scikit-learn's pipelines.
        rows : array-like of int, optional
            The training rows; all of them by default. No other row has any influence.
        """
        if self.max_categories < 2:
            raise InputError(
                f"max_categories must be at least 2. Got {self.max_categories!r} instead.",
                f"max_categories 至少为 2，得到的却是 {self.max_categories!r}。",
            )
        frame = as_frame(X)
        if frame.width == 0 or frame.height == 0:
            raise InputError(
                f"A table of {frame.height} rows and {frame.width} columns cannot be prepared; "
                "give at least one of each.",
                f"{frame.height} 行 {frame.width} 列的表格无法预处理；行和列都至少要有一个。",
            )
        training = None if rows is None else _row_numbers(rows, frame.height)
        self.columns_ = [self._learn(column, training) for column in frame.get_columns()]
        self.feature_names_in_ = np.array(frame.columns, dtype=object)
        self.feature_names_out_ = [name for column in self.columns_ for name in column.features]
        self.n_features_in_ = frame.width
        return self

    def _learn(
        self, column: pl.Series, rows: NDArray[np.intp] | None
    ) -> NumberColumn | CategoryColumn:
        self._require_known(column)
        if kind_of(column) == "category":
            return CategoryColumn.learn(column, rows, self.max_categories)
        return NumberColumn.learn(column, rows)

    def _require_known(self, column: pl.Series) -> None:
        if kind_of(column) is None:
            raise InputError(
                f"Column {column.name!r} holds {column.dtype} values, which cannot be learned "
                "from; leave the column out or turn it into numbers or text.",
                f"列“{column.name}”的类型是 {column.dtype}，无法从中学习；"
                "请去掉该列，或将其转换为数字或文本。",
            )

    def transform(self, X: Any) -> NDArray[Any]:
        """Return the features as a C-contiguous matrix.

        Parameters
        ----------
        X : data frame or array-like of shape (n_rows, n_columns)
            A table with the columns that were fitted, in any order and no others.

        Returns
        -------
        ndarray of shape (n_rows, n_features)
        """
        check_is_fitted(self)
        frame = as_frame(X)
        self._check_names(frame.columns)
        out = np.zeros((frame.height, len(self.feature_names_out_)), dtype=self.dtype)
        start = 0
        for column in self.columns_:
            stop = start + len(column.features)
            column.write(frame[column.name], out[:, start:stop])
            start = stop
        return out

    def unusable_rows(self, X: Any) -> tuple[NDArray[np.bool_], Text | None]:
        """Return which rows of a table hold what nothing was learned of, and of the first, what.

        That is a level, or a missing value, in a column that had none in training.

        Parameters
        ----------
        X : data frame or array-like of shape (n_rows, n_columns)
            A table with the columns that were fitted, in any order and no others.

        Returns
        -------
        rows : ndarray of bool of shape (n_rows,)
        reason : Text or None
            None where there is no such row.

        Raises
        ------
        InputError
            For what is no number, or no date, in a column that held such in training; the message
            names column and row.
        """
        import polars as pl

        check_is_fitted(self)
        frame = as_frame(X)
        self._check_names(frame.columns)
        unusable = np.zeros(frame.height, dtype=np.bool_)
        first, reason = frame.height, None
        for column in self.columns_:
            cells = frame[column.name]
            strange = column.unusable(cells)
            unusable |= strange
            row = int(strange.argmax()) if strange.any() else frame.height
            if row < first:
                value = cells.cast(pl.String)[row] if hasattr(column, "levels") else None
                first, reason = row, unknown(column.name, value, row).text
        return unusable, reason

    def _check_names(self, names: list[str]) -> None:
        wanted = [column.name for column in self.columns_]
        lacking = [name for name in wanted if name not in set(names)]
        surplus = [name for name in names if name not in set(wanted)]
        if not lacking and not surplus:
            return
        complaints_en, complaints_zh = [], []
        if lacking:
            which = listed([repr(name) for name in lacking])
            complaints_en.append(f"lacks the {_columns(lacking)} {which.en}")
            complaints_zh.append(f"缺少列：{which.zh}")
        if surplus:
            which = listed([repr(name) for name in surplus])
            complaints_en.append(f"has the {_columns(surplus)} {which.en} not seen in training")
            complaints_zh.append(f"多出训练时没有的列：{which.zh}")
        raise InputError(
            f"The table {' and '.join(complaints_en)}; "
            f"give the {len(wanted)} {_columns(wanted)} of the training data.",
            f"表格{'，并'.join(complaints_zh)}；请提供与训练数据相同的 {len(wanted)} 列。",
        )

    def get_feature_names_out(self, input_features: object = None) -> NDArray[Any]:
        """Return the names of the features."""
        check_is_fitted(self)
        return np.array(self.feature_names_out_, dtype=object)


def _columns(names: list[str]) -> str:
    return "column" if len(names) == 1 else "columns"


def _row_numbers(rows: ArrayLike, n_rows: int) -> NDArray[np.intp]:
    numbers = np.asarray(rows)
    if numbers.dtype == np.bool_ and numbers.shape == (n_rows,):
        numbers = np.flatnonzero(numbers)
    valid = numbers.dtype.kind in "iu" and numbers.ndim == 1 and numbers.size > 0
    if not valid or numbers.min() < 0 or numbers.max() >= n_rows:
        raise InputError(
            f"rows must be a non-empty list of row numbers from 0 to {n_rows - 1}.",
            f"rows 必须是非空的行号列表，行号从 0 到 {n_rows - 1}。",
        )
    return numbers.astype(np.intp, copy=False)
