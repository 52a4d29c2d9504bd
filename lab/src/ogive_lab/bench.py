"""A worker process with the job that it does and the clock of that job."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Literal

from ogive_lab.job import Job, Lane
from ogive_lab.pool import Worker
from ogive_lab.worker import Function

__all__ = ["Bench"]

STOPPING_SECONDS = {"long": 5.0, "quick": 0.05}
MEGABYTES = {"long": None, "quick": 1536}
MOST_JOBS = 200
"""After so many a worker is replaced: what SymPy remembers only grows."""


class Bench:
    """A worker, the job it does, and the clock of that job.

    Parameters
    ----------
    lane : {"long", "quick"}
    heard : callable
        Called with the bench and with what its worker says; see `Worker`.
    """

    def __init__(self, lane: Lane, heard: Callable[[Bench, str, Any], None]) -> None:
        self.lane = lane
        self.ready = self.dying = False
        self.job: Job | None = None
        self.why: Literal["stopped", "time"] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._done = 0
        self.worker = Worker(lambda what, value: heard(self, what, value), MEGABYTES[lane])

    @property
    def idle(self) -> bool:
        """Whether it can begin a job."""
        return self.ready and self.job is None and not self.dying

    def begin(self, job: Job, function: Function) -> None:
        """Have a job done, and stopped when its time is over."""
        self.worker.begin(function)
        self.job, self.why = job, None
        self._after(job.seconds, lambda: self.stop("time"))

    def stop(self, why: Literal["stopped", "time"]) -> None:
        """Ask the job to stop, and see to it that it does."""
        if self.why is None:
            self.why = why
            self.worker.ask_to_stop()
            self._after(STOPPING_SECONDS[self.lane], self.kill)

    def free(self) -> None:
        """Be ready for the next job."""
        self.job = self.why = None
        if self._timer is not None:
            self._timer.cancel()
        self._done += 1
        if self._done >= MOST_JOBS:
            self.kill()

    def kill(self) -> None:
        """End the worker; "gone" is heard soon."""
        self.dying = True
        self.worker.kill()

    def _after(self, seconds: float, then: Callable[[], None]) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(seconds, then)
