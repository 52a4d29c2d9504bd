"""Does the experiment: what the journal knows is taken from it, the rest is fitted and recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ogive.comparison.design.problem import Problem
from ogive.comparison.design.settings import Settings
from ogive.comparison.outcome import Outcome
from ogive.comparison.records import Fit, FitResult
from ogive.comparison.running.choosing import choose
from ogive.comparison.running.engine import Engine
from ogive.comparison.running.journal import Journal
from ogive.comparison.running.plan import KeyOf, fits_of_repeats
from ogive.comparison.running.stopping import Stopped, Stopping
from ogive.comparison.scoring.names import score_of

__all__ = ["Experiment", "Progress", "run"]

Progress = Callable[[int, int, str], object]


class Experiment(NamedTuple):
    """What came of it.

    Attributes
    ----------
    outcomes : list of list of Outcome
        By candidate, then by split.
    guesses : list of float
        For each split, the score of the guess that ignores X.
    n_repeats : int
        Repeats made.
    n_known : int
        Fits whose results were there already.
    stopped : Stopped
        Why no more repeats were made.
    """

    outcomes: list[list[Outcome]]
    guesses: list[float]
    n_repeats: int
    n_known: int
    stopped: Stopped


def run(
    problem: Problem,
    settings: Settings,
    *,
    engine: Engine,
    journal: Journal,
    key_of: KeyOf,
    stopping: Stopping,
    progress: Progress | None = None,
) -> Experiment:
    """Do the experiment.

    Parameters
    ----------
    problem, settings : Problem, Settings
    engine : Engine
        Does the fits.
    journal : Journal
        Gets every result when its fit ends, and knows those of earlier runs.
    key_of : callable
        Gives the key of a fit.
    stopping : Stopping
        Says whether more repeats are wanted.
    progress : callable, optional
        Called with (n_done, n_total, phase). Where it has a method ``repeats_made``, that is
        called with the number of repeats and the half width of the widest interval after each
        round that may not be the last.
    """
    report = progress or (lambda *_: None)
    fits: list[Fit] = []
    results: dict[str, FitResult] = {}
    n_known = 0
    is_share = score_of(settings.scoring, problem.task).is_share
    n_rows = problem.summary.n_rows if is_share else None
    done, planned = 0, stopping.first_repeats(settings.n_repeats)
    while True:
        added = fits_of_repeats(settings, range(done, planned), key_of)
        fits += added
        known = journal.known([fit.key for fit in added])
        results.update(known)
        n_known += len(known)
        missing = [fit for fit in added if fit.key not in results]

        n_fits = len(fits)

        def finished(new: Mapping[str, FitResult], n_fits: int = n_fits) -> None:
            journal.record(new)
            results.update(new)
            report(len(results), n_fits, "train")

        report(len(results), n_fits, "train")
        if missing:
            engine.run(missing, problem, settings, finished)
            stopping.repeats_made(planned - done)
        done = planned
        outcomes, guesses = choose(fits, results, settings)
        free = False
        if stopping.may_go_on:
            keys = {fit.key for fit in fits_of_repeats(settings, range(done, done + 1), key_of)}
            free = len(journal.known(list(keys))) == len(keys)
        planned = stopping.next_repeats(outcomes, done, settings, free=free, n_rows=n_rows)
        if stopping.may_go_on and progress is not None and hasattr(progress, "repeats_made"):
            progress.repeats_made(done, stopping.half_width)
        if planned <= done:
            return Experiment(outcomes, guesses, done, n_known, stopping.why)
