"""A smooth curve through a cloud of points, by which the eye judges a pattern."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["binned_means", "lowess", "smooth_curve"]

Floats = NDArray[np.float64]

FRACTION = 2 / 3
ITERATIONS = 3
MOST_POINTS = 2000
"""More points than these are replaced by the means of as many bins: the curve stays the same."""
PLACES = 40


def smooth_curve(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return the points of a lowess curve through `x` and `y`; their means where x is grouped.

    Parameters
    ----------
    x, y : ndarray of shape (n,)

    Returns
    -------
    x, y : ndarray of shape (at most 80,)
        In ascending order of x; empty where all x are the same.
    """
    different = np.unique(x)
    if different.size < 2:
        return np.empty(0), np.empty(0)
    if different.size <= 5:  # levels of a category: there is nothing between them to smooth
        return different, np.array([y[x == level].mean() for level in different])
    x, y = binned_means(x, y, MOST_POINTS)
    even = np.linspace(x.min(), x.max(), PLACES)
    places = np.unique(np.concatenate([even, np.quantile(x, np.linspace(0, 1, PLACES))]))
    return places, lowess(x, y, places)


def binned_means(x: Floats, y: Floats, most: int) -> tuple[Floats, Floats]:
    """Return `x` and `y` in ascending order of x; where more than `most`, means of like bins."""
    order = np.argsort(x, kind="stable")
    x, y = x[order], y[order]
    if x.size <= most:
        return x, y
    starts = np.linspace(0, x.size, most, endpoint=False).astype(np.intp)
    counts = np.diff(np.append(starts, x.size))
    return np.add.reduceat(x, starts) / counts, np.add.reduceat(y, starts) / counts


def lowess(
    x: Floats,
    y: Floats,
    places: Floats,
    *,
    fraction: float = FRACTION,
    iterations: int = ITERATIONS,
) -> Floats:
    """Return Cleveland's locally weighted regression of `y` on `x`, at `places`.

    Parameters
    ----------
    x, y : ndarray of shape (n,)
    places : ndarray of shape (m,)
        Where to evaluate the curve, in ascending order; between them it is taken as straight when
        the points far from it lose weight.
    fraction : float, default=2/3
        Share of the points that each local line is fitted to.
    iterations : int, default=3
        How often points far from the curve lose weight.

    Returns
    -------
    ndarray of shape (m,)

    References
    ----------
    W. S. Cleveland (1979), Robust locally weighted regression and smoothing scatterplots, Journal
    of the American Statistical Association 74, 829-836.
    """
    nearest = min(max(int(fraction * x.size + 1e-10), 2), x.size)
    distance = np.abs(x - places[:, None])
    reach = np.partition(distance, nearest - 1, axis=1)[:, nearest - 1 : nearest]
    touching = np.where(reach > 0, reach, np.inf)
    local = np.clip(1 - (distance / touching) ** 3, 0, None) ** 3
    local = np.where(reach > 0, local, distance == 0)
    weight = np.ones_like(x)
    curve = _local_lines(x, y, places, local)
    for _ in range(iterations):
        off = np.abs(y - np.interp(x, places, curve))
        typical = 6 * float(np.median(off))
        # A curve that goes through most points leaves nothing to measure the others by.
        if typical <= 1e-12 * float(np.abs(y).max(initial=0.0)):
            break
        weight = np.clip(1 - (off / typical) ** 2, 0, None) ** 2
        curve = _local_lines(x, y, places, local * weight)
    return curve


def _local_lines(x: Floats, y: Floats, places: Floats, weight: Floats) -> Floats:
    """Return the values at `places` of straight lines fitted with the rows of `weight`."""
    total = weight.sum(axis=1)
    total = np.where(total > 0, total, 1.0)
    mean_x, mean_y = (weight @ x) / total, (weight @ y) / total
    spread = x - mean_x[:, None]
    squares = (weight * spread**2).sum(axis=1)
    products = (weight * spread * y).sum(axis=1)
    wide = squares > 1e-6 * total * (x.max() - x.min()) ** 2 * 1e-6
    slope = np.where(wide, products / np.where(wide, squares, 1.0), 0.0)
    value: Floats = mean_y + slope * (places - mean_x)
    return value
