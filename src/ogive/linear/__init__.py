"""Linear regression: least squares, its statistics, and the conditions under which to trust it."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ogive.linear.regression import LinearRegression

if TYPE_CHECKING:
    from ogive.linear.anova import Anova, AnovaTable
    from ogive.linear.assumptions import (
        AssumptionReport,
        AssumptionResult,
        Thresholds,
        check_completeness,
    )
    from ogive.linear.inference import Inference
    from ogive.linear.influence import Influence
    from ogive.linear.intervals import Prediction
    from ogive.linear.residual_shape import ResidualShape
    from ogive.linear.summary import Summary

# Imported when first used: SciPy's distributions take a while to load.
_HOMES = {
    "Anova": "anova",
    "AnovaTable": "anova",
    "AssumptionReport": "assumptions",
    "AssumptionResult": "assumptions",
    "Inference": "inference",
    "Influence": "influence",
    "Prediction": "intervals",
    "ResidualShape": "residual_shape",
    "Summary": "summary",
    "Thresholds": "assumptions",
    "check_completeness": "assumptions",
}

__all__ = [
    "Anova",
    "AnovaTable",
    "AssumptionReport",
    "AssumptionResult",
    "Inference",
    "Influence",
    "LinearRegression",
    "Prediction",
    "ResidualShape",
    "Summary",
    "Thresholds",
    "check_completeness",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'ogive.linear' has no attribute {name!r}")
    return getattr(import_module(f"ogive.linear.{_HOMES[name]}"), name)
