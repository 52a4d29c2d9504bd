"""Processes of this machine, by joblib's loky."""

from __future__ import annotations

import warnings
from collections.abc import Generator, Sequence
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from joblib import Parallel, delayed, parallel_config

from ogive.comparison.design.problem import Problem
from ogive.comparison.design.settings import Settings
from ogive.comparison.records import Fit
from ogive.comparison.running.backends.addresses import workers_wanted
from ogive.comparison.running.backends.batching import cut
from ogive.comparison.running.backends.collecting import (
    MOST_LOSSES,
    BaseEngine,
    Collector,
    lost_too_often,
)
from ogive.comparison.running.backends.worker import run_task
from ogive.comparison.running.engine import Finished

__all__ = ["Processes", "run_joblib"]


class Processes(BaseEngine):
    """Fits on processes of this machine.

    Parameters
    ----------
    n_jobs : int or None
        Processes; None for all cores.
    """

    name = "processes"

    def __init__(self, n_jobs: int | None = None) -> None:
        super().__init__()
        self.n_jobs = workers_wanted(n_jobs)

    def run(
        self, fits: Sequence[Fit], problem: Problem, settings: Settings, finished: Finished
    ) -> None:
        """Do all the fits, as `Engine.run` says."""
        shipment = self.shipper.ship(problem, settings)
        collector = Collector(self, fits, finished)
        n_losses, n_left = 0, len(fits)
        while n_left:
            try:
                # One thread each; and joblib maps every array into memory, whatever its size, so
                # that the data are written once and not sent with each task.
                with parallel_config("loky", inner_max_num_threads=1, max_nbytes=0):
                    run_joblib(self, collector, shipment, self.n_jobs)
            except BrokenProcessPool as error:
                # loky gives up all its processes with the one that was lost.
                still = len(collector.missing)
                n_losses = 1 if still < n_left else n_losses + 1
                if n_losses == MOST_LOSSES:
                    raise lost_too_often(n_losses) from error
            n_left = len(collector.missing)


def run_joblib(engine: BaseEngine, collector: Collector, reference: Any, n_workers: int) -> None:
    """Do what is missing by joblib's backend of the context."""
    from ogive import __version__

    tasks = cut(collector.missing, engine.pace, lambda: n_workers)
    parallel = Parallel(
        n_workers, return_as="generator_unordered", batch_size=1, pre_dispatch="2*n_jobs"
    )
    reports: Generator[Any, None, None] = parallel(
        delayed(run_task)(task, reference, __version__) for task in tasks
    )
    try:
        for report in reports:
            collector.take(report)
    finally:
        with warnings.catch_warnings():  # joblib has advice for who does not want all results
            warnings.simplefilter("ignore", UserWarning)
            reports.close()
