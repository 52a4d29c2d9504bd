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
WAITING = Text("Waiting for workers", "等待工作进程")
NO_SECONDS = {"en": " 0 s", "zh": " 0 秒"}
WIDE = 90
SECONDS_BEFORE_IT_IS_ANNOUNCED = 1.0
# The first fits say little: processes have to start, and candidates cost unlike amounts.
SECONDS_BEFORE_AN_ESTIMATE = 5.0
SHARE_BEFORE_AN_ESTIMATE = 0.05
SECONDS_ENOUGH_FOR_AN_ESTIMATE = 60.0
SECONDS_TOLD_TO_THE_MINUTE = 120.0

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
    waiting : bool
        Whether there is nobody to do the fits just now.
    """

    def __init__(self, precision: float | None = None) -> None:
        self.precision = precision
        self.done = self.total = self.known = self.n_repeats = 0
        self.half_width = math.nan
        self.waiting = False
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
        if stage == "wait":
            self.waiting = True
            self.show()
            return
        if stage != "train":
            return
        self.waiting = False
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
        if made <= 0 or left <= 0 or not elapsed >= SECONDS_BEFORE_AN_ESTIMATE:
            return None
        few = made < SHARE_BEFORE_AN_ESTIMATE * (made + left)
        if few and elapsed < SECONDS_ENOUGH_FOR_AN_ESTIMATE:
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
        if seconds is None:
            return ""
        if seconds >= SECONDS_TOLD_TO_THE_MINUTE:
            seconds = 60.0 * round(seconds / 60)
        return LEFT.to(
            language, time=duration(seconds, language).removesuffix(NO_SECONDS[language])
        )


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
            followed.show = lambda: _update(bar, task, followed, title, language)
            yield followed
    else:
        followed.show = _line_printer(followed, console, language)
        yield followed


def _update(bar: Progress, task: TaskID, followed: Course, title: Text, language: Language) -> None:
    shown = (WAITING if followed.waiting else title).to(language)
    repeats = followed.repeats(language, bar.console.width)
    more = FITS.to(language) + followed.left(language) + (f" · {repeats}" if repeats else "")
    bar.update(task, description=shown, completed=followed.done, total=followed.total, more=more)


def _line_printer(followed: Course, console: Console, language: Language) -> Show:
    last = time.monotonic()

    def show() -> None:
        nonlocal last
        if followed.waiting:  # which the engine says in a line of its own
            return
        now = time.monotonic()
        left = followed.left(language)
        if left and now - last >= SECONDS_BETWEEN_LINES:
            last = now
            repeats = followed.repeats(language, WIDE)
            more = MORE.to(language, repeats=repeats) if repeats else ""
            line = LINE.to(language, done=followed.done, total=followed.total, more=more, left=left)
            console.print(line, markup=False, highlight=False)

    return show
