"""A table with a title and notes, as text and as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from rich.cells import cell_len

from ogive.linear.summary.html import STYLE, html_table
from ogive.linear.summary.layout import pad, table, wrapped
from ogive.text import Language

__all__ = ["html_page", "text_page"]

WIDTH = 76
STYLE_OF_WORDS = """<style>
.ogive-regression.words th, .ogive-regression.words td { text-align: left; }
</style>"""


def text_page(
    title: str,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    notes: Sequence[str],
    *,
    words: bool = False,
) -> str:
    """Return title, table and notes as lines; notes are numbered where there are several.

    Columns are set to the right, as suits numbers, all but the first; to the left for `words`.
    """
    lines = _table_of_words(header, rows) if words else table(header, rows)
    rule = "-" * max(map(cell_len, lines))
    parts = [*wrapped(title, WIDTH), rule, lines[0], rule, *lines[1:], rule]
    for number, note in enumerate(notes, 1):
        mark = f"{number}. " if len(notes) > 1 else ""
        parts += wrapped(mark + note, WIDTH, " " * len(mark))
    return "\n".join(parts)


def _table_of_words(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(cell_len, column)) for column in zip(header, *rows, strict=True)]
    return [
        "  ".join(pad(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (header, *rows)
    ]


def html_page(
    title: str,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    notes: Sequence[str],
    *,
    language: Language,
    words: bool = False,
) -> str:
    """Return title, table and notes as a fragment of HTML; columns are set as in `text_page`."""
    tag = "zh-Hans" if language == "zh" else "en"
    parts = [STYLE, STYLE_OF_WORDS] if words else [STYLE]
    kind = "ogive-regression words" if words else "ogive-regression"
    parts += [f'<div class="{kind}" lang="{tag}">', f"<h4>{escape(title)}</h4>"]
    parts.append(html_table(header, rows))
    if notes:
        items = "".join(f"<li>{escape(note)}</li>" for note in notes)
        parts.append(f"<ol>{items}</ol>")
    return "\n".join([*parts, "</div>"])
