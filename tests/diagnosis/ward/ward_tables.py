"""Data of the ward: small tables, scaled unless asked for raw."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from sklearn import datasets
from sklearn.preprocessing import StandardScaler


class Rows(NamedTuple):
    """Rows to learn from and rows held out."""

    X: np.ndarray
    y: np.ndarray
    X_held: np.ndarray
    y_held: np.ndarray


def split(X, y, rng, n, scaled=True):
    order = rng.permutation(len(X))
    learn, held = order[:n], order[n : n + max(n // 2, 60)]
    if scaled:
        scaler = StandardScaler().fit(X[learn])
        # Pixels that never vary have no scale; the scaler leaves them at 0.
        X = scaler.transform(X)
    return Rows(X[learn], y[learn], X[held], y[held])


def classes(name, draw, n=None, scaled=True):
    """Return a table of classes: 'digits', 'wine', 'breast_cancer', 'iris', 'moons', 'blobs',
    'clusters'."""
    if name in ("digits", "wine", "breast_cancer", "iris"):
        X, y = getattr(datasets, f"load_{name}")(return_X_y=True)
    elif name == "moons":
        X, y = datasets.make_moons(900, noise=0.2, random_state=draw.seed)
    elif name == "clusters":
        X, y = datasets.make_blobs(900, 6, centers=4, random_state=draw.seed)
    else:
        X, y = datasets.make_classification(
            900,
            20,
            n_informative=10,
            n_classes=draw.one_of(2, 3, 4),
            class_sep=1.5,
            random_state=draw.seed,
        )
    return split(X, y, draw.rng, n or min(600, int(0.67 * len(X))), scaled)


def numbers(name, draw, n=None, scaled=True):
    """Return a table of numbers to predict, standardised: 'diabetes', 'friedman', 'waves'."""
    if name == "diabetes":
        X, y = datasets.load_diabetes(return_X_y=True, scaled=False)
    elif name == "friedman":
        X, y = datasets.make_friedman1(900, noise=0.5, random_state=draw.seed)
    else:
        X = draw.rng.uniform(-3, 3, (900, 4))
        y = np.sin(X[:, 0]) + X[:, 1] * X[:, 2] / 3 + draw.rng.normal(0, 0.1, 900)
    y = (y - y.mean()) / y.std()
    return split(X, y, draw.rng, n or min(600, int(0.67 * len(X))), scaled)


def rare(draw, n=600, share=0.02):
    """Return two classes that overlap, one of them rare: most of its rows look like the other's."""
    X = draw.rng.normal(size=(n + 400, 8))
    chosen = draw.rng.permutation(n)[: max(6, int(share * n))]
    y = np.zeros(n + 400, int)
    y[chosen] = 1
    y[n:][: max(6, int(share * 400))] = 1
    X[y == 1, :3] += 1.0
    return Rows(X[:n], y[:n], X[n:], y[n:])


def noise(draw, n=60, n_features=20, n_classes=2):
    """Return rows whose classes have nothing to do with them."""
    X = draw.rng.normal(size=(2 * n, n_features))
    y = draw.rng.permutation(np.arange(2 * n) % n_classes)
    return Rows(X[:n], y[:n], X[n:], y[n:])
