"""What losses take, and what last activations can give."""

from __future__ import annotations

import math

import numpy as np

from ogive.activations import activation as find
from ogive.activations.facts import Interval
from ogive.diagnosis.measurements import Outputs
from ogive.text import Text

__all__ = [
    "SQUARED",
    "bounds_of",
    "clipped_at",
    "least_double_logistic",
    "least_double_softmax",
    "wanted_of",
]

SQUARED = ("squared_error", "MSELoss", "L1Loss", "SmoothL1Loss", "HuberLoss")
"""Losses that compare outputs with targets as they are."""

_LOGARITHMS = Text("logarithms of probabilities (nn.LogSoftmax)", "概率的对数（nn.LogSoftmax）")
_PROBABILITIES = Text(
    "probabilities between 0 and 1 (nn.Sigmoid)", "0 到 1 之间的概率（nn.Sigmoid）"
)


def bounds_of(activation: str) -> tuple[float, float]:
    """Return the least and greatest value of an activation; infinite where it has none.

    Of the catalogue's functions; of others that is not known, and both are infinite.
    """
    if activation in ("softmax", "logistic"):
        return 0.0, 1.0
    if activation in ("identity", "unknown", "output"):
        return -math.inf, math.inf
    try:
        spans = find(activation).facts.output_range.pieces
    except ValueError:
        return -math.inf, math.inf
    if not spans:
        return -math.inf, math.inf
    ends = [
        (one.lower, one.upper) if isinstance(one, Interval) else (one.value, one.value)
        for one in spans
    ]
    return min(low.value for low, _ in ends), max(high.value for _, high in ends)


def clipped_at(outputs: Outputs) -> tuple[float, float]:
    """Return (0, inf) where no output is ever below 0 and all reach it, as after max(0, z)."""
    met = outputs.activation == "unknown" and bool(np.all(outputs.least == 0))
    return (0.0, math.inf) if met and outputs.greatest.max() > 0 else (-math.inf, math.inf)


def least_double_softmax(n_classes: int) -> float:
    """Return the least cross entropy of probabilities taken for logits: 1 for the true class."""
    return math.log(math.e + n_classes - 1) - 1


def least_double_logistic() -> tuple[float, float]:
    """Return the same of a probability taken for a logit, for target 1 and for target 0."""
    return math.log1p(math.exp(-1)), math.log(2)


def wanted_of(outputs: Outputs) -> Text | None:
    """Return what the loss takes, where the outputs cannot be that; otherwise None."""
    low, high = float(np.min(outputs.least)), float(np.max(outputs.greatest))
    if outputs.loss == "NLLLoss" and outputs.activation != "log_softmax":
        return _LOGARITHMS if high > 1e-6 or outputs.activation == "softmax" else None
    if outputs.loss == "BCELoss" and (low < -1e-6 or high > 1 + 1e-6):
        return _PROBABILITIES
    return None
