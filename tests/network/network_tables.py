"""Small tables for the tests of networks; each call gives the same rows."""

from __future__ import annotations

import numpy as np


def features(n_rows: int = 97, n_features: int = 6, seed: int = 0) -> np.ndarray:
    return np.random.RandomState(seed).randn(n_rows, n_features)


def weights(n_rows: int = 97) -> np.ndarray:
    return np.random.RandomState(3).uniform(0.2, 3.0, n_rows)


def target(kind: str, X: np.ndarray) -> np.ndarray:
    """Return a learnable target: binary, multiclass, labels, multilabel, number(s) or counts."""
    z = X[:, 0] - 0.7 * X[:, 1] + 0.5 * np.sin(3 * X[:, 2])
    if kind == "binary":
        return (z > 0.2).astype(int)
    if kind == "multiclass":
        return np.digitize(z, [-0.8, 0.6])
    if kind == "strings":
        return np.array(["ash", "birch", "cedar"])[np.digitize(z, [-0.8, 0.6])]
    if kind == "multilabel":
        return np.column_stack([z > 0, X[:, 3] > z, X[:, 4] + z > 0.3, X[:, 2] > -0.5]).astype(int)
    if kind == "number":
        return z
    if kind == "numbers":
        return np.column_stack([z, X[:, 3] - z, X[:, 4] * X[:, 5]])
    if kind == "counts":
        return np.round(np.exp(np.clip(z, -2, 2)))
    raise ValueError(kind)


CLASSES = ("binary", "multiclass", "strings", "multilabel")
NUMBERS = ("number", "numbers", "counts")


def same_weights(first, second) -> bool:
    """Whether two fitted networks have the same weights to the bit."""
    return all(
        np.array_equal(a, b)
        for a, b in zip(
            [*first.coefs_, *first.intercepts_], [*second.coefs_, *second.intercepts_], strict=True
        )
    )
