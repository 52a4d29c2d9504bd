"""Progress on standard error: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Timer
from typing import TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
)
from rich.text import Text as Styled

from ogive.text import Language, Text

__all__ = ["after_start", "duration", "fits_progress", "stages", "steps"]

Report = Callable[[int, int, str], None]
Item = TypeVar("Item")

TRAINING = Text("Training", "训练中")
FITS = Text("fits", "次训练")
LEFT = Text("about {time} left", "约剩 {time}")
LINE = Text("{done} of {total} fits, about {time} left", "已训练 {done}/{total} 次，约剩 {time}")
STEP = Text("{title}: {done} of {total}, about {time} left", "{title}：{done}/{total}，约剩 {time}")
SECONDS_BETWEEN_LINES = 10.0
SECONDS_BEFORE_A_STAGE = 1.0
SECONDS_BEFORE_A_STEP_IS_TOLD = 2.0


def duration(seconds: float, language: Language) -> str:
    """Return a duration in words that suit its length."""
    whole = max(round(seconds), 1)
    minutes, rest = divmod(whole, 60)
    hours, minutes_left = divmod(minutes, 60)
    if whole < 60:
        return Text("{s} s", "{s} 秒").to(language, s=whole)
    if hours == 0:
        return Text("{m} min {s} s", "{m} 分 {s} 秒").to(language, m=minutes, s=rest)
    return Text("{h} h {m} min", "{h} 小时 {m} 分").to(language, h=hours, m=minutes_left)


class _TimeLeft(ProgressColumn):
    """Time left by the mean speed since the start: steadier than Rich's own over few fits."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language: Language = language

    def render(self, task: Task) -> Styled:
        """Return the time left, or nothing while it cannot be told."""
        seconds = _seconds_left(task.completed, task.total or 0, task.elapsed or 0)
        if seconds is None:
            return Styled("")
        return Styled(LEFT.to(self.language, time=duration(seconds, self.language)))


def _seconds_left(done: float, total: float, elapsed: float) -> float | None:
    if done <= 0 or done >= total or elapsed < 0.5:
        return None
    return elapsed * (total - done) / done


def after_start(report: Report, announce: Callable[[], None]) -> Report:
    """Return `report`, preceded at the first fit by `announce`.

    What is refused before the first fit then gets its one sentence and nothing else.
    """
    announced = False

    def show(done: int, total: int, stage: str) -> None:
        nonlocal announced
        if stage == "train" and not announced:
            announced = True
            announce()
        report(done, total, stage)

    return show


@contextmanager
def fits_progress(console: Console, language: Language, *, quiet: bool) -> Iterator[Report]:
    """Give a function to be called with fits done, fits in all, and what is being done."""
    if quiet:
        yield lambda done, total, stage: None
    elif console.is_terminal:
        with Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TextColumn(FITS.to(language)),
            _TimeLeft(language),
            console=console,
            transient=True,
            expand=False,
        ) as bar:
            task = bar.add_task(TRAINING.to(language), total=None)

            def show(done: int, total: int, stage: str) -> None:
                if stage == "train":
                    bar.update(task, completed=done, total=total)

            yield show
    else:
        yield _line_printer(console, language)


def steps(
    items: Sequence[Item], title: Text, console: Console, language: Language
) -> Iterator[Item]:
    """Give one item after the other while showing how many are done.

    Parameters
    ----------
    items : sequence
        What there is to do.
    title : Text
        What is being done.
    console : Console
        Where to show it: a bar on a terminal, which is gone at the end; elsewhere a line if it
        takes seconds, and another now and then.
    language : {"en", "zh"}
        Language of what is shown.
    """
    if console.is_terminal and len(items) == 1:
        with console.status(f"{title.to(language)} …"):
            yield from items
        return
    if console.is_terminal:
        with Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            _TimeLeft(language),
            console=console,
            transient=True,
            expand=False,
        ) as bar:
            yield from bar.track(items, description=title.to(language))
        return
    start = time.monotonic()
    due = start + SECONDS_BEFORE_A_STEP_IS_TOLD
    for done, item in enumerate(items):
        now = time.monotonic()
        seconds = _seconds_left(done, len(items), now - start)
        if seconds is not None and now >= due:
            due = now + SECONDS_BETWEEN_LINES
            line = STEP.to(
                language,
                title=title.to(language),
                done=done,
                total=len(items),
                time=duration(seconds, language),
            )
            console.print(line, markup=False, highlight=False)
        yield item


def _line_printer(console: Console, language: Language) -> Report:
    start = last = time.monotonic()

    def show(done: int, total: int, stage: str) -> None:
        nonlocal last
        now = time.monotonic()
        seconds = _seconds_left(done, total, now - start)
        if stage == "train" and seconds is not None and now - last >= SECONDS_BETWEEN_LINES:
            last = now
            left = duration(seconds, language)
            line = LINE.to(language, done=done, total=total, time=left)
            console.print(line, markup=False, highlight=False)

    return show


@contextmanager
def stages(
    console: Console, language: Language, *, quiet: bool
) -> Iterator[Callable[[Text], None]]:
    """Give a function to be called with what is done next; a file gets a line if it takes long."""
    if quiet:
        yield lambda text: None
    elif console.is_terminal:
        with console.status("") as status:
            yield lambda text: status.update(f"{text.to(language)} …")
    else:
        waiting: list[Timer] = []

        def stop() -> None:
            while waiting:
                waiting.pop().cancel()

        def say(text: Text) -> None:
            stop()
            line = f"{text.to(language)} …"
            timer = Timer(
                SECONDS_BEFORE_A_STAGE,
                console.print,
                (line,),
                {"markup": False, "highlight": False},
            )
            timer.daemon = True
            waiting.append(timer)
            timer.start()

        try:
            yield say
        finally:
            stop()
