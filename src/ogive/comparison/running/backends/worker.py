"""What is run on a worker: the fits of one task."""

from __future__ import annotations

import pickle
import time
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from threadpoolctl import threadpool_limits

from ogive.comparison.records import FitResult
from ogive.comparison.running.backends.reference import Reference, tables_of
from ogive.comparison.running.engine import Task
from ogive.comparison.running.local import run_fits
from ogive.text import InputError

__all__ = ["Report", "run_task"]


class Report(NamedTuple):
    """What a worker sends back.

    Attributes
    ----------
    results : mapping of str to FitResult
        By key, of the fits that ended.
    seconds : float
        Time of the whole task.
    error : Exception or None
        What ended the task early. It travels as a value: raised, it would reach the caller in
        as many shapes as there are engines, and some of them would try the task again.
    core : str
        Build of the core that the worker runs.
    version : str
        Version of ogive there.
    """

    results: Mapping[str, FitResult]
    seconds: float
    error: Exception | None
    core: str
    version: str


def run_task(task: Task, reference: Reference, version: str) -> Report:
    """Do the fits of a task on one thread.

    Parameters
    ----------
    task : Task
    reference : Reference
        Leads to the problem and the settings.
    version : str
        Of ogive where the comparison was started; another one here is refused.
    """
    from ogive import __version__
    from ogive._engine import level

    started = time.perf_counter()
    results: dict[str, FitResult] = {}
    error: Exception | None = None
    try:
        _refuse_other(version, __version__)
        _keep_to_one_thread()
        tables = tables_of(reference)
        run_fits(
            task.fits, tables.problem, tables.settings, results.update, n_jobs=1, tables=tables
        )
    except Exception as raised:  # noqa: BLE001
        error = _sendable(raised)
    return Report(results, time.perf_counter() - started, error, level, __version__)


def _refuse_other(wanted: str, here: str) -> None:
    if wanted != here:
        raise InputError(
            f"a worker has ogive {here}, but the comparison was started with ogive {wanted}. "
            f"Install the same version on all machines: pip install 'ogive=={wanted}'.",
            f"有一个工作进程装的是 ogive {here}，而发起比较的是 ogive {wanted}。"
            f"请在所有机器上安装同一版本：pip install 'ogive=={wanted}'。",
        )


@lru_cache(maxsize=1)
def _keep_to_one_thread() -> None:
    """Set BLAS and OpenMP to one thread for as long as this process lives.

    Every slot of a worker runs a task of its own. Limits that each task sets and takes back would
    undo one another where a worker has several slots, and BLAS on two threads adds up in another
    order.
    """
    threadpool_limits(1)


def _sendable(error: Exception) -> Exception:
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
