"""What runs tasks: here, or on other processes and machines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import NamedTuple, Protocol, Self

from ogive.comparison.design.problem import Problem
from ogive.comparison.design.settings import Settings
from ogive.comparison.records import Fit, FitResult

__all__ = ["Engine", "Finished", "Task"]

Finished = Callable[[Mapping[str, FitResult]], None]


class Task(NamedTuple):
    """Fits that are done together by one worker, all on one split, whose table it prepares once."""

    fits: tuple[Fit, ...]

    @property
    def split(self) -> tuple[int, int]:
        """Repeat and fold."""
        return self.fits[0].repeat, self.fits[0].fold


class Engine(Protocol):
    """Runs fits in any order and reports each result as soon as it is there.

    It is used in a ``with`` block, which leaves no processes or connections behind. An engine that
    has nothing to begin or to put away inherits both.
    """

    name: str

    def __enter__(self) -> Self:
        """Connect, or begin whatever does the work."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Put it away."""
        return

    def run(
        self, fits: Sequence[Fit], problem: Problem, settings: Settings, finished: Finished
    ) -> None:
        """Do all the fits.

        Parameters
        ----------
        fits : sequence of Fit
            Sorted by split.
        problem, settings : Problem, Settings
            What every fit is about; handed to a worker once, not with every task.
        finished : callable
            Called in this thread with the results by key, as they come. What it raises ends the
            run.

        Raises
        ------
        KeyboardInterrupt
            After Ctrl-C; what was reported before stays reported.
        InputError
            Where a scorer or a model fails on one fold, or the machines cannot be reached.
        """
