"""Statistics of the residuals' order and shape that a summary shows, for all targets at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from ogive.linear.solution import Array

__all__ = ["ResidualShape", "residual_shape"]

FEWEST_FOR_OMNIBUS = 8


@dataclass(frozen=True)
class ResidualShape:
    """Order and shape of residuals; every attribute is an ndarray of shape (n_targets,).

    Attributes
    ----------
    durbin_watson : ndarray
        Near 2 where neighbouring residuals are unrelated, near 0 where they are alike, near 4 where
        they alternate (Durbin and Watson, 1950).
    skewness, kurtosis : ndarray
        0 and 3 for a normal distribution.
    jarque_bera, jarque_bera_p : ndarray
        Test of normality by both (Jarque and Bera, 1980), with chi-squared's p.
    omnibus, omnibus_p : ndarray
        Test of normality by both, transformed (D'Agostino and Pearson, 1973); NaN for fewer than 8
        rows, for which it is not made.
    """

    durbin_watson: Array
    skewness: Array
    kurtosis: Array
    jarque_bera: Array
    jarque_bera_p: Array
    omnibus: Array
    omnibus_p: Array


def residual_shape(residuals: Array, trivial: NDArray[np.bool_] | None = None) -> ResidualShape:
    """Compute them.

    Parameters
    ----------
    residuals : ndarray of shape (n_samples, n_targets)
        In the order of the rows, multiplied by the roots of the weights, without those whose weight
        is 0.
    trivial : ndarray of bool of shape (n_targets,), optional
        Targets whose residuals are nothing but rounding: their statistics are NaN.

    Notes
    -----
    Moments are those of the sample (divided by n), as statsmodels computes them.
    """
    n, m = residuals.shape
    skip = np.zeros(m, bool) if trivial is None else np.asarray(trivial, bool)
    largest = np.abs(residuals).max(axis=0) if n else np.zeros(m)
    skip = skip | ~(largest > 0)
    scaled = residuals / np.where(skip, 1.0, largest)
    squares = np.where(skip, 1.0, (scaled * scaled).sum(axis=0))
    steps = np.diff(scaled, axis=0)
    durbin_watson = (steps * steps).sum(axis=0) / squares
    centred = scaled - (scaled.mean(axis=0) if n else 0.0)
    square = centred * centred
    variance = square.sum(axis=0) / max(n, 1)
    flat = skip | (variance <= 1e-30)
    variance = np.where(flat, 1.0, variance)
    skewness = (square * centred).sum(axis=0) / max(n, 1) / variance**1.5
    kurtosis = (square * square).sum(axis=0) / max(n, 1) / variance**2
    jarque_bera = n / 6 * (skewness**2 + (kurtosis - 3) ** 2 / 4)
    omnibus, omnibus_p = np.full(m, np.nan), np.full(m, np.nan)
    if n >= FEWEST_FOR_OMNIBUS and not flat.all():
        test = stats.normaltest(centred[:, ~flat], axis=0)
        omnibus[~flat], omnibus_p[~flat] = test.statistic, test.pvalue
    return ResidualShape(
        durbin_watson=np.where(skip, np.nan, durbin_watson),
        skewness=np.where(flat, np.nan, skewness),
        kurtosis=np.where(flat, np.nan, kurtosis),
        jarque_bera=np.where(flat, np.nan, jarque_bera),
        jarque_bera_p=np.where(flat, np.nan, stats.chi2.sf(jarque_bera, 2)),
        omnibus=omnibus,
        omnibus_p=omnibus_p,
    )
