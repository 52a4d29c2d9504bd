"""Votes and confidences of all pairs of classes, added up by class."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "BLOCK_BYTES",
    "PairTotals",
    "add_pairs",
    "empty_totals",
    "n_classes_of_pairs",
    "row_blocks",
]

Array = NDArray[np.float64]

BLOCK_BYTES = 2**26
"""About the most memory that answers of pairs take at one time."""


class PairTotals(NamedTuple):
    """What the models of all pairs of classes say of rows.

    Attributes
    ----------
    votes : ndarray of shape (n_samples, n_classes), int32
        How many models are for the class.
    confidences : ndarray of shape (n_samples, n_classes), float64
        Sum of the models' confidences, each being for its later class and against its earlier.
    """

    votes: NDArray[np.int32]
    confidences: Array


def n_classes_of_pairs(n_problems: int) -> int:
    """Return how many classes have so many pairs."""
    return (1 + int(np.sqrt(1 + 8 * n_problems) + 0.5)) // 2


def empty_totals(n_samples: int, n_classes: int) -> PairTotals:
    """Return totals of nothing, class by class in memory, for `add_pairs`."""
    return PairTotals(
        np.zeros((n_classes, n_samples), dtype=np.int32).T,
        np.zeros((n_classes, n_samples)).T,
    )


def add_pairs(
    totals: PairTotals,
    first: int,
    positive: NDArray[np.bool_],
    confidence: Array,
    in_order: bool = True,
) -> None:
    """Add the pairs of class `first` with all classes after it, in their order.

    Parameters
    ----------
    totals : PairTotals
    first : int
    positive : ndarray of shape (n_samples, n_classes - 1 - first), bool
    confidence : ndarray of the same shape
    in_order : bool, default=True
        Whether to add one after another: the same rounding, so the same ties, as scikit-learn's.
    """
    votes, sums = totals.votes.T, totals.confidences.T
    later = slice(first + 1, first + 1 + positive.shape[1])
    votes[first] += (~positive).sum(axis=1, dtype=np.int32)
    votes[later] += positive.T
    sums[later] += confidence.T
    if not in_order:
        sums[first] -= confidence.sum(axis=1)
        return
    for column in confidence.T:
        sums[first] -= column


def row_blocks(n_samples: int, bytes_per_row: int, most: int = BLOCK_BYTES) -> Iterator[slice]:
    """Yield slices of rows that take about `most` bytes each."""
    step = max(1, most // max(bytes_per_row, 1))
    for start in range(0, n_samples, step):
        yield slice(start, min(start + step, n_samples))
