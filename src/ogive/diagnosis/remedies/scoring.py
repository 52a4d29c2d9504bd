"""The score that patient and remedies are compared by."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import is_classifier
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.metrics import accuracy_score, balanced_accuracy_score, r2_score

from ogive.diagnosis.remedies.record import ScoreName

__all__ = ["WORST_R2", "choose_score", "constant_score", "network_score", "score_of"]

WORST_R2 = -1.0


def choose_score(network: Any, y: NDArray[Any], codes: Sequence[str]) -> ScoreName:
    """Return which score shows the effect of a remedy.

    R² for a regression, accuracy for classes (of several labels a row: all of them right), and
    balanced accuracy where the diagnosis found that an imbalance is ignored.
    """
    if not is_classifier(network):
        return "r2"
    return "balanced_accuracy" if "OGV112" in codes and y.ndim == 1 else "accuracy"


def score_of(name: ScoreName, y: NDArray[Any], predicted: NDArray[Any]) -> float:
    """Return the score of predictions; R² is cut off below at `WORST_R2`."""
    if name == "r2":
        return max(float(r2_score(y, predicted)), WORST_R2)
    if name == "accuracy":
        return float(accuracy_score(y, predicted))
    with warnings.catch_warnings():
        # A class may have no row held out, and a network may name it all the same.
        warnings.simplefilter("ignore", UserWarning)
        return float(balanced_accuracy_score(y, predicted))


def network_score(name: ScoreName, network: Any, X: Any, y: NDArray[Any]) -> float | None:
    """Return the score of a fitted network, or None where its answers are not finite."""
    with np.errstate(all="ignore"):
        answers = network.predict_proba(X) if is_classifier(network) else network.predict(X)
        if not np.isfinite(answers).all():
            return None
        return score_of(name, y, network.predict(X) if is_classifier(network) else answers)


def constant_score(name: ScoreName, y_train: NDArray[Any], y_test: NDArray[Any]) -> float:
    """Return the score of the best constant answer: most frequent class, or mean of the target."""
    classes = name != "r2"
    guess = DummyClassifier(strategy="most_frequent") if classes else DummyRegressor()
    guess.fit(np.zeros((len(y_train), 1)), y_train)
    return score_of(name, y_test, guess.predict(np.zeros((len(y_test), 1))))
