"""Whether columns are of sizes whose squares keep their digits."""

from __future__ import annotations

import numpy as np

from ogive.linear.moments import Moments

__all__ = ["LEAST", "MOST", "within_range"]

LEAST, MOST = 1e-100, 1e100
"""Norms of columns whose squares neither overflow nor lose digits."""


def within_range(moments: Moments) -> bool:
    """Return whether no column's sum of squares about its mean overflowed or underflowed.

    A sum of exactly 0 is taken for that of a constant column.
    """
    squares = moments.squares()
    norms = np.sqrt(squares)
    inside = (norms >= LEAST) & (norms <= MOST)
    return bool(np.all(inside | (squares == 0)))
