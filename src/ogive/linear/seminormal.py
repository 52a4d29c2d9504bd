"""Least squares of sparse rows by their cross-products, corrected by the rows themselves."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import linalg, sparse

from ogive.linear.one_thread import on_one_thread
from ogive.linear.rows import FittedRows
from ogive.linear.solution import Solution

__all__ = ["solve_seminormal"]

HIGHEST_CONDITION = 1e4
"""With more, the factor of the cross-products is not good enough to correct by."""

LARGEST_MEAN = 1e2
"""Means larger than so many deviations cost digits of the cross-products about them."""

CORRECTIONS = 3


@on_one_thread
def solve_seminormal(rows: FittedRows, fit_intercept: bool) -> Solution | None:
    """Solve by the corrected seminormal equations, or return None where they lose digits.

    Cholesky's factor of the cross-products of the scaled, centred columns solves for the
    coefficients and then for corrections from the gradient, computed anew from the sparse rows. It
    costs as much as the products of numbers that are not 0.

    Parameters
    ----------
    rows : FittedRows
        `X` in CSR form.
    fit_intercept : bool

    References
    ----------
    Å. Björck, Stability analysis of the method of seminormal equations for linear least squares
    problems, Linear Algebra and its Applications 88 (1987), 31-48.
    """
    weight = rows.weights()
    used = np.flatnonzero(weight > 0)
    X: Any = rows.X.astype(np.float64, copy=False)
    y = np.asarray(rows.y, dtype=np.float64)
    if len(used) < len(weight):
        X, y, weight = X[used], y[used], weight[used]
    total, k = float(weight.sum()), X.shape[1]
    weighted = X if rows.weight is None else sparse.diags_array(weight) @ X
    means = np.asarray(weighted.sum(axis=0)).ravel() / total if fit_intercept else np.zeros(k)
    y_means = weight @ y / total if fit_intercept else np.zeros(y.shape[1])
    products = np.asarray((X.T @ weighted).toarray())
    products -= total * np.outer(means, means)
    with np.errstate(invalid="ignore"):
        norms = np.sqrt(products.diagonal())
    if not np.all(norms > 0) or np.any(np.abs(means) * np.sqrt(total) > LARGEST_MEAN * norms):
        return None
    unit = products / norms / norms[:, None]
    eigenvalues = np.linalg.eigvalsh(unit)
    condition = float(np.sqrt(eigenvalues[-1] / max(eigenvalues[0], 1e-300)))
    if not condition <= HIGHEST_CONDITION:
        return None
    factor = linalg.cho_factor(unit, lower=False)
    residual = y - y_means
    centred = np.sqrt(weight)[:, None] * residual
    coef = np.zeros((k, y.shape[1]))
    for _ in range(1 + CORRECTIONS):
        gradient = weighted.T @ residual - np.outer(means, weight @ residual)
        coef += linalg.cho_solve(factor, gradient / norms[:, None]) / norms[:, None]
        residual = y - y_means - (X @ coef - means @ coef)
    squares = weight @ residual**2
    all_squares = np.square(centred).sum(axis=0)
    fitted = np.sqrt(np.maximum(all_squares - squares, 1e-300))
    error = np.finfo(float).eps * condition * (1 + condition * np.sqrt(squares) / fitted)
    upper = np.triu(factor[0])
    root = linalg.solve_triangular(upper, np.eye(k)) / norms[:, None]
    return Solution(
        n_samples=len(used),
        sum_of_weights=total,
        fit_intercept=fit_intercept,
        coef=np.ascontiguousarray(coef.T),
        intercept=y_means - means @ coef,
        rank=k,
        singular_values=np.linalg.svd(upper * norms, compute_uv=False),
        feature_means=means,
        target_means=y_means,
        feature_norms=norms,
        residual_sum_of_squares=squares,
        total_sum_of_squares=all_squares,
        inverse=root @ root.T,
        null_space=np.zeros((k, 0)),
        dependencies=(),
        condition_number=condition,
        digits=np.clip(-np.log10(error), 0, 15.95),
        sum_of_log_weights=float(np.log(weight).sum()) if rows.weight is not None else 0.0,
        inverse_root=root,
    )
