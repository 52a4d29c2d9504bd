"""What separation means, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ogive.findings import Finding
from ogive.linear.summary.layout import shown_name
from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.classification.separation.record import Separation

__all__ = ["finding_of", "separation_text", "what_is_separated"]

MOST_NAMES = 5

COMPLETE = Text("The classes are completely separated.", "各类完全分离。")
QUASI = Text("The classes are quasi-completely separated.", "各类拟完全分离。")
NONE = Text(
    "The classes overlap: the fit without penalty has a finite solution.",
    "各类有重叠：不加惩罚的拟合有有限解。",
)
UNKNOWN = Text(
    "Whether the classes are separated was not decided: the linear program took too long.",
    "未能判定各类是否分离：线性规划耗时过长。",
)
ALL_ROWS = Text(
    "{what} sets each of the {n} rows apart from the classes it does not have.",
    "{what}把全部 {n} 行与它们不属于的类别完全分开。",
)
SOME_ROWS = Text(
    "{what} sets {some} of the {n} rows strictly apart from a class they do "
    "not have, and leaves the others on the boundary.",
    "{what}把 {n} 行中的 {some} 行与它们不属于的某个类别严格分开，其余各行落在边界上。",
)
SOME_PAIRS = Text(
    "{what} sets {some} of the {n} rows strictly apart from another class: it tells {pairs}.",
    "{what}把 {n} 行中的 {some} 行与另一类别严格分开：它能区分 {pairs}。",
)
PAIR = Text("{one} from {other}", "{one} 与 {other}")
CONSTANT = Text("The constant alone", "仅常数项")
ONE_COLUMN = Text("The column {columns}", "列 {columns} ")
COMBINATION = Text("A combination of {columns}", "{columns} 的一个组合")
ALONE = Text(" Each of {columns} does so alone.", "{columns} 中的每一列单独就能做到。")
WITHOUT_PENALTY = Text(
    " Without a penalty the coefficients grow without limit: there is no finite maximum of the "
    "likelihood, and standard errors, Wald tests and odds ratios mean nothing.",
    "不加惩罚时系数会无限增长：似然没有有限的最大值，标准误、Wald 检验和优势比都没有意义。",
)
WITH_PENALTY = Text(
    " The penalty keeps the coefficients finite, but their size is chosen by C, not by the data.",
    "惩罚项使系数保持有限，但其大小取决于 C，而不是数据。",
)
REMEDY = Text(
    "Check whether such a column knows the answer beforehand (a leak), or is a category of few "
    "rows that should be merged; for predictions, fit with a penalty (C=1.0); for inference, "
    "leave the column out or gather rows that overlap.",
    "请检查这样的列是否事先包含了答案（泄漏），或是行数很少、应当合并的类别；"
    "用于预测时请加惩罚（C=1.0）；用于推断时请去掉该列，或补充有重叠的数据。",
)

PENALISED_REMEDY = Text(
    "Check whether such a column knows the answer beforehand (a leak), or is a category of few "
    "rows that should be merged; for predictions, choose C by cross-validation; for inference, "
    "leave the column out or gather rows that overlap.",
    "请检查这样的列是否事先包含了答案（泄漏），或是行数很少、应当合并的类别；"
    "用于预测时请由交叉验证选取 C；用于推断时请去掉该列，或补充有重叠的数据。",
)


def finding_of(separation: Separation) -> Finding | None:
    """Return OGV301 for complete, OGV302 for quasi-complete separation, otherwise None."""
    if separation.kind not in ("complete", "quasi"):
        return None
    complete = separation.kind == "complete"
    return Finding(
        "OGV301" if complete else "OGV302",
        "tip" if separation.penalised else "issue",
        COMPLETE if complete else QUASI,
        Text(_meaning(separation, "en"), _meaning(separation, "zh")),
        PENALISED_REMEDY if separation.penalised else REMEDY,
    )


def separation_text(separation: Separation, language: Language) -> str:
    """Return title, meaning and remedy in one paragraph."""
    finding = finding_of(separation)
    if finding is None:
        return (NONE if separation.kind == "none" else UNKNOWN).to(language)
    parts = [part.to(language) for part in (finding.title, finding.meaning, finding.remedy)]
    return (" " if language == "en" else "").join(parts)


def what_is_separated(separation: Separation, language: Language) -> str:
    """Return what separates how many rows."""
    columns = _listed(tuple(map(shown_name, separation.columns)), language)
    what = COMBINATION if len(separation.columns) > 1 else ONE_COLUMN if columns else CONSTANT
    n, some = separation.n_samples, separation.n_separated
    told = ALL_ROWS if separation.kind == "complete" else SOME_ROWS
    if separation.kind == "quasi" and len(separation.classes) > 2:
        told = SOME_PAIRS
    what_is = what.to(language, columns=columns)
    pairs = tuple(
        PAIR.to(language, one=shown_name(str(one)), other=shown_name(str(other)))
        for one, other in separation.pairs
    )
    sentence = told.to(
        language, what=what_is, n=f"{n:,}", some=f"{some:,}", pairs=_listed(pairs, language)
    )
    if len(separation.alone) > 1:
        sentence += ALONE.to(
            language, columns=_listed(tuple(map(shown_name, separation.alone)), language)
        )
    return sentence


def _meaning(separation: Separation, language: Language) -> str:
    consequence = WITH_PENALTY if separation.penalised else WITHOUT_PENALTY
    return what_is_separated(separation, language) + consequence.to(language)


def _listed(names: tuple[str, ...], language: Language) -> str:
    comma = "、" if language == "zh" else ", "
    shown = list(names[:MOST_NAMES])
    return comma.join(shown + ["…"] * (len(names) > MOST_NAMES))
