"""Fitted two-class models, one for each problem of a reduction from many classes to two."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, cast

import numpy as np
from joblib import effective_n_jobs
from numpy.typing import NDArray
from sklearn.base import is_classifier, is_regressor
from sklearn.utils.parallel import Parallel, delayed
from sklearn.utils.validation import _num_samples

from ogive.classification.problems.pair_totals import (
    BLOCK_BYTES,
    PairTotals,
    add_pairs,
    empty_totals,
    n_classes_of_pairs,
    row_blocks,
)

__all__ = ["BinaryModels", "EstimatorModels", "confidence", "threshold"]

Array = NDArray[np.float64]


def confidence(estimator: Any, X: Any) -> Array:
    """Return how strongly an estimator is for the positive class, by row.

    The prediction of a regressor, otherwise the decision function, otherwise the probability.
    """
    if is_regressor(estimator):
        return np.ravel(estimator.predict(X))
    try:
        return np.ravel(estimator.decision_function(X))
    except (AttributeError, NotImplementedError):
        return np.asarray(estimator.predict_proba(X)[:, 1])


def threshold(estimator: Any) -> float:
    """Return the confidence above which an estimator says yes."""
    return 0.0 if hasattr(estimator, "decision_function") and is_classifier(estimator) else 0.5


class BinaryModels(ABC, Sequence[Any]):
    """The models as a sequence of estimators, and what all of them say of rows at once."""

    @abstractmethod
    def confidences(self, X: Any) -> Array:
        """Return `confidence` of every model, of shape (n_samples, n_problems)."""

    @abstractmethod
    def positive(self, X: Any) -> NDArray[np.bool_]:
        """Return which models predict the positive class, of shape (n_samples, n_problems)."""

    @abstractmethod
    def probabilities(self, X: Any) -> Array:
        """Return each model's probability of its positive class, (n_samples, n_problems)."""

    def pair_totals(self, X: Any) -> PairTotals:
        """Return votes and summed confidences by class, of models of `Problems.pairs`.

        Rows are taken in blocks, so that answers of all pairs never exist for all rows at once.
        """
        n_samples, n_classes = _num_samples(X), n_classes_of_pairs(len(self))
        totals = empty_totals(n_samples, n_classes)
        for rows in row_blocks(n_samples, 9 * len(self)):
            some = PairTotals(totals.votes[rows], totals.confidences[rows])
            positive, confidences = self.positive(X[rows]), self.confidences(X[rows])
            start = 0
            for first in range(n_classes - 1):
                pairs = slice(start, start + n_classes - 1 - first)
                add_pairs(some, first, positive[:, pairs], confidences[:, pairs], False)
                start = pairs.stop
        return totals

    def checked(self, X: Any) -> Any:
        """Return X checked once, for `positive_for` to be asked many times."""
        return X

    def positive_for(self, X: Any, problem: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return whether the one model named for each row predicts the positive class for it.

        Parameters
        ----------
        X : array or sparse matrix of shape (n_samples, n_features)
            As `checked` returns it.
        problem : ndarray of int of shape (n_samples,)

        Returns
        -------
        ndarray of shape (n_samples,), bool
        """
        said = np.empty(len(problem), dtype=np.bool_)
        for j, rows in rows_by_problem(problem):
            said[rows] = _says_positive(self[j], X[rows])
        return said


class EstimatorModels(BinaryModels):
    """Models of any kind: a list of estimators, asked in parallel by joblib.

    Parameters
    ----------
    estimators : list of estimators
    n_jobs : int, optional
    columns : list of ndarray of int, optional
        The columns of X that each is given, where X holds kernels between rows.
    """

    def __init__(
        self,
        estimators: list[Any],
        n_jobs: int | None = None,
        columns: list[NDArray[np.intp]] | None = None,
    ) -> None:
        self.estimators = estimators
        self.n_jobs = n_jobs
        self.columns = columns

    def __len__(self) -> int:
        return len(self.estimators)

    def __getitem__(self, index: Any) -> Any:
        return self.estimators[index]

    def _seen(self, j: int, X: Any) -> Any:
        return X if self.columns is None else X[:, self.columns[j]]

    def _asked(self, question: Callable[[Any, Any], Any], X: Any, problems: range) -> list[Any]:
        asked = ((self.estimators[j], self._seen(j, X)) for j in problems)
        return _answers(question, asked, self.n_jobs)

    def _of_all(self, question: Callable[[Any, Any], Any], X: Any) -> NDArray[Any]:
        return np.column_stack(self._asked(question, X, range(len(self))))

    def confidences(self, X: Any) -> Array:
        """Return `confidence` of every model."""
        return np.asarray(self._of_all(confidence, X), dtype=np.float64)

    def positive(self, X: Any) -> NDArray[np.bool_]:
        """Return which models predict the positive class."""
        return self._of_all(_says_positive, X)

    def probabilities(self, X: Any) -> Array:
        """Return each model's probability of its positive class."""
        return np.asarray(self._of_all(_positive_probability, X), dtype=np.float64)

    def pair_totals(self, X: Any) -> PairTotals:
        """Return votes and summed confidences by class: here it is models that go in blocks."""
        n_samples, n_classes = _num_samples(X), n_classes_of_pairs(len(self))
        totals = empty_totals(n_samples, n_classes)
        pairs = np.cumsum([0, *range(n_classes - 1, 0, -1)])
        most = max(1, BLOCK_BYTES // (9 * max(n_samples, 1)))
        begin = 0
        while begin < n_classes - 1:
            end = max(begin + 1, int(np.searchsorted(pairs, pairs[begin] + most, "right")) - 1)
            problems = range(pairs[begin], pairs[end])
            said = self._asked(_vote_and_confidence, X, problems)
            positive = np.stack([one for one, _ in said]).T
            confidences = np.stack([one for _, one in said]).T
            for first in range(begin, end):
                own = slice(pairs[first] - pairs[begin], pairs[first + 1] - pairs[begin])
                add_pairs(totals, first, positive[:, own], confidences[:, own])
            begin = end
        return totals

    def positive_for(self, X: Any, problem: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return whether the one model named for each row predicts the positive class for it."""
        said = np.empty(len(problem), dtype=np.bool_)
        groups = list(rows_by_problem(problem))
        asked = ((self.estimators[j], self._seen(j, X[rows])) for j, rows in groups)
        answers = _answers(_says_positive, asked, self.n_jobs)
        for (_, rows), answer in zip(groups, answers, strict=True):
            said[rows] = answer
        return said


def rows_by_problem(problem: NDArray[np.intp]) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """Yield each problem that occurs, and its rows."""
    if len(problem) == 0:
        return
    order = np.argsort(problem, kind="stable")
    starts = np.flatnonzero(np.diff(problem[order], prepend=-1))
    for start, rows in zip(starts, np.split(order, starts[1:]), strict=True):
        yield int(problem[order[start]]), rows


def _answers(
    question: Callable[[Any, Any], Any], asked: Iterable[tuple[Any, Any]], n_jobs: int | None
) -> list[Any]:
    if effective_n_jobs(n_jobs) == 1:
        return [question(estimator, X) for estimator, X in asked]
    return cast(
        "list[Any]",
        Parallel(n_jobs=n_jobs)(delayed(question)(estimator, X) for estimator, X in asked),
    )


def _vote_and_confidence(estimator: Any, X: Any) -> tuple[NDArray[np.bool_], Array]:
    return _says_positive(estimator, X), confidence(estimator, X)


def _says_positive(estimator: Any, X: Any) -> NDArray[np.bool_]:
    # Labels are 1 and 0 or 1 and -1; a regressor's values lie about them.
    return np.asarray(np.ravel(estimator.predict(X)) > 0.5, dtype=np.bool_)


def _positive_probability(estimator: Any, X: Any) -> Array:
    return np.asarray(estimator.predict_proba(X)[:, 1])
