"""Refuses, before the first fit, candidates that a scoring cannot ask what it has to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ogive.comparison.models.making import make_estimator
from ogive.text import InputError

if TYPE_CHECKING:
    from ogive.comparison.design.settings import Settings, Task
    from ogive.comparison.scoring.names import Score

__all__ = ["check_responses"]


def check_responses(
    settings: Settings, task: Task, score: Score, n_classes: int | None = None
) -> None:
    """Refuse the first candidate without any of the methods that the scoring needs.

    Parameters
    ----------
    settings : Settings
    task : {"classification", "regression"}
    score : Score
    n_classes : int, optional
        Of a classification.

    Raises
    ------
    InputError
        Which names candidate, scoring and method.
    """
    for candidate in settings.candidates:
        estimator = make_estimator(
            candidate, candidate.choices[0], settings, task, n_rows=1, seed=0, n_classes=n_classes
        )
        if any(hasattr(estimator, method) for method in score.needs):
            continue
        needed = " / ".join(score.needs)
        hint = ("", "")
        if hasattr(estimator, "probability"):
            hint = (" (probability=True)", "（probability=True）")
        raise InputError(
            f"scoring {score.name!r} needs {needed}, which {candidate.label!r} does not have"
            f"{hint[0]}; leave that model out, wrap it in CalibratedClassifierCV, or "
            "choose another scoring, such as accuracy.",
            f"评分指标 {score.name!r} 需要 {needed}，而 {candidate.label!r} 没有{hint[1]}；"
            "请去掉该模型、用 CalibratedClassifierCV 包装它，"
            "或换用其他评分指标，例如 accuracy。",
        )
