"""The exact solver: double-double sums of one pass or, where these do not suffice, QR of a second.

Where scikit-learn's and LAPACK's solutions lose as many digits as the condition number has, this
one loses none of the 16 that a coefficient can have, up to condition numbers near 1e15.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import scipy.linalg
from numpy.typing import NDArray

from ogive._engine import core
from ogive.linear.dependencies import find_dependencies, independent_part
from ogive.linear.minimum_norm import solve_wide
from ogive.linear.moments import Moments, NotFiniteError, Triangle, Twofold
from ogive.linear.ranges import LEAST, MOST
from ogive.linear.rescaling import rescaled_rows, rescaled_solution
from ogive.linear.rows import FittedRows
from ogive.linear.solution import Array, Solution

__all__ = ["solve", "solve_moments"]

# Sums err by some 2^-85 of the columns' squares. They give every digit where no column is nearer
# than this (squared, relative) to those before it, and up to this condition number.
NEAR = 1e-8
WELL_CONDITIONED = 1e4
# The same for the squares that are left of a target.
PERFECT = 1e-22
MOST_DIGITS = 15.95


def solve(rows: FittedRows, fit_intercept: bool, n_threads: int = 0) -> Solution:
    """Solve by least squares.

    Parameters
    ----------
    rows : FittedRows
        Dense rows, all finite.
    fit_intercept : bool
        Whether there is a constant term.
    n_threads : int, default=0
        Most threads; 0 are as many as OpenMP's settings allow. The result does not depend on it.

    Returns
    -------
    Solution
        Of least norm, where the columns depend on each other as far as the digits of the data tell.

    Raises
    ------
    NotFiniteError
        Where a number is NaN or infinite.
    """
    n_features = rows.X.shape[1]
    weight = rows.weight
    used = len(rows.y) if weight is None else np.count_nonzero(weight)
    if used <= n_features and n_features > 64:
        return solve_wide(rows, fit_intercept)
    moments = Moments(n_features, rows.y.shape[1], fit_intercept, n_threads)
    if not moments.add(rows.X, rows.y, weight):
        raise NotFiniteError
    if not _safe(moments, rows):
        scaled, x_scale, y_scale = rescaled_rows(rows)
        return rescaled_solution(solve(scaled, fit_intercept, n_threads), x_scale, y_scale)
    return solve_moments(moments, lambda triangle: triangle.add(rows.X, rows.y, weight))


def solve_moments(moments: Moments, second_pass: Callable[[Triangle], None]) -> Solution:
    """Solve from moments.

    Parameters
    ----------
    moments : Moments
        Of all rows.
    second_pass : callable
        Called with a `Triangle` where the moments do not suffice; has to add all rows to it again.
    """
    k, scale = moments.n_features, moments.scale()
    total = moments.squares()[k:] * scale[k:] ** 2
    parts = moments.cholesky(NEAR)
    if parts is not None:
        upper, right, rest = parts
        condition = _condition(upper, np.sqrt(moments.squares()[:k]) * scale[:k])
        if condition <= WELL_CONDITIONED and not np.any(rest < PERFECT * total):
            factor = Factor(*parts, np.arange(k), k, np.empty((0, k)))
            return _assemble(moments, factor, of_rows=False)
    triangle = Triangle(moments)
    second_pass(triangle)
    upper, right, rest = triangle.parts()
    order, rank, high, low, combinations = core.least_squares.pivoted_qr(
        *upper, *right, moments.raw_sizes() * scale[:k], moments.epsilon
    )
    upper, right = Twofold(*high), Twofold(*low)
    rest = rest + (right.rounded()[rank:] ** 2).sum(axis=0)
    factor = Factor(upper, right, rest, order, rank, combinations)
    return _assemble(moments, factor, of_rows=True)


class Factor(NamedTuple):
    """A triangular factor of the scaled columns taken in an order."""

    upper: Twofold
    right: Twofold
    rest: Array  # squares of each target that are left
    order: NDArray[np.intp]
    rank: int
    combinations: Array  # of the first `rank` columns: each of the others


def _assemble(moments: Moments, factor: Factor, of_rows: bool) -> Solution:
    order, rank, rest = factor.order, factor.rank, factor.rest
    k, scale = moments.n_features, moments.scale()
    x_scale, y_scale = scale[:k], scale[k:]
    squares, mean = moments.squares(), moments.means.rounded()
    kept = order[:rank]
    bordered = _bordered(moments, factor)
    constant, solved = _solve_bordered(bordered, moments, factor)
    scaled = np.zeros((k, len(y_scale)))
    scaled[kept] = solved
    coef = (scaled * x_scale[:, None] / y_scale).T
    inverse = _inverse_triangle(bordered)
    root = np.zeros((k, rank))
    root[kept] = inverse[1:, 1:] * x_scale[kept][:, None]
    null_space = np.zeros((k, 0))
    if rank < k:
        null_space = _null_space(order, rank, factor.combinations) * x_scale[:, None]
        null_space, coef = independent_part(null_space, coef, x_scale)
        constant = mean[k:] - coef @ mean[:k]
        root -= null_space @ (null_space.T @ root)
    else:
        constant = constant / y_scale
    triangle = factor.upper.rounded() / x_scale[order]
    singular = np.linalg.svd(triangle, compute_uv=False).astype(np.float64)
    norms, total = np.sqrt(squares[:k]), squares[k:]
    residual = np.minimum(rest / y_scale**2, total)
    unit = np.where(norms > 0, norms, 1)
    condition, digits = np.inf, np.full(len(total), np.nan)
    if rank == k:
        # From the inverse, whose digits are right: the least singular value of the triangle itself
        # drowns in rounding beyond 1e15.
        largest = np.linalg.norm(triangle / unit[order], 2)
        condition = float(largest * np.linalg.norm(root * unit[:, None], 2)) if k else 1.0
        digits = right_digits(
            root * unit[:, None], (coef * unit).T, np.sqrt(residual), np.sqrt(total), of_rows
        )
    return Solution(
        n_samples=moments.n_samples,
        sum_of_weights=moments.sum_of_weights,
        fit_intercept=moments.fit_intercept,
        coef=coef,
        intercept=constant if moments.fit_intercept else np.zeros(len(total)),
        rank=rank,
        singular_values=singular[: min(moments.n_samples, k)],
        feature_means=mean[:k],
        target_means=mean[k:],
        feature_norms=norms,
        residual_sum_of_squares=residual,
        total_sum_of_squares=total,
        inverse=root @ root.T,
        null_space=null_space,
        dependencies=find_dependencies(null_space, x_scale, mean[:k], moments) if rank < k else (),
        condition_number=condition,
        digits=digits,
        sum_of_log_weights=moments.sum_of_log_weights,
        inverse_root=root,
        constant_root=-inverse[0, 1:] if rank == k else None,
    )


def _bordered(moments: Moments, factor: Factor) -> Twofold:
    """Return the triangle with the constant term as its first row: constant + mean' b.

    Solved together, the constant term and its variance lose no digits where means are large.
    """
    k, rank = moments.n_features, factor.rank
    kept, scale = factor.order[:rank], moments.scale()[:k]
    bordered = []
    for corner, mean, triangle in zip((1.0, 0.0), moments.means, factor.upper, strict=True):
        whole = np.zeros((rank + 1, rank + 1))
        whole[0, 0] = corner
        whole[0, 1:] = (mean[:k] * scale)[kept]
        whole[1:, 1:] = triangle[:rank, :rank]
        bordered.append(whole)
    return Twofold(*bordered)


def _solve_bordered(bordered: Twofold, moments: Moments, factor: Factor) -> tuple[Array, Array]:
    """Return the constant terms and the coefficients of the scaled columns taken."""
    k, rank = moments.n_features, factor.rank
    y_scale = moments.scale()[k:]
    right = [
        np.ascontiguousarray(np.vstack([mean[k:] * y_scale, side[:rank]]))
        for mean, side in zip(moments.means, factor.right, strict=True)
    ]
    high, low = core.least_squares.solve_upper(*bordered, *right, rank + 1)
    solved = high + low
    return solved[0], solved[1:]


def _inverse_triangle(upper: Twofold) -> Array:
    n = len(upper.high)
    one = np.eye(n)
    if n > 256:  # the same in double: standard errors need no more digits than these
        inverse: Array = scipy.linalg.solve_triangular(upper.rounded(), one, check_finite=False)
        return inverse
    high, low = core.least_squares.solve_upper(*upper, one, np.zeros_like(one), n)
    whole: Array = high + low
    return whole


def _null_space(order: NDArray[np.intp], rank: int, combinations: Array) -> Array:
    """Return a basis in the scaled columns: each dependent column less its combination."""
    k = len(order)
    basis = np.zeros((k, k - rank))
    basis[order[:rank]] = combinations.T
    basis[order[rank:], np.arange(k - rank)] = -1
    return basis


def _condition(upper: Twofold, norms: Array) -> float:
    """Return the condition number of the columns scaled to norm 1."""
    singular = np.linalg.svd(upper.rounded() / norms, compute_uv=False)
    return float(singular[0] / singular[-1])


def right_digits(root: Array, coef: Array, residual: Array, total: Array, of_rows: bool) -> Array:
    """Estimate how many digits of the worst coefficient are right.

    By the first-order bounds of perturbation theory, coefficient by coefficient (Higham, Accuracy
    and Stability of Numerical Algorithms, 2002, section 20.1), for columns of norm 1.

    Parameters
    ----------
    root : ndarray of shape (n_features, n_features)
        C with CC' the inverse of the columns' products.
    coef : ndarray of shape (n_features, n_targets)
    residual, total : ndarray of shape (n_targets,)
        Norms of residuals and of the centred targets.
    of_rows : bool
        Whether the triangle is that of the rows, or Cholesky's of their sums.
    """
    size = np.abs(coef).sum(axis=0)
    once = np.linalg.norm(root, axis=1)[:, None]
    twice = np.linalg.norm(root @ root.T, axis=1)[:, None]
    if of_rows:
        error = 2.0**-102 * (once * (size + total) + twice * residual)
    else:
        error = 2.0**-85 * twice * (size + total)
    # A coefficient that happens to be near 0 is measured by the others.
    floor = np.maximum(1e-6 * np.abs(coef).max(axis=0, initial=0.0), 1e-300)
    worst = (error / np.maximum(np.abs(coef), floor)).max(axis=0, initial=0.0)
    digits: Array = np.clip(-np.log10(np.maximum(worst, 1e-300)), 0, MOST_DIGITS)
    return digits


def _safe(moments: Moments, rows: FittedRows) -> bool:
    """Return whether no square of a column overflowed or lost digits by underflow."""
    norms = np.sqrt(moments.squares())
    if np.all((norms >= LEAST) & (norms <= MOST)):
        return True
    if not np.all(norms <= MOST):
        return False
    # A column of small numbers or a constant one?
    small = np.flatnonzero(norms < LEAST)
    k = moments.n_features
    columns = (rows.X[:, j] if j < k else rows.y[:, j - k] for j in small)
    return all(np.ptp(column) == 0 for column in columns)
