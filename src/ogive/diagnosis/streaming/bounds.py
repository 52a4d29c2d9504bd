"""Bounds of a layer's z, whatever row comes within the ranges of its inputs."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["affine_bounds"]

Array = NDArray[np.float64]


def affine_bounds(
    coef: ArrayLike, intercept: ArrayLike, least: ArrayLike, greatest: ArrayLike
) -> tuple[Array, Array]:
    """Return the least and greatest ``x @ coef + intercept`` for x between two bounds.

    Parameters
    ----------
    coef : array-like of shape (n_inputs, n_units)
    intercept : array-like of shape (n_units,)
    least, greatest : array-like of shape (n_inputs,)

    Returns
    -------
    low, high : ndarray of shape (n_units,)
        Sharp for independent inputs: interval arithmetic (Moore, 1966).
    """
    w = np.asarray(coef, dtype=np.float64)
    b = np.asarray(intercept, dtype=np.float64)
    low, high = np.asarray(least, dtype=np.float64), np.asarray(greatest, dtype=np.float64)
    centre, radius = (low + high) / 2, (high - low) / 2
    middle, reach = centre @ w + b, radius @ np.abs(w)
    return middle - reach, middle + reach
