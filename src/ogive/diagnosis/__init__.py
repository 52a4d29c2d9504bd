"""What is wrong with a network, why, and what to do about it."""

from typing import TYPE_CHECKING, Any

from ogive.diagnosis.layers import LayerStatistics, layer_statistics

if TYPE_CHECKING:
    from ogive.diagnosis.diagnosing import diagnose
    from ogive.diagnosis.diagnosis import Diagnosis
    from ogive.diagnosis.finding import DiagnosisFinding, Remedy
    from ogive.diagnosis.gradient_check import GradientCheck, check_gradients
    from ogive.diagnosis.thresholds import Thresholds

_HOMES = {
    "Diagnosis": "diagnosis",
    "DiagnosisFinding": "finding",
    "GradientCheck": "gradient_check",
    "Remedy": "finding",
    "Thresholds": "thresholds",
    "check_gradients": "gradient_check",
    "diagnose": "diagnosing",
}

__all__ = [
    "Diagnosis",
    "DiagnosisFinding",
    "GradientCheck",
    "LayerStatistics",
    "Remedy",
    "Thresholds",
    "check_gradients",
    "diagnose",
    "layer_statistics",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'ogive.diagnosis' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"ogive.diagnosis.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
