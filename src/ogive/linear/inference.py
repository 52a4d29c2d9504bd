"""What a least-squares fit lets one infer: errors, tests, intervals, and how good the fit is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from ogive.linear.covariance import coefficient_deviations, estimable_terms
from ogive.linear.given_rows import GivenRows, Usable
from ogive.linear.remarks import Remark, remarks_on
from ogive.linear.robust import Robust, check_covariance, robust_covariance
from ogive.linear.solution import Array, Solution
from ogive.text import InputError

__all__ = [
    "Inference",
    "check_level",
    "in_own_units",
    "infer",
    "is_constant",
    "is_perfect",
    "standard_errors",
]

EPSILON = float(np.finfo(np.float64).eps)


@dataclass(frozen=True)
class Inference:
    """Statistics of a fit, of all its targets at once.

    Arrays have shape (n_targets,), and those of the coefficients (n_targets, n_terms), where the
    constant term comes first if there is one. What has no meaning is NaN; `remarks` say why.

    Attributes
    ----------
    covariance : {"nonrobust", "HC0", "HC1", "HC2", "HC3"}
        How standard errors were estimated.
    level : float
        Of the confidence intervals.
    estimates : ndarray of shape (n_targets, n_terms)
        Coefficients.
    standard_errors, t, p : ndarray of shape (n_targets, n_terms)
        With two-sided p of Student's t with the residual degrees of freedom, robust or not.
    low, high : ndarray of shape (n_targets, n_terms)
        Ends of the confidence intervals.
    estimable : ndarray of bool of shape (n_terms,)
        Whether the data determine the coefficient.
    n_samples : int
        Rows whose weight is not 0.
    model_degrees_of_freedom : int
        Coefficients that the data determine, without the constant.
    residual_degrees_of_freedom : int
        Rows less coefficients that the data determine.
    residual_standard_error : ndarray
        Root of the residual variance.
    r_squared, adjusted_r_squared : ndarray
        About the mean where there is a constant, otherwise about 0.
    f, f_p : ndarray
        Test that all coefficients besides the constant are 0. Robust covariances make it Wald's.
    log_likelihood, aic, bic : ndarray
        For normal errors, of which the variance is not counted as a parameter.
    condition_number : float
        Of the centred and scaled columns.
    digits : ndarray
        Estimate of how many decimal digits of the worst coefficient are right.
    perfect, constant : ndarray of bool
        Whether the residuals are nothing but rounding, and whether the target does not vary.
    remarks : tuple of tuple of Remark
        For each target, why statistics are missing.

    Notes
    -----
    The conventions are those of statsmodels, save that robust covariances are used with Student's
    distribution, not the normal one, as MacKinnon and White (1985) found to hold its level better
    in small samples, and that the condition number is of the scaled columns.
    """

    covariance: str
    level: float
    estimates: Array
    standard_errors: Array
    t: Array
    p: Array
    low: Array
    high: Array
    estimable: NDArray[np.bool_]
    n_samples: int
    model_degrees_of_freedom: int
    residual_degrees_of_freedom: int
    residual_standard_error: Array
    r_squared: Array
    adjusted_r_squared: Array
    f: Array
    f_p: Array
    log_likelihood: Array
    aic: Array
    bic: Array
    condition_number: float
    digits: Array
    perfect: NDArray[np.bool_]
    constant: NDArray[np.bool_]
    remarks: tuple[tuple[Remark, ...], ...]


def infer(
    solution: Solution,
    *,
    covariance: str = "nonrobust",
    level: float = 0.95,
    given: GivenRows | None = None,
    constrained: bool = False,
) -> Inference:
    """Compute the statistics of a fit.

    Parameters
    ----------
    solution : Solution
        What was solved.
    covariance : {"nonrobust", "HC0", "HC1", "HC2", "HC3"}, default="nonrobust"
        How to estimate standard errors; the robust ones need the rows.
    level : float, default=0.95
        Of the confidence intervals.
    given : GivenRows, optional
        The rows.
    constrained : bool, default=False
        Whether the coefficients were kept from being negative, which leaves the tests no meaning.

    Raises
    ------
    InputError
        For another covariance or level, and for a robust covariance without rows.
    """
    check_level(level)
    check_covariance(covariance)
    free = solution.residual_degrees_of_freedom
    constant, perfect = is_constant(solution), is_perfect(solution)
    variance = _residual_variance(solution, perfect)
    errors, robust = standard_errors(solution, covariance, given)
    estimable = estimable_terms(solution)
    estimates = solution.coef
    if solution.fit_intercept:
        estimates = np.column_stack([solution.intercept, estimates])
    usable = errors > 0
    t = np.where(usable, estimates / np.where(usable, errors, 1.0), np.nan)
    # Between equal ends a coefficient of a perfect fit is known, though nothing is there to test.
    half = (stats.t.ppf(0.5 + level / 2, free) if free > 0 else np.nan) * errors
    r_squared, adjusted = _r_squared(solution, constant, perfect)
    f, f_p = _f(solution, constant | perfect | constrained, robust)
    log_likelihood = _log_likelihood(solution, perfect)
    n_parameters = solution.n_parameters
    return Inference(
        covariance=covariance,
        level=level,
        estimates=estimates,
        standard_errors=errors,
        t=t,
        p=2 * stats.t.sf(np.abs(t), free) if free > 0 else np.full_like(t, np.nan),
        low=estimates - half,
        high=estimates + half,
        estimable=estimable,
        n_samples=solution.n_samples,
        model_degrees_of_freedom=solution.rank,
        residual_degrees_of_freedom=free,
        residual_standard_error=np.sqrt(variance),
        r_squared=r_squared,
        adjusted_r_squared=adjusted,
        f=f,
        f_p=f_p,
        log_likelihood=log_likelihood,
        aic=2 * n_parameters - 2 * log_likelihood,
        bic=np.log(max(solution.n_samples, 1)) * n_parameters - 2 * log_likelihood,
        condition_number=solution.condition_number,
        digits=solution.digits,
        perfect=perfect,
        constant=constant,
        remarks=remarks_on(solution, constant, perfect, constrained, robust, given),
    )


def standard_errors(
    solution: Solution, covariance: str, given: GivenRows | None
) -> tuple[Array, Robust | None]:
    """Return the standard errors, of shape (n_targets, n_terms), and what the robust come from."""
    perfect = is_perfect(solution)
    robust: Robust | None = None
    if covariance == "nonrobust":
        variance = _residual_variance(solution, perfect)
        errors = np.sqrt(variance)[:, None] * coefficient_deviations(solution)
    else:
        robust = robust_covariance(solution, given, covariance)
        exact = perfect & (solution.residual_degrees_of_freedom > 0)
        errors = np.where(exact[:, None], 0.0, robust.standard_errors)
    return np.where(estimable_terms(solution), errors, np.nan), robust


def in_own_units(inference: Inference, usable: Usable) -> Inference:
    """Return statistics of targets that were multiplied by powers of two for those as given."""
    if usable.exponents is None:
        return inference
    sized = ("estimates", "standard_errors", "low", "high", "residual_standard_error")
    shift = inference.n_samples * np.log(2.0) * usable.exponents
    changed: dict[str, Any] = {name: usable.own_units(getattr(inference, name)) for name in sized}
    return replace(
        inference,
        **changed,
        log_likelihood=inference.log_likelihood + shift,
        aic=inference.aic - 2 * shift,
        bic=inference.bic - 2 * shift,
    )


def check_level(level: float) -> None:
    """Raise InputError unless `level` is a share between 0 and 1."""
    if isinstance(level, int | float | np.number) and 0 < level < 1:
        return
    raise InputError(
        f"level must lie between 0 and 1, 0.95 for intervals of 95 %. Got {level!r} instead.",
        f"level 必须介于 0 与 1 之间，95% 的区间为 0.95，得到的却是 {level!r}。",
    )


def is_constant(solution: Solution) -> NDArray[np.bool_]:
    """Return which targets do not vary (about the mean, or about 0 where there is no constant).

    Less than an eighth of a unit in the last place is the rounding of the mean.
    """
    rounding = EPSILON / 8 * np.abs(solution.target_means)
    limit = np.sqrt(solution.sum_of_weights) * rounding
    constant: NDArray[np.bool_] = np.sqrt(solution.total_sum_of_squares) <= limit
    return constant


def is_perfect(solution: Solution) -> NDArray[np.bool_]:
    """Return for which targets the residuals are no larger than the rounding of the data.

    A target computed from its features is off by parts of a unit in its last place; beside them,
    statistics of the residuals say nothing about the coefficients.
    """
    noise = 5 * EPSILON * np.sqrt(solution.total_sum_of_squares)
    noise += EPSILON * (np.abs(solution.coef) @ solution.feature_norms)
    noise += EPSILON / 4 * np.sqrt(solution.sum_of_weights) * np.abs(solution.target_means)
    perfect: NDArray[np.bool_] = np.sqrt(solution.residual_sum_of_squares) <= noise
    return perfect


def _residual_variance(solution: Solution, perfect: NDArray[np.bool_]) -> Array:
    free = solution.residual_degrees_of_freedom
    if free <= 0:
        return np.full(len(solution.intercept), np.nan)
    return np.where(perfect, 0.0, solution.residual_sum_of_squares / free)


def _r_squared(
    solution: Solution, constant: NDArray[np.bool_], perfect: NDArray[np.bool_]
) -> tuple[Array, Array]:
    total = np.where(constant, 1.0, solution.total_sum_of_squares)
    unexplained = np.where(perfect, 0.0, solution.residual_sum_of_squares) / total
    unexplained = np.where(constant, np.nan, unexplained)
    free = solution.residual_degrees_of_freedom
    if free <= 0:
        return 1 - unexplained, np.full_like(unexplained, np.nan)
    rows = solution.n_samples - int(solution.fit_intercept)
    return 1 - unexplained, 1 - rows / free * unexplained


def _f(
    solution: Solution, meaningless: NDArray[np.bool_], robust: Robust | None
) -> tuple[Array, Array]:
    free, rank = solution.residual_degrees_of_freedom, solution.rank
    nothing = np.full(len(solution.intercept), np.nan)
    if free <= 0 or rank == 0 or solution.inverse is None:
        return nothing, nothing
    if robust is not None:
        f = np.where(meaningless, np.nan, robust.f)
    else:
        residual = np.where(meaningless, 1.0, solution.residual_sum_of_squares)
        explained = np.maximum(solution.total_sum_of_squares - residual, 0.0)
        f = np.where(meaningless, np.nan, (explained / rank) / (residual / free))
    return f, stats.f.sf(f, rank, free)


def _log_likelihood(solution: Solution, perfect: NDArray[np.bool_]) -> Array:
    n = solution.n_samples
    if solution.residual_degrees_of_freedom <= 0:
        return np.full(len(solution.intercept), np.nan)
    squares = np.where(perfect, 1.0, solution.residual_sum_of_squares)
    value = -n / 2 * (np.log(2 * np.pi * squares / n) + 1) + solution.sum_of_log_weights / 2
    return np.where(perfect, np.nan, value)
