"""A summary as text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from ogive.linear.summary import wording
from ogive.linear.summary.content import content_of
from ogive.linear.summary.layout import side_by_side, table, wrapped
from ogive.text import Language

if TYPE_CHECKING:
    from ogive.linear.summary.record import Summary

__all__ = ["MOST_TARGETS", "summary_text"]

WIDTH = 79
MOST_TARGETS = 5


def summary_text(summary: Summary, language: Language) -> str:
    """Return the text; of many targets only the first are in it."""
    count = len(summary.target_names)
    parts = [_section(summary, i, language) for i in range(min(count, MOST_TARGETS))]
    if count > MOST_TARGETS:
        more = wording.more_targets(count - MOST_TARGETS, language)
        parts.append("\n".join(wrapped(more, WIDTH)))
    return "\n\n".join(parts)


def _section(summary: Summary, target: int, language: Language) -> str:
    content = content_of(summary, target, language)
    coefficients = table(content.header, content.rows, WIDTH)
    width = max(WIDTH, *map(cell_len, coefficients))
    thick, thin = "=" * width, "-" * width
    lines = [
        content.title,
        thick,
        *side_by_side(content.fit, content.quality, width),
        thick,
        coefficients[0],
        thin,
        *coefficients[1:],
        thick,
    ]
    if content.residuals:
        half = (len(content.residuals) + 1) // 2 - 1
        lines.append(wording.RESIDUALS.to(language))
        lines += side_by_side(content.residuals[:half], content.residuals[half:], width)
        lines.append(thick)
    if content.notes:
        lines.append(wording.NOTES.to(language))
        for number, note in enumerate(content.notes, 1):
            mark = f"[{number}] "
            lines += wrapped(mark + note, width, " " * len(mark))
    return "\n".join(lines)
