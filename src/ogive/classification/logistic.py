"""LogisticRegression."""

from __future__ import annotations

from numbers import Integral, Real
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_expit, log_softmax, softmax
from sklearn.base import BaseEstimator, ClassifierMixin, _fit_context
from sklearn.linear_model._base import SparseCoefMixin
from sklearn.utils._param_validation import Hidden, Interval, StrOptions
from sklearn.utils.extmath import safe_sparse_dot
from sklearn.utils.validation import check_is_fitted

from ogive.classification.checking import checked_features, checked_rows
from ogive.classification.logistic_solvers import penalty_of, solve_rows
from ogive.classification.logistic_statistics import LogisticStatistics
from ogive.classification.rows import LabelledRows
from ogive.classification.solving import Minimum

__all__ = ["LogisticRegression"]


class LogisticRegression(
    LogisticStatistics,
    ClassifierMixin,  # type: ignore[misc]
    SparseCoefMixin,  # type: ignore[misc]
    BaseEstimator,  # type: ignore[misc]
):
    """Logistic regression for two classes and softmax regression for more, solved to the end.

    It minimises ``sum(weight * loss) + sum(coef_**2) / (2 * C)``, the loss of a row being
    ``-ln(probability of its class)``. It takes scikit-learn's parameters of the same names, and
    has its attributes.
    """

    _parameter_constraints: ClassVar[dict[str, list[Any]]] = {
        "penalty": [
            StrOptions({"l1", "l2", "elasticnet"}),
            None,
            Hidden(StrOptions({"deprecated"})),
        ],
        "C": [Interval(Real, 0, None, closed="right")],
        "l1_ratio": [Interval(Real, 0, 1, closed="both"), None],
        "dual": ["boolean"],
        "tol": [Interval(Real, 0, None, closed="left")],
        "fit_intercept": ["boolean"],
        "intercept_scaling": [Interval(Real, 0, None, closed="neither")],
        "class_weight": [dict, StrOptions({"balanced"}), None],
        "random_state": ["random_state"],
        "solver": [
            StrOptions(
                {"auto", "lbfgs", "newton-cholesky", "newton-cg", "gd", "liblinear", "sag", "saga"}
            )
        ],
        "max_iter": [Interval(Integral, 0, None, closed="left")],
        "verbose": ["verbose"],
        "warm_start": ["boolean"],
        "n_jobs": [None, Integral],
        "learning_rate": [StrOptions({"auto"}), Interval(Real, 0, None, closed="neither")],
        "batch_size": [None, Interval(Integral, 1, None, closed="left")],
        "keep_rows": ["boolean"],
    }

    def __init__(
        self,
        penalty: str | None = "l2",
        *,
        C: float = 1.0,
        l1_ratio: float | None = 0.0,
        dual: bool = False,
        tol: float = 1e-8,
        fit_intercept: bool = True,
        intercept_scaling: float = 1,
        class_weight: Any = None,
        random_state: Any = None,
        solver: str = "auto",
        max_iter: int = 1000,
        verbose: int = 0,
        warm_start: bool = False,
        n_jobs: int | None = None,
        learning_rate: str | float = "auto",
        batch_size: int | None = None,
        keep_rows: bool = True,
    ) -> None:
        self.penalty = penalty
        self.C = C
        self.l1_ratio = l1_ratio
        self.dual = dual
        self.tol = tol
        self.fit_intercept = fit_intercept
        self.intercept_scaling = intercept_scaling
        self.class_weight = class_weight
        self.random_state = random_state
        self.solver = solver
        self.max_iter = max_iter
        self.verbose = verbose
        self.warm_start = warm_start
        self.n_jobs = n_jobs
        self.learning_rate = learning_rate
        self.batch_size = batch_size
        self.keep_rows = keep_rows

    @_fit_context(prefer_skip_nested_validation=True)  # type: ignore[untyped-decorator]
    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Any:
        """Fit the coefficients.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
            Features. Neither copied nor changed where they are C-contiguous floating-point numbers,
            or a CSR matrix.
        y : array-like of shape (n_samples,)
            The class of each row: whole numbers, truth values or text.
        sample_weight : array-like of shape (n_samples,), optional
            A row of weight 2 counts as two rows.

        Returns
        -------
        self : LogisticRegression

        Raises
        ------
        InputError
            Where values are missing, infinite or not numbers, where labels are of mixed type, no
            classes, or all the same, where lengths differ, and where weights are negative or all 0.

        Warns
        -----
        ConvergenceWarning
            Where the solver had not converged.
        """
        penalty = penalty_of(self)
        rows, labels = checked_rows(self, X, y, sample_weight)
        self.__dict__.pop("descent_", None)
        minimum, descent = solve_rows(self, rows, labels.classes, penalty)
        if descent is not None:
            self.descent_ = descent
        self._rows: LabelledRows | None = rows if self.keep_rows else None
        self._set_fitted(minimum, labels.classes, rows.X.dtype)
        return self

    def _set_fitted(self, minimum: Minimum, classes: NDArray[Any], dtype: Any) -> None:
        """Set the fitted attributes; `dtype` is that of X."""
        self.classes_ = classes
        self.coef_: NDArray[Any] = minimum.coef.astype(dtype)
        self.intercept_: NDArray[Any] = minimum.intercept.astype(dtype)
        self.n_features_in_ = minimum.coef.shape[1]
        self.n_iter_ = np.array([minimum.n_iter], dtype=np.int32)
        self.loss_ = minimum.loss
        self.gradient_norm_ = minimum.gradient_norm
        self.converged_ = minimum.converged

    def decision_function(self, X: Any) -> NDArray[Any]:
        """Return z, of which the probabilities are functions.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        z : ndarray of shape (n_samples,) or (n_samples, n_classes)
            For two classes the logarithm of the odds of the second one, ``classes_[1]``.
        """
        check_is_fitted(self)
        X = checked_features(self, X)
        z: NDArray[Any] = safe_sparse_dot(X, self.coef_.T, dense_output=True) + self.intercept_
        return z[:, 0] if z.shape[1] == 1 else z

    def predict(self, X: Any) -> NDArray[Any]:
        """Predict the class of each row.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        y : ndarray of shape (n_samples,)
        """
        z = self.decision_function(X)
        index = (z > 0).view(np.int8) if z.ndim == 1 else np.argmax(z, axis=1)
        y: NDArray[Any] = self.classes_[index]
        return y

    def predict_proba(self, X: Any) -> NDArray[Any]:
        """Return the probability of each class.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        probabilities : ndarray of shape (n_samples, n_classes)
            Columns in the order of ``classes_``. The smaller of two is as exact as the larger.
        """
        return self._of_z(self.decision_function(X), expit, softmax)

    def predict_log_proba(self, X: Any) -> NDArray[Any]:
        """Return the logarithm of the probability of each class, finite for any z.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        log_probabilities : ndarray of shape (n_samples, n_classes)
            Columns in the order of ``classes_``.
        """
        return self._of_z(self.decision_function(X), log_expit, log_softmax)

    def _of_z(self, z: NDArray[Any], two: Any, many: Any) -> NDArray[Any]:
        if z.ndim == 2:
            several: NDArray[Any] = many(z, axis=1)
            return several
        both = np.empty((len(z), 2), z.dtype)
        both[:, 0], both[:, 1] = two(-z), two(z)
        return both

    def __getstate__(self) -> dict[str, Any]:
        state: dict[str, Any] = {**super().__getstate__()}
        if state.get("_rows") is not None:
            state["_rows"] = None  # a model that is saved carries no data along
        return state

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        return tags
