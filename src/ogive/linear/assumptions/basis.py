"""An orthonormal basis of a table's columns, for the auxiliary regressions of the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from scipy import linalg

from ogive.linear.design import Design, merged_triangle, orthonormalizer, scales
from ogive.linear.given_rows import block_rows
from ogive.linear.solution import Array

__all__ = ["Basis", "Blocks", "explained", "with_constant"]

Blocks = Callable[[], Iterator[tuple[slice, Array]]]
"""What yields the columns of a table some rows at a time, each time it is called."""

# Directions in which columns of the same length vary less than this are rounding.
TOLERANCE = 1e-11


class Basis:
    """The space that the columns of a table span, as a matrix which makes them orthonormal.

    Neither the table nor the basis is ever held as a whole.

    Parameters
    ----------
    columns : callable
        Yields slices of rows with the columns there.
    transform : ndarray of shape (n_columns, rank)
        What the columns are multiplied by.
    """

    def __init__(self, columns: Blocks, transform: Array) -> None:
        self._columns = columns
        self._transform = transform

    @classmethod
    def of_fit(cls, design: Design) -> Basis:
        """Return the basis of the weighted columns of a fit, the constant included."""
        solution = design.solution
        if solution.inverse_root is None:
            factor = orthonormalizer(design)[0]
        else:
            factor = solution.inverse_root * scales(solution)[:, None]
        if not solution.fit_intercept:
            return cls(lambda: ((block.rows, block.columns) for block in design.blocks()), factor)
        constant = np.array([[1 / np.sqrt(solution.sum_of_weights)]])
        return cls(with_constant(design), linalg.block_diag(constant, factor))

    @classmethod
    def spanning(cls, columns: Blocks, width: int) -> Basis:
        """Return the basis of any columns, by Householder's QR block by block."""
        R = merged_triangle((block for _, block in columns()), width)
        lengths = np.sqrt((R * R).sum(axis=0))
        lengths[lengths == 0] = 1.0
        _, singular, right = np.linalg.svd(R / lengths, full_matrices=False)
        used = singular > TOLERANCE * singular.max(initial=0.0)
        return cls(columns, (right[used] / singular[used, None]).T / lengths[:, None])

    @property
    def rank(self) -> int:
        """Number of independent columns."""
        return int(self._transform.shape[1])

    def blocks(self) -> Iterator[tuple[slice, Array]]:
        """Yield slices of rows with the orthonormal columns there."""
        for rows, columns in self._columns():
            yield rows, columns @ self._transform

    def coordinates(self, vectors: Array) -> Array:
        """Return the coordinates of the projections of `vectors`, of shape (rank, n_vectors)."""
        found = np.zeros((self.rank, vectors.shape[1]))
        for rows, Q in self.blocks():
            found += Q.T @ vectors[rows]
        return found

    def remainder(self, vectors: Array) -> Array:
        """Return `vectors` less their projections.

        Done twice over, so that what is left is orthogonal to working precision.
        """
        left = np.array(vectors, dtype=np.float64)
        first = self.coordinates(left)
        second = np.zeros_like(first)
        for rows, Q in self.blocks():
            left[rows] -= Q @ first
            second += Q.T @ left[rows]
        for rows, Q in self.blocks():
            left[rows] -= Q @ second
        return left


def with_constant(design: Design) -> Blocks:
    """Return what yields the blocks of a design with the constant in front."""

    def blocks() -> Iterator[tuple[slice, Array]]:
        for block in design.blocks():
            columns = np.empty((len(block.columns), block.columns.shape[1] + 1))
            columns[:, 0] = block.root_weight
            columns[:, 1:] = block.columns
            yield block.rows, columns

    return blocks


def explained(left: Array, lengths: Array, target: Array) -> tuple[float, int]:
    """Return what columns explain of a target beyond a basis, and how many they are.

    Parameters
    ----------
    left : ndarray of shape (n_rows, n_columns)
        The columns less their projections on the basis.
    lengths : ndarray of shape (n_columns,)
        Lengths of the columns as they were.
    target : ndarray of shape (n_rows,)
        What is to be explained.

    Returns
    -------
    explained : float
        Sum of squares.
    rank : int
        Number of columns that are not in the basis and do not depend on each other.
    """
    beyond = np.sqrt(np.einsum("ij,ij->j", left, left))
    new = np.flatnonzero(beyond > 1e-8 * lengths)
    if len(new) == 0:
        return 0.0, 0
    step = block_rows(len(new) + 1)
    parts = (
        np.column_stack(
            [left[first : first + step, new] / beyond[new], target[first : first + step]]
        )
        for first in range(0, len(target), step)
    )
    R = merged_triangle(parts, len(new) + 1)
    # The last column of R holds the target's coordinates in the basis of the others.
    turned, singular, _ = np.linalg.svd(R[: len(new), : len(new)])
    along = turned[:, singular > 1e-7 * singular[0]].T @ R[: len(new), -1]
    return float(along @ along), len(along)
