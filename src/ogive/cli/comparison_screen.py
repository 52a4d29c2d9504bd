"""What a comparison prints and writes when it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from ogive.cli.comparison_outputs import INDEX, Outputs, pages_of
from ogive.cli.comparison_writing import Writing, folder_made, run_numbers_of, say_report
from ogive.cli.option_names import as_typed
from ogive.cli.progress import stages
from ogive.cli.screen import Screen
from ogive.cli.table import print_table
from ogive.text import InputError, Text

if TYPE_CHECKING:
    from ogive.comparison import Comparison

__all__ = ["log_all", "print_comparison", "show_one", "show_several"]

ACROSS = Text("Across the data sets", "跨数据集总览")
LOGGING = Text("Logging to MLflow", "正在记录到 MLflow")
LOGGED = Text("Logged to MLflow.", "已记录到 MLflow。")


def show_one(comparison: Comparison, outputs: Outputs, screen: Screen, store: str = "") -> None:
    """Print the table, on standard error if standard output is taken, and write the files.

    Parameters
    ----------
    comparison : Comparison
    outputs : Outputs
    screen : Screen
    store : str
        What to type for the store, empty for the usual one.

    Raises
    ------
    InputError
        At the end, if a file could not be written.
    """
    console = screen.err if outputs.standard else screen.out
    print_comparison(comparison, screen, console, times=outputs.times)
    _say_run([comparison], screen, store)
    with Writing([comparison], store) as writing:
        writing.file(outputs.json, lambda: comparison.to_json(times=outputs.times))
        writing.file(outputs.csv, lambda: comparison.to_csv(times=outputs.times))
        if outputs.report is not None:
            writing.report(comparison, outputs.report, screen, console)


def show_several(
    comparisons: Mapping[str, Comparison], outputs: Outputs, screen: Screen, store: str = ""
) -> None:
    """Print and write each of several comparisons, then what they say together.

    Parameters
    ----------
    comparisons : mapping of str to Comparison
        By the name of the data set.
    outputs, screen, store
        As for `show_one`.

    Raises
    ------
    InputError
        At the end, if a file could not be written.
    """
    from ogive.comparison.across import Across

    console = screen.err if outputs.standard else screen.out
    for name, comparison in comparisons.items():
        screen.say(Text(name, name), "bold underline", on=console)
        print_comparison(comparison, screen, console, times=outputs.times)
        console.print()
    several = list(comparisons.values())
    across = None
    try:
        across = Across(comparisons)
    except InputError as error:  # such as a single candidate: each data set alone has its result
        screen.notice(error.text)
    if across is not None:
        screen.say(ACROSS, "bold underline", on=console)
        print_table(across, console, screen.language)
        console.print()
        screen.say(across.verdict, "bold", on=console)
        for notice in across.notices:
            screen.remark(notice, on=console)
    _say_run(several, screen, store)
    with Writing(several, store) as writing:
        if across is not None:
            writing.file(outputs.json, across.to_json)
            writing.file(outputs.csv, across.to_csv)
        if outputs.report is not None:
            folder, pages = outputs.report, pages_of(list(comparisons))
            with writing.failing():
                folder_made(folder)
                for page, comparison in zip(pages, several, strict=True):
                    comparison.report(folder / page, language=screen.language)
                if across is not None:
                    links = dict(zip(comparisons, pages, strict=True))
                    across.report(folder / INDEX, language=screen.language, pages=links)
                    say_report(folder / INDEX, screen, console)


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
        screen.remark(as_typed(caution), on=console)


def _say_run(comparisons: Sequence[Comparison], screen: Screen, store: str) -> None:
    numbers = run_numbers_of(comparisons)
    if len(numbers) == 1:
        show = f"ogive runs show {numbers[0]}{store}"
        screen.notice(
            Text(
                f"Kept as run {numbers[0]}; '{show}' shows it again.",
                f"已保存为运行 {numbers[0]}；可用“{show}”再次查看。",
            )
        )
    elif numbers:
        screen.notice(
            Text(
                f"Kept as runs {', '.join(numbers)}; 'ogive runs{store}' lists them.",
                f"已保存为运行 {'、'.join(numbers)}；可用“ogive runs{store}”查看列表。",
            )
        )
