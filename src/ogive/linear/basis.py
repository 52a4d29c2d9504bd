"""An orthonormal basis of badly conditioned columns, to the last digits."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
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

    def without_fit(self, residuals: Array, root_weight: Array) -> Array:
        """Return residuals less what the columns still explain of them.

        A fit with coefficients rounded to float64 leaves as much of the columns as the rounding of
        the coefficients is: it lies in their span, which the projection takes out.
        """
        weighted = self.rows * root_weight[:, None]
        for _ in range(2):
            residuals = residuals - self.rows @ (weighted.T @ (residuals * root_weight[:, None]))
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
    power = np.frexp(np.where(solution.feature_norms > 0, solution.feature_norms, 1.0))[1]
    right = np.ldexp(np.column_stack([solution.inverse_root, solution.coef.T]), power[:, None])
    # Coefficients may be near the ends of what float64 holds.
    size = np.frexp(np.abs(right).max(axis=0, initial=0.0))[1]
    right = np.ldexp(right, -size)
    full = np.empty((len(rows.y), constant + solution.rank))
    full[:, :constant] = 1 / np.sqrt(solution.sum_of_weights)
    fitted = np.empty(rows.y.shape)
    X = rows.X.tocsr() if sparse.issparse(rows.X) else rows.X
    step = block_rows(k)
    for first in range(0, len(full), step):
        part = slice(first, first + step)
        taken = X[part].toarray() if sparse.issparse(X) else X[part]
        high, low = _less(np.asarray(taken, dtype=np.float64), solution.feature_means)
        product = precise_product(np.ldexp(high, -power), np.ldexp(low, -power), right)
        product = np.ldexp(product, size)
        full[part, constant:] = product[:, : solution.rank]
        fitted[part] = product[:, solution.rank :]
    weighted = full * np.sqrt(rows.weights())[:, None]
    gram = weighted.T @ weighted
    try:
        upper = linalg.cholesky(gram)
    except (linalg.LinAlgError, ValueError):
        return None, fitted
    coefficients = np.zeros((constant + k, constant + solution.rank))
    coefficients[constant:, constant:] = solution.inverse_root
    if constant:
        means = np.ldexp(solution.feature_means, -power)[None, :]
        coefficients[0, 0] = 1 / np.sqrt(solution.sum_of_weights)
        along = np.ldexp(precise_product(means, np.zeros_like(means), right)[0], size)
        coefficients[0, 1:] = -along[: solution.rank]
    return Basis(_over(full, upper), _over(coefficients, upper)), fitted


def _less(columns: Array, means: Array) -> tuple[Array, Array]:
    """Return columns less means, and what the difference has rounded off (Knuth)."""
    difference = columns - means
    back = columns - difference
    other = difference + back
    return difference, (columns - other) + (back - means)


def _over(matrix: Array, upper: NDArray[np.float64]) -> Array:
    divided: Array = linalg.solve_triangular(upper, matrix.T, trans="T").T
    return divided
