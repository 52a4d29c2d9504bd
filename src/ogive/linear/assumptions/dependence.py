"""Condition 3: columns that are exact combinations of others, and how they are named."""

from __future__ import annotations

from typing import Any

import numpy as np

from ogive.findings import Severity
from ogive.linear.assumptions.record import NOTHING, AssumptionResult
from ogive.linear.assumptions.wording import counted, joined, listed, number
from ogive.linear.solution import Dependency, Solution
from ogive.text import Text

__all__ = ["DEPENDENCE", "check_dependence", "dependence", "equation", "too_few_rows"]

DEPENDENCE = ("OGV221", Text("Exact dependence", "完全相关"))
TITLES: dict[Severity, Text] = {
    "issue": Text("Columns are exact combinations of others.", "有的列恰好是其他列的组合。"),
    "passed": Text(
        "No column is an exact combination of others.", "没有哪一列恰好是其他列的组合。"
    ),
}
MEANING = Text(
    "Infinitely many coefficients fit equally well; those reported are the smallest, and mean "
    "nothing one by one. Predictions for rows of the same kind are not affected.",
    "有无穷多组系数拟合得同样好；这里给出的是其中最小的一组，单独来看没有意义。对同类行的预测不受影响。",
)
REMEDY = Text("Leave out one column of each equation.", "每个等式中去掉一列。")
ROWS_TITLE = Text(
    "There are more columns than rows can tell apart.", "列数超过各行所能区分的数目。"
)
ROWS_REMEDY = Text("Collect more rows, or leave out columns.", "收集更多的行，或减少列数。")
MOST_EQUATIONS = 4
MOST_TERMS = 8


def check_dependence(solution: Solution, names: tuple[str, ...]) -> AssumptionResult:
    """Name exact collinearity by equations."""
    if solution.rank == solution.n_features:
        return _independent(solution)
    rank, columns = solution.rank, counted(solution.n_features, "column")
    why = dependence(solution, names)
    few = too_few_rows(solution)
    if few:
        facts = Text(f"{why.en}.", f"{why.zh}。")
    elif rank == 0:
        facts = Text(f"No column adds anything: {why.en}.", f"没有哪一列带来内容：{why.zh}。")
    else:
        facts = Text(
            f"Of {columns} only {rank} {'is' if rank == 1 else 'are'} independent: {why.en}.",
            f"{solution.n_features} 列中只有 {rank} 列是独立的：{why.zh}。",
        )
    numbers: dict[str, Any] = {
        "rank": rank,
        "n_columns": solution.n_features,
        "equations": [] if few else [equation(one, names) for one in solution.dependencies],
        "columns": _undetermined(solution, names),
    }
    return AssumptionResult(
        DEPENDENCE[0],
        "issue",
        ROWS_TITLE if few else TITLES["issue"],
        joined(facts, MEANING),
        ROWS_REMEDY if few else REMEDY,
        3,
        numbers,
    )


def _independent(solution: Solution) -> AssumptionResult:
    condition = number(solution.condition_number)
    if solution.n_features == 1:
        facts = Text("There is only one column, and it varies.", "只有一列，且有变化。")
        if not solution.fit_intercept:
            facts = Text("There is only one column, and it is not 0.", "只有一列，且不全为 0。")
    else:
        facts = Text(
            f"Each of the {solution.n_features} columns adds something to the others (condition "
            f"number of the scaled columns {condition}).",
            f"{solution.n_features} 列中每一列都带来其他列没有的内容（标准化后各列的条件数为 "
            f"{condition}）。",
        )
    numbers = {
        "rank": solution.rank,
        "n_columns": solution.n_features,
        "condition_number": solution.condition_number,
    }
    return AssumptionResult(DEPENDENCE[0], "passed", TITLES["passed"], facts, NOTHING, 3, numbers)


def too_few_rows(solution: Solution) -> bool:
    """Return whether it is the number of rows that makes columns dependent."""
    most = solution.n_samples - int(solution.fit_intercept)
    return solution.rank < solution.n_features and solution.rank == most


def dependence(solution: Solution, names: tuple[str, ...], most: int = MOST_EQUATIONS) -> Text:
    """Return which columns depend on others and how, as a clause of `most` equations."""
    if too_few_rows(solution):
        n, rank = solution.n_samples, solution.rank
        rows, columns = counted(n, "row"), counted(solution.n_features, "column")
        if rank == 0:
            return Text(
                f"{rows} cannot tell {columns} from a constant", f"{n} 行无法区分各列与常数"
            )
        return Text(
            f"{rows} cannot tell {columns} apart: on them, any column is a combination of "
            f"{counted(rank, 'other')}",
            f"{n} 行无法区分 {solution.n_features} 列：在这些行上，"
            f"任何一列都是另外 {rank} 列的组合",
        )
    found = solution.dependencies
    if not found:
        named = listed(_undetermined(solution, names))
        return Text(f"{named.en} depend on each other", f"{named.zh}之间线性相关")
    shown = [_shortened(one, names) for one in found[:most]]
    more = len(found) - len(shown)
    return Text(
        "; ".join(one.en for one in shown) + (f"; and {more} more" if more else ""),
        "；".join(one.zh for one in shown) + (f"；另有 {more} 个" if more else ""),
    )


def _undetermined(solution: Solution, names: tuple[str, ...]) -> list[str]:
    return [names[j] for j in np.flatnonzero(~solution.estimable)]


def equation(dependency: Dependency, names: tuple[str, ...]) -> str:
    """Return a dependency as an equation such as ``x3 = 2·x1 + x2``."""
    return f"{names[dependency.column]} = {_sum_of(_terms(dependency, names))}"


def _shortened(dependency: Dependency, names: tuple[str, ...]) -> Text:
    """Return the equation with `MOST_TERMS` terms at most."""
    terms = _terms(dependency, names)
    if len(terms) <= MOST_TERMS:
        whole = equation(dependency, names)
        return Text(whole, whole)
    # The constant stays in sight: with it columns of 0 and 1 that sum to 1 are recognised.
    constant = terms[-1:] if dependency.combination.get(-1, 0.0) != 0 else []
    kept = constant + terms[: MOST_TERMS - 1 - len(constant)]
    start = f"{names[dependency.column]} = {_sum_of(kept)} + …"
    more = len(terms) - len(kept)
    return Text(f"{start} ({more} more)", f"{start}（另有 {more} 项）")


def _terms(dependency: Dependency, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the signs and terms, the constant last."""
    constant = dependency.combination.get(-1, 0.0)
    terms = []
    for column, factor in dependency.combination.items():
        if column == -1 or factor == 0:
            continue
        size = f"{abs(factor):.6g}"
        term = names[column] if size == "1" else f"{size}·{names[column]}"
        terms.append(("-" if factor < 0 else "+", term))
    if constant != 0 or not terms:
        terms.append(("-" if constant < 0 else "+", f"{abs(constant):.6g}"))
    return terms


def _sum_of(terms: list[tuple[str, str]]) -> str:
    text = "".join(f" {sign} {term}" for sign, term in terms)
    return text[3:] if text.startswith(" + ") else f"-{text[3:]}"
