"""How signals and gradients fare in a wide network at its start, layer by layer, in theory."""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from ogive.activations import Activation
from ogive.diagnosis.mean_field.gain import mean_square_slope, mean_square_value
from ogive.text import InputError

__all__ = ["SignalCourse", "critical_sigma_w", "signal_course"]

Array = NDArray[np.float64]

_MOST_LAYERS = 100_000
_STEPS_TO_FIXED_POINT = 200
_INFINITE = 1e100
# Lengths q that are looked through for a fixed point, and how finely.
_LEAST_Q, _GREATEST_Q = 1e-8, 1e6
_GRID = 281


@dataclass(frozen=True, slots=True, eq=False)
class SignalCourse:
    """What mean-field theory says of a wide network with random weights.

    Weights have variance ``sigma_w² / fan_in``, intercepts ``sigma_b²``; z of every unit is then
    normal with mean 0, and all layers are as wide.

    Attributes
    ----------
    q : ndarray of shape (depth,)
        Variance of z in each layer; the first is `q0`. Infinite from where it exceeds float64.
    chi : ndarray of shape (depth,)
        ``sigma_w² E[f'(z)²]`` of each layer: the factor by which the *squared* norm of the gradient
        changes as it passes that layer backwards.
    fixed_point : float
        The q that the layers tend to from `q0`; 0 where signals die out, infinite where they grow
        without end, NaN where they go to and fro.
    chi_fixed : float
        chi at the fixed point: below 1 gradients vanish, above 1 they explode (Poole and others
        call the two regimes ordered and chaotic).
    depth_scale : float
        Number of layers over which the squared norm of the gradient changes by a factor of e,
        ``1 / |log chi|`` at the fixed point; infinite at chi = 1.
    sigma_w, sigma_b, q0 : float
        As given.
    """

    q: Array
    chi: Array
    fixed_point: float
    chi_fixed: float
    depth_scale: float
    sigma_w: float
    sigma_b: float
    q0: float

    @property
    def gradient(self) -> Array:
        """Norm of dLoss/dz in each layer, as a share of that in the last one; (depth,) float64."""
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            logs = np.log(self.chi[:-1])
            return np.concatenate([np.exp(0.5 * np.cumsum(logs[::-1]))[::-1], [1.0]])


def signal_course(
    function: Activation, depth: int, sigma_w: float, sigma_b: float = 0.0, q0: float = 1.0
) -> SignalCourse:
    """Return the course of lengths and gradients through the layers of a wide network.

    The length map is ``q ← sigma_w² E[f(√q z)²] + sigma_b²``, z standard normal.

    Parameters
    ----------
    function : Activation
        From the catalogue or a formula; acting on each element.
    depth : int
        Number of layers with that activation.
    sigma_w : float
        Standard deviation of the weights times the square root of fan_in.
    sigma_b : float, default=0.0
        Standard deviation of the intercepts.
    q0 : float, default=1.0
        Variance of z in the first layer.

    Returns
    -------
    SignalCourse

    Raises
    ------
    InputError
        If the function acts on whole rows, or a number cannot be used.

    References
    ----------
    Poole, Lahiri, Raghu, Sohl-Dickstein and Ganguli, "Exponential expressivity in deep neural
    networks through transient chaos", NeurIPS 2016. Schoenholz, Gilmer, Ganguli and
    Sohl-Dickstein, "Deep information propagation", ICLR 2017.
    """
    _check_function(function)
    if not isinstance(depth, Integral) or not 1 <= depth <= _MOST_LAYERS:
        raise InputError(
            f"depth must be a whole number from 1 to {_MOST_LAYERS}. Got {depth!r} instead.",
            f"depth 必须是 1 到 {_MOST_LAYERS} 的整数，得到的却是 {depth!r}。",
        )
    for name, value in (("sigma_w", sigma_w), ("sigma_b", sigma_b), ("q0", q0)):
        if not (isinstance(value, Real) and math.isfinite(value) and value >= 0):
            raise InputError(
                f"{name} must be a number of at least 0. Got {value!r} instead.",
                f"{name} 必须是不小于 0 的数，得到的却是 {value!r}。",
            )
    q = np.empty(depth)
    q[0] = q0
    for layer in range(1, depth):
        q[layer] = _next_length(function, q[layer - 1], sigma_w, sigma_b)
        if q[layer] == q[layer - 1]:
            q[layer:] = q[layer]
            break
    fixed = _fixed_point(function, float(q[-1]), sigma_w, sigma_b)
    chi_fixed = _chi(function, fixed, sigma_w)
    return SignalCourse(
        q, _chi(function, q, sigma_w), fixed, float(chi_fixed), _depth_scale(float(chi_fixed)),
        float(sigma_w), float(sigma_b), float(q0),
    )  # fmt: skip


def critical_sigma_w(function: Activation, sigma_b: float = 0.0) -> float:
    """Return the sigma_w with which gradients neither vanish nor explode.

    That is where chi is 1 at a fixed point of the length map: of ReLU √2, of tanh without
    intercepts 1, of the sigmoid 10.1.

    Parameters
    ----------
    function : Activation
        Acting on each element.
    sigma_b : float, default=0.0
        Standard deviation of the intercepts.

    Returns
    -------
    float
        That of the smallest such length; NaN where there is none, as for softplus.

    Raises
    ------
    InputError
        If the function acts on whole rows.
    """
    _check_function(function)
    # The first stands for the limit of small lengths, where a smooth function is linear.
    lengths = np.concatenate([[1e-40], np.geomspace(_LEAST_Q, _GREATEST_Q, _GRID)])
    slope = mean_square_slope(function, 0.0, lengths)
    with np.errstate(all="ignore"):
        # Where chi is 1, sigma_w² = 1 / E[f'²]; the length map then has to return the length.
        surplus = (mean_square_value(function, 0.0, lengths) / slope + sigma_b**2) / lengths - 1
    usable = np.isfinite(surplus) & (slope > 0)
    for i in np.flatnonzero(usable):
        if abs(surplus[i]) < 1e-9:  # of every length, as for ReLU, or in the limit of small ones
            return float(1 / math.sqrt(slope[i]))
        if i and usable[i - 1] and surplus[i] * surplus[i - 1] < 0:
            length = brentq(
                lambda q: (
                    float(mean_square_value(function, 0.0, q) / mean_square_slope(function, 0.0, q))
                    + sigma_b**2
                    - q
                ),
                lengths[i - 1],
                lengths[i],
                rtol=1e-13,
            )
            return float(1 / math.sqrt(mean_square_slope(function, 0.0, length)))
    return math.nan


def _check_function(function: Activation) -> None:
    if function.kind != "elementwise":
        raise InputError(
            f"the mean-field course needs a function that acts on each element; {function.name} "
            "acts on whole rows. Take another, such as 'tanh'.",
            f"平均场分析需要逐元素作用的函数，而 {function.name} 作用于整行；"
            "请换一个，例如“tanh”。",
        )


def _next_length(function: Activation, q: float, sigma_w: float, sigma_b: float) -> float:
    if not math.isfinite(q):
        return q
    with np.errstate(over="ignore"):
        return float(sigma_w**2 * mean_square_value(function, 0.0, q) + sigma_b**2)


def _chi(function: Activation, q: Any, sigma_w: float) -> Any:
    """Return chi at lengths; at an infinite one by the limits of the slope on both sides."""
    q = np.asarray(q, np.float64)
    # A length of 0 is the limit of small ones: at a kink both sides count.
    slopes = mean_square_slope(function, 0.0, np.where(np.isfinite(q), np.maximum(q, 1e-60), 1.0))
    if np.isinf(q).any() and function.limits is not None:
        ends = np.square([end.slope for end in function.limits])
        slopes = np.where(np.isinf(q), ends.mean(), slopes)
    with np.errstate(invalid="ignore", over="ignore"):
        return np.where(np.isnan(q), np.nan, sigma_w**2 * slopes)


def _depth_scale(chi: float) -> float:
    if math.isnan(chi):
        return math.nan
    if chi in (0.0, math.inf):
        return 0.0
    # What the expectations do not tell from 1 is 1.
    return math.inf if abs(chi - 1) < 1e-9 else 1 / abs(math.log(chi))


def _fixed_point(function: Activation, q: float, sigma_w: float, sigma_b: float) -> float:
    """Follow the length map; where that is slow, look for the crossing it is on its way to."""
    for _ in range(_STEPS_TO_FIXED_POINT):
        following = _next_length(function, q, sigma_w, sigma_b)
        if not math.isfinite(following) or following > _INFINITE:
            return math.inf if following > 0 else following
        if abs(following - q) <= 1e-12 * q or following < 1 / _INFINITE:
            return following if following > 1 / _INFINITE else 0.0
        before, q = q, following
    if (_next_length(function, q, sigma_w, sigma_b) - q) * (q - before) < 0:
        return math.nan  # to and fro: nothing is known of where that ends
    grid = np.geomspace(_LEAST_Q, _GREATEST_Q, _GRID)
    ways = np.concatenate([[q], grid[grid > q] if q > before else grid[grid < q][::-1]])
    lengths = sigma_w**2 * mean_square_value(function, 0.0, ways) + sigma_b**2
    crossing = np.flatnonzero((lengths - ways) * (q - before) <= 0)
    if crossing.size == 0:
        return math.inf if q > before else 0.0
    if crossing[0] == 0:
        return q
    ends = ways[crossing[0] - 1], ways[crossing[0]]
    return float(brentq(lambda at: _next_length(function, at, sigma_w, sigma_b) - at, *ends))
