"""OneVsOneClassifier."""

from __future__ import annotations

from collections.abc import Callable
from numbers import Integral, Real
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from sklearn.base import (
    BaseEstimator,
    ClassifierMixin,
    MetaEstimatorMixin,
    _fit_context,
    is_regressor,
)
from sklearn.utils._param_validation import HasMethods, Interval, StrOptions
from sklearn.utils._tags import get_tags
from sklearn.utils.metadata_routing import (
    MetadataRouter,
    MethodMapping,
    _raise_for_params,
    process_routing,
)
from sklearn.utils.metaestimators import available_if
from sklearn.utils.validation import check_is_fitted, validate_data

from ogive.classification.labels.labels import checked_labels
from ogive.classification.pairs.coupling import coupled_probabilities
from ogive.classification.pairs.cycles import Cycles, find_cycles
from ogive.classification.pairs.elimination import eliminate
from ogive.classification.pairs.pair_memory import check_pairs
from ogive.classification.pairs.pairs import begin_pairs, partial_fit_pairs, rows_of_pairs
from ogive.classification.pairs.vote_table import VoteTable, build_vote_table
from ogive.classification.problems import Problems, fit_problems
from ogive.classification.problems.models import BinaryModels, EstimatorModels, threshold
from ogive.text import InputError, Text

__all__ = ["OneVsOneClassifier"]

Array = NDArray[np.float64]

_SINGLE = Text(
    ". OneVsOneClassifier can not be fit when only one class is present",
    "。只有一个类别时无法拟合 OneVsOneClassifier",
)


def _inner_has(name: str) -> Callable[[Any], bool]:
    """Return whether the estimators inside have a method, for `available_if`."""

    def check(self: Any) -> bool:
        getattr(self.estimators_[0] if hasattr(self, "estimators_") else self.estimator, name)
        return True

    return check


class OneVsOneClassifier(
    MetaEstimatorMixin,  # type: ignore[misc]
    ClassifierMixin,  # type: ignore[misc]
    BaseEstimator,  # type: ignore[misc]
):
    """Many classes by a two-class model for each pair of them.

    N classes make N (N - 1) / 2 models, each of which learns from the rows of its two classes only.
    It takes the parameters of scikit-learn's classifier of the same name, and has its attributes.

    Parameters
    ----------
    estimator : estimator
        A classifier or regressor of any kind. The models of a LogisticRegression, LinearRegression
        or MLPClassifier of this package are fitted all together over shared rows.
    n_jobs : int, optional
        Models that are fitted and asked at the same time, -1 for one on each core.
    decision : {"vote", "elimination"}, default="vote"
        "vote" asks all models, and takes the class with the most votes, among several the one with
        the largest sum of confidences. "elimination" asks N - 1 models for each row: the winner of
        the first two classes is set against the third, and so on. `predict_proba` is the same for
        both: its most probable class need not be the one that is predicted.
    max_memory : float, optional
        Bytes that the models may take; more classes than fit are refused. None for half of what is
        free, at most 4 GB.

    Attributes
    ----------
    classes_ : ndarray of shape (n_classes,)
    n_classes_ : int
    estimators_ : sequence of N (N - 1) / 2 estimators
        In the order of `pairs_`; the first class of a pair is their 0, the second their 1.
    pairs_ : ndarray of shape (N (N - 1) / 2, 2), int32
        Places in `classes_`: (0, 1), (0, 2), ..., (1, 2), ....
    pairwise_indices_ : list of ndarray of int, or None
        The rows of each model, where X holds kernels between rows.
    n_features_in_ : int
    feature_names_in_ : ndarray of str
        Where the columns have names.

    Notes
    -----
    Votes and scores are those of scikit-learn, save with a regressor inside: it votes for the class
    whose number, 0 or 1, its prediction is nearer to, and its confidence is the prediction less
    1/2. In scikit-learn it has no vote unless its prediction is exactly 0 or 1, and confidences of
    0 and 1 that favour the later classes, so that the last of them wins nearly always.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.svm import LinearSVC
    >>> from ogive import OneVsOneClassifier
    >>> X, y = load_iris(return_X_y=True)
    >>> model = OneVsOneClassifier(LinearSVC(random_state=0)).fit(X, y)
    >>> model.votes(X[[0, 60]])
    array([[2, 1, 0],
           [0, 2, 1]], dtype=int32)
    """

    _parameter_constraints: ClassVar[dict[str, list[Any]]] = {
        "estimator": [HasMethods(["fit"])],
        "n_jobs": [Integral, None],
        "decision": [StrOptions({"vote", "elimination"})],
        "max_memory": [None, Interval(Real, 0, None, closed="neither")],
    }
    classes_: NDArray[Any]

    def __init__(
        self,
        estimator: Any,
        *,
        n_jobs: int | None = None,
        decision: str = "vote",
        max_memory: float | None = None,
    ) -> None:
        self.estimator = estimator
        self.n_jobs = n_jobs
        self.decision = decision
        self.max_memory = max_memory

    @property
    def n_classes_(self) -> int:
        """Number of classes."""
        return len(self.classes_)

    @property
    def pairs_(self) -> NDArray[np.int32]:
        """The two classes of each model, as places in `classes_`."""
        pairs: NDArray[np.int32] = Problems.pairs(self.n_classes_).members.reshape(-1, 2)
        return pairs

    @_fit_context(prefer_skip_nested_validation=False)  # type: ignore[untyped-decorator]
    def fit(self, X: Any, y: Any, **fit_params: Any) -> Any:
        """Fit a model to each pair of classes.

        Parameters
        ----------
        X : {array-like, sparse matrix} of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
            Classes: whole numbers, truth values or text.
        **fit_params : dict
            For the estimators' ``fit``, with scikit-learn's metadata routing; arrays with one item
            for each row are cut to the rows of each pair.

        Returns
        -------
        self : OneVsOneClassifier

        Raises
        ------
        InputError
            Where there is one class only, where classes are missing, of mixed type or measurements,
            and where the models of all pairs would take more than `max_memory`.
        """
        _raise_for_params(fit_params, self, "fit")
        routed = process_routing(self, "fit", **fit_params)
        if y is None:
            raise InputError(
                "OneVsOneClassifier requires y to be passed, but the target y is None. Give the "
                "class of each row.",
                "OneVsOneClassifier 需要 y，但 y 为 None。请给出每一行的类别。",
            )
        X = validate_data(self, X, accept_sparse=["csr", "csc"], ensure_all_finite=False)
        labels = checked_labels(y, X.shape[0], _SINGLE)
        n_classes = len(labels.classes)
        check_pairs(self.estimator, n_classes, X.shape[1], self.max_memory)
        models = fit_problems(
            self.estimator,
            X,
            labels.index,
            Problems.pairs(n_classes),
            fit_params=routed.estimator.fit,
            n_jobs=self.n_jobs,
        )
        self.classes_ = labels.classes
        self.estimators_: BinaryModels = models
        self.pairwise_indices_: list[NDArray[np.intp]] | None = None
        if self.__sklearn_tags__().input_tags.pairwise:
            self.pairwise_indices_ = rows_of_pairs(labels)
            self.estimators_ = EstimatorModels(list(models), self.n_jobs, self.pairwise_indices_)
        return self

    @available_if(_inner_has("partial_fit"))  # type: ignore[untyped-decorator]
    @_fit_context(prefer_skip_nested_validation=False)  # type: ignore[untyped-decorator]
    def partial_fit(self, X: Any, y: Any, classes: Any = None, **partial_fit_params: Any) -> Any:
        """Go on fitting the models with further rows.

        Parameters
        ----------
        X : {array-like, sparse matrix} of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        classes : array-like of shape (n_classes,), optional
            All classes there will be; has to be given in the first call.
        **partial_fit_params : dict
            For the estimators' ``partial_fit``, as for `fit`.

        Returns
        -------
        self : OneVsOneClassifier

        Raises
        ------
        InputError
            As `fit`, and where y holds a class that is not among those of the first call.
        """
        _raise_for_params(partial_fit_params, self, "partial_fit")
        routed = process_routing(self, "partial_fit", **partial_fit_params)
        first_call = begin_pairs(self, classes)
        X = validate_data(
            self, X, accept_sparse=["csr", "csc"], ensure_all_finite=False, reset=first_call
        )
        if first_call:
            check_pairs(self.estimator, self.n_classes_, X.shape[1], self.max_memory)
        partial_fit_pairs(self, X, y, routed.estimator.partial_fit, first_call)
        self.pairwise_indices_ = None
        return self

    def predict(self, X: Any) -> NDArray[Any]:
        """Predict the class of each row.

        Parameters
        ----------
        X : {array-like, sparse matrix} of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,)
        """
        X = self._checked(X)
        labels: NDArray[Any] = self.classes_[self._winners(X)]
        return labels

    def decision_function(self, X: Any) -> Array:
        r"""Return a score of each class, of which the largest is predicted.

        Parameters
        ----------
        X : {array-like, sparse matrix} of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_classes), or (n_samples,) for two classes
            With ``decision="vote"``, votes plus s / (3 (\|s\| + 1)), s being the sum of
            confidences: it decides ties but never outweighs a vote. With "elimination", how many
            duels had been fought when the class was put out, N - 1 for the winner.
        """
        X = self._checked(X)
        if self.decision == "elimination" and self.n_classes_ > 2:
            rounds = np.empty((X.shape[0], self.n_classes_))
            eliminate(self.estimators_, X, self.n_classes_, rounds)
            return rounds
        scores, _ = self._scores(X)
        return scores[:, 1] if self.n_classes_ == 2 else scores

    def votes(self, X: Any) -> NDArray[np.int32]:
        """Return how many models vote for each class.

        Parameters
        ----------
        X : {array-like, sparse matrix} of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_classes), int32
            Rows sum to N (N - 1) / 2.
        """
        X = self._checked(X)
        return np.ascontiguousarray(self.estimators_.pair_totals(X).votes)

    def cycles(self, X: Any) -> Cycles:
        """Find the rows for which no class wins against every other: A > B, B > C, C > A.

        Parameters
        ----------
        X : {array-like, sparse matrix} of shape (n_samples, n_features)

        Returns
        -------
        Cycles
        """
        X = self._checked(X)
        scores, votes = self._scores(X)
        return find_cycles(self.estimators_, X, votes, scores.argmax(axis=1), self.classes_)

    def vote_table(self, x: Any) -> VoteTable:
        """Return who votes for whom for one sample.

        Parameters
        ----------
        x : array-like of shape (n_features,) or (1, n_features)

        Returns
        -------
        VoteTable

        Raises
        ------
        InputError
            Where there is not exactly one row.
        """
        if not hasattr(x, "shape") or len(x.shape) == 1:
            x = np.atleast_2d(np.asarray(x))
        if x.shape[0] != 1:
            raise InputError(
                f"x must be one sample; got {x.shape[0]} rows. Choose one: vote_table(X[[0]]).",
                f"x 应为一个样本，但得到 {x.shape[0]} 行。请选一行：vote_table(X[[0]])。",
            )
        X = self._checked(x)
        return build_vote_table(
            self.classes_,
            self.pairs_,
            self.estimators_.positive(X)[0],
            self.estimators_.confidences(X)[0] - self._middle(),
            self._scores(X)[0][0],
            self.classes_[self._winners(X)[0]],
            self._threshold(),
        )

    @available_if(_inner_has("predict_proba"))  # type: ignore[untyped-decorator]
    def predict_proba(self, X: Any) -> Array:
        """Return the probability of each class, coupled from those of all pairs.

        Parameters
        ----------
        X : {array-like, sparse matrix} of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_classes)
            Rows sum to 1. The class of the largest need not be the one that `predict` returns,
            neither by vote nor by elimination: `decision` has no effect on probabilities.

        Notes
        -----
        The second method of Wu, Lin and Weng, JMLR 5 (2004), 975-1005; see
        `ogive.classification.couple`.
        """
        X = self._checked(X)
        return coupled_probabilities(self.estimators_, X, X.shape[0])

    def _checked(self, X: Any) -> Any:
        check_is_fitted(self)
        return validate_data(self, X, accept_sparse=["csr"], ensure_all_finite=False, reset=False)

    def _scores(self, X: Any) -> tuple[Array, NDArray[np.int32]]:
        votes, confidences = self.estimators_.pair_totals(X)
        n_classes, middle = self.n_classes_, self._middle()
        if middle:
            confidences += middle * np.arange(n_classes - 1, -n_classes, -2)
        scores: Array = votes + confidences / (3 * (np.abs(confidences) + 1))
        return np.ascontiguousarray(scores), votes

    def _middle(self) -> float:
        # Of the labels that a regressor predicts.
        return 0.5 if is_regressor(self.estimators_[0]) else 0.0

    def _threshold(self) -> float:
        inside = self.estimators_[0]
        return 0.0 if is_regressor(inside) else threshold(inside)

    def _winners(self, X: Any) -> NDArray[np.intp]:
        if self.decision == "elimination" and self.n_classes_ > 2:
            return eliminate(self.estimators_, X, self.n_classes_)
        scores, _ = self._scores(X)
        if self.n_classes_ == 2:
            return np.asarray(scores[:, 1] > self._threshold(), dtype=np.intp)
        return np.asarray(scores.argmax(axis=1), dtype=np.intp)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        inner = get_tags(self.estimator).input_tags
        for name in ("pairwise", "sparse", "allow_nan"):
            setattr(tags.input_tags, name, getattr(inner, name))
        return tags

    def get_metadata_routing(self) -> Any:
        """Return how metadata are passed on: those of ``fit`` and ``partial_fit`` go inside."""
        mapping = MethodMapping().add(caller="fit", callee="fit")
        mapping = mapping.add(caller="partial_fit", callee="partial_fit")
        router = MetadataRouter(owner=self).add_self_request(self)
        return router.add(estimator=self.estimator, method_mapping=mapping)
