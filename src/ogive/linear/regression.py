"""LinearRegression."""

from __future__ import annotations

import math
from numbers import Integral, Real
from typing import Any, ClassVar

import numpy as np
from sklearn.base import BaseEstimator, MultiOutputMixin, RegressorMixin, _fit_context
from sklearn.utils._param_validation import Interval, StrOptions
from sklearn.utils.metaestimators import available_if
from sklearn.utils.validation import check_is_fitted, validate_data

from ogive.linear.checking import checked_rows, explain_not_finite, refuse_dates
from ogive.linear.descent_record import Descent
from ogive.linear.moments import NotFiniteError
from ogive.linear.names import given_target_names
from ogive.linear.rows import FittedRows
from ogive.linear.solution import Array
from ogive.linear.solving import solve_rows
from ogive.linear.statistics import RegressionStatistics
from ogive.linear.streams import is_stream, solve_stream

__all__ = ["LinearRegression"]


class LinearRegression(
    RegressionStatistics,
    MultiOutputMixin,  # type: ignore[misc]
    RegressorMixin,  # type: ignore[misc]
    BaseEstimator,  # type: ignore[misc]
):
    """Ordinary and weighted least squares, solved to the last digits.

    It takes scikit-learn's parameters of the same names, and has its attributes.

    Parameters
    ----------
    fit_intercept : bool, default=True
        Whether there is a constant term.
    copy_X : bool, default=True
        Without effect: X is neither copied nor changed.
    tol : float, default=1e-6
        With ``solver="gd"``, descent ends where no component of the gradient is larger, all columns
        being standardised: where residuals have no larger correlation with any feature. For sparse
        X of more than 2000 columns, `atol` and `btol` of ``scipy.sparse.linalg.lsqr``.
        Without effect otherwise.
    n_jobs : int, optional
        Most threads of the exact solver, -1 for all cores; None leaves it to OpenMP's settings. The
        result does not depend on it.
    positive : bool, default=False
        Whether coefficients must not be negative. Dense X and ``solver="qr"`` only.
    solver : {"qr", "normal", "gd"}, default="qr"
        "qr" is exact. "normal" solves the normal equations in float64 as they are taught;
        ``solution_.digits`` tells how many digits that leaves right. "gd" is gradient descent,
        whose trace is `descent_`.
    batch_size : int, optional
        Rows in each step of gradient descent: 1 for one sample at a time, None for all rows. Only
        with ``solver="gd"``, as all below but `keep_rows`.
    learning_rate : "auto" or float, default="auto"
        For standardised columns. "auto" takes the best constant rate for all rows, 2/(λmax + λmin)
        of the features' correlation matrix, and for batches one that decays so that the
        coefficients converge. A number is kept throughout: descent on all rows diverges from
        2/λmax on, descent on batches keeps hovering about the minimum.
    max_iter : int, default=1000
        Most passes over the rows.
    shuffle : bool, default=True
        Whether batches are drawn anew in each pass.
    random_state : int, RandomState instance or None, default=None
        For shuffling.
    keep_rows : bool, default=True
        Whether to keep a reference to the rows for the statistics that need residuals. A pickled
        model carries none: after loading, give X and y again to `summary` and its like.

    Attributes
    ----------
    coef_ : ndarray of shape (n_features,) or (n_targets, n_features)
    intercept_ : float or ndarray of shape (n_targets,)
        0.0 where there is no constant term.
    rank_ : int
        Of the centred columns. For sparse X of more than 2000 columns only the most it can be.
    singular_ : ndarray of shape (min(n_samples, n_features),)
        Of the centred columns; empty for sparse X of more than 2000 columns.
    solution_ : Solution
        The same and more, in double precision: digits, condition number, dependent columns.
    descent_ : Descent
        The trace of gradient descent, with ``solver="gd"`` only.
    n_iter_ : int
        Passes over the rows of gradient descent, otherwise 1.
    n_features_in_ : int
    feature_names_in_ : ndarray of str
        Where the columns have names.
    target_names_in_ : tuple of str

    Examples
    --------
    >>> import numpy as np
    >>> from ogive import LinearRegression
    >>> X = np.array([[1, 1], [1, 2], [2, 2], [2, 3]])
    >>> model = LinearRegression().fit(X, X @ [1, 2] + 3)
    >>> model.coef_
    array([1., 2.])
    >>> float(model.intercept_)
    3.0
    """

    _parameter_constraints: ClassVar[dict[str, list[Any]]] = {
        "fit_intercept": ["boolean"],
        "copy_X": ["boolean"],
        "tol": [Interval(Real, 0, None, closed="left")],
        "n_jobs": [None, Integral],
        "positive": ["boolean"],
        "solver": [StrOptions({"qr", "normal", "gd"})],
        "batch_size": [None, Interval(Integral, 1, None, closed="left")],
        "learning_rate": [StrOptions({"auto"}), Interval(Real, 0, None, closed="neither")],
        "max_iter": [Interval(Integral, 1, None, closed="left")],
        "shuffle": ["boolean"],
        "random_state": ["random_state"],
        "keep_rows": ["boolean"],
    }

    def __init__(
        self,
        *,
        fit_intercept: bool = True,
        copy_X: bool = True,
        tol: float = 1e-6,
        n_jobs: int | None = None,
        positive: bool = False,
        solver: str = "qr",
        batch_size: int | None = None,
        learning_rate: str | float = "auto",
        max_iter: int = 1000,
        shuffle: bool = True,
        random_state: Any = None,
        keep_rows: bool = True,
    ) -> None:
        self.fit_intercept = fit_intercept
        self.copy_X = copy_X
        self.tol = tol
        self.n_jobs = n_jobs
        self.positive = positive
        self.solver = solver
        self.batch_size = batch_size
        self.learning_rate = learning_rate
        self.max_iter = max_iter
        self.shuffle = shuffle
        self.random_state = random_state
        self.keep_rows = keep_rows

    @_fit_context(prefer_skip_nested_validation=True)  # type: ignore[untyped-decorator]
    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Any:
        """Fit the coefficients.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
            Features. Or data that are read in blocks, from which `y` and `sample_weight` take
            columns by name: a Polars lazy frame, the path of a Parquet, CSV, Arrow or JSON Lines
            file, of a folder of Parquet files or a pattern of such, or a Dask data frame; or a
            Dask array.
        y : array-like of shape (n_samples,) or (n_samples, n_targets)
            Targets; names of columns as said.
        sample_weight : array-like of shape (n_samples,), optional
            Weights, inverse to the variances of the targets; a column as said.

        Returns
        -------
        self : LinearRegression

        Raises
        ------
        InputError
            Where values are missing, infinite or not numbers, where lengths differ, where weights
            are negative or all 0, and where the normal equations are singular.

        Warns
        -----
        ConvergenceWarning
            Where gradient descent diverged or had not converged.
        """
        target_names = given_target_names(y)
        if is_stream(X):
            return self._fit_stream(X, y, sample_weight)
        given_X, given_y = X, y
        X, y, weight = checked_rows(self, X, y, sample_weight)
        targets = y.reshape(len(y), -1)
        names = getattr(self, "feature_names_in_", None)
        rows = FittedRows(
            X,
            targets,
            weight,
            tuple(names) if names is not None else tuple(f"x{i}" for i in range(X.shape[1])),
            target_names
            or (
                ("y",) if targets.shape[1] == 1 else tuple(f"y{i}" for i in range(targets.shape[1]))
            ),
        )
        self.__dict__.pop("descent_", None)
        self.__dict__.pop("_moments", None)
        try:
            self.solution_, descent = solve_rows(self, rows)
        except NotFiniteError:
            explain_not_finite(given_X, given_y)
        self.n_iter_ = 1
        if descent is not None:
            self.descent_: Descent = descent
            self.n_iter_ = max(1, math.ceil(descent.epoch[-1]))
        self._rows = rows if self.keep_rows else None
        self.target_names_in_ = rows.target_names
        self._set_fitted(y.ndim == 1, X.dtype)
        return self

    def _fit_stream(self, X: Any, y: Any, sample_weight: Any, progress: Any = None) -> Any:
        """Fit to a path, a lazy frame or a Dask collection; `progress` is told how far it is."""
        fitted = solve_stream(self, X, y, sample_weight, progress)
        self.__dict__.pop("descent_", None)
        self.__dict__.pop("_moments", None)
        self.solution_, self._rows, self.n_iter_ = fitted.solution, None, 1
        self.n_features_in_ = len(fitted.columns.features)
        self.__dict__.pop("feature_names_in_", None)
        self.__dict__.pop("target_names_in_", None)
        if fitted.named:
            self.feature_names_in_ = np.array(fitted.columns.features, dtype=object)
            self.target_names_in_ = fitted.columns.targets
        self._set_fitted(not fitted.several, np.float64)
        return self

    @available_if(lambda model: model.solver == "qr" and not model.positive)  # type: ignore[untyped-decorator]
    @_fit_context(prefer_skip_nested_validation=True)  # type: ignore[untyped-decorator]
    def partial_fit(self, X: Any, y: Any, sample_weight: Any = None) -> Any:
        """Add rows to those given before, and solve for all of them.

        The model keeps sums over the rows, not the rows, so any number may be added, also to the
        rows of `fit` as long as it keeps them. There is no such method with another solver than
        "qr" or ``positive=True``.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
            Further rows of the same columns.
        y : array-like of shape (n_samples,) or (n_samples, n_targets)
        sample_weight : array-like of shape (n_samples,), optional

        Returns
        -------
        self : LinearRegression

        Raises
        ------
        InputError
            As `fit`, and where the rows of `fit` are not kept; the rows given are not added then.

        Notes
        -----
        For columns whose condition number exceeds 1e5, and for perfect fits, some digits are lost
        that `fit` keeps by reading the rows twice: ``solution_.digits`` tells what is left.
        """
        from ogive.linear.streams.incremental import add_rows

        return add_rows(self, X, y, sample_weight)

    def _set_fitted(self, single: bool, dtype: Any) -> None:
        solution = self.solution_
        self.coef_: Array = (solution.coef[0] if single else solution.coef).astype(dtype)
        self.intercept_: Any = 0.0
        if self.fit_intercept:
            self.intercept_ = (solution.intercept[0] if single else solution.intercept).astype(
                dtype
            )
        self.rank_ = solution.rank
        self.singular_ = solution.singular_values

    def predict(
        self,
        X: Any,
        interval: str | None = None,
        level: float = 0.95,
        *,
        covariance: str = "nonrobust",
    ) -> Any:
        """Predict targets, on request with intervals about them.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
            Features.
        interval : {"confidence", "prediction"}, optional
            "confidence" for intervals of the mean target of rows with such features, "prediction"
            for intervals of one new row of weight 1.
        level : float, default=0.95
            Of the intervals.
        covariance : {"nonrobust", "HC0", "HC1", "HC2", "HC3"}, default="nonrobust"
            Of the coefficients, as for `summary`; the robust ones need the rows that the model
            keeps. Those of "prediction" take the residual variance for that of the new row's error
            with any of them.

        Returns
        -------
        ndarray of shape (n_samples,) or (n_samples, n_targets), or Prediction
            With `interval`, a named tuple ``(prediction, low, high)`` of such arrays.

        Raises
        ------
        InputError
            For another interval, level or covariance, for a robust covariance where the model
            keeps no rows, and for dates.
        """
        check_is_fitted(self)
        refuse_dates(X, "X")
        X = validate_data(
            self,
            X,
            accept_sparse=["csr", "csc", "coo"],
            dtype=(np.float64, np.float32),
            reset=False,
        )
        predicted: Array = X @ self.coef_.T + self.intercept_
        if interval is None:
            return predicted
        from ogive.linear.intervals import predict_interval

        return predict_interval(self, X, predicted, interval, level, covariance)

    def __getstate__(self) -> dict[str, Any]:
        state: dict[str, Any] = {**super().__getstate__()}
        if state.get("_rows") is not None:
            state["_rows"] = None  # a model that is saved carries no data along
        return state

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = not self.positive
        return tags
