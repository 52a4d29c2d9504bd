"""How a check puts its findings together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ogive.diagnosis.finding import DiagnosisFinding, Remedy
from ogive.findings import Severity
from ogive.text import Text

__all__ = ["called", "filled", "form", "not_applicable", "passed"]

_BETWEEN_CHINESE = re.compile("(?<=[一-鿿]) (?=[一-鿿])")
NOTHING = Text("Nothing to do.", "无需处理。")


def filled(text: Text, **values: Any) -> Text:
    """Return the text with its fields filled in both languages; a value may be a Text itself."""

    def of(language: int) -> dict[str, Any]:
        return {k: (v[language] if isinstance(v, Text) else v) for k, v in values.items()}

    # A space before a name in Latin letters is too much before a Chinese one.
    chinese = _BETWEEN_CHINESE.sub("", text.zh.format(**of(1)))
    return Text(text.en.format(**of(0)), chinese)


def called(layer: str) -> Text:
    """Return a layer's name as it stands in a sentence; a module's dotted name stays."""
    first, _, number = layer.partition(" ")
    if first == "hidden" and number.isdigit():
        return Text(f"hidden layer {number}", f"隐藏层 {number}")
    if layer.isdigit():
        return Text(f"module {layer}", f"模块 {layer}")
    return Text("the output layer", "输出层") if layer == "output" else Text(layer, layer)


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
    given = {"layer": None if layer is None else called(layer), **(numbers or {}), **values}
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
