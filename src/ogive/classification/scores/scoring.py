"""How well a classifier does on rows that it was not fitted to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from ogive.classification.scores.confusion_text import confusion_page
from ogive.classification.showing import html_page, text_page
from ogive.text import InputError, Language, default_language

__all__ = ["Scores", "score_classifier", "share_interval"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Scores:
    """Predictions beside the truth.

    Attributes
    ----------
    classes : ndarray of shape (n_classes,)
    labels, predicted : ndarray of shape (n_samples,)
        The true and the predicted class of each row.
    probabilities : ndarray of shape (n_samples, n_classes), or None
        None for a classifier that has none.
    log_probabilities : ndarray of shape (n_samples, n_classes), or None
        Their logarithms, from the classifier itself where it knows them better.
    level : float
        Of the interval.
    """

    classes: NDArray[Any]
    labels: NDArray[Any]
    predicted: NDArray[Any]
    probabilities: Array | None
    log_probabilities: Array | None
    level: float

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return len(self.labels)

    @cached_property
    def confusion(self) -> NDArray[np.int64]:
        """Rows of each class (down) by the class predicted (across)."""
        k = len(self.classes)
        true, said = (np.searchsorted(self.classes, one) for one in (self.labels, self.predicted))
        return np.bincount(true * k + said, minlength=k * k).reshape(k, k)

    @property
    def n_right(self) -> int:
        """Number of rows that are predicted rightly."""
        return int(np.trace(self.confusion))

    @property
    def accuracy(self) -> float:
        """Share of rows that are predicted rightly."""
        return self.n_right / self.n_rows

    @property
    def interval(self) -> tuple[float, float]:
        """Confidence interval of the accuracy, by Wilson's score."""
        return share_interval(self.n_right, self.n_rows, self.level)

    @property
    def most_frequent(self) -> tuple[Any, float]:
        """The class that most rows have, and the accuracy of always saying it."""
        counts = self.confusion.sum(axis=1)
        return self.classes[counts.argmax()], float(counts.max() / self.n_rows)

    @cached_property
    def log_loss(self) -> float | None:
        """Mean of ``-ln(probability of the true class)``; infinite where one was 0."""
        if self.log_probabilities is None:
            return None
        true = np.searchsorted(self.classes, self.labels)
        of_true = self.log_probabilities[np.arange(self.n_rows), true]
        return float(-of_true.mean()) + 0.0

    @property
    def recall(self) -> Array:
        """Of the rows of each class, the share predicted as such; NaN without any."""
        return _shares(np.diag(self.confusion), self.confusion.sum(axis=1))

    @property
    def precision(self) -> Array:
        """Of the rows predicted as each class, the share that are; NaN without any."""
        return _shares(np.diag(self.confusion), self.confusion.sum(axis=0))

    def text(self, language: Language | None = None) -> str:
        """Return the confusion matrix with recall and precision as lines of text."""
        return text_page(*confusion_page(self, language or default_language()))

    def html(self, language: Language | None = None) -> str:
        """Return the same as a fragment of HTML."""
        language = language or default_language()
        return html_page(*confusion_page(self, language), language=language)

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()


def score_classifier(
    model: Any, X: Any, y: ArrayLike, *, level: float = 0.95, threshold: float | None = None
) -> Scores:
    """Ask a classifier about rows whose class is known.

    Parameters
    ----------
    model : classifier
        A fitted one.
    X : array-like or data frame of shape (n_samples, n_features)
    y : array-like of shape (n_samples,)
        The true classes, each of which the model knows.
    level : float, default=0.95
        Of the confidence interval of the accuracy.
    threshold : float, optional
        The probability of the second of two classes above which it is predicted; by default as
        ``model.predict`` does.

    Returns
    -------
    Scores

    Raises
    ------
    InputError
        Where there are no rows, and for a class that the model does not know.
    """
    labels = np.asarray(y)
    classes = np.asarray(model.classes_)
    strange = np.flatnonzero(~np.isin(labels, classes))
    if labels.size == 0:
        raise InputError(
            "There are no rows to score the model on; give at least one.",
            "没有可用来评分的行；请至少提供一行。",
        )
    if strange.size:
        name = str(labels[strange[0]])
        raise InputError(
            f"Row {strange[0]} is of class {name!r}, which the model was not fitted to; leave such "
            "rows out.",
            f"第 {strange[0]} 行的类别是“{name}”，模型拟合时没有这个类别；请去掉这样的行。",
        )
    probabilities = model.predict_proba(X) if hasattr(model, "predict_proba") else None
    logarithms = None
    if probabilities is not None:
        if hasattr(model, "predict_log_proba"):
            logarithms = model.predict_log_proba(X)
        else:
            with np.errstate(divide="ignore"):
                logarithms = np.log(probabilities)
    if threshold is None or probabilities is None:
        predicted = np.asarray(model.predict(X))
    else:
        predicted = classes[(probabilities[:, 1] > threshold).astype(np.intp)]
    return Scores(classes, labels, predicted, probabilities, logarithms, level)


@overload
def share_interval(count: float, n: float, level: float = 0.95) -> tuple[float, float]: ...


@overload
def share_interval(count: Array, n: Array, level: float = 0.95) -> tuple[Array, Array]: ...


def share_interval(count: Any, n: Any, level: float = 0.95) -> tuple[Any, Any]:
    """Return the confidence interval of a share by Wilson's score, which suits few rows too.

    Parameters
    ----------
    count, n : float, or ndarray of shape (n_shares,)
        Of `n` independent trials, `count` succeeded.
    level : float, default=0.95

    Returns
    -------
    low, high : float, or ndarray of shape (n_shares,)

    References
    ----------
    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal
    of the American Statistical Association 22 (1927), 209-212.
    """
    z = float(ndtri(0.5 + level / 2))
    share = count / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low = np.where(share > 0, middle - half, 0.0)
    high = np.where(share < 1, middle + half, 1.0)
    return (low, high) if low.ndim else (float(low), float(high))


def _shares(parts: NDArray[np.int64], wholes: NDArray[np.int64]) -> Array:
    with np.errstate(invalid="ignore"):
        return np.asarray(parts / wholes, dtype=np.float64)
