"""Why statistics of a fit are missing, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ogive.linear.solution import Solution
from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.linear.given_rows import GivenRows
    from ogive.linear.robust import Robust

__all__ = ["Remark", "remarks_on"]


MOST_TERMS = 5


class Remark(NamedTuple):
    """One reason.

    Attributes
    ----------
    code : str
        Name of the reason, for programs.
    text : Text
        The reason, for people.
    """

    code: str
    text: Text


NO_DEGREES = Text(
    "The fit leaves no residual degrees of freedom ({n_samples} row{s}, {n_parameters} "
    "coefficient{t}): standard errors, tests and information criteria are not applicable.",
    "拟合没有剩余自由度（{n_samples} 行，{n_parameters} 个系数）：标准误、检验和信息准则不适用。",
)
PERFECT = Text(
    "The fit is perfect: residuals are no larger than the rounding of the data. Standard errors "
    "are 0; tests, likelihood and information criteria are not applicable.",
    "完全拟合：残差不超过数据的舍入误差。标准误为 0；检验、似然和信息准则不适用。",
)
CONSTANT = Text(
    "The target does not vary, so there is nothing to explain: R-squared, tests, likelihood and "
    "information criteria are not applicable.",
    "目标没有变化，因而没有可解释的内容：R²、检验、似然和信息准则不适用。",
)
CONSTRAINED = Text(
    "The coefficients were kept from being negative: standard errors and tests are not applicable.",
    "系数被限制为非负：标准误和检验不适用。",
)
NO_INVERSE = Text(
    "This solver does not compute the covariance of the coefficients: standard errors and tests "
    "are not applicable. Use solver='qr' for them.",
    "此求解器不计算系数的协方差：标准误和检验不适用。需要时请使用 solver='qr'。",
)
WIDE = Text(
    "The table has too many columns for the covariance of the coefficients: standard errors and "
    "tests are not applicable.",
    "列数过多，不计算系数的协方差：标准误和检验不适用。",
)
FULL_LEVERAGE = Text(
    "The fit passes through row {row} (counted from 0) whatever its target (its leverage is 1), "
    "for which HC2 and HC3 are not defined: F and the standard errors of the coefficients that "
    "depend on such rows ({terms}) are not applicable. Use covariance='HC1', or leave out the row, "
    "and the column if there is one for it alone.",
    "无论目标取何值，拟合都经过第 {row} 行（从 0 起数；杠杆值为 1），HC2 和 HC3 对此没有定义："
    "F 以及依赖此类行的系数（{terms}）的标准误不适用。"
    "请使用 covariance='HC1'，或去掉该行（以及只为它而设的列，若有）。",
)
NO_WEIGHTS = Text(
    "The weights of the fit are not known: likelihood and information criteria are not applicable.",
    "拟合所用的权重未知：似然和信息准则不适用。",
)


def remarks_on(
    solution: Solution,
    constant: NDArray[np.bool_],
    perfect: NDArray[np.bool_],
    constrained: bool,
    robust: Robust | None,
    given: GivenRows | None = None,
) -> tuple[tuple[Remark, ...], ...]:
    """Return, for each target, why some of its statistics are NaN."""
    common: list[Remark] = []
    free = solution.residual_degrees_of_freedom
    if free <= 0:
        common.append(
            _filled(
                "no_degrees_of_freedom",
                NO_DEGREES,
                n_samples=solution.n_samples,
                n_parameters=solution.n_parameters,
                s="s" * (solution.n_samples != 1),
                t="s" * (solution.n_parameters != 1),
            )
        )
    if constrained:
        common.append(Remark("constrained", CONSTRAINED))
    elif solution.inverse is None and free > 0:
        common.append(Remark("no_covariance", NO_INVERSE))
    elif solution.inverse is None and solution.n_features > solution.n_samples:
        common.append(Remark("too_many_columns", WIDE))
    if robust is not None and robust.full_leverage is not None:
        common.append(_full_leverage(solution, robust, given))
    if np.isnan(solution.sum_of_log_weights) and free > 0:
        common.append(Remark("unknown_weights", NO_WEIGHTS))
    found = []
    for still, exact in zip(constant.tolist(), perfect.tolist(), strict=True):
        own = [Remark("constant_target", CONSTANT)] if still else []
        if exact and free > 0 and not still:
            own.append(Remark("perfect_fit", PERFECT))
        found.append((*common, *own))
    return tuple(found)


def _full_leverage(solution: Solution, robust: Robust, given: GivenRows | None) -> Remark:
    known = None if given is None else given.rows.feature_names
    names = known or tuple(f"x{i}" for i in range(solution.n_features))
    filled = []
    words: tuple[tuple[Language, str, str], ...]
    words = (("en", "(Intercept)", ", "), ("zh", "截距", "、"))
    for language, constant, comma in words:
        terms = ((constant,) if solution.fit_intercept else ()) + names
        shown = [terms[j] for j in robust.undefined[:MOST_TERMS]]
        more = ["…"] if len(robust.undefined) > MOST_TERMS else []
        listed = comma.join([*shown, *more])
        filled.append(FULL_LEVERAGE.to(language, row=robust.full_leverage, terms=listed))
    return Remark("full_leverage", Text(*filled))


def _filled(code: str, text: Text, **values: Any) -> Remark:
    return Remark(code, Text(text.to("en", **values), text.to("zh", **values)))
