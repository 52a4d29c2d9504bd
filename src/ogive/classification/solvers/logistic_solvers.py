"""Chooses the solver that the parameters of a LogisticRegression ask for."""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import Any

import numpy as np
from joblib import effective_n_jobs
from numpy.typing import NDArray
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning

from ogive.classification.rows.rows import LabelledRows
from ogive.classification.solvers.descent import LogisticDescent, descend
from ogive.classification.solvers.newton import (
    Direction,
    by_cholesky,
    by_conjugate_gradients,
    newton,
)
from ogive.classification.solvers.penalised_loss import PenalisedLoss
from ogive.classification.solvers.probabilities import log_logistic, log_softmax
from ogive.classification.solvers.solving import Array, Minimum, minimise
from ogive.linear.descent import Settings
from ogive.text import InputError, Text

__all__ = ["penalty_of", "solve_rows"]

LARGEST = 2000
"""Most unknowns of which the full Hessian is factorised; beyond it takes conjugate gradients."""

L1 = Text(
    "Use {instead}, or sklearn.linear_model.LogisticRegression(solver='saga') for coefficients of "
    "exactly 0.",
    "请用 {instead}；若需要恰为 0 的系数，请用 "
    "sklearn.linear_model.LogisticRegression(solver='saga')。",
)
PENALTY = Text("penalty='l2' or None", "penalty='l2' 或 None")
SOLVERS = Text(
    "Use solver='auto', which finds the same minimum for any size.",
    "请用 solver='auto'，它对任何规模都求得同一个最小值。",
)


def penalty_of(model: Any) -> float:
    """Return 1/C, or 0 where there is no penalty.

    Raises
    ------
    InputError
        For scikit-learn's parameters that do not apply.
    """
    solver, l1_ratio = model.solver, model.l1_ratio
    if model.penalty in ("l1", "elasticnet"):
        mixed = f" with l1_ratio={l1_ratio!r}" if model.penalty == "elasticnet" else ""
        raise InputError(
            f"Solver {solver} supports only 'l2' or None penalties, got penalty="
            f"{model.penalty!r}{mixed}. {L1.to('en', instead=PENALTY.en)}",
            f"求解器 {solver} 只支持 'l2' 或 None 惩罚，现为 penalty={model.penalty!r}{mixed}。"
            f"{L1.to('zh', instead=PENALTY.zh)}",
        )
    if l1_ratio not in (0, None) and model.penalty is not None:
        raise InputError(
            f"Solver {solver} supports only 'l2' or None penalties, got l1_ratio={l1_ratio!r}. "
            f"{L1.to('en', instead='l1_ratio=0')}",
            f"求解器 {solver} 只支持 'l2' 或 None 惩罚，现为 l1_ratio={l1_ratio!r}。"
            f"{L1.to('zh', instead='l1_ratio=0')}",
        )
    if solver in ("liblinear", "sag", "saga"):
        raise InputError(
            f"solver={solver!r} is scikit-learn's; there is none of this name here. {SOLVERS.en}",
            f"solver={solver!r} 是 scikit-learn 的求解器，这里没有。{SOLVERS.zh}",
        )
    if model.dual:
        raise InputError(
            f"Solver {solver} supports only dual=False, got dual=True: the dual problem has the "
            "same minimum. Leave dual out.",
            f"求解器 {solver} 只支持 dual=False，现为 dual=True：对偶问题的最小值相同。"
            "请去掉 dual。",
        )
    if model.penalty is None:
        if model.C != 1.0:
            warnings.warn(
                f"Setting penalty=None will ignore the C and l1_ratio parameters: C={model.C:g} "
                "has no effect. Leave it out, or use penalty='l2'.",
                stacklevel=4,
            )
        return 0.0
    return 1.0 / float(model.C)


def solve_rows(
    model: Any, rows: LabelledRows, classes: NDArray[Any], penalty: float
) -> tuple[Minimum, LogisticDescent | None]:
    """Minimise for `rows` as the parameters of `model` say; return the trace of a descent too."""
    n_classes = len(classes)
    start = _start(model, rows, n_classes, penalty)
    descent: LogisticDescent | None = None
    method = _method(model, rows, n_classes)
    if method is not None or model.solver == "gd":
        problem = PenalisedLoss(
            rows.X.astype(np.float64, copy=False),
            rows.label,
            n_classes,
            rows.weight,
            penalty,
            model.fit_intercept,
        )
    if model.solver == "gd":
        settings = Settings(
            model.batch_size,
            model.learning_rate,
            model.max_iter,
            model.tol,
            shuffle=True,
            random_state=model.random_state,
        )
        minimum, descent = descend(problem, settings, start)
    elif method is not None:
        minimum = newton(problem, method, tol=model.tol, max_iter=model.max_iter, start=start)
    else:
        minimum = minimise(
            rows.X,
            rows.label,
            n_classes,
            weight=rows.weight,
            penalty=penalty,
            fit_intercept=model.fit_intercept,
            solver=model.solver,
            tol=model.tol,
            max_iter=model.max_iter,
            start=start,
            threads=0 if model.n_jobs is None else effective_n_jobs(model.n_jobs),
        )
    if n_classes > 2:
        total = len(rows.label) if rows.weight is None else float(rows.weight.sum())
        minimum = _centred(minimum, penalty / total, model.fit_intercept)
    if not minimum.converged:
        text = _not_converged(model, minimum) if descent is None else descent.text
        assert text is not None
        warning = ConvergenceWarning(text.en)
        warning.text = text  # for the command line, which may have to say it in Chinese
        warnings.warn(warning, stacklevel=4)
    return minimum, descent


def _method(model: Any, rows: LabelledRows, n_classes: int) -> Direction | None:
    """Return how to take Newton's steps, or None for the solver of dense rows."""
    solver = model.solver
    several, is_sparse = n_classes > 2, sparse.issparse(rows.X)
    n_unknowns = (n_classes if several else 1) * (rows.X.shape[1] + 1)
    if solver == "newton-cholesky" and (several or is_sparse) and n_unknowns <= LARGEST:
        return by_cholesky
    if is_sparse or solver == "newton-cg" or model.max_iter == 0:
        return by_conjugate_gradients
    # The solver of dense rows has no full Hessian of softmax.
    return by_conjugate_gradients if several and solver == "newton-cholesky" else None


def _centred(minimum: Minimum, penalty: float, fit_intercept: bool) -> Minimum:
    """Take the mean over the classes away, which changes no probability."""
    mean, intercept = minimum.coef.mean(axis=0), minimum.intercept
    return replace(
        minimum,
        coef=minimum.coef - mean,
        intercept=intercept - intercept.mean() if fit_intercept else intercept,
        loss=minimum.loss - penalty * len(minimum.coef) * float(mean @ mean) / 2.0,
    )


def _start(
    model: Any, rows: LabelledRows, n_classes: int, penalty: float
) -> tuple[Array, Array] | None:
    if not (model.warm_start and hasattr(model, "coef_")):
        return None
    shape = (1 if n_classes == 2 else n_classes, rows.X.shape[1])
    coef = model.coef_.toarray() if sparse.issparse(model.coef_) else model.coef_
    if coef.shape != shape:
        raise InputError(
            f"warm_start=True goes on from coef_ of shape {coef.shape}, but these rows need "
            f"{shape}. Give rows of the same classes and features, or set warm_start=False.",
            f"warm_start=True 从形状为 {coef.shape} 的 coef_ 继续，但这些行需要 {shape}。"
            "请给出类别和特征数相同的数据，或设 warm_start=False。",
        )
    intercept = np.asarray(model.intercept_, dtype=np.float64)
    if not model.fit_intercept:
        intercept = np.zeros_like(intercept)
    start = np.asarray(coef, dtype=np.float64), intercept
    # Where all rows are far on the wrong side the loss is straight, and Newton's steps lead astray.
    return start if _loss_at(start, rows, penalty) <= np.log(n_classes) else None


def _loss_at(start: tuple[Array, Array], rows: LabelledRows, penalty: float) -> float:
    """Return the penalised mean loss of some coefficients; that of zeros is ln(n_classes)."""
    coef, intercept = start
    z = np.asarray(rows.X @ coef.T) + intercept
    if len(coef) == 1:
        log_p = log_logistic(np.where(rows.label > 0, z[:, 0], -z[:, 0]))
    else:
        log_p = log_softmax(z)[np.arange(len(z)), rows.label]
    weight = np.ones(len(z)) if rows.weight is None else rows.weight
    return float((penalty * (coef**2).sum() / 2.0 - weight @ log_p) / weight.sum())


def _not_converged(model: Any, minimum: Minimum) -> Text:
    name = "The Newton solver" if model.solver == "newton-cholesky" else model.solver
    failed = "did not converge" if model.solver == "newton-cholesky" else "failed to converge"
    return Text(
        f"{name} {failed} after {minimum.n_iter} iterations, of which max_iter={model.max_iter} "
        f"allows no more: the largest component of the gradient is {minimum.gradient_norm:.1e}, "
        f"where tol={model.tol:g} is asked for. Increase the number of iterations (max_iter), "
        "standardise the columns, or raise tol.",
        f"求解器 {model.solver} 迭代 {minimum.n_iter} 次（max_iter={model.max_iter}）后尚未收敛："
        f"梯度的最大分量为 {minimum.gradient_norm:.1e}，而要求的 tol={model.tol:g}。"
        "请增大 max_iter、先标准化各列，或放宽 tol。",
    )
