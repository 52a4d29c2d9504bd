"""Scorers of classifiers that serve any number of classes, also where some have no row.

Validation rows of a rare class may be missing. Scikit-learn's scorers of probabilities then take
the classes for fewer than the model has, and raise; its F1 and the like have to be told whether
there are two.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import (
    average_precision_score,
    brier_score_loss,
    get_scorer,
    log_loss,
    roc_auc_score,
    top_k_accuracy_score,
)

__all__ = ["SCORERS"]

Scorer = Callable[[Any, Any, Any], float]


def _mean_over_classes(two_classes: str, metric: Callable[..., float]) -> Scorer:
    """Return a scorer that takes the mean of each class against the rest where there are many.

    Only the order of outputs matters to it, so those of a decision function do as well. A class
    that no row has, or all rows, has no such score and no part in the mean.
    """

    def score(estimator: Any, X: NDArray[Any], y: NDArray[Any]) -> float:
        if len(estimator.classes_) == 2:
            return float(get_scorer(two_classes)(estimator, X, y))
        sure = getattr(estimator, "predict_proba", None) or estimator.decision_function
        outputs = sure(X)
        values = [
            metric(y == label, outputs[:, i])
            for i, label in enumerate(estimator.classes_)
            if 0 < np.count_nonzero(y == label) < len(y)
        ]
        return float(np.mean(values)) if values else float("nan")

    return score


def _two_or_many(name: str) -> Scorer:
    """Return scikit-learn's scorer of the second of two classes, and the mean where they are many.

    "Second" is in the order of the labels: 1 of 0 and 1, "yes" of "no" and "yes".
    """

    def score(estimator: Any, X: NDArray[Any], y: NDArray[Any]) -> float:
        many = len(estimator.classes_) != 2
        return float(get_scorer(f"{name}_macro" if many else name)(estimator, X, y))

    return score


def _log_loss(estimator: Any, X: NDArray[Any], y: NDArray[Any]) -> float:
    return -float(log_loss(y, estimator.predict_proba(X), labels=estimator.classes_))


def _brier(estimator: Any, X: NDArray[Any], y: NDArray[Any]) -> float:
    return -float(brier_score_loss(y, estimator.predict_proba(X), labels=estimator.classes_))


def _top_two(estimator: Any, X: NDArray[Any], y: NDArray[Any]) -> float:
    probabilities = estimator.predict_proba(X)
    return float(top_k_accuracy_score(y, probabilities, k=2, labels=estimator.classes_))


SCORERS: Mapping[str, Scorer] = {
    "roc_auc": _mean_over_classes("roc_auc", roc_auc_score),
    "average_precision": _mean_over_classes("average_precision", average_precision_score),
    "neg_log_loss": _log_loss,
    "neg_brier_score": _brier,
    "top_k_accuracy": _top_two,
    **{name: _two_or_many(name) for name in ("f1", "precision", "recall", "jaccard")},
}
"""By scikit-learn's name."""
