"""Explanations as text and HTML."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np
from rich.cells import cell_len

from ogive.linear.summary import numbers
from ogive.linear.summary.html import STYLE, html_table
from ogive.linear.summary.layout import shown_name, table, wrapped
from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.classification.lessons.explanation import Explanation

__all__ = ["explanation_html", "explanation_text"]

MOST_ROWS = 20
WIDTH = 72
TITLE = Text(
    "Logistic regression, row by row: positive is {positive}", "逻辑回归逐行计算：正类为 {positive}"
)
TITLE_MANY = Text("Softmax regression, row by row", "softmax 回归逐行计算")
CLASS = Text("class", "类别")
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
    start = ["", CLASS.to(language)]
    end = [LOSS.to(language), *_of_z(explanation, "dL/dz"), ""]
    return [*start, *_of_z(explanation, "z"), *_of_z(explanation, "a"), *end]


def _of_z(explanation: Explanation, symbol: str) -> list[str]:
    if explanation.z.ndim == 1:
        return [symbol]
    return [f"{symbol}({shown_name(str(one))})" for one in explanation.classes]


def _rows(explanation: Explanation, language: Language) -> list[list[str]]:
    rows = []
    for i, name in enumerate(explanation.names[:MOST_ROWS]):
        z, a, dz = (np.atleast_1d(getattr(explanation, of)[i]) for of in ("z", "a", "dz"))
        rows.append(
            [
                shown_name(name),
                shown_name(str(explanation.y[i])),
                *(_short(value) for value in z),
                *(_six(value) for value in a),
                _six(explanation.loss[i]),
                *(_six(value) for value in dz),
                RIGHT[bool(explanation.right[i])].to(language),
            ]
        )
    return rows


def _notes(explanation: Explanation, language: Language) -> list[str]:
    n, right = len(explanation.names), int(explanation.right.sum())
    notes = [TOTAL.to(language, loss=_six(explanation.mean_loss), right=right, n=n)]
    if n > MOST_ROWS:
        more = n - MOST_ROWS
        notes.append(MORE.to(language, more=more, s=" is" if more == 1 else "s are"))
    return notes


def _six(value: float) -> str:
    """Write with six decimals, and small ones in powers of ten; never 1 for what is less."""
    value = float(value)
    if value != 0 and abs(value) < 5e-7:
        return numbers.significant(value, 3)
    if abs(value) < 1 and f"{abs(value):.6f}" == "1.000000":
        return ">0.999999" if value > 0 else "<-0.999999"
    return numbers.decimal(value, 6)


def _short(value: float) -> str:
    written = numbers.significant(float(value), 6)
    return written.rstrip("0").rstrip(".") if "." in written and "e" not in written else written
