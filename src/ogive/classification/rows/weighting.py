"""Weights of rows and of classes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ogive.classification.labels.labels import Labels
from ogive.text import InputError

__all__ = ["class_weights", "combined_weight"]

Array = NDArray[np.float64]


def combined_weight(class_weight: Any, labels: Labels, sample_weight: Array | None) -> Array | None:
    """Return the weight of each row times that of its class, or None where all are 1."""
    if class_weight is None:
        return sample_weight
    of_row = class_weights(class_weight, labels, sample_weight)[labels.index]
    return of_row if sample_weight is None else of_row * sample_weight


def class_weights(given: Any, labels: Labels, sample_weight: Array | None = None) -> Array:
    """Return the weight of each class.

    Parameters
    ----------
    given : dict or "balanced"
        Weights by class, 1 for those that are not named; "balanced" for ``W / (n_classes * W_k)``,
        W being the sum of weights of all rows and W_k of those of the class.
    labels : Labels
    sample_weight : ndarray of shape (n_samples,), optional

    Raises
    ------
    InputError
        Where a weight is negative or no number, or a named class does not exist.
    """
    classes = labels.classes
    if not isinstance(given, Mapping):
        sums = np.bincount(labels.index, weights=sample_weight, minlength=len(classes))
        with np.errstate(divide="ignore"):
            balanced = sums.sum() / (len(classes) * sums)
        return np.where(sums > 0, balanced, 0.0)
    weights = np.ones(len(classes))
    not_named = []
    for i, label in enumerate(classes.tolist()):
        if label in given:
            weights[i] = _checked(given[label], label)
        else:
            not_named.append(label)
    unknown = [label for label in given if label not in set(classes.tolist())]
    if not_named and unknown:
        raise InputError(
            f"The classes, {not_named}, are not in class_weight, which names {unknown} instead. "
            f"The classes of y are {_shown(classes)}: name these.",
            f"class_weight 中没有类别 {not_named}，却有 y 中不存在的 {unknown}。"
            f"y 的类别为 {_shown(classes)}，请使用这些类别名。",
        )
    return weights


def _checked(weight: Any, label: Any) -> float:
    try:
        value = float(weight)
    except (TypeError, ValueError):
        value = np.nan
    if not 0 <= value < np.inf:
        raise InputError(
            f"class_weight[{label!r}] is {weight!r}; weights must be finite numbers, 0 or more.",
            f"class_weight[{label!r}] 为 {weight!r}；权重必须是不小于 0 的有限数。",
        )
    return value


def _shown(classes: NDArray[Any]) -> str:
    listed = ", ".join(repr(label) for label in classes[:10].tolist())
    return f"[{listed}{', ...' if len(classes) > 10 else ''}]"
