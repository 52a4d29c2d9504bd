"""How far scores must spread that are a share of rights among the rows of a test part.

Few splits may agree by luck, and their sample variance is then far too small. Of such a share the
test rows alone give a variance that no split can fall below.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["least_variance_of_difference", "least_variance_of_share", "rows_tested"]

Floats = NDArray[np.float64]

NO_DIFFERENCE = 1e-12
"""Shares of equally many rows may differ in their last bits."""


def rows_tested(n_rows: float, test_to_train: float) -> float:
    """Return the rows of a test part, of `n_rows` that are all tested once in each repeat."""
    return n_rows * test_to_train / (1 + test_to_train)


def least_variance_of_difference(means: ArrayLike, n_test: float) -> Floats:
    """Return the least variance, between splits, of the difference of two shares of rights.

    Parameters
    ----------
    means : array-like
        Mean differences, from -1 to 1; any shape.
    n_test : float
        Rows of a test part.

    Returns
    -------
    ndarray
        ``|d| (1 - |d|) / n_test``. A row adds 1, 0 or -1 to the difference; for a given mean the
        variance is least where all rows on which the two disagree favour the same one.
    """
    share = np.abs(np.asarray(means, dtype=np.float64))
    share = np.where(share < NO_DIFFERENCE, 0.0, np.minimum(share, 1.0))
    variance: Floats = share * (1 - share) / n_test
    return variance


def least_variance_of_share(means: ArrayLike, n_test: float, n_rows: float) -> Floats:
    """Return the least variance, between splits, of a share of rights.

    Parameters
    ----------
    means : array-like
        Mean shares, from 0 to 1; any shape.
    n_test : float
        Rows of a test part.
    n_rows : float
        Rows tested in one repeat.

    Returns
    -------
    ndarray
        ``p (1 - p) / n_test`` with two rights and two wrongs added to the rows,
        ``p = (n_rows * mean + 2) / (n_rows + 4)``: a share of 0 or 1 among a few rows is no
        certainty (Agresti and Coull, 1998, *Approximate is better than "exact" for interval
        estimation of binomial proportions*).
    """
    share = (n_rows * np.asarray(means, dtype=np.float64) + 2) / (n_rows + 4)
    variance: Floats = share * (1 - share) / n_test
    return variance
