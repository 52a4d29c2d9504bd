"""Runs fits on this machine: networks as one fleet over shared tables, each on one thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from ogive.comparison.design.problem import Problem
from ogive.comparison.design.settings import Settings
from ogive.comparison.design.splits import Split, splits_of_repeat
from ogive.comparison.models import make_estimator
from ogive.comparison.records import Fit
from ogive.comparison.running.engine import Finished
from ogive.comparison.running.measuring import measure
from ogive.comparison.running.preparing import PreparedSplit, prepare_split
from ogive.comparison.scoring.scorers import make_scorer
from ogive.network import FleetJob, fit_fleet

__all__ = ["Threads", "run_fits"]

# Prepared tables that are held at once take at most this many bytes (or one table, if larger).
MEMORY = 2**29

Report = Callable[[int, int, str], object]


class Threads:
    """The usual engine: threads of this process.

    Parameters
    ----------
    n_jobs : int or None
        Threads; None for all cores.
    progress : callable, optional
        Called with (n_done, n_total, "prepare") while tables are prepared.
    """

    name = "threads"

    def __init__(self, n_jobs: int | None = None, progress: Report | None = None) -> None:
        self.n_jobs = n_jobs
        self.progress = progress

    def run(
        self, fits: Sequence[Fit], problem: Problem, settings: Settings, finished: Finished
    ) -> None:
        """Do all the fits, as `Engine.run` says."""
        run_fits(fits, problem, settings, finished, n_jobs=self.n_jobs, progress=self.progress)


def run_fits(
    fits: Sequence[Fit],
    problem: Problem,
    settings: Settings,
    finished: Finished,
    *,
    n_jobs: int | None,
    progress: Report | None = None,
) -> None:
    """Do fits of any splits, as many tables at once as memory allows."""
    by_split = [(key, list(group)) for key, group in groupby(fits, lambda f: (f.repeat, f.fold))]
    start, group_size = 0, 1
    while start < len(by_split):
        jobs: list[tuple[Fit, PreparedSplit]] = []
        stop = start
        while stop < len(by_split) and stop - start < group_size:
            (repeat, fold), mine = by_split[stop]
            prepared = prepare_split(problem, _split(problem, settings, repeat, fold), settings)
            group_size = max(MEMORY // max(prepared.X.nbytes, 1), 1)
            jobs += [(fit, prepared) for fit in mine]
            stop += 1
            if progress is not None:
                progress(stop, len(by_split), "prepare")
        _fit_all(jobs, problem, settings, finished, n_jobs)
        start = stop


def _fit_all(
    jobs: Sequence[tuple[Fit, PreparedSplit]],
    problem: Problem,
    settings: Settings,
    finished: Finished,
    n_jobs: int | None,
) -> None:
    score = make_scorer(settings.scoring)
    y = problem.target.values

    def measured(fit: Fit, prepared: PreparedSplit, model: Any, seconds: float) -> FitResult:
        return measure(model, prepared, y, score, max_iter=settings.max_iter, seconds=seconds)

    networks = []
    for fit, prepared in jobs:
        estimator = _estimator(fit, prepared, problem, settings)
        if settings.candidates[fit.candidate].is_network:
            networks.append((fit, prepared, estimator))
            continue
        rows = prepared.split.fitting
        started = time.perf_counter()
        estimator.fit(prepared.X[rows], prepared.y[rows])
        seconds = time.perf_counter() - started
        finished({fit.key: measured(fit, prepared, estimator, seconds)})

    def ended(models: Sequence[tuple[int, Any]]) -> None:
        results = {}
        for number, model in models:
            fit, prepared, _ = networks[number]
            results[fit.key] = measured(fit, prepared, model, float(model.fit_time_))
        finished(results)

    fit_fleet(
        [
            FleetJob(
                estimator,
                prepared.X,
                prepared.y,
                rows=prepared.split.fitting,
                validation_rows=prepared.split.validation,
            )
            for _, prepared, estimator in networks
        ],
        n_jobs=n_jobs,
        finished=ended,
    )


def _estimator(fit: Fit, prepared: PreparedSplit, problem: Problem, settings: Settings) -> Any:
    candidate = settings.candidates[fit.candidate]
    return make_estimator(
        candidate,
        candidate.choices[fit.choice],
        settings,
        problem.task,
        n_rows=len(prepared.split.fitting),
        seed=prepared.split.seed,
    )


def _split(problem: Problem, settings: Settings, repeat: int, fold: int) -> Split:
    return splits_of_repeat(
        problem.target.values,
        problem.task,
        repeat,
        n_splits=settings.n_splits,
        validation_fraction=settings.validation_fraction,
        random_state=settings.random_state,
    )[fold]
