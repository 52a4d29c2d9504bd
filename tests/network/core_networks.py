"""The compiled core's networks, for tests that look below the estimators."""

from __future__ import annotations

import numpy as np

import ogive
from ogive.network.engine import build_network, build_table

LOSSES = ("squared_error", "log_loss", "binary_log_loss", "poisson")


def make_network(units, functions, loss, seed=0, dtype=np.float64, scale=0.8):
    """Return a network with random weights; `functions` are names, one for each hidden layer."""
    random = np.random.RandomState(seed)
    dtype = np.dtype(dtype)
    network = build_network(list(units), [ogive.activation(f) for f in functions], loss, dtype)
    size = network.flat_weights().size
    network.set_flat_weights((scale * random.randn(size) / np.sqrt(max(units))).astype(dtype))
    return network


def make_table(X, loss, n_outputs, seed=1, weighted=False):
    """Return a table with a random target that suits `loss`, with the target itself."""
    random = np.random.RandomState(seed)
    n_rows = X.shape[0]
    weight = random.uniform(0.3, 2.0, n_rows).astype(X.dtype) if weighted else None
    if loss == "log_loss":
        labels = random.randint(0, n_outputs, n_rows).astype(np.int32)
        return build_table(X, None, labels, weight), labels, weight
    if loss == "binary_log_loss":
        target = random.randint(0, 2, (n_rows, n_outputs)).astype(X.dtype)
    elif loss == "poisson":
        target = random.poisson(2.0, (n_rows, n_outputs)).astype(X.dtype)
    else:
        target = random.randn(n_rows, n_outputs).astype(X.dtype)
    return build_table(X, target, None, weight), target, weight
