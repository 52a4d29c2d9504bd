"""The covariance matrix of the coefficients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ogive.linear.covariance import covariance_root, row_norms
from ogive.linear.design import Design
from ogive.linear.given_rows import find_rows, target_names
from ogive.linear.inference import standard_errors
from ogive.linear.one_thread import on_one_thread
from ogive.linear.robust import check_covariance
from ogive.linear.solution import Array
from ogive.linear.target_scale import refuse_beyond_squares

if TYPE_CHECKING:
    from ogive.linear.regression import LinearRegression

__all__ = ["covariance_of"]


@on_one_thread
def covariance_of(
    model: LinearRegression,
    X: Any = None,
    y: Any = None,
    sample_weight: Any = None,
    *,
    covariance: str = "nonrobust",
) -> Array:
    """Compute the covariance matrix; see ``LinearRegression.covariance``.

    Notes
    -----
    It is made of correlations and of the standard errors of `Inference`, so that its diagonal holds
    the squares of exactly these, and nothing in between overflows.
    """
    check_covariance(covariance)
    solution = model.solution_
    refuse_beyond_squares(solution, target_names(model))
    given = find_rows(model, X, y, sample_weight)
    errors, robust = standard_errors(solution, covariance, given)
    missing = np.full((*errors.shape, errors.shape[1]), np.nan)
    root = covariance_root(solution, None if given is None else Design(given.rows, solution))
    of_basis = None if robust is None else robust.of_basis
    if root is None or model.positive or (robust is not None and of_basis is None):
        return missing
    spread = root.coefficients
    if robust is not None and robust.coefficients is not None:
        spread = robust.coefficients
    elif given is not None and given.basis is not None:
        spread = given.basis.coefficients
    sizes = row_norms(spread)
    spread = spread / np.where(sizes > 0, sizes, 1.0)[:, None]
    if of_basis is None:
        of_basis = np.eye(spread.shape[1])[None]
    products: Array = spread @ of_basis @ spread.T
    deviations = np.sqrt(np.einsum("tii->ti", products))
    deviations = np.where(deviations > 0, deviations, 1.0)
    correlations = products / deviations[:, :, None] / deviations[:, None, :]
    index = np.arange(spread.shape[0])
    correlations[:, index, index] = 1.0
    # Columns far below or above 1 may have variances that float64 cannot hold.
    with np.errstate(over="ignore", under="ignore"):
        found: Array = correlations * errors[:, :, None] * errors[:, None, :]
    return (found + found.transpose(0, 2, 1)) / 2
