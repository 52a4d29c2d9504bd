"""The Fisher information of a fit, and what is found by inverting it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

from ogive.classification.solvers.penalised_loss import Array, PenalisedLoss
from ogive.linear.solution import Solution

__all__ = ["Curvature", "curvature_of", "in_user_units", "weights_and_outputs"]


class Curvature(NamedTuple):
    """What curvature tells.

    Attributes
    ----------
    covariance : ndarray or None
        Of the standardised coefficients of each class but the first, the constant last; None where
        the information cannot be inverted.
    step : float
        Of Newton, of the coefficient it moves most, in standard errors.
    effective : float
        Effective degrees of freedom.
    """

    covariance: Array | None
    step: float
    effective: float


def weights_and_outputs(
    problem: PenalisedLoss, coef: Array, intercept: Array
) -> tuple[Array, Array]:
    """Return coefficients as the problem's weights, and z."""
    given = problem.weights_of(coef, intercept)
    z: Array = np.asarray(problem.X @ coef.T) + intercept
    return given, z


def curvature_of(
    problem: PenalisedLoss, coef: Array, intercept: Array, penalty: float, columns: Solution
) -> Curvature:
    """Return the curvature at the coefficients of a fit.

    Parameters
    ----------
    problem : PenalisedLoss
        Without a penalty, of standardised columns.
    coef, intercept : ndarray
        As `coef_` and `intercept_` of the model.
    penalty : float
    columns : Solution
        Tells which columns depend on others; they are left out where there is no penalty.
    """
    point = problem.at(*weights_and_outputs(problem, coef, intercept))
    unknowns = problem.shape[1]
    # With the reference class held at 0, its rows and columns fall away.
    first = 0 if problem.two_classes else unknowns
    information = problem.hessian(point)[first:, first:] * problem.total
    gradient = point.gradient.ravel()[first:] * problem.total
    equations = len(gradient) // unknowns
    p = len(problem.means)
    if penalty > 0:
        kept = np.arange(len(gradient))
        between = np.eye(1)
        slopes = coef
        if not problem.two_classes:
            # The least sum of squares that the same differences of classes can have.
            between = np.eye(equations) - 1.0 / (equations + 1)
            slopes = between @ (coef[1:] - coef[0])
        of_columns = np.zeros(unknowns)
        of_columns[:p] = problem.factors**2
        pull = np.zeros((equations, unknowns))
        pull[:, :p] = slopes * problem.factors
        gradient = gradient + penalty * pull.ravel()
        bent = information + penalty * np.kron(between, np.diag(of_columns))
    else:
        one = np.concatenate([_independent(columns), np.arange(p, unknowns)])
        kept = (np.arange(equations)[:, None] * unknowns + one).ravel()
        information = information[np.ix_(kept, kept)]
        bent, gradient = information, gradient[kept]
    inverse = _inverse(bent)
    if inverse is None:
        return Curvature(None, np.nan, np.nan)
    smoothing = inverse @ information
    found = inverse if penalty == 0 else smoothing @ inverse
    deviations = np.sqrt(np.diag(found))
    step = np.abs(inverse @ gradient)
    moved = step / np.where(deviations > 0, deviations, 1.0)
    covariance = np.zeros((equations * unknowns,) * 2)
    covariance[np.ix_(kept, kept)] = found
    return Curvature(covariance, float(moved.max(initial=0.0)), float(np.trace(smoothing)))


def _independent(columns: Solution) -> NDArray[np.intp]:
    """Return as many columns as the rank, none of which depends on the others."""
    if columns.rank == columns.n_features:
        return np.arange(columns.n_features)
    if len(columns.dependencies) == columns.n_features - columns.rank:
        dependent = [one.column for one in columns.dependencies]
        return np.setdiff1d(np.arange(columns.n_features), dependent)
    # The null space's largest rows are those that the others can do without.
    order = linalg.qr(columns.null_space.T, pivoting=True, mode="r")[1]
    return np.sort(order[columns.n_features - columns.rank :]).astype(np.intp)


def _inverse(matrix: Array) -> Array | None:
    """Return the inverse of a positive definite matrix of any scale, or None."""
    diagonal = np.diag(matrix)
    if not np.all(diagonal > 0):
        return None
    by = 1.0 / np.sqrt(diagonal)
    try:
        factor = linalg.cho_factor(matrix * by[:, None] * by, lower=True)
    except linalg.LinAlgError:
        return None
    if np.diag(factor[0]).min() < 1e-7:
        return None
    inverse: Array = linalg.cho_solve(factor, np.eye(len(matrix))) * by[:, None] * by
    return (inverse + inverse.T) / 2.0


def in_user_units(covariance: Array, problem: PenalisedLoss, equations: int) -> Array:
    """Return the covariance of the coefficients of the columns as given, the constant first."""
    p, unknowns = len(problem.means), problem.shape[1]
    change = np.zeros((unknowns, unknowns))
    first = unknowns - p
    change[first:, :p] = np.diag(problem.factors)
    if first:
        change[0, :p] = -problem.means * problem.factors
        change[0, p] = 1.0
    every = np.kron(np.eye(equations), change)
    changed: Array = every @ covariance @ every.T
    return changed
