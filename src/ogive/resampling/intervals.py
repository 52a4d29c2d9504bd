"""What scores over repeated splits of the same rows say, and what they do not.

Training sets of different splits overlap, which makes the scores correlated and the usual t
interval too narrow; the variance is corrected after Nadeau and Bengio (2003), *Inference for the
generalization error*.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special, stats

__all__ = [
    "Estimate",
    "corrected_band",
    "corrected_error",
    "corrected_mean",
    "corrected_means",
    "holm",
    "without_spread",
]

Floats = NDArray[np.float64]


class Estimate(NamedTuple):
    """A mean with the ends of its interval and the p-value of "the true mean is 0"."""

    mean: float
    low: float
    high: float
    p: float


def corrected_mean(
    values: ArrayLike,
    test_to_train: float,
    *,
    confidence: float = 0.95,
    least_variance: ArrayLike = 0.0,
) -> Estimate:
    """Mean over the splits of repeated cross-validation, with its corrected interval.

    Parameters
    ----------
    values : array-like of shape (n_splits,)
        One value a split. A single one says nothing of its spread: its interval has no ends.
    test_to_train : float
        Rows of the test part divided by rows of the training part.
    confidence : float, default=0.95
        Coverage of the interval.
    least_variance : float, default=0
        What the variance between splits cannot truly be below, as is known of shares of rights
        (`ogive.resampling.proportions`); where the sample variance is smaller this is used.

    Returns
    -------
    Estimate
        The variance of the mean is ``(1 / n_splits + test_to_train)`` times the sample variance,
        and the reference distribution Student's t with ``n_splits - 1`` degrees of freedom.

    Notes
    -----
    Where all values agree, and no least variance is known, their variance says nothing, and the t
    statistic would be infinite. The interval has no ends then, and the p-value is that of the sign
    test, ``2 ** (1 - n_splits)``, or 1 if the values are 0.
    """
    sample = np.asarray(values, dtype=np.float64)
    (estimate,) = corrected_means(
        sample[np.newaxis], test_to_train, confidence=confidence, least_variance=least_variance
    )
    return estimate


def corrected_means(
    values: ArrayLike,
    test_to_train: float,
    *,
    confidence: float = 0.95,
    least_variance: ArrayLike = 0.0,
) -> list[Estimate]:
    """Return `corrected_mean` of every row of (n_means, n_splits), computed together.

    `least_variance` may be one number for all rows, or one for each.
    """
    sample = np.asarray(values, dtype=np.float64)
    n = sample.shape[1]
    mean: Floats = sample.mean(axis=1)
    if n == 1:
        return [Estimate(value, -np.inf, np.inf, 1.0) for value in mean.tolist()]
    agreeing = without_spread(sample, least_variance)
    error = np.where(agreeing, 1.0, corrected_error(sample, test_to_train, least_variance))
    half = np.where(agreeing, np.inf, error * float(special.stdtrit(n - 1, (1 + confidence) / 2)))
    p = 2 * special.stdtr(n - 1, -np.abs(mean) / error)
    p = np.where(agreeing, np.where(mean == 0, 1.0, 2.0 ** (1 - n)), p)
    columns = (mean, mean - half, mean + half, p)
    return [Estimate(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]


def corrected_error(
    sample: Floats, test_to_train: float, least_variance: ArrayLike = 0.0
) -> Floats:
    """Return the standard error of each row's mean, corrected for the overlap of training sets."""
    deviation = np.maximum(sample.std(axis=1, ddof=1), np.sqrt(least_variance))
    error: Floats = deviation * np.sqrt(1 / sample.shape[1] + test_to_train)
    return error


def without_spread(sample: Floats, least_variance: ArrayLike = 0.0) -> NDArray[np.bool_]:
    """Return whether the values of each row agree and nothing else is known of their variance.

    Equal fractions may differ in the last bits.
    """
    largest = np.maximum(np.abs(sample).max(axis=1), np.finfo(float).tiny)
    deviation = np.maximum(sample.std(axis=1, ddof=1), np.sqrt(least_variance))
    agreeing: NDArray[np.bool_] = deviation <= 1e-12 * largest
    return agreeing


def holm(p_values: ArrayLike) -> Floats:
    """Adjust p-values for having been computed together (Holm, 1979).

    Parameters
    ----------
    p_values : array-like of shape (n_tests,)
        Unadjusted p-values.

    Returns
    -------
    ndarray of shape (n_tests,)
        Adjusted values in the same order. Rejecting those below 0.05 keeps the probability of
        even one false rejection below 5 %, whatever the dependence between the tests.
    """
    p = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(p, kind="stable")
    steps = p[order] * np.arange(p.size, 0, -1)
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return adjusted


def corrected_band(
    values: ArrayLike, test_to_train: float, *, confidence: float = 0.95
) -> tuple[Floats, Floats, Floats]:
    """Mean, low and high end of `corrected_mean` for every column of (n_splits, n_points)."""
    sample = np.asarray(values, dtype=np.float64)
    n = len(sample)
    mean: Floats = sample.mean(axis=0)
    error = sample.std(axis=0, ddof=1) * np.sqrt(1 / n + test_to_train)
    half: Floats = float(stats.t.ppf((1 + confidence) / 2, n - 1)) * error
    return mean, mean - half, mean + half
