"""How many digits of an approximate solution are right, by the exact one."""

from __future__ import annotations

import math

import numpy as np

from ogive.linear.solution import Array, Solution

__all__ = ["BLOCK", "residual_squares", "right_digits", "scaled_factor"]

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


def scaled_factor(exact: Solution) -> tuple[Array, Array]:
    """Return a matrix A and the norms of the columns, such that X'WX = N A'A N, N being the norms.

    The rows and columns are as in `Solution.inverse`; A has as many rows as the rank.
    """
    norms = np.where(exact.feature_norms > 0, exact.feature_norms, 1.0)
    assert exact.inverse_root is not None
    root = exact.inverse_root * norms[:, None]
    square = root.shape[0] == root.shape[1]
    factor = np.linalg.inv(root) if square else np.linalg.pinv(root)
    return np.asarray(factor, dtype=np.float64), norms


def residual_squares(coef: Array, intercept: Array, exact: Solution) -> Array:
    """Return each target's residual sum of squares for other coefficients than the exact ones.

    By Pythagoras it is the least one and the square of how far the fitted values are apart, which
    follows from the exact solution without the rows.
    """
    change = coef - exact.coef
    factor, norms = scaled_factor(exact)
    apart: Array = np.square(factor @ (change * norms).T).sum(axis=0)
    if exact.fit_intercept:
        shift = intercept - exact.intercept + change @ exact.feature_means
        apart = apart + exact.sum_of_weights * shift**2
    return np.asarray(exact.residual_sum_of_squares + apart, dtype=np.float64)
