"""Scores fitted models, on the scale of the target the user gave; says where a score fails."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.dummy import DummyClassifier, DummyRegressor

from ogive.comparison.design.settings import Task
from ogive.comparison.scoring.names import Score, Scoring, scorer_of, scoring_name
from ogive.text import InputError, Text

__all__ = ["Scale", "Scorer", "Where", "check_models", "guess_score", "make_scorer"]

# Outputs beyond this are those of a network that diverged: their squares add up to infinity.
MOST = 1e150
ROWS = {
    "validation": Text("validation rows", "验证数据"),
    "test": Text("test fold", "测试数据"),
}
REMEDY_CLASSES = Text(
    "Choose another score, or fewer folds, so that each has rows of every class.",
    "请改用其他指标，或减少折数，使每一折都含有各个类别的行。",
)
REMEDY_NAMED = Text("Choose another score.", "请改用其他指标。")
REMEDY_OWN = Text(
    "Let the scorer return a number there, or choose another score or fewer folds.",
    "请让该评分函数在此处返回数值，或改用其他指标、减少折数。",
)


class Scale:
    """Standardises a regression target with the statistics of a training fold."""

    def __init__(self, training: NDArray[np.float64]) -> None:
        self.mean = float(training.mean())
        self.deviation = float(training.std()) or 1.0

    def to_network(self, y: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return `y` as the network sees it."""
        return (y - self.mean) / self.deviation

    def to_user(self, y: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
        """Return a prediction on the scale of the given target."""
        return np.asarray(y, dtype=np.float64) * self.deviation + self.mean


class _OnUserScale(RegressorMixin, BaseEstimator):  # type: ignore[misc]
    """A fitted regressor whose predictions are returned on the scale of the target."""

    def __init__(self, fitted: Any = None, scale: Scale | None = None) -> None:
        self.fitted = fitted
        self.scale = scale

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def __getattr__(self, name: str) -> Any:
        """Return what was learnt, which a scorer of the user's own may look at."""
        if name.startswith("__") or "fitted" not in vars(self):
            raise AttributeError(name)
        return getattr(self.fitted, name)

    def predict(self, X: NDArray[Any]) -> NDArray[np.float64]:
        assert self.scale is not None
        return self.scale.to_user(self.fitted.predict(X))


class Where(NamedTuple):
    """What is being scored, for errors: the rows of a split, counted from 0, and of which model."""

    repeat: int
    fold: int
    rows: Literal["validation", "test"]


class Scorer(Protocol):
    """Scores a fitted model within a comparison, where higher is better.

    The value is NaN where the model's outputs are not finite: it has diverged. That a score has no
    value for outputs that are finite is an error, for it says nothing of the model.
    """

    def __call__(
        self,
        estimator: Any,
        X: NDArray[Any],
        y: NDArray[Any],
        scale: Scale | None,
        where: Where | None = None,
    ) -> float:
        """Return the score of a fitted model on X and y as given.

        Raises
        ------
        InputError
            Where the scorer raises, or gives no finite number, for outputs that are finite.
        """


def make_scorer(scoring: Scoring) -> Scorer:
    """Return what scores fitted models by a scoring that `checked_scoring` let pass."""
    scorer = scorer_of(scoring)

    def score(
        estimator: Any,
        X: NDArray[Any],
        y: NDArray[Any],
        scale: Scale | None,
        where: Where | None = None,
    ) -> float:
        model = estimator if scale is None else _OnUserScale(estimator, scale)
        error: Exception | None = None
        value = np.nan
        with warnings.catch_warnings():
            # Metrics warn of classes that are never predicted, which a bad network does.
            warnings.simplefilter("ignore")
            try:
                value = float(scorer(model, X, y))
            except Exception as raised:  # whatever a user's own code may raise
                error = raised
            if error is None and np.isfinite(value):
                return value
            if not _finite_outputs(model, X):
                return np.nan
        raise _failure(scoring, where, error, value) from error

    return score


def _finite_outputs(model: Any, X: NDArray[Any]) -> bool:
    """Tell whether metrics have numbers to work with, for they refuse infinite ones."""
    try:
        outputs = model.predict_proba(X) if hasattr(model, "predict_proba") else model.predict(X)
        return bool((np.abs(outputs) < MOST).all())
    except Exception:  # then it is the model that fails, and the scorer's error tells how
        return True


def _failure(
    scoring: Scoring, where: Where | None, error: Exception | None, value: float
) -> InputError:
    """Return the error that says which score has no value, where, why, and what to do."""
    place = Text("one of the folds", "某一折上")
    if where is not None:
        rows = ROWS[where.rows]
        place = Text(
            f"the {rows.en} of repeat {where.repeat + 1}, fold {where.fold + 1}",
            f"第 {where.repeat + 1} 次重复第 {where.fold + 1} 折的{rows.zh}上",
        )
    if error is None:
        fact = Text(f"gives {value} on {place.en}.", f"在{place.zh}给出的是 {value}，不是数值。")
    else:
        line = f"{type(error).__name__}: {error}".splitlines()[0].rstrip(".。")
        line = line if len(line) <= 200 else f"{line[:197]}..."
        fact = Text(f"fails on {place.en}: {line}.", f"在{place.zh}出错：{line}。")
    remedy = REMEDY_OWN
    if isinstance(scoring, str):
        remedy = REMEDY_NAMED if error is not None else REMEDY_CLASSES
    name = scoring_name(scoring)
    return InputError(
        f"scoring {name!r} {fact.en} {remedy.en}", f"评分指标 {name!r} {fact.zh}{remedy.zh}"
    )


def guess_score(
    scoring: Scoring,
    task: Task,
    y_training: NDArray[Any],
    X_test: NDArray[Any],
    y_test: NDArray[Any],
    where: Where | None = None,
) -> float:
    """Score of the guess that ignores X: class frequencies, or the mean of the target.

    Returns
    -------
    float
        NaN where a scorer of the user's own cannot score such a guess: it may look for something
        that the models alone have.

    Raises
    ------
    InputError
        As a `Scorer` does, of a score given by name.
    """
    guess = DummyClassifier(strategy="prior") if task == "classification" else DummyRegressor()
    guess.fit(np.zeros((len(y_training), 1)), y_training)
    scale = None if task == "classification" else _identity_scale()
    try:
        return make_scorer(scoring)(guess, X_test, y_test, scale, where)
    except InputError:
        if isinstance(scoring, str):
            raise
        return float("nan")


def check_models(score: Score, models: Mapping[str, Any]) -> None:
    """Refuse a score of probabilities where a model gives none, before it is fitted.

    Parameters
    ----------
    score : Score
    models : mapping of str to estimator
        The candidates' estimators by their labels, not fitted.

    Raises
    ------
    InputError
        Names the score, what it needs and the first candidate that has none of it.
    """
    for label, model in models.items():
        if any(hasattr(model, method) for method in score.needs):
            continue
        needed_en, needed_zh = " or ".join(score.needs), " 或 ".join(score.needs)
        raise InputError(
            f"scoring {score.name!r} needs models with {needed_en}, and the candidate {label!r} "
            "has none. Choose a score of predictions, such as 'accuracy', or leave that candidate "
            "out.",
            f"评分指标 {score.name!r} 要求模型提供 {needed_zh}，而候选 {label!r} 没有。"
            "请改用只需预测值的指标，例如 'accuracy'，或去掉该候选。",
        )


def _identity_scale() -> Scale:
    return Scale(np.array([-1.0, 1.0]))
