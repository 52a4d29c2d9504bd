"""The rows behind a fit, kept by the model or given again, and proof that they are the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ogive.linear.basis import Basis, needs_basis, precise_basis
from ogive.linear.blocks import block_rows
from ogive.linear.one_thread import on_one_thread
from ogive.linear.rows import FittedRows
from ogive.linear.solution import Array, Solution
from ogive.linear.target_scale import (
    beyond_squares,
    refuse_beyond_squares,
    scaled_targets,
    target_exponents,
    times_power,
)
from ogive.text import InputError

if TYPE_CHECKING:
    from ogive.linear.regression import LinearRegression

__all__ = [
    "GivenRows",
    "Usable",
    "block_rows",
    "centred_residuals",
    "feature_names",
    "find_rows",
    "get_rows",
    "target_names",
    "usable_rows",
]

EPSILON = float(np.finfo(np.float64).eps)


class GivenRows(NamedTuple):
    """Rows that a model was fitted to, and what the fit leaves of them.

    Attributes
    ----------
    rows : FittedRows
        Features, targets and weights.
    residuals : ndarray of shape (n_samples, n_targets)
        Targets less fitted values, not multiplied by the weights.
    basis : Basis or None
        Of the columns, where they are conditioned so badly that the digits of what is computed
        from them depend on it.
    """

    rows: FittedRows
    residuals: Array
    basis: Basis | None = None


class Usable(NamedTuple):
    """A fit, its targets multiplied by powers of two where their squares are out of range.

    Attributes
    ----------
    solution : Solution
        Of the multiplied targets.
    given : GivenRows or None
        Multiplied as well.
    exponents : ndarray of int of shape (n_targets,), or None
        By which powers; None where nothing was multiplied.
    """

    solution: Solution
    given: GivenRows | None
    exponents: NDArray[np.int64] | None

    def own_units(self, values: Array) -> Array:
        """Return values, one row for each target, in the units of the targets as given."""
        if self.exponents is None:
            return values
        along = self.exponents.reshape(-1, *[1] * (values.ndim - 1))
        return times_power(values, -along)


def usable_rows(solution: Solution, given: GivenRows | None) -> Usable:
    """Return a fit whose sums of squares are right.

    Raises
    ------
    InputError
        Where they have overflowed or vanished, and there are no rows to find them from.
    """
    if given is None:
        refuse_beyond_squares(solution, _numbered(len(solution.intercept)))
        return Usable(solution, None, None)
    exponents = target_exponents(solution, given.rows)
    if exponents is None:
        return Usable(solution, given, None)
    rows, scaled = scaled_targets(solution, given.rows, exponents)
    basis, weight = given.basis, rows.weights()
    if basis is None:
        residuals = centred_residuals(rows, scaled)
    else:
        residuals = times_power(given.residuals, exponents)
    moved = exponents != 0
    about = np.asarray(rows.y) - scaled.target_means
    scaled = replace(
        scaled,
        residual_sum_of_squares=np.where(
            moved, weight @ (residuals * residuals), scaled.residual_sum_of_squares
        ),
        total_sum_of_squares=np.where(moved, weight @ (about * about), scaled.total_sum_of_squares),
    )
    return Usable(scaled, GivenRows(rows, residuals, basis), exponents)


def get_rows(
    model: LinearRegression, X: Any = None, y: Any = None, sample_weight: Any = None
) -> GivenRows:
    """Return the rows of a fit.

    Parameters
    ----------
    model : LinearRegression
        A fitted model.
    X, y, sample_weight : array-like, optional
        The rows it was fitted to, for a model that keeps none.

    Raises
    ------
    InputError
        Where the model keeps none and none are given, and where the residuals of the rows are not
        those of the fit, since other rows would give wrong statistics.
    """
    found = find_rows(model, X, y, sample_weight)
    if found is None:
        raise InputError(
            "The model keeps no rows (it was loaded, or fitted with keep_rows=False or from a "
            "stream), and this needs them: give the X, y and sample_weight of the fit.",
            "模型没有保留数据行（它是加载得到的，或以 keep_rows=False 或流式方式拟合），"
            "而这一步需要它们：请给出拟合时的 X、y 和 sample_weight。",
        )
    return found


@on_one_thread
def find_rows(
    model: LinearRegression, X: Any = None, y: Any = None, sample_weight: Any = None
) -> GivenRows | None:
    """Return the rows of a fit as `get_rows` does, or None where there are none at all."""
    if X is None and y is None and sample_weight is None:
        rows = getattr(model, "_rows", None)
    elif X is None or y is None:
        missing, other = ("X", "y") if X is None else ("y", "X")
        if y is None and X is None:
            other = "sample_weight"
        raise InputError(
            f"{missing} is missing: with {other}, give the X and y that the model was fitted to, "
            "or none of them.",
            f"缺少 {missing}：给出 {other} 时，请同时给出拟合模型所用的 X 和 y，或者都不给。",
        )
    else:
        rows = _checked(model, X, y, sample_weight)
    if rows is None:
        return None
    solution = model.solution_
    residuals, basis = centred_residuals(rows, solution), None
    _require_same(rows, residuals, solution)
    # Other solvers have coefficients, and so residuals, of their own.
    if model.solver == "qr" and not model.positive and needs_basis(solution):
        basis, fitted = precise_basis(rows, solution)
        if basis is not None:
            centred = np.asarray(rows.y, dtype=np.float64) - solution.target_means
            residuals = basis.without_fit(centred - fitted, rows.weights())
    return GivenRows(rows, residuals, basis)


def feature_names(model: LinearRegression) -> tuple[str, ...]:
    """Return the names of the columns, ``x0``, ``x1`` … where the fit saw none."""
    names = getattr(model, "feature_names_in_", None)
    if names is not None:
        return tuple(str(name) for name in names)
    return tuple(f"x{i}" for i in range(model.solution_.n_features))


def centred_residuals(rows: FittedRows, solution: Solution) -> Array:
    """Return y less the fitted values, of shape (n_samples, n_targets).

    Differences from the means are multiplied instead of the columns themselves: what a large mean
    would take from the digits of the residuals stays out of them.
    """
    X, coef = rows.X, solution.coef.T
    shift = solution.target_means - solution.feature_means @ coef - solution.intercept
    rounding = np.abs(solution.target_means) + np.abs(solution.feature_means) @ np.abs(coef)
    residuals: Array = np.asarray(rows.y, dtype=np.float64) - solution.target_means
    if sparse.issparse(X):
        residuals -= X @ coef - solution.feature_means @ coef
    else:
        step = block_rows(solution.n_features)
        for first in range(0, len(residuals), step):
            part = slice(first, first + step)
            residuals[part] -= (X[part] - solution.feature_means) @ coef
    if not solution.fit_intercept:
        return residuals
    exact = np.abs(shift) <= 64 * EPSILON * rounding
    mean = rows.weights() @ residuals / solution.sum_of_weights
    # A least-squares fit with a constant leaves residuals with mean 0; gradient descent may not.
    residuals += np.where(exact, -mean, shift)
    return residuals


def _checked(model: LinearRegression, X: Any, y: Any, sample_weight: Any) -> FittedRows:
    from sklearn.utils.validation import _check_sample_weight, validate_data

    X, y = validate_data(
        model,
        X,
        y,
        reset=False,
        accept_sparse=["csr", "csc", "coo"],
        dtype=(np.float64, np.float32),
        y_numeric=True,
        multi_output=True,
    )
    targets = np.asarray(y, dtype=np.float64).reshape(len(y), -1)
    n_targets = len(model.solution_.intercept)
    if targets.shape[1] != n_targets:
        raise InputError(
            f"y has {targets.shape[1]} targets, but the model was fitted to {n_targets}.",
            f"y 有 {targets.shape[1]} 个目标，而模型是用 {n_targets} 个目标拟合的。",
        )
    weight = None
    if sample_weight is not None:
        weight = _check_sample_weight(sample_weight, X, dtype=np.float64, ensure_non_negative=True)
    return FittedRows(X, targets, weight, feature_names(model), target_names(model))


def target_names(model: LinearRegression) -> tuple[str, ...]:
    """Return the names of the targets, ``y``, or ``y0``, ``y1`` …, where the fit saw none."""
    rows = getattr(model, "_rows", None)
    if rows is not None:
        return tuple(rows.target_names)
    names = getattr(model, "target_names_in_", None)
    if names is not None:
        return tuple(str(name) for name in names)
    return _numbered(len(model.solution_.intercept))


def _numbered(count: int) -> tuple[str, ...]:
    return ("y",) if count == 1 else tuple(f"y{i}" for i in range(count))


def _require_same(rows: FittedRows, residuals: Array, solution: Solution) -> None:
    beyond = beyond_squares(solution)
    if beyond.any():
        # Their squares cannot be compared; those of the other targets are proof enough.
        residuals = np.where(beyond, 0.0, residuals)
        solution = replace(
            solution,
            coef=np.where(beyond[:, None], 0.0, solution.coef),
            residual_sum_of_squares=np.where(beyond, 0.0, solution.residual_sum_of_squares),
            total_sum_of_squares=np.where(beyond, 0.0, solution.total_sum_of_squares),
        )
    found = np.sqrt(np.einsum("i,ij,ij->j", rows.weights(), residuals, residuals))
    fitted = np.sqrt(solution.residual_sum_of_squares)
    noise = np.abs(solution.coef) @ solution.feature_norms
    noise += np.sqrt(solution.total_sum_of_squares)
    at_mean = np.abs(solution.target_means)
    if sparse.issparse(rows.X):
        at_mean = at_mean + np.abs(solution.coef) @ np.abs(solution.feature_means)
    noise += np.sqrt(solution.sum_of_weights) * at_mean
    # A relative 5e-7 of the root is 1e-6 of the sum of squares.
    differs = ~(np.abs(found - fitted) <= 5e-7 * fitted + 8 * EPSILON * noise)
    if not differs.any():
        return
    target = int(np.argmax(differs))
    before, now = float(fitted[target] ** 2), float(found[target] ** 2)
    raise InputError(
        f"These are not the rows that the model was fitted to: their residual sum of squares is "
        f"{now:.10g}, that of the fit {before:.10g}. Give the X, y and sample_weight of the fit, "
        "unchanged, or fit again.",
        f"这些数据行不是拟合模型时所用的：它们的残差平方和为 {now:.10g}，拟合时为 {before:.10g}。"
        "请给出拟合时未经改动的 X、y 和 sample_weight，或重新拟合。",
    )
