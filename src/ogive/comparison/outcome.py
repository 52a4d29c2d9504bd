"""What one activation did on one split, as plain numbers: the networks themselves are not kept."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Outcome", "as_curve", "geometric_mean", "training_gradients"]

Floats = NDArray[np.float64]


class Outcome(NamedTuple):
    """One candidate on one split, with what the validation rows chose (`chosen`).

    `failed` says that the outputs were not finite with any choice; `score` is then that of the
    guess that ignores X. `n_diverged` counts the choices with which they were not. The other
    fields are those of the `FitResult` chosen.
    """

    score: float
    validation_score: float
    chosen: float
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
    dead_shares: Floats = np.empty(0)
    saturated_shares: Floats = np.empty(0)
    predict_seconds: float = np.nan
    n_parameters: int = 0

    @property
    def gradient_ratio(self) -> float:
        """Gradient of the first layer divided by that of the last."""
        if len(self.gradients) == 0:
            return np.nan
        last = self.gradients[-1]
        return float(self.gradients[0] / last) if last > 0 else np.nan


def as_curve(recorded: Any) -> Floats:
    """Return a loss by epoch, empty where the first epoch was not completed."""
    return np.asarray([] if recorded is None else recorded, dtype=np.float64)


def training_gradients(estimator: Any) -> Floats:
    """Typical root mean square gradient of each layer while the network was learning.

    It is the geometric mean over the epochs up to the one whose weights were kept: a gradient
    changes by orders of magnitude in the course of training, and that of a trained network, near
    0 in every layer, says nothing of how the signal reached the first one. Where it is no greater
    than the pull of the L2 penalty, which is recorded along with it, nothing comes from the data,
    and it is given as 0.
    """
    n_layers = len(estimator.coefs_)
    recorded = as_curve(estimator.gradient_norms_).reshape(-1, n_layers)
    if len(recorded) == 0:
        return np.full(n_layers, np.nan)
    gradients = geometric_mean(recorded[: max(int(estimator.best_iter_ or 0), 1)])
    # At the start weights have about the first size; a penalty alone then shrinks them.
    sizes = np.array(
        [
            max(np.sqrt(3 / sum(w.shape)), np.sqrt(np.mean(np.square(w, dtype=np.float64))))
            for w in estimator.coefs_
        ]
    )
    penalty = estimator.alpha * sizes / estimator.batch_size
    return np.where(gradients <= penalty, 0.0, gradients)


def geometric_mean(values: Floats) -> Floats:
    """Geometric mean along the first axis of the finite values; 0 where one of them is 0."""
    with np.errstate(divide="ignore"):
        logarithms = np.log(np.where(np.isfinite(values), values, np.nan))
    known = ~np.isnan(logarithms)
    count = known.sum(axis=0)
    total = np.where(known, logarithms, 0.0).sum(axis=0)
    mean: Floats = np.exp(total / np.maximum(count, 1))
    return np.where(count > 0, mean, np.nan)
