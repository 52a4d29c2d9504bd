"""Multi-class beside multi-label in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ogive.classification.showing import html_page, text_page
from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.classification.lessons.multilabel import BothLabellings, Labelling

__all__ = ["as_html", "as_text"]

NOTHING = "–"

TITLE = Text(
    "{rows} rows that no model was fitted to: one class each, or any number of {labels} labels",
    "未参与训练的 {rows} 行：每行一个类别，或 {labels} 个标签中的任意几个",
)
HEADER = (
    Text("", ""),
    Text("softmax", "softmax"),
    Text("softmax > {threshold:.2g}", "softmax > {threshold:.2g}"),
    Text("logistic each", "逐标签 logistic"),
)
SUM = Text("sum of probabilities", "概率之和")
NUMBER = Text("labels given to a row", "每行给出的标签数")
SUBSET = Text("all labels right", "标签全对")
HAMMING = Text("Hamming loss", "汉明损失")
MISSED = Text("labels missed, of {total}", "漏掉的标签（共 {total} 个）")
PRECISION = Text("{label}: precision / recall", "{label}：精确率 / 召回率")
RANGE = Text("{low} to {high}", "{low} 至 {high}")

COMPETE = Text(
    "Softmax shares out a probability of 1 among the classes: what one gains the others lose, and "
    "no two can exceed one half. That suits rows with exactly one class, which it finds in "
    "{accuracy:.1%} of them.",
    "softmax 把总和为 1 的概率分给各类别：一个增大，其余就减小，不可能有两个同时超过二分之一。"
    "它适合每行恰好一个类别的任务，此处有 {accuracy:.1%} 的行找对了这个类别。",
)
APART = Text(
    "One logistic function for each label answers yes or no by itself; the probabilities have no "
    "sum to keep, and a row gets any number of labels.",
    "每个标签各用一个 logistic 函数，独立回答有或没有；概率之和不受限制，一行可以得到任意个标签。",
)
FORCED = Text(
    "These rows have {total} labels, {mean:.2f} each. With one class for each row {forced} of them "
    "must be left out however good the model is; softmax leaves out {missed}, the logistic "
    "functions {few}.",
    "这些行共有 {total} 个标签，平均每行 {mean:.2f} 个。若每行只给一个类别，"
    "无论模型多好都必然漏掉 {forced} 个；softmax 漏掉 {missed} 个，逐标签 logistic 漏掉 {few} 个。",
)
THRESHOLD = Text(
    "Taking every class above {threshold:.2g}, the best threshold for the rows of the fit, does "
    "not make up for it: a label that is rarely the one class of such a row gets a small "
    "probability, however surely the row has it.",
    "即使取概率高于 {threshold:.2g}（对训练行最好的阈值）的所有类别也弥补不了："
    "某个标签若很少是这类行的唯一类别，分到的概率就小，哪怕这一行确实有它。",
)
EXAMPLE = Text(
    "Row {row} is {names}. Softmax: {softmax}, together {softmax_sum:.2f}. Logistic: {logistic}, "
    "together {logistic_sum:.2f}.",
    "第 {row} 行的标签：{names}。softmax：{softmax}，合计 {softmax_sum:.2f}；"
    "logistic：{logistic}，合计 {logistic_sum:.2f}。",
)
EMPTY = Text(
    "{rows} rows have no label at all; softmax must still name a class for each.",
    "有 {rows} 行没有任何标签；softmax 仍然必须为每一行给出一个类别。",
)
ASTRAY = Text(
    "Of all rows, {rows} have a class that is not among their labels: the two labellings "
    "contradict each other there.",
    "全部行中有 {rows} 行的类别不在其标签之中：两种标注在这些行上互相矛盾。",
)


def as_text(both: BothLabellings, language: Language) -> str:
    """Return table and explanation."""
    return text_page(*_content(both, language))


def as_html(both: BothLabellings, language: Language) -> str:
    """Return table and explanation as a fragment of HTML."""
    return html_page(*_content(both, language), language=language)


def _content(
    both: BothLabellings, language: Language
) -> tuple[str, list[str], list[list[str]], list[str]]:
    title = TITLE.to(language, rows=len(both.rows), labels=len(both.labels))
    header = [text.to(language, threshold=both.threshold) for text in HEADER]
    return title, header, _rows(both, language), _notes(both, language)


def _rows(both: BothLabellings, language: Language) -> list[list[str]]:
    three = (both.one, both.above, both.many)
    total = int(both.labels_per_row.sum())
    rows = [
        [SUM.to(language), *(_range(one.sums, 2, language) for one in three)],
        [NUMBER.to(language), *(_range(one.per_row, 0, language) for one in three)],
        [SUBSET.to(language), *(f"{one.subset_accuracy:.1%}" for one in three)],
        [HAMMING.to(language), *(f"{one.hamming_loss:.3f}" for one in three)],
        [MISSED.to(language, total=total), *(str(one.missed) for one in three)],
    ]
    for j, label in enumerate(both.labels):
        rows.append([PRECISION.to(language, label=label), *(_both(one, j) for one in three)])
    return rows


def _range(values: NDArray[np.generic], places: int, language: Language) -> str:
    low, high = f"{values.min():.{places}f}", f"{values.max():.{places}f}"
    return low if low == high else RANGE.to(language, low=low, high=high)


def _both(one: Labelling, j: int) -> str:
    pair = (float(one.precision[j]), float(one.recall[j]))
    return " / ".join(NOTHING if math.isnan(value) else f"{value:.2f}" for value in pair)


def _notes(both: BothLabellings, language: Language) -> list[str]:
    per_row = both.labels_per_row
    notes = [COMPETE.to(language, accuracy=both.accuracy), APART.to(language)]
    if both.forced:
        notes.append(
            FORCED.to(
                language,
                total=int(per_row.sum()),
                mean=float(per_row.mean()),
                forced=both.forced,
                missed=both.one.missed,
                few=both.many.missed,
            )
        )
    if both.above.subset_accuracy < both.many.subset_accuracy:
        notes.append(THRESHOLD.to(language, threshold=both.threshold))
    if (i := both.example()) is not None:
        notes.append(_example(both, i, language))
    if empty := int((per_row == 0).sum()):
        notes.append(EMPTY.to(language, rows=empty))
    if both.astray:
        notes.append(ASTRAY.to(language, rows=both.astray))
    return notes


def _example(both: BothLabellings, i: int, language: Language) -> str:
    has = np.flatnonzero(both.many.true[i])
    names = [both.labels[j] for j in has]
    joined = "、".join(names) if language == "zh" else " and ".join(names)
    return EXAMPLE.to(
        language,
        row=int(both.rows[i]),
        names=joined,
        softmax=_shares(both, both.one.probabilities[i], language),
        softmax_sum=float(both.one.sums[i]),
        logistic=_shares(both, both.many.probabilities[i], language),
        logistic_sum=float(both.many.sums[i]),
    )


def _shares(both: BothLabellings, row: NDArray[np.float64], language: Language) -> str:
    parts = [f"{label} {p:.2f}" for label, p in zip(both.labels, row, strict=True)]
    return ("、" if language == "zh" else ", ").join(parts)
