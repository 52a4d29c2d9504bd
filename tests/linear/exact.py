"""Least squares in rational numbers: every digit right, for the data taken as exact."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

__all__ = ["exact_coefficients", "exact_products", "right_digits"]


def exact_coefficients(X: Any, y: Any, weight: Any = None, fit_intercept: bool = True) -> list:
    """Return constant (if any) and coefficients as fractions, by elimination."""
    rows = [[Fraction(1)] * fit_intercept + [Fraction(float(v)) for v in row] for row in X]
    target = [Fraction(float(v)) for v in y]
    weights = [Fraction(1)] * len(rows) if weight is None else [Fraction(float(w)) for w in weight]
    n = len(rows[0])
    system = [
        [sum(w * r[i] * r[j] for w, r in zip(weights, rows, strict=True)) for j in range(n)]
        + [sum(w * r[i] * t for w, r, t in zip(weights, rows, target, strict=True))]
        for i in range(n)
    ]
    for i in range(n):
        pivot = next(r for r in range(i, n) if system[r][i] != 0)
        system[i], system[pivot] = system[pivot], system[i]
        system[i] = [v / system[i][i] for v in system[i]]
        for r in range(n):
            if r != i and system[r][i] != 0:
                factor = system[r][i]
                system[r] = [a - factor * b for a, b in zip(system[r], system[i], strict=True)]
    return [row[-1] for row in system]


def exact_products(columns: Any, weight: Any, centered: bool) -> tuple[list, list]:
    """Return means and the matrix of weighted (centred) products of columns, as fractions."""
    numbers = [[Fraction(float(v)) for v in column] for column in np.asarray(columns).T]
    weights = [Fraction(float(w)) for w in weight]
    total = sum(weights)
    means = [
        sum(w * v for w, v in zip(weights, column, strict=True)) / total if centered else 0
        for column in numbers
    ]
    return means, [
        [
            sum(w * (x - mx) * (z - mz) for w, x, z in zip(weights, a, b, strict=True))
            for b, mz in zip(numbers, means, strict=True)
        ]
        for a, mx in zip(numbers, means, strict=True)
    ]


def right_digits(values: Any, right: Any) -> float:
    """Return the number of right digits of the worst value: its logarithmic relative error."""
    worst = 30.0
    for value, true in zip(np.atleast_1d(values), right, strict=True):
        error = abs(Fraction(float(value)) - Fraction(true))
        size = abs(Fraction(true)) or Fraction(1)
        if error:
            worst = min(worst, -np.log10(float(error / size)))
    return worst
