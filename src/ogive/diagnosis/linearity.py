"""How much of what a network answers a linear function of its inputs tells."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import linalg

from ogive.linear.one_thread import on_one_thread

__all__ = ["linear_r2"]

_ROWS_BEYOND = 30


@on_one_thread
def linear_r2(X: Any, Z: Any) -> float:
    """Return the adjusted R² of Z regressed linearly on X, all outputs together.

    Parameters
    ----------
    X : ndarray of shape (n_rows, n_features) or None
    Z : ndarray of shape (n_rows, n_outputs) or None

    Returns
    -------
    float
        NaN where there are fewer than 30 rows beyond the rank of X, values that are not finite, or
        nothing varies.
    """
    if X is None or Z is None or len(X) != len(Z) or not len(X):
        return float("nan")
    x, z = np.asarray(X, dtype=np.float64), np.asarray(Z, dtype=np.float64)
    if not (np.isfinite(x).all() and np.isfinite(z).all()):
        return float("nan")
    x = x - x.mean(axis=0)
    spread = x.std(axis=0)
    x = x[:, spread > 0] / spread[spread > 0]
    z = z - z.mean(axis=0)
    total = float(np.sum(z**2))
    n = len(z)
    if total <= 1e-24 * n or n < x.shape[1] + 1 + _ROWS_BEYOND:
        return float("nan")
    if x.shape[1] == 0:
        return 0.0
    basis, singular, _ = linalg.svd(x, full_matrices=False, check_finite=False)
    rank = int(np.count_nonzero(singular > 1e-10 * singular[0]))
    explained = float(np.sum((basis[:, :rank].T @ z) ** 2))
    return 1.0 - max(1.0 - explained / total, 0.0) * (n - 1) / (n - rank - 1)
