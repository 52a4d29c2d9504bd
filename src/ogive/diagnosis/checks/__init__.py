"""The checks of a diagnosis, one file a code, in rooms by what they look at."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module

import numpy as np

from ogive.diagnosis.checks.order import in_order
from ogive.diagnosis.finding import CODES, DiagnosisFinding
from ogive.diagnosis.measurements import Measurements
from ogive.diagnosis.thresholds import Thresholds

__all__ = ["CHECKS", "findings_of", "run_checks"]

CHECKS = {
    "OGV101": "units.dead_units",
    "OGV102": "gradients.vanishing_gradient",
    "OGV103": "gradients.exploding_gradient",
    "OGV104": "units.saturation",
    "OGV105": "training.nonfinite_values",
    "OGV106": "training.step_size",
    "OGV107": "ends.input_scale",
    "OGV108": "gradients.initialisation",
    "OGV109": "units.linear_network",
    "OGV110": "ends.last_layer",
    "OGV111": "training.learning_curves",
    "OGV112": "ends.class_imbalance",
}
"""The file of each check; its `check(measurements, thresholds)` returns at least one finding."""


@lru_cache(maxsize=len(CHECKS))
def findings_of(
    code: str, measured: Measurements, thresholds: Thresholds
) -> tuple[DiagnosisFinding, ...]:
    """Return what the check of a code finds; kept while a run lasts, as others ask for it too."""
    module = import_module(f"ogive.diagnosis.checks.{CHECKS[code]}")
    return tuple(module.check(measured, thresholds))


def run_checks(measured: Measurements, thresholds: Thresholds) -> list[DiagnosisFinding]:
    """Return the findings of all checks: issues first, then tips, then what passed or is moot.

    Issues and tips come from causes on: what follows from another finding stands after it.
    """
    # What was measured may be huge or not a number at all, and is compared as such.
    with np.errstate(all="ignore"):
        try:
            found = [one for code in CODES for one in findings_of(code, measured, thresholds)]
        finally:
            findings_of.cache_clear()
    return in_order(found)
