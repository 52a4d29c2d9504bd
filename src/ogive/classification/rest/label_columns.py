"""One two-class model for each column of a matrix of labels."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, clone
from sklearn.utils.parallel import Parallel, delayed
from sklearn.utils.validation import _num_samples, check_is_fitted, validate_data

from ogive.classification.logistic import LogisticRegression
from ogive.classification.problems import BinaryModels, EstimatorModels
from ogive.classification.problems.logistic import fit_logistic_columns

__all__ = ["ConstantModel", "columns_of", "fit_columns"]


def fit_columns(
    estimator: Any,
    X: Any,
    Y: Any,
    *,
    names: Sequence[Any],
    fit_params: dict[str, Any] | None = None,
    n_jobs: int | None = None,
    verbose: int = 0,
) -> BinaryModels:
    """Fit a clone of an estimator to each column of a matrix of labels.

    Columns of our LogisticRegression are solved together, over rows that they share.

    Parameters
    ----------
    estimator : estimator
    X : array-like or sparse matrix of shape (n_samples, n_features)
    Y : ndarray or sparse matrix of shape (n_samples, n_labels)
        1 where a row has a label, otherwise 0.
    names : sequence of n_labels
        What the labels are called, for warnings.
    fit_params : dict, optional
        For ``estimator.fit``.
    n_jobs : int, optional
    verbose : int, default=0

    Returns
    -------
    BinaryModels
        A column that is the same in every row has a `ConstantModel`.

    Warns
    -----
    UserWarning
        For each column that is the same in every row.
    """
    fit_params = fit_params or {}
    varying = _varying(Y)
    constant = {j: _constant(X, Y, j, names[j]) for j in np.flatnonzero(~varying).tolist()}
    some = Y[:, np.flatnonzero(varying)]
    models: BinaryModels | None = None
    if varying.any() and type(estimator) is LogisticRegression:
        models = fit_logistic_columns(estimator, X, _sides(some), fit_params, n_jobs)
    if models is None:
        fitted = Parallel(n_jobs=n_jobs, verbose=verbose)(
            delayed(_fit_one)(estimator, X, column, fit_params) for column in columns_of(some)
        )
        models = EstimatorModels(fitted, n_jobs)
    if not constant:
        return models
    rest = iter(models)
    together = [constant[j] if j in constant else next(rest) for j in range(len(varying))]
    return EstimatorModels(together, n_jobs)


def columns_of(Y: Any) -> Iterator[NDArray[Any]]:
    """Yield each column of a dense or sparse matrix as a dense array of shape (n_samples,)."""
    if not sparse.issparse(Y):
        yield from np.asarray(Y).T
        return
    by_column = Y.tocsc()
    for j in range(by_column.shape[1]):
        yield by_column[:, [j]].toarray().ravel()


def _fit_one(estimator: Any, X: Any, column: NDArray[Any], fit_params: dict[str, Any]) -> Any:
    return clone(estimator).fit(X, column, **fit_params)


def _varying(Y: Any) -> NDArray[np.bool_]:
    ones = np.asarray(Y.sum(axis=0)).ravel()
    return np.asarray((ones > 0) & (ones < Y.shape[0]), dtype=np.bool_)


def _sides(Y: Any) -> NDArray[np.int8]:
    by_label = Y.T.toarray() if sparse.issparse(Y) else np.asarray(Y).T
    sides: NDArray[np.int8] = np.where(by_label > 0, 1, -1).astype(np.int8)
    return sides


def _constant(X: Any, Y: Any, j: int, name: Any) -> ConstantModel:
    column = next(columns_of(Y[:, [j]]))
    everywhere = bool(column[0])
    label = name if everywhere else f"not {name}"
    warnings.warn(
        f"Label {label} is present in all training examples: there is nothing to learn, and every "
        f"row will be predicted {'with' if everywhere else 'without'} the label {name}.",
        stacklevel=4,
    )
    return ConstantModel().fit(X, column)


class ConstantModel(BaseEstimator):  # type: ignore[misc]
    """Stands for the model of a label that every row has, or none.

    Attributes
    ----------
    classes_ : ndarray of [0, 1]
    constant_ : {0, 1}
        What it says of every row.
    """

    def fit(self, X: Any, y: Any) -> ConstantModel:
        """Remember the label of the first row."""
        validate_data(self, X, skip_check_array=True)
        self.classes_ = np.array([0, 1])
        self.constant_ = int(y[0])
        return self

    def predict(self, X: Any) -> NDArray[np.int64]:
        """Return the constant for every row."""
        return np.full(self._rows(X), self.constant_, dtype=np.int64)

    def decision_function(self, X: Any) -> NDArray[np.int64]:
        """Return 1 for the label that every row has, 0 for that which none has."""
        return self.predict(X)

    def predict_proba(self, X: Any) -> NDArray[np.float64]:
        """Return a probability of exactly 0 and one of exactly 1."""
        row = np.array([1.0 - self.constant_, self.constant_])
        return np.tile(row, (self._rows(X), 1))

    def _rows(self, X: Any) -> int:
        check_is_fitted(self)
        validate_data(self, X, reset=False, skip_check_array=True)
        return int(_num_samples(X))
