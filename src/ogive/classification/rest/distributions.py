"""Probabilities of classes from the separate probabilities of each class against the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax
from sklearn.utils import _safe_indexing

__all__ = ["normalised"]

Array = NDArray[np.float64]

# Below this, quotients of probabilities lose digits to gradual underflow.
LEAST_SUM = np.finfo(np.float64).tiny / np.finfo(np.float64).eps


def normalised(probabilities: Array, models: Sequence[Any], X: Any) -> Array:
    """Divide each row by its sum, and find a distribution where there is nothing to divide.

    Every classifier may say "rest" so firmly that all probabilities of a row are 0 in float64.
    The first of these that is defined then gives the row:

    1. the same quotients from logarithms, ``softmax(log p)``, where the models have
       ``predict_log_proba`` and it did not underflow as well;
    2. ``softmax(d)`` of the decision values d. For models whose decision value is the log-odds (as
       logistic regression) it is the same quotient once more, since ``1/(1+exp(-d))`` is
       ``exp(d)`` for very negative d; for others it at least ranks classes as ``predict`` does;
    3. equal probabilities.

    Parameters
    ----------
    probabilities : ndarray of shape (n_samples, n_classes)
        Each class against the rest.
    models : sequence of n_classes estimators
    X : array-like or sparse matrix of shape (n_samples, n_features)

    Returns
    -------
    ndarray of shape (n_samples, n_classes)
        Rows sum to 1.
    """
    total = probabilities.sum(axis=1, keepdims=True)
    found: Array = np.divide(
        probabilities, total, out=np.zeros_like(probabilities), where=total > 0
    )
    low = np.flatnonzero(total[:, 0] < LEAST_SUM)
    if low.size:
        zero = total[low, 0] == 0
        found[low] = _from_logarithms(found[low], zero, models, _safe_indexing(X, low))
    return found


def _from_logarithms(
    quotients: Array, zero: NDArray[np.bool_], models: Sequence[Any], X: Any
) -> Array:
    found = quotients.copy()
    found[zero] = 1.0 / found.shape[1]
    for method, wanted in (("decision_function", zero), ("predict_log_proba", zero | True)):
        values = _asked(method, models, X)
        if values is None:
            continue
        usable = wanted & np.isfinite(values.max(axis=1))  # NaN is not usable either
        found[usable] = softmax(values[usable], axis=1)
    return found


def _asked(method: str, models: Sequence[Any], X: Any) -> Array | None:
    columns = []
    for model in models:
        if not hasattr(model, method):
            return None
        # Many take the logarithm of 0 here, which NumPy warns of.
        with np.errstate(divide="ignore"):
            answer = getattr(model, method)(X)
        columns.append(answer[:, 1] if method == "predict_log_proba" else np.ravel(answer))
    return np.column_stack(columns).astype(np.float64)
