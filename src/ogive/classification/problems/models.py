"""Fitted two-class models, one for each problem of a reduction from many classes to two."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import is_classifier, is_regressor
from sklearn.utils.parallel import Parallel, delayed

__all__ = ["BinaryModels", "EstimatorModels", "confidence", "threshold"]

Array = NDArray[np.float64]


def confidence(estimator: Any, X: Any) -> Array:
    """Return how strongly an estimator is for the positive class, by row.

    The prediction of a regressor, otherwise the decision function, otherwise the probability.
    """
    if is_regressor(estimator):
        return np.ravel(estimator.predict(X))
    try:
        return np.ravel(estimator.decision_function(X))
    except (AttributeError, NotImplementedError):
        return np.asarray(estimator.predict_proba(X)[:, 1])


def threshold(estimator: Any) -> float:
    """Return the confidence above which an estimator says yes."""
    return 0.0 if hasattr(estimator, "decision_function") and is_classifier(estimator) else 0.5


class BinaryModels(ABC, Sequence[Any]):
    """The models as a sequence of estimators, and what all of them say of rows at once."""

    @abstractmethod
    def confidences(self, X: Any) -> Array:
        """Return `confidence` of every model, of shape (n_samples, n_problems)."""

    @abstractmethod
    def positive(self, X: Any) -> NDArray[np.bool_]:
        """Return which models predict the positive class, of shape (n_samples, n_problems)."""

    @abstractmethod
    def probabilities(self, X: Any) -> Array:
        """Return each model's probability of its positive class, (n_samples, n_problems)."""


class EstimatorModels(BinaryModels):
    """Models of any kind: a list of estimators, asked in parallel by joblib."""

    def __init__(self, estimators: list[Any], n_jobs: int | None = None) -> None:
        self.estimators = estimators
        self.n_jobs = n_jobs

    def __len__(self) -> int:
        return len(self.estimators)

    def __getitem__(self, index: Any) -> Any:
        return self.estimators[index]

    def _asked(self, question: Any, X: Any) -> NDArray[Any]:
        answers = Parallel(n_jobs=self.n_jobs)(delayed(question)(e, X) for e in self.estimators)
        return np.column_stack(answers)

    def confidences(self, X: Any) -> Array:
        """Return `confidence` of every model."""
        return np.asarray(self._asked(confidence, X), dtype=np.float64)

    def positive(self, X: Any) -> NDArray[np.bool_]:
        """Return which models predict the positive class."""
        return self._asked(_says_positive, X)

    def probabilities(self, X: Any) -> Array:
        """Return each model's probability of its positive class."""
        return np.asarray(self._asked(_positive_probability, X), dtype=np.float64)


def _says_positive(estimator: Any, X: Any) -> NDArray[np.bool_]:
    said = estimator.predict(X)
    positive = said > 0.5 if is_regressor(estimator) else said == estimator.classes_[-1]
    return np.asarray(positive, dtype=np.bool_)


def _positive_probability(estimator: Any, X: Any) -> Array:
    return np.asarray(estimator.predict_proba(X)[:, 1])
