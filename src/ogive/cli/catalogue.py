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

from ogive.text import Text

if TYPE_CHECKING:
    from ogive.activations import Activation
    from ogive.cli.screen import Screen

__all__ = ["properties", "show_list"]

LONG = re.compile(r"\d+\.\d{7,}")
WORKING = Text("Deriving what is not known yet …", "正在推导尚未得到的性质……")
NAME = Text("name", "名称")
OUTPUT = Text("output", "输出范围")
COLUMNS = {
    "bounded": Text("bounded", "有界"),
    "monotone": Text("mono-\ntone", "单调"),
    "smooth": Text("smooth", "光滑"),
    "zero_centered": Text("zero-\ncentered", "零中心"),
    "cheap": Text("cheap", "计算量小"),
}
ANSWERS = {True: Text("yes", "是"), False: Text("–", "–"), None: Text("?", "?")}
COUNT = Text("{n} of {all}", "{all} 个中的 {n} 个")
NONE = Text("No function of the {all} is all of that.", "{all} 个函数中没有一个同时满足这些条件。")


def properties(function: Activation) -> dict[str, bool | None]:
    """Return what the filters ask; None where it could not be decided."""
    facts = function.facts
    known = facts.monotonic is not None
    return {
        "bounded": facts.bounded,
        "monotone": facts.monotonic != "not monotonic" if known else None,
        "smooth": facts.smooth,
        "zero_centered": facts.zero_centered,
        "cheap": facts.cheap,
    }


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
        What each property must be; None where it does not matter. A function about which it
        could not be decided has neither.
    screen : Screen
        Where to print.
    as_json : bool
        Whether to print JSON.
    """
    with screen.err.status(WORKING.to(screen.language)):
        known = [(function, properties(function)) for function in functions]
    chosen = [
        (function, has)
        for function, has in known
        if all(want is None or has[key] is want for key, want in wanted.items())
    ]
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
    for function, has in chosen:
        answers = (ANSWERS[has[key]].to(screen.language) for key in COLUMNS)
        table.add_row(function.name, Styled(_output(function)), *answers)
    screen.out.print(table)
    counted = COUNT.to(screen.language, n=len(chosen), all=len(known))
    screen.out.print(Styled(counted, "dim"))


def _output(function: Activation) -> str:
    """Return the output range, numbers without a closed form in as many digits as have room."""
    found = function.facts.output_range
    if found is None:
        return "?"
    short = LONG.sub(lambda number: f"{float(number[0]):.6g}", found.text)
    return short if short == found.text else f"≈ {short}"


def _record(function: Activation, has: dict[str, bool | None], screen: Screen) -> dict[str, Any]:
    facts = function.facts
    return {
        "name": function.name,
        "title": function.definition.title.to(screen.language),
        "kind": function.kind,
        "output_range": None if facts.output_range is None else facts.output_range.text,
        "derivative_range": None if facts.derivative_range is None else facts.derivative_range.text,
        **has,
    }
