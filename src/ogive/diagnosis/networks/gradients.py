"""Loss, gradients and steps of a network of ours on given rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ogive.network.base import BaseMLP
from ogive.network.engine import build_table, single_threaded_blas
from ogive.network.parameters import hidden_activations

__all__ = ["Gradients", "gradients_of", "next_update_ratios"]

Array = NDArray[np.float64]
NAN = float("nan")
_CURVED_ROWS = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Gradients:
    """Of the mean loss, penalty left out: by layer the weights' gradient and the errors' norm."""

    loss: float
    weights: tuple[Array, ...]
    error_norm: Array


def _network(estimator: BaseMLP, X: Any, dtype: Any) -> Any:
    units = [X.shape[1], *(w.shape[1] for w in estimator.coefs_)]
    hidden = hidden_activations(estimator.activation, len(estimator.coefs_) - 1)
    return estimator._network(units, hidden, np.dtype(dtype))


def _table(estimator: BaseMLP, X: Any, y: Any, *, weighted: bool = True) -> Any:
    targets = estimator._encode(estimator._learn_target(y, incremental=True), X.dtype)
    weight = estimator._weights(None, X, y) if weighted else None
    return build_table(X, targets.values, targets.labels, weight)


def _split(estimator: BaseMLP, flat: Any) -> tuple[Array, ...]:
    ends = np.cumsum([w.size for w in estimator.coefs_])
    parts = np.split(np.asarray(flat, dtype=np.float64)[: ends[-1]], ends[:-1])
    return tuple(part.reshape(w.shape) for part, w in zip(parts, estimator.coefs_, strict=True))


def gradients_of(estimator: BaseMLP, X: Any, y: Any, *, weighted: bool = True) -> Gradients:
    """Return loss and gradients over checked rows, classes weighted as in training or all alike."""
    network = _network(estimator, X, X.dtype)
    with single_threaded_blas(network), np.errstate(all="ignore"):
        loss, _, gradient, errors = network.loss_gradient_and_errors(
            _table(estimator, X, y, weighted=weighted).data, 0.0
        )
    return Gradients(float(loss), _split(estimator, gradient), errors)


def next_update_ratios(estimator: BaseMLP) -> Array:
    """Return for each layer the norm of the solver's last update over that of the weights.

    Read from the moments that the solver was left with: Adam's step is ``rate m / (sqrt(v) + eps)``
    (Kingma and Ba, 2015), that of SGD its velocity. NaN where they are not known.
    """
    nothing = np.full(len(estimator.coefs_), NAN)
    if estimator.solver == "lbfgs":
        return nothing
    state = estimator._optimizer_state()
    if state is None or state[2] == 0:
        return nothing
    first, second, steps, rate = state
    if second is None:
        moved = np.asarray(first, dtype=np.float64)
    else:
        correction = np.sqrt(1 - estimator.beta_2**steps) / (1 - estimator.beta_1**steps)
        moved = rate * correction * first / (np.sqrt(second) + estimator.epsilon)
    return np.array(
        [
            _norm(part) / _norm(w) if _norm(w) > 0 else NAN
            for part, w in zip(_split(estimator, moved), estimator.coefs_, strict=True)
        ]
    )


def _norm(values: Any) -> float:
    return float(np.linalg.norm(np.asarray(values, dtype=np.float64)))


def step_curvature(estimator: BaseMLP, X: Any, y: Any) -> float:
    """Return the learning rate times the curvature of the loss along its gradient; NaN unless SGD.

    ``rate gᵀHg / gᵀg``, the product Hg by central differences of the gradient in float64, on at
    most 4,096 rows. From 2 on a step of plain gradient descent raises a quadratic loss (LeCun,
    Bottou, Orr and Müller, 1998).
    """
    if estimator.solver != "sgd":
        return NAN
    X = X[:_CURVED_ROWS].astype(np.float64)
    y = y[:_CURVED_ROWS]
    network = _network(estimator, X, np.float64)
    data = _table(estimator, X, y).data
    at = network.flat_weights()

    def gradient(weights: Array) -> Array:
        network.set_flat_weights(weights)
        found: Array = network.loss_and_gradient(data, estimator.alpha)[2]
        return found

    with single_threaded_blas(network), np.errstate(all="ignore"):
        g = gradient(at)
        squared = float(g @ g)
        if not squared > 0 or not np.isfinite(squared):
            return NAN
        step = 1e-4 * max(_norm(at), 1e-3) / np.sqrt(squared)
        curved = (gradient(at + step * g) - gradient(at - step * g)) / (2 * step)
    state = estimator._optimizer_state()
    rate = float(state[3]) if state is not None else float(estimator.learning_rate_init)
    return rate * float(g @ curved) / squared
