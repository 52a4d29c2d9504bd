"""Rows in standard units, in which gradient descent works."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ogive.linear.agreement import BLOCK
from ogive.linear.rows import FittedRows
from ogive.linear.solution import Array, Solution

__all__ = ["Standardised"]


class Standardised:
    """Features and targets less their means over their deviations, never written down whole.

    Parameters
    ----------
    rows : FittedRows
    exact : Solution
        Of the same rows; means and deviations are taken from it.

    Attributes
    ----------
    used : ndarray of shape (n_samples,)
        The rows whose weight is not 0.
    start : ndarray of shape (n_unknowns, n_targets)
        What zero coefficients in the user's units are here; the constant is the last unknown.
    hessian : ndarray of shape (n_unknowns, n_unknowns)
        Weighted mean of the products of the features: their correlation matrix.
    largest_row : float
        The largest squared norm of a row times its weight, for a mean weight of 1.
    """

    def __init__(self, rows: FittedRows, exact: Solution) -> None:
        self._rows, self._exact = rows, exact
        self._X = rows.X.tocsr() if sparse.issparse(rows.X) else rows.X
        total = exact.sum_of_weights
        deviations = exact.feature_norms / np.sqrt(total)
        constant = deviations <= 1e-14 * np.abs(exact.feature_means)
        self._factors = np.where(constant, 0.0, 1.0 / np.where(constant, 1.0, deviations))
        spread = np.sqrt(exact.total_sum_of_squares / total)
        flat = spread <= 1e-14 * np.abs(exact.target_means)
        self._spread = np.where(flat, np.where(exact.target_means, exact.target_means, 1.0), spread)
        weights = rows.weights()
        self.used: NDArray[np.intp] = np.flatnonzero(weights > 0)
        self._shares = weights / total
        self.start: Array = np.zeros(
            (exact.n_features + int(exact.fit_intercept), exact.coef.shape[0])
        )
        if exact.fit_intercept:
            self.start[-1] = -exact.target_means / self._spread
        self._sum_up()
        solution = exact.coef.T / self._spread
        self._solution: Array = np.zeros_like(self.start)
        self._solution[: exact.n_features] = (
            solution / np.where(self._factors > 0, self._factors, np.inf)[:, None]
        )

    @property
    def n_samples(self) -> int:
        """Number of rows whose weight is not 0."""
        return len(self.used)

    def take(self, index: Any) -> tuple[Array, Array, Array]:
        """Return features (a one for the constant last), targets and shares of the weight."""
        exact, k = self._exact, self._exact.n_features
        part = self._X[index]
        features = np.empty((part.shape[0], len(self.start)))
        np.subtract(
            part.toarray() if sparse.issparse(part) else part,
            exact.feature_means,
            out=features[:, :k],
        )
        features[:, :k] *= self._factors
        features[:, k:] = 1.0
        targets = (np.asarray(self._rows.y[index], np.float64) - exact.target_means) / self._spread
        return features, targets, self._shares[index]

    def _sum_up(self) -> None:
        size = len(self.start)
        self.hessian: Array = np.zeros((size, size))
        self._products: Array = np.zeros_like(self.start)
        self.largest_row = 0.0
        step = max(1, BLOCK // size)
        for first in range(0, len(self._shares), step):
            features, targets, shares = self.take(slice(first, first + step))
            weighted = features * shares[:, None]
            self.hessian += weighted.T @ features
            self._products += weighted.T @ targets
            norms = np.einsum("ij,ij->i", weighted, features)
            self.largest_row = max(self.largest_row, float(norms.max()) * self.n_samples)
        if self._exact.fit_intercept:  # what remains of the means is rounding
            self.hessian[-1, :-1] = self.hessian[:-1, -1] = 0.0
            self._products[-1] = 0.0

    def gradient(self, weights: Array) -> Array:
        """Return the gradient of the loss in standard units."""
        gradient: Array = self.hessian @ weights - self._products
        return gradient

    def loss(self, weights: Array) -> Array:
        """Return half the mean squared error of each target, in the user's units.

        It is computed about the minimum, so that it does not cancel where the fit is close.
        `weights` may have any number of leading axes.
        """
        exact = self._exact
        error = weights - self._solution
        above = (error * (self.hessian @ error)).sum(axis=-2)
        least = exact.residual_sum_of_squares / exact.sum_of_weights
        loss: Array = (least + above * self._spread**2) / 2.0
        return loss

    def unscaled(self, weights: Array) -> tuple[Array, Array, Array]:
        """Turn weights of shape (..., n_unknowns, n_targets) into coefficients of the user's units.

        Returns
        -------
        coef, intercept, loss : ndarray of shape (..., n_targets, n_features), (..., n_targets) \
            and (..., n_targets)
        """
        exact, k = self._exact, self._exact.n_features
        coef = np.swapaxes(weights[..., :k, :] * self._factors[:, None] * self._spread, -1, -2)
        intercept: Array = np.zeros(coef.shape[:-1])
        if exact.fit_intercept:
            constant = weights[..., -1, :] * self._spread
            intercept = exact.target_means + constant - coef @ exact.feature_means
        return coef, intercept, self.loss(weights)
