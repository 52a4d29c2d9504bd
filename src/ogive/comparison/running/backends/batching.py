"""Cuts fits into tasks: long enough to be worth sending, short enough that no worker waits."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from threading import Lock

from ogive.comparison.records import Fit
from ogive.comparison.running.engine import Task

__all__ = ["Pace", "batch_size", "cut"]

TASK_SECONDS = 1.5
"""Length aimed at: the overhead of a task is some milliseconds, and a lost one is no great loss."""

LEAST_SECONDS = 0.1
"""Towards the end tasks get shorter, so that workers end together, but not below this."""

FIRST = 4
"""Most fits of a task while nobody knows how long a fit takes."""


class Pace:
    """Seconds a fit, learnt from the tasks that have ended; late ones count more."""

    def __init__(self) -> None:
        self.seconds: float | None = None
        self._lock = Lock()

    def learn(self, n_fits: int, seconds: float) -> None:
        """Take in a task of `n_fits` fits that took `seconds` in all."""
        if n_fits == 0:
            return
        new = seconds / n_fits
        with self._lock:
            self.seconds = new if self.seconds is None else 0.7 * self.seconds + 0.3 * new


def batch_size(seconds: float | None, n_left: int, n_of_split: int, n_workers: int) -> int:
    """Return how many fits the next task should have.

    Parameters
    ----------
    seconds : float or None
        Of one fit; None while unknown.
    n_left, n_of_split : int
        Fits not handed out yet: all of them, and those of the split that is cut now.
    n_workers : int
        Tasks that can run at once.

    Returns
    -------
    int
        From 1 to `n_of_split`. A task takes about `TASK_SECONDS`; no more than half of an even
        share of what is left, which is guided self-scheduling (Polychronopoulos and Kuck, 1987):
        a slow worker then holds up the others by little.
    """
    share = math.ceil(n_left / (2 * max(n_workers, 1)))
    if seconds is None:
        wanted = min(FIRST, share)
    else:
        per_fit = max(seconds, 1e-6)
        by_time = max(round(TASK_SECONDS / per_fit), 1)
        wanted = min(by_time, max(share, math.ceil(LEAST_SECONDS / per_fit)))
    pieces = max(round(n_of_split / wanted), 1)
    return math.ceil(n_of_split / pieces)


def cut(fits: Sequence[Fit], pace: Pace, n_workers: Callable[[], int]) -> Iterator[Task]:
    """Yield tasks of fits on one split, in order; each is sized when it is asked for.

    Parameters
    ----------
    fits : sequence of Fit
        Sorted by split.
    pace : Pace
        What is known of the time of a fit by then.
    n_workers : callable
        Returns how many tasks can run at once.
    """
    n_left = len(fits)
    for _, group in groupby(fits, lambda fit: (fit.repeat, fit.fold)):
        split = deque(group)
        while split:
            size = batch_size(pace.seconds, n_left, len(split), n_workers())
            yield Task(tuple(split.popleft() for _ in range(size)))
            n_left -= size
