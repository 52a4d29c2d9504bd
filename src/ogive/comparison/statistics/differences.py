"""What the scores of one comparison say: differences to the best, corrected for being many.

The scores are a table: one row an activation, one column a split. Every activation was scored on
the same splits, so differences are taken split by split.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ogive.resampling.intervals import corrected_mean, holm

__all__ = ["Difference", "differences_to_best"]


class Difference(NamedTuple):
    """Score of one activation minus that of the best, with p-values corrected after Holm.

    `p` is corrected for all pairs of activations. `p_known_best` is corrected for the pairs with
    the best only, as would be right had it been known beforehand which one is best.
    """

    mean: float
    low: float
    high: float
    p: float
    p_known_best: float


def differences_to_best(scores: ArrayLike, test_to_train: float) -> tuple[int, list[Difference]]:
    """Compare every activation with the one of the highest mean, paired by split.

    Parameters
    ----------
    scores : array-like of shape (n_activations, n_splits)
        Test scores, higher is better.
    test_to_train : float
        As for `corrected_mean`.

    Returns
    -------
    best : int
        Row with the highest mean, the first of them in a tie.
    differences : list of Difference
        One for each row; for the best itself all zeros with p = 1.

    Notes
    -----
    `p` is corrected for *all pairs* of activations, not only for those with the best: which one
    is best was read off the same scores. In a simulation of twelve equal activations in ten
    splits, `p` found a "worse" one in 3 % of the comparisons, `p_known_best` in 14 %.
    """
    table = np.asarray(scores, dtype=np.float64)
    n = len(table)
    best = int(np.argmax(table.mean(axis=1)))
    pairs = [(i, j) for i in range(n) for j in range(i + 1, n)]
    estimates = {(i, j): corrected_mean(table[j] - table[i], test_to_train) for i, j in pairs}
    adjusted = dict(zip(pairs, holm([estimates[pair].p for pair in pairs]), strict=True))
    others = [row for row in range(n) if row != best]
    with_best = holm([estimates[min(row, best), max(row, best)].p for row in others])
    known_best = dict(zip(others, with_best, strict=True))
    differences = []
    for row in range(n):
        if row == best:
            differences.append(Difference(0.0, 0.0, 0.0, 1.0, 1.0))
            continue
        pair = (min(row, best), max(row, best))
        mean, low, high, _ = estimates[pair]
        if row < best:
            mean, low, high = -mean, -high, -low
        differences.append(
            Difference(mean, low, high, float(adjusted[pair]), float(known_best[row]))
        )
    return best, differences
