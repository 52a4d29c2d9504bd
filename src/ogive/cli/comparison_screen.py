"""What a comparison prints and writes when it is done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from ogive.cli.comparison_outputs import INDEX, Outputs, pages_of
from ogive.cli.files import replacing
from ogive.cli.progress import stages
from ogive.cli.screen import Screen
from ogive.cli.table import print_table
from ogive.text import InputError, Text

if TYPE_CHECKING:
    from ogive.comparison import Comparison

__all__ = ["log_all", "print_comparison", "show_one", "show_several", "write_text"]

ACROSS = Text("Across the data sets", "跨数据集总览")
LOGGING = Text("Logging to MLflow", "正在记录到 MLflow")
LOGGED = Text("Logged to MLflow.", "已记录到 MLflow。")
REPORT = Text("Report: {path}", "报告：{path}")


def show_one(comparison: Comparison, outputs: Outputs, screen: Screen) -> None:
    """Write the files and print the table, on standard error if standard output is taken."""
    if outputs.report is not None:
        comparison.report(outputs.report, language=screen.language)
    write_text(outputs.json, lambda: comparison.to_json(times=outputs.times))
    write_text(outputs.csv, lambda: comparison.to_csv(times=outputs.times))
    console = screen.err if outputs.standard else screen.out
    print_comparison(comparison, screen, console, times=outputs.times)
    _say_run([comparison], screen)
    _say_report(outputs.report, screen, console)


def show_several(comparisons: Mapping[str, Comparison], outputs: Outputs, screen: Screen) -> None:
    """Write and print each of several comparisons, then what they say together."""
    from ogive.comparison.across import Across

    pages = pages_of(list(comparisons))
    if outputs.report is not None:
        outputs.report.mkdir(exist_ok=True)
        for page, comparison in zip(pages, comparisons.values(), strict=True):
            comparison.report(outputs.report / page, language=screen.language)
    console = screen.err if outputs.standard else screen.out
    for name, comparison in comparisons.items():
        screen.say(Text(name, name), "bold underline", on=console)
        print_comparison(comparison, screen, console, times=outputs.times)
        console.print()
    try:
        across = Across(comparisons)
    except InputError as error:  # such as a single candidate: each data set alone has its result
        screen.notice(error.text)
        _say_run(list(comparisons.values()), screen)
        return
    if outputs.report is not None:
        links = dict(zip(comparisons, pages, strict=True))
        across.report(outputs.report / INDEX, language=screen.language, pages=links)
    write_text(outputs.json, across.to_json)
    write_text(outputs.csv, across.to_csv)
    screen.say(ACROSS, "bold underline", on=console)
    print_table(across, console, screen.language)
    console.print()
    screen.say(across.verdict, "bold", on=console)
    for notice in across.notices:
        screen.notice(notice)
    _say_run(list(comparisons.values()), screen)
    _say_report(None if outputs.report is None else outputs.report / INDEX, screen, console)


def log_all(
    comparisons: Mapping[str, Comparison], uri: str, outputs: Outputs, screen: Screen
) -> None:
    """Log comparisons to MLflow, with their reports if these were written."""
    from ogive.comparison.tracking import track

    pages: list[Path | None] = [outputs.report]
    if len(comparisons) > 1:
        folder = outputs.report
        pages = [folder and folder / page for page in pages_of(list(comparisons))]
    with stages(screen.err, screen.language, quiet=screen.quiet) as say:
        say(LOGGING)
        for comparison, page in zip(comparisons.values(), pages, strict=True):
            track(comparison, uri, report=page, language=screen.language)
    screen.notice(LOGGED)


def print_comparison(
    comparison: Comparison, screen: Screen, console: Console, *, times: bool = True
) -> None:
    """Print the table of a comparison and all that is said of it."""
    from ogive.comparison.words.ending import ending_sentence

    print_table(comparison, console, screen.language, times=times)
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
