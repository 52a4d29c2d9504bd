"""Fitting the two-class problems to which a problem of many classes is reduced."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.utils.parallel import Parallel, delayed

from ogive.classification.problems.alone import fit_alone
from ogive.classification.problems.least_squares import fit_least_squares
from ogive.classification.problems.logistic import fit_logistic
from ogive.classification.problems.models import BinaryModels, EstimatorModels
from ogive.classification.problems.networks import fit_networks
from ogive.classification.problems.problems import Problems

__all__ = ["fit_problems"]

# Each solves all problems together, or returns None where it does not apply.
WAYS = (fit_logistic, fit_least_squares, fit_networks)


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
    for way in WAYS:
        models = way(estimator, X, class_index, problems, fit_params or {}, negative, n_jobs)
        if models is not None:
            return models
    fitted = Parallel(n_jobs=n_jobs, verbose=verbose)(
        delayed(fit_alone)(
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
