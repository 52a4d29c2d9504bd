"""Which candidates no other one beats both in cost and in score."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from ogive.text import InputError

__all__ = ["COSTS", "checked_costs", "pareto_front"]

COSTS = ("seconds", "predict_seconds", "n_parameters")
"""Fields of `Row` that are costs."""


def pareto_front(costs: ArrayLike, scores: ArrayLike) -> list[bool]:
    """Tell for each candidate whether it lies on the Pareto front.

    It does unless another one costs no more of anything and scores no lower, and is better in at
    least one of these. Of candidates that are equal in all, either all lie on the front or none.

    Parameters
    ----------
    costs : array-like of shape (n_candidates,) or (n_candidates, n_costs)
        Lower is better.
    scores : array-like of shape (n_candidates,)
        Higher is better.

    Returns
    -------
    list of bool
        False where a cost or the score is NaN; such a candidate keeps no other off the front.

    Examples
    --------
    >>> pareto_front([1.0, 2.0, 2.0, 3.0], [0.7, 0.9, 0.8, 0.9])
    [True, True, False, False]
    """
    score = np.asarray(scores, dtype=np.float64).reshape(-1)
    merits = np.column_stack([score, -np.asarray(costs, dtype=np.float64)])
    known = np.asarray(~np.isnan(merits).any(axis=1))
    front = []
    for merit, usable in zip(merits, known, strict=True):
        no_worse = (merits >= merit).all(axis=1) & known
        better = (merits > merit).any(axis=1)
        front.append(bool(usable and not (no_worse & better).any()))
    return front


def checked_costs(cost: str | Sequence[str]) -> tuple[str, ...]:
    """Return the names of the costs meant, refusing what is none."""
    named = (cost,) if isinstance(cost, str) else tuple(cost)
    for name in named or ("",):
        if name not in COSTS:
            raise InputError(
                f"cost must be one or more of {', '.join(COSTS)}. Got {name!r} instead.",
                f"cost 只能是 {'、'.join(COSTS)} 中的一个或几个，得到的却是 {name!r}。",
            )
    return named
