"""A root of the covariance of the coefficients, the constant included."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ogive.linear.design import Design, orthonormalizer, scales
from ogive.linear.solution import Array, Solution

__all__ = ["Root", "coefficient_deviations", "covariance_root", "estimable_terms", "row_norms"]

# Beyond it the inverse, which squares the condition number, has not four digits left for products.
ILL_CONDITIONED = 1e6
EPSILON = float(np.finfo(np.float64).eps)


class Root:
    """A matrix C of shape (n_features, rank) that turns scaled columns Z into orthonormal ones.

    (X'WX)^-1 is then DCC'D, D holding the reciprocals of the `scales`.

    Parameters
    ----------
    solution : Solution
        What was solved.
    factor : ndarray of shape (n_features, rank)
        C.
    of_constant : ndarray of shape (rank,), optional
        ``feature_means @ D @ C``, where it is known to more digits than this product has.
    """

    def __init__(self, solution: Solution, factor: Array, of_constant: Array | None = None) -> None:
        self.solution = solution
        self.factor = factor
        self.of_constant = of_constant

    @property
    def coefficients(self) -> Array:
        """F of shape (n_terms, n_parameters), the constant first: (X'WX)^-1 = FF' for all terms.

        Its first column, where there is a constant, belongs to the mean of the rows.
        """
        solution = self.solution
        slopes = self.factor / scales(solution)[:, None]
        if not solution.fit_intercept:
            return slopes
        k, r = slopes.shape
        full = np.zeros((k + 1, r + 1))
        full[0, 0] = 1 / np.sqrt(solution.sum_of_weights)
        along = self.of_constant
        full[0, 1:] = -(solution.feature_means @ slopes if along is None else along)
        full[1:, 1:] = slopes
        return full


def covariance_root(solution: Solution, design: Design | None = None) -> Root | None:
    """Return the root, or None where it is not known to enough digits.

    Parameters
    ----------
    solution : Solution
        What was solved.
    design : Design, optional
        The rows. From them the root is exact to about the condition number times 2e-16; without
        them, unless the solver left it, to the square of the condition number times that.
    """
    if solution.inverse is None:
        return None
    if solution.inverse_root is not None:
        factor = solution.inverse_root * scales(solution)[:, None]
        return Root(solution, factor, solution.constant_root)
    if design is not None:
        return Root(solution, orthonormalizer(design)[0])
    by = scales(solution)
    values, vectors = np.linalg.eigh(solution.inverse * by[:, None] * by)
    k, rank = solution.n_features, solution.rank
    values, vectors = values[k - rank :], vectors[:, k - rank :]
    if rank and not values[0] * ILL_CONDITIONED**2 > values[-1]:
        return None
    return Root(solution, vectors * np.sqrt(values))


def coefficient_deviations(solution: Solution) -> Array:
    """Return the standard error of each term for errors of variance 1, the constant first.

    NaN where the data do not determine the term, or the inverse is not known. Not variances, which
    may overflow.
    """
    k = solution.n_features
    if solution.inverse is None:
        return np.full(k + int(solution.fit_intercept), np.nan)
    if solution.inverse_root is not None:
        deviations = row_norms(solution.inverse_root)
    else:
        deviations = np.sqrt(np.maximum(np.diag(solution.inverse), 0.0))
    if solution.fit_intercept:
        deviations = np.concatenate([[_of_constant(solution)], deviations])
    usable = estimable_terms(solution) & (deviations > 0)
    return np.where(usable, deviations, np.nan)


def row_norms(matrix: Array) -> Array:
    """Return the norm of each row, whose squares may overflow or vanish."""
    largest = np.abs(matrix).max(axis=1, initial=0.0)
    largest = np.where(largest > 0, largest, 1.0)
    scaled = matrix / largest[:, None]
    norms: Array = largest * np.sqrt((scaled * scaled).sum(axis=1))
    return norms


def _of_constant(solution: Solution) -> float:
    means = solution.feature_means
    if solution.inverse_root is not None:
        spread = solution.constant_root
        if spread is None:
            spread = means @ solution.inverse_root
        return float(np.sqrt(1 / solution.sum_of_weights + spread @ spread))
    assert solution.inverse is not None
    by = scales(solution)
    # Large terms of either sign cancel; where long doubles are longer they keep what is there.
    scaled = (solution.inverse * by[:, None] * by).astype(np.longdouble)
    along = (means / by).astype(np.longdouble)
    return float(np.sqrt(1 / solution.sum_of_weights + along @ scaled @ along))


def estimable_terms(solution: Solution) -> NDArray[np.bool_]:
    """Return whether the data determine each term, the constant first, as an array of bool."""
    features = solution.estimable
    if not solution.fit_intercept:
        return features
    directions = np.where(features[:, None], 0.0, solution.null_space)
    parts = solution.feature_means[:, None] * directions
    free = np.abs(parts.sum(axis=0)) > 1e-9 * np.abs(parts).sum(axis=0)
    return np.concatenate([[not free.any()], features])
