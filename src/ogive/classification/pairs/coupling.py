"""Probabilities of many classes from those of all pairs of them.

Wu, Lin and Weng, Probability Estimates for Multi-class Classification by Pairwise Coupling, JMLR 5
(2004), 975-1005: their second method, which libsvm uses as well.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ogive.classification.problems.pair_totals import n_classes_of_pairs, row_blocks
from ogive.linear.one_thread import on_one_thread

__all__ = ["couple", "coupled_probabilities"]

Array = NDArray[np.float64]


def couple(later: NDArray[Any]) -> Array:
    r"""Return the probabilities that agree best with those of all pairs of classes.

    With :math:`r_{ij}` the probability of class i where it is i or j, they are the minimum of

    .. math:: \sum_i \sum_{j \ne i} (r_{ji} p_i - r_{ij} p_j)^2, \quad \sum_i p_i = 1,

    of which no component is negative. Where one distribution has exactly the given probabilities of
    pairs, it is that one.

    Parameters
    ----------
    later : array-like of shape (n_samples, n_classes * (n_classes - 1) / 2)
        For the pairs (0, 1), (0, 2), ..., (1, 2), ... the probability of the second class, in
        [0, 1].

    Returns
    -------
    ndarray of shape (n_samples, n_classes), float64
        Each row sums to 1; rows with NaN are NaN.

    Examples
    --------
    Two classes are as they are given. Of three, the odds 3 : 1, 3 : 2 and 1 : 2 agree:

    >>> import numpy as np
    >>> from ogive.classification import couple
    >>> couple([[0.25]])
    array([[0.75, 0.25]])
    >>> couple([[1 / 4, 2 / 5, 2 / 3]]).round(12)
    array([[0.5       , 0.16666667, 0.33333333]])
    """
    later = np.asarray(later, dtype=np.float64)
    n_samples, n_pairs = later.shape
    n_classes = n_classes_of_pairs(n_pairs)
    if n_classes == 2:
        return np.column_stack([1 - later[:, 0], later[:, 0]])
    coupled = np.empty((n_samples, n_classes))
    for rows in row_blocks(n_samples, 24 * n_classes**2):
        coupled[rows] = _solve(later[rows], n_classes)
    return coupled


@on_one_thread
def _solve(later: Array, n_classes: int) -> Array:
    n_samples = len(later)
    first, second = np.triu_indices(n_classes, 1)
    r = np.zeros((n_samples, n_classes, n_classes))  # r[:, i, j]: of i where it is i or j
    r[:, second, first] = later
    r[:, first, second] = 1 - later
    transposed = r.transpose(0, 2, 1)
    system = -transposed * r
    every = np.arange(n_classes)
    system[:, every, every] = np.einsum("nsi,nsi->ni", r, r)
    # At the minimum Q p is a multiple of ones; so is (Q + 11') p, and that matrix, unlike Q, is
    # positive definite for any r in [0, 1].
    system += 1
    solved = np.linalg.solve(system, np.ones((n_samples, n_classes, 1)))
    p: Array = solved[:, :, 0].astype(np.float64, copy=False)
    # What is below 0 is rounding.
    np.maximum(p, 0, out=p)
    p /= p.sum(axis=1, keepdims=True)
    return p


def coupled_probabilities(models: Any, X: Any, n_samples: int) -> Array:
    """Return probabilities of all classes by the models of all pairs, in blocks of rows.

    Parameters
    ----------
    models : BinaryModels
        Of `Problems.pairs`.
    X : array or sparse matrix of shape (n_samples, n_features)
    n_samples : int

    Returns
    -------
    ndarray of shape (n_samples, n_classes), float64
    """
    n_pairs = len(models)
    coupled = np.empty((n_samples, n_classes_of_pairs(n_pairs)))
    for rows in row_blocks(n_samples, 8 * n_pairs):
        coupled[rows] = couple(models.probabilities(X[rows]))
    return coupled
