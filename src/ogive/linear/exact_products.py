"""Products of matrices to more digits than float64 has, by its own fast products."""

from __future__ import annotations

import numpy as np

from ogive.linear.solution import Array

__all__ = ["precise_product"]


def precise_product(left: Array, left_rest: Array, right: Array) -> Array:
    """Return ``(left + left_rest) @ right`` as if summed to some 100 bits, rounded to float64.

    Parameters
    ----------
    left, left_rest : ndarray of shape (n, k)
        A number each, in two parts, the second below the last place of the first.
    right : ndarray of shape (k, m)

    Notes
    -----
    The leading slices of either factor have so few bits that float64 adds up their products without
    rounding (Ozaki, Ogita, Oishi and Rump, 2012). What is left is too small for its rounding to
    matter. Bits are counted from the largest number of each row of `left` and column of `right`.
    """
    bits = (53 - int(np.ceil(np.log2(max(left.shape[1], 2))))) // 2
    left_0 = _leading(left, 1, bits)
    left = left - left_0
    left_1 = _leading(left, 1, bits)
    right_0 = _leading(right, 0, bits)
    after_0 = right - right_0
    right_1 = _leading(after_0, 0, bits)
    high = left_0 @ right_0
    low = left_0 @ (after_0 - right_1) + left_1 @ after_0 + (left - left_1 + left_rest) @ right
    for part in (left_0 @ right_1, left_1 @ right_0):
        total = high + part
        # What the sum has rounded off (Knuth).
        back = total - high
        low += (high - (total - back)) + (part - back)
        high = total
    return np.asarray(high + low)


def _leading(values: Array, axis: int, bits: int) -> Array:
    """Return numbers rounded to `bits` bits below the largest of each row or column."""
    largest = np.abs(values).max(axis=axis, keepdims=True, initial=0.0)
    above = np.ldexp(0.75, np.frexp(largest)[1] + 53 - bits)
    return np.asarray((values + above) - above)
