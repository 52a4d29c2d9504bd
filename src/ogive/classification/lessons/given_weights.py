"""A logistic regression whose weights are given, not fitted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from ogive.classification.solvers.solving import Minimum
from ogive.text import InputError

__all__ = ["set_weights"]


def set_weights(
    model: Any, coef: Any, intercept: Any, classes: Any, feature_names: Sequence[str] | None
) -> Any:
    """Make `model` a fitted one with these weights; see ``LogisticRegression.from_weights``."""
    labels = np.asarray(classes)
    _require(
        labels.ndim == 1 and len(labels) >= 2 and len(np.unique(labels)) == len(labels),
        f"classes must name two classes or more, each once. Got {classes!r} instead.",
        f"classes 必须列出至少两个互不相同的类别，得到的却是 {classes!r}。",
    )
    _require(
        bool(np.all(labels[:-1] < labels[1:])),
        f"classes must be in ascending order, and coef and intercept in the same. Got {classes!r}.",
        f"classes 必须按升序排列，coef 和 intercept 与之对应。得到的却是 {classes!r}。",
    )
    n_outputs = 1 if len(labels) == 2 else len(labels)
    weights = _numbers(coef, "coef")
    weights = weights[None] if weights.ndim == 1 and n_outputs == 1 else weights
    _require(
        weights.ndim == 2 and len(weights) == n_outputs and weights.shape[1] > 0,
        f"coef has the shape {np.shape(coef)}; {len(labels)} classes need "
        f"({n_outputs}, n_features).",
        f"coef 的形状为 {np.shape(coef)}；{len(labels)} 个类别需要 ({n_outputs}, n_features)。",
    )
    constants = _numbers(intercept, "intercept")
    _require(
        constants.size == n_outputs or constants.ndim == 0,
        f"intercept holds {constants.size} numbers; {len(labels)} classes need {n_outputs}.",
        f"intercept 有 {constants.size} 个数；{len(labels)} 个类别需要 {n_outputs} 个。",
    )
    constants = np.broadcast_to(constants.ravel(), (n_outputs,)).copy()
    if feature_names is not None:
        names = np.array([str(name) for name in feature_names], dtype=object)
        _require(
            len(names) == weights.shape[1],
            f"feature_names has {len(names)} names for {weights.shape[1]} features.",
            f"feature_names 有 {len(names)} 个名称，而特征有 {weights.shape[1]} 个。",
        )
        model.feature_names_in_ = names
    minimum = Minimum(weights.copy(), constants, math.nan, math.nan, 0, False)
    model._set_fitted(minimum, labels, np.float64)
    return model


def _numbers(values: Any, name: str) -> Any:
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        array = np.array(np.nan)
    _require(
        bool(np.all(np.isfinite(array))),
        f"{name} must hold finite numbers. Got {values!r} instead.",
        f"{name} 必须是有限的数，得到的却是 {values!r}。",
    )
    return array


def _require(condition: bool, en: str, zh: str) -> None:
    if not condition:
        raise InputError(en, zh)
