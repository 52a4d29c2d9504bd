"""What is usual of learning rates and of inputs, which several checks ask."""

from __future__ import annotations

import math

import numpy as np

from ogive.diagnosis.checks.ends.feature_scales import feature_scales
from ogive.diagnosis.measurements import Measurements

__all__ = ["inputs_are_large", "step_is_large", "step_is_small", "usual_step"]


def usual_step(measured: Measurements) -> float:
    """Return the learning rate that the solver is mostly used with.

    0.001 of Adam (Kingma and Ba, 2015) and what came of it; 0.01 of plain gradient descent
    (Bengio, 2012, "Practical recommendations").
    """
    return 0.01 if (measured.settings.solver or "").lower() == "sgd" else 0.001


def step_is_large(measured: Measurements, times: float = 10) -> bool:
    """Return whether the learning rate is more than `times` the usual one."""
    rate = measured.settings.learning_rate
    if rate is None or (measured.settings.solver or "").lower() == "lbfgs":
        return False
    return rate > times * usual_step(measured)


def step_is_small(measured: Measurements) -> bool | None:
    """Return whether the learning rate is below the usual one; None where it is not known."""
    rate = measured.settings.learning_rate
    return None if rate is None else rate < usual_step(measured)


def inputs_are_large(measured: Measurements) -> bool:
    """Return whether features reach ten times as far as standardised ones do."""
    if measured.inputs is None:
        return False
    scales = feature_scales(measured.inputs)
    if not scales.at.size:
        return False
    size = np.max(scales.scale * np.sqrt(1 + scales.shift**2))
    return math.isfinite(size) and bool(size > 10)
