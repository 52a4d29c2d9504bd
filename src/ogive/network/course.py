"""What a monitored training leaves behind: the state of every layer, epoch by epoch."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ogive.activations.slopes import greatest_slope
from ogive.network.parameters import hidden_activations

__all__ = ["TrainingCourse", "course_of", "greatest_slopes"]

Array = NDArray[np.float64]

SAMPLES = 64
"""Outputs that the core draws from each hidden layer in an epoch."""


class TrainingCourse(NamedTuple):
    """The layers of a network over the epochs of its training, measured on batches it learnt from.

    Attributes
    ----------
    layers : tuple of str
        Names of all layers with weights; the last is the output.
    activations : tuple of str
        Name of each hidden layer's activation; one fewer than `layers`.
    epoch : ndarray of shape (n_epochs,)
        Number of each epoch measured, from 1: all, but of very small networks after the tenth only
        every second to tenth, which keeps the cost small.
    n_rows : ndarray of shape (n_epochs,)
        Rows measured in that epoch.
    loss, learning_rate : ndarray of shape (n_epochs,)
        Mean training loss, penalty included, and the step size.
    silent_share : ndarray of shape (n_epochs, n_hidden)
        Share of units through which no gradient passed on any of the rows measured.
    saturated_share : ndarray of shape (n_epochs, n_hidden)
        Share of values with ``|f'(z)|`` at most 5 % of its greatest value. Not a number for
        functions of a whole row.
    mean, std : ndarray of shape (n_epochs, n_hidden)
        Of the outputs, over rows and units.
    error_norm : ndarray of shape (n_epochs, n_layers)
        Root mean square over rows of the norm of dLoss/dz.
    gradient_rms, weight_rms, update_ratio : ndarray of shape (n_epochs, n_layers)
        Root mean square of the gradient (penalty included, as for ``gradient_norms_``) and of the
        weights, and the norm of one update over the norm of the weights before it.
    last_active : tuple of ndarray of shape (n_units,), int
        For each hidden layer and unit, the last epoch with a gradient through it on the rows
        measured; 0 if there was none.
    samples : ndarray of shape (n_epochs, n_hidden, n_samples)
        Outputs of the layer drawn from the rows measured, for histograms.
    nonfinite : tuple of (epoch, step, layer) or None
        Where a value that is not finite was first met, each from 1; the last layer is the output.
    """

    layers: tuple[str, ...]
    activations: tuple[str, ...]
    epoch: NDArray[np.int64]
    n_rows: NDArray[np.int64]
    loss: Array
    learning_rate: Array
    silent_share: Array
    saturated_share: Array
    mean: Array
    std: Array
    error_norm: Array
    gradient_rms: Array
    weight_rms: Array
    update_ratio: Array
    last_active: tuple[NDArray[np.int64], ...]
    samples: Array
    nonfinite: tuple[int, int, int] | None = None

    def silent_units(self, layer: int, patience: int = 5) -> NDArray[np.int64]:
        """Return the units of a hidden layer, from 0, that were silent for `patience` epochs."""
        if self.epoch.size == 0:
            return np.empty(0, np.int64)
        return np.flatnonzero(self.last_active[layer] <= int(self.epoch[-1]) - patience)


def greatest_slopes(estimator: Any) -> list[float]:
    """Return what the core tells each hidden layer's slopes in; 0 for a function of a row."""
    hidden = hidden_activations(estimator.activation, len(estimator.coefs_) - 1)
    return [greatest_slope(f) if f.kind == "elementwise" else 0.0 for f in hidden]


def course_of(estimator: Any, run: Any, history: dict[str, Any]) -> TrainingCourse:
    """Return what a finished run recorded, after what earlier calls of a warm start did."""
    recorded = run.course()
    hidden = hidden_activations(estimator.activation, len(estimator.coefs_) - 1)
    names = (*(f"hidden {i + 1}" for i in range(len(hidden))), "output")
    n = recorded["n_rows"].size
    at = recorded["epoch"] - 1
    nonfinite = None
    if history["outcome"] == "nonfinite":
        nonfinite = (
            int(history["nonfinite_epoch"]),
            int(history["nonfinite_step"]),
            int(history["nonfinite_layer"]),
        )

    def by(name: str, *shape: int) -> Array:
        values: Array = recorded[name].reshape(n, *shape)
        return values

    new = TrainingCourse(
        layers=names,
        activations=tuple(function.name for function in hidden),
        epoch=recorded["epoch"],
        n_rows=recorded["n_rows"],
        loss=np.asarray(history["loss"], dtype=np.float64)[at],
        learning_rate=np.asarray(history["learning_rate"], dtype=np.float64)[at],
        silent_share=by("silent_share", len(hidden)),
        saturated_share=by("saturated_share", len(hidden)),
        mean=by("mean", len(hidden)),
        std=by("std", len(hidden)),
        error_norm=by("error_norm", len(names)),
        gradient_rms=by("gradient_rms", len(names)),
        weight_rms=by("weight_rms", len(names)),
        update_ratio=by("update_ratio", len(names)),
        last_active=tuple(recorded["last_active"]),
        samples=by("samples", len(hidden), SAMPLES),
        nonfinite=nonfinite,
    )
    earlier = getattr(estimator, "course_", None)
    passed = len(estimator.loss_curve_) - int(history["n_iter"])
    return new if earlier is None else _joined(earlier, new, passed)


def _joined(first: TrainingCourse, second: TrainingCourse, passed: int) -> TrainingCourse:
    """Return both in a row; `passed` epochs were run before the second."""
    if first.layers != second.layers or first.activations != second.activations:
        return second
    joined: dict[str, Any] = {
        name: np.concatenate([getattr(first, name), getattr(second, name)])
        for name in TrainingCourse._fields
        if isinstance(getattr(first, name), np.ndarray)
    }
    joined["epoch"] = np.concatenate([first.epoch, second.epoch + passed])
    active = tuple(
        np.where(new > 0, new + passed, old)
        for old, new in zip(first.last_active, second.last_active, strict=True)
    )
    nonfinite = second.nonfinite
    if nonfinite is not None:
        nonfinite = (nonfinite[0] + passed, *nonfinite[1:])
    return second._replace(**joined, last_active=active, nonfinite=nonfinite)
