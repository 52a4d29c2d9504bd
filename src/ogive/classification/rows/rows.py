"""The rows that a classifier was fitted to, kept for what is told of it afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["LabelledRows"]


@dataclass(frozen=True)
class LabelledRows:
    """Checked features, labels and weights.

    Attributes
    ----------
    X : ndarray or sparse matrix of shape (n_samples, n_features)
    label : ndarray of shape (n_samples,), int32
        The place of each row's class among the classes in ascending order.
    weight : ndarray of shape (n_samples,), or None
        Of the row times that of its class; None where all are 1.
    """

    X: Any
    label: NDArray[np.int32]
    weight: NDArray[np.float64] | None
