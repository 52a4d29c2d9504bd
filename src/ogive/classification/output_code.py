"""OutputCodeClassifier."""

from __future__ import annotations

from collections.abc import Iterator
from numbers import Integral, Real
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import softmax
from sklearn.base import (
    BaseEstimator,
    ClassifierMixin,
    MetaEstimatorMixin,
    _fit_context,
)
from sklearn.utils import _safe_indexing, check_random_state
from sklearn.utils._param_validation import HasMethods, Interval
from sklearn.utils._tags import get_tags
from sklearn.utils.metadata_routing import (
    MetadataRouter,
    MethodMapping,
    _raise_for_params,
    process_routing,
)
from sklearn.utils.metaestimators import available_if
from sklearn.utils.validation import _num_samples, check_is_fitted

from ogive.classification.codes.code_books import code_book_and_repair
from ogive.classification.codes.code_quality import CodeQuality, quality_of
from ogive.classification.codes.code_scores import (
    check_decoding,
    check_estimator,
    log_likelihoods_of,
    scores_of,
)
from ogive.classification.codes.decoded_row import DecodedRow, explain_row
from ogive.classification.codes.losses import natural_loss
from ogive.classification.labels.labels import checked_labels
from ogive.classification.problems import Problems, fit_problems
from ogive.text import Text

__all__ = ["OutputCodeClassifier"]

Array = NDArray[np.float64]

AT_ONCE = 1 << 24
"""No more confidences than this are held at a time while rows are decoded."""


def _inside_has_probabilities(model: OutputCodeClassifier) -> bool:
    inner = model.estimators_[0] if hasattr(model, "estimators_") else model.estimator
    _ = inner.predict_proba  # its own AttributeError is the one to be seen
    return True


class OutputCodeClassifier(
    MetaEstimatorMixin,  # type: ignore[misc]
    ClassifierMixin,  # type: ignore[misc]
    BaseEstimator,  # type: ignore[misc]
):
    """Many classes as two-class problems by code words: many classes against many.

    It takes the place of scikit-learn's class of the same name. Each class has a code word, a row
    of the code book; each column is a two-class problem between the classes on its two sides. Of
    the answers of all models, the class with the nearest code word is predicted, so that some may
    be wrong where code words are far apart.

    Parameters
    ----------
    estimator : estimator object
        A clone of it is fitted to each problem. It has a decision function, or probabilities, or
        is a regressor.
    code_size : float, default=1.5
        Number of problems by class, for the code books "random" and "optimised", rounded down;
        "bch" takes the next length there is. Without effect for others.
    code_book : str, array-like of shape (n_classes, n_problems) or list of str, default="random"
        "random" is scikit-learn's of the same `random_state`, repaired where rows are equal, and
        columns are constant, equal or opposite. "exhaustive" has every column there is, for up to
        11 classes. "bch" has words of a BCH code. "optimised" is found by a search for rows and
        columns that are far apart. "one_vs_rest" and "one_vs_one" are those reductions as codes.
        A table has a row for each class, in the order of `classes_`, of 0 and 1, of -1 and 1, or
        of -1, 0 and 1, where classes of 0 take no part in the problem. Strings such as
        ``["AB|CD", "AC|BD"]`` name the positive classes, then the negative ones, of each problem.
    decoding : str, default="euclidean"
        "euclidean" takes the code word nearest to the confidences, as scikit-learn does; in code
        books with zeros it takes ``tanh(f / 2)`` of confidences f to be between -1 and 1. "hamming"
        counts answers that differ. "loss" adds up the loss that the estimator makes small:
        "exponential_loss", "hinge_loss", "logistic_loss", "squared_loss" or "squared_hinge_loss",
        which can be asked for by name too. "probabilistic" takes the code word of highest
        likelihood; the estimator needs `predict_proba`.
    random_state : int, RandomState instance or None, default=None
        For the code books "random", "bch" and "optimised".
    n_jobs : int, optional
        Problems solved, and models asked, at the same time by joblib; -1 for all cores.

    Attributes
    ----------
    estimators_ : BinaryModels
        A sequence of one fitted estimator for each problem.
    classes_ : ndarray of shape (n_classes,)
    code_book_ : ndarray of int8 of shape (n_classes, n_problems)
        Of -1, 0 and 1. (scikit-learn writes 0 for -1 where the estimator has no decision function.)
    code_repaired_ : bool
        Whether the code book "random" is not the one that scikit-learn draws with the same
        `random_state`, which has equal rows, or columns that are constant, equal or opposite. With
        up to 6 classes and the default `code_size` that is so in more than 8 of 10 draws, with 10
        classes in 2, from 15 on in hardly any. False for other code books.
    n_features_in_, feature_names_in_
        Those of the estimators, where they have them.

    See Also
    --------
    code_quality : How many wrong answers the code book corrects.
    explain_row : Answers, distances and winner for one row.

    References
    ----------
    Dietterich and Bakiri (1995), "Solving multiclass learning problems via error-correcting output
    codes". Allwein, Schapire and Singer (2000), "Reducing multiclass to binary".

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.linear_model import LogisticRegression
    >>> from ogive.classification.output_code import OutputCodeClassifier
    >>> X, y = load_iris(return_X_y=True)
    >>> model = OutputCodeClassifier(LogisticRegression(), code_book="exhaustive").fit(X, y)
    >>> model.code_book_.tolist()
    [[1, 1, 1], [-1, -1, 1], [-1, 1, -1]]
    >>> model.predict(X[[0, 60, 120]])
    array([0, 1, 2])
    """

    _parameter_constraints: ClassVar[dict[str, Any]] = {
        "estimator": [
            HasMethods(["fit", "decision_function"]),
            HasMethods(["fit", "predict_proba"]),
            HasMethods(["fit", "predict"]),
        ],
        "code_size": [Interval(Real, 0.0, None, closed="neither")],
        "code_book": "no_validation",
        "decoding": "no_validation",
        "random_state": ["random_state"],
        "n_jobs": [Integral, None],
    }

    def __init__(
        self,
        estimator: Any,
        *,
        code_size: float = 1.5,
        code_book: Any = "random",
        decoding: str = "euclidean",
        random_state: Any = None,
        n_jobs: int | None = None,
    ) -> None:
        self.estimator = estimator
        self.code_size = code_size
        self.code_book = code_book
        self.decoding = decoding
        self.random_state = random_state
        self.n_jobs = n_jobs

    @_fit_context(prefer_skip_nested_validation=False)  # type: ignore[untyped-decorator]
    def fit(self, X: Any, y: Any, **fit_params: Any) -> OutputCodeClassifier:
        """Fit a model to each two-class problem.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
            Two classes or more.
        **fit_params : dict
            For ``estimator.fit``, by metadata routing.

        Returns
        -------
        OutputCodeClassifier
            Itself.

        Raises
        ------
        InputError
            For a single class, missing labels, and code books that cannot tell the classes apart.
        """
        _raise_for_params(fit_params, self, "fit")
        routed = process_routing(self, "fit", **fit_params).estimator.fit
        check_estimator(self.estimator)
        check_decoding(self.decoding, self.estimator)
        single = Text(" (OutputCodeClassifier can not be fit when only one class is present)", "")
        labels = checked_labels(y, _num_samples(X), single)
        code, repaired = code_book_and_repair(
            self.code_book,
            labels.classes,
            code_size=self.code_size,
            random_state=check_random_state(self.random_state),
        )
        if sparse.issparse(X) and (code == 0).any():
            X = X.tocsr()  # other formats give no rows
        self.classes_ = labels.classes
        self.code_book_ = code
        self.code_repaired_ = repaired
        self.estimators_ = fit_problems(
            self.estimator,
            X,
            labels.index,
            Problems.code_book(code),
            fit_params=routed,
            negative=-1 if hasattr(self.estimator, "decision_function") else 0,
            n_jobs=self.n_jobs,
        )
        first = self.estimators_[0]
        for name in ("n_features_in_", "feature_names_in_"):
            if hasattr(first, name):
                setattr(self, name, getattr(first, name))
        return self

    @property
    def decoding_(self) -> str:
        """The decoding used; for "loss", the one of the loss that suits the estimator."""
        if self.decoding != "loss":
            return self.decoding
        return f"{natural_loss(self.estimators_[0])}_loss"

    def predict(self, X: Any) -> NDArray[Any]:
        """Predict the class of each row: the one of the highest score.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,)
        """
        check_is_fitted(self)
        chosen = [np.argmax(self._scores(part), axis=1) for part in self._blocks(X)]
        predicted: NDArray[Any] = self.classes_[np.concatenate(chosen)]
        return predicted

    def decision_function(self, X: Any) -> Array:
        """Return how well each class fits the answers: its score by the decoding.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_classes), or (n_samples,) for two classes
            ``f @ t - |t|^2 / 2`` for confidences f and code word t ("euclidean"), minus the number
            of differing answers ("hamming"), minus the sum of losses, or the log-likelihood. For
            two classes, the second's score less the first's.
        """
        check_is_fitted(self)
        scores = np.concatenate([self._scores(part) for part in self._blocks(X)])
        return scores[:, 1] - scores[:, 0] if len(self.classes_) == 2 else scores

    @available_if(_inside_has_probabilities)  # type: ignore[untyped-decorator]
    def predict_proba(self, X: Any) -> Array:
        """Return the probability of each class, by the likelihood of its code word.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_classes)
            The product of the models' probabilities for the bits of each code word, divided by the
            sum over classes. The most probable class is the one predicted with
            ``decoding="probabilistic"``, and also with "euclidean" and "loss" where the decision
            function is the log odds, as in logistic regression, and the code book has no zeros;
            elsewhere it may be another. For
            "hamming" all answers to a row are taken as equally sure, so that it is the one
            predicted. Answers are taken as independent, which makes the probabilities surer than
            correlated errors allow.
        """
        check_is_fitted(self)
        found = [softmax(self._log_likelihoods(part), axis=1) for part in self._blocks(X)]
        return np.concatenate(found)

    def code_quality(self) -> CodeQuality:
        """Return how far apart code words and problems are, and how many errors are corrected.

        Returns
        -------
        CodeQuality
        """
        check_is_fitted(self)
        names = [str(name) for name in self.classes_]
        # Models that were saved by earlier versions do not know.
        return quality_of(self.code_book_, names, getattr(self, "code_repaired_", False))

    def explain_row(self, x: Any, y: Any = None) -> DecodedRow:
        """Show how one row is decoded: answers, distances, winner, and answers that were corrected.

        Parameters
        ----------
        x : array-like of shape (n_features,) or (1, n_features)
        y : label, optional
            The row's own class, to tell which answers are wrong.

        Returns
        -------
        DecodedRow

        Raises
        ------
        InputError
            For more than one row, and for a class that is none of `classes_`.
        """
        check_is_fitted(self)
        return explain_row(self, x, y)

    def get_metadata_routing(self) -> MetadataRouter:
        """Return how metadata are routed to the estimator."""
        calls = MethodMapping().add(caller="fit", callee="fit")
        return MetadataRouter(owner=self).add(estimator=self.estimator, method_mapping=calls)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = get_tags(self.estimator).input_tags.sparse
        return tags

    def _scores(self, X: Any) -> Array:
        return scores_of(self.estimators_, X, self.code_book_, self.decoding_)

    def _log_likelihoods(self, X: Any) -> Array:
        return log_likelihoods_of(self.estimators_, X, self.code_book_, self.decoding_)

    def _blocks(self, X: Any) -> Iterator[Any]:
        n_samples = _num_samples(X)
        step = max(AT_ONCE // max(self.code_book_.shape), 1)
        if n_samples <= step:
            yield X
            return
        X = X.tocsr() if sparse.issparse(X) else X
        for first in range(0, n_samples, step):
            yield _safe_indexing(X, slice(first, first + step))
