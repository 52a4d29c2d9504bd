"""Fewer rows than columns: the solution of least norm, which passes through every row."""

from __future__ import annotations

import numpy as np
import scipy.linalg

from ogive.linear.moments import NotFiniteError
from ogive.linear.rows import FittedRows
from ogive.linear.solution import Array, Solution

__all__ = ["solve_wide"]

MOST_FOR_NULL_SPACE = 3000


def solve_wide(rows: FittedRows, fit_intercept: bool) -> Solution:
    """Solve by the singular value decomposition of the centred rows, refined once.

    Parameters
    ----------
    rows : FittedRows
        Dense rows, no more than there are columns.
    fit_intercept : bool
        Whether there is a constant term.

    Raises
    ------
    NotFiniteError
        Where a number is NaN or infinite.
    """
    weight = rows.weights()
    used = weight > 0
    if not (np.isfinite(rows.X).all() and np.isfinite(rows.y).all()):
        raise NotFiniteError
    X, y, weight = np.asarray(rows.X, np.float64)[used], rows.y[used], weight[used]
    n, k = X.shape
    x_mean = np.average(X, axis=0, weights=weight) if fit_intercept else np.zeros(k)
    y_mean = np.average(y, axis=0, weights=weight) if fit_intercept else np.zeros(y.shape[1])
    root = np.sqrt(weight)[:, None]
    A, b = root * (X - x_mean), root * (y - y_mean)
    left, singular, right = scipy.linalg.svd(A, full_matrices=False, check_finite=False)
    epsilon = float(np.finfo(rows.X.dtype).eps)
    # Centring costs a rank; what rounding leaves of it has the size of the numbers before centring.
    size = np.sqrt(float((root**2 * X**2).sum()))
    rank = int(np.count_nonzero(singular > epsilon * max(n, k) * max(singular[0], size / n)))
    left, kept, right = left[:, :rank], singular[:rank], right[:rank]

    def pseudo_solve(target: Array) -> Array:
        solved: Array = right.T @ ((left.T @ target) / kept[:, None])
        return solved

    coef = pseudo_solve(b)
    coef += pseudo_solve(b - A @ coef)
    residual = b - A @ coef
    norms = np.sqrt((A**2).sum(axis=0))
    total = (b**2).sum(axis=0)
    condition = np.inf
    if rank == k:
        unit = scipy.linalg.svdvals(A / np.where(norms > 0, norms, 1))
        condition = float(unit[0] / unit[-1])
    return Solution(
        n_samples=n,
        sum_of_weights=float(weight.sum()),
        fit_intercept=fit_intercept,
        coef=coef.T,
        intercept=y_mean - coef.T @ x_mean,
        rank=rank,
        singular_values=singular,
        feature_means=x_mean,
        target_means=y_mean,
        feature_norms=norms,
        residual_sum_of_squares=(residual**2).sum(axis=0),
        total_sum_of_squares=total,
        inverse=None,
        null_space=_complement(right),
        dependencies=(),
        condition_number=condition,
        digits=np.full(y.shape[1], np.nan),
        sum_of_log_weights=float(np.log(weight).sum()),
    )


def _complement(right: Array) -> Array:
    """Return a basis of what the rows leave undetermined; one direction of it where it is large."""
    rank, k = right.shape
    if k <= MOST_FOR_NULL_SPACE:
        basis: Array = scipy.linalg.null_space(right) if rank else np.eye(k)
        return basis
    direction = np.ones(k) - right.T @ right.sum(axis=1)
    unit: Array = direction / np.linalg.norm(direction)
    return unit[:, None]
