"""The files of a comparison, written when its result is on the screen already."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from rich.console import Console

from ogive.cli.files import replacing
from ogive.cli.interruption import Interrupted
from ogive.cli.screen import Screen
from ogive.data.wording import listed
from ogive.report.files import unwritable
from ogive.text import InputError, Text

if TYPE_CHECKING:
    from ogive.comparison import Comparison

__all__ = ["Writing", "folder_made", "run_numbers_of", "say_report", "write_text"]

REPORT = Text("Report: {path}", "报告：{path}")


class Writing:
    """Writes one file after the other; what failed is told at the end, with what is kept.

    Parameters
    ----------
    comparisons : sequence of Comparison
        What is written.
    store : str
        What to type for the store, empty for the usual one.
    """

    def __init__(self, comparisons: Sequence[Comparison], store: str) -> None:
        self._numbers = run_numbers_of(comparisons)
        self._store = store
        self._failed: list[Text] = []

    def __enter__(self) -> Writing:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            kept = self._kept()
            raise Interrupted(
                Text(f"Interrupted while files were written.{kept.en}", f"写文件时中断。{kept.zh}")
            ) from None
        if error is None and self._failed:
            kept = self._kept()
            raise InputError(
                " ".join(text.en for text in self._failed) + kept.en,
                "".join(text.zh for text in self._failed) + kept.zh,
            )

    def file(self, place: Path | str | None, content: Callable[[], str]) -> None:
        """Write a text to a file, to standard output for "-", or nowhere."""
        with self.failing():
            write_text(place, content)

    def report(self, comparison: Comparison, path: Path, screen: Screen, console: Console) -> None:
        """Write the report of a comparison and say where it is."""
        with self.failing():
            comparison.report(path, language=screen.language)
            say_report(path, screen, console)

    @contextmanager
    def failing(self) -> Iterator[None]:
        """Keep what could not be written for the end."""
        try:
            yield
        except InputError as error:
            self._failed.append(error.text)

    def _kept(self) -> Text:
        """Return where the results are, and what writes the files again."""
        numbers, store = self._numbers, self._store
        if not numbers:
            return Text(
                " As --no-store was given, the results are on the screen only.",
                "由于给出了 --no-store，结果只在屏幕上。",
            )
        names = listed(numbers, limit=len(numbers))
        runs = Text("run", "运行") if len(numbers) == 1 else Text("runs", "各运行")
        number = numbers[0] if len(numbers) == 1 else "RUN"
        report, export = (f"ogive runs {what} {number}{store}" for what in ("report", "export"))
        return Text(
            f" The results are kept as {runs.en} {names.en}: '{report} --report FILE' writes the "
            f"report, '{export} --json FILE' or --csv FILE the table.",
            f"结果已保存为{runs.zh} {names.zh}：用“{report} --report 文件”写报告，"
            f"用“{export} --json 文件”或 --csv 文件 写表格。",
        )


def run_numbers_of(comparisons: Sequence[Comparison]) -> list[str]:
    """Return the numbers of the runs that the store has of them."""
    return [str(one.run) for one in comparisons if one.run is not None]


def folder_made(folder: Path) -> None:
    """Make a folder for pages, if it does not exist."""
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from None


def write_text(place: Path | str | None, content: Callable[[], str]) -> None:
    """Write a text to a file, to standard output for "-", or nowhere."""
    if place == "-":
        sys.stdout.write(content())
    elif isinstance(place, Path):
        with replacing(place) as beside:
            beside.write_text(content(), encoding="utf-8")


def say_report(path: Path, screen: Screen, console: Console) -> None:
    """Say where a report is."""
    where = REPORT.to(screen.language, path=path)
    screen.say(Text(where, where), on=console)
