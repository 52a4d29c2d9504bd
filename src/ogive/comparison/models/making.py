"""Makes the estimator of a candidate with one of its choices."""

from __future__ import annotations

from typing import Any

from ogive.comparison.design.candidates import Candidate, Choice
from ogive.comparison.design.settings import Settings, Task
from ogive.network import MLPClassifier, MLPRegressor

__all__ = ["make_estimator"]


def make_estimator(
    candidate: Candidate, choice: Choice, settings: Settings, task: Task, *, n_rows: int, seed: int
) -> Any:
    """Return an estimator, not fitted.

    Parameters
    ----------
    candidate : Candidate
    choice : Choice
        One of the candidate's.
    settings : Settings
    task : {"classification", "regression"}
    n_rows : int
        Rows it will be fitted on.
    seed : int
        Of the split, the same for all candidates.
    """
    network: Any = MLPClassifier if task == "classification" else MLPRegressor
    return network(
        hidden_layer_sizes=candidate.hidden_layer_sizes,
        activation=candidate.activation,
        init=candidate.init,
        solver=settings.solver,
        alpha=settings.alpha,
        batch_size=settings.batch_rows(n_rows),
        max_iter=settings.max_iter,
        early_stopping="loss",
        n_iter_no_change=settings.n_iter_no_change,
        random_state=seed,
        record_gradients=True,
        **{choice.parameter: choice.value},
    )
