"""Chooses the solver that the parameters of a LinearRegression ask for."""

from __future__ import annotations

import warnings
from typing import Any, NamedTuple

import numpy as np
from joblib import effective_n_jobs
from scipy import sparse
from scipy.linalg import LinAlgWarning
from sklearn.exceptions import ConvergenceWarning

from ogive.linear.descent_record import Descent
from ogive.linear.least_squares import solve
from ogive.linear.rows import FittedRows
from ogive.linear.solution import Solution
from ogive.text import InputError

__all__ = ["Solved", "solve_rows"]

FEW_DIGITS = 3
"""The normal equations warn of what they have lost where fewer digits than these are left."""


class Solved(NamedTuple):
    """A solution, and the trace of the descent that found it where one did."""

    solution: Solution
    descent: Descent | None = None


def solve_rows(model: Any, rows: FittedRows) -> Solved:
    """Solve for `rows` as the parameters of `model` say."""
    if model.positive and model.solver != "qr":
        raise InputError(
            f"positive=True goes with solver='qr' only; got solver={model.solver!r}.",
            f"positive=True 只能与 solver='qr' 一起使用；现为 solver={model.solver!r}。",
        )
    if model.positive:
        from ogive.linear.nonnegative import solve_nonnegative

        return Solved(solve_nonnegative(rows, model.fit_intercept))
    if sparse.issparse(rows.X):
        from ogive.linear.sparse import solve_sparse

        exact = solve_sparse(rows, model.fit_intercept, model.tol, model.solver)
    else:
        n_threads = 0 if model.n_jobs is None else effective_n_jobs(model.n_jobs)
        exact = solve(rows, model.fit_intercept, n_threads)
    if model.solver != "qr":
        _refuse_extremes(model.solver, exact)
    if model.solver == "normal":
        from ogive.linear.normal_equations import solve_normal

        solution = solve_normal(rows, exact)
        if (worst := float(np.min(solution.digits, initial=np.inf))) < FEW_DIGITS:
            warnings.warn(
                f"solver='normal' has left {worst:.0f} right digits of the worst coefficient (the "
                f"condition number of the columns is {exact.condition_number:.1e}); use "
                "solver='qr', which keeps them all.",
                LinAlgWarning,
                stacklevel=4,
            )
        return Solved(solution)
    if model.solver == "gd":
        from ogive.linear.descent import Settings, descend

        settings = Settings(
            model.batch_size,
            model.learning_rate,
            model.max_iter,
            model.tol,
            model.shuffle,
            model.random_state,
        )
        solution, descent = descend(rows, exact, settings)
        if descent.text is not None:
            warnings.warn(descent.text.en, ConvergenceWarning, stacklevel=4)
        return Solved(solution, descent)
    return Solved(exact)


def _refuse_extremes(solver: str, exact: Solution) -> None:
    """Refuse columns whose squares overflow or vanish: these solvers compute as they are taught."""
    with np.errstate(over="ignore", under="ignore"):
        squares = np.concatenate([exact.feature_norms**2, exact.total_sum_of_squares])
    norms = np.concatenate([exact.feature_norms, np.abs(exact.target_means)])
    tiny = (squares[: exact.n_features] < 1e-200) & (exact.feature_norms > 0)
    if np.all(squares < 1e200) and np.all(norms < 1e100) and not tiny.any():
        return
    raise InputError(
        f"solver={solver!r} computes in plain float64, where the squares of these numbers overflow "
        "or vanish. Use solver='qr', or multiply the columns or the target by a power of ten.",
        f"solver={solver!r} 直接用 float64 计算，这些数的平方会上溢或消失。"
        "请使用 solver='qr'，或把这些列或目标乘以 10 的某次幂。",
    )
