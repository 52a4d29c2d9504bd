"""Runs fits on this machine, each on one thread: networks as one fleet, other models by joblib."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from joblib import Parallel, delayed, effective_n_jobs
from threadpoolctl import ThreadpoolController, threadpool_limits

from ogive.comparison.design.problem import Problem
from ogive.comparison.design.settings import Settings
from ogive.comparison.models import make_estimator, naming
from ogive.comparison.records import Fit, FitResult
from ogive.comparison.running.engine import Engine, Finished
from ogive.comparison.running.measuring import measure
from ogive.comparison.running.preparing import PreparedSplit
from ogive.comparison.running.tables import Tables
from ogive.comparison.scoring.scorers import make_scorer
from ogive.network import FleetJob, fit_fleet
from ogive.text import InputError

__all__ = ["Threads", "run_fits"]

# Prepared tables that are held at once take at most this many bytes (or one table, if larger).
MEMORY = 2**29

Report = Callable[[int, int, str], object]


class Threads(Engine):
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
    tables: Tables | None = None,
) -> None:
    """Do fits of any splits, as many tables at once as memory allows.

    The parameters are those of `Engine.run` and `Threads`; `tables` has some of the prepared
    tables already, it may be.
    """
    tables = tables or Tables(problem, settings)
    by_split = [(key, list(group)) for key, group in groupby(fits, lambda f: (f.repeat, f.fold))]
    start, group_size = 0, 1
    while start < len(by_split):
        jobs: list[tuple[Fit, PreparedSplit]] = []
        stop = start
        while stop < len(by_split) and stop - start < group_size:
            split, mine = by_split[stop]
            prepared = tables.of(*split)
            group_size = max(MEMORY // max(prepared.X.nbytes, 1), 1)
            jobs += [(fit, prepared) for fit in mine]
            stop += 1
            if progress is not None:
                progress(stop, len(by_split), "prepare")
        # Models this small predict faster on one thread than BLAS can wake others. Held around all
        # of them: threads that limit BLAS and take it back would undo one another's limit.
        with threadpool_limits(1, user_api="blas"):
            _fit_all(jobs, problem, settings, finished, n_jobs)
        start = stop


class _Job(NamedTuple):
    fit: Fit
    prepared: PreparedSplit
    estimator: Any
    label: str


def _fit_all(
    fits: Sequence[tuple[Fit, PreparedSplit]],
    problem: Problem,
    settings: Settings,
    finished: Finished,
    n_jobs: int | None,
) -> None:
    score = make_scorer(settings.scoring)
    y = problem.target.values

    def measured(job: _Job, model: Any, seconds: float) -> FitResult:
        return measure(
            model,
            job.prepared,
            y,
            score,
            network=settings.candidates[job.fit.candidate].is_network,
            max_iter=settings.max_iter,
            seconds=seconds,
        )

    networks: list[_Job] = []
    others: list[_Job] = []
    for fit, prepared in fits:
        candidate = settings.candidates[fit.candidate]
        estimator = _estimator(fit, prepared, problem, settings)
        job = _Job(fit, prepared, estimator, candidate.label)
        (networks if candidate.is_network else others).append(job)

    _fit_others(others, measured, finished, n_jobs)

    def ended(models: Sequence[tuple[int, Any]]) -> None:
        results = {}
        try:
            for number, model in models:
                job = networks[number]
                results[job.fit.key] = measured(job, model, float(model.fit_time_))
        finally:  # a scorer that fails on one of them loses none of the others
            if results:
                finished(results)

    fit_fleet(
        [
            FleetJob(
                job.estimator,
                job.prepared.X,
                job.prepared.y,
                rows=job.prepared.split.fitting,
                validation_rows=job.prepared.split.validation,
            )
            for job in networks
        ],
        n_jobs=n_jobs,
        finished=ended,
    )


def _fit_others(
    jobs: Sequence[_Job],
    measured: Callable[[_Job, Any, float], FitResult],
    finished: Finished,
    n_jobs: int | None,
) -> None:
    """Fit models that are not networks: on threads, for compiled code leaves the others alone.

    Each is fitted on one thread, here as on any worker: BLAS on two adds up in another order.
    """
    if not jobs:
        return
    threads = ThreadpoolController()

    def done(job: _Job) -> tuple[str, FitResult]:
        rows = job.prepared.split.fitting
        place = job.label, job.fit.repeat, job.fit.fold
        # In each thread anew, for OpenMP keeps its limits by thread.
        with threads.limit(limits=1):
            with naming(*place):
                started = time.perf_counter()
                job.estimator.fit(job.prepared.X[rows], job.prepared.y[rows])
                seconds = time.perf_counter() - started
            with naming(*place, let_pass=(InputError,)):
                return job.fit.key, measured(job, job.estimator, seconds)

    n_threads = min(effective_n_jobs(-1 if n_jobs is None else n_jobs), len(jobs))
    if n_threads <= 1:
        for job in jobs:
            finished(dict([done(job)]))
        return
    parallel = Parallel(n_threads, backend="threading", return_as="generator_unordered")
    # Threads that silence warnings while they score may leave one another's silence behind.
    with warnings.catch_warnings():
        for key, result in parallel(delayed(done)(job) for job in jobs):
            finished({key: result})


def _estimator(fit: Fit, prepared: PreparedSplit, problem: Problem, settings: Settings) -> Any:
    candidate = settings.candidates[fit.candidate]
    return make_estimator(
        candidate,
        candidate.choices[fit.choice],
        settings,
        problem.task,
        n_rows=len(prepared.split.fitting),
        seed=prepared.split.seed,
        n_classes=problem.target.n_classes,
    )
