"""What the checks ask about an activation: where it is flat, and what is usual of its slope."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ogive.activations import Activation
from ogive.diagnosis.mean_field.gain import mean_square_slope
from ogive.diagnosis.measurements import Layer
from ogive.diagnosis.streaming.units import ACTIVE, greatest_slope

__all__ = [
    "active_between",
    "active_edges",
    "flat_sides",
    "greatest_slope",
    "is_flat",
    "slope_rms",
    "usual_saturation",
    "usual_slope",
]

_FAR = np.geomspace(30.0, 300.0, 400)


def _slopes(function: Activation, z: Any) -> NDArray[np.float64]:
    """Return ``|f'(z)|`` as a share of the greatest."""
    with np.errstate(all="ignore"):
        found = np.abs(function.derivative(np.asarray(z, dtype=np.float64)))
    shares: NDArray[np.float64] = np.nan_to_num(found, posinf=np.inf) / greatest_slope(function)
    return shares


def is_flat(function: Activation | None) -> bool:
    """Return whether the slope is 0 wherever it exists, as that of a step."""
    if function is None or function.kind != "elementwise":
        return False
    return not _slopes(function, np.linspace(-12.0, 12.0, 4801)).any()


@lru_cache(maxsize=256)
def flat_sides(function: Activation | None) -> tuple[bool, bool]:
    """Return whether the slope is below 5 % of its greatest far on the left and on the right.

    And falls on: the slope of 0.01 that leaky ReLU keeps is no flat side.
    """
    if function is None or function.kind != "elementwise":
        return False, False
    left, right = (_slopes(function, side * _FAR) for side in (-1, 1))
    return _dies_out(left), _dies_out(right)


def _dies_out(slopes: NDArray[np.float64]) -> bool:
    return bool(slopes.max() <= ACTIVE and (slopes[-1] == 0 or slopes[-1] < 0.9 * slopes[0]))


@lru_cache(maxsize=256)
def active_edges(function: Activation | None, least: float) -> tuple[float, float]:
    """Return the z beyond which, to the left and to the right, the slope is below `least`.

    As a share of the greatest slope; minus and plus infinity where there is no such z.
    """
    left, right = flat_sides(function)
    if function is None or not (left or right):
        return -np.inf, np.inf
    z = np.linspace(-60.0, 60.0, 120001)
    active = np.flatnonzero(_slopes(function, z) > least)
    if not active.size:
        return -np.inf, np.inf
    return (
        float(z[active[0]]) if left else -np.inf,
        float(z[active[-1]]) if right else np.inf,
    )


def active_between(
    function: Activation | None, low: NDArray[np.float64], high: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the greatest slope, as a share, between each pair of bounds; NaN where unknown."""
    if function is None or function.kind != "elementwise":
        return np.full(low.shape, np.nan)
    share = np.linspace(0.0, 1.0, 129)
    z = low[:, None] + (high - low)[:, None] * share
    known = np.isfinite(low) & np.isfinite(high)
    return np.where(known, _slopes(function, np.where(np.isfinite(z), z, 0.0)).max(axis=1), np.nan)


@lru_cache(maxsize=256)
def usual_saturation(function: Activation) -> float:
    """Return the share of z ~ N(0, 1) with a slope of at most 5 % of the greatest."""
    z = np.linspace(-6.0, 6.0, 12001)
    weight = np.exp(-(z**2) / 2)
    return float(weight[_slopes(function, z) <= ACTIVE].sum() / weight.sum())


@lru_cache(maxsize=256)
def usual_slope(function: Activation) -> float:
    """Return the root mean square of f'(z) for z ~ N(0, 1)."""
    return float(np.sqrt(mean_square_slope(function, 0.0, 1.0)))


def slope_rms(layer: Layer) -> float:
    """Return the root mean square of f' over all values of a layer; NaN where unknown."""
    if layer.units is None:
        return float("nan")
    return float(np.sqrt(np.mean(layer.units.slope_square_mean)))
