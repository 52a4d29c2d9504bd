"""What the pairs of one comparison say of each candidate: how it stands to the best."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ogive.comparison.statistics.pairwise import Pair
from ogive.resampling.intervals import holm

__all__ = ["Difference", "differences_to_best"]


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
