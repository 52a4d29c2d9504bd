"""The models of many two-class problems solved together by least squares."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import clone

from ogive._engine import core
from ogive.classification.problems.models import BinaryModels
from ogive.classification.problems.pair_totals import PairTotals, n_classes_of_pairs, row_blocks
from ogive.classification.problems.problems import Problems
from ogive.linear.moments import Moments
from ogive.linear.streams.incremental import solve_sums

__all__ = ["LeastSquaresModels"]

Array = NDArray[np.float64]


class LeastSquaresModels(BinaryModels):
    """Linear regressions as rows of one matrix; estimators are made when they are asked for.

    Attributes
    ----------
    coef_ : ndarray of shape (n_problems, n_features)
    intercept_ : ndarray of shape (n_problems,)
    """

    def __init__(
        self,
        estimator: Any,
        coef: Array,
        intercept: Array,
        problems: Problems,
        moments: list[Moments],
        negative: int,
        dtype: np.dtype[Any],
        fitted: dict[int, Any],
    ) -> None:
        self.estimator = estimator
        self.coef_ = coef.astype(dtype, copy=False)
        self.intercept_ = intercept.astype(dtype, copy=False)
        self.problems = problems
        self.moments = moments
        self.negative = negative
        self.fitted = fitted

    def __len__(self) -> int:
        return len(self.coef_)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self[j] for j in range(len(self))[index]]
        j = range(len(self))[index]
        return self.fitted[j] if j in self.fitted else self._made(j)

    def _made(self, j: int) -> Any:
        """Return the estimator that `fit` on the rows of one problem would give, less its rows."""
        first = self.moments[0]
        whole = Moments(first.n_features, 1, first.fit_intercept)
        for member, side in zip(*self.problems.of(j), strict=True):
            whole.merge(_with_target(self.moments[member], 1 if side > 0 else self.negative))
        made = clone(self.estimator)
        made.solution_ = solve_sums(whole)
        made.n_iter_, made._rows, made._moments = 1, None, whole
        made.n_features_in_, made.target_names_in_ = first.n_features, ("y",)
        made._set_fitted(True, self.coef_.dtype)
        made.coef_ = self.coef_[j].copy()
        if first.fit_intercept:
            made.intercept_ = self.intercept_[j]
        return made

    def confidences(self, X: Any) -> Array:
        """Return the prediction of every model."""
        _check(self, X)
        return np.asarray(X @ self.coef_.T + self.intercept_, dtype=np.float64)

    def positive(self, X: Any) -> NDArray[np.bool_]:
        """Return which predictions are nearer to 1 than to 0."""
        return np.asarray(self.confidences(X) > 0.5, dtype=np.bool_)

    def probabilities(self, X: Any) -> Array:
        """Raise AttributeError: regressions have no probabilities."""
        raise AttributeError("'LinearRegression' object has no attribute 'predict_proba'")

    def pair_totals(self, X: Any) -> PairTotals:
        """Return votes and summed confidences by class, of models of `Problems.pairs`."""
        _check(self, X)
        if sparse.issparse(X):
            return super().pair_totals(X)
        if X.dtype not in (np.float32, np.float64):
            X = X.astype(np.float64)
        n_classes = n_classes_of_pairs(len(self))
        # The core counts votes by the sign.
        weights = np.column_stack([self.coef_, self.intercept_ - 0.5]).astype(np.float64)
        votes, sums = core.logistic.votes(np.ascontiguousarray(X), weights, n_classes, 0)
        sums += 0.5 * np.arange(1 - n_classes, n_classes, 2)
        return PairTotals(votes, sums)

    def positive_for(self, X: Any, problem: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return whether the one model named for each row predicts the positive class for it."""
        _check(self, X)
        value = np.empty(len(problem))
        for rows in row_blocks(len(problem), 16 * self.coef_.shape[1]):
            coef = self.coef_[problem[rows]]
            if sparse.issparse(X):
                value[rows] = np.ravel(X[rows].multiply(coef).sum(axis=1))
            else:
                value[rows] = np.einsum("np,np->n", X[rows], coef)
        return np.asarray(value + self.intercept_[problem] > 0.5, dtype=np.bool_)


def _check(models: LeastSquaresModels, X: Any) -> None:
    values = X.data if sparse.issparse(X) else X
    if values.dtype.kind not in "fiub" or not np.all(np.isfinite(values)):
        models[0].predict(X)  # says what is wrong


def _with_target(moments: Moments, value: float) -> Moments:
    """Return the moments of rows beside a target of 1 as those beside another constant."""
    if value == 1:
        return moments
    rows, weight, mean, products = (
        moments._state.rows,
        moments._state.weight,
        *(
            [np.array(part) for part in both]
            for both in (moments._state.mean, moments._state.products)
        ),
    )
    p = moments.n_features
    for part in mean:
        part[p] *= value
    for part in products:
        part[: p * (p + 1)].reshape(p, p + 1)[:, p] *= value
        part[-1] *= value**2
    changed = Moments(p, 1, moments.fit_intercept)
    changed.__setstate__(
        {**moments.__getstate__(), "_state": (rows, weight, tuple(mean), tuple(products))}
    )
    return changed
