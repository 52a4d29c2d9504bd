"""A diagnosis as text for a screen, as plain data, as a data frame, and in a notebook."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from rich.cells import cell_len

from ogive.diagnosis.finding import CODES, DiagnosisFinding
from ogive.diagnosis.measurements import Layer
from ogive.diagnosis.reporting.content import (
    AT_FAULT,
    COLUMNS,
    EXPENDABLE,
    UNKNOWN,
    VERDICTS,
    Column,
    counts_of,
    facts,
    shown_layers,
    unit_counts,
)
from ogive.diagnosis.reporting.data import diagnosis_dict, layers_frame
from ogive.linear.summary.layout import pad, shown_name, table, wrapped
from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.diagnosis.diagnosis import Diagnosis

__all__ = ["diagnosis_dict", "diagnosis_html", "diagnosis_text", "layers_frame", "layers_table"]

HEAD = Text("Diagnosis of {model}: {found}", "{model} 的诊断：{found}")
LAYERS = Text("Layers, from the input to the output", "各层（从输入到输出）")
COLOURS = {
    "issue": "#c0392b",
    "tip": "#b7791f",
    "passed": "#2f855a",
    "not applicable": "#718096",
}
LEFT_OUT = Text(
    "Not shown for lack of room: {titles}; to_polars() has them.",
    "因宽度不够未显示：{titles}；to_polars() 中有。",
)
WIDTH = 88
LAYER = Text("layer", "层")


def diagnosis_text(diagnosis: Diagnosis, language: Language, width: int = WIDTH) -> str:
    """Return findings first, then what was measured of each layer, as lines."""
    measured = diagnosis.measurements
    found = counts_of(diagnosis, language)
    lines = [HEAD.to(language, model=measured.model, found=found)]
    colon, gap = ("：", "；") if language == "zh" else (": ", "; ")
    about = gap.join(f"{name}{colon}{value}" for name, value in facts(measured, language)[1:])
    lines += [*wrapped(about, width), ""]
    first = max(
        (cell_len(VERDICTS[one.severity].to(language)) for one in diagnosis.findings), default=0
    )
    for one in diagnosis.findings:
        lines += finding_lines(one, language, width, first)
    lines += ["", LAYERS.to(language), *layers_table(diagnosis, language, width)]
    for remark in measured.remarks:
        lines += wrapped(remark.to(language), width)
    if diagnosis.trial is not None:
        lines += ["", diagnosis.trial.text(language)]
    return "\n".join(lines)


def finding_lines(
    finding: DiagnosisFinding, language: Language, width: int, first: int
) -> Iterator[str]:
    """Yield verdict, code and title of a finding; of what is at fault cause and remedies, too."""
    head = f"{pad(VERDICTS[finding.severity].to(language), first)}  {finding.code}  "
    indent = " " * cell_len(head)
    texts = [finding.title.to(language)]
    if finding.severity in AT_FAULT:
        texts.append(finding.meaning.to(language))
        texts += remedy_texts(finding, language)
    elif finding.severity != "passed":  # a passed check would be named after its fault
        texts = [
            f"{CODES[finding.code].to(language)}{'：' if language == 'zh' else ': '}{texts[0]}"
        ]
    for text in filter(None, texts):
        for line in wrapped(text, width - len(indent)):
            yield (head + line).rstrip()
            head = indent


def remedy_texts(finding: DiagnosisFinding, language: Language) -> list[str]:
    """Return what to do, the most promising first, with the effect predicted."""
    if not finding.remedies:
        return ["→ " + finding.remedy.to(language)]
    texts = []
    for one in finding.remedies:
        effect = "" if one.effect is None else one.effect.to(language)
        space = " " if effect and language == "en" else ""
        texts.append(f"→ {one.text.to(language)}{space}{effect}")
    return texts


def layers_table(diagnosis: Diagnosis, language: Language, width: int | None = None) -> list[str]:
    """Return the table of layers as lines, without the columns of which nothing is known.

    Where it is wider than `width`, the columns that tell least are left out, and named below.
    """
    counts = unit_counts(diagnosis)
    names = [shown_name(name) for name in shown_layers(diagnosis.layers, language)]
    cells = {
        column.name: [one_cell(column, layer, counts) for layer in diagnosis.layers]
        for column in COLUMNS
    }
    kept = [column for column in COLUMNS if set(cells[column.name]) != {UNKNOWN}]
    known = kept
    while True:
        header = [LAYER.to(language), *(column.title.to(language) for column in kept)]
        rows = [[name, *(cells[column.name][i] for column in kept)] for i, name in enumerate(names)]
        lines = table(header, rows)
        least = next((name for name in EXPENDABLE if name in [c.name for c in kept]), None)
        if width is None or least is None or max(map(cell_len, lines)) <= width:
            out = [column.title.to(language) for column in known if column not in kept]
            return lines + _left_out(out, language, width)
        kept = [column for column in kept if column.name != least]


def _left_out(titles: list[str], language: Language, width: int | None) -> list[str]:
    if not titles or width is None:
        return []
    joined = ("、" if language == "zh" else ", ").join(titles)
    return wrapped(LEFT_OUT.to(language, titles=joined), width)


def one_cell(column: Column, layer: Layer, counts: dict[str, dict[str, int]]) -> str:
    """Return what a column tells of a layer."""
    return column.write(layer, counts.get(layer.name, {}))


def diagnosis_html(diagnosis: Diagnosis, language: Language) -> str:
    """Return the findings as an HTML fragment; what passed opens on a click."""
    tag = "zh-Hans" if language == "zh" else "en"
    head = HEAD.to(
        language, model=diagnosis.measurements.model, found=counts_of(diagnosis, language)
    )
    parts = [
        f'<div lang="{tag}" style="max-width: 60em">',
        f"<p><strong>{escape(head)}</strong></p>",
        *(_html_of(one, language) for one in diagnosis.findings),
        "<details><summary>",
        f"{LAYERS.to(language)}</summary><pre>",
        escape("\n".join(layers_table(diagnosis, language))),
        "</pre></details>",
    ]
    return "\n".join([*parts, "</div>"])


def _html_of(one: DiagnosisFinding, language: Language) -> str:
    colour = COLOURS[one.severity]
    at_fault = one.severity in AT_FAULT
    told = ""
    if at_fault:
        remedies = "".join(f"<br>{escape(text)}" for text in remedy_texts(one, language))
        told = escape(one.meaning.to(language)) + remedies
    return (
        f"<details{' open' if at_fault else ''} style='margin: .2em 0; padding-left: .6em; "
        f"border-left: 4px solid {colour}'>"
        f"<summary><span style='color: {colour}; font-weight: bold'>"
        f"{VERDICTS[one.severity].to(language)}</span> <code>{one.code}</code> "
        f"{escape(one.title.to(language))}</summary>"
        f"<div style='padding: .2em 0 .4em 1.1em'>{told}</div></details>"
    )
