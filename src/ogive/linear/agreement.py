"""How many digits of an approximate solution are right, by the exact one."""

from __future__ import annotations

import math

import numpy as np

from ogive.linear.rows import FittedRows
from ogive.linear.solution import Array, Solution

__all__ = ["BLOCK", "right_digits", "sum_of_squares"]

BLOCK = 1 << 20
"""Numbers in a block of rows, so that what is computed from it stays in the cache."""


def right_digits(coef: Array, intercept: Array, exact: Solution) -> Array:
    """Return how many decimal digits of each target's worst coefficient are right.

    It is minus the decimal logarithm of the relative error (of the absolute one where the right
    value is 0), as NIST's Statistical Reference Datasets are scored, from 0 to what the exact
    solution has itself. The constant term counts as a coefficient.

    Parameters
    ----------
    coef, intercept : ndarray of shape (n_targets, n_features), (n_targets,)
    exact : Solution

    Returns
    -------
    ndarray of shape (n_targets,)
    """
    found, right = coef, exact.coef
    if exact.fit_intercept:
        found = np.column_stack([intercept, coef])
        right = np.column_stack([exact.intercept, exact.coef])
    error = np.abs(found - right) / np.where(right == 0, 1.0, np.abs(right))
    worst = error.max(axis=1, initial=0.0)
    digits = [-math.log10(value) if value > 0 else math.inf for value in worst]
    return np.clip(digits, 0.0, exact.digits)


def sum_of_squares(rows: FittedRows, coef: Array, intercept: Array) -> Array:
    """Return each target's weighted residual sum of squares, a block of rows at a time."""
    step = max(1, BLOCK // max(1, coef.shape[1]))
    total = np.zeros(len(coef))
    for start in range(0, len(rows.y), step):
        part = slice(start, start + step)
        fitted = np.asarray(rows.X[part] @ coef.T, dtype=np.float64) + intercept
        squares = (np.asarray(rows.y[part], dtype=np.float64) - fitted) ** 2
        if rows.weight is not None:
            squares *= rows.weight[part, None]
        total += squares.sum(axis=0)
    return total
