"""What a stretch of rows contributes to a regression; stretches are merged in their order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ogive.linear.checking import place_of
from ogive.linear.moments import Moments
from ogive.text import InputError

__all__ = ["BLOCK_NUMBERS", "Columns", "Piece", "Tree", "block_rows", "raise_trouble"]

BLOCK_NUMBERS = 1 << 21
"""Numbers in a block of rows: some 16 MB, of which a few are under way at a time."""

MOST_ROWS = 1 << 16
LISTED = 8


@dataclass(frozen=True)
class Columns:
    """Names of the columns that take part.

    Attributes
    ----------
    features, targets : tuple of str
    weight : str or None
    """

    features: tuple[str, ...]
    targets: tuple[str, ...]
    weight: str | None = None

    @property
    def all(self) -> tuple[str, ...]:
        """Features, targets and the weight, in this order."""
        return (*self.features, *self.targets, *((self.weight,) if self.weight else ()))


def block_rows(n_columns: int) -> int:
    """Return how many rows of `n_columns` columns make a block."""
    return max(256, min(MOST_ROWS, BLOCK_NUMBERS // max(1, n_columns)))


@dataclass
class Piece:
    """Consecutive rows: their moments, or what is wrong with them.

    Attributes
    ----------
    n_rows : int
    moments : Moments or None
        None where a value is missing or infinite.
    missing, infinite : ndarray of shape (n_columns,)
        How many there are in each column, in the order of `Columns.all`.
    first : tuple of int or None
        Row (counted from 0) and column of the first of them.
    negative : tuple of (int, float) or None
        Row and value of the first negative weight.
    """

    n_rows: int
    moments: Moments | None
    missing: NDArray[np.int64]
    infinite: NDArray[np.int64]
    first: tuple[int, int] | None = None
    negative: tuple[int, float] | None = None

    @property
    def sound(self) -> bool:
        """Whether all is well with the rows."""
        return self.first is None and self.negative is None

    @classmethod
    def of(
        cls,
        X: Any,
        y: Any,
        weight: Any,
        fit_intercept: bool,
        n_threads: int = 0,
        wanted: bool = True,
    ) -> Piece:
        """Take in a block of rows; moments are left out where they are not `wanted` any more."""
        y = y[:, None] if y.ndim == 1 else y
        none = np.zeros(X.shape[1] + y.shape[1] + int(weight is not None), dtype=np.int64)
        negative = None
        if weight is not None and len(weight) and float(weight.min()) < 0:
            row = int(np.flatnonzero(weight < 0)[0])
            negative = (row, float(weight[row]))
        moments = Moments(X.shape[1], y.shape[1], fit_intercept, n_threads)
        if negative is None and wanted and moments.add(X, y, weight):
            return cls(len(y), moments, none, none)
        parts = [X, y] if weight is None else [X, y, weight[:, None]]
        missing = np.concatenate([np.isnan(part).sum(axis=0) for part in parts])
        infinite = np.concatenate([np.isinf(part).sum(axis=0) for part in parts])
        first = None
        if missing.any() or infinite.any():
            finite = np.concatenate([np.isfinite(part) for part in parts], axis=1)
            row = int(np.flatnonzero(~finite.all(axis=1))[0])
            first = (row, int(np.flatnonzero(~finite[row])[0]))
        return cls(len(y), None, missing, infinite, first, negative)

    def merge(self, after: Piece) -> Piece:
        """Add the rows that come right after these, and return this piece."""
        if self.first is None and after.first is not None:
            self.first = (after.first[0] + self.n_rows, after.first[1])
        if self.negative is None and after.negative is not None:
            self.negative = (after.negative[0] + self.n_rows, after.negative[1])
        self.n_rows += after.n_rows
        self.missing = self.missing + after.missing
        self.infinite = self.infinite + after.infinite
        if self.moments is None or after.moments is None:
            self.moments = None
        else:
            self.moments.merge(after.moments)
        return self


@dataclass
class Tree:
    """Merges pieces pairwise, so that errors of rounding grow with the logarithm of their number.

    The order depends on the number of pieces alone.
    """

    _waiting: list[tuple[int, Piece]] = field(default_factory=list)
    sound: bool = True
    n_rows: int = 0

    def add(self, piece: Piece) -> None:
        """Add the next piece."""
        self.sound = self.sound and piece.sound
        self.n_rows += piece.n_rows
        level = 0
        while self._waiting and self._waiting[-1][0] == level:
            piece = self._waiting.pop()[1].merge(piece)
            level += 1
        self._waiting.append((level, piece))

    def root(self) -> Piece | None:
        """Merge what is left, and return all pieces in one; None where there were none."""
        if not self._waiting:
            return None
        _, piece = self._waiting.pop()
        while self._waiting:
            piece = self._waiting.pop()[1].merge(piece)
        return piece


def raise_trouble(piece: Piece, columns: Columns, remedy: tuple[str, str]) -> None:
    """Raise what is wrong with the rows, if anything is.

    Parameters
    ----------
    piece : Piece
        All rows.
    columns : Columns
    remedy : tuple of str
        How to leave rows out, in English and Chinese.
    """
    if piece.first is not None:
        row, column = piece.first
        names = columns.all
        en, zh = [], []
        for counts, kind_en, kind_zh in (
            (piece.missing, "missing value{} (NaN or null)", "缺失值（NaN 或 null）"),
            (piece.infinite, "infinite value{} (infinity)", "无穷大值（infinity）"),
        ):
            if counts.any():
                which = _by_column(counts, names)
                count = int(counts.sum())
                en.append(f"{count:,} {kind_en.format('' if count == 1 else 's')}: {which}")
                zh.append(f"{count:,} 个{kind_zh}：{which}")
        place = place_of(row)
        raise InputError(
            f"The data contain {'; and '.join(en)}. The first is in {place.en}, column "
            f"{names[column]!r}. {remedy[0]}",
            f"数据含有{'；'.join(zh)}。第一个在{place.zh}的列 {names[column]!r}。{remedy[1]}",
        )
    if piece.negative is not None:
        row, value = piece.negative
        place = place_of(row)
        raise InputError(
            f"The column of weights {columns.weight!r} holds a negative value in {place.en}: "
            f"{value:g}. Weights must be 0 or more.",
            f"权重列 {columns.weight!r} 的{place.zh}是负数 {value:g}。权重必须不小于 0。",
        )


def _by_column(counts: NDArray[np.int64], names: tuple[str, ...]) -> str:
    found = np.flatnonzero(counts)
    listed = ", ".join(f"{names[j]!r} {counts[j]:,}" for j in found[:LISTED])
    return listed + (", ..." if len(found) > LISTED else "")
