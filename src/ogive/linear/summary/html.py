"""A summary as a fragment of HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from ogive.linear.summary import wording
from ogive.linear.summary.content import Content, Fact, content_of
from ogive.linear.summary.text import MOST_TARGETS
from ogive.text import Language

if TYPE_CHECKING:
    from ogive.linear.summary.record import Summary

__all__ = ["STYLE", "html_facts", "html_table", "summary_html"]

# Colours are those of the page, so that it suits light and dark ones alike.
STYLE = """<style>
.ogive-regression { color: inherit; font-size: 0.92em; line-height: 1.45; max-width: 54em;
  overflow-x: auto; font-variant-numeric: tabular-nums; }
.ogive-regression h4 { margin: 0.6em 0 0.5em; font-size: 1.15em; }
.ogive-regression dl { display: grid; grid-template-columns: max-content auto; gap: 0.1em 1.2em;
  margin: 0; align-content: start; }
.ogive-regression dt { opacity: 0.75; font-weight: normal; }
.ogive-regression dd { margin: 0; text-align: right; }
.ogive-regression .facts { display: grid; gap: 0.4em 3em; margin: 0 0 0.9em;
  grid-template-columns: repeat(auto-fit, minmax(17em, 1fr)); }
.ogive-regression table { border-collapse: collapse; width: 100%; margin: 0 0 0.9em;
  color: inherit; background: none; }
.ogive-regression th, .ogive-regression td { padding: 0.25em 0.7em; text-align: right;
  background: none; border: 0; white-space: nowrap; color: inherit; }
.ogive-regression thead th { border-bottom: 1px solid currentColor; font-weight: 600; }
.ogive-regression tbody tr + tr > * { border-top: 1px solid rgba(128, 128, 128, 0.28); }
.ogive-regression th:first-child, .ogive-regression td:first-child { text-align: left; }
.ogive-regression tr > :first-child { padding-left: 0; }
.ogive-regression tr > :last-child { padding-right: 0; }
.ogive-regression tbody th { font-weight: normal; }
.ogive-regression caption { text-align: left; font-weight: 600; padding: 0.3em 0; color: inherit; }
.ogive-regression ol { margin: 0; padding-left: 1.6em; }
</style>"""


def summary_html(summary: Summary, language: Language) -> str:
    """Return the fragment; of many targets only the first are in it."""
    count = len(summary.target_names)
    parts = [STYLE, f'<div class="ogive-regression" lang="{_tag(language)}">']
    parts += [
        _section(content_of(summary, i, language), language)
        for i in range(min(count, MOST_TARGETS))
    ]
    if count > MOST_TARGETS:
        more = wording.more_targets(count - MOST_TARGETS, language)
        parts.append(f"<p>{escape(more)}</p>")
    return "\n".join([*parts, "</div>"])


def html_table(header: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "") -> str:
    """Return a table whose first column names its rows."""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header)
    body = "\n".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(_minus(cell))}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{title}<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"


def _section(content: Content, language: Language) -> str:
    parts = [
        f"<h4>{escape(content.title)}</h4>",
        f'<div class="facts">{html_facts(content.fit)}{html_facts(content.quality)}</div>',
        html_table(content.header, content.rows),
    ]
    if content.residuals:
        half = (len(content.residuals) + 1) // 2 - 1
        both = html_facts(content.residuals[:half]) + html_facts(content.residuals[half:])
        parts.append(f"<h4>{escape(wording.RESIDUALS.to(language))}</h4>")
        parts.append(f'<div class="facts">{both}</div>')
    if content.notes:
        notes = "".join(f"<li>{escape(note)}</li>" for note in content.notes)
        parts.append(f"<h4>{escape(wording.NOTES.to(language))}</h4><ol>{notes}</ol>")
    return "\n".join(parts)


def html_facts(facts: Sequence[Fact]) -> str:
    """Return labels and values as a list of definitions."""
    items = "".join(
        f"<dt>{escape(label)}</dt><dd>{escape(_minus(value))}</dd>" for label, value in facts
    )
    return f"<dl>{items}</dl>"


def _minus(written: str) -> str:
    """Return a number with a minus of the width of its digits."""
    return "\u2212" + written[1:] if written[:1] == "-" and written[1:2].isdigit() else written


def _tag(language: Language) -> str:
    return "zh-Hans" if language == "zh" else "en"
