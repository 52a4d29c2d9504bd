"""What mean-field theory expects of a network's signals and gradients at its initial weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ogive.activations import Activation
from ogive.diagnosis.mean_field.gain import mean_square_slope, mean_square_value
from ogive.network.initialisation import initial_layer

__all__ = ["InitialCourse", "initial_course"]

_DRAWS = 100_000
_WIDEST = 300


@dataclass(frozen=True, slots=True)
class InitialCourse:
    """Expected at initial weights, by hidden layer.

    Attributes
    ----------
    z_var : tuple of float
        Variance of z over weights and rows.
    gains : tuple of float
        Factor on the gradient's norm from dLoss/dz of the next layer to that of this one, for all
        hidden layers but the last.
    """

    z_var: tuple[float, ...]
    gains: tuple[float, ...]

    @property
    def total(self) -> float:
        """Factor on the gradient's norm from the last hidden layer to the first."""
        return float(np.prod(self.gains))


def initial_course(
    functions: Sequence[Activation],
    fans: Sequence[tuple[int, int]],
    scheme: str,
    input_square: float,
) -> InitialCourse:
    """Return what is expected of a chain of dense layers.

    With q the mean square of a layer's inputs: Var z = fan_in Var(w) q + Var(b), the next q is
    E[f(z)²], and the gradient's norm changes by sqrt(fan_in' Var(w') E[f'(z)²]), with z normal and
    ' marking the layer after (Poole and others, 2016; Schoenholz and others, 2017).

    Parameters
    ----------
    functions : sequence of Activation
        Of the hidden layers, elementwise ones.
    fans : sequence of (fan_in, fan_out)
        Of the hidden layers' weights.
    scheme : str
        As `init` of the estimators.
    input_square : float
        Mean square of the network's inputs.
    """
    variances = [
        _variances(scheme, function, *fan) for function, fan in zip(functions, fans, strict=True)
    ]
    square = input_square
    z_var, gains = [], []
    for layer, function in enumerate(functions):
        weights, intercepts = variances[layer]
        z_var.append(float(fans[layer][0] * weights * square + intercepts))
        square = float(mean_square_value(function, 0.0, z_var[-1]))
        if layer + 1 < len(functions):
            passed_on = fans[layer + 1][0] * variances[layer + 1][0]
            gains.append(float(np.sqrt(passed_on * mean_square_slope(function, 0.0, z_var[-1]))))
    return InitialCourse(tuple(z_var), tuple(gains))


@lru_cache(maxsize=1024)
def _variances(scheme: str, function: Activation, fan_in: int, fan_out: int) -> tuple[float, float]:
    """Return the variance of the weights and of the intercepts that a scheme draws.

    Measured on draws, so that no rule is written twice.
    """
    # Of wide layers a smaller likeness: in every scheme variances go as 1 / fans.
    smaller = max(1.0, max(fan_in, fan_out) / _WIDEST)
    drawn = (max(1, round(fan_in / smaller)), max(1, round(fan_out / smaller)))
    factor = 2.0 if function.name == "sigmoid" else 6.0
    state = np.random.RandomState(0)
    squares = np.zeros(2)
    times = max(1, _DRAWS // (drawn[0] * drawn[1]))
    for _ in range(times):
        layer = initial_layer(scheme, function, *drawn, state, factor)
        squares += [np.mean(part**2) for part in layer]
    weights, intercepts = squares / times / smaller
    return float(weights), float(intercepts)
