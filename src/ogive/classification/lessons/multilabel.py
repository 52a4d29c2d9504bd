"""The same rows labelled with exactly one class, and with any number of labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import issparse
from sklearn.base import clone
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils import _safe_indexing
from sklearn.utils.validation import _num_samples

from ogive.classification.labels.label_matrix import checked_flags, column_names, column_of_class
from ogive.classification.labels.labels import checked_labels
from ogive.classification.logistic import LogisticRegression
from ogive.classification.one_vs_rest import OneVsRestClassifier
from ogive.text import Language, default_language

if TYPE_CHECKING:
    import polars as pl

__all__ = ["BothLabellings", "Labelling", "label_both_ways"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

LEAST_THRESHOLD = 1e-6


@dataclass(frozen=True, eq=False)
class Labelling:
    """The labels that a model gives to rows, beside those that they have.

    Attributes
    ----------
    true, given : ndarray of bool of shape (n_samples, n_labels)
    probabilities : ndarray of shape (n_samples, n_labels)
    """

    true: Flags
    given: Flags
    probabilities: Array

    @property
    def per_row(self) -> NDArray[np.int64]:
        """Number of labels given, by row."""
        return np.asarray(self.given.sum(axis=1), dtype=np.int64)

    @property
    def sums(self) -> Array:
        """Sum of the probabilities, by row."""
        return np.asarray(self.probabilities.sum(axis=1), dtype=np.float64)

    @property
    def subset_accuracy(self) -> float:
        """Share of rows with all labels right."""
        return float((self.true == self.given).all(axis=1).mean())

    @property
    def hamming_loss(self) -> float:
        """Share of wrong entries, over rows and labels."""
        return float((self.true != self.given).mean())

    @property
    def missed(self) -> int:
        """Number of labels that rows have and are not given."""
        return int((self.true & ~self.given).sum())

    @property
    def precision(self) -> Array:
        """Share of those given a label that have it, by label; NaN where it is never given."""
        return _quotient((self.true & self.given).sum(axis=0), self.given.sum(axis=0))

    @property
    def recall(self) -> Array:
        """Share of those with a label that are given it, by label; NaN where no row has it."""
        return _quotient((self.true & self.given).sum(axis=0), self.true.sum(axis=0))


@dataclass(frozen=True, eq=False)
class BothLabellings:
    """Multi-class beside multi-label, judged by rows that neither was fitted to.

    Attributes
    ----------
    labels : tuple of str
    softmax, logistic : estimator
        Fitted to one class for each row, and to any number of labels.
    n_train : int
        Rows that they were fitted to.
    rows : ndarray of int of shape (n_test,)
        Which rows they are judged by.
    accuracy : float
        How often softmax finds the one class.
    one : Labelling
        That class taken for the only label of a row.
    above : Labelling
        All labels whose softmax probability is above `threshold`.
    threshold : float
        That with which most rows of the fit have all labels right.
    many : Labelling
        All labels whose own logistic probability is above one half.
    astray : int
        Rows, of all, whose one class is not among their labels.
    """

    labels: tuple[str, ...]
    softmax: Any
    logistic: Any
    n_train: int
    rows: NDArray[np.intp]
    accuracy: float
    one: Labelling
    above: Labelling
    threshold: float
    many: Labelling
    astray: int

    @property
    def labels_per_row(self) -> NDArray[np.int64]:
        """Number of labels that each row has."""
        return np.asarray(self.many.true.sum(axis=1), dtype=np.int64)

    @property
    def forced(self) -> int:
        """Number of labels that a single class for each row leaves out however right it is."""
        return int(np.maximum(self.labels_per_row - 1, 0).sum())

    def example(self) -> int | None:
        """Return the place in `rows` of one with most labels, all found by the logistic models."""
        right = np.flatnonzero((self.many.true == self.many.given).all(axis=1))
        right = right[self.labels_per_row[right] > 1]
        return int(right[np.argmax(self.labels_per_row[right])]) if right.size else None

    def to_polars(self) -> pl.DataFrame:
        """Return a data frame of a row for each label; what is undefined is null."""
        import polars as pl

        columns: dict[str, Any] = {
            "label": list(self.labels),
            "rows": self.many.true.sum(axis=0).astype(np.int64),
        }
        for name in ("one", "above", "many"):
            labelling = getattr(self, name)
            columns[f"{name}_precision"] = labelling.precision
            columns[f"{name}_recall"] = labelling.recall
        return pl.DataFrame(columns).with_columns(pl.col(pl.Float64).fill_nan(None))

    def text(self, language: Language | None = None) -> str:
        """Return a table with an explanation."""
        from ogive.classification.lessons.multilabel_texts import as_text

        return as_text(self, language or default_language())

    def html(self, language: Language | None = None) -> str:
        """Return table and explanation as a fragment of HTML."""
        from ogive.classification.lessons.multilabel_texts import as_html

        return as_html(self, language or default_language())

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()


def label_both_ways(
    X: Any,
    one: Any,
    many: Any,
    *,
    names: Sequence[str] | None = None,
    estimator: Any = None,
    test_size: float = 0.25,
    random_state: Any = 0,
) -> BothLabellings:
    """Fit softmax to one class for each row, logistic regression to each label, and compare.

    A multi-class sample has exactly one class, and the probabilities of softmax share a sum of 1.
    Multi-label is another task: one picture can be sky and trees and water, and each label has a
    probability of its own.

    Parameters
    ----------
    X : array-like, sparse matrix or data frame of shape (n_samples, n_features)
    one : array-like of shape (n_samples,)
        The class of each row.
    many : array-like, sparse matrix or data frame of shape (n_samples, n_labels)
        1 where a row has a label, otherwise 0.
    names : sequence of str, optional
        The class that each column of `many` stands for. None for the names of the columns of a
        data frame, otherwise the classes in ascending order.
    estimator : estimator, optional
        Takes many classes at once, and two. None for `ogive.LogisticRegression` of standardised
        features.
    test_size : float, default=0.25
        Share of rows that are kept to judge by.
    random_state : int, RandomState instance or None, default=0
        Which rows these are.

    Returns
    -------
    BothLabellings

    Raises
    ------
    InputError
        Where `one` or `many` cannot be used, are not of the length of X, or where a class has no
        column of its name.
    """
    n_samples = _num_samples(X)
    found = checked_labels(one, n_samples)
    flags = checked_flags(many, n_samples)
    labels = column_names(many, names, found.classes, flags.shape[1])
    place = column_of_class(found.classes, labels)
    of_row = place[found.index]
    rare = np.bincount(found.index).min() < 2
    train, test = train_test_split(
        np.arange(n_samples),
        test_size=test_size,
        random_state=random_state,
        stratify=None if rare else found.index,
    )
    estimator = _default(X) if estimator is None else estimator
    fit_X, test_X = _safe_indexing(X, train), _safe_indexing(X, test)
    softmax = clone(estimator).fit(fit_X, of_row[train])
    logistic = OneVsRestClassifier(estimator).fit(fit_X, flags[train].astype(np.int64))

    shape = len(labels)
    shares = _spread(softmax, test_X, shape)
    chosen = softmax.predict(test_X)
    threshold = _best_threshold(_spread(softmax, fit_X, shape), flags[train])
    true = flags[test]
    return BothLabellings(
        labels=labels,
        softmax=softmax,
        logistic=logistic,
        n_train=len(train),
        rows=test,
        accuracy=float((chosen == of_row[test]).mean()),
        one=Labelling(true, np.eye(shape, dtype=np.bool_)[chosen], shares),
        above=Labelling(true, shares > threshold, shares),
        threshold=threshold,
        many=Labelling(
            true, logistic.predict(test_X).astype(np.bool_), logistic.predict_proba(test_X)
        ),
        astray=int((~flags[np.arange(n_samples), of_row]).sum()),
    )


def _default(X: Any) -> Any:
    # Centred, sparse features would not be sparse any more.
    return make_pipeline(StandardScaler(with_mean=not issparse(X)), LogisticRegression())


def _spread(softmax: Any, X: Any, n_labels: int) -> Array:
    """Return probabilities by label; a label that is the class of no row has 0."""
    spread = np.zeros((_num_samples(X), n_labels))
    spread[:, softmax.classes_] = softmax.predict_proba(X)
    return spread


def _best_threshold(shares: Array, true: Flags) -> float:
    candidates = np.geomspace(LEAST_THRESHOLD, 0.5, 100)
    right = [((shares > candidate) == true).all(axis=1).mean() for candidate in candidates]
    return float(candidates[int(np.argmax(right))])


def _quotient(part: NDArray[Any], whole: NDArray[Any]) -> Array:
    found: Array = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
    return found
