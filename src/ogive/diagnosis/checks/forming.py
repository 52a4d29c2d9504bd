"""How a check puts its findings together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ogive.diagnosis.finding import DiagnosisFinding, Remedy
from ogive.findings import Severity
from ogive.text import Text

__all__ = ["filled", "form", "not_applicable", "passed"]

NOTHING = Text("Nothing to do.", "无需处理。")


def filled(text: Text, **values: Any) -> Text:
    """Return the text with its fields filled in both languages; a value may be a Text itself."""

    def of(language: int) -> dict[str, Any]:
        return {k: (v[language] if isinstance(v, Text) else v) for k, v in values.items()}

    return Text(text.en.format(**of(0)), text.zh.format(**of(1)))


def form(
    code: str,
    severity: Severity,
    texts: tuple[Text, Text],
    remedies: Sequence[Remedy],
    *,
    kind: str = "",
    layer: str | None = None,
    numbers: dict[str, Any] | None = None,
    **values: Any,
) -> DiagnosisFinding:
    """Return a finding whose title and meaning are `texts`, filled from numbers and values.

    The remedy's text is that of the first of `remedies`.
    """
    given = {"layer": layer, **(numbers or {}), **values}
    title, meaning = (filled(text, **given) for text in texts)
    remedy = remedies[0].text if remedies else NOTHING
    return DiagnosisFinding(
        code, severity, title, meaning, remedy, kind, layer, numbers or {}, tuple(remedies)
    )


def passed(code: str, title: Text, numbers: dict[str, Any] | None = None) -> DiagnosisFinding:
    """Return that a check found nothing wrong; the title says what was looked at."""
    return DiagnosisFinding(code, "passed", title, Text("", ""), NOTHING, numbers=numbers or {})


def not_applicable(code: str, reason: Text) -> DiagnosisFinding:
    """Return that a check could not be made, and why."""
    return DiagnosisFinding(code, "not applicable", reason, Text("", ""), NOTHING)
