"""Fitting one of the two-class problems by itself."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.utils.metaestimators import _safe_split
from sklearn.utils.validation import _check_method_params

__all__ = ["fit_alone"]


def fit_alone(
    estimator: Any,
    X: Any,
    class_index: NDArray[np.int32],
    n_classes: int,
    problem: tuple[NDArray[np.int32], NDArray[np.int8]],
    fit_params: dict[str, Any],
    negative: int,
) -> Any:
    """Return a clone of an estimator fitted to the rows of one problem, given by `Problems.of`."""
    side = np.zeros(n_classes, dtype=np.int8)
    side[problem[0]] = problem[1]
    of_row = side[class_index]
    y = np.where(of_row > 0, 1, negative)
    if np.all(of_row != 0):
        return clone(estimator).fit(X, y, **fit_params)
    rows = np.flatnonzero(of_row)
    params = _check_method_params(X, params=fit_params, indices=rows)
    # Where X holds kernels between rows, columns are chosen with them.
    return clone(estimator).fit(_safe_split(estimator, X, None, indices=rows)[0], y[rows], **params)
