"""A sheet on a terminal: formulas, properties, values, and curves in characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from rich import box
from rich.cells import cell_len
from rich.console import Group
from rich.table import Table
from rich.text import Text as Styled

from ogive.activations.sheet import Sheet, compared, label
from ogive.activations.sheet.sampling import Curve, sample, view
from ogive.activations.sheet.typeset import plain
from ogive.cli.characters import AXES, FINE, PLAIN, PLAIN_AXES, Line, draw
from ogive.cli.screen import in_lines
from ogive.text import InputError, Language, Text

if TYPE_CHECKING:
    from ogive.activations import Activation
    from ogive.cli.screen import Screen
    from ogive.findings import Finding

__all__ = ["print_sheets", "sheet_records"]

VALUE = Text("value f(z)", "函数值 f(z)")
DERIVATIVE = Text("derivative f′(z)", "导数 f′(z)")
TOO_MANY = Text(
    "Curves are drawn for up to {n} functions at once.", "最多同时为 {n} 个函数画出曲线。"
)
# One after the other; the first is drawn finely, and each is a letter or sign of plain ASCII.
MARKS = (FINE, "x", "o", "+", "#", "%", "@", "=")
STYLES = ("blue", "yellow", "green", "magenta", "cyan", "red", "bright_black", "bright_blue")
WIDEST = 100
HEIGHT = 14
# So that a limit which is all but reached, such as sigmoid's 1, has its number on the axis.
MARGIN = 0.02
GAP = 3
# Of a column of the table that compares functions.
NARROWEST = 15


def print_sheets(
    functions: Sequence[Activation],
    points: Sequence[float],
    ends: tuple[float, float],
    screen: Screen,
) -> None:
    """Print one full sheet, or several short ones, what compares them, and their curves.

    Parameters
    ----------
    functions : sequence of Activation
        What to show.
    points : sequence of float
        Where to give value and derivative.
    ends : tuple of two floats
        The z's that the curves cover.
    screen : Screen
        Where to print.
    """
    tables = [_values(function, points) for function in functions] if points else []
    sheets = [Sheet(function) for function in functions]
    for i in range(len(functions)):
        if i:
            screen.out.print()
        _print_one(sheets[i], screen, short=len(functions) > 1)
        if tables:
            screen.out.print()
            screen.out.print(_value_table(*tables[i]))
    if len(functions) > 1:
        for table in _comparison(sheets, screen):
            screen.out.print()
            screen.out.print(table)
    drawn = [function for function in functions if function.kind == "elementwise"]
    if len(drawn) > len(MARKS):
        screen.out.print()
        screen.say(Text(*(text.format(n=len(MARKS)) for text in TOO_MANY)), "dim")
    elif drawn:
        screen.out.print()
        screen.out.print(_curves(drawn, ends, screen))


def sheet_records(
    functions: Sequence[Activation], points: Sequence[float], language: Language
) -> list[dict[str, Any]]:
    """Return all that the sheets say as plain data, with the values at `points`."""
    from ogive.activations.sheet.content import json_ready

    records = []
    for function in functions:
        record = Sheet(function).to_dict(language)
        if points:
            heads, rows = _values(function, points)
            record["at"] = json_ready([dict(zip(heads, row, strict=True)) for row in rows])
        records.append(record)
    return records


def _print_one(sheet: Sheet, screen: Screen, *, short: bool) -> None:
    out, language = screen.out, screen.language
    heading = Styled(sheet.heading.to(language), "bold")
    if sheet.label not in sheet.heading:
        heading.append(f"  {sheet.label}", "not bold cyan")
    out.print(heading)
    for formula in sheet.formulas:
        out.print()
        out.print(_beside(formula.head, plain(formula.expression, out.width - 12)))
    if sheet.note is not None:
        out.print()
        screen.say(sheet.note, "dim")
    rows = sheet.short_rows(language) if short else sheet.rows(language)
    if rows:
        out.print()
        out.print(_facts(rows, min(out.width, WIDEST)))
    for finding in sheet.findings:
        out.print()
        _print_finding(finding, screen)


def _beside(head: str, formula: str) -> Styled:
    """Set ``head =`` beside the middle of a formula of several lines."""
    lines = formula.split("\n")
    front = f"  {head} = "
    middle = _middle(lines)
    return Styled(
        "\n".join(
            (front if i == middle else " " * cell_len(front)) + line for i, line in enumerate(lines)
        ),
        no_wrap=len(lines) > 1,
    )


def _middle(lines: list[str]) -> int:
    """Return the line on which the formula's own level is: that of its longest fraction bar."""
    bars = [line.count("─") for line in lines]
    if any("⎨" in line for line in lines):
        return next(i for i, line in enumerate(lines) if "⎨" in line)
    return bars.index(max(bars)) if max(bars) else len(lines) // 2


def _facts(rows: Sequence[tuple[str, str]], width: int) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    first = max(cell_len(name) for name, _ in rows)
    table.add_column(style="dim", no_wrap=True, width=first)
    table.add_column()
    for name, text in rows:
        lines = "\n".join(in_lines(line, width - first - 2) for line in text.split("\n"))
        table.add_row(name, Styled(lines))
    return table


def _print_finding(finding: Finding, screen: Screen) -> None:
    language = screen.language
    screen.say(Text(*(f"{finding.code}  {title}" for title in finding.title)), "bold yellow")
    apart = "" if language == "zh" else " "
    said = f"{finding.meaning.to(language)}{apart}{finding.remedy.to(language)}"
    screen.say(Text(said, said))


def _comparison(sheets: Sequence[Sheet], screen: Screen) -> list[Table]:
    """Return the properties side by side, in as many tables as the width needs."""
    language, width = screen.language, min(screen.out.width, WIDEST)
    labels = [label for label, _ in compared(sheets, language)]
    first = min(max(map(cell_len, labels)), width // 3)
    abreast = max(1, (width - first) // (NARROWEST + 2))
    blocks = -(-len(sheets) // abreast)
    size = -(-len(sheets) // blocks)
    room = (width - first) // size - 2
    tables = []
    for start in range(0, len(sheets), size):
        block = sheets[start : start + size]
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0))
        table.add_column(style="dim", overflow="fold", width=first)
        for sheet in block:
            table.add_column(Styled(sheet.label), overflow="fold", max_width=room)
        for name, texts in compared(block, language):
            table.add_row(in_lines(name, first), *(Styled(in_lines(text, room)) for text in texts))
        tables.append(table)
    return tables


def _values(
    function: Activation, points: Sequence[float]
) -> tuple[list[str], list[tuple[float, ...]]]:
    """Return the heads and rows of the values at `points`, which are one row to some functions."""
    z = np.array(points)
    with np.errstate(all="ignore"):
        if function.kind == "gate":
            if z.size % 2:
                raise InputError(
                    f"{function.name} halves a row, so --at needs an even number of values; got "
                    f"{z.size}.",
                    f"{function.name} 把一行分为两半，因此 --at 需要偶数个值，得到的却是"
                    f" {z.size} 个。",
                )
            u, second = np.split(z, 2)
            return ["u", "z", "a"], list(
                zip(u.tolist(), second.tolist(), function(z).tolist(), strict=True)
            )
        if function.kind == "vector":
            diagonal = np.diagonal(function.derivative(z))
            heads, columns = ["z", "a", "∂a/∂z"], (z, function(z), diagonal)
        else:
            heads, columns = ["z", "f(z)", "f′(z)"], (z, *function.value_and_derivative(z))
    return heads, list(zip(*(column.tolist() for column in columns), strict=True))


def _value_table(heads: list[str], rows: list[tuple[float, ...]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0))
    for head in heads:
        table.add_column(head, justify="right")
    for row in rows:
        table.add_row(*(f"{number:.12g}" for number in row))
    return table


def _curves(functions: Sequence[Activation], ends: tuple[float, float], screen: Screen) -> Group:
    """Return value and derivative in characters, side by side where there is room."""
    values = [sample(function, *ends) for function in functions]
    slopes = [sample(function.derivative, *ends) for function in functions]
    fine = _can_print("\u28ff" + AXES, screen)
    marks, axes = (MARKS, AXES) if fine else ((PLAIN, *MARKS[1:]), PLAIN_AXES)
    width = min(screen.out.width, WIDEST)
    abreast = width >= 72
    room = (width - GAP) // 2 if abreast else width
    language = screen.language

    def panel(title: Text, curves: Sequence[Curve]) -> Group:
        lines = [
            Line(curve, mark, style)
            for curve, mark, style in zip(curves, marks, STYLES, strict=False)
        ]
        low, high = view(curves)
        margin = MARGIN * (high - low)
        drawn = draw(
            lines,
            ends=ends,
            view=(low - margin, high + margin),
            width=room,
            height=HEIGHT,
            axes=axes,
        )
        return Group(Styled(title.to(language), "bold"), drawn)

    panels = panel(VALUE, values), panel(DERIVATIVE, slopes)
    if abreast:
        grid = Table.grid(padding=(0, GAP, 0, 0))
        grid.add_column(width=room)
        grid.add_column(width=room)
        grid.add_row(*panels)
        parts: list[Any] = [grid]
    else:
        parts = [panels[0], Styled(), panels[1]]
    if len(functions) > 1:
        parts += [Styled(), _legend(functions, marks, width)]
    return Group(*parts)


def _legend(functions: Sequence[Activation], marks: Sequence[str], width: int) -> Styled:
    """Return mark and name of each function, broken into lines between them only."""
    legend, used = Styled(), 0
    for function, mark, style in zip(functions, marks, STYLES, strict=False):
        sign, name = "\u2812\u2812" if mark == FINE else mark * 2, label(function)
        long = cell_len(f"{sign} {name}")
        if used:
            apart = used + 3 + long <= width
            legend.append("   " if apart else "\n")
            used = used + 3 if apart else 0
        legend.append(f"{sign} ", style).append(name)
        used += long
    return legend


def _can_print(characters: str, screen: Screen) -> bool:
    try:
        characters.encode(screen.out.encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
