"""A Dask cluster: one that runs somewhere, or one of this machine.

distributed's own client is used and not joblib's backend for it, which takes the number of workers
as it is at the start, does not cancel what is pending after Ctrl-C, waits for ever when all workers
are gone, and scatters data that are lost with the worker that holds them.
"""

from __future__ import annotations

import time
import uuid
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from types import TracebackType
from typing import Any

from ogive.comparison.design.problem import Problem
from ogive.comparison.design.settings import Settings
from ogive.comparison.records import Fit
from ogive.comparison.running.backends.batching import cut
from ogive.comparison.running.backends.collecting import (
    BaseEngine,
    Collector,
    lost_too_often,
    tell,
)
from ogive.comparison.running.backends.dask_cluster import (
    check_versions,
    connected,
    kill_workers,
    local_cluster,
)
from ogive.comparison.running.backends.reference import Shipment
from ogive.comparison.running.backends.worker import run_task
from ogive.comparison.running.engine import Finished, Task
from ogive.text import InputError, Text

__all__ = ["DaskLocal", "DaskRemote"]

Progress = Callable[[int, int, str], object]

WAIT_SECONDS = 300
QUEUED = 3
"""Tasks a thread of a worker that are at the scheduler: one runs, the next ones wait for it."""

SECONDS_BETWEEN_LOOKS = 0.02
SECONDS_BETWEEN_COUNTS = 1.0

NO_WORKERS = Text(
    "The Dask scheduler has no workers; waiting up to {seconds} seconds for one ('dask worker "
    "ADDRESS' starts one).",
    "Dask 调度器没有工作进程；最多等待 {seconds} 秒（用 'dask worker 地址' 启动）。",
)


class _Dask(BaseEngine):
    """Fits on a Dask cluster.

    Parameters
    ----------
    progress : callable, optional
        Called with (0, 1, "wait") while there are no workers.
    wait : int, optional
        Seconds to wait for a worker where there is none.
    """

    name = "dask"

    def __init__(self, progress: Progress | None, wait: int | None) -> None:
        super().__init__()
        self.progress = progress
        self.wait = WAIT_SECONDS if wait is None else wait
        self.client: Any = None
        self.sent: tuple[str, Any] | None = None

    def run(
        self, fits: Sequence[Fit], problem: Problem, settings: Settings, finished: Finished
    ) -> None:
        """Do all the fits, as `Engine.run` says."""
        self.connect()
        collector = Collector(self, fits, finished)
        _Run(self, collector, self.shipper.ship(problem, settings)).to_the_end()

    def close(self) -> None:
        """Leave the cluster."""
        self.sent = None
        if self.client is not None:
            self.client.close()
            self.client = None


class DaskRemote(_Dask):
    """Fits on the cluster of the scheduler at an address."""

    def __init__(self, address: str, progress: Progress | None, wait: int | None) -> None:
        super().__init__(progress, wait)
        self.address = address

    def connect(self) -> None:
        """Find the scheduler, and be sure that its workers have this version."""
        if self.client is None:
            self.client = connected(self.address)
            check_versions(self.client)


class DaskLocal(_Dask):
    """Fits on a cluster of this machine that lives as long as the engine."""

    def __init__(self, n_workers: int, progress: Progress | None, wait: int | None = None) -> None:
        super().__init__(progress, wait)
        self.n_workers = n_workers
        self.cluster: Any = None

    def connect(self) -> None:
        """Start the cluster."""
        if self.client is None:
            self.cluster, self.client = local_cluster(self.n_workers)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is not None and self.cluster is not None:
            # A worker that is asked to end makes the fit first that it is at.
            kill_workers(self.cluster)
        self.close()

    def close(self) -> None:
        """End the cluster."""
        super().close()
        if self.cluster is not None:
            self.cluster.close()
            self.cluster = None


class _Run:
    """One call of `Engine.run`: keeps enough tasks at the scheduler until none is missing."""

    def __init__(self, engine: _Dask, collector: Collector, shipment: Shipment) -> None:
        from distributed import as_completed

        self._engine = engine
        self._client = engine.client
        self._collector = collector
        self._shipment = shipment
        self._flying: dict[Any, Task] = {}
        self._again: deque[Task] = deque()
        self._ended = as_completed(loop=self._client.loop, with_results=True, raise_errors=False)
        self._n_threads = 0
        self._counted = -SECONDS_BETWEEN_COUNTS
        self._idle_since: float | None = None

    def to_the_end(self) -> None:
        """Do what is missing."""
        tasks = cut(self._collector.missing, self._engine.pace, lambda: self._n_threads)
        try:
            while self._collector.missing:
                self._count_workers()
                self._submit(tasks)
                ended = self._ended.next_batch(block=False)
                if not ended:
                    time.sleep(SECONDS_BETWEEN_LOOKS)
                for future, result in ended:
                    self._take(future, result)
        finally:
            # What runs already ends by itself, within the second or two that a task takes.
            if self._flying and self._client.status == "running":
                self._client.cancel(list(self._flying), reason="the comparison has ended")
            self._flying.clear()

    def _submit(self, tasks: Iterator[Task]) -> None:
        from ogive import __version__

        while len(self._flying) < QUEUED * self._n_threads:
            task = self._again.popleft() if self._again else next(tasks, None)
            if task is None:
                return
            future = self._client.submit(
                run_task,
                task,
                self._data(),
                __version__,
                key=f"ogive-{uuid.uuid4().hex}",
                pure=False,
            )
            self._flying[future] = task
            self._ended.add(future)

    def _data(self) -> Any:
        """Give the data to the scheduler as a task's argument, once for all runs.

        Workers then get them from each other, each once; and if the last one that has them is
        lost, the scheduler makes them anew, which it cannot do for data that were scattered.
        """
        import dask

        fingerprint, sent = self._shipment.fingerprint, self._engine.sent
        if sent is None or sent[0] != fingerprint or sent[1].status in ("cancelled", "lost"):
            # The warning is about data sent with every task.
            with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 PB"}):
                data = self._client.submit(
                    Shipment, *self._shipment, key=f"ogive-data-{uuid.uuid4().hex}", pure=False
                )
            self._engine.sent = sent = fingerprint, data
        return sent[1]

    def _take(self, future: Any, result: Any) -> None:
        task = self._flying.pop(future)
        if isinstance(result, CancelledError) or future.status in ("cancelled", "lost"):
            self._again.append(task)  # the connection was lost, or somebody restarted the cluster
        elif future.status == "error":
            raise _explained(result[1])
        else:
            self._collector.take(result)

    def _count_workers(self) -> None:
        """Count the threads of the workers now and then; wait while there are none."""
        now = time.monotonic()
        if now - self._counted < SECONDS_BETWEEN_COUNTS:
            return
        self._counted = now
        if self._client.status not in ("running", "connecting"):
            raise InputError(
                "the connection to the Dask scheduler was lost and could not be made again. What "
                "was finished is kept; start the scheduler and give the same command again.",
                "与 Dask 调度器的连接已断开且无法恢复。已完成的结果已保留；"
                "请启动调度器，然后再次运行同一条命令。",
            )
        if self._client.status == "connecting":
            self._n_threads = 0
            return
        self._n_threads = sum(self._client.ncores().values())
        if self._n_threads:
            self._idle_since = None
            return
        limit = self._engine.wait
        if self._idle_since is None:
            self._idle_since = now
            tell(NO_WORKERS, seconds=limit)
        if self._engine.progress is not None:
            self._engine.progress(0, 1, "wait")
        if now - self._idle_since >= limit:
            raise InputError(
                f"the Dask scheduler had no workers for {limit} seconds. What was finished is "
                "kept; start workers ('dask worker ADDRESS') and give the same command again.",
                f"Dask 调度器在 {limit} 秒内没有任何工作进程。已完成的结果已保留；"
                "请启动工作进程（'dask worker 地址'），然后再次运行同一条命令。",
            )


def _explained(error: BaseException) -> BaseException:
    """Return what to raise for an error that did not come from a fit."""
    from distributed.scheduler import KilledWorker

    if isinstance(error, KilledWorker):
        import dask

        return lost_too_often(dask.config.get("distributed.scheduler.allowed-failures") + 1)
    if "No module named 'ogive" in f"{error} {error.__cause__}":
        return InputError(
            "a worker of the Dask cluster has no ogive. Install it on all machines: "
            "pip install ogive.",
            "Dask 集群中有一个工作进程没有安装 ogive。请在所有机器上安装：pip install ogive。",
        )
    return error
