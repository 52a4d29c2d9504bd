"""The normal equations as they are taught, with what they cost in digits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import linalg, sparse

from ogive.linear.agreement import residual_squares, right_digits
from ogive.linear.one_thread import on_one_thread
from ogive.linear.rows import FittedRows
from ogive.linear.solution import Array, Solution
from ogive.text import InputError

__all__ = ["solve_normal"]


@on_one_thread
def solve_normal(rows: FittedRows, exact: Solution) -> Solution:
    """Solve the normal equations X'WX b = X'Wy in plain float64.

    The constant is folded in as the weight w0 of a column of ones: H(W) = XW. Cholesky's
    factorisation solves them, without centring or scaling. Forming X'X squares the condition
    number of X, so up to twice as many digits are lost as need be.

    Parameters
    ----------
    rows : FittedRows
    exact : Solution
        Of the same rows, by the exact solver. What does not follow from the normal equations
        (means, rank, singular values) is taken from it, and so is the right answer that `digits`
        is counted by.

    Returns
    -------
    Solution
        `coef`, `intercept`, `residual_sum_of_squares`, `inverse` and `digits` are those of the
        normal equations.

    Raises
    ------
    InputError
        Where the matrix X'WX is singular or not finite in float64.

    References
    ----------
    G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition, section 5.3.
    """
    if exact.rank < exact.n_features:
        raise _singular(rows, exact)
    products, right = _cross_products(rows, exact.fit_intercept)
    if not (np.isfinite(products).all() and np.isfinite(right).all()):
        raise InputError(
            "The squares and products of the columns are beyond the range of float64, so the "
            "normal equations cannot be formed. Use solver='qr', or other units.",
            "各列的平方与乘积超出了 float64 的范围，无法列出正规方程。"
            "请使用 solver='qr'，或更换单位。",
        )
    try:
        factor = linalg.cho_factor(products, lower=True)
    except linalg.LinAlgError:
        raise _broken_down(exact) from None
    solved = linalg.cho_solve(factor, right)
    inverse = linalg.cho_solve(factor, np.eye(len(products)))
    if exact.fit_intercept:
        intercept, coef, inverse = solved[0], solved[1:].T, inverse[1:, 1:]
    else:
        intercept, coef = np.zeros(solved.shape[1]), solved.T
    if not np.isfinite(coef).all():
        raise _broken_down(exact)
    return replace(
        exact,
        coef=np.ascontiguousarray(coef),
        intercept=intercept,
        residual_sum_of_squares=residual_squares(coef, intercept, exact),
        inverse=(inverse + inverse.T) / 2,
        inverse_root=None,
        digits=right_digits(coef, intercept, exact),
    )


def _cross_products(rows: FittedRows, fit_intercept: bool) -> tuple[Array, Array]:
    """Return X'WX and X'Wy, the column of ones included, without ever writing it down."""
    X = rows.X.astype(np.float64, copy=False)
    y = np.asarray(rows.y, dtype=np.float64)
    weight = rows.weight
    with np.errstate(over="ignore", invalid="ignore"):
        if sparse.issparse(X):
            weighted = X if weight is None else sparse.diags_array(weight) @ X
            products = (X.T @ weighted).toarray()
        else:
            weighted = X if weight is None else X * weight[:, None]
            products = X.T @ weighted
        right = np.asarray(weighted.T @ y)
        if not fit_intercept:
            return products, right
        sums = np.asarray(weighted.sum(axis=0)).ravel()
        total = len(y) if weight is None else weight.sum()
        of_y = y.sum(axis=0) if weight is None else weight @ y
        return np.block([[np.atleast_2d(total), sums], [sums[:, None], products]]), np.vstack(
            [of_y, right]
        )


def _broken_down(exact: Solution) -> InputError:
    condition = exact.condition_number
    return InputError(
        "The normal equations are singular in float64 and cannot be solved: forming X'X squares "
        f"the condition number of the table, which is {condition:.1e} with its columns scaled "
        "alike. Use solver='qr', which works on X itself.",
        "正规方程在 float64 下是奇异的，无法求解：构造 X'X 会使条件数平方，"
        f"而各列缩放一致后表的条件数已是 {condition:.1e}。"
        "请使用 solver='qr'，它直接对 X 求解。",
    )


def _singular(rows: FittedRows, exact: Solution) -> InputError:
    missing = exact.n_features - exact.rank
    if exact.n_samples < exact.n_features + int(exact.fit_intercept):
        unknowns = exact.n_features + int(exact.fit_intercept)
        return InputError(
            f"The normal equations are singular: {exact.n_samples} samples do not determine "
            f"{unknowns} unknowns. Give more rows or fewer columns, or use solver='qr', which "
            "finds the solution of least norm.",
            f"正规方程是奇异的：{exact.n_samples} 个样本不足以确定 {unknowns} 个未知数。"
            "请增加行数或减少列数，或使用 solver='qr'，它会求出最小范数解。",
        )
    names = [rows.feature_names[d.column] for d in exact.dependencies]
    listed = ", ".join(repr(name) for name in names[:5]) + (", ..." if len(names) > 5 else "")
    which = f" ({listed})" if names else ""
    return InputError(
        f"The normal equations are singular: {missing} of the {exact.n_features} columns{which} "
        "depend on the others or are constant. Leave them out, or use solver='qr', which finds "
        "the solution of least norm and names the dependencies.",
        f"正规方程是奇异的：{exact.n_features} 列中有 {missing} 列{which}"
        "依赖于其他列或是常数。"
        "请去掉这些列，或使用 solver='qr'，它会求出最小范数解并指出依赖关系。",
    )
