"""Columns so large or small that their squares overflow or vanish, multiplied by powers of two."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ogive.linear.dependencies import independent_part
from ogive.linear.moments import powers_of_two
from ogive.linear.rows import FittedRows
from ogive.linear.solution import Array, Dependency, Solution
from ogive.text import InputError

__all__ = ["rescaled_rows", "rescaled_solution"]


def rescaled_rows(rows: FittedRows) -> tuple[FittedRows, Array, Array]:
    """Return rows whose largest number in each column is in [1/2, 1), and the factors used.

    Multiplying by a power of two changes no digit.
    """
    X, y = np.asarray(rows.X, dtype=np.float64), rows.y
    x_scale = powers_of_two(np.abs(X).max(axis=0))
    y_scale = powers_of_two(np.abs(y).max(axis=0))
    scaled = FittedRows(
        X * x_scale, y * y_scale, rows.weight, rows.feature_names, rows.target_names
    )
    return scaled, x_scale, y_scale


def rescaled_solution(solution: Solution, x_scale: Array, y_scale: Array) -> Solution:
    """Return the solution for ``X / x_scale`` and ``y / y_scale`` from that for X and y."""
    with np.errstate(over="ignore", under="ignore"):
        coef = solution.coef * x_scale / y_scale[:, None]
        intercept = solution.intercept / y_scale
    lost = ~np.isfinite(coef) | ((coef == 0) & (solution.coef != 0))
    if lost.any():
        column = int(np.argwhere(lost)[0][1])
        raise InputError(
            f"The coefficient of column {column} (counted from 0) is beyond what float64 can hold: "
            "its numbers and the target's differ too much in size. Multiply the column or the "
            "target by a power of ten.",
            f"第 {column} 列（从 0 起数）的系数超出 float64 的范围：该列与目标的数量级相差过大。"
            "请把该列或目标乘以 10 的某次幂。",
        )
    feature_means, target_means = solution.feature_means / x_scale, solution.target_means / y_scale
    null_space = solution.null_space
    if null_space.shape[1]:
        # The least norm is that of the coefficients in their own units.
        null_space, coef = independent_part(null_space * x_scale[:, None], coef, x_scale)
        if solution.fit_intercept:
            intercept = target_means - coef @ feature_means
    root = solution.inverse_root
    # What overflows or vanishes here is what float64 cannot hold; `inverse_root` still can.
    with np.errstate(over="ignore", under="ignore"):
        inverse = solution.inverse
        return replace(
            solution,
            coef=coef,
            intercept=intercept,
            feature_means=feature_means,
            target_means=target_means,
            feature_norms=solution.feature_norms / x_scale,
            residual_sum_of_squares=solution.residual_sum_of_squares / y_scale / y_scale,
            total_sum_of_squares=solution.total_sum_of_squares / y_scale / y_scale,
            inverse=None if inverse is None else inverse * x_scale * x_scale[:, None],
            inverse_root=None if root is None else root * x_scale[:, None],
            null_space=null_space,
            dependencies=tuple(_rescaled(one, x_scale) for one in solution.dependencies),
        )


def _rescaled(dependency: Dependency, x_scale: Array) -> Dependency:
    own = x_scale[dependency.column]
    return Dependency(
        dependency.column,
        {
            j: float(factor * (x_scale[j] if j >= 0 else 1.0) / own)
            for j, factor in dependency.combination.items()
        },
    )
