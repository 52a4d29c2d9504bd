"""Draws rows to hold out, evenly over classes or along a target."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["hold_out"]

Rows = NDArray[np.int64]


def hold_out(
    rows: Rows, y: NDArray[Any], fraction: float, rng: np.random.Generator, *, classes: bool
) -> tuple[Rows, Rows]:
    """Cut rows into those to learn from and those held out, each in ascending order.

    Rows are drawn evenly along the sorted target, which stratifies a regression as well as a
    classification. A class always keeps a row to learn from: its only row is no candidate, and as
    `fraction` is at most one half, no two neighbours are drawn together.

    Parameters
    ----------
    rows : ndarray of int
        Row numbers to draw from.
    y : ndarray of shape (n_samples,)
        Class numbers, or the target of a regression; `rows` counts in it.
    fraction : float
        Share of the rows to hold out, at most one half.
    rng : numpy.random.Generator
    classes : bool
        Whether y holds classes.

    Returns
    -------
    kept, held : ndarray of int
        `held` is empty where the rows are too few for the fraction.
    """
    shuffled = rng.permutation(rows)
    ordered = shuffled[np.argsort(y[shuffled], kind="stable")]
    if classes:
        _, number, count = np.unique(y[ordered], return_inverse=True, return_counts=True)
        candidates = ordered[count[number] > 1]
    else:
        candidates = ordered
    n_drawn = int(fraction * len(candidates))
    if n_drawn == 0:
        return np.sort(rows), np.empty(0, np.int64)
    places = ((np.arange(n_drawn) + rng.random()) * len(candidates) / n_drawn).astype(int)
    held = np.sort(candidates[places])
    return np.setdiff1d(rows, held), held
