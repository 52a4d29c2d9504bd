"""The rows that the residuals are judged by."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from ogive.linear.assumptions.basis import Basis, Blocks, with_constant
from ogive.linear.design import Design, Positions
from ogive.linear.given_rows import GivenRows
from ogive.linear.inference import is_perfect
from ogive.linear.rows import FittedRows
from ogive.linear.solution import Array, Solution
from ogive.text import InputError

__all__ = ["Sample"]

# Residuals of least squares are orthogonal to the columns; beyond this they are of something else.
ORTHOGONAL = 1e-6


@dataclass(frozen=True)
class Sample:
    """Rows with weight, in the order of time where it was given.

    Attributes
    ----------
    solution : Solution
    rows : FittedRows
    positions : ndarray of int of shape (n_samples,)
        Where each row stood.
    residuals : ndarray of shape (n_samples, n_targets)
        Multiplied by the roots of the weights.
    root : ndarray of shape (n_samples,)
        These roots.
    """

    solution: Solution
    rows: FittedRows
    positions: Positions
    residuals: Array
    root: Array

    @classmethod
    def of(cls, given: GivenRows, solution: Solution, order: Any = None) -> Sample:
        """Take the rows behind a fit, without those of weight 0."""
        rows, residuals = given.rows, given.residuals
        positions = np.arange(len(rows.y))
        timed = order is not None and not isinstance(order, bool | np.bool_)
        if timed:
            positions = _sorted(order, len(rows.y))
        if rows.weight is not None and not rows.weight.all():
            positions = positions[rows.weight[positions] > 0]
        if timed or len(positions) < len(rows.y):
            X = rows.X.tocsr() if sparse.issparse(rows.X) else rows.X
            weight = None if rows.weight is None else rows.weight[positions]
            rows = FittedRows(
                X[positions], rows.y[positions], weight, rows.feature_names, rows.target_names
            )
            residuals = residuals[positions]
        if rows.weight is None:
            return cls(solution, rows, positions, residuals, np.ones(len(positions)))
        root = np.sqrt(rows.weight)
        return cls(solution, rows, positions, residuals * root[:, None], root)

    @property
    def n(self) -> int:
        """Number of rows."""
        return len(self.root)

    @property
    def free(self) -> int:
        """Residual degrees of freedom."""
        return self.solution.residual_degrees_of_freedom

    @property
    def n_targets(self) -> int:
        """Number of targets."""
        return int(self.residuals.shape[1])

    @cached_property
    def sums_of_squares(self) -> Array:
        """Of the residuals, of shape (n_targets,)."""
        found: Array = np.einsum("ij,ij->j", self.residuals, self.residuals)
        return found

    @cached_property
    def perfect(self) -> Any:
        """Whether each target's residuals are nothing but rounding, an array of bool."""
        return is_perfect(self.solution) | (self.sums_of_squares <= 0)

    @cached_property
    def design(self) -> Design:
        """The weighted columns of the fit."""
        return Design(self.rows, self.solution)

    @cached_property
    def basis(self) -> Basis:
        """What they span, with the constant if the fit has one."""
        return Basis.of_fit(self.design)

    @property
    def described(self) -> Blocks:
        """The constant and the columns without weights, by which a variance is described."""
        unweighted = dataclasses.replace(self.rows, weight=None)
        return with_constant(Design(unweighted, self.solution))

    @cached_property
    def described_basis(self) -> Basis:
        """What these span."""
        if self.rows.weight is None and self.solution.fit_intercept:
            return self.basis
        return Basis.spanning(self.described, self.solution.n_features + 1)

    @cached_property
    def is_least_squares(self) -> Any:
        """Whether the residuals are those of least squares, an array of bool of the targets.

        Those of coefficients under a constraint, or of a descent not carried to its end, are not.
        """
        along = self.basis.coordinates(self.residuals)
        part = np.sqrt((along * along).sum(axis=0))
        return part <= ORTHOGONAL * np.sqrt(self.sums_of_squares)

    def fitted(self, target: int) -> Array:
        """Return the fitted values of one target, not weighted, of shape (n_samples,)."""
        own = self.residuals[:, target] / self.root
        values: Array = np.asarray(self.rows.y[:, target], dtype=np.float64) - own
        return values


def _sorted(order: Any, n: int) -> Positions:
    values = np.asarray(order)
    if values.shape != (n,):
        raise InputError(
            f"order must be True, False, or one value for each of the {n} rows. Got shape "
            f"{values.shape} instead.",
            f"order 必须是 True、False，或为 {n} 行各给一个值，得到的形状却是 {values.shape}。",
        )
    if values.dtype.kind == "O":
        values = np.asarray(values.tolist())
    unknown = (values != values) if values.dtype.kind in "fcmM" else np.zeros(n, bool)
    if values.dtype.kind == "O" or unknown.any():
        row = int(np.argmax(unknown)) if unknown.any() else 0
        raise InputError(
            f"order must hold values that can be sorted. Row {row} (counted from 0) holds "
            f"{values[row]!r}.",
            f"order 的值必须可以排序。第 {row} 行（从 0 起数）的值是 {values[row]!r}。",
        )
    return np.argsort(values, kind="stable")
