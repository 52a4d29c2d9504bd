"""A trial as a fragment of HTML: a table with an interval drawn in each row, and sentences."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ogive.diagnosis.remedies import wording
from ogive.diagnosis.remedies.record import Trial, TriedRemedy
from ogive.text import Language

__all__ = ["trial_fragment"]

WIDTH, HEIGHT, MARGIN = 170, 12, 5
COLOURS = {"better": "#1f6fc9", "worse": "#b85c00", "no evidence": "#8b929c", "failed": "#8b929c"}
# Colours are those of the page but for the verdicts', which are told apart by words, too.
STYLE = """<style>
.ogive-trial { color: inherit; font-size: 0.92em; line-height: 1.45; max-width: 64em;
  overflow-x: auto; font-variant-numeric: tabular-nums; }
.ogive-trial h4 { margin: 0.6em 0 0.5em; font-size: 1.15em; }
.ogive-trial table { border-collapse: collapse; width: 100%; margin: 0 0 0.9em; color: inherit;
  background: none; }
.ogive-trial th, .ogive-trial td { padding: 0.35em 0.7em; text-align: left; vertical-align: top;
  background: none; border: 0; color: inherit; white-space: nowrap; }
.ogive-trial thead th { border-bottom: 1px solid currentColor; font-weight: 600; }
.ogive-trial tbody tr + tr > * { border-top: 1px solid rgba(128, 128, 128, 0.28); }
.ogive-trial .change { white-space: normal; min-width: 12em; }
.ogive-trial tbody .change { font-weight: normal; }
.ogive-trial .codes { white-space: normal; min-width: 4.5em; }
.ogive-trial .number { text-align: right; }
.ogive-trial tr > :first-child { padding-left: 0; }
.ogive-trial svg { display: block; margin: 0.1em 0 0 auto; }
.ogive-trial ul { margin: 0 0 0.9em; padding-left: 1.2em; }
.ogive-trial p { margin: 0.2em 0; opacity: 0.8; }
</style>"""
CLASSES = ("change", "codes", "number", "number", "verdict", "codes", "codes")
DIFFERENCE = 3


def trial_fragment(
    trial: Trial, language: Language, header: Sequence[str], rows: Sequence[Sequence[str]]
) -> str:
    """Return the fragment; header and rows are those of the text, the patient's row first."""
    tag = "zh-Hans" if language == "zh" else "en"
    parts = [STYLE, f'<div class="ogive-trial" lang="{tag}">']
    parts.append(f"<h4>{escape(wording.title(trial, language))}</h4>")
    if trial.remedies:
        parts.append(_table(trial, header, rows))
        told = (escape(wording.sentence(trial, one, language)) for one in trial.remedies)
        parts.append(f"<ul>{''.join(f'<li>{one}</li>' for one in told)}</ul>")
    parts += [f"<p>{escape(note)}</p>" for note in wording.notes(trial, language)]
    return "\n".join([*parts, "</div>"])


def _table(trial: Trial, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return the table; the drawing stands below the difference."""
    head = "".join(
        f'<th class="{kind}" scope="col">{escape(cell)}</th>'
        for kind, cell in zip(CLASSES, header, strict=False)
    )
    body = []
    for row, drawing in zip(rows, ["", *_drawings(trial.remedies)], strict=True):
        written = [escape(cell) for cell in row]
        written[DIFFERENCE] += drawing
        cells = [f'<th class="{CLASSES[0]}" scope="row">{written[0]}</th>']
        cells += [
            f'<td class="{kind}">{cell}</td>'
            for kind, cell in zip(CLASSES[1:], written[1:], strict=False)
        ]
        body.append(f"<tr>{''.join(cells)}</tr>")
    lines = "\n".join(body)
    return f"<table><thead><tr>{head}</tr></thead>\n<tbody>{lines}</tbody></table>"


def _drawings(remedies: Sequence[TriedRemedy]) -> list[str]:
    """Return the differences with their intervals as drawings of one scale, and zero in each."""
    shown = [one for one in remedies if one.verdict != "failed"]
    low = min((min(one.low, 0.0) for one in shown), default=0.0)
    high = max((max(one.high, 0.0) for one in shown), default=0.0)
    span = (high - low) or 1.0

    def x(value: float) -> float:
        return round(MARGIN + (WIDTH - 2 * MARGIN) * (value - low) / span, 1)

    return [
        _drawing(one, x(0.0), x(one.low), x(one.difference), x(one.high))
        if one.verdict != "failed"
        else ""
        for one in remedies
    ]


def _drawing(tried: TriedRemedy, zero: float, low: float, middle: float, high: float) -> str:
    y = HEIGHT / 2
    colour = COLOURS[tried.verdict]
    return (
        f'<svg width="{WIDTH}" height="{HEIGHT}" aria-hidden="true">'
        f'<line x1="{zero}" x2="{zero}" y1="0" y2="{HEIGHT}" stroke="currentColor" '
        'stroke-opacity="0.5"></line>'
        f'<line x1="{low}" x2="{high}" y1="{y}" y2="{y}" stroke="{colour}" '
        'stroke-width="3"></line>'
        f'<circle cx="{middle}" cy="{y}" r="4" fill="{colour}"></circle></svg>'
    )
