"""The rows of the result: what is said of each candidate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ogive.comparison.design.candidates import Candidate
from ogive.comparison.outcome import Outcome, geometric_mean
from ogive.comparison.scoring.names import Score
from ogive.comparison.statistics.differences import Difference, differences_to_best
from ogive.comparison.statistics.pairwise import ALPHA, Pair
from ogive.comparison.statistics.pareto import pareto_front
from ogive.resampling.intervals import Estimate, corrected_mean
from ogive.resampling.proportions import least_variance_of_share, rows_tested

__all__ = ["ALPHA", "Group", "Row", "make_rows"]

Group = Literal["best", "equivalent", "level", "unsure", "worse"]


@dataclass(frozen=True)
class Row:
    """One candidate's results over all splits, each with what was chosen there.

    Attributes
    ----------
    rank : int
        1 for the highest mean score.
    label : str
        Its name.
    score, score_low, score_high : float
        Mean test score and the ends of its 95 % interval, cut off at what the score can be at
        all. Higher is better: errors such as RMSE are negative here, and are shown positive where
        people read them. Infinite ends where the scores of all splits agree and are no share of
        rights: nothing says how far they may spread.
    difference, difference_low, difference_high : float
        Mean difference to the best, paired by split, and its 95 % interval, which may be without
        ends in the same way.
    p_holm : float
        p-value of that difference, corrected after Holm for all pairs of candidates.
    group : {"best", "equivalent", "level", "unsure", "worse"}
        "equivalent": `p_equivalent` is at least 0.95; otherwise "worse": `p_holm` is below 0.05;
        "unsure": only `p_known_best` is; "level": there is no evidence of a difference to the
        best, nor of equivalence.
    chosen : float
        What was chosen most often, by the validation rows, for `parameter`; NaN, as `epochs` and
        all that is told of the trained networks, where every training diverged.
    chosen_splits : int
        In how many splits it was chosen.
    epochs : float
        Median of the epochs after which validation loss was lowest; NaN for models without epochs.
    seconds : float
        Median time of a fit within the engine.
    dead_share, saturated_share : float
        Mean share of the hidden units on the training rows, over the splits that were learnt.
    gradient_ratio : float
        Gradient of the first layer divided by that of the last, while learning.
    n_at_limit : int
        Splits in which learning was still under way at `max_iter`.
    n_failed : int
        Splits in which the loss became non-finite with every choice; they count with the score of
        a guess that ignores X.
    n_diverged : int
        Fits whose loss became non-finite, of all splits and choices.
    p_known_best : float
        As `p_holm`, but corrected for the pairs with the best only, as would be right had it been
        known beforehand which one is best.
    p_better, p_equivalent, p_worse : float
        Posterior probabilities that it is better than the best of the table, that the difference
        lies within the region of practical equivalence, and that it is worse: the Bayesian
        correlated t-test of this pair alone. For the best itself 0, 1 and 0.
    predict_seconds : float
        Median time of predicting one row; NaN if not known.
    n_parameters : int
        Median of the numbers learnt, as what was chosen may decide it.
    parameter : str
        The estimator's name of what the validation rows chose, such as "learning_rate_init" or
        "C"; empty where there was nothing to choose.
    on_front : bool
        Whether no other candidate both scores higher and takes less time a fit (or is better in
        one and equal in the other); never for one that failed in every split.
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
    p_better: float = 0.0
    p_equivalent: float = 1.0
    p_worse: float = 0.0
    predict_seconds: float = float("nan")
    n_parameters: int = 0
    parameter: str = "learning_rate_init"
    on_front: bool = False

    @property
    def half_width(self) -> float:
        """How far the interval of the score reaches from the mean, to its farther end.

        This is half the width of the interval before it was cut off, unless both ends were.
        """
        return max(self.score_high - self.score, self.score - self.score_low)


def make_rows(
    candidates: Sequence[Candidate],
    outcomes: Sequence[Sequence[Outcome]],
    pairs: Sequence[Pair],
    test_to_train: float,
    score: Score,
    n_rows: int,
) -> list[Row]:
    """Summarise the outcomes, the best candidate first.

    Parameters
    ----------
    candidates : sequence of Candidate
    outcomes : sequence of sequence of Outcome
        By candidate, then by split.
    pairs : sequence of Pair
        What `pairwise` says of the outcomes' scores.
    test_to_train : float
        As for `corrected_mean`.
    score : Score
        What is compared by: its range, and whether it is a share of rights.
    n_rows : int
        Rows tested in one repeat.
    """
    scores = np.array([[outcome.score for outcome in done] for done in outcomes])
    best, differences = differences_to_best(scores, pairs)
    order = sorted(range(len(candidates)), key=lambda i: (i != best, -scores[i].mean()))
    rows = []
    for rank, i in enumerate(order, start=1):
        done, gap = outcomes[i], differences[i]
        mean = _interval(scores[i], test_to_train, score, n_rows)
        learnt = [outcome for outcome in done if not outcome.failed]
        chosen = Counter(outcome.chosen for outcome in learnt if np.isfinite(outcome.chosen))
        usual = max(sorted(chosen), key=chosen.__getitem__, default=float("nan"))
        pair = gap.pair
        rows.append(
            Row(
                rank=rank,
                label=candidates[i].label,
                score=mean.mean,
                score_low=mean.low,
                score_high=mean.high,
                difference=pair.mean if pair else 0.0,
                difference_low=pair.low if pair else 0.0,
                difference_high=pair.high if pair else 0.0,
                p_holm=pair.p_holm if pair else 1.0,
                p_known_best=gap.p_known_best,
                p_better=pair.better if pair else 0.0,
                p_equivalent=pair.equivalent if pair else 1.0,
                p_worse=pair.worse if pair else 0.0,
                group=_group(gap),
                parameter=candidates[i].parameter,
                chosen=usual,
                chosen_splits=chosen[usual],
                epochs=_median([float(one.best_epoch) for one in learnt if one.best_epoch > 0]),
                seconds=_median([outcome.seconds for outcome in done]),
                predict_seconds=_median(
                    [one.predict_seconds for one in done if np.isfinite(one.predict_seconds)]
                ),
                n_parameters=round(_median([float(outcome.n_parameters) for outcome in done])),
                dead_share=_mean([outcome.dead_share for outcome in learnt]),
                saturated_share=_mean([outcome.saturated_share for outcome in learnt]),
                gradient_ratio=_ratio(learnt),
                n_at_limit=sum(outcome.at_limit for outcome in learnt),
                n_failed=sum(outcome.failed for outcome in done),
                n_diverged=sum(outcome.n_diverged for outcome in done),
            )
        )
    known = [row.n_failed < len(scores[0]) for row in rows]
    costs = [row.seconds if able else float("nan") for row, able in zip(rows, known, strict=True)]
    front = pareto_front(costs, [row.score for row in rows])
    return [replace(row, on_front=on) for row, on in zip(rows, front, strict=True)]


def _interval(
    scores: NDArray[np.float64], test_to_train: float, score: Score, n_rows: int
) -> Estimate:
    """Return a candidate's mean score and its interval, within what the score can be."""
    least: ArrayLike = 0.0
    if score.is_share:
        n_test = rows_tested(n_rows, test_to_train)
        least = least_variance_of_share(scores.mean(), n_test, n_rows)
    found = corrected_mean(scores, test_to_train, least_variance=least)
    if not np.isfinite(found.high):
        return found
    return found._replace(
        low=min(max(found.low, score.lowest), found.mean),
        high=max(min(found.high, score.highest), found.mean),
    )


def _group(gap: Difference) -> Group:
    if gap.pair is None:
        return "best"
    if gap.pair.verdict == "equivalent":
        return "equivalent"
    if gap.pair.verdict == "worse":
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
