"""Makes the estimator of a candidate with one of its choices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ogive.classification.logistic import LogisticRegression
from ogive.classification.one_vs_one import OneVsOneClassifier
from ogive.classification.one_vs_rest import OneVsRestClassifier
from ogive.classification.output_code import OutputCodeClassifier
from ogive.comparison.design.candidates import Candidate, Choice
from ogive.comparison.design.settings import Settings, Task
from ogive.comparison.models.seeding import seeded
from ogive.linear import LinearRegression
from ogive.network import MLPClassifier, MLPRegressor

__all__ = ["make_estimator"]


# Up to so many classes every two-class problem there is gets a model: 63 of them for 7.
MOST_EXHAUSTIVE = 7


def make_estimator(
    candidate: Candidate,
    choice: Choice,
    settings: Settings,
    task: Task,
    *,
    n_rows: int,
    seed: int,
    n_classes: int | None = None,
) -> Any:
    """Return an estimator, not fitted, that uses one thread.

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
    n_classes : int, optional
        Of a classification. Output codes are exhaustive up to 7 classes and of BCH words for more,
        as Dietterich and Bakiri (1995) have it.
    """
    if candidate.is_network:
        return _network(candidate, choice, settings, task, n_rows, seed)
    if isinstance(candidate.model, str):
        return _FAMILIES[candidate.model](choice.value, seed, n_classes)
    return seeded(candidate.model, seed, all_anew=True)


def _network(
    candidate: Candidate, choice: Choice, settings: Settings, task: Task, n_rows: int, seed: int
) -> Any:
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


def _logistic(strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, n_jobs=1, keep_rows=False)


def _output_codes(strength: float, seed: int, n_classes: int | None) -> OutputCodeClassifier:
    few = n_classes is not None and n_classes <= MOST_EXHAUSTIVE
    return OutputCodeClassifier(
        _logistic(strength),
        code_book="exhaustive" if few else "bch",
        random_state=seed,
        n_jobs=1,
    )


_FAMILIES: Mapping[str, Callable[[float, int, int | None], Any]] = {
    "linear": lambda *_: LinearRegression(n_jobs=1, keep_rows=False),
    "logistic": lambda strength, *_: _logistic(strength),
    "ovo": lambda strength, *_: OneVsOneClassifier(_logistic(strength), n_jobs=1),
    "ovr": lambda strength, *_: OneVsRestClassifier(_logistic(strength), n_jobs=1),
    "ecoc": _output_codes,
}
