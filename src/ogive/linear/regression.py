"""LinearRegression."""

from __future__ import annotations

from numbers import Integral, Real
from typing import Any, ClassVar

import numpy as np
from scipy import sparse
from sklearn.base import BaseEstimator, MultiOutputMixin, RegressorMixin, _fit_context
from sklearn.utils._param_validation import Interval, StrOptions
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from ogive.linear.least_squares import solve
from ogive.linear.rows import FittedRows
from ogive.linear.solution import Array, Solution

__all__ = ["LinearRegression"]


class LinearRegression(MultiOutputMixin, RegressorMixin, BaseEstimator):  # type: ignore[misc]
    """Ordinary and weighted least squares, solved to the last digits."""

    _parameter_constraints: ClassVar[dict[str, list[Any]]] = {
        "fit_intercept": ["boolean"],
        "copy_X": ["boolean"],
        "tol": [Interval(Real, 0, None, closed="left")],
        "n_jobs": [None, Integral],
        "positive": ["boolean"],
        "solver": [StrOptions({"qr", "normal", "gd"})],
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
        keep_rows: bool = True,
    ) -> None:
        self.fit_intercept = fit_intercept
        self.copy_X = copy_X
        self.tol = tol
        self.n_jobs = n_jobs
        self.positive = positive
        self.solver = solver
        self.keep_rows = keep_rows

    @_fit_context(prefer_skip_nested_validation=True)  # type: ignore[untyped-decorator]
    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Any:
        """Fit the coefficients."""
        X, y = validate_data(
            self,
            X,
            y,
            accept_sparse=False if self.positive else ["csr", "csc", "coo"],
            dtype=(np.float64, np.float32),
            y_numeric=True,
            multi_output=True,
        )
        weight = None
        if sample_weight is not None:
            weight = _check_sample_weight(
                sample_weight, X, dtype=np.float64, ensure_non_negative=True
            )
        targets = y.reshape(len(y), -1)
        names = getattr(self, "feature_names_in_", None)
        rows = FittedRows(
            X,
            targets,
            weight,
            tuple(names) if names is not None else tuple(f"x{i}" for i in range(X.shape[1])),
            ("y",) if targets.shape[1] == 1 else tuple(f"y{i}" for i in range(targets.shape[1])),
        )
        self.solution_ = solve(rows, self.fit_intercept)
        self._rows = rows if self.keep_rows else None
        self._set_fitted(y.ndim == 1, X.dtype)
        return self

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

    def predict(self, X: Any) -> Array:
        """Predict targets."""
        check_is_fitted(self)
        X = validate_data(
            self,
            X,
            accept_sparse=["csr", "csc", "coo"],
            dtype=(np.float64, np.float32),
            reset=False,
        )
        predicted: Array = X @ self.coef_.T + self.intercept_
        return predicted

    def __getstate__(self) -> dict[str, Any]:
        state: dict[str, Any] = {**super().__getstate__()}
        if state.get("_rows") is not None:
            state["_rows"] = None  # a model that is saved carries no data along
        return state

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = not self.positive
        return tags


_ = (sparse, Solution)
