"""How much each row has to do with the fit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ogive.linear.design import Design, orthonormalizer, scales
from ogive.linear.given_rows import GivenRows, get_rows, usable_rows
from ogive.linear.inference import is_perfect
from ogive.linear.one_thread import on_one_thread
from ogive.linear.robust import FULL_LEVERAGE
from ogive.linear.solution import Array, Solution

if TYPE_CHECKING:
    import polars as pl

    from ogive.linear.regression import LinearRegression

__all__ = ["Influence", "influence_from", "influence_of", "leverages"]

PER_TARGET = (
    "residuals",
    "internally_studentized",
    "externally_studentized",
    "cooks_distance",
    "dffits",
)


@dataclass(frozen=True)
class Influence:
    """Leverage and influence of each row.

    Arrays but `leverage` have shape (n_samples,), or (n_samples, n_targets) where y has two
    dimensions. NaN where a number has no meaning: for rows of weight 0 or of leverage 1, perfect
    fits, fits without residual degrees of freedom, and those with other coefficients than least
    squares has (``positive=True``, ``solver="gd"``).

    Attributes
    ----------
    leverage : ndarray of shape (n_samples,)
        How much a row's own target counts in its fitted value, from 0 to 1; they add up to the
        number of coefficients (Hoaglin and Welsch, 1978). 0 for rows of weight 0.
    residuals : ndarray
        Target less fitted value.
    internally_studentized : ndarray
        Residuals over their standard errors, R's ``rstandard``.
    externally_studentized : ndarray
        The same by the residual variance of all other rows, R's ``rstudent``; infinite where these
        are fitted perfectly (Belsley, Kuh and Welsch, 1980).
    cooks_distance : ndarray
        How far all coefficients move when the row is left out (Cook, 1977).
    dffits : ndarray
        How far its fitted value moves then, in standard errors (Belsley, Kuh and Welsch, 1980).
    n_parameters : int
        Coefficients that the data determine.
    target_names : tuple of str
        Names of the targets.
    """

    leverage: Array
    residuals: Array
    internally_studentized: Array
    externally_studentized: Array
    cooks_distance: Array
    dffits: Array
    n_parameters: int
    target_names: tuple[str, ...]

    def to_polars(self) -> pl.DataFrame:
        """Return a data frame of a row for each row and target, with both their names."""
        import polars as pl

        n, m = len(self.leverage), len(self.target_names)
        frame: dict[str, Any] = {
            "row": np.repeat(np.arange(n), m),
            "target": list(self.target_names) * n,
            "leverage": np.repeat(self.leverage, m),
        }
        frame |= {name: getattr(self, name).reshape(-1) for name in PER_TARGET}
        return pl.DataFrame(frame)


def leverages(design: Design) -> Array:
    """Return the leverage of each row, of shape (n_samples,), computed block by block.

    It is the squared length of the row of an orthonormal basis of the weighted columns, so that
    none is negative and they add up to the number of coefficients.
    """
    solution = design.solution
    if solution.inverse_root is None:
        factor = orthonormalizer(design)[0]
    else:
        factor = solution.inverse_root * scales(solution)[:, None]
    found = np.empty(design.n_samples)
    for block in design.blocks():
        basis = block.columns @ factor
        found[block.rows] = (basis * basis).sum(axis=1)
        if solution.fit_intercept:
            found[block.rows] += block.root_weight**2 / solution.sum_of_weights
    return np.minimum(found, 1.0)


@on_one_thread
def influence_of(
    model: LinearRegression, X: Any = None, y: Any = None, sample_weight: Any = None
) -> Influence:
    """Compute leverage and influence of the rows of a fit.

    Parameters
    ----------
    model : LinearRegression
        A fitted model.
    X, y, sample_weight : array-like, optional
        The rows it was fitted to, for a model that keeps none.

    Raises
    ------
    InputError
        Where there are no rows, or others than those of the fit.
    """
    given = get_rows(model, X, y, sample_weight)
    usable = usable_rows(model.solution_, given)
    assert usable.given is not None
    found = influence_from(usable.given, usable.solution, constrained=model.positive)
    found = replace(found, residuals=given.residuals)
    if model.coef_.ndim > 1:
        return found
    arrays = {name: getattr(found, name).reshape(-1) for name in PER_TARGET}
    return replace(found, **arrays)


def influence_from(given: GivenRows, solution: Solution, *, constrained: bool) -> Influence:
    """Compute it from rows at hand; all arrays but the leverage have two dimensions."""
    if given.basis is None:
        leverage = leverages(Design(given.rows, solution))
    else:
        squares = (given.basis.rows * given.basis.rows).sum(axis=1)
        leverage = np.minimum(squares * given.rows.weights(), 1.0)
    internal, external = _studentized(given, solution, leverage, constrained)
    odds = np.where(leverage > FULL_LEVERAGE, np.nan, leverage)[:, None]
    odds = odds / (1 - odds)
    unused = given.rows.weights() == 0
    cook = internal**2 * odds / max(solution.n_parameters, 1)
    dffits = external * np.sqrt(odds)
    for measure in (internal, external, cook, dffits):
        measure[unused] = np.nan
    return Influence(
        leverage=leverage,
        residuals=given.residuals,
        internally_studentized=internal,
        externally_studentized=external,
        cooks_distance=cook,
        dffits=dffits,
        n_parameters=solution.n_parameters,
        target_names=given.rows.target_names,
    )


def _studentized(
    given: GivenRows, solution: Solution, leverage: Array, constrained: bool
) -> tuple[Array, Array]:
    """Return the residuals over their standard errors, with all rows and without the row itself."""
    free = solution.residual_degrees_of_freedom
    missing = np.full(given.residuals.shape, np.nan)
    # Other coefficients than those of least squares leave residuals that tell nothing of the kind.
    if free <= 0 or constrained or solution.inverse is None:
        return missing, missing.copy()
    meaningless = is_perfect(solution) | (solution.residual_sum_of_squares <= 0)
    deviation = np.sqrt(np.where(meaningless, np.nan, solution.residual_sum_of_squares / free))
    left = np.where(leverage > FULL_LEVERAGE, np.nan, 1 - leverage)
    factor = np.sqrt(given.rows.weights() / left)
    internal = given.residuals * factor[:, None] / deviation
    if free == 1:
        return internal, missing
    # What the other rows leave: 0 where this one alone is off the fit of the others.
    others = free - internal**2
    alone = others <= 1e-12 * free
    external = internal * np.sqrt((free - 1) / np.where(alone, 1.0, others))
    return internal, np.where(alone, np.copysign(np.inf, internal), external)
