"""How many directions the outputs of a layer use."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import linalg

__all__ = ["effective_rank"]


def effective_rank(sample: Any) -> float:
    """Return the effective rank of a layer's outputs on sampled rows.

    Parameters
    ----------
    sample : ndarray of shape (n_rows, n_units)

    Returns
    -------
    float
        exp of the entropy of the normalised eigenvalues of the covariance (Roy and Vetterli, 2007,
        *The effective rank*, there of singular values); 0 if nothing varies, NaN where a value is
        not finite or there are fewer than two rows. At most min(n_units, n_rows - 1).
    """
    rows = np.asarray(sample, dtype=np.float64)
    if rows.shape[0] < 2 or not np.isfinite(rows).all():
        return float("nan")
    centred = rows - rows.mean(axis=0)
    scale = float(np.abs(rows).max())
    if not np.abs(centred).max() > 1e-12 * scale:
        return 0.0
    centred /= np.abs(centred).max()
    singular = linalg.svd(centred, compute_uv=False, check_finite=False)
    share = singular**2 / np.sum(singular**2)
    share = share[share > 0]
    return float(np.exp(-np.sum(share * np.log(share))))
