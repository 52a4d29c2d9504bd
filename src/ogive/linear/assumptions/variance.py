"""Whether the errors vary equally everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from ogive.linear.assumptions.basis import Basis
from ogive.linear.assumptions.sample import Sample
from ogive.linear.solution import Array

__all__ = ["EqualVariance", "breusch_pagan", "white"]

# Above these White's products take too long, or too many degrees of freedom.
MOST_COLUMNS = 20
MOST_WORK = 2e9
ROWS_PER_PRODUCT = 5


@dataclass(frozen=True)
class EqualVariance:
    """A Lagrange multiplier test of all targets at once.

    Attributes
    ----------
    lm, p : ndarray of shape (n_targets,)
        Number of rows times R² of the auxiliary regression, with the p of chi-squared.
    share : ndarray of shape (n_targets,)
        That R².
    degrees : ndarray of int of shape (n_targets,)
        Degrees of freedom.
    form : {"columns", "products", "fitted"}
        What the squared residuals were regressed on.
    """

    lm: Array
    p: Array
    share: Array
    degrees: np.ndarray
    form: Literal["columns", "products", "fitted"]


def breusch_pagan(sample: Sample) -> EqualVariance:
    """Regress the squared residuals on the columns (Breusch and Pagan, 1979; Koenker, 1981)."""
    return _on_basis(sample, sample.described_basis, "columns")


def white(sample: Sample) -> EqualVariance:
    """Regress the squared residuals on the columns, their squares and products (White, 1980).

    With many columns, the fitted values and their squares stand in for these (Wooldridge, 2019,
    section 8-3).
    """
    k = sample.solution.n_features
    width = 1 + k + k * (k + 1) // 2
    if (
        k <= MOST_COLUMNS
        and width * ROWS_PER_PRODUCT <= sample.n
        and sample.n * float(width) ** 2 <= MOST_WORK
    ):
        first, second = np.triu_indices(k + 1)

        def products() -> Iterator[tuple[slice, Array]]:
            for rows, columns in sample.described():
                scaled = columns * np.sqrt(sample.n)
                scaled[:, 0] = 1.0
                yield rows, scaled[:, first] * scaled[:, second]

        return _on_basis(sample, Basis.spanning(products, width), "products")
    found = [_on_fitted(sample, target) for target in range(sample.n_targets)]
    share = np.array([one[0] for one in found])
    degrees = np.array([one[1] for one in found])
    lm = sample.n * share
    return EqualVariance(lm, _p(lm, degrees), share, degrees, "fitted")


def _centred_squares(residuals: Array) -> Array:
    scaled = residuals / np.abs(residuals).max(axis=0)
    squares: Array = scaled * scaled
    squares -= squares.mean(axis=0)
    return squares


def _on_basis(sample: Sample, basis: Basis, form: Literal["columns", "products"]) -> EqualVariance:
    share = np.full(sample.n_targets, np.nan)
    for target in np.flatnonzero(~sample.perfect):
        squares = _centred_squares(sample.residuals[:, [target]])
        total = float((squares * squares).sum())
        along = basis.coordinates(squares)
        if total > 0:
            share[target] = float((along * along).sum()) / total
    degrees = np.full(sample.n_targets, basis.rank - 1)
    lm = sample.n * share
    return EqualVariance(lm, _p(lm, degrees), share, degrees, form)


def _on_fitted(sample: Sample, target: int) -> tuple[float, int]:
    if sample.perfect[target]:
        return np.nan, 0
    squares = _centred_squares(sample.residuals[:, [target]])[:, 0]
    fitted = sample.fitted(target)
    fitted = fitted - fitted.mean()
    scale = np.abs(fitted).max(initial=0.0)
    if scale > 0:
        fitted /= scale
    columns = np.column_stack([np.ones(sample.n), fitted, fitted**2])
    Q, R = np.linalg.qr(columns / np.sqrt((columns * columns).sum(axis=0).clip(1e-300)))
    turned, singular, _ = np.linalg.svd(R)
    along = turned[:, singular > 1e-9 * singular[0]].T @ (Q.T @ squares)
    total = float(squares @ squares)
    return (float(along @ along) / total if total > 0 else np.nan), len(along) - 1


def _p(lm: Array, degrees: np.ndarray) -> Array:
    return np.where(degrees > 0, stats.chi2.sf(lm, np.maximum(degrees, 1)), np.nan)
