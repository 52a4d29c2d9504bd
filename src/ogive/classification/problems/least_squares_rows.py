"""Least squares in double-double from the rows, for problems that plain sums by class do not do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone

from ogive.classification.problems.pair_totals import BLOCK_BYTES
from ogive.classification.problems.problems import Problems
from ogive.linear.solution import Solution

__all__ = ["fit_from_rows"]


def fit_from_rows(
    estimator: Any,
    X: NDArray[Any],
    class_index: NDArray[np.int32],
    problems: Problems,
    numbers: NDArray[np.intp],
    weight: Any,
    negative: int,
) -> dict[int, Any]:
    """Return the fitted estimators of some problems.

    Those of the same rows are the targets of one regression: their columns are factorised once.
    """
    fitted: dict[int, Any] = {}
    for members, of_these in _sharing_rows(problems, numbers, len(class_index)):
        takes_part = np.zeros(problems.n_classes, dtype=np.bool_)
        takes_part[members] = True
        rows = np.flatnonzero(takes_part[class_index])
        value = np.full((problems.n_classes, len(of_these)), float(negative))
        for t, j in enumerate(of_these):
            own, sides = problems.of(j)
            value[own[sides > 0], t] = 1
        own_weight = None if weight is None else np.asarray(weight)[rows]
        some = X if len(rows) == len(X) else X[rows]
        whole = clone(estimator).fit(some, value[class_index[rows]], own_weight)
        for t, j in enumerate(of_these):
            one = clone(estimator)
            one.solution_ = _of_target(whole.solution_, t)
            one.n_iter_, one._rows, one.target_names_in_ = 1, None, ("y",)
            one.n_features_in_ = X.shape[1]
            one._set_fitted(True, whole.coef_.dtype)
            fitted[j] = one
    return fitted


def _sharing_rows(
    problems: Problems, numbers: NDArray[np.intp], n_samples: int
) -> Iterator[tuple[NDArray[np.int32], list[int]]]:
    """Yield sets of classes, and problems of these: so many that targets take bounded memory."""
    most = max(1, BLOCK_BYTES // (16 * n_samples))
    sharing: dict[bytes, list[int]] = {}
    for j in numbers.tolist():
        sharing.setdefault(np.sort(problems.of(j)[0]).tobytes(), []).append(j)
    for key, of_these in sharing.items():
        for start in range(0, len(of_these), most):
            yield np.frombuffer(key, dtype=np.int32), of_these[start : start + most]


def _of_target(solution: Solution, t: int) -> Solution:
    own = slice(t, t + 1)
    return replace(
        solution,
        coef=solution.coef[own],
        intercept=solution.intercept[own],
        target_means=solution.target_means[own],
        residual_sum_of_squares=solution.residual_sum_of_squares[own],
        total_sum_of_squares=solution.total_sum_of_squares[own],
        digits=solution.digits[own],
    )
