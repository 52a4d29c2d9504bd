"""Targets so large or small that their squares overflow or vanish, multiplied by powers of two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ogive.linear.rows import FittedRows
from ogive.linear.solution import Array, Solution
from ogive.text import InputError

__all__ = ["beyond_squares", "refuse_beyond_squares", "scaled_targets", "target_exponents"]

EPSILON = float(np.finfo(np.float64).eps)
# Sums of squares between these, and what is left of them by a fit to the last digit, are right.
LEAST, MOST = 1e-200, 1e250


class ScaledTargets(NamedTuple):
    """A fit of targets times ``2.0**exponents``.

    Attributes
    ----------
    rows : FittedRows
    solution : Solution
        Its sums of squares are not known yet: they are NaN for the targets that were multiplied.
    """

    rows: FittedRows
    solution: Solution


def beyond_squares(solution: Solution) -> NDArray[np.bool_]:
    """Return for which targets the sums of squares of the solution have overflowed or vanished."""
    total, residual = solution.total_sum_of_squares, solution.residual_sum_of_squares
    large = ~(total < MOST) | ~(residual < MOST)
    # What is left of a target that does not vary is rounding, and 0 is right for its squares.
    at_mean = np.sqrt(solution.sum_of_weights) * np.abs(solution.target_means)
    moved = np.abs(solution.coef) @ solution.feature_norms
    small = (total < LEAST) & ((total > 0) | (moved > 64 * EPSILON * at_mean))
    beyond: NDArray[np.bool_] = large | small
    return beyond


def target_exponents(solution: Solution, rows: FittedRows) -> NDArray[np.int64] | None:
    """Return the power of two to multiply each target by, or None where all may stay as they are.

    They bring the largest number of the target, times the root of the sum of weights, to [1/2, 1).
    """
    beyond = beyond_squares(solution)
    if not beyond.any():
        return None
    sizes = np.abs(np.asarray(rows.y, dtype=np.float64)).max(axis=0, initial=0.0)
    exponents = np.frexp(sizes)[1] + np.frexp(np.sqrt(solution.sum_of_weights))[1]
    found: NDArray[np.int64] = np.where(beyond & (sizes > 0), -exponents, 0).astype(np.int64)
    return found


def scaled_targets(
    solution: Solution, rows: FittedRows, exponents: NDArray[np.int64]
) -> ScaledTargets:
    """Return the fit of targets times ``2.0**exponents``, which changes no digit of them."""
    unknown = np.where(exponents != 0, np.nan, 1.0)
    return ScaledTargets(
        replace(rows, y=times_power(np.asarray(rows.y, dtype=np.float64), exponents)),
        replace(
            solution,
            coef=times_power(solution.coef.T, exponents).T,
            intercept=times_power(solution.intercept, exponents),
            target_means=times_power(solution.target_means, exponents),
            residual_sum_of_squares=solution.residual_sum_of_squares * unknown,
            total_sum_of_squares=solution.total_sum_of_squares * unknown,
        ),
    )


def times_power(values: Array, exponents: NDArray[np.int64]) -> Array:
    """Return values times powers of two, infinite or 0 where float64 cannot hold them."""
    with np.errstate(over="ignore", under="ignore"):
        scaled: Array = np.ldexp(values, exponents)
    return scaled


def refuse_beyond_squares(solution: Solution, names: Sequence[str]) -> None:
    """Raise InputError where sums of squares of a target, which are asked for, are not right."""
    beyond = beyond_squares(solution)
    if not beyond.any():
        return
    target = int(np.argmax(beyond))
    size = np.abs(solution.target_means[target])
    size = max(float(size), float(np.abs(solution.coef[target]).max(initial=0.0)))
    large = not solution.total_sum_of_squares[target] < 1
    exponent = _power(size, large)
    raise InputError(
        f"The squares of the target {names[target]!r} are too {'large' if large else 'small'} for "
        f"float64. Multiply it by 2.0**{exponent} and fit again: coefficients and their errors "
        "are multiplied by the same, tests stay as they are.",
        f"目标 {names[target]!r} 的平方{'过大' if large else '过小'}，超出 float64 的范围。"
        f"请将其乘以 2.0**{exponent} 后重新拟合：系数及其标准误随之同比缩放，检验不变。",
    )


def _power(size: float, large: bool) -> int:
    if not (0 < size < np.inf):
        return -600 if large else 600
    exponent = -int(np.frexp(size)[1])
    return exponent if abs(exponent) > 64 else (-600 if large else 600)
