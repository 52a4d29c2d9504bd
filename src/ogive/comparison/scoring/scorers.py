"""Scores networks on the scale of the target the user gave."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.dummy import DummyClassifier, DummyRegressor

from ogive.comparison.design.settings import Task
from ogive.comparison.scoring.names import Scoring, scorer_of, scoring_name
from ogive.text import InputError

__all__ = ["Scale", "guess_score", "make_scorer"]


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

    def predict(self, X: NDArray[Any]) -> NDArray[np.float64]:
        assert self.scale is not None
        return self.scale.to_user(self.fitted.predict(X))


Scorer = Callable[[Any, NDArray[Any], NDArray[Any], Scale | None], float]


def make_scorer(scoring: Scoring) -> Scorer:
    """Return a function of fitted network, X, y as given and scale that returns the score.

    The score of a network whose outputs are not finite may be nan.
    """
    scorer = scorer_of(scoring)

    def score(estimator: Any, X: NDArray[Any], y: NDArray[Any], scale: Scale | None) -> float:
        model = estimator if scale is None else _OnUserScale(estimator, scale)
        with warnings.catch_warnings():
            # Metrics warn of classes that are never predicted, which a bad network does.
            warnings.simplefilter("ignore")
            try:
                return float(scorer(model, X, y))
            except ValueError:
                if _finite_outputs(model, X):
                    raise
                return np.nan

    return score


def _finite_outputs(model: Any, X: NDArray[Any]) -> bool:
    """Tell whether metrics have numbers to work with, for they refuse infinite ones."""
    outputs = model.predict_proba(X) if hasattr(model, "predict_proba") else model.predict(X)
    return bool(np.isfinite(outputs).all())


def guess_score(
    scoring: Scoring, task: Task, y_training: NDArray[Any], y_test: NDArray[Any]
) -> float:
    """Score of the guess that ignores X: class frequencies, or the mean of the target."""
    guess = DummyClassifier(strategy="prior") if task == "classification" else DummyRegressor()
    guess.fit(np.zeros((len(y_training), 1)), y_training)
    scale = None if task == "classification" else _identity_scale()
    value = make_scorer(scoring)(guess, np.zeros((len(y_test), 1)), y_test, scale)
    if not np.isfinite(value):
        raise InputError(
            f"scoring {scoring_name(scoring)!r} has no value on one of the test folds; choose "
            "another scoring or fewer folds.",
            f"评分指标 {scoring_name(scoring)!r} 在某个测试折上没有定义;请换用其他指标或减少折数。",
        )
    return value


def _identity_scale() -> Scale:
    return Scale(np.array([-1.0, 1.0]))
