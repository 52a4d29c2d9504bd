"""How each candidate of a comparison stands to the best, and to the guess that ignores X."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ogive.comparison.statistics.pairwise import ALPHA, Pair, least_variance
from ogive.resampling.intervals import corrected_means, holm

__all__ = ["Difference", "Gain", "differences_to_best", "gains_over_guess"]


class Difference(NamedTuple):
    """One candidate compared with the best.

    `pair` is that comparison with the candidate as the first; None for the best itself.
    `p_known_best` is its p-value corrected after Holm for the pairs with the best only, as would
    be right had it been known beforehand which one is best.
    """

    pair: Pair | None
    p_known_best: float


def differences_to_best(scores: ArrayLike, pairs: Sequence[Pair]) -> tuple[int, list[Difference]]:
    """Find the candidate of the highest mean, and how every candidate stands to it.

    Parameters
    ----------
    scores : array-like of shape (n_candidates, n_splits)
        Test scores, higher is better.
    pairs : sequence of Pair
        What `pairwise` returns for these scores.

    Returns
    -------
    best : int
        Row with the highest mean, the first of them in a tie.
    differences : list of Difference
        One for each row.

    Notes
    -----
    `p_holm` of a pair is corrected for *all pairs* of candidates, not only for those with the
    best: which one is best was read off the same scores. In a simulation of twelve equal
    activations in ten splits, `p_holm` found a "worse" one in 3 % of the comparisons,
    `p_known_best` in 14 %.
    """
    table = np.asarray(scores, dtype=np.float64)
    best = int(np.argmax(table.mean(axis=1)))
    ordered = iter(pairs)
    with_best: dict[int, Pair] = {}
    for first in range(len(table)):
        for second in range(first + 1, len(table)):
            pair = next(ordered)
            if second == best:
                with_best[first] = pair
            elif first == best:
                with_best[second] = pair.reversed()
    corrected = holm([pair.p for pair in with_best.values()]).tolist()
    known_best = dict(zip(with_best, corrected, strict=True))
    return best, [
        Difference(with_best.get(row), known_best.get(row, 1.0)) for row in range(len(table))
    ]


class Gain(NamedTuple):
    """One candidate compared with the guess that ignores X.

    `mean` is its score minus the guess's, `p_holm` its p-value corrected after Holm for all
    candidates, and `always` says whether it scored higher in every split.
    """

    mean: float
    p_holm: float
    always: bool

    @property
    def is_evident(self) -> bool:
        """Whether there is evidence that it predicts better than the guess."""
        return self.mean > 0 and self.p_holm < ALPHA


def gains_over_guess(
    scores: ArrayLike, guesses: ArrayLike, test_to_train: float, *, n_rows: int | None = None
) -> list[Gain]:
    """Compare every candidate with the guess that ignores X.

    Parameters
    ----------
    scores : array-like of shape (n_candidates, n_splits)
        Test scores, higher is better.
    guesses : array-like of shape (n_splits,)
        Scores of the guess.
    test_to_train : float
        Rows tested for each row trained on.
    n_rows : int, optional
        As for `pairwise`.

    Returns
    -------
    list of Gain
        Of NaN where a score of the guess is not known.

    Notes
    -----
    p-values are corrected for all candidates, because it is the best of them that is held against
    the guess: of many that learnt nothing one does well by chance.
    """
    gains = np.asarray(scores, dtype=np.float64) - np.asarray(guesses, dtype=np.float64)
    if np.isnan(gains).any():
        return [Gain(np.nan, np.nan, False)] * len(gains)
    least = least_variance(gains, test_to_train, n_rows)
    estimates = corrected_means(gains, test_to_train, least_variance=least)
    adjusted = holm([estimate.p for estimate in estimates]).tolist()
    return [
        Gain(estimate.mean, p_holm, bool((row > 0).all()))
        for estimate, p_holm, row in zip(estimates, adjusted, gains, strict=True)
    ]
