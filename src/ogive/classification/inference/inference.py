"""What a logistic regression lets one infer: errors, tests, intervals, and how good the fit is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse, stats
from scipy.special import xlogy

from ogive.classification.inference.curvature import (
    Curvature,
    curvature_of,
    in_user_units,
    weights_and_outputs,
)
from ogive.classification.rows.given_rows import (
    Array,
    coefficients,
    weights,
    weights_are_given,
)
from ogive.classification.rows.rows import LabelledRows
from ogive.classification.solvers.logistic_solvers import penalty_of
from ogive.classification.solvers.penalised_loss import PenalisedLoss
from ogive.linear.covariance import estimable_terms
from ogive.linear.least_squares import solve
from ogive.linear.one_thread import on_one_thread
from ogive.linear.rows import FittedRows
from ogive.linear.solution import Solution
from ogive.linear.sparse import solve_sparse

__all__ = ["LogisticInference", "MOST_UNKNOWNS", "columns_of", "infer"]

MOST_UNKNOWNS = 3000
"""More coefficients than these have no covariance matrix formed."""
NEAR = 1e-3
"""As many standard errors may a Newton step still move a coefficient at the end of a fit."""


@dataclass(frozen=True)
class LogisticInference:
    """Statistics of a logistic or softmax regression.

    Arrays have shape (n_equations, n_terms): an equation for each class but the first, the
    reference; the constant first, if there is one. What has no meaning is NaN.

    Attributes
    ----------
    level : float
        Of the confidence intervals.
    penalty : float
        ``1 / C``; 0 where there is none.
    estimates : ndarray
        Coefficients, for more than two classes less those of the reference class.
    standard_errors, z, p : ndarray
        With two-sided p of the normal distribution (Wald's test).
    low, high : ndarray
        Ends of the confidence intervals.
    odds_ratios, odds_low, odds_high : ndarray
        ``exp`` of the coefficient and of the ends.
    covariance : ndarray of shape (n_equations * n_terms,) * 2
        Of the estimates, equation by equation.
    estimable : ndarray of bool of shape (n_terms,)
        Whether the data determine the coefficient.
    n_samples : int
        Rows whose weight is not 0.
    n_observations : float
        The sum of weights: a row of weight 2 counts as two.
    model_degrees_of_freedom : int
        Coefficients that the data determine, without the constants.
    residual_degrees_of_freedom : float
        `n_observations` less all coefficients that the data determine.
    effective_degrees_of_freedom : float
        ``trace((H + P)^-1 H)``, H being the Fisher information and P the penalty's Hessian.
    log_likelihood, null_log_likelihood : float
        Of the model and of one without features: with constants, if the model has them.
    likelihood_ratio, likelihood_ratio_p : float
        Test that all coefficients besides the constants are 0.
    mcfadden, nagelkerke : float
        Pseudo R-squared: ``1 - l / l0`` and ``(1 - exp(2 (l0 - l) / n)) / (1 - exp(2 l0 / n))``.
    aic, bic : float
    step : float
        By how many standard errors a Newton step would move the coefficient it moves most; 0 at
        the maximum.
    columns : Solution or None
        Which columns are combinations of others.
    at_maximum, invertible : bool
    separated : bool
        Whether there is no maximum, though the model has no penalty.
    given : bool
        Whether the weights were given, not fitted. Pseudo R-squared is NaN then too, unless they
        are those of the maximum.

    Notes
    -----
    Without a penalty the covariance is the inverse of the Fisher information, as in statsmodels'
    Logit, MNLogit and GLM(Binomial), whose parameters and references these are. With one it is
    ``(H + P)^-1 H (H + P)^-1``, the covariance of the penalised estimator (Gray, 1992; le Cessie
    and van Houwelingen, 1992); it says nothing of the bias that the penalty brings.
    """

    level: float
    penalty: float
    estimates: Array
    standard_errors: Array
    z: Array
    p: Array
    low: Array
    high: Array
    odds_ratios: Array
    odds_low: Array
    odds_high: Array
    covariance: Array
    estimable: NDArray[np.bool_]
    n_samples: int
    n_observations: float
    model_degrees_of_freedom: int
    residual_degrees_of_freedom: float
    effective_degrees_of_freedom: float
    log_likelihood: float
    null_log_likelihood: float
    likelihood_ratio: float
    likelihood_ratio_p: float
    mcfadden: float
    nagelkerke: float
    aic: float
    bic: float
    step: float
    columns: Solution | None
    at_maximum: bool
    invertible: bool
    separated: bool
    given: bool


@on_one_thread
def infer(model: Any, rows: LabelledRows, level: float, separated: bool) -> LogisticInference:
    """Compute the statistics of a fit.

    Parameters
    ----------
    model : LogisticRegression
        Fitted.
    rows : LabelledRows
        Those of the fit.
    level : float
    separated : bool
        Whether there is a direction in which the likelihood grows for ever.
    """
    coef, intercept = coefficients(model)
    n_classes, p = len(model.classes_), coef.shape[1]
    penalty = penalty_of(model)
    constant = int(model.fit_intercept)
    X = rows.X.astype(np.float64, copy=False)
    problem = PenalisedLoss(X, rows.label, n_classes, rows.weight, 0.0, bool(constant))
    equations, unknowns = n_classes - 1, p + constant
    estimates = np.column_stack([intercept, coef]) if constant else coef
    if n_classes > 2:
        estimates = estimates[1:] - estimates[0]
    small = equations * unknowns <= MOST_UNKNOWNS
    columns = columns_of(rows, bool(constant)) if small else None
    rank = p if columns is None else columns.rank
    estimable = np.ones(unknowns, bool)
    if columns is not None and penalty == 0:
        estimable = estimable_terms(columns)
    curvature = Curvature(None, np.nan, np.nan)
    if columns is not None:
        curvature = curvature_of(problem, coef, intercept, penalty, columns)
    at_maximum = bool(curvature.step <= NEAR)
    unbounded = separated and penalty == 0
    usable = curvature.covariance is not None and at_maximum and not unbounded
    # Of many coefficients a table of nothing but NaN would fill the memory.
    covariance: Array = np.broadcast_to(np.nan, (equations * unknowns,) * 2)
    if usable:
        assert curvature.covariance is not None
        covariance = in_user_units(curvature.covariance, problem, equations)
        lacking = np.tile(~estimable, equations)
        covariance[lacking] = covariance[:, lacking] = np.nan
    errors = np.sqrt(np.diag(covariance)).reshape(equations, unknowns)
    z = np.divide(estimates, errors, out=np.full_like(errors, np.nan), where=errors > 0)
    half = stats.norm.ppf(0.5 + level / 2) * errors
    with np.errstate(over="ignore"):
        odds = [np.exp(one) for one in (estimates, estimates - half, estimates + half)]
    odds[0] = np.where(np.isnan(errors), np.nan, odds[0])
    weight = weights(rows)
    total = float(weight.sum())
    value = -problem.loss(*weights_and_outputs(problem, coef, intercept)) * total
    null = _null(np.bincount(rows.label, weights=weight, minlength=n_classes), bool(constant))
    ratio = 2.0 * (value - null) if usable and penalty == 0 else np.nan
    n_parameters = equations * (rank + constant)
    comparable = value if usable and penalty == 0 else np.nan
    given = weights_are_given(model)
    best = value if usable or not given else np.nan
    return LogisticInference(
        level=level,
        penalty=penalty,
        estimates=estimates,
        standard_errors=errors,
        z=z,
        p=2.0 * stats.norm.sf(np.abs(z)),
        low=estimates - half,
        high=estimates + half,
        odds_ratios=odds[0],
        odds_low=odds[1],
        odds_high=odds[2],
        covariance=covariance,
        estimable=estimable,
        n_samples=len(rows.label),
        n_observations=total,
        model_degrees_of_freedom=equations * rank,
        residual_degrees_of_freedom=total - n_parameters,
        effective_degrees_of_freedom=curvature.effective,
        log_likelihood=value,
        null_log_likelihood=null,
        likelihood_ratio=ratio,
        likelihood_ratio_p=float(stats.chi2.sf(ratio, equations * rank)) if rank else np.nan,
        mcfadden=1.0 - best / null if null < 0 else np.nan,
        nagelkerke=_nagelkerke(best, null, total),
        aic=2.0 * n_parameters - 2.0 * comparable,
        bic=np.log(total) * n_parameters - 2.0 * comparable,
        step=curvature.step,
        columns=columns,
        at_maximum=at_maximum,
        invertible=curvature.covariance is not None,
        separated=separated,
        given=given,
    )


def columns_of(rows: LabelledRows, fit_intercept: bool) -> Solution:
    """Return a least-squares fit, for what it tells of the columns."""
    target = rows.label.astype(np.float64)[:, None]
    fitted = FittedRows(rows.X, target, None, (), ())
    if sparse.issparse(rows.X):
        return solve_sparse(fitted, fit_intercept, 1e-10, "qr")
    return solve(fitted, fit_intercept)


def _null(sums: NDArray[Any], constant: bool) -> float:
    total = sums.sum()
    if not constant:
        return float(-total * np.log(len(sums)))
    return float(xlogy(sums, sums / total).sum())


def _nagelkerke(value: float, null: float, total: float) -> float:
    most = -np.expm1(2.0 * null / total)
    return float(-np.expm1(2.0 * (null - value) / total) / most) if most > 0 else np.nan
