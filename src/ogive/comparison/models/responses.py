"""Refuses, before the first fit, candidates that a scoring cannot ask what it has to know."""

from __future__ import annotations

from ogive.comparison.design.settings import Settings, Task
from ogive.comparison.models.making import make_estimator
from ogive.comparison.scoring.names import score_of
from ogive.comparison.scoring.scorers import check_models

__all__ = ["check_responses"]


def check_responses(settings: Settings, task: Task, n_classes: int | None = None) -> None:
    """Refuse the first candidate without any of the methods that the scoring needs.

    Parameters
    ----------
    settings : Settings
    task : {"classification", "regression"}
    n_classes : int, optional
        Of a classification.

    Raises
    ------
    InputError
        Which names candidate, scoring and method.
    """
    models = {
        candidate.label: make_estimator(
            candidate, candidate.choices[0], settings, task, n_rows=1, seed=0, n_classes=n_classes
        )
        for candidate in settings.candidates
    }
    check_models(score_of(settings.scoring, task), models)
