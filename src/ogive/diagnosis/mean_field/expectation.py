"""Expectations of functions of a normal variable, to about ten digits, for many normals at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["mean_square"]

Array = NDArray[np.float64]

# Gauss-Kronrod rule of 15 points and the Gauss rule of 7 within it (QUADPACK, Piessens and others,
# 1983), from the outermost node inwards.
_HALF = np.array([0.991455371120812639206854697526329, 0.949107912342758524526189684047851,
                  0.864864423359769072789712788640926, 0.741531185599394439863864773280788,
                  0.586087235467691130294144691693304, 0.405845151377397166906606412076961,
                  0.207784955007898467600689403773245])  # fmt: skip
_KRONROD_HALF = np.array([0.022935322010529224963732008058970, 0.063092092629978553290700663189204,
                          0.104790010322250183839876322541518, 0.140653259715525918745189590510238,
                          0.169004726639267902826583426598550, 0.190350578064785409913256402421014,
                          0.204432940075298892414161999234649])  # fmt: skip
_GAUSS_HALF = np.array([0.0, 0.129484966168869693270611432679082,
                        0.0, 0.279705391489276667901467771423780,
                        0.0, 0.381830050505118944950369775488975, 0.0])  # fmt: skip
_NODES = np.concatenate([-_HALF, [0.0], _HALF[::-1]])
_KRONROD = np.concatenate([_KRONROD_HALF, [0.209482141084727828012999174891714]])
_KRONROD = np.concatenate([_KRONROD, _KRONROD_HALF[::-1]])
_GAUSS = np.concatenate([_GAUSS_HALF, [0.417959183673469387755102040816327], _GAUSS_HALF[::-1]])

# In standard deviations; at 52 the density is e^-1352, which a square root keeps above underflow.
_GAUSSIAN = np.array([0.0, 1, 2, 3, 4, 5, 6, 7.5, 9, 12, 16, 22, 30, 40, 52])
_POINTS = np.unique(np.concatenate([-_GAUSSIAN, _GAUSSIAN]))
# In z: activations have their shape near 0, at a scale of about 1, kinks at small whole numbers.
_SCALE = np.concatenate([2.0 ** np.arange(-2, 14), [3.0, 6.0]])
_SHAPE = np.unique(np.concatenate([-_SCALE, [0.0], _SCALE]))

_TOLERANCE = 1e-11  # of a panel, as a share of the whole
_ROUNDS = 60
_MOST_PANELS = 400_000
_AT_ONCE = 512  # normals
_NORMALISATION = 1 / np.sqrt(2 * np.pi)
_LARGEST = float(np.finfo(np.float64).max)


def mean_square(
    function: Callable[[Array], Any], mean: ArrayLike, var: ArrayLike, points: ArrayLike = ()
) -> Array:
    """Return ``E[function(z)²]`` for z ~ N(mean, var).

    The integral is cut into panels, each of which is halved until it is known to 1e-11 of the
    whole; so kinks and jumps need not be known, but cost less if they are.

    Parameters
    ----------
    function : callable
        Takes an array of float64 and returns one of the same shape.
    mean, var : array_like
        Of the normals; broadcast against each other.
    points : array_like, default=()
        Where the function has kinks or jumps, as far as known.

    Returns
    -------
    ndarray of float64
        Infinite where the expectation, or the function where it matters, exceeds what float64
        holds. NaN where mean or variance are not finite, the function is not a number where it
        matters, or the function oscillates too fast for its integral to be found.

    Raises
    ------
    ValueError
        If a variance is negative.
    """
    mean, var = np.broadcast_arrays(np.asarray(mean, np.float64), np.asarray(var, np.float64))
    if (var < 0).any():
        raise ValueError(f"var must not be negative, got {var.min():g}.")
    shape, mean, deviation = mean.shape, mean.ravel(), np.sqrt(var.ravel())
    result = np.full(mean.size, np.nan)
    known = np.isfinite(mean) & np.isfinite(deviation)
    points = np.unique(np.concatenate([_SHAPE, np.asarray(points, np.float64).ravel()]))
    with np.errstate(all="ignore"):
        fixed = np.flatnonzero(known & (deviation == 0))
        result[fixed] = np.square(function(mean[fixed]))
        spread = np.flatnonzero(known & (deviation > 0))
        for start in range(0, spread.size, _AT_ONCE):
            some = spread[start : start + _AT_ONCE]
            result[some] = _integrate(function, mean[some], deviation[some], points)
    return result.reshape(shape)


def _integrate(
    function: Callable[[Array], Any], mean: Array, deviation: Array, points: Array
) -> Array:
    owner, low, high = _first_panels(mean, deviation, points)
    total = np.zeros(mean.size)
    done = np.zeros(mean.size)
    beyond = np.zeros(mean.size)
    for _ in range(_ROUNDS):
        value, error, overflow = _panels(function, mean, deviation, owner, low, high)
        np.maximum.at(beyond, owner, overflow)
        total = done + np.bincount(owner, value, mean.size)
        middle = (low + high) / 2
        open_ = error > _TOLERANCE * total[owner]
        open_ &= (middle > low) & (middle < high) & np.isfinite(total[owner])
        done += np.bincount(owner[~open_], value[~open_], mean.size)
        if not open_.any():
            break
        owner, low, middle, high = owner[open_], low[open_], middle[open_], high[open_]
        if owner.size > _MOST_PANELS:
            total[np.unique(owner)] = np.nan
            break
        owner = np.concatenate([owner, owner])
        low, high = np.concatenate([low, middle]), np.concatenate([middle, high])
    # What lies where the function overflows is left out: it may be, if it is next to nothing.
    total[beyond > 1e-12 * total] = np.inf
    return total


def _first_panels(mean: Array, deviation: Array, points: Array) -> tuple[Any, Array, Array]:
    """Return the normal each panel belongs to, and its ends in standard deviations."""
    shaped = (points - mean[:, None]) / deviation[:, None]
    ends = np.concatenate([np.broadcast_to(_POINTS, (mean.size, _POINTS.size)), shaped], axis=1)
    ends = np.sort(np.clip(ends, _POINTS[0], _POINTS[-1]), axis=1)
    owner, at = np.nonzero(np.diff(ends, axis=1) > 0)
    return owner, ends[owner, at], ends[owner, at + 1]


def _panels(
    function: Callable[[Array], Any],
    mean: Array,
    deviation: Array,
    owner: Any,
    low: Array,
    high: Array,
) -> tuple[Array, Array, Array]:
    """Return integral, bound of its error, and what at least lies where the function overflows."""
    half = (high - low) / 2
    t = (low + high)[:, None] / 2 + half[:, None] * _NODES
    values = np.asarray(function(mean[owner, None] + deviation[owner, None] * t))
    # Half the density on each factor, so that a square that overflows alone does not.
    root = np.exp(-t * t / 4)
    infinite = np.isinf(values)
    overflow = np.zeros(owner.size)
    if infinite.any():
        least = np.square(np.where(infinite, _LARGEST * root, 0.0)) @ _KRONROD
        overflow = least * half * _NORMALISATION
        values = np.where(infinite, 0.0, values)
    integrand = np.square(values * root)
    value = integrand @ _KRONROD * half * _NORMALISATION
    rough = integrand @ _GAUSS * half * _NORMALISATION
    return value, np.abs(value - rough), overflow
