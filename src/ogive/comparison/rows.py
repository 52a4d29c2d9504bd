"""The rows of the result: what is said of each activation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ogive.comparison.outcome import Outcome, geometric_mean
from ogive.comparison.statistics.differences import Difference, differences_to_best
from ogive.resampling.intervals import corrected_mean

__all__ = ["ALPHA", "Group", "Row", "make_rows"]

ALPHA = 0.05

Group = Literal["best", "level", "unsure", "worse"]


@dataclass(frozen=True)
class Row:
    """One activation's results over all splits, each at the learning rate chosen there.

    Attributes
    ----------
    rank : int
        1 for the highest mean score.
    label : str
        Its name.
    score, score_low, score_high : float
        Mean test score and the ends of its 95 % interval.
    difference, difference_low, difference_high : float
        Mean difference to the best, paired by split, and its 95 % interval.
    p_holm : float
        p-value of that difference, corrected after Holm for all pairs of activations.
    group : {"best", "level", "unsure", "worse"}
        "worse": p_holm is below 0.05; "unsure": only p_known_best is; "level": there is no
        evidence of a difference to the best.
    chosen : float
        The one chosen most often; NaN, as `epochs` and all that is told of the trained networks,
        where every training diverged.
    chosen_splits : int
        In how many splits it was chosen.
    epochs : float
        Median of the epochs after which validation loss was lowest.
    seconds : float
        Median time of a fit within the engine.
    dead_share, saturated_share : float
        Mean share of the hidden units on the training rows, over the splits that were learnt.
    gradient_ratio : float
        Gradient of the first layer divided by that of the last, while learning.
    n_at_limit : int
        Splits in which learning was still under way at `max_iter`.
    n_failed : int
        Splits in which the loss became non-finite at every learning rate; they count with the
        score of a guess that ignores X.
    n_diverged : int
        Fits whose loss became non-finite, of all splits and learning rates.
    p_known_best : float
        As `p_holm`, but corrected for the pairs with the best only, as would be right had it been
        known beforehand which one is best.
    """

    rank: int
    label: str
    score: float
    score_low: float
    score_high: float
    difference: float
    difference_low: float
    difference_high: float
    p_holm: float
    group: Group
    chosen: float
    chosen_splits: int
    epochs: float
    seconds: float
    dead_share: float
    saturated_share: float
    gradient_ratio: float
    n_at_limit: int
    n_failed: int
    n_diverged: int
    p_known_best: float = 1.0


def make_rows(
    labels: Sequence[str], outcomes: Sequence[Sequence[Outcome]], test_to_train: float
) -> list[Row]:
    """Summarise the outcomes, the best activation first."""
    scores = np.array([[outcome.score for outcome in done] for done in outcomes])
    best, differences = differences_to_best(scores, test_to_train)
    order = sorted(range(len(labels)), key=lambda i: (i != best, -scores[i].mean()))
    rows = []
    for rank, i in enumerate(order, start=1):
        done, gap = outcomes[i], differences[i]
        mean = corrected_mean(scores[i], test_to_train)
        learnt = [outcome for outcome in done if not outcome.failed]
        rates = Counter(outcome.chosen for outcome in learnt)
        rate = max(sorted(rates), key=rates.__getitem__, default=float("nan"))
        rows.append(
            Row(
                rank=rank,
                label=labels[i],
                score=mean.mean,
                score_low=mean.low,
                score_high=mean.high,
                difference=gap.mean,
                difference_low=gap.low,
                difference_high=gap.high,
                p_holm=gap.p,
                p_known_best=gap.p_known_best,
                group=_group(gap, is_best=i == best),
                chosen=rate,
                chosen_splits=rates[rate],
                epochs=_median([outcome.best_epoch for outcome in learnt]),
                seconds=_median([outcome.seconds for outcome in done]),
                dead_share=_mean([outcome.dead_share for outcome in learnt]),
                saturated_share=_mean([outcome.saturated_share for outcome in learnt]),
                gradient_ratio=_ratio(learnt),
                n_at_limit=sum(outcome.at_limit for outcome in learnt),
                n_failed=sum(outcome.failed for outcome in done),
                n_diverged=sum(outcome.n_diverged for outcome in done),
            )
        )
    return rows


def _group(gap: Difference, *, is_best: bool) -> Group:
    if is_best:
        return "best"
    if gap.p < ALPHA:
        return "worse"
    return "unsure" if gap.p_known_best < ALPHA else "level"


def _mean(values: list[float]) -> float:
    known = np.array(values)[np.isfinite(values)]
    return float(known.mean()) if known.size else float("nan")


def _median(values: Sequence[float]) -> float:
    return float(np.median(values)) if values else float("nan")


def _ratio(done: Sequence[Outcome]) -> float:
    if not done:
        return float("nan")
    ratios: NDArray[np.float64] = np.array([[outcome.gradient_ratio] for outcome in done])
    return float(geometric_mean(ratios)[0])
