"""An orthonormal basis of badly conditioned columns, to the last digits."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import linalg, sparse

from ogive.linear.blocks import block_rows
from ogive.linear.exact_products import precise_product
from ogive.linear.one_thread import on_one_thread
from ogive.linear.rows import FittedRows
from ogive.linear.solution import Array, Solution

__all__ = ["Basis", "needs_basis", "precise_basis"]

# Products in float64 lose about the condition number times 1e-16: up to this one that is little.
WELL_CONDITIONED = 1e6


class Basis(NamedTuple):
    """A basis of the constant, if there is one, and the columns.

    Attributes
    ----------
    rows : ndarray of shape (n_samples, n_parameters)
        Times the roots of the weights its columns are orthonormal.
    coefficients : ndarray of shape (n_terms, n_parameters)
        F, the constant first: ``rows = (1, X) @ F``, and the inverse of the products of the columns
        is FF'.
    """

    rows: Array
    coefficients: Array

    def without_fit(self, residuals: Array, weights: Array) -> Array:
        """Return residuals less what the columns still explain of them.

        A fit with coefficients rounded to float64 leaves as much of the columns as the rounding of
        the coefficients is: it lies in their span, which the projection takes out.
        """
        for _ in range(2):
            along = self.rows.T @ (residuals * weights[:, None])
            residuals = residuals - self.rows @ along
        return residuals


def needs_basis(solution: Solution) -> bool:
    """Return whether the columns are conditioned so badly that float64 alone loses digits."""
    return (
        solution.inverse_root is not None
        and solution.rank == solution.n_features
        and WELL_CONDITIONED < solution.condition_number < np.inf
    )


@on_one_thread
def precise_basis(rows: FittedRows, solution: Solution) -> tuple[Basis | None, Array]:
    """Return the basis, and the fitted values less the means of the targets.

    The basis is None where the columns are not those of the solution.

    Notes
    -----
    Columns less their means are multiplied by the root of the inverse in about twice the digits of
    float64, after which its Gram matrix is so near to the identity that Cholesky's factor of it
    corrects the rest, as in CholeskyQR (Yamamoto, Nakatsukasa, Yanagisawa and Fukaya, 2015).
    """
    assert solution.inverse_root is not None
    k, constant = solution.n_features, int(solution.fit_intercept)
    by = _power(np.where(solution.feature_norms > 0, solution.feature_norms, 1.0))
    right = np.column_stack([solution.inverse_root, solution.coef.T]) * by[:, None]
    # Coefficients may be near the ends of what float64 holds.
    size = _power(np.abs(right).max(axis=0, initial=0.0))
    right, share = right / size, 1 / by
    full = np.empty((len(rows.y), constant + solution.rank))
    full[:, :constant] = 1 / np.sqrt(solution.sum_of_weights)
    fitted = np.empty(rows.y.shape)
    gram = np.zeros((full.shape[1],) * 2)
    X = rows.X.tocsr() if sparse.issparse(rows.X) else rows.X
    step = block_rows(k)
    for first in range(0, len(full), step):
        part = slice(first, first + step)
        taken = X[part].toarray() if sparse.issparse(X) else X[part]
        high, low = _less(np.asarray(taken, dtype=np.float64), solution.feature_means)
        product = precise_product(high * share, low * share, right) * size
        full[part, constant:] = product[:, : solution.rank]
        fitted[part] = product[:, solution.rank :]
        weight = 1.0 if rows.weight is None else rows.weight[part, None]
        gram += full[part].T @ (full[part] * weight)
    try:
        # Near the identity, so that its inverse may be multiplied with.
        correction = linalg.solve_triangular(linalg.cholesky(gram), np.eye(len(gram)))
    except (linalg.LinAlgError, ValueError):
        return None, fitted
    coefficients = np.zeros((constant + k, constant + solution.rank))
    coefficients[constant:, constant:] = solution.inverse_root
    if constant:
        means = (solution.feature_means * share)[None, :]
        coefficients[0, 0] = 1 / np.sqrt(solution.sum_of_weights)
        along = precise_product(means, np.zeros_like(means), right)[0] * size
        coefficients[0, 1:] = -along[: solution.rank]
    return Basis(full @ correction, coefficients @ correction), fitted


def _power(sizes: Array) -> Array:
    """Return powers of two near numbers: dividing by them changes no digit."""
    return np.asarray(np.ldexp(1.0, np.clip(np.frexp(sizes)[1], -1000, 1000)))


def _less(columns: Array, means: Array) -> tuple[Array, Array]:
    """Return columns less means, and what the difference has rounded off (Knuth)."""
    difference = columns - means
    back = columns - difference
    other = difference + back
    return difference, (columns - other) + (back - means)
