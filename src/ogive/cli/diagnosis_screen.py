"""A diagnosis on the terminal: findings first, then a bar for the units of every layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from ogive.cli.screen import in_lines
from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.diagnosis.diagnosis import Diagnosis
    from ogive.diagnosis.finding import DiagnosisFinding

__all__ = ["print_diagnosis"]

STYLES = {"issue": "bold red", "tip": "bold yellow", "passed": "green", "not applicable": "dim"}
# Marks that differ without colours, and what stands in where the encoding has none of them.
MARKS = {
    "active": ("█", "#", "blue"),
    "duplicate": ("▓", "=", "cyan"),
    "constant": ("▒", "c", "magenta"),
    "saturated": ("░", "s", "magenta"),
    "silent": ("·", ".", "yellow"),
    "dead": ("×", "x", "red"),
}
BAR, LEAST_BAR = 32, 8
UNITS = Text(
    "Units and gradient by layer, from the input to the output", "各层的单元与梯度（从输入到输出）"
)
UNIT_COUNT = Text("units", "单元数")
GRADIENT = Text("|dL/dz|", "|dL/dz|")
PASSED = Text("passed: {names}", "通过：{names}")
EXPLAIN = Text(
    "ogive diagnose --explain {code} tells more.", "更多说明：ogive diagnose --explain {code}"
)
LONGEST_NAME = 28


def print_diagnosis(diagnosis: Diagnosis, console: Console, language: Language) -> None:
    """Print what was found, and what was measured of each layer."""
    from ogive.diagnosis.reporting.content import AT_FAULT, counts_of

    console.print(Styled(counts_of(diagnosis, language), "bold"))
    for one in diagnosis.findings:
        if one.severity in AT_FAULT:
            console.print()
            _print_finding(one, console, language)
    console.print()
    _print_rest(diagnosis, console, language)
    console.print()
    _print_layers(diagnosis, console, language)
    if diagnosis.trial is not None:
        from ogive.diagnosis.remedies.showing import WIDTH, trial_text

        told = trial_text(diagnosis.trial, language, min(console.width, WIDTH))
        console.print()
        console.print(Styled(told), soft_wrap=True)
    if diagnosis.codes:
        console.print()
        said = EXPLAIN.to(language, code=diagnosis.codes[0])
        console.print(Styled(in_lines(said, console.width), "dim"))


def _print_finding(one: DiagnosisFinding, console: Console, language: Language) -> None:
    from ogive.cli.remedy_options import carried_out
    from ogive.diagnosis.reporting.content import VERDICTS
    from ogive.diagnosis.showing import remedy_texts

    word = VERDICTS[one.severity].to(language)
    head = Styled.assemble((f"{word} {one.code}", STYLES[one.severity]), "  ")
    indent = " " * 2
    title = in_lines(one.title.to(language), console.width - head.cell_len)
    first, *rest = title.split("\n")
    console.print(head + Styled(first, "bold"))
    for line in rest:
        console.print(Styled(" " * head.cell_len + line, "bold"))
    for text in filter(None, (one.meaning.to(language),)):
        for line in in_lines(text, console.width - 2).split("\n"):
            console.print(Styled(indent + line))
    for number, text in enumerate(remedy_texts(one, language)):
        typed = carried_out(one.remedies[number]) if one.remedies else None
        if typed is not None:
            text += ("" if language == "zh" else " ") + typed.to(language)
        lines = in_lines(text, console.width - 4).split("\n")
        for i, line in enumerate(lines):
            console.print(Styled((indent if i == 0 else indent * 2) + line, "green"))


def _print_rest(diagnosis: Diagnosis, console: Console, language: Language) -> None:
    """Print what passed as one list, and each check that could not be made with the reason."""
    from ogive.diagnosis.finding import CODES
    from ogive.diagnosis.reporting.content import PASSED_NAMES, VERDICTS

    colon, comma = ("：", "、") if language == "zh" else (": ", ", ")
    passed = dict.fromkeys(one.code for one in diagnosis.findings if one.severity == "passed")
    if passed:
        names = comma.join(f"{PASSED_NAMES[code].to(language)} ({code})" for code in passed)
        text = PASSED.to(language, names=names)
        console.print(Styled(in_lines(text, console.width), STYLES["passed"]))
    for one in diagnosis.findings:
        if one.severity == "not applicable":
            word = VERDICTS[one.severity].to(language)
            name = CODES[one.code].to(language)
            text = f"{word}{colon}{name} ({one.code}){colon}{one.title.to(language)}"
            console.print(Styled(in_lines(text, console.width), STYLES[one.severity]))


def _print_layers(diagnosis: Diagnosis, console: Console, language: Language) -> None:
    from ogive.diagnosis.reporting.content import number, shown_layers, unit_counts
    from ogive.plots.layer_axis import layer_labels

    counts = unit_counts(diagnosis)
    names = layer_labels(shown_layers(diagnosis.layers, language), LONGEST_NAME)
    taken = max(map(len, names), default=0) + 40
    width = max(min(BAR, console.width - taken), LEAST_BAR)
    fine = _fits(console)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_row(
        "", "", "", Styled(UNIT_COUNT.to(language), "dim"), Styled(GRADIENT.to(language), "dim")
    )
    for name, layer in zip(names, diagnosis.layers, strict=True):
        of_layer = counts.get(layer.name)
        kind = "" if layer.role == "output" else layer.activation[:16]
        bar = Styled("") if of_layer is None else _bar(of_layer, width, fine)
        table.add_row(
            Styled(name), Styled(kind), bar, str(layer.n_units), number(layer.error_norm, ".1e")
        )
    console.print(Styled(UNITS.to(language), "bold"))
    console.print(table)
    if counts:
        console.print(_legend(counts, fine, language))


def _bar(counts: dict[str, int], width: int, fine: bool) -> Styled:
    """Return a bar in which every state that occurs has at least one mark."""
    shown = {state: n for state in MARKS if (n := counts.get(state, 0))}
    total = sum(shown.values())
    cells = {state: max(round(width * n / total), 1) for state, n in shown.items()}
    largest = max(cells, key=lambda state: cells[state])
    cells[largest] = max(cells[largest] + width - sum(cells.values()), 1)
    bar = Styled()
    for state, n in cells.items():
        mark, plain, style = MARKS[state]
        bar.append((mark if fine else plain) * n, style)
    return bar


def _legend(counts: dict[str, dict[str, int]], fine: bool, language: Language) -> Styled:
    from ogive.plots.unit_states import STATES

    legend = Styled()
    for state in MARKS:
        n = sum(of_layer.get(state, 0) for of_layer in counts.values())
        if n:
            mark, plain, style = MARKS[state]
            legend.append(mark if fine else plain, style)
            legend.append(f" {STATES[state].to(language)} {n}   ", "dim")
    return legend


def _fits(console: Console) -> bool:
    try:
        "█▓▒░·×".encode(console.encoding)
    except (LookupError, UnicodeEncodeError):
        return False
    return True
