"""The list of the catalogue, and the filters on it."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table
from rich.text import Text as Styled

from ogive.activations.properties import matches, properties, without_meaning
from ogive.text import Text

if TYPE_CHECKING:
    from ogive.activations import Activation
    from ogive.cli.screen import Screen

__all__ = ["show_list"]

LONG = re.compile(r"\d+\.\d{7,}")
NAME = Text("name", "名称")
OUTPUT = Text("output", "输出范围")
COLUMNS = {
    "bounded": Text("bounded", "有界"),
    "monotone": Text("mono-\ntone", "单调"),
    "smooth": Text("smooth", "光滑"),
    "zero_centered": Text("zero-\ncentered", "零中心"),
    "cheap": Text("cheap", "计算量小"),
}
YES, NO, UNDECIDED = Text("yes", "是"), Text("–", "–"), Text("?", "?")
MEANINGLESS = Text("n/a", "不适用")
ROUNDED = "≈"
LEGEND = (
    (NO, Text("– = no", "– = 否")),
    (UNDECIDED, Text("? = could not be decided", "? = 未能判定")),
    (
        MEANINGLESS,
        Text("n/a = no meaning for a function of rows", "不适用 = 对作用于整行的函数没有意义"),
    ),
    (
        Text(ROUNDED, ROUNDED),
        Text("≈ = rounded, as no closed form is known", "≈ = 近似值，没有已知的闭式"),
    ),
)
COUNT = Text("{n} of {all}", "{all} 个中的 {n} 个")
NONE = Text("No function of the {all} is all of that.", "{all} 个函数中没有一个同时满足这些条件。")


def show_list(
    functions: Sequence[Activation],
    wanted: Mapping[str, bool | None],
    screen: Screen,
    *,
    as_json: bool,
) -> None:
    """Print the functions that have the properties wanted.

    Parameters
    ----------
    functions : sequence of Activation
        Those to choose from.
    wanted : mapping of str to bool or None
        What each property must be; None where it does not matter.
    screen : Screen
        Where to print.
    as_json : bool
        Whether to print JSON.
    """
    known = [(function, properties(function)) for function in functions]
    chosen = [(function, has) for function, has in known if matches(has, wanted)]
    if as_json:
        records = [_record(function, has, screen) for function, has in chosen]
        text = json.dumps(records, ensure_ascii=False, indent=2, allow_nan=False)
        sys.stdout.write(text + "\n")
        return
    if not chosen:
        screen.say(Text(*(text.format(all=len(known)) for text in NONE)))
        return
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    titles = [title.to(screen.language) for title in (NAME, OUTPUT, *COLUMNS.values())]
    tallest = max(title.count("\n") for title in titles)
    for title in titles:
        lowered = "\n" * (tallest - title.count("\n")) + title
        table.add_column(lowered, no_wrap=title != titles[1])
    shown: set[Text] = set()
    for function, has in chosen:
        answers = _answers(function, has)
        output = _output(function)
        shown |= {*answers}
        shown |= {Text(sign, sign) for sign in (UNDECIDED.en, ROUNDED) if output.startswith(sign)}
        written = (answer.to(screen.language) for answer in answers)
        table.add_row(function.name, Styled(output), *written)
    screen.out.print(table)
    screen.say(Text(*(text.format(n=len(chosen), all=len(known)) for text in COUNT)), "dim")
    legend = [meaning for sign, meaning in LEGEND if sign in shown]
    if legend:
        screen.say(Text("; ".join(t.en for t in legend), "；".join(t.zh for t in legend)), "dim")


def _answers(function: Activation, has: Mapping[str, bool | None]) -> list[Text]:
    meaningless = without_meaning(function)
    words = {True: YES, False: NO, None: UNDECIDED}
    return [MEANINGLESS if key in meaningless else words[has[key]] for key in COLUMNS]


def _output(function: Activation) -> str:
    """Return the output range, numbers without a closed form in as many digits as have room."""
    found = function.facts.output_range
    if not found.known:
        return UNDECIDED.en
    short = LONG.sub(lambda number: f"{float(number[0]):.6g}", found.text)
    return short if short == found.text else f"≈ {short}"


def _record(function: Activation, has: dict[str, bool | None], screen: Screen) -> dict[str, Any]:
    facts = function.facts
    return {
        "name": function.name,
        "title": function.definition.title.to(screen.language),
        "kind": function.kind,
        "output_range": facts.output_range.text if facts.output_range.known else None,
        "derivative_range": facts.derivative_range.text if facts.derivative_range.known else None,
        **has,
    }
