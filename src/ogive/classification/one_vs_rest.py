"""OneVsRestClassifier."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from numbers import Integral
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import (
    BaseEstimator,
    ClassifierMixin,
    MetaEstimatorMixin,
    MultiOutputMixin,
    _fit_context,
    clone,
)
from sklearn.preprocessing import LabelBinarizer
from sklearn.utils import _safe_indexing
from sklearn.utils._param_validation import HasMethods
from sklearn.utils._tags import get_tags
from sklearn.utils.metadata_routing import (
    MetadataRouter,
    MethodMapping,
    _raise_for_params,
    process_routing,
)
from sklearn.utils.metaestimators import available_if
from sklearn.utils.multiclass import _check_partial_fit_first_call
from sklearn.utils.parallel import Parallel, delayed
from sklearn.utils.validation import _num_samples, check_is_fitted

from ogive.classification.labels.batch_labels import refuse_unseen
from ogive.classification.labels.label_matrix import checked_indicator, is_matrix
from ogive.classification.labels.labels import checked_labels, refuse_single
from ogive.classification.problems import EstimatorModels, Problems, fit_problems
from ogive.classification.problems.models import threshold
from ogive.classification.rest.distributions import normalised
from ogive.classification.rest.label_columns import ConstantModel, columns_of, fit_columns
from ogive.classification.rest.regions import Regions, regions_of
from ogive.text import InputError

__all__ = ["OneVsRestClassifier"]

Array = NDArray[np.float64]

AT_ONCE = 1 << 24
"""No more confidences than this are held at a time while rows are predicted."""


def _inside_has(name: str) -> Callable[[OneVsRestClassifier], bool]:
    def check(model: OneVsRestClassifier) -> bool:
        inside = model._telling_model() if hasattr(model, "estimators_") else model.estimator
        getattr(inside, name)  # its own AttributeError is the one to be seen
        return True

    return check


class OneVsRestClassifier(
    MultiOutputMixin,  # type: ignore[misc]
    ClassifierMixin,  # type: ignore[misc]
    MetaEstimatorMixin,  # type: ignore[misc]
    BaseEstimator,  # type: ignore[misc]
):
    """Many classes as two-class problems: each class against all the others.

    It takes the place of scikit-learn's class of the same name. N classes need N classifiers, and
    the most confident of them decides. With a matrix of labels in place of classes, each column is
    a problem of its own, and a row may have any number of labels.

    Parameters
    ----------
    estimator : estimator object
        A clone of it is fitted to each problem. Of a classifier the decision function tells how
        confident it is, or else the probability; of a regressor, the prediction.
    n_jobs : int, optional
        Problems solved, and models asked, at the same time by joblib; -1 for all cores.
    verbose : int, default=0
        From 1 on joblib reports progress.

    Attributes
    ----------
    estimators_ : BinaryModels
        A sequence of one fitted estimator for each class or label, and of only one, for the second
        class, where there are two classes.
    classes_ : ndarray of shape (n_classes,)
        Numbers of the columns where y is a matrix of labels.
    label_binarizer_ : LabelBinarizer
        Turns classes to columns and back.
    n_features_in_, feature_names_in_
        Those of the estimators, where they have them.

    See Also
    --------
    regions : Where no classifier says yes, or several do.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.linear_model import LogisticRegression
    >>> from ogive.classification.one_vs_rest import OneVsRestClassifier
    >>> X, y = load_iris(return_X_y=True)
    >>> model = OneVsRestClassifier(LogisticRegression()).fit(X, y)
    >>> len(model.estimators_), model.predict(X[[0, 60, 120]])
    (3, array([0, 1, 2]))
    """

    _parameter_constraints: ClassVar[dict[str, list[Any]]] = {
        "estimator": [HasMethods(["fit"])],
        "n_jobs": [Integral, None],
        "verbose": ["verbose"],
    }

    def __init__(self, estimator: Any, *, n_jobs: int | None = None, verbose: int = 0) -> None:
        self.estimator = estimator
        self.n_jobs = n_jobs
        self.verbose = verbose

    @_fit_context(prefer_skip_nested_validation=False)  # type: ignore[untyped-decorator]
    def fit(self, X: Any, y: Any, **fit_params: Any) -> OneVsRestClassifier:
        """Fit one classifier to each class, or to each label.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
            Whatever the estimator takes.
        y : array-like of shape (n_samples,), or of shape (n_samples, n_labels), dense or sparse
            One class for each row, or 1 where a row has a label and otherwise 0.
        **fit_params : dict
            For ``estimator.fit``, with scikit-learn's metadata routing enabled.

        Returns
        -------
        OneVsRestClassifier
            Itself.

        Raises
        ------
        InputError
            Where y has missing values, labels of mixed type, only one class, or neither classes
            nor labels.
        """
        _raise_for_params(fit_params, self, "fit")
        inner = process_routing(self, "fit", **fit_params).estimator.fit
        binarizer = LabelBinarizer(sparse_output=True)
        if is_matrix(y):
            Y = binarizer.fit_transform(checked_indicator(y))
            self.estimators_ = fit_columns(
                self.estimator,
                X,
                Y,
                names=binarizer.classes_.tolist(),
                fit_params=inner,
                n_jobs=self.n_jobs,
                verbose=self.verbose,
            )
        else:
            labels = checked_labels(y, _num_samples(X))
            binarizer.fit(labels.classes)
            self.estimators_ = fit_problems(
                self.estimator,
                X,
                labels.index,
                _against_rest(len(labels.classes)),
                fit_params=inner,
                n_jobs=self.n_jobs,
                verbose=self.verbose,
            )
        self.label_binarizer_ = binarizer
        self.classes_ = binarizer.classes_
        self._note_features()
        return self

    @available_if(_inside_has("partial_fit"))  # type: ignore[untyped-decorator]
    @_fit_context(prefer_skip_nested_validation=False)  # type: ignore[untyped-decorator]
    def partial_fit(
        self, X: Any, y: Any, classes: Any = None, **partial_fit_params: Any
    ) -> OneVsRestClassifier:
        """Go on with some more rows.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,), or of shape (n_samples, n_labels), dense or sparse
        classes : array-like of shape (n_classes,), optional
            All classes there will be, or numbers of the labels; needed in the first call only.
        **partial_fit_params : dict
            For ``estimator.partial_fit``, with scikit-learn's metadata routing enabled.

        Returns
        -------
        OneVsRestClassifier
            Itself.
        """
        _raise_for_params(partial_fit_params, self, "partial_fit")
        inner = process_routing(self, "partial_fit", **partial_fit_params).estimator.partial_fit
        many = is_matrix(y)
        y = checked_indicator(y) if many else y
        if _check_partial_fit_first_call(self, classes):
            models = self._announced(y, many)
        else:
            models = list(self.estimators_)
            if not many:
                refuse_unseen(y, self.classes_)
        columns = columns_of(self.label_binarizer_.transform(y))
        fitted = Parallel(n_jobs=self.n_jobs)(
            delayed(_partial_fit_one)(model, X, column, inner)
            for model, column in zip(models, columns, strict=True)
        )
        self.estimators_ = EstimatorModels(fitted, self.n_jobs)
        self._note_features()
        return self

    def predict(self, X: Any) -> Any:
        """Predict the class of each row, or its labels.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,), or (n_samples, n_labels), sparse where y was sparse
            The class with the highest confidence, the first of those where several have it; or 1
            for each label whose classifier says yes.
        """
        check_is_fitted(self)
        limit = threshold(self._telling_model())
        if self.multilabel_:
            parts = [
                sparse.csr_array((found > limit).astype(np.int64))
                for found in self._confidences_by_block(X)
            ]
            return self.label_binarizer_.inverse_transform(sparse.vstack(parts, format="csc"))
        chosen = [
            (found[:, 0] > limit).astype(np.intp)
            if found.shape[1] == 1
            else np.argmax(found, axis=1)
            for found in self._confidences_by_block(X)
        ]
        return self.classes_[np.concatenate(chosen)]

    @available_if(_inside_has("predict_proba"))  # type: ignore[untyped-decorator]
    def predict_proba(self, X: Any) -> Array:
        """Return the probability of each class, or of each label.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_classes)
            Of classes each row sums to 1: the probabilities of each class against the rest are
            divided by their sum, and where all of them are 0 their logarithms, or else the decision
            values, are normalised; see `ogive.classification.rest.distributions.normalised`. Labels
            do not exclude one another, and their probabilities stand as they are.
        """
        check_is_fitted(self)
        found = self.estimators_.probabilities(X)
        if self.multilabel_:
            return found
        if found.shape[1] == 1:
            return np.column_stack([1.0 - found[:, 0], found[:, 0]])
        return normalised(found, self.estimators_, X)

    @available_if(_inside_has("decision_function"))  # type: ignore[untyped-decorator]
    def decision_function(self, X: Any) -> Array:
        """Return how far each classifier is for its class, or label.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_classes), or (n_samples,) for two classes
        """
        check_is_fitted(self)
        if len(self.estimators_) == 1:
            return self.estimators_[0].decision_function(X)  # type: ignore[no-any-return]
        return self.estimators_.confidences(X)

    def regions(self, X: Any, y: Any = None) -> Regions:
        """Tell in which rows exactly one classifier says yes, none does, or several do.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,), optional
            The classes, to count how often the decision is right in each region.

        Returns
        -------
        Regions

        Raises
        ------
        InputError
            After a fit to a matrix of labels, where any number of yes is an answer.
        """
        check_is_fitted(self)
        if self.multilabel_:
            raise InputError(
                "regions() asks whether exactly one class says yes; this model was fitted to a "
                "matrix of labels, where any number may. Fit it to one class for each row.",
                "regions() 检查是否恰好有一个类别回答“是”；而此模型按多标签矩阵拟合，"
                "任意个数都可以。请用每行一个类别的 y 拟合。",
            )
        limit = threshold(self._telling_model())
        return regions_of(self._confidences_by_block(X), limit, self.classes_, y)

    @property
    def multilabel_(self) -> bool:
        """Whether y was a matrix of labels."""
        return bool(self.label_binarizer_.y_type_.startswith("multilabel"))

    @property
    def n_classes_(self) -> int:
        """Number of classes, or labels."""
        return len(self.classes_)

    def get_metadata_routing(self) -> MetadataRouter:
        """Return how metadata are routed to the estimator."""
        calls = MethodMapping().add(caller="fit", callee="fit")
        calls.add(caller="partial_fit", callee="partial_fit")
        router = MetadataRouter(owner=self).add_self_request(self)
        return router.add(estimator=self.estimator, method_mapping=calls)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        inside = get_tags(self.estimator).input_tags
        tags.input_tags.pairwise = inside.pairwise
        tags.input_tags.sparse = inside.sparse
        return tags

    def _telling_model(self) -> Any:
        """Return a model that is of the estimator's kind, if there is one."""
        for j in range(len(self.estimators_)):
            if not isinstance(self.estimators_[j], ConstantModel):
                return self.estimators_[j]
        return self.estimators_[0]

    def _confidences_by_block(self, X: Any) -> Iterator[Array]:
        n_samples = _num_samples(X)
        step = max(AT_ONCE // len(self.estimators_), 1)
        if n_samples <= step:
            yield self.estimators_.confidences(X)
            return
        for first in range(0, n_samples, step):
            part = _safe_indexing(X, slice(first, first + step))
            yield self.estimators_.confidences(part)

    def _note_features(self) -> None:
        first = self.estimators_[0]
        for name in ("n_features_in_", "feature_names_in_"):
            if hasattr(first, name):
                setattr(self, name, getattr(first, name))

    def _announced(self, y: Any, many: bool) -> list[Any]:
        """Return unfitted models for the classes of the first call of partial_fit."""
        classes = self.classes_
        del self.classes_  # a call that is refused must not count as the first
        if many and len(classes) != y.shape[1]:
            raise InputError(
                f"classes names {len(classes)} labels, and y has {y.shape[1]} columns. Give the "
                f"numbers of the columns: classes=range({y.shape[1]}).",
                f"classes 列出了 {len(classes)} 个标签，而 y 有 {y.shape[1]} 列。"
                f"请给出各列的编号：classes=range({y.shape[1]})。",
            )
        if len(classes) < 2:
            refuse_single(classes[0], " in classes", "（见 classes）")
        if not many:
            refuse_unseen(y, classes)
        self.label_binarizer_ = LabelBinarizer(sparse_output=True).fit(y if many else classes)
        self.classes_ = classes
        count = len(classes) if many or len(classes) > 2 else 1
        return [clone(self.estimator) for _ in range(count)]


def _against_rest(n_classes: int) -> Problems:
    if n_classes > 2:
        return Problems.against_rest(n_classes)
    return Problems.code_book(np.array([[-1], [1]], dtype=np.int8))


def _partial_fit_one(model: Any, X: Any, column: NDArray[Any], params: dict[str, Any]) -> Any:
    return model.partial_fit(X, column, classes=np.array([0, 1]), **params)
