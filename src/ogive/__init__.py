"""Small neural networks, fast, exact and understood."""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ogive.activations import Activation, activation, activations
    from ogive.classification.logistic import LogisticRegression
    from ogive.classification.one_vs_one import OneVsOneClassifier
    from ogive.classification.one_vs_rest import OneVsRestClassifier
    from ogive.classification.output_code import OutputCodeClassifier
    from ogive.comparison.compare import compare
    from ogive.comparison.result import Comparison
    from ogive.diagnosis.diagnosing import diagnose
    from ogive.diagnosis.diagnosis import Diagnosis
    from ogive.diagnosis.gradient_check import check_gradients
    from ogive.linear import LinearRegression
    from ogive.network import MLPClassifier, MLPRegressor

__version__ = "0.1.0"

# Imported when first used, so that a program pays only for what it needs.
_HOMES = {
    "Activation": "ogive.activations",
    "activation": "ogive.activations",
    "activations": "ogive.activations",
    "Comparison": "ogive.comparison.result",
    "compare": "ogive.comparison.compare",
    "Diagnosis": "ogive.diagnosis.diagnosis",
    "check_gradients": "ogive.diagnosis.gradient_check",
    "diagnose": "ogive.diagnosis.diagnosing",
    "LinearRegression": "ogive.linear",
    "LogisticRegression": "ogive.classification.logistic",
    "OneVsOneClassifier": "ogive.classification.one_vs_one",
    "OneVsRestClassifier": "ogive.classification.one_vs_rest",
    "OutputCodeClassifier": "ogive.classification.output_code",
    "MLPClassifier": "ogive.network",
    "MLPRegressor": "ogive.network",
}

_ROOMS = ("data", "export", "lecture", "plots", "torch")
"""Imported as `ogive.<name>` when first used."""

__all__ = [
    "Activation",
    "Comparison",
    "Diagnosis",
    "LinearRegression",
    "LogisticRegression",
    "MLPClassifier",
    "MLPRegressor",
    "OneVsOneClassifier",
    "OneVsRestClassifier",
    "OutputCodeClassifier",
    "__version__",
    "activation",
    "activations",
    "check_gradients",
    "compare",
    "diagnose",
]


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return import_module(f"ogive.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'ogive' has no attribute {name!r}")
    module = import_module(_HOMES[name])
    value = getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """Keeps `ogive.activations` the function when the folder of that name is imported."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _HOMES and isinstance(value, ModuleType):
            return
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
