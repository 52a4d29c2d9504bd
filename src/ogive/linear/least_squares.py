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
SAFE = (1e-100, 1e100)  # norms of columns whose squares neither overflow nor lose digits


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
            order = np.arange(k)
            digits = _digits_of_sums(condition, len(rest))
            return _assemble(moments, Factor(*parts, order, k, np.empty((0, k))), condition, digits)
    triangle = Triangle(moments)
    second_pass(triangle)
    upper, right, rest = triangle.parts()
    order, rank, high, low, combinations = core.least_squares.pivoted_qr(
        *upper, *right, moments.raw_sizes() * scale[:k], moments.epsilon
    )
    upper, right = Twofold(*high), Twofold(*low)
    rest = rest + (right.rounded()[rank:] ** 2).sum(axis=0)
    condition = np.inf
    if rank == k:
        condition = _condition(upper, (np.sqrt(moments.squares()[:k]) * scale[:k])[order])
    digits = _digits_of_rows(condition, rest, total)
    return _assemble(
        moments, Factor(upper, right, rest, order, rank, combinations), condition, digits
    )


class Factor(NamedTuple):
    """A triangular factor of the scaled columns taken in an order."""

    upper: Twofold
    right: Twofold
    rest: Array  # squares of each target that are left
    order: NDArray[np.intp]
    rank: int
    combinations: Array  # of the first `rank` columns: each of the others


def _assemble(moments: Moments, factor: Factor, condition: float, digits: Array) -> Solution:
    upper, right, rest, order, rank, combinations = factor
    k, scale = moments.n_features, moments.scale()
    x_scale, y_scale = scale[:k], scale[k:]
    squares, means = moments.squares(), moments.means
    kept = order[:rank]
    constant, solved = _solve_with_constant(means, upper, right, kept, scale)
    scaled = np.zeros((k, len(y_scale)))
    scaled[kept] = solved
    coef = (scaled * x_scale[:, None] / y_scale).T
    mean = means.rounded()
    null_space = np.zeros((k, 0))
    if rank < k:
        null_space = _null_space(order, rank, combinations) * x_scale[:, None]
        null_space, coef = independent_part(null_space, coef, x_scale)
        constant = mean[k:] - coef @ mean[:k]
    else:
        constant = constant / y_scale

    root = np.zeros((k, rank))
    root[kept] = _inverse_triangle(upper, rank) * x_scale[kept][:, None]
    if rank < k:
        root -= null_space @ (null_space.T @ root)
    triangle = upper.rounded()
    norms = np.sqrt(squares[:k])
    singular = np.linalg.svd(triangle / x_scale[order], compute_uv=False).astype(np.float64)
    total = squares[k:]
    residual = np.minimum(rest / y_scale**2, total)
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
    )


def _solve_with_constant(
    means: Twofold, upper: Twofold, right: Twofold, kept: NDArray[np.intp], scale: Array
) -> tuple[Array, Array]:
    """Solve the triangle with the constant term as its first row: constant + mean' b = mean of y.

    Solved together, the constant term loses no digits where means are large.
    """
    rank, n_targets = len(kept), right.high.shape[1]
    k = len(means.high) - n_targets

    def bordered(corner: float, mean: Array, triangle: Array) -> Array:
        whole = np.zeros((rank + 1, rank + 1))
        whole[0, 0] = corner
        whole[0, 1:] = (mean[:k] * scale[:k])[kept]
        whole[1:, 1:] = triangle[:rank, :rank]
        return whole

    def beside(mean: Array, side: Array) -> Array:
        return np.ascontiguousarray(np.vstack([mean[k:] * scale[k:], side[:rank]]))

    high, low = core.least_squares.solve_upper(
        bordered(1.0, means.high, upper.high),
        bordered(0.0, means.low, upper.low),
        beside(means.high, right.high),
        beside(means.low, right.low),
        rank + 1,
    )
    solved = high + low
    return solved[0], solved[1:]


def _inverse_triangle(upper: Twofold, rank: int) -> Array:
    if rank == 0:
        return np.zeros((0, 0))
    if rank > 256:  # the same in double: standard errors need no more digits than these
        inverse: Array = scipy.linalg.solve_triangular(
            upper.rounded()[:rank, :rank], np.eye(rank), check_finite=False
        )
        return inverse
    one = np.eye(rank)
    high, low = core.least_squares.solve_upper(*upper, one, np.zeros_like(one), rank)
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


def _digits_of_sums(condition: float, n_targets: int) -> Array:
    return np.full(n_targets, _digits(np.array(condition**2 * 2.0**-85)))


def _digits_of_rows(condition: float, rest: Array, total: Array) -> Array:
    """Return the digits after Householder's QR in double-double (Higham, 2002, section 20.1)."""
    if not np.isfinite(condition):
        return np.full(len(rest), np.nan)
    explained = np.maximum(total - rest, 1e-32 * total)
    with np.errstate(divide="ignore", invalid="ignore"):
        tangent = np.where(rest > 0, np.sqrt(rest / explained), 0)
        return _digits(2.0**-100 * condition * (1 + condition * tangent))


def _digits(error: Array) -> Array:
    digits: Array = np.clip(-np.log10(np.maximum(error, 1e-300)), 0, MOST_DIGITS)
    return digits


def _safe(moments: Moments, rows: FittedRows) -> bool:
    """Return whether no square of a column overflowed or lost digits by underflow."""
    norms = np.sqrt(moments.squares())
    low, high = SAFE
    if np.all((norms >= low) & (norms <= high)):
        return True
    if not np.all(norms <= high):
        return False
    # A column of small numbers or a constant one?
    small = np.flatnonzero(norms < low)
    k = moments.n_features
    columns = (rows.X[:, j] if j < k else rows.y[:, j - k] for j in small)
    return all(np.ptp(column) == 0 for column in columns)
