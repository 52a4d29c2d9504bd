"""Linear models of many two-class problems, kept as one matrix of coefficients."""

from __future__ import annotations

from typing import Any, overload

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.base import clone

from ogive._engine import core
from ogive.classification.problems.models import BinaryModels
from ogive.classification.problems.pair_totals import PairTotals, n_classes_of_pairs
from ogive.classification.rows.checking import checked_features
from ogive.classification.solvers.solving import Minimum

__all__ = ["LogisticModels"]

Array = NDArray[np.float64]


class LogisticModels(BinaryModels):
    """Logistic regressions that were solved together.

    An estimator is made of one when the sequence is indexed; half a million of them would take
    gigabytes.

    Attributes
    ----------
    coef_ : ndarray of shape (n_problems, n_features)
        Of the dtype of the rows.
    intercept_ : ndarray of shape (n_problems,)
    loss_, gradient_norm_ : ndarray of shape (n_problems,), float64
    n_iter_ : ndarray of shape (n_problems,), int32
    converged_ : ndarray of shape (n_problems,), bool
    """

    def __init__(
        self,
        template: Any,
        classes: NDArray[Any],
        coef: NDArray[Any],
        intercept: NDArray[Any],
        loss: Array,
        gradient_norm: Array,
        n_iter: NDArray[np.int32],
        converged: NDArray[np.bool_],
    ) -> None:
        self.template = template
        self.classes = classes
        self.coef_ = coef
        self.intercept_ = intercept
        self.loss_ = loss
        self.gradient_norm_ = gradient_norm
        self.n_iter_ = n_iter
        self.converged_ = converged

    def __len__(self) -> int:
        return len(self.intercept_)

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> list[Any]: ...
    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self[j] for j in range(len(self))[index]]
        j = range(len(self))[index]
        model = clone(self.template)
        minimum = Minimum(
            self.coef_[j : j + 1].astype(np.float64),
            self.intercept_[j : j + 1].astype(np.float64),
            float(self.loss_[j]),
            float(self.gradient_norm_[j]),
            int(self.n_iter_[j]),
            bool(self.converged_[j]),
        )
        model._rows = None
        model._set_fitted(minimum, self.classes, self.coef_.dtype)
        if hasattr(self.template, "feature_names_in_"):
            model.feature_names_in_ = self.template.feature_names_in_
        return model

    def confidences(self, X: Any) -> Array:
        """Return z of every model."""
        X = checked_features(self.template, X)
        return np.asarray(X @ self.coef_.T + self.intercept_, dtype=np.float64)

    def positive(self, X: Any) -> NDArray[np.bool_]:
        """Return which models predict the positive class."""
        return self.confidences(X) > 0

    def probabilities(self, X: Any) -> Array:
        """Return each model's probability of its positive class."""
        z = self.confidences(X)
        return np.asarray(expit(z, out=z))

    def pair_totals(self, X: Any) -> PairTotals:
        """Return votes and summed confidences by class, without a table of all pairs."""
        X = checked_features(self.template, X)
        if not isinstance(X, np.ndarray):
            return super().pair_totals(X)
        weights = np.column_stack([self.coef_, self.intercept_]).astype(np.float64, copy=False)
        n_classes = n_classes_of_pairs(len(self))
        return PairTotals(*core.logistic.votes(X, weights, n_classes, 0))

    def checked(self, X: Any) -> Any:
        """Return X checked as the estimators do."""
        return checked_features(self.template, X)

    def positive_for(self, X: Any, problem: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return whether the one model named for each row predicts the positive class for it."""
        if not isinstance(X, np.ndarray):
            return super().positive_for(X, problem)
        z = np.einsum("ij,ij->i", X, self.coef_[problem]) + self.intercept_[problem]
        return np.asarray(z > 0)
