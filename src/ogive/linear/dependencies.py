"""Columns that are combinations of others: which, and what that leaves undetermined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import linalg

from ogive.linear.solution import Array, Dependency

if TYPE_CHECKING:
    from ogive.linear.moments import Moments

__all__ = ["find_dependencies", "independent_part"]

NEGLIGIBLE = 1e-11
MOST_NAMED = 50


def independent_part(null_space: Array, coef: Array, scale: Array) -> tuple[Array, Array]:
    """Return an orthonormal basis of the null space, and the coefficients freed of it.

    Parameters
    ----------
    null_space : ndarray of shape (n_features, n_dependent)
        Directions in which coefficients may be moved without changing any fitted value.
    coef : ndarray of shape (n_targets, n_features)
    scale : ndarray of shape (n_features,)
        By which the columns have about the same norm.
    """
    in_size = null_space / scale[:, None]
    largest = np.abs(in_size).max(axis=0)
    cleaned = np.where(np.abs(in_size) > NEGLIGIBLE * largest, null_space, 0)
    # In QR, a coefficient that no direction moves keeps its zeros and so all of its digits.
    moved = np.any(cleaned != 0, axis=1)
    basis = np.zeros_like(null_space)
    basis[moved] = _orthonormal(cleaned[moved])
    freed = coef.copy()
    for _ in range(2):  # the second time for what rounding left of the first
        freed = freed - (freed @ basis) @ basis.T
    return basis, freed


def _orthonormal(vectors: Array) -> Array:
    """Return an orthonormal basis of some vectors, each row right to its own last digits.

    Columns that differ in size by 1e15 make rows that do; with the largest rows first and pivoting,
    Householder's QR errs relative to each row, not to the largest (Cox and Higham, 1998).
    """
    order = np.argsort(-np.abs(vectors).max(axis=1, initial=0.0), kind="stable")
    basis = np.empty_like(vectors)
    basis[order] = linalg.qr(vectors[order], mode="economic", pivoting=True)[0]
    return basis


def find_dependencies(
    null_space: Array, scale: Array, means: Array, moments: Moments
) -> tuple[Dependency, ...]:
    """Return each dependent column as a combination of columns that come before it, if possible.

    Nothing is named where there are fewer rows than columns, of which any could be called
    dependent, and where there are more than `MOST_NAMED` directions.
    """
    n_features, n_dependent = null_space.shape
    most = min(moments.n_samples - int(moments.fit_intercept), n_features)
    if n_dependent > MOST_NAMED or n_features - n_dependent >= most:
        return ()
    basis = null_space / scale[:, None]
    found = []
    for column in _echelon(basis):
        vector, last = basis[:, column], _last(basis[:, column])
        factors = -vector * scale / (vector[last] * scale[last])
        combination = {int(j): _written(factors[j]) for j in np.flatnonzero(vector) if j != last}
        if moments.fit_intercept:
            parts = [factors[j] * means[j] for j in combination]
            constant = means[last] - sum(parts)
            size = abs(means[last]) + sum(map(abs, parts)) + _deviation(moments, last)
            if abs(constant) > 1e-9 * size:
                combination[-1] = _written(constant)
        found.append(Dependency(last, combination))
    return tuple(sorted(found, key=lambda dependency: dependency.column))


def _echelon(basis: Array) -> range:
    """Reduce `basis` in place so that each vector ends at a column of its own."""
    n = basis.shape[1]
    for done in range(n):
        rows = [_last(basis[:, j]) for j in range(done, n)]
        chosen = done + int(np.argmax(rows))
        basis[:, [done, chosen]] = basis[:, [chosen, done]]
        last = _last(basis[:, done])
        largest = done + int(np.argmax(np.abs(basis[last, done:])))
        basis[:, [done, largest]] = basis[:, [largest, done]]
        basis[:, done] /= basis[last, done]
        for j in range(n):
            if j != done:
                basis[:, j] -= basis[last, j] * basis[:, done]
                basis[last, j] = 0
                size = np.abs(basis[:, j]).max()
                basis[np.abs(basis[:, j]) < 1e-9 * size, j] = 0
    return range(n)


def _last(vector: Array) -> int:
    """Return the index of the last number that counts."""
    return int(np.flatnonzero(np.abs(vector) > 1e-9 * np.abs(vector).max())[-1])


def _deviation(moments: Moments, column: int) -> float:
    return float(np.sqrt(moments.squares()[column] / moments.sum_of_weights))


def _written(factor: float) -> float:
    """Return the factor without the digits that rounding left."""
    return float(f"{factor:.12g}")
