"""What a training run leaves behind: epochs for callbacks, failures, warnings."""

from __future__ import annotations

import warnings
from typing import Any, NamedTuple

from sklearn.exceptions import ConvergenceWarning

__all__ = ["Epoch", "NonFinite", "warn_of_outcome"]


class Epoch(NamedTuple):
    """The state of a training at the end of an epoch, as callbacks receive it.

    Attributes
    ----------
    estimator : MLPClassifier or MLPRegressor
        The estimator in training; ``coefs_`` and ``intercepts_`` are those of this epoch.
    epoch : int
        Number of the epoch, from 1.
    loss : float
        Mean training loss of the epoch, penalty included.
    validation_loss, validation_score : float or None
        On the validation rows, if there are any.
    learning_rate : float
        The rate used in this epoch.
    """

    estimator: Any
    epoch: int
    loss: float
    validation_loss: float | None
    validation_score: float | None
    learning_rate: float


class NonFinite(NamedTuple):
    """Where a training first met an infinite or undefined number.

    Attributes
    ----------
    epoch : int
        The epoch, from 1.
    layer : int
        The first layer, from 1 (the last one is the output), with a weight or an output that is
        not finite.
    """

    epoch: int
    layer: int


def warn_of_outcome(estimator: Any, outcome: str) -> None:
    """Issue the one warning that the end of a training calls for, if any."""
    if outcome == "nonfinite":
        epoch, layer = estimator.nonfinite_
        last = layer == estimator.n_layers_ - 1
        warnings.warn(
            f"The loss became infinite or undefined in epoch {epoch}, first in layer {layer} "
            f"({'the output layer' if last else 'a hidden layer'}); training stopped and the last "
            "finite weights were kept. Try a smaller learning_rate_init (now "
            f"{estimator.learning_rate_init:g}), or scale the features, for example with "
            "sklearn.preprocessing.StandardScaler.",
            ConvergenceWarning,
            stacklevel=4,
        )
    elif outcome == "interrupted":
        warnings.warn("Training interrupted by user.", stacklevel=4)
    elif outcome == "max_iter":
        warnings.warn(
            f"Stochastic Optimizer: Maximum iterations ({estimator.max_iter}) reached and the "
            "optimization hasn't converged yet.",
            ConvergenceWarning,
            stacklevel=4,
        )
