"""Fitting the two-class problems to which a problem of many classes is reduced."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.utils.metaestimators import _safe_split
from sklearn.utils.parallel import Parallel, delayed
from sklearn.utils.validation import _check_method_params

from ogive.classification.problems.models import BinaryModels, EstimatorModels
from ogive.classification.problems.problems import Problems

__all__ = ["fit_problems"]


def fit_problems(
    estimator: Any,
    X: Any,
    class_index: NDArray[np.int32],
    problems: Problems,
    *,
    fit_params: dict[str, Any] | None = None,
    negative: int = 0,
    n_jobs: int | None = None,
    verbose: int = 0,
) -> BinaryModels:
    """Fit one model to each problem.

    Parameters
    ----------
    estimator : estimator
        A clone of it is fitted to each problem, or all are solved together where it is of a kind
        that can be.
    X : array-like or sparse matrix of shape (n_samples, n_features)
    class_index : ndarray of shape (n_samples,), int32
        The class of each row, from 0.
    problems : Problems
    fit_params : dict, optional
        For ``estimator.fit``; arrays of n_samples are cut to the rows of each problem.
    negative : {0, -1}, default=0
        The label of negative rows that the estimators see; positive ones are 1.
    n_jobs : int, optional
    verbose : int, default=0

    Returns
    -------
    BinaryModels
    """
    fitted = Parallel(n_jobs=n_jobs, verbose=verbose)(
        delayed(_fit_one)(
            estimator,
            X,
            class_index,
            problems.n_classes,
            problems.of(j),
            fit_params or {},
            negative,
        )
        for j in range(len(problems))
    )
    return EstimatorModels(fitted, n_jobs)


def _fit_one(
    estimator: Any,
    X: Any,
    class_index: NDArray[np.int32],
    n_classes: int,
    problem: tuple[NDArray[np.int32], NDArray[np.int8]],
    fit_params: dict[str, Any],
    negative: int,
) -> Any:
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
