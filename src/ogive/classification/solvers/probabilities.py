"""Logarithms of probabilities, with all their digits."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_expit

__all__ = ["log_logistic", "log_softmax"]

log_logistic = log_expit
"""ln(1 / (1 + exp(-z)))."""


def log_softmax(z: NDArray[Any]) -> NDArray[Any]:
    """Return the logarithms of the probabilities of classes whose outputs are the rows of `z`.

    That of a class which is nearly certain is nearly 0, and keeps its digits: the others' share is
    added to 1 by log1p, not by a sum that would swallow it.
    """
    rows = np.arange(len(z))
    best = np.argmax(z, axis=1)
    below = z - z[rows, best][:, None]
    others = np.exp(below)
    others[rows, best] = 0.0
    log_p: NDArray[Any] = below - np.log1p(others.sum(axis=1, keepdims=True))
    return log_p
