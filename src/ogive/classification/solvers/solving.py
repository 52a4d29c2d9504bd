"""Minimising the logistic loss of dense rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ogive._engine import core

__all__ = ["RENEWAL", "Array", "Minimum", "minimise"]

Array = NDArray[np.float64]
RENEWAL = {"auto": -1, "lbfgs": 0, "newton-cholesky": 1}
"""Solvers of the core, by the steps after which each renews the Hessian; -1 leaves it to cost."""


@dataclass(frozen=True)
class Minimum:
    """Where the penalised mean loss is least.

    Attributes
    ----------
    coef : ndarray of shape (n_outputs, n_features)
        One output for two classes, otherwise one for each class.
    intercept : ndarray of shape (n_outputs,)
        Zeros where none was fitted.
    loss : float
        ``sum(weight * loss) / W + penalty * sum(coef**2) / (2 * W)``, W being the sum of weights.
    gradient_norm : float
        The largest component of its gradient.
    n_iter : int
    converged : bool
        Whether `gradient_norm` is at most `tol`, or no float64 step makes the loss smaller.
    """

    coef: Array
    intercept: Array
    loss: float
    gradient_norm: float
    n_iter: int
    converged: bool


def minimise(
    X: NDArray[Any],
    label: NDArray[np.int32],
    n_classes: int,
    *,
    weight: Array | None = None,
    penalty: float = 1.0,
    fit_intercept: bool = True,
    solver: str = "auto",
    tol: float = 1e-8,
    max_iter: int = 1000,
    start: tuple[Array, Array] | None = None,
    threads: int = 0,
) -> Minimum:
    """Fit logistic (two classes) or softmax (more) regression to dense rows.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features), float32 or float64, C-contiguous and finite
    label : ndarray of shape (n_samples,), int32
        The class of each row, from 0.
    n_classes : int
    weight : ndarray of shape (n_samples,), float64, optional
        None for all 1.
    penalty : float, default=1.0
        ``1 / C``; 0 for none.
    fit_intercept : bool, default=True
    solver : {"auto", "lbfgs", "newton-cholesky"}, default="auto"
        How often the Hessian that preconditions the steps is computed anew: by its cost, never,
        or in each step. Of more than two classes it is only the blocks on its diagonal; to renew
        these in each step gains nothing, and "newton-cholesky" is "auto".
    tol : float, default=1e-8
        The iterations end where no component of the gradient is larger.
    max_iter : int, default=1000
    start : tuple of coef and intercept, optional
        Where to begin, in the shapes of `Minimum`; None for zeros.
    threads : int, default=0
        0 for as many as OpenMP's settings allow. The result does not depend on it.

    Returns
    -------
    Minimum
    """
    given = None
    if start is not None:
        coef, intercept = start
        given = np.column_stack([coef, intercept]).astype(np.float64)
    renewal = RENEWAL["auto" if n_classes > 2 and solver == "newton-cholesky" else solver]
    found = core.logistic.fit_one(
        X,
        label,
        n_classes,
        weight,
        penalty,
        fit_intercept,
        tol,
        max_iter,
        renewal,
        given,
        threads,
    )
    return Minimum(*found)
