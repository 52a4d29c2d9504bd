"""Two candidates on several data sets: Wilcoxon's signed-rank test, and its Bayesian counterpart.

Benavoli, Corani and Mangili (2016) show why these and not differences of average ranks should tell
two candidates apart: an average rank depends on who else takes part.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

__all__ = ["Posterior", "SignedRanks", "bayesian_signed_rank", "least_p", "signed_rank"]

Floats = NDArray[np.float64]

N_DRAWS = 50_000
PRIOR_STRENGTH = 0.5


class SignedRanks(NamedTuple):
    """Wilcoxon's test.

    Attributes
    ----------
    plus, minus : float
        Sums of the ranks of the positive and of the negative differences; those of differences of
        0 are shared between the two, as in Demšar (2006).
    p : float
        Two-sided p-value by counting all signs, exact with ties and zeros too.
    """

    plus: float
    minus: float
    p: float


class Posterior(NamedTuple):
    """Probabilities that the first is better, equivalent in practice, or worse."""

    better: float
    equivalent: float
    worse: float


def signed_rank(differences: ArrayLike) -> SignedRanks:
    """Test whether differences lie symmetrically about 0.

    Parameters
    ----------
    differences : array-like of shape (n_data_sets,)
        What agrees to 10 digits of the largest counts as equal.

    Returns
    -------
    SignedRanks

    Notes
    -----
    Zeros take part in the ranking but have no sign (Pratt, 1959). Under the hypothesis each of the
    others is as likely positive as negative; all sign patterns are counted by adding one rank after
    the other, which takes no approximation however many data sets there are.
    """
    given = np.asarray(differences, dtype=np.float64)
    largest = float(np.abs(given).max(initial=0.0))
    steady = np.round(given / largest, 10) if largest > 0 else np.zeros_like(given)
    ranks = np.rint(2 * stats.rankdata(np.abs(steady))).astype(np.int64)
    plus, minus = int(ranks[steady > 0].sum()), int(ranks[steady < 0].sum())
    shared = float(ranks[steady == 0].sum()) / 2
    chances = np.ones(1)
    for rank in ranks[steady != 0]:
        grown = np.zeros(len(chances) + int(rank))
        grown[: len(chances)] += chances / 2
        grown[int(rank) :] += chances / 2
        chances = grown
    p = min(2 * float(chances[: min(plus, minus) + 1].sum()), 1.0)
    return SignedRanks((plus + shared) / 2, (minus + shared) / 2, p)


def least_p(n_data_sets: int) -> float:
    """Return the p-value of `signed_rank` where all data sets agree: the least there can be."""
    return min(2.0 ** (1 - n_data_sets), 1.0)


def bayesian_signed_rank(differences: ArrayLike, *, random_state: int = 0) -> Posterior:
    """Bayesian signed-rank test with a region of practical equivalence from -1 to 1.

    Parameters
    ----------
    differences : array-like of shape (n_data_sets,)
        Differences in score, each divided by the half width of the region on its data set.
    random_state : int, default=0
        Seed of the draws.

    Returns
    -------
    Posterior
        How often, among draws from the posterior, each region is the most probable one for the
        mean of two differences.

    Notes
    -----
    Benavoli, Mangili, Corani, Zaffalon and Ruggeri (2014); Benavoli, Corani, Demšar and Zaffalon
    (2017), section 4.2. The prior is a Dirichlet process of strength 0.5 on a difference of 0.
    """
    values = np.concatenate([[0.0], np.asarray(differences, dtype=np.float64)])
    sums = values[:, None] + values[None, :]
    above = (sums > 2) + 0.5 * (sums == 2)
    below = (sums < -2) + 0.5 * (sums == -2)
    strengths = np.ones(len(values))
    strengths[0] = PRIOR_STRENGTH
    weights = np.random.default_rng(random_state).dirichlet(strengths, N_DRAWS)
    right = np.einsum("ij,ij->i", weights @ above, weights)
    left = np.einsum("ij,ij->i", weights @ below, weights)
    regions = np.stack([right, 1 - left - right, left], axis=1)
    most = regions >= regions.max(axis=1, keepdims=True)
    shares = (most / most.sum(axis=1, keepdims=True)).mean(axis=0)
    return Posterior(*(float(share) for share in shares))
