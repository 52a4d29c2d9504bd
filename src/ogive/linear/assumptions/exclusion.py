"""Condition 3: the columns exclude one another."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import stats

from ogive.findings import Severity
from ogive.linear.assumptions.dependence import dependence, too_few_rows
from ogive.linear.assumptions.outcome import holm
from ogive.linear.assumptions.record import NOTHING, AssumptionResult, not_applicable
from ogive.linear.assumptions.sample import Sample
from ogive.linear.assumptions.thresholds import Thresholds
from ogive.linear.assumptions.wording import counted, joined, listed, number
from ogive.linear.solution import Array, Solution
from ogive.text import Text

__all__ = [
    "INFLATION",
    "MOST_COLUMNS",
    "PAIRS",
    "check_inflation",
    "check_pairs",
    "correlations",
    "inflation_factors",
]

INFLATION = ("OGV222", Text("Variance inflation (VIF)", "方差膨胀（VIF）"))
PAIRS = ("OGV223", Text("Correlation among columns and with the target", "列间及与目标的相关"))

ONE_COLUMN = Text(
    "There is only one column, and so no other to relate it to.",
    "只有一列，没有可与之相关的其他列。",
)
NO_INVERSE = Text(
    "This solver does not compute what it takes; use solver='qr'.",
    "此求解器不计算所需的量；请使用 solver='qr'。",
)
NO_ROWS = Text("The model keeps no rows, and none were given.", "模型没有保留数据行，也没有给出。")
TOO_MANY = Text(
    "There are more than {limit} columns; a correlation table of them is not made.",
    "列数超过 {limit}，不计算相关表。",
)
TOO_FEW = Text("There are too few rows, or the target does not vary.", "行数太少，或目标没有变化。")
INFLATION_TITLES: dict[Severity, Text] = {
    "issue": Text("Columns are nearly combinations of others.", "有的列几乎是其他列的组合。"),
    "tip": Text("Columns are related to each other.", "各列之间有关联。"),
    "passed": Text(
        "The columns hardly inflate each other's variance.", "各列几乎不使彼此的方差膨胀。"
    ),
}
INFLATION_MEANING = Text(
    "The standard error of such a coefficient is √VIF times what it would be for unrelated "
    "columns, and coefficients can change sign from sample to sample. Predictions are not "
    "affected.",
    "这类系数的标准误是各列不相关时的 √VIF 倍，换一个样本，系数甚至会变号。预测不受影响。",
)
INFLATION_REMEDY = Text(
    "Leave out columns that say the same, merge them into one, or use ridge regression; keep them "
    "if you only predict.",
    "去掉含义相同的列，把它们合并为一列，或使用岭回归；若只作预测，可以保留。",
)
EXACT_MEANING = Text(
    "The data do not determine these coefficients at all.", "数据完全无法确定这些系数。"
)
EXACT_TITLE = Text("VIFs are infinite.", "有的 VIF 为无穷大。")
EXACT_REMEDY = Text(
    "Leave out one column of each equation (OGV221).", "每个等式中去掉一列（OGV221）。"
)
ROWS_REMEDY = Text(
    "Collect more rows, or leave out columns (OGV221).", "收集更多的行，或减少列数（OGV221）。"
)
PAIR_TITLES: dict[Severity, Text] = {
    "issue": Text(
        "Columns correlate more with each other than with the target.",
        "有的列彼此之间比与目标更相关。",
    ),
    "tip": Text(
        "Columns correlate more with each other than with the target.",
        "有的列彼此之间比与目标更相关。",
    ),
    "passed": Text(
        "No two columns are seen to correlate more with each other than with the target.",
        "没有看到哪两列彼此之间比与目标更相关。",
    ),
}
PAIR_MEANING = Text(
    "The two tell more about each other than about the target, so that their effects are hard to "
    "tell apart.",
    "两者之间的联系胜过各自与目标的联系，因此难以区分它们各自的影响。",
)
PAIR_REMEDY = Text(
    "Keep the one that matters more, or merge the two; see the VIF (OGV222) for how much harm they "
    "do.",
    "保留更重要的一列，或把两列合并；危害有多大，见 VIF（OGV222）。",
)
MOST_COLUMNS = 1000
TABLE_COLUMNS = 30


def inflation_factors(solution: Solution) -> Array:
    """Return the variance inflation factor of each column, infinite for exact combinations.

    They are the diagonal of the inverse of the cross-product of the scaled columns (Marquardt,
    1970): all at once, without a regression for each column. NaN where the inverse is not known.
    """
    if solution.inverse is None:
        return np.full(solution.n_features, np.nan)
    norms = solution.feature_norms
    # What over- and underflows here belongs to columns that have no factor.
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        if solution.inverse_root is None:
            diagonal = np.diag(solution.inverse)
            factors = diagonal * norms * norms
            # The inverse itself leaves the range of numbers with columns beyond 1e154.
            factors[~((diagonal > 0) & np.isfinite(factors))] = np.nan
        else:
            root = solution.inverse_root * norms[:, None]
            factors = (root * root).sum(axis=1)
    # By rounding only they can fall below 1.
    found: Array = np.where(solution.estimable, np.maximum(factors, 1.0), np.inf)
    return found


def check_inflation(
    solution: Solution, names: tuple[str, ...], thresholds: Thresholds
) -> AssumptionResult:
    """Judge the variance inflation factors."""
    if solution.n_features == 1:
        return not_applicable(*INFLATION, ONE_COLUMN, 3)
    factors = inflation_factors(solution)
    if np.isnan(factors).any():
        return not_applicable(*INFLATION, NO_INVERSE, 3)
    finite = np.isfinite(factors)
    largest_first = np.argsort(-np.where(finite, factors, 0.0), kind="stable")
    largest_first = largest_first[: int(finite.sum())]
    verdict: Severity = "passed"
    largest = float(factors[largest_first[0]]) if len(largest_first) else 1.0
    if largest > thresholds.vif_tip:
        verdict = "issue" if largest > thresholds.vif_issue else "tip"
    shown = [j for j in largest_first if factors[j] > thresholds.vif_tip] or [*largest_first[:1]]
    named = listed([f"{names[j]} {number(float(factors[j]))}" for j in shown])
    limits = f"{thresholds.vif_tip:g}", f"{thresholds.vif_issue:g}"
    facts = Text(
        f"Largest VIF: {named.en} (1 for unrelated columns; above {limits[0]} a tip, above "
        f"{limits[1]} an issue).",
        f"最大的 VIF：{named.zh}（各列不相关时为 1；超过 {limits[0]} 为提示，超过 {limits[1]} "
        "为问题）。",
    )
    title, remedy = INFLATION_TITLES[verdict], INFLATION_REMEDY
    if verdict != "passed":
        facts = joined(facts, INFLATION_MEANING)
    if not finite.all():
        facts = _with_infinite(solution, names, int((~finite).sum()), facts)
        verdict, title = "issue", EXACT_TITLE
        remedy = ROWS_REMEDY if too_few_rows(solution) else EXACT_REMEDY
    return AssumptionResult(
        INFLATION[0],
        verdict,
        title,
        facts,
        NOTHING if verdict == "passed" else remedy,
        3,
        {
            "vif": {names[j]: float(factors[j]) for j in np.flatnonzero(finite)},
            "exact": [names[j] for j in np.flatnonzero(~finite)],
        },
    )


def _with_infinite(solution: Solution, names: tuple[str, ...], exact: int, others: Text) -> Text:
    """Return what to say where `exact` columns have no finite factor."""
    why = dependence(solution, names, 1)
    facts = Text(
        f"The VIF of {counted(exact, 'column')} is infinite: {why.en} (OGV221).",
        f"{exact} 列的 VIF 为无穷大：{why.zh}（OGV221）。",
    )
    facts = joined(facts, EXACT_MEANING)
    if exact == solution.n_features:
        return facts
    return joined(
        facts,
        Text(f"Of the others: {others.en[0].lower()}{others.en[1:]}", f"其余各列：{others.zh}"),
    )


def correlations(sample: Sample) -> tuple[Array, Array]:
    """Return the weighted correlations of the columns, and of columns and targets.

    Shapes (n_features, n_features) and (n_features, n_targets); NaN for what does not vary.
    """
    k, rows = sample.solution.n_features, sample.rows
    targets = np.asarray(rows.y, dtype=np.float64)
    weight = sample.root**2
    targets = targets - np.average(targets, axis=0, weights=weight)
    size = np.abs(targets).max(axis=0)
    targets /= np.where(size > 0, size, 1.0)
    shift = np.zeros(k)
    if not sample.solution.fit_intercept:  # correlations are about the mean all the same
        for block in sample.design.blocks():
            shift += block.root_weight @ block.columns
        shift /= sample.solution.sum_of_weights
    among, whole = np.zeros((k, k)), np.zeros(k)
    products, total = np.zeros((k, targets.shape[1])), np.zeros(targets.shape[1])
    for block in sample.design.blocks():
        columns = block.columns - block.root_weight[:, None] * shift
        own = targets[block.rows] * block.root_weight[:, None]
        among += columns.T @ columns
        products += columns.T @ own
        whole += np.einsum("ij,ij->j", block.columns, block.columns)
        total += np.einsum("ij,ij->j", own, own)
    varies = np.diag(among) > 1e-26 * whole
    safe = np.sqrt(np.where(varies, np.diag(among), np.nan))
    among /= np.outer(safe, safe)
    length = np.sqrt(np.where(total > 0, total, np.nan))
    with_target = products / safe[:, None] / length
    return np.clip(among, -1.0, 1.0), np.clip(with_target, -1.0, 1.0)


def check_pairs(
    k: int,
    sample: Sample | None,
    found: tuple[Array, Array] | None,
    target: int,
    thresholds: Thresholds,
    name: str | None,
) -> AssumptionResult:
    """Look for pairs of columns that correlate more with each other than with the target.

    The difference has to be more than chance: the correlation of the pair itself must be
    significant after Holm's correction for the number of pairs.

    Parameters
    ----------
    k : int
        Number of columns.
    sample : Sample or None
        None where there are no rows.
    found : tuple of ndarray, or None
        What `correlations` returned.
    target : int
        Position of the target.
    name : str or None
        Its name, where there are several.
    """
    if k < 2:
        return not_applicable(*PAIRS, ONE_COLUMN, 3, name)
    if k > MOST_COLUMNS:
        limit = TOO_MANY.to("en", limit=MOST_COLUMNS), TOO_MANY.to("zh", limit=MOST_COLUMNS)
        return not_applicable(*PAIRS, Text(*limit), 3, name)
    if sample is None or found is None:
        return not_applicable(*PAIRS, NO_ROWS, 3, name)
    names = sample.rows.feature_names
    among, with_target = found[0], found[1][:, target]
    if sample.n < 4 or np.isnan(with_target).all():
        return not_applicable(*PAIRS, TOO_FEW, 3, name)
    first, second = np.triu_indices(k, 1)
    r = among[first, second]
    strength = np.abs(r)
    own = np.abs(with_target)
    higher = strength > np.fmax(own[first], own[second])
    corrected = holm(_p_of_correlation(r, sample.n))
    at_fault = np.flatnonzero(higher & (corrected <= thresholds.significance))
    at_fault = at_fault[np.argsort(-strength[at_fault], kind="stable")]
    verdict: Severity = "passed"
    if len(at_fault):
        high = strength[at_fault[0]] >= thresholds.correlation
        verdict = "issue" if high else "tip"
    by_strength = np.argsort(-np.where(np.isnan(strength), -1.0, strength), kind="stable")
    shown = at_fault if len(at_fault) else by_strength[:1]

    def described(i: int) -> dict[str, Any]:
        a, b = int(first[i]), int(second[i])
        return {
            "columns": [names[a], names[b]],
            "correlation": float(r[i]),
            "with_target": [float(with_target[a]), float(with_target[b])],
        }

    pairs = [described(int(i)) for i in shown[:20]]
    wording = [
        Text(
            f"{a} and {b} {pair['correlation']:.2f} (with the target {s:.2f} and {t:.2f})",
            f"{a} 与 {b} {pair['correlation']:.2f}（与目标 {s:.2f} 和 {t:.2f}）",
        )
        for pair in pairs
        for (a, b), (s, t) in [(pair["columns"], pair["with_target"])]
    ]
    en = listed([one.en for one in wording], 3, len(shown)).en
    zh = listed([one.zh for one in wording], 3, len(shown)).zh
    facts = (
        Text(f"Correlations: {en}.", f"相关系数：{zh}。")
        if len(at_fault)
        else Text(f"The highest correlation of two columns: {en}.", f"列与列之间最高的相关：{zh}。")
    )
    numbers: dict[str, Any] = {
        "pairs": pairs if len(at_fault) else [],
        "n_pairs": len(at_fault),
        "with_target": {names[j]: float(with_target[j]) for j in range(k)},
    }
    if k <= TABLE_COLUMNS:
        numbers["table"] = {
            names[i]: {names[j]: float(among[i, j]) for j in range(k)} for i in range(k)
        }
    return AssumptionResult(
        PAIRS[0],
        verdict,
        PAIR_TITLES[verdict],
        facts if verdict == "passed" else joined(facts, PAIR_MEANING),
        NOTHING if verdict == "passed" else PAIR_REMEDY,
        3,
        numbers,
        name,
    )


def _p_of_correlation(r: Array, n: int) -> Array:
    free = n - 2
    t = np.abs(r) * np.sqrt(free / np.maximum(1 - r * r, 1e-30))
    p: Array = 2 * stats.t.sf(t, free)
    return p
