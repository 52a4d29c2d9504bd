"""The rows behind a fitted classifier: kept by it, or given again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ogive.classification.rows.rows import LabelledRows
from ogive.linear.blocks import block_rows
from ogive.text import InputError

__all__ = [
    "Array",
    "blocks",
    "class_index",
    "coefficients",
    "counted",
    "feature_names",
    "logits",
    "rows_of",
    "weights",
    "weights_are_given",
]

Array = NDArray[np.float64]


def rows_of(model: Any, X: Any = None, y: Any = None, sample_weight: Any = None) -> LabelledRows:
    """Return the rows that a model keeps, or those given, checked; rows of weight 0 are left out.

    Raises
    ------
    InputError
        Where there are none, where only some of X and y are given, and for labels that the model
        does not know.
    """
    if X is None and y is None and sample_weight is None:
        kept = getattr(model, "_rows", None)
        if kept is None:
            raise InputError(
                "The model keeps no rows (it was loaded, made from weights, or fitted with "
                "keep_rows=False), and this needs them: give the X, y and sample_weight of the "
                "fit.",
                "模型没有保留数据行（它是加载得到的、由权重直接构造的，或以 keep_rows=False "
                "拟合的），而这一步需要它们：请给出拟合时的 X、y 和 sample_weight。",
            )
        return counted(kept.X, kept.label, kept.weight)
    if X is None or y is None:
        missing = "X" if X is None else "y"
        raise InputError(
            f"{missing} is missing: give X and y together, or none of them for the rows that the "
            "model keeps.",
            f"缺少 {missing}：请同时给出 X 和 y，或者都不给而使用模型保留的数据行。",
        )
    return _given(model, X, y, sample_weight)


def _given(model: Any, X: Any, y: Any, sample_weight: Any) -> LabelledRows:
    from sklearn.utils.validation import (
        _check_sample_weight,
        check_consistent_length,
        column_or_1d,
    )

    from ogive.classification.labels.labels import Labels
    from ogive.classification.rows.checking import checked_features
    from ogive.classification.rows.weighting import combined_weight

    X = checked_features(model, X)
    y = column_or_1d(y)
    check_consistent_length(X, y)
    label = class_index(model.classes_, y)
    weight = None
    if sample_weight is not None:
        weight = _check_sample_weight(sample_weight, X, dtype=np.float64, ensure_non_negative=True)
    labels = Labels(model.classes_, label)
    return counted(X, label, combined_weight(model.class_weight, labels, weight))


def counted(X: Any, label: NDArray[Any], weight: Array | None) -> LabelledRows:
    """Leave out the rows that do not count."""
    if weight is None or np.all(weight > 0):
        return LabelledRows(X, label, weight)
    used = weight > 0
    return LabelledRows(X[used], label[used], weight[used])


def class_index(classes: NDArray[Any], y: NDArray[Any]) -> NDArray[np.int32]:
    """Return the position of each label in the sorted `classes`.

    Raises
    ------
    InputError
        For a label that is not among them.
    """
    try:
        place = np.searchsorted(classes, y)
        known = classes[np.minimum(place, len(classes) - 1)] == y
    except TypeError:
        known = np.zeros(len(y), dtype=bool)
    if not np.all(known):
        first = int(np.argmin(known))
        shown = ", ".join(repr(one) for one in classes[:10].tolist())
        shown += ", …" if len(classes) > 10 else ""
        value = y[first].item() if isinstance(y[first], np.generic) else y[first]
        raise InputError(
            f"y holds the label {value!r} in row {first} (counted from 0), which the model does "
            f"not know. Its classes are {shown}: leave such rows out, or fit with them.",
            f"y 的第 {first} 行（从 0 起数）的标签 {value!r} 不为模型所知。"
            f"模型的类别为 {shown}：请去掉这样的行，或用它们重新拟合。",
        )
    return np.asarray(place, dtype=np.int32)


def weights_are_given(model: Any) -> bool:
    """Return whether a model was made from weights, so that nothing has been fitted."""
    return bool(np.isnan(getattr(model, "gradient_norm_", 0.0)))


def weights(rows: LabelledRows) -> Array:
    """Return the weights, 1 where none were given."""
    return np.ones(len(rows.label)) if rows.weight is None else rows.weight


def blocks(rows: LabelledRows, width: int = 0) -> Iterator[tuple[slice, Array]]:
    """Yield dense float64 rows, some at a time, in their order.

    `width` is how many numbers go with a row in what is computed; by default its features.
    """
    n, p = rows.X.shape
    step = block_rows(max(width, p, 1))
    for first in range(0, n, step):
        part = slice(first, min(first + step, n))
        taken = rows.X[part]
        dense = taken.toarray() if sparse.issparse(taken) else taken
        yield part, np.asarray(dense, dtype=np.float64)


def feature_names(model: Any) -> tuple[str, ...]:
    """Return the names of the columns, ``x0``, ``x1`` … where the fit saw none."""
    names = getattr(model, "feature_names_in_", None)
    if names is not None:
        return tuple(str(name) for name in names)
    return tuple(f"x{i}" for i in range(model.n_features_in_))


def coefficients(model: Any) -> tuple[Array, Array]:
    """Return ``coef_`` and ``intercept_`` dense and in double precision."""
    coef = model.coef_.toarray() if sparse.issparse(model.coef_) else model.coef_
    intercept = np.broadcast_to(model.intercept_, (len(coef),))
    return np.asarray(coef, dtype=np.float64), np.asarray(intercept, dtype=np.float64)


def logits(model: Any, X: Any) -> Array:
    """Return z in double precision, of shape (n_samples, 1 or n_classes)."""
    coef, intercept = coefficients(model)
    z: Array = np.asarray(X @ coef.T, dtype=np.float64) + intercept
    return z
