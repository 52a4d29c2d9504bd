"""Logistic regressions of many two-class problems, solved together by the core."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
from joblib import effective_n_jobs
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils.validation import _check_sample_weight

from ogive._engine import core
from ogive.classification.logistic import LogisticRegression
from ogive.classification.problems.logistic_models import LogisticModels
from ogive.classification.problems.problems import Problems
from ogive.classification.rows.checking import checked_features
from ogive.classification.solvers.logistic_solvers import penalty_of
from ogive.classification.solvers.solving import RENEWAL

__all__ = ["fit_logistic", "fit_logistic_columns"]

Array = NDArray[np.float64]


def fit_logistic(
    estimator: Any,
    X: Any,
    class_index: NDArray[np.int32],
    problems: Problems,
    fit_params: dict[str, Any],
    negative: int,
    n_jobs: int | None,
) -> LogisticModels | None:
    """Fit a LogisticRegression to each problem; see `fit_problems` for the parameters.

    Rows are brought into memory once, class by class, and shared.

    Returns
    -------
    LogisticModels or None
        None where each has to be fitted by itself: estimators of another class, a solver that the
        core has not, sparse rows, and classes without weight.
    """
    checked = _checked(estimator, X, fit_params)
    if checked is None:
        return None
    template, rows, weight = checked
    sums = np.bincount(class_index, weights=weight, minlength=problems.n_classes)
    side_weight = None
    if not np.all(sums > 0):
        return None
    if template.class_weight is not None:
        problem = np.repeat(np.arange(len(problems)), np.diff(problems.starts))
        of_sides = [
            np.bincount(problem, sums[problems.members] * (problems.sides == s), len(problems))
            for s in (-1, 1)
        ]
        side_weight = _side_weights(template.class_weight, np.column_stack(of_sides), negative)
        if side_weight is None:
            return None
    small = class_index.astype(np.uint16) if problems.n_classes < 1 << 16 else class_index
    order = np.argsort(small, kind="stable")
    counts = np.bincount(class_index, minlength=problems.n_classes)
    start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return _solve(
        template,
        rows,
        weight,
        (order, start, problems.starts, problems.members, problems.sides),
        side_weight,
        None,
        negative,
        n_jobs,
    )


def fit_logistic_columns(
    estimator: Any,
    X: Any,
    sides: NDArray[np.int8],
    fit_params: dict[str, Any],
    n_jobs: int | None,
) -> LogisticModels | None:
    """Fit a LogisticRegression to each of several labels of the same rows.

    Parameters
    ----------
    sides : ndarray of shape (n_labels, n_samples), int8
        1 where a row has the label, otherwise -1. Both must occur in each.

    Returns
    -------
    LogisticModels or None
        None as of `fit_logistic`.
    """
    checked = _checked(estimator, X, fit_params)
    if checked is None:
        return None
    template, rows, weight = checked
    n_labels, n_samples = sides.shape
    of_row = np.ones(n_samples) if weight is None else weight
    positive = (sides > 0) @ of_row
    both = np.column_stack([of_row.sum() - positive, positive])
    side_weight = None
    if not np.all(both > 0):
        return None
    if template.class_weight is not None:
        side_weight = _side_weights(template.class_weight, both, 0)
        if side_weight is None:
            return None
    book = (
        np.arange(n_samples),
        np.array([0, n_samples]),
        np.arange(n_labels + 1),
        np.zeros(n_labels, dtype=np.int32),
        np.ones(n_labels, dtype=np.int8),
    )
    return _solve(template, rows, weight, book, side_weight, sides, 0, n_jobs)


def _checked(
    estimator: Any, X: Any, fit_params: dict[str, Any]
) -> tuple[Any, NDArray[Any], Array | None] | None:
    """Return an estimator that knows the features, the rows and their weights, if all is well."""
    if type(estimator) is not LogisticRegression or estimator.solver not in RENEWAL:
        return None
    if estimator.warm_start or set(fit_params) - {"sample_weight"}:
        return None
    template = clone(estimator)
    template._validate_params()
    rows = checked_features(template, X, reset=True)
    if not isinstance(rows, np.ndarray):
        return None
    weight = fit_params.get("sample_weight")
    if weight is not None:
        weight = _check_sample_weight(weight, rows, dtype=np.float64, ensure_non_negative=True)
    return template, rows, weight


def _side_weights(class_weight: Any, sums: Array, negative: int) -> Array | None:
    """Return the weights of negative and positive rows, of shape (n_problems, 2)."""
    if isinstance(class_weight, Mapping):
        if set(class_weight) - {negative, 1}:
            return None
        given = [float(class_weight.get(label, 1)) for label in (negative, 1)]
        return np.tile(given, (len(sums), 1)) if min(given) > 0 else None
    return np.asarray(sums.sum(axis=1, keepdims=True) / (2 * sums))


def _solve(
    template: Any,
    rows: NDArray[Any],
    weight: Array | None,
    book: tuple[NDArray[Any], ...],
    side_weight: Array | None,
    row_sides: NDArray[np.int8] | None,
    negative: int,
    n_jobs: int | None,
) -> LogisticModels:
    coef, intercept, loss, norm, n_iter, converged = core.logistic.fit_many(
        rows,
        *(book[0].astype(np.int64, copy=False), book[1].astype(np.int64, copy=False)),
        weight,
        *book[2:],
        None if side_weight is None else np.ascontiguousarray(side_weight),
        row_sides,
        penalty_of(template),
        template.fit_intercept,
        template.tol,
        template.max_iter,
        RENEWAL[template.solver],
        0 if n_jobs is None else effective_n_jobs(n_jobs),
        None,
    )
    models = LogisticModels(
        template,
        np.array([negative, 1]),
        coef.astype(rows.dtype, copy=False),
        intercept.astype(rows.dtype, copy=False),
        loss,
        norm,
        n_iter,
        converged.astype(np.bool_),
    )
    if not models.converged_.all():
        failed = int((~models.converged_).sum())
        warnings.warn(
            f"{failed} of {len(models)} two-class problems failed to converge within "
            f"max_iter={template.max_iter}: the largest component of a gradient is "
            f"{norm.max():.1e}, where tol={template.tol:g} is asked for. Increase max_iter, "
            "standardise the columns, or raise tol.",
            ConvergenceWarning,
            stacklevel=4,
        )
    return models
