"""What has to be known to read a summary rightly."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ogive.linear.solution import Dependency
from ogive.linear.summary import numbers
from ogive.linear.summary.layout import shown_name
from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.linear.summary.record import Summary

__all__ = ["MOST_DEPENDENCIES", "dependency_text", "notes_on"]

MOST_DEPENDENCIES = 5
MOST_PARTS = 6
# Belsley, Kuh and Welsch (1980): from 30 on, dependencies of scaled columns do harm.
COLLINEAR = 30.0
FEW_DIGITS = 6

DEPENDS = Text(
    "The column {column} is a combination of others: {column} = {combination}.",
    "列 {column} 是其他列的组合：{column} = {combination}。",
)
CONSTANT_COLUMN = Text(
    "The column {column} is constant: it cannot be told from the intercept.",
    "列 {column} 是常数：无法与截距区分。",
)
ZERO_COLUMN = Text("The column {column} is 0 in every row.", "列 {column} 的每一行都是 0。")
MORE_DEPEND = Text(
    "{more} more column{s} combination{t} of others.", "另有 {more} 列是其他列的组合。"
)
MORE_TERMS = Text("+ … ({n} more)", "+ …（另有 {n} 项）")
DEFICIENT = Text(
    "The columns depend on each other: only {rank} coefficient{s} of {columns} column{t} {are} "
    "determined.",
    "各列之间线性相关：{columns} 列中只能确定 {rank} 个系数。",
)
NOT_ESTIMABLE = Text(
    "Coefficients that are not estimable could be exchanged against each other without changing "
    "any prediction; shown is the solution of least norm. Leave out one column of each dependency.",
    "不可估计的系数可以相互替换而不改变任何预测；此处显示的是最小范数解。请从每组相关列中去掉一列。",
)
NO_CONSTANT = Text(
    "There is no constant term: R-squared is about 0, not about the mean, and cannot be compared "
    "with that of a model with one.",
    "没有常数项：R² 相对于 0 而非均值计算，不能与含常数项的模型比较。",
)
ROBUST = Text(
    "Standard errors hold for errors of unequal variance ({kind}); F is Wald's test.",
    "标准误允许误差方差不等（{kind}）；F 为 Wald 检验。",
)
COLLINEAR_NOTE = Text(
    "The condition number is large: columns are close to combinations of others, which widens "
    "standard errors. check_assumptions() tells which.",
    "条件数较大：有的列接近其他列的组合，标准误因此变大。check_assumptions() 会指出是哪些列。",
)
FEW = Text(
    "Only about {digits} digit{s} of the worst coefficient {are} right.",
    "最差的系数只有约 {digits} 位数字正确。",
)
NO_ROWS = Text(
    "Statistics of the residuals need the rows: summary(X, y) shows them.",
    "残差的统计量需要数据行：用 summary(X, y) 可以显示。",
)
OMNIBUS_ROWS = Text(
    "The Omnibus test needs 8 rows or more.",
    "Omnibus 检验至少需要 8 行。",
)


def notes_on(summary: Summary, target: int, language: Language) -> list[str]:
    """Return the notes for the target of this position."""
    inference = summary.inference
    notes = [remark.text.to(language) for remark in inference.remarks[target]]
    notes += _dependencies(summary, language)
    if inference.covariance != "nonrobust" and np.isfinite(inference.standard_errors[target]).any():
        notes.append(ROBUST.to(language, kind=inference.covariance))
    if not summary.fit_intercept:
        notes.append(NO_CONSTANT.to(language))
    if COLLINEAR <= inference.condition_number <= 1e15:
        notes.append(COLLINEAR_NOTE.to(language))
    digits = float(inference.digits[target])
    if digits < FEW_DIGITS:
        few = max(math.floor(digits), 0)
        s, are = ("", "is") if few == 1 else ("s", "are")
        notes.append(FEW.to(language, digits=few, s=s, are=are))
    if summary.residuals is None:
        notes.append(NO_ROWS.to(language))
    elif inference.n_samples < 8 and not inference.perfect[target]:
        notes.append(OMNIBUS_ROWS.to(language))
    return notes


def _dependencies(summary: Summary, language: Language) -> list[str]:
    columns, rank = len(summary.feature_names), summary.inference.model_degrees_of_freedom
    if rank == columns:
        return []
    found = summary.dependencies
    notes = [
        dependency_text(one, summary.feature_names, language) for one in found[:MOST_DEPENDENCIES]
    ]
    if len(found) > MOST_DEPENDENCIES:
        more = len(found) - MOST_DEPENDENCIES
        s, t = (" is a", "") if more == 1 else ("s are", "s")
        notes.append(MORE_DEPEND.to(language, more=more, s=s, t=t))
    if not found:
        notes.append(
            DEFICIENT.to(
                language,
                rank=rank,
                columns=columns,
                s="s" * (rank != 1),
                t="s" * (columns != 1),
                are="is" if rank == 1 else "are",
            )
        )
    if not summary.inference.estimable.all():
        notes.append(NOT_ESTIMABLE.to(language))
    return notes


def dependency_text(dependency: Dependency, names: Sequence[str], language: Language) -> str:
    """Return what column depends on which others, and how."""
    column = shown_name(names[dependency.column])
    others = {j: factor for j, factor in dependency.combination.items() if factor != 0}
    if not others:
        return ZERO_COLUMN.to(language, column=column)
    if set(others) == {-1}:
        return CONSTANT_COLUMN.to(language, column=column)
    parts = []
    for j, factor in sorted(others.items(), key=lambda item: (item[0] < 0, item[0])):
        size = numbers.significant(abs(factor), 6)
        if "e" not in size and "." in size:
            size = size.rstrip("0").rstrip(".")
        name = None if j < 0 else shown_name(names[j])
        part = size if name is None else name if size == "1" else f"{size} {name}"
        parts.append(f"{'-' if factor < 0 else '+'} {part}")
    if len(parts) > MOST_PARTS:
        # The constant stays in sight: with it columns of 0 and 1 that sum to 1 are recognised.
        constant = parts[-1:] if -1 in others else []
        kept = constant + parts[: MOST_PARTS - 1 - len(constant)]
        parts = [*kept, MORE_TERMS.to(language, n=len(parts) - len(kept))]
    first = parts[0].removeprefix("+ ").replace("- ", "-", 1)
    return DEPENDS.to(language, column=column, combination=" ".join([first, *parts[1:]]))
