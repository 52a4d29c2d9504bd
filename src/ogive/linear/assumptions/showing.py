"""A report as text and as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from rich.cells import cell_len

from ogive.findings import Severity
from ogive.linear.assumptions.record import CONDITIONS, VERDICTS, AssumptionResult
from ogive.linear.summary.layout import pad, wrapped
from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.linear.assumptions.report import AssumptionReport

__all__ = ["as_html", "as_text"]

HEAD = Text("Conditions of linear regression", "线性回归的条件")
SIZE = Text("{rows} row{s}, {columns} column{t}", "{rows} 行，{columns} 列")
TARGET = Text(", target {names}", "，目标 {names}")
LEVEL = Text("; level of the tests {level:g}", "；检验水平 {level:g}")
COUNT = {
    "issue": Text("{n} issues", "{n} 个问题"),
    "tip": Text("{n} tips", "{n} 个提示"),
    "passed": Text("{n} passed", "{n} 项通过"),
    "not applicable": Text("{n} not applicable", "{n} 项不适用"),
}
ONE = {"issue": "1 issue", "tip": "1 tip"}
MORE = Text(
    "{n} more {checks} of other targets passed or {do} not apply.",
    "其他目标另有 {n} 项检查通过或不适用。",
)
# With more targets than these only what did not pass is shown for each.
MANY_TARGETS = 3
COLOURS: dict[Severity, str] = {
    "issue": "#c0392b",
    "tip": "#b7791f",
    "passed": "#2f855a",
    "not applicable": "#718096",
}
AT_FAULT: tuple[Severity, ...] = ("issue", "tip")
# What must not be torn apart at the end of a line: "p = 0.97", "76 %", "F(2, 296)".
_SIGN = re.compile(r" ([=<±→]|%)(?: |(?=[ ,.，。、）:]))|(?<=\(\d), (?=\d)")
ORDER: tuple[Severity, ...] = ("issue", "tip", "passed", "not applicable")


def summary_line(report: AssumptionReport, language: Language) -> str:
    """Return how many results there are of each verdict."""
    parts = []
    for verdict in ORDER:
        n = len(report.having(verdict))
        if n == 0 and verdict != "issue":
            continue
        text = COUNT[verdict].to(language, n=n)
        parts.append(ONE.get(verdict, text) if n == 1 and language == "en" else text)
    return ("，" if language == "zh" else ", ").join(parts)


def _about(report: AssumptionReport, language: Language) -> str:
    names = report.target_names
    text = SIZE.to(
        language,
        rows=report.n_rows,
        s="s" * (report.n_rows != 1),
        columns=report.n_columns,
        t="s" * (report.n_columns != 1),
    )
    if names:
        shown = ("、" if language == "zh" else ", ").join(names[:MANY_TARGETS])
        text += TARGET.to(language, names=shown + (" …" if len(names) > MANY_TARGETS else ""))
    if report.significance is not None:
        text += LEVEL.to(language, level=report.significance)
    return text + ("。" if language == "zh" else ".")


def _shown(report: AssumptionReport, condition: int) -> tuple[list[AssumptionResult], int]:
    """Return the results of a condition to show, and how many are left out."""
    found = [one for one in report if one.condition == condition]
    if len(report.target_names) <= MANY_TARGETS:
        return found, 0
    first = report.target_names[0]
    kept = [one for one in found if one.severity in AT_FAULT or one.target in (None, first)]
    return kept, len(found) - len(kept)


def _more(n: int, language: Language) -> str:
    words = ("check", "does") if n == 1 else ("checks", "do")
    return MORE.to(language, n=n, checks=words[0], do=words[1])


def _title(result: AssumptionResult, language: Language) -> str:
    title = result.title.to(language)
    if result.target is None:
        return title
    return f"【{result.target}】{title}" if language == "zh" else f"[{result.target}] {title}"


def as_text(report: AssumptionReport, language: Language, width: int, passed: bool = True) -> str:
    """Return the report as lines of text, with what `passed` or does not apply, or without."""
    lines = [f"{HEAD.to(language)}: {summary_line(report, language)}"]
    if language == "zh":
        lines = [f"{HEAD.zh}：{summary_line(report, language)}"]
    lines += wrapped(_about(report, language), width)
    written = [one for one in report if passed or one.severity in AT_FAULT]
    first = max((cell_len(VERDICTS[one.severity].to(language)) for one in written), default=0)
    for condition, name in CONDITIONS.items():
        results, left_out = _shown(report, condition)
        if not passed:
            results, left_out = [one for one in results if one.severity in AT_FAULT], 0
        if not results:
            continue
        lines += ["", f"{condition}  {name.to(language)}"]
        for result in results:
            lines += _lines_of(result, language, width, first)
        if left_out:
            lines.append(" " * 3 + _more(left_out, language))
    return "\n".join(lines)


def _lines_of(
    result: AssumptionResult, language: Language, width: int, first: int
) -> Iterator[str]:
    verdict = pad(VERDICTS[result.severity].to(language), first)
    head = f"   {verdict}  {result.code}  "
    indent = " " * cell_len(head)
    texts = [_title(result, language)]
    if result.condition != 4 or result.severity != "passed":
        texts.append(result.meaning.to(language))
    if result.severity in AT_FAULT:
        texts.append("→ " + result.remedy.to(language))
    for i, text in enumerate(texts):
        for line in wrapped(_SIGN.sub(_bound, text), width - len(indent)):
            yield ((head if i == 0 else indent) + line.replace("\u00a0", " ")).rstrip()
            head = indent


def _bound(found: re.Match[str]) -> str:
    if found.group(1) == "%":
        return found.group().replace(" ", "\u00a0", 1)
    return found.group().replace(" ", "\u00a0")


def as_html(report: AssumptionReport, language: Language) -> str:
    """Return the report as an HTML fragment; details of what passed open on a click."""
    parts = [
        f'<div lang="{"zh-CN" if language == "zh" else "en"}" style="max-width: 60em">',
        f"<p><strong>{HEAD.to(language)}</strong> · {escape(summary_line(report, language))}<br>"
        f"{escape(_about(report, language))}</p>",
    ]
    for condition, name in CONDITIONS.items():
        results, left_out = _shown(report, condition)
        if not results:
            continue
        parts.append(
            f"<p style='margin: 1em 0 .3em'><strong>{condition} {name.to(language)}</strong></p>"
        )
        parts += [_html_of(result, language) for result in results]
        if left_out:
            parts.append(f"<p>{_more(left_out, language)}</p>")
    return "\n".join([*parts, "</div>"])


def _html_of(result: AssumptionResult, language: Language) -> str:
    colour = COLOURS[result.severity]
    at_fault = result.severity in AT_FAULT
    remedy = f"<br>→ {escape(result.remedy.to(language))}" if at_fault else ""
    meaning = escape(_SIGN.sub(_bound, result.meaning.to(language)))
    return (
        f"<details{' open' if at_fault else ''} style='margin: .2em 0; padding-left: .6em; "
        f"border-left: 4px solid {colour}'>"
        f"<summary><span style='color: {colour}; font-weight: bold'>"
        f"{VERDICTS[result.severity].to(language)}</span> <code>{result.code}</code> "
        f"{escape(_title(result, language))}</summary>"
        f"<div style='padding: .2em 0 .4em 1.1em'>{meaning}{remedy}"
        "</div>"
        "</details>"
    )
