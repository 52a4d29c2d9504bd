"""Least squares with sparse features."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import LinearOperator, lsqr

from ogive.linear.agreement import BLOCK
from ogive.linear.least_squares import solve, solve_moments
from ogive.linear.moments import Block, Moments, NotFiniteError
from ogive.linear.ranges import within_range
from ogive.linear.rows import FittedRows
from ogive.linear.seminormal import solve_seminormal
from ogive.linear.solution import Array, Solution
from ogive.text import InputError

__all__ = ["MOST_FEATURES", "solve_sparse"]

MOST_FEATURES = 2000
"""Up to so many columns the exact solver takes the rows a block at a time, written out."""

MOST_WORK = 1e9
"""More products than these (a second or so) are not spent on numbers most of which are 0 where the
columns are nearly independent, so that nothing is lost by leaving the zeros out."""

DENSE = 0.2
"""So large a part of numbers that are not 0 is not sparse any more."""


def solve_sparse(rows: FittedRows, fit_intercept: bool, tol: float, solver: str) -> Solution:
    """Solve for sparse rows: exactly up to 2000 columns, otherwise iteratively.

    Large tables of nearly independent columns are solved by the corrected seminormal equations in
    float64, to a few units of the last digit.

    The iterative solver is LSQR on the rows centred in place, as in scikit-learn, started a second
    time from its own result with the residuals computed anew.

    Parameters
    ----------
    rows : FittedRows
        `X` in CSR form.
    fit_intercept : bool
    tol : float
        `atol` and `btol` of :func:`scipy.sparse.linalg.lsqr` in the first run.
    solver : {"qr", "normal", "gd"}
        Only "qr" goes with more than 2000 sparse columns.

    Returns
    -------
    Solution
        With more than 2000 columns it lacks what only a factorisation tells: `inverse` is None,
        `singular_values` is empty, `condition_number` and `digits` are NaN, and `rank` is only the
        largest that it can be.
    """
    if rows.X.shape[1] <= MOST_FEATURES:
        return _solve_blocks(rows, fit_intercept)
    if solver != "qr":
        raise InputError(
            f"solver={solver!r} takes sparse X of at most {MOST_FEATURES} columns; X has "
            f"{rows.X.shape[1]}. Use solver='qr'.",
            f"solver={solver!r} 最多接受 {MOST_FEATURES} 列的稀疏 X；现有 {rows.X.shape[1]} 列。"
            "请使用 solver='qr'。",
        )
    return _Iterative(rows, fit_intercept).solve(tol)


def _solve_blocks(rows: FittedRows, fit_intercept: bool) -> Solution:
    n, k = rows.X.shape
    if n > k and n * k**2 > MOST_WORK and rows.X.nnz < DENSE * n * k:
        solution = solve_seminormal(rows, fit_intercept)
        if solution is not None:
            return solution
    moments = Moments(k, rows.y.shape[1], fit_intercept)
    if n > k:
        for block in _blocks(rows):
            if not moments.add(*block):
                raise NotFiniteError
    if n <= k or not within_range(moments):
        dense = replace(rows, X=rows.X.toarray())  # as many rows as columns, or most unusual units
        return solve(dense, fit_intercept)
    return solve_moments(moments, lambda triangle: triangle.add_all(_blocks(rows)))


def _blocks(rows: FittedRows) -> Iterator[Block]:
    n, k = rows.X.shape
    step = max(1, BLOCK // max(1, k))
    for first in range(0, n, step):
        part = slice(first, first + step)
        weight = None if rows.weight is None else rows.weight[part]
        yield Block(rows.X[part].toarray(), rows.y[part], weight)


class _Iterative:
    """Centred, weighted sparse rows as a linear operator."""

    def __init__(self, rows: FittedRows, fit_intercept: bool) -> None:
        weight = rows.weights()
        used = np.flatnonzero(weight > 0)
        X: Any = rows.X.astype(np.float64, copy=False)
        y, self.weight = np.asarray(rows.y, dtype=np.float64), weight
        if len(used) < len(weight):
            X, y, self.weight = X[used], y[used], weight[used]
        self.fit_intercept, self.total = fit_intercept, float(self.weight.sum())
        k, m = X.shape[1], y.shape[1]
        self.means = (X.T @ self.weight) / self.total if fit_intercept else np.zeros(k)
        self.y_means = (self.weight @ y) / self.total if fit_intercept else np.zeros(m)
        self.root = np.sqrt(self.weight)
        self.X = sparse.diags_array(self.root) @ X if rows.weight is not None else X
        self.y = self.root[:, None] * (y - self.y_means)

    def _times(self, b: Array) -> Array:
        product: Array = self.X @ b - self.root * (b @ self.means)
        return product

    def _transposed_times(self, r: Array) -> Array:
        product: Array = self.X.T @ r - self.means * (r @ self.root)
        return product

    def solve(self, tol: float) -> Solution:
        n, k = self.X.shape
        operator = LinearOperator(
            self.X.shape, matvec=self._times, rmatvec=self._transposed_times, dtype=np.float64
        )
        coef = np.stack([self._solve_one(operator, y, tol) for y in self.y.T])
        residuals = self.y - np.stack([self._times(b) for b in coef], axis=1)
        squares = np.asarray(self.X.multiply(self.X).sum(axis=0)).ravel()
        norms = np.sqrt(np.maximum(squares - self.total * self.means**2, 0.0))
        return Solution(
            n_samples=n,
            sum_of_weights=self.total,
            fit_intercept=self.fit_intercept,
            coef=coef,
            intercept=self.y_means - coef @ self.means,
            rank=min(n - int(self.fit_intercept), k),
            singular_values=np.zeros(0),
            feature_means=self.means,
            target_means=self.y_means,
            feature_norms=norms,
            residual_sum_of_squares=(residuals**2).sum(axis=0),
            total_sum_of_squares=(self.y**2).sum(axis=0),
            inverse=None,
            null_space=np.zeros((k, 0)),
            dependencies=(),
            condition_number=np.nan,
            digits=np.full(len(coef), np.nan),
            sum_of_log_weights=float(np.log(self.weight).sum()),
        )

    def _solve_one(self, operator: Any, y: Array, tol: float) -> Array:
        first, _, iterations = lsqr(operator, y, atol=tol, btol=tol)[:3]
        if not iterations:
            return np.asarray(first)
        # No x0 is given to lsqr: it would only subtract, as is done here.
        residual = y - self._times(first)
        change = lsqr(operator, residual, atol=0.0, btol=0.0, iter_lim=2 * iterations + 10)[0]
        second = first + change

        def slope(b: Array) -> float:
            return float(np.linalg.norm(self._transposed_times(y - self._times(b))))

        return second if slope(second) < slope(first) else np.asarray(first)
