"""Every two candidates, told apart by their differences on each data set."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ogive.comparison.across.ranks import Floats
from ogive.comparison.across.signed_ranks import (
    Posterior,
    bayesian_signed_rank,
    least_p,
    signed_rank,
)
from ogive.resampling.intervals import holm

__all__ = ["ALPHA", "LEAST_DATA_SETS", "AcrossPair", "Verdict", "data_sets_needed", "make_pairs"]

ALPHA = 0.05
EQUIVALENT = 0.95

LEAST_DATA_SETS = 6
"""With fewer the signed-rank test cannot go below 0.05, and the posterior is too much its prior."""

Verdict = Literal["better", "worse", "equivalent", "no_evidence"]


@dataclass(frozen=True)
class AcrossPair:
    """Two candidates on all data sets.

    Attributes
    ----------
    first, second : str
        Their labels; the first has the better average rank.
    rank_difference : float
        Average rank of the second minus that of the first.
    beyond_critical : bool
        Whether that exceeds Nemenyi's critical difference.
    wins, ties, losses : int
        Data sets on which the first has the higher, the same, the lower score.
    plus, minus : float
        Rank sums of the signed-rank test in favour of the first and of the second.
    p, p_holm : float
        Its p-value, and the one corrected after Holm for all pairs.
    better, equivalent, worse : float
        Posterior probabilities for the first; NaN with fewer than `LEAST_DATA_SETS` data sets.
    verdict : {"better", "worse", "equivalent", "no_evidence"}
        Of the first against the second: "equivalent" where its posterior probability is at least
        0.95, else "better" or "worse" where `p_holm` is below 0.05.
    """

    first: str
    second: str
    rank_difference: float
    beyond_critical: bool
    wins: int
    ties: int
    losses: int
    plus: float
    minus: float
    p: float
    p_holm: float
    better: float
    equivalent: float
    worse: float
    verdict: Verdict


def make_pairs(
    labels: Sequence[str], scores: Floats, ranks: Floats, ropes: Floats, critical: float
) -> list[AcrossPair]:
    """Compare every two candidates.

    Parameters
    ----------
    labels : sequence of str
        By ascending average rank.
    scores, ranks : ndarray of shape (n_data_sets, n_candidates)
        Scores, of which higher is better, and ranks on each data set.
    ropes : ndarray of shape (n_data_sets,)
        Half widths of the region of practical equivalence. Differences are divided by them, so that
        those of several data sets can be ranked together: an error of 2 is much on one scale and
        nothing on another. Where one of them is 0, differences are ranked as they are, and there
        is no posterior.
    critical : float
        Nemenyi's critical difference.
    """
    unknown = Posterior(math.nan, math.nan, math.nan)
    average = ranks.mean(axis=0)
    chosen = [(i, j) for i in range(len(labels)) for j in range(i + 1, len(labels))]
    regions = bool((ropes > 0).all())
    enough = regions and len(scores) >= LEAST_DATA_SETS
    tests, posteriors = [], []
    for i, j in chosen:
        gaps = (scores[:, i] - scores[:, j]) / (ropes if regions else 1.0)
        tests.append(signed_rank(gaps))
        posteriors.append(bayesian_signed_rank(gaps) if enough else unknown)
    corrected = holm([test.p for test in tests])
    pairs = []
    for (i, j), test, posterior, p_holm in zip(chosen, tests, posteriors, corrected, strict=True):
        gap = float(average[j] - average[i])
        verdict: Verdict = "no_evidence"
        if posterior.equivalent >= EQUIVALENT:
            verdict = "equivalent"
        elif p_holm < ALPHA:
            verdict = "better" if test.plus > test.minus else "worse"
        pairs.append(
            AcrossPair(
                labels[i],
                labels[j],
                gap,
                gap > critical + 1e-12,
                int(np.sum(ranks[:, i] < ranks[:, j])),
                int(np.sum(ranks[:, i] == ranks[:, j])),
                int(np.sum(ranks[:, i] > ranks[:, j])),
                test.plus,
                test.minus,
                test.p,
                float(p_holm),
                *posterior,
                verdict,
            )
        )
    return pairs


def data_sets_needed(n_pairs: int) -> int:
    """Return how many data sets must agree before one of so many pairs can be told apart."""
    n = 2
    while n_pairs * least_p(n) >= ALPHA:
        n += 1
    return n
