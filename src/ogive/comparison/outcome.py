"""What one activation did on one split, as plain numbers: the networks themselves are not kept."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Outcome", "geometric_mean", "training_gradients"]

Floats = NDArray[np.float64]


class Outcome(NamedTuple):
    """One activation on one split, at the learning rate chosen by the validation rows.

    `failed` says that the loss became non-finite at every learning rate; `score` is then that of
    the guess that ignores X. `n_diverged` counts the learning rates at which it did.
    """

    score: float
    validation_score: float
    learning_rate: float
    seconds: float
    best_epoch: int
    at_limit: bool
    failed: bool
    n_diverged: int
    loss_curve: Floats
    validation_loss_curve: Floats
    dead_share: float
    saturated_share: float
    gradients: Floats

    @property
    def gradient_ratio(self) -> float:
        """Gradient of the first layer divided by that of the last."""
        last = self.gradients[-1]
        return float(self.gradients[0] / last) if last > 0 else np.nan


def training_gradients(estimator: Any) -> Floats:
    """Typical root mean square gradient of each layer while the network was learning.

    It is the geometric mean over the epochs up to the one whose weights were kept: a gradient
    changes by orders of magnitude in the course of training, and that of a trained network, near
    0 in every layer, says nothing of how the signal reached the first one.
    """
    recorded = np.asarray(estimator.gradient_norms_, dtype=np.float64)
    return geometric_mean(recorded[: max(int(estimator.best_iter_), 1)])


def geometric_mean(values: Floats) -> Floats:
    """Geometric mean along the first axis of the finite values; 0 where one of them is 0."""
    with np.errstate(divide="ignore"):
        logarithms = np.log(np.where(np.isfinite(values), values, np.nan))
    known = ~np.isnan(logarithms)
    count = known.sum(axis=0)
    total = np.where(known, logarithms, 0.0).sum(axis=0)
    mean: Floats = np.exp(total / np.maximum(count, 1))
    return np.where(count > 0, mean, np.nan)
