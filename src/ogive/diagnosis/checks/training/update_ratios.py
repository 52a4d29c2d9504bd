"""How large an update is beside the weights that it changes."""

from __future__ import annotations

import math

import numpy as np

from ogive.diagnosis.measurements import Measurements

__all__ = ["update_ratio"]


def update_ratio(measured: Measurements) -> float:
    """Return the median over layers of an update's norm over the weights'; NaN where unknown.

    Of a monitored training the median over its epochs, otherwise that of the step measured.
    """
    course = measured.course
    if course is not None and course.update_ratio.size:
        ratios = course.update_ratio[np.isfinite(course.update_ratio).all(axis=1)]
        if ratios.size:
            return float(np.median(np.median(ratios, axis=0)))
    found = [one.update_ratio for one in measured.layers if not one.frozen]
    finite = [ratio for ratio in found if math.isfinite(ratio)]
    return float(np.median(finite)) if finite else math.nan
