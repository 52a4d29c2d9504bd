"""What a comparison prints and writes when it is done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from ogive.cli.comparison_outputs import INDEX, Outputs, pages_of
from ogive.cli.files import replacing
from ogive.cli.screen import Screen
from ogive.cli.table import print_table
from ogive.text import Text

if TYPE_CHECKING:
    from ogive.comparison import Comparison

__all__ = ["print_comparison", "show_across", "show_one", "write_text"]

REPORT = Text("Report: {path}", "报告：{path}")


def show_one(comparison: Comparison, outputs: Outputs, screen: Screen) -> None:
    """Write the files and print the table, on standard error if standard output is taken."""
    if outputs.report is not None:
        comparison.report(outputs.report, language=screen.language)
    _write_tables(comparison, outputs)
    console = screen.err if outputs.standard else screen.out
    print_comparison(comparison, screen, console)
    _say_run([comparison], screen)
    _say_report(outputs.report, screen, console)


def print_comparison(comparison: Comparison, screen: Screen, console: Console) -> None:
    """Print the table of a comparison and all that is said of it."""
    from ogive.comparison.words.ending import ending_sentence

    print_table(comparison, console, screen.language)
    console.print()
    screen.say(comparison.verdict, "bold", on=console)
    for reason in comparison.reasons:
        screen.say(reason, on=console)
    ending = ending_sentence(comparison.stopped)
    if ending is not None:
        screen.say(ending, on=console)
    for caution in comparison.cautions:
        screen.notice(caution)


def write_text(place: Path | str | None, content: Callable[[], str]) -> None:
    """Write a text to a file, to standard output for "-", or nowhere."""
    if place == "-":
        sys.stdout.write(content())
    elif isinstance(place, Path):
        with replacing(place) as beside:
            beside.write_text(content(), encoding="utf-8")


def _write_tables(result: Any, outputs: Outputs) -> None:
    write_text(outputs.json, result.to_json)
    write_text(outputs.csv, result.to_csv)


def _say_run(comparisons: Sequence[Comparison], screen: Screen) -> None:
    numbers = [str(comparison.run) for comparison in comparisons if comparison.run is not None]
    if len(numbers) == 1:
        screen.notice(
            Text(
                f"Kept as run {numbers[0]}; 'ogive runs show {numbers[0]}' shows it again.",
                f"已保存为运行 {numbers[0]}；可用“ogive runs show {numbers[0]}”再次查看。",
            )
        )
    elif numbers:
        screen.notice(
            Text(
                f"Kept as runs {', '.join(numbers)}; 'ogive runs' lists them.",
                f"已保存为运行 {'、'.join(numbers)}；可用“ogive runs”查看列表。",
            )
        )


def _say_report(path: Path | None, screen: Screen, console: Console) -> None:
    if path is not None:
        where = REPORT.to(screen.language, path=path)
        screen.say(Text(where, where), on=console)


def show_across(comparisons: Mapping[str, Comparison], outputs: Outputs, screen: Screen) -> None:
    """Write and print each of several comparisons, then what they say together."""
    from ogive.comparison.across import Across

    across: Any = Across(comparisons)
    index = None
    if outputs.report is not None:
        outputs.report.mkdir(exist_ok=True)
        for page, comparison in zip(pages_of(list(comparisons)), comparisons.values(), strict=True):
            comparison.report(outputs.report / page, language=screen.language)
        index = outputs.report / INDEX
        across.report(index, language=screen.language)
    _write_tables(across, outputs)
    console = screen.err if outputs.standard else screen.out
    for name, comparison in comparisons.items():
        screen.say(Text(name, name), "bold underline", on=console)
        print_comparison(comparison, screen, console)
        console.print()
    _say_run(list(comparisons.values()), screen)
    _say_report(index, screen, console)
