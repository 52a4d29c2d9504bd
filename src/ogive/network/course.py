"""What a monitored training leaves behind: the state of every layer, epoch by epoch."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["TrainingCourse"]

Array = NDArray[np.float64]


class TrainingCourse(NamedTuple):
    """The layers of a network over the epochs of its training, measured on batches it learnt from.

    Attributes
    ----------
    layers : tuple of str
        Names of all layers with weights; the last is the output.
    activations : tuple of str
        Name of each hidden layer's activation; one fewer than `layers`.
    epoch : ndarray of shape (n_epochs,)
        Number of each epoch, from 1.
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
        Root mean square of the gradient (without penalty) and of the weights, and the norm of one
        update over the norm of the weights before it.
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
    samples: NDArray[Any]
    nonfinite: tuple[int, int, int] | None = None

    def silent_units(self, layer: int, patience: int = 5) -> NDArray[np.int64]:
        """Return the units of hidden layer `layer` (from 0) silent in the last `patience` epochs."""
        if self.epoch.size == 0:
            return np.empty(0, np.int64)
        return np.flatnonzero(self.last_active[layer] <= int(self.epoch[-1]) - patience)
