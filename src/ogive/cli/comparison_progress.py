"""Progress of a comparison: fits, what the store knew of them, and repeats as they are added."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, Timer

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from ogive.cli.progress import FITS, SECONDS_BETWEEN_LINES, duration
from ogive.text import Language, Text

__all__ = ["Course", "course"]

LEFT = Text(", about {time} left", "，约剩 {time}")
LINE = Text("{done} of {total} fits{more}{left}", "已训练 {done}/{total} 次{more}{left}")
REPEATS = Text("after repeat {n} ± {width:.2g}", "重复 {n} 次后 ± {width:.2g}")
GOAL = Text(", {goal:g} wanted", "，目标 {goal:g}")
MORE = Text(" ({repeats})", "（{repeats}）")
WIDE = 90
SECONDS_BEFORE_IT_IS_ANNOUNCED = 1.0

Show = Callable[[], None]


class Course:
    """Where a comparison is; called by it with fits done, fits in all, and what is being done.

    Parameters
    ----------
    precision : float or None
        Half width of the intervals that is aimed at.

    Attributes
    ----------
    done, total, known : int
        Fits done, planned so far, and of those done the ones that were known before.
    n_repeats : int
        Repeats that are complete.
    half_width : float
        Of the widest interval of a difference to the best after them; NaN before.
    """

    def __init__(self, precision: float | None = None) -> None:
        self.precision = precision
        self.done = self.total = self.known = self.n_repeats = 0
        self.half_width = math.nan
        self.show: Show = lambda: None
        self._started = math.nan
        self._announce: Show | None = None
        self._waiting: Timer | None = None
        self._lock = Lock()

    def announce(self, say: Show) -> None:
        """Have something said once it is under way: after the first fit, or a moment without one.

        What is refused before that gets its one sentence and nothing else.
        """
        self._announce = say

    def end(self) -> None:
        """Say nothing more."""
        self._announce = None
        if self._waiting is not None:
            self._waiting.cancel()

    def __call__(self, done: int, total: int, stage: str) -> None:
        """Take note of fits done and planned."""
        if stage != "train":
            return
        if total != self.total:  # a round begins: what it finds done already, nobody waited for
            self.known += done - self.done
        self.done, self.total = done, total
        if math.isnan(self._started):
            self._started = time.monotonic()
            self._waiting = Timer(SECONDS_BEFORE_IT_IS_ANNOUNCED, self._say)
            self._waiting.daemon = True
            self._waiting.start()
        if self.done > self.known or self.done == self.total:
            self._say()
        self.show()

    def _say(self) -> None:
        with self._lock:
            say, self._announce = self._announce, None
            if say is not None:
                say()

    def repeats_made(self, n_repeats: int, half_width: float) -> None:
        """Take note of how narrow the intervals are after so many repeats."""
        self.n_repeats, self.half_width = n_repeats, half_width

    def seconds_left(self) -> float | None:
        """Return the time left by the mean speed of this sitting, or None if it cannot be told."""
        made, left = self.done - self.known, self.total - self.done
        elapsed = time.monotonic() - self._started
        if made <= 0 or left <= 0 or not elapsed >= 0.5:
            return None
        return elapsed * left / made

    def repeats(self, language: Language, room: int) -> str:
        """Return the repeats made and the width they gave, where repeats are being added."""
        if not math.isfinite(self.half_width):
            return ""
        text = REPEATS.to(language, n=self.n_repeats, width=self.half_width)
        if self.precision is None or room < WIDE:
            return text
        return text + GOAL.to(language, goal=self.precision)

    def left(self, language: Language) -> str:
        """Return the time left in words, or nothing."""
        seconds = self.seconds_left()
        return "" if seconds is None else LEFT.to(language, time=duration(seconds, language))


@contextmanager
def course(
    title: Text, precision: float | None, console: Console, language: Language, *, quiet: bool
) -> Iterator[Course]:
    """Give a course that is shown: as a bar on a terminal, as a line now and then elsewhere.

    Parameters
    ----------
    title : Text
        What is being done.
    precision : float or None
        Half width that is aimed at.
    console : Console
        Where to show it.
    language : {"en", "zh"}
    quiet : bool
        Show nothing.
    """
    followed = Course(precision)
    try:
        yield from _shown(followed, title, console, language, quiet=quiet)
    finally:
        followed.end()


def _shown(
    followed: Course, title: Text, console: Console, language: Language, *, quiet: bool
) -> Iterator[Course]:
    if quiet:
        yield followed
    elif console.is_terminal:
        with Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TextColumn("{task.fields[more]}"),
            console=console,
            transient=True,
            expand=False,
        ) as bar:
            task = bar.add_task(title.to(language), total=None, more="")
            followed.show = lambda: _update(bar, task, followed, language)
            yield followed
    else:
        followed.show = _line_printer(followed, console, language)
        yield followed


def _update(bar: Progress, task: TaskID, followed: Course, language: Language) -> None:
    repeats = followed.repeats(language, bar.console.width)
    more = FITS.to(language) + followed.left(language) + (f" · {repeats}" if repeats else "")
    bar.update(task, completed=followed.done, total=followed.total, more=more)


def _line_printer(followed: Course, console: Console, language: Language) -> Show:
    last = time.monotonic()

    def show() -> None:
        nonlocal last
        now = time.monotonic()
        left = followed.left(language)
        if left and now - last >= SECONDS_BETWEEN_LINES:
            last = now
            repeats = followed.repeats(language, WIDE)
            more = MORE.to(language, repeats=repeats) if repeats else ""
            line = LINE.to(language, done=followed.done, total=followed.total, more=more, left=left)
            console.print(line, markup=False, highlight=False)

    return show
