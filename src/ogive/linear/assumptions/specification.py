"""Whether the relation is as straight as the regression takes it to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import stats

from ogive.linear.assumptions.basis import explained
from ogive.linear.assumptions.sample import Sample
from ogive.linear.solution import Array

__all__ = ["Curvature", "Specification", "curvature", "power_columns", "specification"]


@dataclass(frozen=True)
class Curvature:
    """What the square of each column would add, as arrays of shape (n_targets, n_features).

    Attributes
    ----------
    t, p : ndarray
        Student's t of the square, positive where the effect bends upwards; NaN for columns whose
        square is nothing new, such as those of two values.
    share : ndarray
        Share of the residual sum of squares that it explains.
    """

    t: Array
    p: Array
    share: Array


@dataclass(frozen=True)
class Specification:
    """Ramsey's RESET of one target.

    Attributes
    ----------
    f, p : float
        Test of the powers of the fitted values.
    added : int
        How many of the two powers are new; 0 leaves nothing to test.
    share : float
        Share of the residual sum of squares that they explain.
    """

    f: float
    p: float
    added: int
    share: float


def curvature(sample: Sample) -> Curvature:
    """Test the square of each column, one at a time (Fox and Weisberg, 2019, section 8.4).

    The regressions with a square added are not made one by one: by Frisch and Waugh, all follow
    from the squares less their projections on the columns, of which sums of products suffice.
    """
    solution = sample.solution
    k = solution.n_features
    basis = sample.basis
    along = np.zeros((basis.rank, k))
    lengths = np.zeros(k)
    for (_, Q), squares in zip(basis.blocks(), _squares(sample), strict=True):
        along += Q.T @ squares
        lengths += np.einsum("ij,ij->j", squares, squares)
    beyond, products = np.zeros(k), np.zeros((k, sample.n_targets))
    for (rows, Q), squares in zip(basis.blocks(), _squares(sample), strict=True):
        left = squares - Q @ along
        beyond += np.einsum("ij,ij->j", left, left)
        products += left.T @ sample.residuals[rows]
    new = beyond > 1e-16 * lengths
    gain = products.T**2 / np.where(new, beyond, np.nan)
    total = np.where(sample.perfect, np.nan, sample.sums_of_squares)[:, None]
    share = gain / total
    # A square that explains everything leaves nothing but rounding.
    rest = np.maximum(1.0 - share, np.finfo(np.float64).eps ** 2)
    free = sample.free - 1
    if free < 1:
        nothing = np.full_like(gain, np.nan)
        return Curvature(nothing, nothing, nothing)
    t = np.sign(products.T) * np.sqrt(share / (rest / free))
    return Curvature(t, 2 * stats.t.sf(np.abs(t), free), share)


def _squares(sample: Sample) -> Iterator[Array]:
    """Yield the squares of the columns, weighted like the rest; centred where there is a constant.

    With a constant the squares about the mean add what the plain ones do, at less rounding.
    """
    for block in sample.design.blocks():
        yield block.columns * block.columns / block.root_weight[:, None]


def power_columns(sample: Sample, target: int) -> Array:
    """Return the square and the cube of the fitted values, weighted, of shape (n_samples, 2).

    They are centred where there is a constant, and scaled: the columns then span the same.
    """
    fitted = sample.fitted(target)
    if sample.solution.fit_intercept:
        fitted = fitted - fitted.mean()
    scale = np.abs(fitted).max(initial=0.0)
    scaled = fitted / scale if scale > 0 else fitted
    powers: Array = np.column_stack([scaled**2, scaled**3]) * sample.root[:, None]
    return powers


def specification(sample: Sample, target: int, left: Array, lengths: Array) -> Specification:
    """Test powers 2 and 3 of the fitted values (Ramsey, 1969).

    Parameters
    ----------
    left : ndarray of shape (n_samples, 2)
        `power_columns` less their projections on the columns of the fit.
    lengths : ndarray of shape (2,)
        What their lengths were before.
    """
    gain, added = explained(left, lengths, sample.residuals[:, target])
    free, total = sample.free - added, float(sample.sums_of_squares[target])
    if added == 0 or free < 1:
        return Specification(np.nan, np.nan, 0, np.nan)
    rest = total - gain
    f = (gain / added) / (rest / free) if rest > 0 else np.inf
    return Specification(float(f), float(stats.f.sf(f, added, free)), added, gain / total)
