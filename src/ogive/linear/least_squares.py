"""The exact solver."""

from __future__ import annotations

import numpy as np

from ogive.linear.rows import FittedRows
from ogive.linear.solution import Solution

__all__ = ["solve"]


def solve(rows: FittedRows, fit_intercept: bool) -> Solution:
    """Solve by least squares."""
    X = np.asarray(rows.X.toarray() if hasattr(rows.X, "toarray") else rows.X, dtype=np.float64)
    y, weight = np.asarray(rows.y, dtype=np.float64), rows.weights()
    used = weight > 0
    X, y, weight = X[used], y[used], weight[used]
    k, m = X.shape[1], y.shape[1]
    x_mean = np.average(X, axis=0, weights=weight) if fit_intercept else np.zeros(k)
    y_mean = np.average(y, axis=0, weights=weight) if fit_intercept else np.zeros(m)
    root = np.sqrt(weight)[:, None]
    A, b = root * (X - x_mean), root * (y - y_mean)
    norms = np.sqrt((A * A).sum(axis=0))
    singular = np.linalg.svd(A, compute_uv=False)
    coef, _, rank, _ = np.linalg.lstsq(A, b, rcond=1e-13)
    residual = b - A @ coef
    _, _, right = np.linalg.svd(A, full_matrices=True)
    scaled = np.linalg.svd(A / np.where(norms > 0, norms, 1), compute_uv=False)
    return Solution(
        n_samples=int(used.sum()),
        sum_of_weights=float(weight.sum()),
        fit_intercept=fit_intercept,
        coef=coef.T,
        intercept=y_mean - coef.T @ x_mean,
        rank=int(rank),
        singular_values=singular,
        feature_means=x_mean,
        target_means=y_mean,
        feature_norms=norms,
        residual_sum_of_squares=(residual**2).sum(axis=0),
        total_sum_of_squares=(b**2).sum(axis=0),
        inverse=np.linalg.pinv(A.T @ A),
        null_space=right[rank:].T,
        dependencies=(),
        condition_number=float(scaled[0] / scaled[-1]) if rank == k else np.inf,
        digits=np.full(m, 12.0),
        sum_of_log_weights=float(np.log(weight).sum()),
    )
