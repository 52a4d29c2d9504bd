"""Whether the error of one row tells something about the next one's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from ogive.linear.assumptions.basis import explained
from ogive.linear.assumptions.sample import Sample
from ogive.linear.solution import Array

__all__ = ["BreuschGodfrey", "DurbinWatsonNull", "breusch_godfrey", "durbin_watson_null", "lagged"]


@dataclass(frozen=True)
class DurbinWatsonNull:
    """Distribution of Durbin and Watson's d for independent errors and these columns.

    Attributes
    ----------
    mean, variance : float
        Its exact moments for normal errors (Durbin and Watson, 1950).
    """

    mean: float
    variance: float

    def p(self, d: float) -> float:
        """Return the two-sided p of `d`, by the beta distribution on (0, 4) with these moments."""
        centre, spread = self.mean / 4, self.variance / 16
        common = centre * (1 - centre) / spread - 1
        if not common > 0:
            return float("nan")
        law = stats.beta(centre * common, (1 - centre) * common)
        return float(min(1.0, 2 * min(law.cdf(d / 4), law.sf(d / 4))))


@dataclass(frozen=True)
class BreuschGodfrey:
    """Breusch and Godfrey's test of one target.

    Attributes
    ----------
    lm, p : float
        Number of rows times R² of the auxiliary regression, with the p of chi-squared.
    lags : int
        Degrees of freedom.
    share : float
        That R².
    """

    lm: float
    p: float
    lags: int
    share: float


def durbin_watson_null(sample: Sample) -> DurbinWatsonNull | None:
    """Return the distribution of d under independence, or None for too few rows.

    With A the matrix of the sum of squared differences and M the projection onto the residuals,
    the moments come from the traces of MA and (MA)²; only small sums of products are formed.
    """
    n, free = sample.n, sample.free
    if free < 2:
        return None
    inner = np.zeros((sample.basis.rank,) * 2)
    outer = 0.0
    held = np.zeros((0, sample.basis.rank))
    for _, Q in sample.basis.blocks():
        # The second difference at a row needs the next one: two rows are handed on.
        taken = np.vstack([held, Q])
        steps = np.diff(taken, axis=0)
        if len(held) == 0:
            outer += float(steps[0] @ steps[0])
        fresh = steps[min(len(held), 1) :]
        inner += fresh.T @ fresh
        second = np.diff(steps, axis=0)
        outer += float((second * second).sum())
        held = taken[-2:]
    last = held[-1] - held[-2]
    outer += float(last @ last)
    once = 2 * (n - 1) - float(np.trace(inner))
    twice = 2 * (3 * n - 4) - 2 * outer + float((inner * inner).sum())
    mean = once / free
    variance = 2 * (twice - once * mean) / (free * (free + 2))
    return DurbinWatsonNull(mean, variance) if variance > 0 else None


def lagged(residuals: Array, lags: int) -> Array:
    """Return the residuals 1 to `lags` rows before, 0 before the first, (n_samples, lags)."""
    columns = np.zeros((len(residuals), lags))
    for lag in range(1, lags + 1):
        columns[lag:, lag - 1] = residuals[:-lag]
    return columns


def breusch_godfrey(sample: Sample, target: int, left: Array, lengths: Array) -> BreuschGodfrey:
    """Regress the residuals on those before them and the columns (Breusch, 1978; Godfrey, 1978).

    Parameters
    ----------
    left : ndarray of shape (n_samples, lags)
        `lagged` less its projections on the columns of the fit.
    lengths : ndarray of shape (lags,)
        What their lengths were before.
    """
    gain, lags = explained(left, lengths, sample.residuals[:, target])
    if lags == 0:
        return BreuschGodfrey(np.nan, np.nan, 0, np.nan)
    share = gain / float(sample.sums_of_squares[target])
    lm = sample.n * share
    return BreuschGodfrey(lm, float(stats.chi2.sf(lm, lags)), lags, share)
