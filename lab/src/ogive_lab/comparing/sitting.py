"""One sitting of a comparison, in a worker: from where the store has it until it ends or has to."""

from __future__ import annotations

import _thread
import math
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, NamedTuple

from ogive_lab.comparing.keeping import Followed, Shelf, forget_old, opened
from ogive_lab.comparing.planning import candidates_of
from ogive_lab.comparing.sources import Source
from ogive_lab.comparing.standings import Standings
from ogive_lab.comparing.wanted import Wanted, command_of, words_of
from ogive_lab.worker import Report, Stopped

if TYPE_CHECKING:
    from ogive.comparison.store import RunDescription

__all__ = ["Sitting", "sit"]

BETWEEN_LOOKS = 0.1


class Sitting(NamedTuple):
    """How one sitting is held.

    Attributes
    ----------
    threads : int
        On which fits are done; the result does not depend on it.
    seconds : float
        That are left of what the comparison may take.
    continued : int or None
        The run that is taken up.
    """

    threads: int
    seconds: float
    continued: int | None = None


def sit(
    source: Source,
    wanted: Wanted,
    shelf: Shelf,
    sitting: Sitting,
    report: Report,
    stopped: Callable[[], bool],
) -> dict[str, Any]:
    """Compare until it is done, the time is up, or the server wants it to stop.

    Every fit that has ended is in the store whatever happens.

    Returns
    -------
    dict
        ``run``, its number in the store, whether it is ``complete``, and its last ``progress``.

    Raises
    ------
    Stopped
        Where the server wanted it.
    """
    from ogive.comparison.compare import compare
    from ogive.data import select_target

    course = _Course()
    store = opened(shelf)
    if shelf.owner is not None:
        _once_forget_old(store, shelf)
    labelled = select_target(
        source.table(), wanted.target, task=wanted.task, ignore=list(wanted.ignore)
    )
    candidates_of(wanted, labelled)  # which refuses what is too large for the lab
    ledger: Any = Followed(store, shelf, sitting.continued, course.begun, course.ended)
    with _watched(course, report, stopped, sitting.seconds) as watch:
        course.last_fit = watch.disarm
        try:
            compare(
                labelled.features,
                labelled.target,
                task=labelled.task,
                target_name=labelled.target_name,
                data_name=source.name,
                notices=(*source.notices, *labelled.notices),
                command=command_of(wanted, source.name),
                arguments=(str(Path.cwd()), *words_of(wanted, source.name)),
                store=ledger,
                progress=course,
                n_jobs=sitting.threads,
                **wanted.settings(),
            )
        except _Interrupted:
            if not watch.time_is_up:
                raise Stopped from None
            complete = False
        else:
            complete = True
    return {"run": course.run, "complete": complete, "progress": course.to_dict()}


_forgotten: set[Shelf] = set()


def _once_forget_old(store: Any, shelf: Shelf) -> None:
    place = Shelf(shelf.place, None)
    if place not in _forgotten:
        _forgotten.add(place)
        forget_old(store)


class _Course:
    """Where the comparison is; called by it as its progress."""

    def __init__(self) -> None:
        self.run: int | None = None
        self.done = self.total = self.known = self.repeats = 0
        self.half_width = math.nan
        self.standings: Standings | None = None
        self.version = 0
        self.last_fit: Callable[[bool], None] = lambda last: None

    def __call__(self, done: int, total: int, phase: str) -> None:
        if phase != "train":
            return
        if total != self.total:  # a round begins: nobody waited for what it finds done already
            self.known += done - self.done
        self.done, self.total = done, total
        self.version += 1
        self.last_fit(done == total)

    def repeats_made(self, number: int, half_width: float) -> None:
        """Take note of how narrow the intervals are after so many repeats."""
        self.repeats, self.half_width = number, half_width
        self.version += 1

    def begun(self, run: int, description: RunDescription) -> None:
        self.run = run
        self.standings = Standings(description)
        self.version += 1

    def ended(self, results: Mapping[str, Any]) -> None:
        if self.standings is not None:
            self.standings.add(results)

    def to_dict(self) -> dict[str, Any]:
        return {
            "run": self.run,
            "done": self.done,
            "total": self.total,
            "known": self.known,
            "repeats": self.repeats,
            "half_width": self.half_width if math.isfinite(self.half_width) else None,
            "standings": None if self.standings is None else self.standings.to_dict(),
        }


class _Interrupted(BaseException):
    """Ends a comparison wherever it is; its run is kept as one that can be continued."""


class _Watch:
    """A thread that reports how far it is, and interrupts the comparison when it has to end."""

    def __init__(
        self, course: _Course, report: Report, stopped: Callable[[], bool], seconds: float
    ) -> None:
        self.course, self.report, self.stopped = course, report, stopped
        self.until = time.monotonic() + seconds
        self.time_is_up = False
        self.over = threading.Event()
        self._armed = True
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        with self._lock:
            self._armed = False
        self.over.set()
        self._thread.join()

    def disarm(self, last: bool) -> None:
        """Let nothing interrupt what comes after the last fit of a round, which is short."""
        with self._lock:
            self._armed = not last

    def interrupt(self, signal: int, frame: FrameType | None) -> None:
        """Answer the signal, in the main thread."""
        if self._armed:
            self._armed = False
            raise _Interrupted

    def _look(self) -> None:
        told = -1
        while not self.over.wait(BETWEEN_LOOKS):
            version = self.course.version
            if version != told:
                told = version
                self.report(self.course.to_dict())
            self.time_is_up = time.monotonic() >= self.until
            if self.time_is_up or self.stopped():
                with self._lock:
                    if self._armed:
                        _thread.interrupt_main()


@contextmanager
def _watched(
    course: _Course, report: Report, stopped: Callable[[], bool], seconds: float
) -> Iterator[_Watch]:
    """Have a comparison watched while it runs in the main thread."""
    watch = _Watch(course, report, stopped, seconds)
    before = signal.signal(signal.SIGINT, watch.interrupt)
    watch.start()
    try:
        yield watch
    finally:
        watch.end()
        signal.signal(signal.SIGINT, before)
