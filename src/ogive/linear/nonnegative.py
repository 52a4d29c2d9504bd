"""Least squares with coefficients that must not be negative."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from ogive.linear.agreement import residual_squares, scaled_factor
from ogive.linear.least_squares import solve
from ogive.linear.one_thread import on_one_thread
from ogive.linear.rows import FittedRows
from ogive.linear.solution import Array, Solution

__all__ = ["solve_nonnegative"]


@on_one_thread
def solve_nonnegative(rows: FittedRows, fit_intercept: bool) -> Solution:
    """Solve by non-negative least squares; the constant may be of any sign.

    Lawson and Hanson's algorithm runs on a factor of the cross-products, which has as many rows as
    columns, to find which coefficients are above 0; these are then solved for by the exact solver.

    Parameters
    ----------
    rows : FittedRows
    fit_intercept : bool

    Returns
    -------
    Solution
        Without `inverse`; rank, singular values and the like are those of all columns.

    References
    ----------
    C. L. Lawson and R. J. Hanson, Solving Least Squares Problems, 1974, chapter 23.
    """
    free = solve(rows, fit_intercept)
    coef = free.coef.copy()
    intercept = free.intercept.copy()
    digits = free.digits.copy()
    negative = np.flatnonzero((coef < 0).any(axis=1))
    if negative.size:
        factor, projections, scale = _small_problem(rows, free)
        groups: dict[bytes, list[int]] = {}
        approximate: dict[int, Array] = {}
        for target in map(int, negative):
            found = nnls(factor, projections[:, target])[0]
            approximate[target] = found * scale
            groups.setdefault((found > 0).tobytes(), []).append(target)
        for key, targets in groups.items():
            active = np.flatnonzero(np.frombuffer(key, dtype=bool))
            start = np.stack([approximate[target] for target in targets])
            part = _solve_active(rows, fit_intercept, active, targets, start, free)
            coef[targets], intercept[targets], digits[targets] = part
    return replace(
        free,
        coef=coef,
        intercept=intercept,
        residual_sum_of_squares=_squares(rows, free, coef, intercept),
        inverse=None,
        inverse_root=None,
        digits=digits,
    )


def _solve_active(
    rows: FittedRows,
    fit_intercept: bool,
    active: NDArray[np.intp],
    targets: list[int],
    start: Array,
    free: Solution,
) -> tuple[Array, Array, Array]:
    """Return coefficients, constants and digits of `targets`, only `active` columns being used."""
    coef = np.zeros((len(targets), free.n_features))
    if len(active) == 0:
        return coef, free.target_means[targets], np.full(len(targets), 15.95)
    part = FittedRows(
        rows.X[:, active],
        rows.y[:, targets],
        rows.weight,
        tuple(rows.feature_names[column] for column in active),
        tuple(rows.target_names[target] for target in targets),
    )
    exact = solve(part, fit_intercept)
    coef[:, active] = exact.coef
    intercept, digits = exact.intercept.copy(), exact.digits.copy()
    for i in np.flatnonzero((coef < 0).any(axis=1)):
        if exact.rank == len(active):  # negative by rounding: it is 0
            fewer = np.flatnonzero(coef[i] > 0)
            solved = _solve_active(rows, fit_intercept, fewer, [targets[i]], start[i : i + 1], free)
            coef[i], intercept[i], digits[i] = (values[0] for values in solved)
            continue
        # The solution of least norm among columns that depend on each other; the one found before
        # fits as well, and is not negative.
        coef[i], digits[i] = start[i], np.nan
        if fit_intercept:
            intercept[i] = free.target_means[targets[i]] - coef[i] @ free.feature_means
    return coef, intercept, digits


def _squares(rows: FittedRows, free: Solution, coef: Array, intercept: Array) -> Array:
    if free.inverse_root is not None:
        return residual_squares(coef, intercept, free)
    residuals = rows.y - rows.X @ coef.T - intercept
    squares: Array = rows.weights() @ residuals**2
    return squares


def _small_problem(rows: FittedRows, free: Solution) -> tuple[Array, Array, Array]:
    """Return A, z and the scale s of columns: |A(b/s) - z| is, but for a constant, |Xb - y|."""
    if free.inverse_root is not None:
        factor, norms = scaled_factor(free)
        return factor, factor @ (free.coef * norms).T, 1.0 / norms
    # More columns than rows, and many of them: then the rows themselves are few.
    norms = np.where(free.feature_norms > 0, free.feature_norms, 1.0)
    root = np.sqrt(rows.weights())[:, None]
    return (
        root * (rows.X - free.feature_means) / norms,
        root * (rows.y - free.target_means),
        1.0 / norms,
    )
