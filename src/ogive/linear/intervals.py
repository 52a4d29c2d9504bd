"""Intervals about predictions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse, stats

from ogive.linear.covariance import Root, covariance_root, row_norms
from ogive.linear.design import Design, scales
from ogive.linear.given_rows import block_rows, find_rows, usable_rows
from ogive.linear.inference import check_level, is_perfect
from ogive.linear.one_thread import on_one_thread
from ogive.linear.robust import APART, Robust, check_covariance, robust_covariance
from ogive.linear.solution import Array, Solution
from ogive.linear.target_scale import beyond_squares
from ogive.text import InputError

if TYPE_CHECKING:
    from ogive.linear.regression import LinearRegression

__all__ = ["INTERVALS", "Prediction", "predict_interval"]

INTERVALS = ("confidence", "prediction")
SQUARED_CONDITION_LIMIT = 1e4


class Prediction(NamedTuple):
    """Predictions with the ends of their intervals.

    It unpacks: ``prediction, low, high = model.predict(X, interval="prediction")``.

    Attributes
    ----------
    prediction, low, high : ndarray of shape (n_samples,) or (n_samples, n_targets)
        As ``predict`` returns; float64. The ends are NaN where they are not known: where the fit
        has no residual degrees of freedom or no covariance, and for a row whose prediction the data
        do not determine.
    """

    prediction: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


@on_one_thread
def predict_interval(
    model: LinearRegression,
    X: Any,
    predicted: Any,
    interval: str,
    level: float = 0.95,
    covariance: str = "nonrobust",
) -> Prediction:
    """Put intervals about the predictions of a fitted model.

    Parameters
    ----------
    model : LinearRegression
        A fitted model.
    X : array or sparse matrix of shape (n_samples, n_features)
        Checked features.
    predicted : ndarray
        What the model predicts for them.
    interval : {"confidence", "prediction"}
        Of the mean of all rows with these features, or of one new row, which has an error of its
        own, with the variance that the fit found for rows of weight 1.
    level : float, default=0.95
        Of the intervals, each by itself.
    covariance : {"nonrobust", "HC0", "HC1", "HC2", "HC3"}, default="nonrobust"
        Of the coefficients; the robust ones need the rows that the model keeps.

    Raises
    ------
    InputError
        For another interval, level or covariance, for a robust covariance where the model keeps no
        rows, and, where it keeps none, for targets whose squares overflow or vanish.

    Notes
    -----
    With x the features less their weighted means, W the sum of weights and s² the residual
    variance, the variance of the mean is s² (1/W + x'(X'WX)^-1 x) and that of a new row s² more
    (Draper and Smith, 1998, *Applied Regression Analysis*, sections 3.1 and 5.2). A robust
    covariance V of all coefficients gives the mean the variance (1, x)'V(1, x); the error of a new
    row has the variance s² all the same, as in statsmodels, since nothing tells the variance at
    this row: where variances are unequal, prediction intervals hold on average only.
    """
    check_level(level)
    if interval not in INTERVALS:
        raise InputError(
            f"interval must be None, 'confidence' or 'prediction'. Got {interval!r} instead.",
            f"interval 只能是 None、'confidence' 或 'prediction'，得到的却是 {interval!r}。",
        )
    check_covariance(covariance)
    robust = covariance != "nonrobust"
    needed = robust or beyond_squares(model.solution_).any()
    given = find_rows(model) if needed else None
    if given is None and robust:
        raise InputError(
            f"covariance={covariance!r} needs the rows of the fit, and the model keeps none (it "
            "was loaded, or fitted with keep_rows=False or from a stream). Fit again with "
            "keep_rows=True, or use covariance='nonrobust'.",
            f"covariance={covariance!r} 需要拟合时的数据行，而模型没有保留（它是加载得到的，"
            "或以 keep_rows=False 或流式方式拟合）。请以 keep_rows=True 重新拟合，"
            "或使用 covariance='nonrobust'。",
        )
    usable = usable_rows(model.solution_, given)
    solution = usable.solution
    centre = np.asarray(predicted, dtype=np.float64)
    flat = centre.reshape(len(centre), -1)
    free = solution.residual_degrees_of_freedom
    root = _root(model) if free > 0 and not model.positive else None
    if root is None:
        missing = np.full_like(centre, np.nan)
        return Prediction(centre, missing, missing.copy())
    perfect = is_perfect(solution)
    residual = np.where(perfect, 0.0, solution.residual_sum_of_squares) / free
    if robust:
        found = robust_covariance(solution, usable.given, covariance)
        variance = np.where(perfect, 0.0, _robust_variances(solution, X, found))
        if interval == "prediction":
            variance = variance + residual
        deviations = np.sqrt(variance).T
    else:
        share = _variance_shares(root, X)
        if interval == "prediction":
            share = share + 1
        deviations = np.sqrt(residual)[:, None] * np.sqrt(share)
    half = stats.t.ppf(0.5 + level / 2, free) * usable.own_units(deviations).T
    shape = centre.shape
    return Prediction(centre, (flat - half).reshape(shape), (flat + half).reshape(shape))


def _root(model: LinearRegression) -> Root | None:
    """Return the root of the covariance, from the rows only where the inverse is not enough."""
    solution = model.solution_
    if solution.inverse_root is None and not solution.condition_number < SQUARED_CONDITION_LIMIT:
        given = find_rows(model)
        if given is not None:
            return covariance_root(solution, Design(given.rows, solution))
    return covariance_root(solution)


def _variance_shares(root: Root, X: Any) -> Array:
    """Return the variance of the mean at each row of X for residuals of variance 1."""
    shares = np.empty(X.shape[0])
    for part, along in _coordinates(root, X):
        shares[part] = (along * along).sum(axis=1)
    return shares


def _robust_variances(solution: Solution, X: Any, robust: Robust) -> Array:
    """Return the variance of the mean at each row of X, of shape (n_samples, n_targets)."""
    assert robust.of_basis is not None
    assert robust.full_rows is not None
    assert robust.coefficients is not None
    first = int(solution.fit_intercept)
    root = Root(solution, robust.coefficients[first:, first:] * scales(solution)[:, None])
    variances = np.empty((X.shape[0], len(robust.of_basis)))
    for part, along in _coordinates(root, X):
        for i, of_basis in enumerate(robust.of_basis):
            variances[part, i] = ((along @ of_basis) * along).sum(axis=1)
        if len(robust.full_rows):
            depends = np.abs(along @ robust.full_rows.T).max(axis=1)
            variances[part][depends > APART * row_norms(along)] = np.nan
    # What cancels of positive terms is rounding.
    return np.maximum(variances, 0.0)


def _coordinates(root: Root, X: Any) -> Iterator[tuple[slice, Array]]:
    """Yield rows of X in the coordinates of the root, the constant first; NaN: not determined."""
    solution, by = root.solution, scales(root.solution)
    taken = X.tocsr() if sparse.issparse(X) else X
    null = _undetermined(solution, by)
    step = block_rows(solution.n_features)
    for first in range(0, X.shape[0], step):
        part = slice(first, first + step)
        block = taken[part]
        columns = (block.toarray() if sparse.issparse(block) else block) - solution.feature_means
        columns = np.asarray(columns, dtype=np.float64) / by
        along = columns @ root.factor
        if solution.fit_intercept:
            level = np.full(len(along), 1 / np.sqrt(solution.sum_of_weights))
            along = np.column_stack([level, along])
        if null is not None:
            off = np.abs(columns @ null).max(axis=1)
            along[off > 1e-9 * np.abs(columns).max(axis=1)] = np.nan
        yield part, along


def _undetermined(solution: Solution, by: Array) -> Array | None:
    """Return the directions, in scaled columns, along which predictions are not determined."""
    if solution.null_space.shape[1] == 0:
        return None
    scaled = solution.null_space * by[:, None]
    sizes = np.abs(scaled).max(axis=0)
    usable: Array = scaled / np.where(sizes > 0, sizes, 1.0)
    return usable
