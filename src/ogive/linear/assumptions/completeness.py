"""Condition 4: the data are complete."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ogive.linear.assumptions import completeness_texts as texts
from ogive.linear.assumptions.record import AssumptionResult
from ogive.linear.assumptions.tables import EXACT, Column, columns_of, length_of
from ogive.text import InputError

__all__ = ["Inventory", "check_table", "take_stock"]

SHOWN_ROWS = 10
# Differences within a column that keep fewer digits than these are mostly rounding.
FEWEST_DIGITS = 6


@dataclass
class Inventory:
    """What is wrong with the columns of a table, found in one pass.

    Attributes
    ----------
    missing, infinite : dict of str to list of int
        Rows, by column; `counts` has how many there are where only the first ones are listed.
    text : dict of str to tuple of str
        Type and an example of columns that hold no numbers.
    constant : dict of str to float
        Value of columns that do not vary.
    equal : list of tuple of str
        Pairs of a column and an earlier one which is the same.
    inexact : dict of str to int
        Whole numbers that float64 does not hold exactly.
    rounded : dict of str to int
        Whole numbers held as float64 that are so large that they may have been rounded.
    digits : dict of str to float
        Decimal digits that are left of differences, of columns with few.
    incomplete : ndarray of bool of shape (n_rows,)
        Rows with a missing or infinite value.
    """

    n_rows: int
    n_columns: int = 0
    missing: dict[str, dict[str, Any]] = field(default_factory=dict)
    infinite: dict[str, dict[str, Any]] = field(default_factory=dict)
    text: dict[str, tuple[str, str]] = field(default_factory=dict)
    constant: dict[str, float] = field(default_factory=dict)
    equal: list[tuple[str, str]] = field(default_factory=list)
    inexact: dict[str, int] = field(default_factory=dict)
    rounded: dict[str, int] = field(default_factory=dict)
    digits: dict[str, float] = field(default_factory=dict)
    incomplete: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, bool))


def take_stock(table: Any, prefix: str, names: tuple[str, ...] | None = None) -> Inventory:
    """Look through all columns of a table."""
    stock = Inventory(length_of(table))
    stock.incomplete = np.zeros(stock.n_rows, bool)
    seen: dict[Any, list[Column]] = {}
    for column in columns_of(table, prefix, names):
        stock.n_columns += 1
        if column.inexact:
            stock.inexact[column.name] = column.inexact
        if column.values is None:
            _note(stock.missing, column.name, column.missing, stock.incomplete)
            stock.text[column.name] = (column.kind, column.example)
        else:
            _count(column, stock, seen)
    return stock


def _note(
    into: dict[str, dict[str, Any]],
    name: str,
    where: NDArray[np.bool_] | None,
    incomplete: NDArray[np.bool_],
) -> None:
    if where is not None and where.any():
        rows = np.flatnonzero(where)
        into[name] = {"count": len(rows), "rows": [int(row) for row in rows[:SHOWN_ROWS]]}
        incomplete |= where


def _count(column: Column, stock: Inventory, seen: dict[Any, list[Column]]) -> None:
    values, name = column.values, column.name
    if stock.n_rows == 0:
        return
    if sparse.issparse(values):
        data = values.data.astype(np.float64)
        low, high = (data.min(), data.max()) if len(data) else (0.0, 0.0)
        if len(data) < stock.n_rows:
            low, high = min(low, 0.0), max(high, 0.0)
    else:
        low, high = values.min(), values.max()
    low, high = float(low), float(high)
    if not np.isfinite(low) or not np.isfinite(high):
        dense = values.toarray()[:, 0] if sparse.issparse(values) else values
        missing, infinite = np.isnan(dense), np.isinf(dense)
        _note(stock.missing, name, missing, stock.incomplete)
        _note(stock.infinite, name, infinite, stock.incomplete)
        finite = dense[~(missing | infinite)]
        if len(finite) < 2:
            return
        low, high = float(finite.min()), float(finite.max())
    if low == high:
        stock.constant[name] = low
        return
    largest = max(abs(low), abs(high))
    digits = np.log10((high - low) / (np.finfo(np.float64).eps * largest))
    if digits < FEWEST_DIGITS:
        stock.digits[name] = float(digits)
    if not column.inexact and column.kind.startswith("float64") and EXACT < largest < 2.0**64:
        data = values.data if sparse.issparse(values) else values
        if bool((data == np.floor(data)).all()):
            stock.rounded[name] = int((np.abs(data) > EXACT).sum())
    _compare(column, (low, high), stock, seen)


def _compare(
    column: Column, ends: tuple[float, float], stock: Inventory, seen: dict[Any, list[Column]]
) -> None:
    """Note the column if an earlier one is the same; digests are taken only where it may be."""
    values = column.values
    if not sparse.issparse(values):
        ends = (*ends, *np.asarray(values[:: max(1, len(values) // 16)], np.float64).tolist())
    alike = seen.setdefault(ends, [])
    mine = _digest(values) if alike else None
    for other in alike:
        if mine == _digest(other.values):
            stock.equal.append((column.name, other.name))
            return
    alike.append(column)


def _digest(values: Any) -> bytes:
    if sparse.issparse(values):
        column = values.copy()
        column.sum_duplicates()
        column.eliminate_zeros()
        parts: tuple[Any, ...] = (column.indices.astype(np.int64), column.data.astype(np.float64))
    else:
        # Adding 0 makes -0 and 0 the same.
        parts = (np.ascontiguousarray(values, dtype=np.float64) + 0.0,)
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update(np.ascontiguousarray(part).data)
    return digest.digest()


def check_table(
    X: Inventory, y: Inventory | None, *, fit_intercept: bool
) -> list[AssumptionResult]:
    """Judge what was found in the features and the targets."""
    if y is not None and y.n_rows != X.n_rows:
        raise InputError(
            f"X has {X.n_rows} rows and y has {y.n_rows}; give as many of both.",
            f"X 有 {X.n_rows} 行，而 y 有 {y.n_rows} 行；请让两者行数相同。",
        )
    both = [X] if y is None else [X, y]
    constant = dict(X.constant)
    if not fit_intercept:
        # One column that is not 0 may stand for the constant term.
        ones = [name for name, value in constant.items() if value != 0]
        constant.pop(ones[0]) if ones else None
    results = [
        texts.missing({name: one for stock in both for name, one in stock.missing.items()}, X),
        texts.infinite({name: one for stock in both for name, one in stock.infinite.items()}),
        texts.text({name: one for stock in both for name, one in stock.text.items()}),
        texts.constant(constant),
        texts.equal(X.equal),
        texts.digits(
            {name: one for stock in both for name, one in stock.inexact.items()},
            {name: one for stock in both for name, one in stock.rounded.items()},
            {name: one for stock in both for name, one in stock.digits.items()},
        ),
    ]
    if y is not None:
        results.append(texts.constant_target(y.constant, y.n_columns))
    return results
