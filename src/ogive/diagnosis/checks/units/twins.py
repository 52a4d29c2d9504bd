"""Units of a layer that answer the same as others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["twins"]

_BLOCK = 512


def twins(
    outputs: NDArray[np.float64], left_out: NDArray[np.bool_], difference: float
) -> NDArray[np.bool_]:
    """Return which units' outputs are a multiple of another unit's.

    The next layer can take no more from such units than from one of them.

    Parameters
    ----------
    outputs : ndarray of shape (n_rows, n_units)
    left_out : ndarray of shape (n_units,), bool
        Units that are not compared.
    difference : float
        Two units are twins where the root mean square difference between one and the best multiple
        of the other is at most this share of its standard deviation.

    Returns
    -------
    ndarray of shape (n_units,), bool
    """
    a = np.asarray(outputs, dtype=np.float64)
    if a.shape[1] != left_out.size:  # a gate hands on half of its units
        return np.zeros(left_out.size, bool)
    compared = np.flatnonzero(~left_out & np.isfinite(a).all(axis=0) & (a.std(axis=0) > 0))
    found = np.zeros(a.shape[1], bool)
    a = a[:, compared]
    squares = np.mean(a**2, axis=0)
    allowed = difference**2 * a.var(axis=0)
    for start in range(0, len(compared), _BLOCK):
        block = slice(start, start + _BLOCK)
        products = a[:, block].T @ a / len(a)
        # What the best multiple of unit j leaves of unit i.
        left = squares[block, None] - products**2 / squares
        np.fill_diagonal(left[:, block], np.inf)
        found[compared[block]] |= (left <= allowed[block, None]).any(axis=1)
    return found
