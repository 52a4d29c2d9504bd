"""Intervals about predictions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse, stats

from ogive.linear.covariance import Root, covariance_root
from ogive.linear.design import Design, scales
from ogive.linear.given_rows import block_rows, find_rows, usable_rows
from ogive.linear.inference import check_level, is_perfect
from ogive.linear.one_thread import on_one_thread
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
    model: LinearRegression, X: Any, predicted: Any, interval: str, level: float = 0.95
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

    Raises
    ------
    InputError
        For another interval or level.

    Notes
    -----
    With x the features less their weighted means, W the sum of weights and s² the residual
    variance, the variance of the mean is s² (1/W + x'(X'WX)^-1 x) and that of a new row s² more
    (Draper and Smith, 1998, *Applied Regression Analysis*, sections 3.1 and 5.2).
    """
    check_level(level)
    if interval not in INTERVALS:
        raise InputError(
            f"interval must be None, 'confidence' or 'prediction'. Got {interval!r} instead.",
            f"interval 只能是 None、'confidence' 或 'prediction'，得到的却是 {interval!r}。",
        )
    given = find_rows(model) if beyond_squares(model.solution_).any() else None
    usable = usable_rows(model.solution_, given)
    solution = usable.solution
    centre = np.asarray(predicted, dtype=np.float64)
    flat = centre.reshape(len(centre), -1)
    free = solution.residual_degrees_of_freedom
    root = _root(model) if free > 0 and not model.positive else None
    if root is None:
        missing = np.full_like(centre, np.nan)
        return Prediction(centre, missing, missing.copy())
    share = _variance_shares(root, X)
    if interval == "prediction":
        share = share + 1
    squares = np.where(is_perfect(solution), 0.0, solution.residual_sum_of_squares)
    deviations = usable.own_units(np.sqrt(squares / free))
    half = stats.t.ppf(0.5 + level / 2, free) * np.sqrt(share)[:, None] * deviations
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
    solution, by = root.solution, scales(root.solution)
    shares = np.empty(X.shape[0])
    taken = X.tocsr() if sparse.issparse(X) else X
    null = _undetermined(solution, by)
    step = block_rows(solution.n_features)
    for first in range(0, len(shares), step):
        part = slice(first, first + step)
        block = taken[part]
        columns = (block.toarray() if sparse.issparse(block) else block) - solution.feature_means
        columns = np.asarray(columns, dtype=np.float64) / by
        basis = columns @ root.factor
        shares[part] = (basis * basis).sum(axis=1)
        if null is not None:
            along = np.abs(columns @ null).max(axis=1)
            shares[part][along > 1e-9 * np.abs(columns).max(axis=1)] = np.nan
    return shares + (1 / solution.sum_of_weights if solution.fit_intercept else 0.0)


def _undetermined(solution: Solution, by: Array) -> Array | None:
    """Return the directions, in scaled columns, along which predictions are not determined."""
    if solution.null_space.shape[1] == 0:
        return None
    scaled = solution.null_space * by[:, None]
    sizes = np.abs(scaled).max(axis=0)
    usable: Array = scaled / np.where(sizes > 0, sizes, 1.0)
    return usable
