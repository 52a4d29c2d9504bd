"""The penalised mean logistic loss in variables that make its curvature even."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import expit, softmax

from ogive.classification.solvers.probabilities import log_logistic, log_softmax

__all__ = ["PenalisedLoss", "Point"]

Array = NDArray[np.float64]

BLOCK = 2**18
"""Numbers in a block of rows, where rows are taken by blocks."""


@dataclass(frozen=True)
class Point:
    """The loss and what follows from it at some `weights`.

    Attributes
    ----------
    weights : ndarray of shape (n_outputs, n_unknowns)
    z : ndarray of shape (n_samples, n_outputs)
    probability : ndarray of shape (n_samples, n_outputs)
    loss : float
    gradient : ndarray of shape (n_outputs, n_unknowns)
        By the weights.
    norm : float
        The largest component of the gradient by coefficients and intercepts of the user's units.
    """

    weights: Array
    z: Array
    probability: Array
    loss: float
    gradient: Array
    norm: float


class PenalisedLoss:
    """``sum(weight * loss) / W + penalty * sum(coef**2) / (2 * W)`` as a function of weights.

    Weights are coefficients divided by `factors`, and the outputs at the mean row (the last
    unknown, where there is an intercept). So columns are centred and scaled by a change of
    variables: X, which may be sparse, stays as it is.

    Parameters
    ----------
    X : ndarray or CSR matrix of shape (n_samples, n_features), float64
    label : ndarray of shape (n_samples,), int32
    n_classes : int
    weight : ndarray of shape (n_samples,), optional
    penalty : float
    fit_intercept : bool

    Attributes
    ----------
    means : ndarray of shape (n_features,)
        Zeros where there is no intercept.
    factors : ndarray of shape (n_features,)
        ``1 / sqrt(variance + 4 * penalty / W)``: with them the loss of two classes and the penalty
        have together no more curvature by any weight than 1/4. They standardise the columns where
        the penalty is small beside the data.
    total : float
        W, the sum of weights.
    penalty : float
        Divided by W.
    scale : float
        The largest root mean square of a column, or 1 if that is more.
    shape : tuple (n_outputs, n_unknowns)
    """

    def __init__(
        self,
        X: Any,
        label: NDArray[np.int32],
        n_classes: int,
        weight: Array | None,
        penalty: float,
        fit_intercept: bool,
    ) -> None:
        self.X, self.label, self.fit_intercept = X, label, fit_intercept
        n, p = X.shape
        shares = np.ones(n) if weight is None else weight
        self.total = float(shares.sum())
        self.shares: Array = shares / self.total
        self.penalty = penalty / self.total
        self.shape = (1 if n_classes == 2 else n_classes, p + int(fit_intercept))
        mean_squares = np.zeros(p)
        self.means: Array = np.zeros(p)
        if fit_intercept:
            self.means = np.asarray(X.T @ self.shares)
        if sparse.issparse(X):
            mean_squares = np.asarray(X.multiply(X).T @ self.shares)
            variances = mean_squares - self.means**2
        else:
            for rows in self.blocks(p):
                mean_squares += self.shares[rows] @ (X[rows] - self.means) ** 2
            variances = mean_squares
        self.scale = float(np.sqrt(max(1.0, (variances + self.means**2).max(initial=0.0))))
        # What is left of a constant column is rounding.
        variances = np.where(variances <= 1e-24 * self.means**2, 0.0, variances)
        self.constant: NDArray[np.bool_] = variances <= 0
        curvature = variances + 4.0 * self.penalty
        self.factors: Array = 1.0 / np.sqrt(np.where(curvature > 0, curvature, 1.0))

    @property
    def two_classes(self) -> bool:
        """Whether there is one output, of which the second class is positive."""
        return self.shape[0] == 1

    def blocks(self, width: int) -> list[slice]:
        """Return the rows in slices, of which `width` numbers a row make about a `BLOCK`."""
        n, step = self.X.shape[0], max(1, BLOCK // max(1, width))
        return [slice(first, first + step) for first in range(0, n, step)]

    def user_units(self, weights: Array) -> tuple[Array, Array]:
        """Return coefficients and intercepts of weights of shape (..., n_outputs, n_unknowns)."""
        p = len(self.means)
        coef = weights[..., :p] * self.factors
        intercept = np.zeros(coef.shape[:-1])
        if self.fit_intercept:
            intercept = weights[..., p] - coef @ self.means
        return coef, intercept

    def weights_of(self, coef: Array, intercept: Array) -> Array:
        """Return the weights of coefficients and intercepts of the user's units."""
        weights = np.zeros(self.shape)
        p = len(self.means)
        weights[:, :p] = coef / self.factors
        if self.fit_intercept:
            weights[:, p] = intercept + coef @ self.means
        return weights

    def outputs(self, weights: Array, rows: Any = None) -> Array:
        """Return z, which is linear in the weights, of all rows or some."""
        coef, intercept = self.user_units(weights)
        X = self.X if rows is None else self.X[rows]
        z: Array = np.asarray(X @ coef.T) + intercept
        return z

    def probabilities(self, z: Array) -> Array:
        """Return the probability of the second class, or of each."""
        p: Array = expit(z) if self.two_classes else softmax(z, axis=1)
        return p

    def loss(self, weights: Array, z: Array) -> float:
        """Return the loss from z, which does not overflow."""
        if self.two_classes:
            log_p = log_logistic(np.where(self.label > 0, z[:, 0], -z[:, 0]))
        else:
            log_p = log_softmax(z)[np.arange(len(z)), self.label]
        coef = weights[:, : len(self.means)] * self.factors
        return float(-(self.shares @ log_p) + self.penalty * (coef**2).sum() / 2.0)

    def gradient(self, weights: Array, probability: Array, rows: Any = None) -> tuple[Array, float]:
        """Return the gradient by weights, and the largest component of that by the user's units.

        With `rows` it is the gradient of these alone, weighed as if they were all.
        """
        X, label, shares = self.X, self.label, self.shares
        if rows is not None:
            X, label, shares = X[rows], label[rows], shares[rows] * (len(label) / len(rows))
        error = probability.copy()
        if self.two_classes:
            error[:, 0] -= label
        else:
            error[np.arange(len(label)), label] -= 1.0
        error *= shares[:, None]
        sums = error.sum(axis=0)
        p = len(self.means)
        by_coef = np.asarray(X.T @ error).T
        pull = self.penalty * weights[:, :p] * self.factors
        norm = float(np.abs(by_coef + pull).max(initial=0.0))
        gradient = np.empty(self.shape)
        gradient[:, :p] = (by_coef - sums[:, None] * self.means + pull) * self.factors
        if self.fit_intercept:
            gradient[:, p] = sums
            norm = max(norm, float(np.abs(sums).max()))
        return gradient, norm

    def at(self, weights: Array, z: Array | None = None) -> Point:
        """Return everything at some weights."""
        z = self.outputs(weights) if z is None else z
        probability = self.probabilities(z)
        gradient, norm = self.gradient(weights, probability)
        return Point(weights, z, probability, self.loss(weights, z), gradient, norm)

    def hessian_product(self, point: Point, change: Array) -> Array:
        """Return the Hessian times a change of the weights."""
        p, dz = point.probability, self.outputs(change)
        if self.two_classes:
            dp = p * (1.0 - p) * dz
        else:
            dp = p * (dz - (p * dz).sum(axis=1, keepdims=True))
        dp *= self.shares[:, None]
        k = len(self.means)
        sums = dp.sum(axis=0)
        product = np.empty(self.shape)
        product[:, :k] = (np.asarray(self.X.T @ dp).T - sums[:, None] * self.means) * self.factors
        product[:, :k] += self.penalty * self.factors**2 * change[:, :k]
        if self.fit_intercept:
            product[:, k] = sums
        return product

    def unit_rows(self, rows: Any) -> Array:
        """Return some rows as the weights see them, dense: z is their product with the weights."""
        part = self.X[rows]
        unit = np.ones((part.shape[0], self.shape[1]))
        dense = part.toarray() if sparse.issparse(part) else part
        unit[:, : len(self.means)] = (dense - self.means) * self.factors
        return unit

    def hessian(self, point: Point) -> Array:
        """Return the Hessian, of shape (n_outputs * n_unknowns,) * 2."""
        outputs, unknowns = self.shape
        size = outputs * unknowns
        hessian = np.zeros((size, size))
        for rows in self.blocks(size):
            x, p, share = self.unit_rows(rows), point.probability[rows], self.shares[rows]
            if self.two_classes:
                hessian += x.T @ (x * (share * p[:, 0] * (1.0 - p[:, 0]))[:, None])
                continue
            root = np.sqrt(share)[:, None]
            mixed = ((root * p)[:, :, None] * x[:, None, :]).reshape(len(x), size)
            hessian -= mixed.T @ mixed
            for k in range(outputs):
                own = slice(k * unknowns, (k + 1) * unknowns)
                hessian[own, own] += x.T @ (x * (share * p[:, k])[:, None])
        pull = np.zeros(self.shape)
        pull[:, : len(self.means)] = self.penalty * self.factors**2
        hessian[np.diag_indices(size)] += pull.ravel()
        return hessian
