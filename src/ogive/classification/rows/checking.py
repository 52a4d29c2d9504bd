"""Checks what a logistic regression is given."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse
from sklearn.utils.validation import _check_sample_weight, validate_data

from ogive.classification.labels.labels import Labels, checked_labels, refuse_single
from ogive.classification.rows.rows import LabelledRows
from ogive.classification.rows.weighting import combined_weight
from ogive.linear.checking import check_weights, explain, explain_weights, refuse_dates
from ogive.text import InputError

__all__ = ["checked_features", "checked_rows"]


def checked_rows(model: Any, X: Any, y: Any, sample_weight: Any) -> tuple[LabelledRows, Labels]:
    """Check what `fit` was given, and note the names and number of features in `model`.

    X is copied only where its type or order has to be changed.

    Raises
    ------
    InputError
        Where values are missing, infinite, dates or not numbers, where lengths differ, where
        weights are negative or all 0, and where y does not hold two classes or more.
    ValueError, TypeError
        scikit-learn's own, for anything else.
    """
    if y is None:
        raise InputError(
            "LogisticRegression requires y to be passed, but the target y is None. Give the class "
            "of each row.",
            "LogisticRegression 需要 y，但 y 为 None。请给出每一行的类别。",
        )
    X_checked = checked_features(model, X, reset=True)
    labels = checked_labels(y, X_checked.shape[0])
    weight = None
    if sample_weight is not None:
        try:
            weight = _check_sample_weight(sample_weight, X_checked, dtype=np.float64)
        except ValueError as error:
            explain_weights(sample_weight, X_checked.shape[0], error)
        check_weights(weight)
    weight = combined_weight(model.class_weight, labels, weight)
    if weight is not None:
        used = np.bincount(labels.index, weights=weight, minlength=len(labels.classes)) > 0
        if used.sum() < 2:
            label = labels.classes[np.argmax(used)]
            refuse_single(label, " with a weight above 0", "的权重大于 0")
    return LabelledRows(X_checked, labels.index, weight), labels


def checked_features(model: Any, X: Any, *, reset: bool = False) -> Any:
    """Check features, as `reset` says noting their names and number or comparing with those."""
    refuse_dates(X, "X")
    try:
        checked = validate_data(
            model,
            X,
            accept_sparse="csr",
            dtype=(np.float64, np.float32),
            order="C",
            reset=reset,
        )
    except (ValueError, TypeError) as error:
        explain(X, (), error)
    if reset and sparse.issparse(checked) and not checked.has_canonical_format:
        checked = checked.copy()
        checked.sum_duplicates()
    return checked
