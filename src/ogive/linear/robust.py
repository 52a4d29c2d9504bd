"""Standard errors that do not need residuals of equal variance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ogive.linear.covariance import covariance_root, row_norms
from ogive.linear.design import Block, Design
from ogive.linear.given_rows import GivenRows
from ogive.linear.one_thread import on_one_thread
from ogive.linear.solution import Array, Solution
from ogive.text import InputError

__all__ = ["APART", "COVARIANCES", "Robust", "check_covariance", "robust_covariance"]

COVARIANCES = ("nonrobust", "HC0", "HC1", "HC2", "HC3")
# A row with more leverage than this has no residual to speak of.
FULL_LEVERAGE = 1 - 1e-10
# A coefficient with less of itself than this in such a row does not depend on it.
APART = 1e-9


@dataclass(frozen=True)
class Robust:
    """Heteroscedasticity-consistent statistics of all targets.

    Attributes
    ----------
    standard_errors : ndarray of shape (n_targets, n_terms)
        The constant first, if there is one.
    f : ndarray of shape (n_targets,)
        Wald's test of all coefficients besides the constant, divided by their number.
    full_leverage : int or None
        The first row that the fit passes through whatever its target, for which HC2 and HC3 are not
        defined: `f` is NaN then, and the standard errors of the coefficients that depend on it.
    undefined : tuple of int
        Positions of the terms that depend on any such row.
    of_basis : ndarray of shape (n_targets, n_parameters, n_parameters), or None
        Covariance in the coordinates in which `coefficients` has its columns.
    full_rows : ndarray of shape (n_rows, n_parameters), or None
        The rows of leverage 1 in the same coordinates.
    coefficients : ndarray of shape (n_terms, n_parameters), or None
        As those of `Root` or `Basis`.
    """

    standard_errors: Array
    f: Array
    full_leverage: int | None = None
    undefined: tuple[int, ...] = ()
    of_basis: Array | None = None
    full_rows: Array | None = None
    coefficients: Array | None = None


def check_covariance(covariance: str) -> None:
    """Raise InputError for a covariance that there is not."""
    if covariance in COVARIANCES:
        return
    raise InputError(
        "covariance must be 'nonrobust', 'HC0', 'HC1', 'HC2' or 'HC3'. "
        f"Got {covariance!r} instead.",
        f"covariance 只能是 'nonrobust'、'HC0'、'HC1'、'HC2' 或 'HC3'，得到的却是 {covariance!r}。",
    )


@on_one_thread
def robust_covariance(solution: Solution, given: GivenRows | None, kind: str) -> Robust:
    """Compute robust standard errors.

    Parameters
    ----------
    solution : Solution
        What was solved.
    given : GivenRows or None
        The rows.
    kind : {"HC0", "HC1", "HC2", "HC3"}
        HC0 takes the squared residuals for the variances (White, 1980). HC1 multiplies them by
        n / (n - p), HC2 divides them by 1 - h, HC3 by its square, h being the leverage of the row
        (MacKinnon and White, 1985); HC3 is advised for fewer than 250 rows (Long and Ervin, 2000).

    Raises
    ------
    InputError
        Where there are no rows.

    Notes
    -----
    Each coefficient is a weighted sum of the targets; its variance is the sum of the squared
    weights times the squared residuals, all terms of which are positive. No matrix of n x n is
    formed, and weighted fits take residuals and columns times the roots of the weights.

    HC2 and HC3 divide the residual of a row of leverage 1, which is 0, by 0. That leaves open the
    variance of those coefficients only in which the target of this row has a weight; a dummy column
    of one row takes all of it upon itself.
    """
    if given is None:
        raise InputError(
            f"covariance={kind!r} needs the rows, and the model keeps none (it was loaded, or "
            "fitted with keep_rows=False or from a stream): give the X, y and sample_weight of the "
            "fit.",
            f"covariance={kind!r} 需要数据行，而模型没有保留（它是加载得到的，"
            "或以 keep_rows=False 或流式方式拟合）：请给出拟合时的 X、y 和 sample_weight。",
        )
    n_targets, n_terms = solution.coef.shape
    n_terms += int(solution.fit_intercept)
    free = solution.residual_degrees_of_freedom
    missing = Robust(np.full((n_targets, n_terms), np.nan), np.full(n_targets, np.nan))
    design = Design(given.rows, solution)
    root = covariance_root(solution, design) if free > 0 else None
    if root is None:
        return missing
    precise = given.basis
    coefficients = root.coefficients if precise is None else precise.coefficients
    spread = coefficients
    sizes = row_norms(spread)
    spread = spread / np.where(sizes > 0, sizes, 1.0)[:, None]
    variances = np.zeros((n_terms, n_targets))
    wald = _Wald(n_targets, solution)
    full_leverage, undefined = None, np.zeros(n_terms, bool)
    full_rows = [np.zeros((0, solution.n_parameters))]
    for block in design.blocks():
        if precise is not None:
            full = precise.rows[block.rows] * block.root_weight[:, None]
        else:
            full = block.columns @ root.factor
            if solution.fit_intercept:
                level = block.root_weight / np.sqrt(solution.sum_of_weights)
                full = np.column_stack([level, full])
        leverage = (full * full).sum(axis=1)
        by_row = full @ spread.T
        passed = leverage > FULL_LEVERAGE
        if kind in ("HC2", "HC3") and passed.any():
            if full_leverage is None:
                full_leverage = block.rows.start + int(np.argmax(passed))
            full_rows.append(full[passed])
            undefined |= np.abs(by_row[passed]).max(axis=0) > APART
            leverage = np.where(passed, 0.0, leverage)
        squares = _squares(block, given.residuals, leverage, kind)
        variances += (by_row * by_row).T @ squares
        wald.add(full, squares, block, given, solution)
    factor = solution.n_samples / free if kind == "HC1" else 1.0
    errors = np.sqrt(factor * variances) * sizes[:, None]
    errors[undefined] = np.nan
    f = missing.f if undefined.any() else wald.f(factor)
    positions = tuple(np.flatnonzero(undefined).tolist())
    return Robust(
        np.asarray(errors.T),
        f,
        full_leverage,
        positions,
        of_basis=factor * wald.covariance,
        full_rows=np.vstack(full_rows),
        coefficients=coefficients,
    )


def _squares(block: Block, residuals: Array, leverage: Array, kind: str) -> Array:
    weighted = residuals[block.rows] * block.root_weight[:, None]
    squares: Array = weighted * weighted
    if kind == "HC2":
        squares /= (1 - leverage)[:, None]
    elif kind == "HC3":
        squares /= ((1 - leverage) ** 2)[:, None]
    return squares


class _Wald:
    """Wald's test of all slopes, in the coordinates of an orthonormal basis of the columns.

    There the covariance is well conditioned whatever the columns are, and dependent columns need no
    special case.
    """

    def __init__(self, n_targets: int, solution: Solution) -> None:
        self.rank = solution.rank
        self._slopes = slice(int(solution.fit_intercept), None)
        self.coordinates = np.zeros((n_targets, self.rank))
        self.covariance = np.zeros((n_targets, *[solution.n_parameters] * 2))

    def add(
        self, full: Array, squares: Array, block: Block, given: GivenRows, solution: Solution
    ) -> None:
        target = np.asarray(given.rows.y[block.rows], dtype=np.float64) - solution.target_means
        self.coordinates += (target * block.root_weight[:, None]).T @ full[:, self._slopes]
        for i in range(len(self.covariance)):
            self.covariance[i] += (full * squares[:, i : i + 1]).T @ full

    def f(self, factor: float) -> Array:
        if self.rank == 0:
            return np.full(len(self.coordinates), np.nan)
        values, vectors = np.linalg.eigh(factor * self.covariance[:, self._slopes, self._slopes])
        along = np.einsum("tij,ti->tj", vectors, self.coordinates)
        # Too few rows with residuals of their own make the covariance singular: no test then.
        regular: NDArray[np.bool_] = values[:, 0] > 1e-13 * values[:, -1]
        divisors = np.where(regular[:, None], values, 1.0)
        f = (along * along / divisors).sum(axis=1) / self.rank
        return np.where(regular, f, np.nan)
