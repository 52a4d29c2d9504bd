"""Every candidate against every other: p-values corrected for being many, and posteriors.

The scores are a table: one row a candidate, one column a split. Every candidate was scored on the
same splits, so differences are taken split by split.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ogive.resampling.bayesian import Posterior, correlated_ts
from ogive.resampling.intervals import Estimate, corrected_means, holm
from ogive.resampling.proportions import least_variance_of_difference, rows_tested

__all__ = ["ALPHA", "CERTAIN", "Pair", "PairVerdict", "least_variance", "pairwise"]

ALPHA = 0.05
"""A corrected p-value below this counts as evidence of a difference."""

CERTAIN = 0.95
"""A posterior probability of equivalence from this on counts as evidence of it."""

PairVerdict = Literal["better", "worse", "equivalent", "no_evidence"]


class Pair(NamedTuple):
    """Two candidates compared, the first with the second.

    Attributes
    ----------
    first, second : str
        Their labels.
    mean, low, high : float
        Mean of the first's score minus the second's, and its 95 % interval (Nadeau and Bengio),
        which holds for this pair alone. Infinite ends where all differences agree and their score
        is no share of rights: nothing says how far they may spread.
    p, p_holm : float
        p-value of "there is no difference" by the corrected resampled t-test, as it is and
        corrected after Holm for all pairs of the comparison.
    better, equivalent, worse : float
        Posterior probabilities that the first is better by more than the region of practical
        equivalence, that the difference lies within it, and that the first is worse.
    verdict : {"better", "worse", "equivalent", "no_evidence"}
        "equivalent" if at least 95 % of the posterior lie within the region, whatever the p-value:
        a difference that is real and negligible is equivalent in practice. Otherwise "better" or
        "worse" if `p_holm` is below 0.05, and else "no_evidence".
    posterior : Posterior
        The distribution behind the three probabilities.
    """

    first: str
    second: str
    mean: float
    low: float
    high: float
    p: float
    p_holm: float
    better: float
    equivalent: float
    worse: float
    verdict: PairVerdict
    posterior: Posterior

    def reversed(self) -> Pair:
        """Return the same pair, the second compared with the first."""
        turned: dict[str, PairVerdict] = {"better": "worse", "worse": "better"}
        return self._replace(
            first=self.second,
            second=self.first,
            mean=-self.mean,
            low=-self.high,
            high=-self.low,
            better=self.worse,
            worse=self.better,
            verdict=turned.get(self.verdict, self.verdict),
            posterior=self.posterior.reversed(),
        )


def pairwise(
    scores: ArrayLike,
    labels: Sequence[str],
    test_to_train: float,
    rope: float,
    *,
    n_rows: int | None = None,
) -> list[Pair]:
    """Compare every candidate with every other.

    Parameters
    ----------
    scores : array-like of shape (n_candidates, n_splits)
        Test scores, higher is better.
    labels : sequence of str
        The candidates' names.
    test_to_train : float
        Rows tested for each row trained on.
    rope : float
        Half width of the region of practical equivalence, on the scale of the scores. At 0
        nothing is called equivalent.
    n_rows : int, optional
        Rows tested in one repeat, where scores are the share of them that is right (accuracy). The
        variance of a difference is then at least that which so many rows give it
        (`least_variance_of_difference`), however well the splits agree. None for other scores.

    Returns
    -------
    list of Pair
        Each pair once, in the order of the labels: the first with all later ones, and so on;
        empty for a single candidate.

    Notes
    -----
    p-values are corrected for *all* pairs and not for those with the best alone, because which
    candidate is best is read off the same scores.
    """
    table = np.asarray(scores, dtype=np.float64)
    estimates: list[Estimate] = []
    posteriors: list[Posterior] = []
    # One candidate against all later ones at a time: memory for all pairs at once may be much.
    for i in range(len(table) - 1):
        differences = table[i] - table[i + 1 :]
        least = least_variance(differences, test_to_train, n_rows)
        estimates += corrected_means(differences, test_to_train, least_variance=least)
        posteriors += correlated_ts(differences, test_to_train, rope, least_variance=least)
    adjusted = holm([estimate.p for estimate in estimates]).tolist()
    return [
        Pair(
            *names,
            *estimate,
            p_holm,
            *posterior[:3],
            _verdict(estimate.mean, p_holm, posterior.equivalent if rope > 0 else 0.0),
            posterior,
        )
        for names, estimate, p_holm, posterior in zip(
            combinations(labels, 2), estimates, adjusted, posteriors, strict=True
        )
    ]


def least_variance(
    differences: NDArray[np.float64], test_to_train: float, n_rows: int | None
) -> ArrayLike:
    """Return what the variance of each row of differences cannot be below; see `pairwise`."""
    if n_rows is None:
        return 0.0
    n_test = rows_tested(n_rows, test_to_train)
    return least_variance_of_difference(differences.mean(axis=1), n_test)


def _verdict(mean: float, p_holm: float, equivalent: float) -> PairVerdict:
    if equivalent >= CERTAIN:
        return "equivalent"
    if p_holm < ALPHA:
        return "better" if mean > 0 else "worse"
    return "no_evidence"
