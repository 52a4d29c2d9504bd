"""Chooses for every candidate on every split what its validation rows favour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ogive.comparison.design.settings import Settings
from ogive.comparison.outcome import Outcome
from ogive.comparison.records import Fit, FitResult
from ogive.text import InputError

__all__ = ["choose"]


def choose(
    fits: Sequence[Fit], results: Mapping[str, FitResult], settings: Settings
) -> tuple[list[list[Outcome]], list[float]]:
    """Return the outcomes by candidate and split, and the score of the guess on each split.

    The test fold has no part in the choice: it is by the score on the validation rows, and by the
    loss on them where scores are equal.
    """
    groups: dict[tuple[int, int], dict[int, list[FitResult]]] = {}
    for fit in fits:
        split = groups.setdefault((fit.repeat, fit.fold), {})
        split.setdefault(fit.candidate, []).append(results[fit.key])
    outcomes: list[list[Outcome]] = [[] for _ in settings.candidates]
    guesses = []
    for split in groups.values():
        guesses.append(split[0][0].guess)
        for number, candidate in enumerate(settings.candidates):
            tried = split[number]
            ranks = [_rank(result) for result in tried]
            best = max(range(len(tried)), key=ranks.__getitem__)
            outcome = _outcome(tried, best, candidate.choices[best].value)
            if np.isnan(outcome.score):
                raise _without_score(candidate.label)
            outcomes[number].append(outcome)
    return outcomes, guesses


def _rank(result: FitResult) -> tuple[bool, float, float]:
    finite = bool(np.isfinite(result.validation_score))
    return finite, result.validation_score if finite else -np.inf, -result.validation_loss


def _outcome(tried: Sequence[FitResult], best: int, value: float) -> Outcome:
    result = tried[best]
    failed = not result.usable
    return Outcome(
        score=result.guess if failed else result.score,
        validation_score=result.validation_score,
        chosen=value,
        seconds=result.seconds,
        best_epoch=result.best_epoch,
        at_limit=result.at_limit,
        failed=failed,
        n_diverged=sum(not np.isfinite(one.validation_score) for one in tried),
        loss_curve=result.loss_curve,
        validation_loss_curve=result.validation_loss_curve,
        dead_share=result.dead_share,
        saturated_share=result.saturated_share,
        dead_shares=result.dead_shares,
        saturated_shares=result.saturated_shares,
        gradients=result.gradients,
        predict_seconds=result.predict_seconds,
        n_parameters=result.n_parameters,
    )


def _without_score(label: str) -> InputError:
    """Return the error for what diverged where the user's own scorer cannot score a guess."""
    return InputError(
        f"Every training of {label!r} diverged on a split, and the scorer gives no score of a "
        "guess for it to count with. Leave it out, try smaller learning rates, or let the scorer "
        "score sklearn.dummy's estimators, too.",
        f"{label!r} 在某次划分上的训练全部发散，而该评分函数无法给盲猜打分以代替其得分。"
        "请去掉它、改用更小的学习率，或让评分函数也能给 sklearn.dummy 的估计器打分。",
    )
