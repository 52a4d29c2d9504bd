"""The confusion matrix as text and HTML: a matrix, or a list of classes where that is too wide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from rich.cells import cell_len

from ogive.linear.summary.layout import shown_name
from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.classification.scores.scoring import Scores

__all__ = ["confusion_page"]

WIDEST = 80
MOST_CLASSES = 20

MATRIX = Text(
    "Class of the row (down) and class predicted (across)", "实际类别（行）与预测类别（列）"
)
LIST = Text("Classes, those found least first", "各类别（召回率低者在前）")
ROWS = Text("rows", "行数")
RECALL = Text("recall", "召回率")
PRECISION = Text("precision", "精确率")
CLASS = Text("class", "类别")
TAKEN = Text("mostly taken for", "最常误判为")
MEANING = Text(
    "Recall: of the rows of a class, the share found. Precision: of the rows predicted as a class, "
    "the share that are of it.",
    "召回率：该类别的行中被找出的比例。精确率：预测为该类别的行中确属该类别的比例。",
)
CUT = Text(
    "Of {total} classes, the {shown} found least are shown.",
    "共 {total} 个类别，只列出召回率最低的 {shown} 个。",
)

Page = tuple[str, list[str], list[list[str]], list[str]]


def confusion_page(scores: Scores, language: Language) -> Page:
    """Return title, header, rows and notes of the table.

    It is the confusion matrix where that fits into lines of ordinary length; otherwise the classes
    one below another, each with the class that it is mostly taken for.
    """
    names = [shown_name(str(one)) for one in scores.classes]
    matrix = _matrix(scores, names, language, beside=False)
    if _width(matrix) > WIDEST:  # a share takes more room than the counts above it
        matrix = _matrix(scores, names, language, beside=True)
    return matrix if _width(matrix) <= WIDEST else _list(scores, names, language)


def _matrix(scores: Scores, names: list[str], language: Language, *, beside: bool) -> Page:
    """Return the confusion matrix, the precision of each class below it or beside it."""
    header = ["", *names, *(one.to(language) for one in (ROWS, RECALL))]
    rows = [
        [name, *map(str, counts), str(sum(counts)), _share(recall)]
        for name, counts, recall in zip(
            names, scores.confusion.tolist(), scores.recall, strict=True
        )
    ]
    precision = list(map(_share, scores.precision))
    if beside:
        header.append(PRECISION.to(language))
        rows = [[*row, share] for row, share in zip(rows, precision, strict=True)]
    else:
        rows.append([PRECISION.to(language), *precision, "", ""])
    return MATRIX.to(language), header, rows, [MEANING.to(language)]


def _width(page: Page) -> int:
    """Return the cells that a table takes on a screen, two blanks between its columns."""
    columns = zip(page[1], *page[2], strict=True)
    widths = [max(map(cell_len, column)) for column in columns]
    return sum(widths) + 2 * (len(widths) - 1)


def _list(scores: Scores, names: list[str], language: Language) -> Page:
    header = [one.to(language) for one in (CLASS, ROWS, RECALL, PRECISION, TAKEN)]
    totals = scores.confusion.sum(axis=1)
    order = np.argsort(np.where(np.isnan(scores.recall), 2.0, scores.recall), kind="stable")
    shown = order if len(order) <= MOST_CLASSES else order[:MOST_CLASSES]
    rows = [
        [
            names[i],
            str(totals[i]),
            _share(scores.recall[i]),
            _share(scores.precision[i]),
            _taken_for(scores.confusion[i], i, names),
        ]
        for i in map(int, shown)
    ]
    notes = [MEANING.to(language)]
    if len(shown) < len(order):
        notes.insert(0, CUT.to(language, total=len(order), shown=len(shown)))
    return LIST.to(language), header, rows, notes


def _taken_for(counts: NDArray[np.int64], own: int, names: list[str]) -> str:
    others = counts.copy()
    others[own] = 0
    worst = int(others.argmax())
    return f"{names[worst]} ({others[worst]})" if others[worst] else "–"


def _share(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:.3f}"
