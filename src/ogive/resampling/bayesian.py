"""How probable it is that a difference is real, negligible, or the other way round.

The Bayesian correlated t-test of Corani and Benavoli (2015), *A Bayesian approach for comparing
cross-validated algorithms on multiple data sets*, with the region of practical equivalence of
Benavoli, Corani, Demšar and Zaffalon (2017), *Time for a change*.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special, stats

from ogive.resampling.intervals import corrected_error, without_spread
from ogive.text import InputError

__all__ = ["Posterior", "correlated_t", "correlated_ts"]


class Posterior(NamedTuple):
    """What is known of a true mean difference.

    Attributes
    ----------
    better, equivalent, worse : float
        Probabilities that it lies above, within and below the region from ``-rope`` to ``rope``;
        they add up to 1.
    mean, scale, df : float
        Location, scale and degrees of freedom of Student's t. The scale is 0 where all differences
        agree, infinite for a single difference.
    rope : float
        Half width of the region of practical equivalence.
    """

    better: float
    equivalent: float
    worse: float
    mean: float
    scale: float
    df: float
    rope: float

    def density(self, x: ArrayLike) -> NDArray[np.float64]:
        """Return the density at `x`, of any shape.

        Without a spread it is 0 but at the mean, where it is infinite; for a single difference it
        is 0 everywhere.
        """
        points = np.asarray(x, dtype=np.float64)
        if self.scale == 0:
            return np.where(points == self.mean, np.inf, 0.0)
        if math.isinf(self.scale):
            return np.zeros_like(points)
        density: Any = stats.t.pdf(points, self.df, self.mean, self.scale)
        return np.asarray(density, dtype=np.float64)

    def reversed(self) -> Posterior:
        """Return the posterior of the difference the other way round."""
        return self._replace(better=self.worse, worse=self.better, mean=-self.mean)


def correlated_t(
    differences: ArrayLike,
    test_to_train: float,
    rope: float,
    *,
    least_variance: ArrayLike = 0.0,
) -> Posterior:
    """Posterior of the mean difference over the splits of repeated cross-validation.

    Parameters
    ----------
    differences : array-like of shape (n_splits,)
        Score of the one minus score of the other, one a split; higher is better.
    test_to_train : float
        Rows of the test part divided by rows of the training part.
    rope : float
        Half width of the region of practical equivalence, at least 0.
    least_variance : float, default=0
        What the variance of the differences cannot truly be below, as for `corrected_mean`.

    Returns
    -------
    Posterior
        Student's t with ``n_splits - 1`` degrees of freedom around the mean of the differences;
        its squared scale is ``(1 / n_splits + test_to_train)`` times their sample variance, for
        ``rho / (1 - rho)`` is `test_to_train` where ``rho = n_test / (n_test + n_train)``.

    Raises
    ------
    InputError
        If `rope` is negative or not a finite number.

    Notes
    -----
    Two cases the formula leaves open:

    - All differences agree (among them: all are 0), and no least variance is known. The formula
      would give certainty, even for two splits. Instead, as in the Bayesian sign test with one
      observation of prior weight against it, the part of the line in which they lie gets
      ``1 - 2 ** -n_splits``. What remains goes to the neighbouring part: to "equivalent" from a
      difference outside the region, to the side of the difference from one within it, half to
      either side if it is 0. A region of no
      width gets nothing: what would go to it goes to the sides.
    - A single difference has no spread to be judged by. As the degrees of freedom go to 0,
      Student's t moves half its mass far to either side: "better" and "worse" get one half each.
    """
    sample = np.asarray(differences, dtype=np.float64)
    (posterior,) = correlated_ts(
        sample[np.newaxis], test_to_train, rope, least_variance=least_variance
    )
    return posterior


def correlated_ts(
    differences: ArrayLike,
    test_to_train: float,
    rope: float,
    *,
    least_variance: ArrayLike = 0.0,
) -> list[Posterior]:
    """Return `correlated_t` of every row of (n_pairs, n_splits), computed together.

    `least_variance` may be one number for all rows, or one for each.
    """
    if not 0 <= rope < math.inf:
        raise InputError(
            f"rope must be a finite number of at least 0. Got {rope!r} instead.",
            f"rope 必须是不小于 0 的有限数，得到的却是 {rope!r}。",
        )
    sample = np.asarray(differences, dtype=np.float64)
    n, means = sample.shape[1], sample.mean(axis=1)
    if n == 1:
        return [Posterior(0.5, 0.0, 0.5, mean, math.inf, 0.0, rope) for mean in means.tolist()]
    agreeing = without_spread(sample, least_variance)
    scale = np.where(agreeing, 1.0, corrected_error(sample, test_to_train, least_variance))
    better = special.stdtr(n - 1, (means - rope) / scale)
    worse = special.stdtr(n - 1, (-means - rope) / scale)
    equivalent = np.maximum(1 - better - worse, 0.0)
    columns = (column.tolist() for column in (better, equivalent, worse, means, scale))
    posteriors = [
        Posterior(above, within, below, mean, width, n - 1.0, rope)
        for above, within, below, mean, width in zip(*columns, strict=True)
    ]
    for i in np.flatnonzero(agreeing).tolist():
        mean = float(means[i])
        posteriors[i] = Posterior(*_agreeing(mean, n, rope), mean, 0.0, n - 1.0, rope)
    return posteriors


def _agreeing(mean: float, n: int, rope: float) -> tuple[float, float, float]:
    """Return the three probabilities where all `n` differences are the same."""
    rest = 2.0**-n
    if rope == 0:
        if mean == 0:
            return 0.5, 0.0, 0.5
        return (1 - rest, 0.0, rest) if mean > 0 else (rest, 0.0, 1 - rest)
    if abs(mean) > rope:
        return (1 - rest, rest, 0.0) if mean > 0 else (0.0, rest, 1 - rest)
    if mean == 0:
        return rest / 2, 1 - rest, rest / 2
    return (rest, 1 - rest, 0.0) if mean > 0 else (0.0, 1 - rest, rest)
