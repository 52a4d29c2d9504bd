"""Findings on classes, as text for a screen and as HTML for a report."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ogive.findings import Finding, Severity
from ogive.linear.assumptions.record import VERDICTS
from ogive.text import Language, Text

__all__ = ["findings_html", "findings_text"]

NOTHING = Text("Nothing stands out.", "没有发现异常。")
TO_DO = Text("What to do: ", "如何处理：")
MARKS: dict[Severity, str] = {"issue": "✕", "tip": "!", "passed": "✓", "not applicable": "–"}


def findings_text(findings: Sequence[Finding], language: Language) -> str:
    """Return a paragraph for each finding."""
    if not findings:
        return NOTHING.to(language)
    gap = "" if language == "zh" else " "
    return "\n".join(
        f"{VERDICTS[one.severity].to(language)} {one.code} {one.title.to(language)}{gap}"
        f"{one.meaning.to(language)} → {one.remedy.to(language)}"
        for one in findings
    )


def findings_html(findings: Sequence[Finding], language: Language) -> str:
    """Return the findings as the report on a regression shows them."""
    if not findings:
        return f"<p>{NOTHING.to(language)}</p>"
    return "\n".join(_html_of(one, language) for one in findings)


def _html_of(one: Finding, language: Language) -> str:
    word = VERDICTS[one.severity].to(language)
    return (
        f'<details class="finding {"none" if " " in one.severity else one.severity}" open>'
        f'<summary><span class="sign" aria-hidden="true">{MARKS[one.severity]}</span>'
        f'<span class="word">{word}</span> <span class="what">{escape(one.title.to(language))}'
        f"</span> <code>{one.code}</code></summary>"
        f"<p>{escape(one.meaning.to(language))}</p>"
        f"<p><b>{TO_DO.to(language)}</b>{escape(one.remedy.to(language))}</p></details>"
    )
