"""A table with a title and notes, as text and as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from rich.cells import cell_len

from ogive.linear.summary.html import STYLE, html_table
from ogive.linear.summary.layout import table, wrapped
from ogive.text import Language

__all__ = ["html_page", "text_page"]

WIDTH = 76


def text_page(
    title: str, header: Sequence[str], rows: Sequence[Sequence[str]], notes: Sequence[str]
) -> str:
    """Return title, table and notes as lines; notes are numbered where there are several."""
    lines = table(header, rows)
    rule = "-" * max(map(cell_len, lines))
    parts = [*wrapped(title, WIDTH), rule, lines[0], rule, *lines[1:], rule]
    for number, note in enumerate(notes, 1):
        mark = f"{number}. " if len(notes) > 1 else ""
        parts += wrapped(mark + note, WIDTH, " " * len(mark))
    return "\n".join(parts)


def html_page(
    title: str,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    notes: Sequence[str],
    *,
    language: Language,
) -> str:
    """Return title, table and notes as a fragment of HTML."""
    tag = "zh-Hans" if language == "zh" else "en"
    parts = [STYLE, f'<div class="ogive-regression" lang="{tag}">', f"<h4>{escape(title)}</h4>"]
    parts.append(html_table(header, rows))
    if notes:
        items = "".join(f"<li>{escape(note)}</li>" for note in notes)
        parts.append(f"<ol>{items}</ol>")
    return "\n".join([*parts, "</div>"])
