"""How many directions the outputs of a layer use."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import linalg

from ogive.linear.one_thread import on_one_thread

__all__ = ["effective_rank"]


@on_one_thread
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
    # The smaller of the two products has the same eigenvalues, for a third of the time of an SVD.
    few = centred @ centred.T if rows.shape[0] < rows.shape[1] else centred.T @ centred
    eigenvalues = linalg.eigvalsh(few, check_finite=False)
    share = eigenvalues[eigenvalues > 0] / eigenvalues[eigenvalues > 0].sum()
    return float(np.exp(-np.sum(share * np.log(share))))
