"""By which factor a layer changes the gradient that passes it, as mean-field theory predicts."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ogive.activations import Activation
from ogive.diagnosis.mean_field.expectation import mean_square

__all__ = ["mean_square_slope", "mean_square_value", "predicted_gain"]


def _points(function: Activation) -> list[float]:
    """Return where kinks may be: most that depend on a parameter lie at it or at its negative."""
    return [sign * value for value in function.parameters.values() for sign in (1, -1)]


def mean_square_value(function: Activation, z_mean: ArrayLike, z_var: ArrayLike) -> Any:
    """Return ``E[f(z)²]`` for z ~ N(z_mean, z_var), elementwise; see `mean_square_slope`."""
    return _expected(function, function, z_mean, z_var)


def mean_square_slope(function: Activation, z_mean: ArrayLike, z_var: ArrayLike) -> Any:
    """Return ``E[f'(z)²]`` for z ~ N(z_mean, z_var), elementwise.

    Parameters
    ----------
    function : Activation
        From the catalogue or a formula.
    z_mean, z_var : array_like
        Broadcast against each other.

    Returns
    -------
    ndarray of float64
        Accurate to about 1e-10 of its size. NaN for functions of whole rows (vector functions and
        gates), and where there is no such number; infinite where it exceeds float64.
    """
    return _expected(function, function.derivative, z_mean, z_var)


def _expected(function: Activation, of: Any, z_mean: ArrayLike, z_var: ArrayLike) -> Any:
    if function.kind != "elementwise":
        return np.full(np.broadcast_shapes(np.shape(z_mean), np.shape(z_var)), np.nan)
    return mean_square(of, z_mean, z_var, _points(function))


def predicted_gain(
    function: Activation,
    z_mean: float | NDArray[Any],
    z_var: float | NDArray[Any],
    weights_rms: float,
    fan_in: int,
) -> float:
    """Return the factor by which the gradient's norm changes as it passes a layer backwards.

    The factor from dLoss/dz of the next layer to that of this one, ``sqrt(n w² E[f'(z)²])``: the
    error of a unit is f'(z) times a sum over the next layer's errors, whose weights are taken to be
    independent of everything else. Times the layers passed it tells whether gradients vanish
    (below 1) or explode (above 1).

    Parameters
    ----------
    function : Activation
        Of this layer.
    z_mean, z_var : float or ndarray of shape (n_units,)
        Of this layer's inputs z, which are taken to be normal: of the layer as a whole, or unit by
        unit.
    weights_rms : float
        Root mean square of the *next* layer's weights.
    fan_in : int
        Of the next layer: the number of units of this one.

    Returns
    -------
    float
        NaN for functions of whole rows and where z is not known.

    References
    ----------
    Schoenholz, Gilmer, Ganguli and Sohl-Dickstein, "Deep information propagation", ICLR 2017.
    """
    slopes = mean_square_slope(function, z_mean, z_var)
    return math.sqrt(fan_in) * weights_rms * math.sqrt(float(np.mean(slopes)))
