"""The rows that a regression was fitted to, kept for the statistics that need residuals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ogive.linear.solution import Array, Solution

__all__ = ["FittedRows"]


@dataclass(frozen=True)
class FittedRows:
    """Checked features, targets and weights.

    Attributes
    ----------
    X : ndarray or sparse matrix of shape (n_samples, n_features)
    y : ndarray of shape (n_samples, n_targets)
    weight : ndarray of shape (n_samples,), or None
    feature_names, target_names : tuple of str
    """

    X: Any
    y: Array
    weight: Array | None
    feature_names: tuple[str, ...]
    target_names: tuple[str, ...]

    def fitted(self, solution: Solution) -> Array:
        """Return the fitted values, of shape (n_samples, n_targets)."""
        values: Array = np.asarray(self.X @ solution.coef.T, dtype=np.float64) + solution.intercept
        return values

    def residuals(self, solution: Solution) -> Array:
        """Return y less the fitted values, of shape (n_samples, n_targets)."""
        return np.asarray(self.y, dtype=np.float64) - self.fitted(solution)

    def weights(self) -> Array:
        """Return the weights, 1 where none were given."""
        return np.ones(len(self.y)) if self.weight is None else self.weight
