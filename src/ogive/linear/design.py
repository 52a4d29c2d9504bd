"""The columns of a fit, centred, scaled and weighted, block by block; and bases that span them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse

from ogive.linear.given_rows import block_rows
from ogive.linear.one_thread import on_one_thread
from ogive.linear.rows import FittedRows
from ogive.linear.solution import Array, Solution

__all__ = [
    "Block",
    "Design",
    "Positions",
    "merged_triangle",
    "orthonormalizer",
    "scales",
    "triangular_root",
]

Positions = NDArray[np.intp]

# Up to this condition number the inverse, squared as it is, holds digits enough to start from.
WELL_CONDITIONED = 1e5
# Up to this one, what a root yields is orthonormal enough for the Gram matrix to correct it.
BY_GRAM = 1e10
EPSILON = float(np.finfo(np.float64).eps)


class Block(NamedTuple):
    """Some rows of the design.

    Attributes
    ----------
    rows : slice
        Which.
    columns : ndarray of shape (n_rows, n_features)
        Features less their means, divided by `scales`, times the roots of the weights.
    root_weight : ndarray of shape (n_rows,)
        Roots of the weights.
    """

    rows: slice
    columns: Array
    root_weight: Array


def scales(solution: Solution) -> Array:
    """Return what each column is divided by: its norm, or 1 where it does not vary.

    Less than an eighth of a unit in the last place is the rounding of the mean.
    """
    norms, means = solution.feature_norms, np.abs(solution.feature_means)
    rounding = EPSILON / 8 * np.sqrt(solution.sum_of_weights) * means
    return np.where(norms > rounding, norms, 1.0)


class Design:
    """The rows of a fit as the solver saw them.

    Parameters
    ----------
    rows : FittedRows
        Features, dense or sparse, and weights. They are never copied as a whole.
    solution : Solution
        Gives means and scales.
    """

    def __init__(self, rows: FittedRows, solution: Solution) -> None:
        self.solution = solution
        self.scales = scales(solution)
        self.n_samples = len(rows.y)
        self._weight = rows.weight
        # Rows of other sparse formats are slow to take.
        self._X: Any = rows.X.tocsr() if sparse.issparse(rows.X) else rows.X

    def blocks(self) -> Iterator[Block]:
        """Yield the rows, some at a time, in their order."""
        means, step = self.solution.feature_means, block_rows(self.solution.n_features)
        for first in range(0, self.n_samples, step):
            part = slice(first, min(first + step, self.n_samples))
            taken = self._X[part]
            columns = (taken.toarray() if sparse.issparse(taken) else taken) - means
            columns /= self.scales
            if self._weight is None:
                root = np.ones(len(columns))
            else:
                root = np.sqrt(self._weight[part])
                columns *= root[:, None]
            yield Block(part, columns, root)


def _triangle(design: Design, order: Positions | None = None) -> Array:
    """Return R of the QR decomposition of the design, found block by block.

    Parameters
    ----------
    design : Design
        The rows.
    order : ndarray of int, optional
        Order of the columns; by default as they are.

    Notes
    -----
    R is merged from block to block, which is as stable as Householder's QR of the whole (Demmel,
    Grigori, Hoemmen and Langou, 2012).
    """
    taken = (block.columns for block in design.blocks())
    ordered = taken if order is None else (columns[:, order] for columns in taken)
    return merged_triangle(ordered, design.solution.n_features)


def merged_triangle(blocks: Iterable[Array], width: int) -> Array:
    """Return R of the QR decomposition of blocks of rows of `width` columns, taken in turn."""
    merged: Array = np.zeros((0, width))
    for columns in blocks:
        merged = _r_of(np.vstack([merged, columns]))
    return merged


@on_one_thread
def orthonormalizer(design: Design, order: Positions | None = None) -> tuple[Array, Positions]:
    """Return T such that the columns of (design in `order`) @ T are orthonormal and span it.

    Parameters
    ----------
    design : Design
        The rows.
    order : ndarray of int, optional
        Order of the columns; by default as they are.

    Returns
    -------
    factor : ndarray of shape (n_features, rank)
        Upper triangular save for rows of 0: those of columns that add nothing to the ones before.
    kept : ndarray of int of shape (rank,)
        The other columns, as positions in `order`.

    Notes
    -----
    The factor is corrected by the Gram matrix of what it yields, as in CholeskyQR2 (Yamamoto,
    Nakatsukasa, Yanagisawa and Fukaya, 2015), or by its QR decomposition.
    """
    solution = design.solution
    factor = triangular_root(solution, order)
    if factor is None:
        R = _triangle(design, order)
        kept = _independent(R, solution.rank)
        R = _r_of(R[:, kept])
        factor = np.zeros((solution.n_features, len(kept)))
        factor[kept] = linalg.solve_triangular(R, np.eye(len(kept)))
    else:
        kept = np.arange(solution.n_features)
    bases = _bases(design, order, factor)
    if factor.shape[1] == 0:
        return factor, kept
    if solution.condition_number <= BY_GRAM:
        gram = np.zeros((factor.shape[1],) * 2)
        for basis in bases:
            gram += basis.T @ basis
        upper = linalg.cholesky(gram)
    else:
        upper = merged_triangle(bases, factor.shape[1])
    corrected: Array = linalg.solve_triangular(upper, factor.T, trans="T").T
    return corrected, kept


def _bases(design: Design, order: Positions | None, factor: Array) -> Iterator[Array]:
    for block in design.blocks():
        yield (block.columns if order is None else block.columns[:, order]) @ factor


def triangular_root(solution: Solution, order: Positions | None = None) -> Array | None:
    """Return the upper triangular T with TT' = (Z'Z)^-1 for scaled columns Z, without the rows.

    None where the inverse is not known or the columns depend on each other, and where the solver
    left no root of the inverse, which alone has not digits enough.
    """
    k = solution.n_features
    if solution.inverse is None or solution.rank < k or k == 0:
        return None
    by = scales(solution)
    if order is None:
        order = np.arange(k)
    if solution.inverse_root is not None:
        root = (solution.inverse_root * by[:, None])[order]
        triangular: Array = linalg.rq(root, mode="r") if np.tril(root, -1).any() else root
        return triangular
    if not solution.condition_number <= WELL_CONDITIONED:
        return None
    scaled = (solution.inverse * by[:, None] * by)[np.ix_(order, order)]
    try:
        lower = linalg.cholesky(scaled[::-1, ::-1], lower=True)
    except linalg.LinAlgError:
        return None
    return np.asarray(lower[::-1, ::-1])


def _r_of(matrix: Array) -> Array:
    return np.asarray(np.linalg.qr(matrix, mode="r"), dtype=np.float64)


def _independent(R: Array, rank: int) -> Positions:
    """Return which columns to keep so that `rank` are left: those that add to the ones before."""
    kept = np.arange(R.shape[1])
    norms = np.sqrt((R * R).sum(axis=0))
    while len(kept) > rank:
        reduced = _r_of(R[:, kept])
        adds = np.zeros(len(kept))
        size = min(reduced.shape)
        adds[:size] = np.abs(np.diag(reduced)[:size])
        adds /= np.where(norms[kept] > 0, norms[kept], 1.0)
        # The last of several equally small ones depends on those before it.
        smallest = adds <= max(adds.min() * 1e3, 1e-14)
        kept = np.delete(kept, int(np.flatnonzero(smallest)[0]))
    return kept
