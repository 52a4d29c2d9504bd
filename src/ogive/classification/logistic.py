"""LogisticRegression."""

from __future__ import annotations

from numbers import Integral, Real
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, softmax
from sklearn.base import BaseEstimator, ClassifierMixin, _fit_context
from sklearn.linear_model._base import SparseCoefMixin
from sklearn.utils._param_validation import Hidden, Interval, StrOptions
from sklearn.utils.extmath import safe_sparse_dot
from sklearn.utils.validation import check_is_fitted

from ogive.classification.logistic_statistics import LogisticStatistics
from ogive.classification.rows.checking import checked_features, checked_rows
from ogive.classification.rows.rows import LabelledRows
from ogive.classification.solvers.logistic_solvers import penalty_of, solve_rows
from ogive.classification.solvers.probabilities import log_logistic, log_softmax
from ogive.classification.solvers.solving import Minimum

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

    Parameters
    ----------
    penalty : {"l2", None}, default="l2"
        None for no penalty, as ``C=np.inf``.
    C : float, default=1.0
        Inverse strength of the penalty, which the intercept has none of.
    l1_ratio : float, default=0.0
        Must be 0: there is no L1 penalty.
    dual : bool, default=False
        Must be False.
    tol : float, default=1e-8
        The solver ends where no component of the gradient of the mean loss is larger.
    fit_intercept : bool, default=True
        Whether there is a constant term.
    intercept_scaling : float, default=1
        Without effect, as for scikit-learn's solvers other than liblinear.
    class_weight : dict or "balanced", optional
        Weights of classes, 1 for those that are not named. "balanced" makes all classes count the
        same: ``W / (n_classes * W_k)``, W being the sum of weights and W_k that of the class.
    random_state : int, RandomState instance or None, default=None
        For the order of batches, with ``solver="gd"`` only.
    solver : {"auto", "lbfgs", "newton-cholesky", "newton-cg", "gd"}, default="auto"
        All find the same minimum. "auto" suits any size. "newton-cholesky" takes Newton's steps by
        the full Hessian; "newton-cg", which serves sparse X and softmax of more than 2000
        coefficients, takes them by conjugate gradients and never writes the Hessian down. "lbfgs"
        computes a Hessian once, at the start. "gd" is gradient descent, whose trace is `descent_`.
    max_iter : int, default=1000
        Most iterations; with ``solver="gd"`` passes over the rows.
    verbose : int, default=0
        Without effect.
    warm_start : bool, default=False
        Whether to go on from the coefficients of the last fit, unless zeros have a smaller loss.
    n_jobs : int, optional
        Most threads of "auto" and "lbfgs", -1 for all cores; None leaves it to OpenMP's settings.
        The result does not depend on it.
    learning_rate : "auto" or float, default="auto"
        With ``solver="gd"``, for columns centred and divided by ``sqrt(variance + 4 / (C * W))``,
        W being the sum of weights: standardised, unless the penalty outweighs the data. "auto"
        takes 1/L, L being a bound of the loss's curvature, and for batches a rate that decays so
        that the coefficients converge. A number is kept throughout; below 2/L steps on all rows
        are sure to make the loss smaller.
    batch_size : int, optional
        With ``solver="gd"``, rows in each step: 1 for one row at a time, None for all.
    keep_rows : bool, default=True
        Whether to keep a reference to the rows for the statistics that need them. A pickled model
        carries none: after loading, give X and y again to `summary` and its like.

    Attributes
    ----------
    classes_ : ndarray of shape (n_classes,)
    coef_ : ndarray of shape (1, n_features) or (n_classes, n_features)
        One row for two classes; z is the logarithm of the odds of ``classes_[1]`` then. More have
        a row each, whose mean is 0. float32 where X is.
    intercept_ : ndarray of shape (1,) or (n_classes,)
        Zeros where there is no constant term.
    n_iter_ : ndarray of shape (1,)
    loss_ : float
        The minimum divided by the sum of weights: the mean loss with the penalty.
    gradient_norm_ : float
        The largest component of its gradient.
    converged_ : bool
        Whether `gradient_norm_` is at most `tol`, or no float64 step makes the loss smaller.
    descent_ : LogisticDescent
        The trace of gradient descent, with ``solver="gd"`` only.
    n_features_in_ : int
    feature_names_in_ : ndarray of str
        Where the columns have names.

    Notes
    -----
    Where a line separates the classes and there is no penalty, no coefficients are the best: larger
    ones are always better. The solver ends as the gradient falls below `tol` then.

    Examples
    --------
    >>> import numpy as np
    >>> from ogive import LogisticRegression
    >>> X = np.array([[2, 4], [2, 1], [3, 3]])
    >>> model = LogisticRegression().fit(X, ["A", "B", "B"])
    >>> model.predict([[1, 5]])
    array(['A'], dtype='<U1')
    >>> model.predict_proba([[1, 5]]).round(3)
    array([[0.777, 0.223]])
    """

    _parameter_constraints: ClassVar[dict[str, list[Any]]] = {
        "penalty": [
            StrOptions({"l2"}),
            None,
            Hidden(StrOptions({"l1", "elasticnet", "deprecated"})),
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
            StrOptions({"auto", "lbfgs", "newton-cholesky", "newton-cg", "gd"}),
            # Known only to be refused with a text of their own.
            Hidden(StrOptions({"liblinear", "sag", "saga"})),
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
        SeparationWarning
            A ConvergenceWarning, where there is no penalty and classes are separated, so that there
            is nothing to converge to.
        """
        penalty = penalty_of(self)
        rows, labels = checked_rows(self, X, y, sample_weight)
        self.__dict__.pop("descent_", None)
        minimum, descent = solve_rows(self, rows, labels.classes, penalty)
        if descent is not None:
            self.descent_ = descent
        self._rows: LabelledRows | None = rows if self.keep_rows else None
        self._set_fitted(minimum, labels.classes, rows.X.dtype)
        if penalty == 0:
            from ogive.classification.separation import warn_if_separated

            warn_if_separated(self, rows)
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
        return self._of_z(self.decision_function(X), expit, lambda z: softmax(z, axis=1))

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
        return self._of_z(self.decision_function(X), log_logistic, log_softmax)

    def _of_z(self, z: NDArray[Any], two: Any, many: Any) -> NDArray[Any]:
        if z.ndim == 2:
            several: NDArray[Any] = many(z)
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
