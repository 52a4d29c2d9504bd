"""Condition 1: the columns have a significant, close linear effect."""

from __future__ import annotations

import numpy as np

from ogive.findings import Severity
from ogive.linear.assumptions.dependence import dependence
from ogive.linear.assumptions.outcome import holm
from ogive.linear.assumptions.record import NOTHING, AssumptionResult, not_applicable
from ogive.linear.assumptions.thresholds import Thresholds
from ogive.linear.assumptions.wording import counted, joined, listed, number, p_value, percent
from ogive.linear.inference import Inference
from ogive.linear.solution import Solution
from ogive.text import Text

__all__ = ["COEFFICIENTS", "REGRESSION", "STRENGTH", "check_significance"]

REGRESSION = ("OGV201", Text("Significance of the regression (F-test)", "回归的显著性（F 检验）"))
COEFFICIENTS = ("OGV202", Text("Significance of each column (t-tests)", "各列的显著性（t 检验）"))
STRENGTH = ("OGV203", Text("Strength (R²)", "强度（R²）"))

NO_COLUMNS = Text("No column varies, so there is nothing to test.", "没有变化的列，无可检验。")
NO_TEST = Text("There are no statistics for it.", "没有可用的统计量。")
F_TITLES: dict[Severity, Text] = {
    "issue": Text(
        "The columns together explain no more than chance would.", "各列合起来的解释力不超过偶然。"
    ),
    "passed": Text(
        "The columns together explain more than chance would.", "各列合起来的解释力超过偶然。"
    ),
}
F_MEANING = Text(
    "Coefficients and predictions of this fit are no better than the mean of the target.",
    "这个拟合的系数和预测并不比目标的均值更好。",
)
F_REMEDY = Text(
    "Look for other columns or more rows; do not interpret the coefficients.",
    "寻找其他的列或更多的行；不要解释这些系数。",
)
T_TITLES: dict[Severity, Text] = {
    "tip": Text("Some columns have no significant effect.", "有的列没有显著影响。"),
    "passed": Text("Every column has a significant effect.", "每一列都有显著影响。"),
}
T_MEANING = Text(
    "Their effect, with the others held fixed, cannot be told from none; that is no proof of none.",
    "在其他列不变时，无法把它们的影响与没有影响区分开；但这并不证明没有影响。",
)
T_REMEDY = Text(
    "See whether they are collinear with others (OGV222); leave them out if you have no reason to "
    "keep them, or collect more rows. Decide before looking at p-values where you can.",
    "查看它们是否与其他列共线（OGV222）；没有理由保留就去掉，或收集更多的行。"
    "尽可能在看到 p 值之前就作决定。",
)
R_TITLES: dict[Severity, Text] = {
    "tip": Text("The linear effect is weak.", "线性影响较弱。"),
    "passed": Text("The linear effect is not weak.", "线性影响不弱。"),
}
R_CHANCE = Text("The linear effect cannot be told from chance.", "线性影响与偶然无法区分。")
R_CHANCE_MEANING = Text(
    "So many columns explain that much of so few rows by chance alone (OGV201).",
    "以这么多的列对这么少的行，单凭偶然也能解释这么多（OGV201）。",
)
R_MEANING = Text(
    "Most of the target's variation comes from something else: single predictions are uncertain "
    "even where the coefficients are significant.",
    "目标的变化大部分来自别处：即使系数显著，单个预测也不可靠。",
)
R_REMEDY = Text(
    "Look for columns that matter more; give predictions with their intervals.",
    "寻找更重要的列；给出预测时附上预测区间。",
)


def check_significance(
    solution: Solution,
    inference: Inference,
    names: tuple[str, ...],
    target: int,
    thresholds: Thresholds,
    name: str | None,
) -> list[AssumptionResult]:
    """Judge F, t and R² of one target.

    Parameters
    ----------
    names : tuple of str
        Of the features.
    target : int
        Position of the target.
    name : str or None
        How to call it; None where it is the only one.
    """
    reason = joined(*(remark.text for remark in inference.remarks[target]))
    if inference.model_degrees_of_freedom == 0:
        reason = NO_COLUMNS
    reason = reason if reason.en else NO_TEST
    depends = dependence(solution, names) if solution.rank < solution.n_features else None
    return [
        _regression(inference, target, thresholds, name, reason),
        _coefficients(inference, names, target, thresholds, name, reason, depends),
        _strength(inference, target, thresholds, name, reason),
    ]


def _regression(
    inference: Inference, target: int, thresholds: Thresholds, name: str | None, reason: Text
) -> AssumptionResult:
    f, p = float(inference.f[target]), float(inference.f_p[target])
    if np.isnan(p):
        return not_applicable(*REGRESSION, reason, 1, name)
    above, below = inference.model_degrees_of_freedom, inference.residual_degrees_of_freedom
    passed = p <= thresholds.significance
    facts = Text(
        f"Test that all coefficients are 0: F({above}, {below}) = {number(f)}, {p_value(p)}.",
        f"检验全部系数为 0：F({above}, {below}) = {number(f)}，{p_value(p)}。",
    )
    return AssumptionResult(
        REGRESSION[0],
        "passed" if passed else "issue",
        F_TITLES["passed" if passed else "issue"],
        facts if passed else joined(facts, F_MEANING),
        NOTHING if passed else F_REMEDY,
        1,
        {"f": f, "df_numerator": above, "df_denominator": below, "p": p},
        name,
    )


def _coefficients(
    inference: Inference,
    names: tuple[str, ...],
    target: int,
    thresholds: Thresholds,
    name: str | None,
    reason: Text,
    depends: Text | None,
) -> AssumptionResult:
    first = inference.p.shape[1] - len(names)
    p, t = inference.p[target, first:], inference.t[target, first:]
    corrected = holm(p)
    tested = np.flatnonzero(~np.isnan(p))
    if len(tested) == 0:
        if reason == NO_TEST and depends is not None:
            reason = Text(
                f"No column has a coefficient of its own: {depends.en} (OGV221).",
                f"没有哪一列有自己的系数：{depends.zh}（OGV221）。",
            )
        return not_applicable(*COEFFICIENTS, reason, 1, name)
    weak = [int(j) for j in tested if not corrected[j] <= thresholds.significance]
    weak.sort(key=lambda j: -p[j])
    verdict: Severity = "tip" if weak else "passed"
    several = len(tested) > 1
    arrow = any("→" in _both(p[j], corrected[j], several) for j in weak)
    correction = (
        f" after Holm's correction for {len(tested)} tests" + " (p → corrected)" * arrow,
        f"（已按 Holm 方法对 {len(tested)} 项检验校正" + "，p → 校正后" * arrow + "）",
    )
    correction = correction if several else ("", "")
    level = f"{thresholds.significance:g}"
    significant = len(tested) - len(weak)
    if several:
        facts = Text(
            f"{significant} of {len(tested)} columns {'is' if significant == 1 else 'are'} "
            f"significant at {level}{correction[0]}.",
            f"{len(tested)} 列中有 {significant} 列在 {level} 水平上显著{correction[1]}。",
        )
    else:
        only, value = names[tested[0]], p_value(p[tested[0]])
        facts = Text(
            f"{only} is {'not ' * len(weak)}significant at {level} ({value}).",
            f"{only} 在 {level} 水平上{'不' * len(weak)}显著（{value}）。",
        )
    if weak and several:
        values = [(names[j], _both(p[j], corrected[j], several)) for j in weak]
        shown = listed([f"{one} ({value})" for one, value in values]).en
        shown_zh = listed([f"{one}（{value}）" for one, value in values]).zh
        facts = Text(f"{facts.en} Not significant: {shown}.", f"{facts.zh}不显著的有：{shown_zh}。")
    facts = joined(facts, T_MEANING) if weak else facts
    left_out = [one for j, one in enumerate(names) if np.isnan(p[j])]
    if left_out:
        own = "no coefficient of its own" if len(left_out) == 1 else "no coefficients of their own"
        why = depends or Text("", "")
        facts = joined(
            facts,
            Text(
                f"{counted(len(left_out), 'column')} {'has' if len(left_out) == 1 else 'have'} "
                f"{own}: {listed(left_out).en} ({why.en}; OGV221).",
                f"{len(left_out)} 列没有自己的系数：{listed(left_out).zh}（{why.zh}；OGV221）。",
            ),
        )
    numbers = {
        "t": {names[j]: float(t[j]) for j in tested},
        "p": {names[j]: float(p[j]) for j in tested},
        "p_holm": {names[j]: float(corrected[j]) for j in tested},
        "not_significant": [names[j] for j in weak],
    }
    return AssumptionResult(
        COEFFICIENTS[0],
        verdict,
        T_TITLES[verdict],
        facts,
        T_REMEDY if weak else NOTHING,
        1,
        numbers,
        name,
    )


def _both(p: float, corrected: float, several: bool) -> str:
    if not several or p_value(p) == p_value(corrected):
        return p_value(p)
    return f"{p_value(p)} → {p_value(corrected).removeprefix('p = ')}"


def _strength(
    inference: Inference, target: int, thresholds: Thresholds, name: str | None, reason: Text
) -> AssumptionResult:
    value, adjusted = (
        float(inference.r_squared[target]),
        float(inference.adjusted_r_squared[target]),
    )
    if np.isnan(adjusted) or inference.model_degrees_of_freedom == 0:
        return not_applicable(*STRENGTH, reason, 1, name)
    p = float(inference.f_p[target])
    chance = p > thresholds.significance
    weak = chance or adjusted < thresholds.strength
    facts = Text(
        f"R² = {number(value)}, adjusted for the number of columns {number(adjusted)}: they "
        f"explain {percent(adjusted) if adjusted > 0 else 'nothing'} of the target's variation.",
        f"R² = {number(value)}，按列数调整后 {number(adjusted)}："
        + (f"各列解释了目标变化的 {percent(adjusted)}。" if adjusted > 0 else "各列没有解释力。"),
    )
    title, meaning = R_TITLES["tip" if weak else "passed"], R_MEANING
    if chance and adjusted >= thresholds.strength:
        title, meaning = R_CHANCE, R_CHANCE_MEANING
    return AssumptionResult(
        STRENGTH[0],
        "tip" if weak else "passed",
        title,
        joined(facts, meaning) if weak else facts,
        R_REMEDY if weak else NOTHING,
        1,
        {"r_squared": value, "adjusted_r_squared": adjusted},
        name,
    )
