"""Condition 2 continued: rows that the fit depends on more than it should."""

from __future__ import annotations

import numpy as np

from ogive.findings import Severity
from ogive.linear.assumptions.record import NOTHING, AssumptionResult, not_applicable
from ogive.linear.assumptions.thresholds import Thresholds
from ogive.linear.assumptions.wording import joined, largest, number, rows_listed
from ogive.linear.influence import Influence
from ogive.text import Text

__all__ = ["COOK", "LEVERAGE", "check_cook", "check_leverage"]

COOK = ("OGV218", Text("Influential rows (Cook's distance)", "强影响行（Cook 距离）"))
LEVERAGE = ("OGV219", Text("Leverage", "杠杆值"))
UNKNOWN = Text(
    "Cook's distance needs residuals whose variance can be estimated, of rows that do not fix "
    "their own fitted value.",
    "计算 Cook 距离需要方差可估计的残差，且各行不能完全决定自己的拟合值。",
)
SHOWN = 20
EVERY_ROW = Text(
    "There are no more rows than coefficients: every row fixes its own fitted value.",
    "行数不多于系数个数：每一行都决定自己的拟合值。",
)
COOK_TITLES: dict[Severity, Text] = {
    "issue": Text("A single row moves the whole fit.", "单独一行就能移动整个拟合。"),
    "tip": Text("A single row moves the fit noticeably.", "单独一行能明显移动拟合。"),
    "passed": Text("No single row moves the fit noticeably.", "没有哪一行能明显移动拟合。"),
}
COOK_MEANING = Text(
    "Without such a row the coefficients would be others: they rest on it.",
    "去掉这样的行，系数就会改变：结论依赖于它。",
)
COOK_REMEDY = Text(
    "Check these rows; fit once without them and report both, or collect more rows like them.",
    "检查这些行；去掉它们再拟合一次并同时报告，或收集更多类似的行。",
)
LEVERAGE_TITLES: dict[Severity, Text] = {
    "tip": Text("A row stands alone among the columns' values.", "有的行在各列取值中孤立。"),
    "passed": Text("No row stands alone among the columns' values.", "没有行在各列取值中孤立。"),
}
LEVERAGE_MEANING = Text(
    "The fit passes close to such a row whatever its target is, so its residual hides mistakes.",
    "无论其目标值如何，拟合都会贴近这样的行，残差因此掩盖错误。",
)
LEVERAGE_REMEDY = Text(
    "Check the values of the columns in these rows; for heavily skewed columns take the logarithm.",
    "检查这些行各列的值；对严重偏斜的列取对数。",
)


def check_cook(
    influence: Influence, target: int, thresholds: Thresholds, name: str | None
) -> AssumptionResult:
    """Look for rows with a large Cook's distance (Cook, 1977)."""
    n_targets = len(influence.target_names)
    distance = influence.cooks_distance.reshape(-1, n_targets)[:, target]
    known = ~np.isnan(distance)
    n = int(known.sum())
    if n == 0:
        return not_applicable(*COOK, UNKNOWN, 2, name)
    sizes = np.where(known, distance, -1.0)
    rows = largest(sizes, thresholds.cook_tip, SHOWN)
    most = float(sizes[rows[0]])
    beyond = rows[sizes[rows] > thresholds.cook_tip]
    usual = int((sizes > 4 / n).sum())
    verdict: Severity = "passed"
    if most > thresholds.cook_tip:
        verdict = "issue" if most > thresholds.cook_issue else "tip"
    limits = f"{thresholds.cook_tip:g}", f"{thresholds.cook_issue:g}"
    facts = Text(
        f"The largest Cook's distance is {number(most)}, of row {rows[0]} (counted from 0); "
        f"from {limits[0]} a row deserves a look, from {limits[1]} it decides. {usual} of {n} rows "
        f"{'lies' if usual == 1 else 'lie'} above 4/n = {number(4 / n)}, where one looks first.",
        f"最大的 Cook 距离为 {number(most)}，在第 {rows[0]} 行（从 0 起数）；超过 {limits[0]} "
        f"值得查看，超过 {limits[1]} 则足以左右结果。{n} 行中有 {usual} 行超过 "
        f"4/n = {number(4 / n)}，可优先查看。",
    )
    if len(beyond) > 1:
        named = rows_listed(beyond)
        facts = Text(
            f"{facts.en} Rows above {limits[0]}: {named.en}.",
            f"{facts.zh}超过 {limits[0]} 的行：{named.zh}。",
        )
    return AssumptionResult(
        COOK[0],
        verdict,
        COOK_TITLES[verdict],
        facts if verdict == "passed" else joined(facts, COOK_MEANING),
        NOTHING if verdict == "passed" else COOK_REMEDY,
        2,
        {
            "largest": most,
            "row": int(rows[0]),
            "rows": [int(row) for row in beyond],
            "n_above_4_over_n": usual,
            "rows_above_4_over_n": [int(row) for row in rows[: min(usual, SHOWN)]],
        },
        name,
    )


def check_leverage(influence: Influence, thresholds: Thresholds) -> AssumptionResult:
    """Look for rows with a large leverage (Hoaglin and Welsch, 1978; Huber, 1981)."""
    leverage = influence.leverage
    n, p = int((leverage > 0).sum()), influence.n_parameters
    if n <= p:
        return not_applicable(*LEVERAGE, EVERY_ROW, 2)
    rows = largest(leverage, thresholds.leverage, SHOWN)
    most = float(leverage[rows[0]])
    beyond = rows[leverage[rows] > thresholds.leverage]
    usual = int((leverage > 2 * p / n).sum())
    # Among few rows the mean alone comes near the limit.
    alone = len(beyond) > 0 and most > 3 * p / n
    verdict: Severity = "tip" if alone else "passed"
    facts = Text(
        f"The largest leverage is {number(most)}, of row {rows[0]} (counted from 0); the mean "
        f"is p/n = {number(p / n)}, and 1 would mean that the row fixes its own fitted value. "
        f"{usual} of {n} rows {'lies' if usual == 1 else 'lie'} above 2p/n.",
        f"最大的杠杆值为 {number(most)}，在第 {rows[0]} 行（从 0 起数）；平均值为 "
        f"p/n = {number(p / n)}，等于 1 则表示该行完全决定自己的拟合值。{n} 行中有 {usual} 行超过 "
        "2p/n。",
    )
    if alone and len(beyond) > 1:
        named = rows_listed(beyond)
        facts = Text(
            f"{facts.en} Rows above {thresholds.leverage:g}: {named.en}.",
            f"{facts.zh}超过 {thresholds.leverage:g} 的行：{named.zh}。",
        )
    return AssumptionResult(
        LEVERAGE[0],
        verdict,
        LEVERAGE_TITLES[verdict],
        joined(facts, LEVERAGE_MEANING) if alone else facts,
        LEVERAGE_REMEDY if alone else NOTHING,
        2,
        {
            "largest": most,
            "row": int(rows[0]),
            "mean": p / n,
            "rows": [int(row) for row in beyond] if alone else [],
            "n_above_2p_over_n": usual,
            "rows_above_2p_over_n": [int(row) for row in rows[: min(usual, SHOWN)]],
        },
    )
