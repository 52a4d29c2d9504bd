"""A summary as text for a terminal, and as a fragment of HTML."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from rich.cells import cell_len

from ogive.classification.summary.content import content_of
from ogive.linear.summary import wording
from ogive.linear.summary.html import STYLE, html_facts, html_table
from ogive.linear.summary.layout import side_by_side, table, wrapped
from ogive.linear.summary.text import WIDTH
from ogive.text import Language

if TYPE_CHECKING:
    from ogive.classification.summary.record import LogisticSummary

__all__ = ["summary_html", "summary_text"]


def summary_text(summary: LogisticSummary, language: Language, everything: bool = False) -> str:
    """Return the text, shortened where it is long, unless `everything` is asked for."""
    content = content_of(summary, language, everything)
    tables = [
        (
            one.title,
            table(one.header, one.rows, WIDTH),
            table(one.odds_header, one.odds_rows, WIDTH),
        )
        for one in content.equations
    ]
    width = max([WIDTH, *(cell_len(line) for _, *both in tables for part in both for line in part)])
    thick, thin = "=" * width, "-" * width
    lines = [content.title, thick, *side_by_side(content.fit, content.quality, width), thick]
    for title, coefficients, odds in tables:
        if len(tables) > 1 or len(summary.classes) > 2:
            lines += [title, thin]
        lines += [coefficients[0], thin, *coefficients[1:]]
        if len(odds) > 1:
            lines += [thin, odds[0], thin, *odds[1:]]
        lines.append(thick)
    if content.notes:
        lines.append(wording.NOTES.to(language))
        for number, note in enumerate(content.notes, 1):
            mark = f"[{number}] "
            lines += wrapped(mark + note, width, " " * len(mark))
    return "\n".join(lines)


def summary_html(summary: LogisticSummary, language: Language, everything: bool = False) -> str:
    """Return the fragment, shortened where it is long, unless `everything` is asked for."""
    content = content_of(summary, language, everything)
    tag = "zh-Hans" if language == "zh" else "en"
    many = len(summary.classes) > 2
    parts = [
        STYLE,
        f'<div class="ogive-regression" lang="{tag}">',
        f"<h4>{escape(content.title)}</h4>",
        f'<div class="facts">{html_facts(content.fit)}{html_facts(content.quality)}</div>',
    ]
    for one in content.equations:
        parts.append(html_table(one.header, one.rows, one.title if many else ""))
        if one.odds_rows:
            parts.append(html_table(one.odds_header, one.odds_rows))
    if content.notes:
        notes = "".join(f"<li>{escape(note)}</li>" for note in content.notes)
        parts.append(f"<h4>{escape(wording.NOTES.to(language))}</h4><ol>{notes}</ol>")
    return "\n".join([*parts, "</div>"])
