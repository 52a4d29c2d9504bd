"""Explanations as text and HTML."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np
from rich.cells import cell_len
from scipy.special import expit

from ogive.linear.summary import numbers
from ogive.linear.summary.html import STYLE, html_table
from ogive.linear.summary.layout import shown_name, table, wrapped
from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.classification.lessons.explanation import Explanation
    from ogive.classification.rows.given_rows import Array

__all__ = ["explanation_html", "explanation_text"]

MOST_ROWS = 20
WIDTH = 72
FEW_DIGITS = 1e-4
"""Less than this has fewer than three digits among six decimals."""
TITLE = Text(
    "Logistic regression, row by row: positive is {positive}", "逻辑回归逐行计算：正类为 {positive}"
)
TITLE_MANY = Text("Softmax regression, row by row", "softmax 回归逐行计算")
CLASS = Text("class", "类别")
PREDICTED = Text("predicted", "预测")
LOSS = Text("loss", "损失")
RIGHT = {True: Text("right", "正确"), False: Text("wrong", "错误")}
TOTAL = Text(
    "Mean loss {loss}; {right} of {n} rows right.", "平均损失 {loss}；{n} 行中 {right} 行正确。"
)
MORE = Text(
    "{more} more row{s} not shown here; to_polars() and to_dict() hold them all.",
    "另有 {more} 行未在此显示；to_polars() 和 to_dict() 包含全部行。",
)


def explanation_text(explanation: Explanation, language: Language) -> str:
    """Return the table as text."""
    lines = table(_header(explanation, language), _rows(explanation, language), WIDTH)
    width = max(WIDTH, *map(cell_len, lines))
    parts = [_title(explanation, language), "=" * width, lines[0], "-" * width, *lines[1:]]
    parts.append("=" * width)
    for note in _notes(explanation, language):
        parts += wrapped(note, width)
    return "\n".join(parts)


def explanation_html(explanation: Explanation, language: Language) -> str:
    """Return the table as a fragment of HTML."""
    rows = html_table(_header(explanation, language), _rows(explanation, language))
    tag = "zh-Hans" if language == "zh" else "en"
    title = f"<h4>{escape(_title(explanation, language))}</h4>"
    notes = [f"<p>{escape(note)}</p>" for note in _notes(explanation, language)]
    return "\n".join(
        [STYLE, f'<div class="ogive-regression" lang="{tag}">', title, rows, *notes, "</div>"]
    )


def _title(explanation: Explanation, language: Language) -> str:
    if explanation.z.ndim == 2:
        return TITLE_MANY.to(language)
    return TITLE.to(language, positive=shown_name(str(explanation.classes[1])))


def _header(explanation: Explanation, language: Language) -> list[str]:
    if explanation.y is None:
        of_z = [*_of_z(explanation, "z"), *_of_z(explanation, "a")]
        return ["", *of_z, PREDICTED.to(language)]
    start = ["", CLASS.to(language)]
    end = [LOSS.to(language), *_of_z(explanation, "dL/dz"), ""]
    return [*start, *_of_z(explanation, "z"), *_of_z(explanation, "a"), *end]


def _of_z(explanation: Explanation, symbol: str) -> list[str]:
    if explanation.z.ndim == 1:
        return [symbol]
    return [f"{symbol}({shown_name(str(one))})" for one in explanation.classes]


def _rows(explanation: Explanation, language: Language) -> list[list[str]]:
    rows = []
    y, loss, dz, right = explanation.y, explanation.loss, explanation.dz, explanation.right
    for i, name in enumerate(explanation.names[:MOST_ROWS]):
        a, rest = np.atleast_1d(explanation.a[i]), _rest(explanation, i)
        of_z = [
            *(_short(value) for value in np.atleast_1d(explanation.z[i])),
            *map(_six, a, rest),
        ]
        if y is None or loss is None or dz is None or right is None:
            rows.append([shown_name(name), *of_z, shown_name(str(explanation.prediction[i]))])
            continue
        slopes = np.atleast_1d(dz[i])
        # What a slope lacks to -1 is the probability of the row's class.
        lacking = np.where(slopes < 0, np.exp(-loss[i]), rest)
        rows.append(
            [
                shown_name(name),
                shown_name(str(y[i])),
                *of_z,
                _six(loss[i]),
                *map(_six, slopes, lacking),
                RIGHT[bool(right[i])].to(language),
            ]
        )
    return rows


def _rest(explanation: Explanation, i: int) -> Array:
    """Return what each probability of a row lacks to 1, right where it is rounded to 1."""
    if explanation.z.ndim == 1:
        return np.array([expit(-explanation.z[i])])
    a = explanation.a[i]
    return np.array([np.delete(a, k).sum() for k in range(len(a))])


def _notes(explanation: Explanation, language: Language) -> list[str]:
    n, notes = len(explanation.names), []
    if explanation.right is not None and explanation.mean_loss is not None:
        loss, right = _six(explanation.mean_loss), int(explanation.right.sum())
        notes.append(TOTAL.to(language, loss=loss, right=right, n=n))
    if n > MOST_ROWS:
        more = n - MOST_ROWS
        notes.append(MORE.to(language, more=more, s=" is" if more == 1 else "s are"))
    return notes


def _six(value: float, rest: float = 1.0) -> str:
    """Write with six decimals, or more where less than three digits would be left.

    `rest` is what a number that is near 1, or near -1, lacks to it: that is written then.
    """
    value, rest = float(value), float(rest)
    if 0 < abs(value) < FEW_DIGITS:
        return numbers.significant(value, 3)
    if 0 < rest < FEW_DIGITS:
        lacking = numbers.significant(rest, 3)
        return f"1 - {lacking}" if value > 0 else f"-1 + {lacking}"
    return numbers.decimal(value, 6)


def _short(value: float) -> str:
    written = numbers.significant(float(value), 6)
    return written.rstrip("0").rstrip(".") if "." in written and "e" not in written else written
