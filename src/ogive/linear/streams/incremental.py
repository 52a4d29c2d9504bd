"""Solves from sums alone, for rows that came and went."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NoReturn

import numpy as np
from scipy import sparse

from ogive.linear.agreement import BLOCK
from ogive.linear.checking import checked_rows, explain_not_finite
from ogive.linear.dependencies import find_dependencies
from ogive.linear.least_squares import solve, solve_moments
from ogive.linear.moments import Moments, Triangle, Twofold
from ogive.linear.names import given_target_names
from ogive.linear.one_thread import on_one_thread
from ogive.linear.rows import FittedRows
from ogive.linear.solution import Array, Solution
from ogive.text import InputError

__all__ = ["add_rows", "solve_sums"]

NEAREST = 1e-22
"""Squared distance of a column from those before it, relative to its own square: as far as
double-double sums tell nearly dependent columns from dependent ones."""

DEPENDENT = 1e-13
"""Eigenvalues of the scaled cross-products, relative to the largest, that are taken for 0."""


def add_rows(model: Any, X: Any, y: Any, sample_weight: Any) -> Any:
    """Do what `LinearRegression.partial_fit` says."""
    moments = _moments_so_far(model)
    names = given_target_names(y)
    rows = checked_rows(model, X, y, sample_weight, reset=moments is None)
    n_targets = 1 if rows.y.ndim == 1 else rows.y.shape[1]
    single = rows.y.ndim == 1
    if moments is None:
        moments = Moments(rows.X.shape[1], n_targets, model.fit_intercept)
    elif n_targets != moments.n_targets or model.fit_intercept != moments.fit_intercept:
        raise InputError(
            f"The rows before had {moments.n_targets} targets and "
            f"fit_intercept={moments.fit_intercept}; these have {n_targets} and "
            f"fit_intercept={model.fit_intercept}. Call fit to begin anew.",
            f"之前的数据有 {moments.n_targets} 个目标且 fit_intercept={moments.fit_intercept}；"
            f"这次有 {n_targets} 个且 fit_intercept={model.fit_intercept}。"
            "如需重新开始，请调用 fit。",
        )
    dense = rows.X.toarray() if sparse.issparse(rows.X) else rows.X
    if not moments.add(dense, rows.y, rows.weight):
        explain_not_finite(X, y)
    model.solution_ = solve_sums(moments)
    model._moments, model._rows, model.n_iter_ = moments, None, 1
    model.__dict__.pop("descent_", None)
    model.target_names_in_ = names or tuple(
        ("y",) if n_targets == 1 else (f"y{i}" for i in range(n_targets))
    )
    model._set_fitted(single, rows.X.dtype)
    return model


def _moments_so_far(model: Any) -> Moments | None:
    """Return the sums over the rows that the model has seen, or None where it has seen none."""
    moments: Moments | None = getattr(model, "_moments", None)
    if moments is not None or not hasattr(model, "solution_"):
        return moments
    rows: FittedRows | None = model._rows
    if rows is None:
        raise InputError(
            "This model was fitted to rows that it has not kept (a stream, keep_rows=False, or a "
            "saved model), so none can be added to them. Begin with "
            "sklearn.base.clone(model).partial_fit(...).",
            "该模型没有保留拟合时的数据行（来自数据流、keep_rows=False 或已保存的模型），"
            "因此无法再添加。"
            "请从 sklearn.base.clone(model).partial_fit(...) 开始。",
        )
    moments = Moments(rows.X.shape[1], rows.y.shape[1], model.solution_.fit_intercept)
    step = max(1, BLOCK // max(rows.X.shape[1], 1))
    for first in range(0, len(rows.y), step):
        part = slice(first, first + step)
        X = rows.X[part]
        weight = None if rows.weight is None else rows.weight[part]
        moments.add(X.toarray() if sparse.issparse(X) else X, rows.y[part], weight)
    return moments


class _RowsAreGoneError(Exception):
    pass


@on_one_thread
def solve_sums(moments: Moments) -> Solution:
    """Solve from moments, without the second pass over the rows that near dependence asks for.

    Where it would be needed, a few rows that have the same moments stand in for those that are
    gone. So many digits of the coefficients are lost as the condition number has, and columns that
    depend on each other to 6 digits and more are taken for dependent where others really are.
    """
    try:
        return solve_moments(moments, _refuse)
    except _RowsAreGoneError:
        pass
    k, scale = moments.n_features, moments.scale()
    parts = moments.cholesky(NEAREST)
    if parts is not None:
        upper, right, rest = parts
        X, z = upper.rounded(), right.rounded()
    else:
        X, z, rest = _by_eigenvalues(moments, scale)
    m = moments.n_targets
    X = np.vstack([X, np.zeros((m, k))]) / scale[:k]
    y = np.vstack([z, np.diag(np.sqrt(rest))]) / scale[k:]
    # Rows of either sign have means of 0, and half of each square.
    X, y = np.vstack([X, -X]) * np.sqrt(0.5), np.vstack([y, -y]) * np.sqrt(0.5)
    names = tuple(f"x{i}" for i in range(k)), tuple(f"y{i}" for i in range(m))
    found = solve(FittedRows(X, y, None, *names), moments.fit_intercept)
    means = moments.means.rounded()
    condition = found.condition_number
    lost = np.log10(condition) if np.isfinite(condition) else np.nan
    singular = np.zeros(min(moments.n_samples, k))
    count = min(len(singular), len(found.singular_values))
    singular[:count] = found.singular_values[:count]
    return replace(
        found,
        n_samples=moments.n_samples,
        sum_of_weights=moments.sum_of_weights,
        intercept=means[k:] - found.coef @ means[:k],
        singular_values=singular,
        feature_means=means[:k],
        target_means=means[k:],
        digits=np.minimum(found.digits, 15.95 - lost),
        sum_of_log_weights=moments.sum_of_log_weights,
        dependencies=find_dependencies(found.null_space, scale[:k], means[:k], moments)
        if found.rank < k
        else (),
    )


def _refuse(triangle: Triangle) -> NoReturn:
    raise _RowsAreGoneError


def _by_eigenvalues(moments: Moments, scale: Array) -> tuple[Array, Array, Array]:
    k = moments.n_features
    columns = k + moments.n_targets
    sums = Twofold(*moments._state.products).rounded()
    products = sums[: k * columns].reshape(k, columns) * scale[:k, None] * scale
    squares = np.triu(products[:, :k])
    squares = squares + np.triu(squares, 1).T
    values, vectors = np.linalg.eigh(squares)
    kept = values > DEPENDENT * max(float(values[-1]), 1e-300)
    root = np.sqrt(values[kept])
    X = np.zeros((k, k))
    z = np.zeros((k, moments.n_targets))
    count = int(kept.sum())
    X[:count] = (vectors[:, kept] * root).T
    z[:count] = (vectors[:, kept] / root).T @ products[:, k:]
    total = sums[k * columns :] * scale[k:] ** 2
    rest = total - (z**2).sum(axis=0)
    return X, z, np.where(rest > 1e-14 * total, rest, 0.0)
