"""Measurements of each layer of a fitted network on given rows."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from sklearn.utils.validation import check_is_fitted, validate_data

from ogive.activations import Activation
from ogive.activations.slopes import greatest_slope
from ogive.diagnosis.networks.gradients import gradients_of
from ogive.network.base import BaseMLP
from ogive.network.parameters import hidden_activations

__all__ = ["LayerStatistics", "layer_statistics", "outputs_and_slopes"]

DEAD = 1e-6
SATURATED = 0.05
SATURATED_ROWS = 0.95
_CHUNK = 4096
_JACOBIAN = 1 << 22  # elements of Jacobians at a time


class LayerStatistics(NamedTuple):
    """One layer, measured on a set of rows.

    Attributes
    ----------
    name : str
        The activation's name; ``"output"`` for the last layer.
    n_units : int
    dead_share : float
        Share of units through which no gradient passes: ``|f'(z)|`` is at most 1e-6 of its
        maximum on every row. Not a number for the last layer.
    saturated_share : float
        Share of units that are not dead, but have ``|f'(z)|`` below 5 % of its maximum on more
        than 95 % of the rows. Not a number for the last layer.
    active_share : float
        Share of all (row, unit) pairs with ``|f'(z)|`` above 5 % of its maximum. Not a number for
        the last layer.
    gradient_rms : float
        Root mean square over the layer's weights of the derivative of the mean loss, the penalty
        left out.
    """

    name: str
    n_units: int
    dead_share: float
    saturated_share: float
    active_share: float
    gradient_rms: float


def outputs_and_slopes(function: Activation, z: Any, learnt: Any) -> tuple[Any, Any]:
    """Return the layer's outputs and, for each unit, what its z has of them as a slope.

    Of a vector function that is the diagonal of the Jacobian; of a gate's unit, the slope of the
    one output it acts on.
    """
    if learnt.size:
        return np.where(z > 0, z, learnt * z), np.where(z > 0, 1.0, learnt)
    if function.kind != "vector":
        return function.value_and_derivative(z)
    value = function(z)
    rows = max(1, _JACOBIAN // z.shape[1] ** 2)
    parts = [
        np.einsum("ijj->ij", function.derivative(z[i : i + rows])) for i in range(0, len(z), rows)
    ]
    return value, np.concatenate(parts)


def layer_statistics(estimator: BaseMLP, X: Any, y: Any) -> list[LayerStatistics]:
    """Measure each layer of a fitted network on the rows of X.

    Parameters
    ----------
    estimator : MLPClassifier or MLPRegressor
        Fitted; it is not changed.
    X : {array-like, sparse matrix} of shape (n_samples, n_features)
    y : array-like of shape (n_samples,) or (n_samples, n_outputs)

    Returns
    -------
    layers : list of LayerStatistics
        The hidden layers in order, then the output layer.

    Raises
    ------
    sklearn.exceptions.NotFittedError
        If the estimator was not fitted.
    """
    check_is_fitted(estimator)
    X, y = validate_data(
        estimator,
        X,
        y,
        accept_sparse="csr",
        multi_output=True,
        y_numeric=estimator._numeric_target,
        dtype=(np.float64, np.float32),
        order="C",
        reset=False,
    )
    hidden = hidden_activations(estimator.activation, len(estimator.coefs_) - 1)
    weights = list(
        zip(hidden, estimator.coefs_, estimator.intercepts_, estimator._slopes(), strict=False)
    )
    greatest = [np.zeros(w.shape[1]) for _, w, *_ in weights]
    flat = [np.zeros(w.shape[1]) for _, w, *_ in weights]
    for start in range(0, X.shape[0], _CHUNK):
        a = X[start : start + _CHUNK]
        for layer, (function, w, b, learnt) in enumerate(weights):
            a, slope = outputs_and_slopes(function, a @ w + b, learnt)
            relative = np.abs(slope) / greatest_slope(function)
            np.maximum(greatest[layer], relative.max(axis=0), out=greatest[layer])
            flat[layer] += np.count_nonzero(relative < SATURATED, axis=0)
    weights_gradients = gradients_of(estimator, X, y, weighted=False).weights
    gradients = [float(np.sqrt(np.mean(np.square(part)))) for part in weights_gradients]
    layers = []
    for layer, (function, w, *_) in enumerate(weights):
        share = flat[layer] / X.shape[0]
        dead = greatest[layer] <= DEAD
        saturated = ~dead & (share > SATURATED_ROWS)
        layers.append(
            LayerStatistics(
                function.name,
                w.shape[1],
                float(dead.mean()),
                float(saturated.mean()),
                float(1 - share.mean()),
                gradients[layer],
            )
        )
    nan = float("nan")
    n_outputs = int(estimator.coefs_[-1].shape[1])
    layers.append(LayerStatistics("output", n_outputs, nan, nan, nan, gradients[-1]))
    return layers
