"""Starting weights: the variance rules of the field, and the one that suits each activation."""

from __future__ import annotations

from typing import Any

import numpy as np

from ogive.activations import Activation

__all__ = ["SCHEMES", "initial_layer", "initial_slopes"]

SCHEMES = (
    "glorot_uniform",
    "glorot_normal",
    "he_uniform",
    "he_normal",
    "lecun_uniform",
    "lecun_normal",
    "auto",
)


def initial_layer(
    scheme: str,
    activation: Activation | None,
    fan_in: int,
    fan_out: int,
    random_state: np.random.RandomState,
    sklearn_factor: float,
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Draw one layer's weights and intercepts.

    Parameters
    ----------
    scheme : str
        One of ``SCHEMES``. ``"auto"`` takes the scheme and gain that the catalogue records for
        `activation`, and Glorot's for the last layer.
    activation : Activation or None
        The function that follows this layer; None for the last layer.
    fan_in, fan_out : int
        Width of the layer below and of this one.
    random_state : numpy.random.RandomState
        Source of the draws.
    sklearn_factor : float
        The 6 (or 2, for the logistic activation) in scikit-learn's bound
        ``sqrt(factor / (fan_in + fan_out))``; used by ``"glorot_uniform"``, which also draws the
        intercepts, so that the same seed gives the same weights as scikit-learn.

    Returns
    -------
    coef : ndarray of shape (fan_in, fan_out), float64
    intercept : ndarray of shape (fan_out,), float64
        Zero for every scheme but ``"glorot_uniform"``.

    References
    ----------
    Glorot and Bengio (2010); He, Zhang, Ren and Sun (2015); LeCun, Bottou, Orr and Müller (1998).
    """
    if scheme == "glorot_uniform":
        bound = np.sqrt(sklearn_factor / (fan_in + fan_out))
        coef = random_state.uniform(-bound, bound, (fan_in, fan_out))
        return coef, random_state.uniform(-bound, bound, fan_out)
    gain = 1.0
    if scheme == "auto":
        scheme = "glorot_uniform" if activation is None else activation.init
        gain = 1.0 if activation is None else activation.gain
    family, shape = scheme.split("_")
    fan = {"glorot": (fan_in + fan_out) / 2, "he": fan_in / 2, "lecun": fan_in}[family]
    deviation = gain / np.sqrt(fan)
    if shape == "normal":
        coef = random_state.normal(0.0, deviation, (fan_in, fan_out))
    else:
        bound = deviation * np.sqrt(3.0)
        coef = random_state.uniform(-bound, bound, (fan_in, fan_out))
    return coef, np.zeros(fan_out)


def initial_slopes(activation: Activation, n_units: int) -> np.ndarray[Any, Any]:
    """Return the slopes that a layer of `n_units` starts with: one or one a unit, or none."""
    if not activation.definition.learnt:
        return np.empty(0)
    start = activation.parameters[activation.definition.learnt[0]]
    return np.full(n_units if activation.per_unit else 1, start)
