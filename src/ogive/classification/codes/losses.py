"""The loss of a margin by which loss-based decoding counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import is_regressor

__all__ = ["LOSSES", "natural_loss"]

Array = NDArray[np.float64]

LOSSES: dict[str, Callable[[Array], Array]] = {
    "exponential": lambda margin: np.exp(-margin),
    "hinge": lambda margin: np.maximum(1 - margin, 0.0),
    "logistic": lambda margin: np.logaddexp(0.0, -margin),
    "squared": lambda margin: (1 - margin) ** 2,
    "squared_hinge": lambda margin: np.maximum(1 - margin, 0.0) ** 2,
}
BY_PARAMETER = {
    "exponential": "exponential",
    "hinge": "hinge",
    "log_loss": "logistic",
    "modified_huber": "squared_hinge",
    "perceptron": "hinge",
    "squared_error": "squared",
    "squared_hinge": "squared_hinge",
}
BY_CLASS = {
    "AdaBoostClassifier": "exponential",
    "BaseLibSVM": "hinge",
    "PassiveAggressiveClassifier": "hinge",
    "RidgeClassifier": "squared",
    "RidgeClassifierCV": "squared",
}


def natural_loss(estimator: Any) -> str:
    """Return the name of the loss that an estimator makes small, as far as can be told.

    Its own `loss` or class tells; otherwise the squared one for regressors, the logistic one for
    estimators with probabilities, and the hinge for all others.
    """
    inner = _innermost(estimator)
    if is_regressor(inner):
        return "squared"
    named = BY_PARAMETER.get(str(getattr(inner, "loss", "")))
    if named is not None:
        return named
    for base in type(inner).__mro__:
        if base.__name__ in BY_CLASS:
            return BY_CLASS[base.__name__]
    return "logistic" if hasattr(inner, "predict_proba") else "hinge"


def _innermost(estimator: Any) -> Any:
    """Return what a pipeline ends in and a search searches."""
    while True:
        if hasattr(estimator, "steps") and not isinstance(estimator.steps[-1][1], str):
            estimator = estimator.steps[-1][1]
        elif hasattr(estimator, "cv") and hasattr(estimator, "estimator"):
            estimator = getattr(estimator, "best_estimator_", estimator.estimator)
        else:
            return estimator
