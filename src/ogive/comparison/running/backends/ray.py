"""Ray: a cluster that runs, or one of this machine.

Ray's own tasks are used and not its backend for joblib, a pool of actors which hands over results
only when all are there and does not put another actor in the place of one that is lost.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Sequence
from typing import Any

from ogive.comparison.design.problem import Problem
from ogive.comparison.design.settings import Settings
from ogive.comparison.records import Fit
from ogive.comparison.running.backends.addresses import workers_wanted
from ogive.comparison.running.backends.batching import cut
from ogive.comparison.running.backends.collecting import (
    MOST_LOSSES,
    BaseEngine,
    Collector,
    check_port,
    lost_too_often,
    missing_extra,
    unreachable,
)
from ogive.comparison.running.backends.worker import run_task
from ogive.comparison.running.engine import Finished
from ogive.text import InputError, Text

__all__ = ["RayEngine"]

QUEUED = 2

NO_ANSWER = Text(
    "scheduler {scheduler}: Ray does not answer there ({reason}). Check the address, and that "
    "'ray start --head' was run there.",
    "scheduler {scheduler}：那里的 Ray 没有应答（{reason}）。"
    "请检查地址，以及是否已在那里运行 'ray start --head'。",
)


class RayEngine(BaseEngine):
    """Fits on Ray.

    Parameters
    ----------
    address : str
        "ray": what ``RAY_ADDRESS`` names, or this machine; "auto" or "ray://host:port": a cluster
        that runs.
    n_jobs : int or None
        Processes where Ray is started on this machine; None for all cores.
    """

    name = "ray"

    def __init__(self, address: str, n_jobs: int | None) -> None:
        super().__init__()
        self.address = address
        self.n_jobs = n_jobs
        self._started = False
        self._sent: tuple[str, Any] | None = None

    def connect(self) -> None:
        """Connect to the cluster, or start one; one that this process uses already is taken."""
        ray = _ray()
        if ray.is_initialized():
            return
        given = os.environ.get("RAY_ADDRESS") if self.address == "ray" else self.address
        # Without "local" Ray would join a cluster of anyone that was begun on this machine.
        where: dict[str, Any] = {
            "address": "local",
            "num_cpus": workers_wanted(self.n_jobs),
            "include_dashboard": False,
        }
        if given is not None:
            if given.startswith("ray://"):
                check_port(given, "Ray")
            where = {"address": given}
        try:
            ray.init(log_to_driver=False, logging_level="error", **where)
        except (ConnectionError, RuntimeError, ValueError, OSError) as error:
            raise unreachable(NO_ANSWER, given or "ray", error) from error
        self._started = True

    def run(
        self, fits: Sequence[Fit], problem: Problem, settings: Settings, finished: Finished
    ) -> None:
        """Do all the fits, as `Engine.run` says."""
        from ogive import __version__

        self.connect()
        ray = _ray()
        collector = Collector(self, fits, finished)
        shipment = self.shipper.ship(problem, settings)
        if self._sent is None or self._sent[0] != shipment.fingerprint:
            # Into Ray's object store, which hands it once to each machine that asks.
            self._sent = shipment.fingerprint, ray.put(shipment)
        data = self._sent[1]
        do = ray.remote(run_task).options(num_cpus=1, max_retries=MOST_LOSSES)
        n_cpus = max(int(ray.cluster_resources().get("CPU", 1)), 1)
        tasks = cut(collector.missing, self.pace, lambda: n_cpus)
        flying: deque[Any] = deque()
        try:
            while collector.missing:
                while len(flying) < QUEUED * n_cpus:
                    task = next(tasks, None)
                    if task is None:
                        break
                    flying.append(do.remote(task, data, __version__))
                ended, waiting = ray.wait(list(flying), num_returns=1, timeout=1.0)
                flying = deque(waiting)
                for reference in ended:
                    collector.take(_report(ray, reference))
                n_cpus = max(int(ray.cluster_resources().get("CPU", 1)), 1)
        finally:
            for reference in flying:
                ray.cancel(reference)

    def close(self) -> None:
        """Leave the cluster; end it if it was started here."""
        self._sent = None
        if self._started:
            _ray().shutdown()
            self._started = False


def _report(ray: Any, reference: Any) -> Any:
    lost = (
        ray.exceptions.WorkerCrashedError,
        ray.exceptions.NodeDiedError,
        ray.exceptions.OutOfMemoryError,
    )
    try:
        return ray.get(reference)
    except lost as error:
        raise lost_too_often(MOST_LOSSES + 1) from error
    except (ray.exceptions.RayTaskError, ray.exceptions.RaySystemError) as error:
        if "No module named 'ogive" not in str(error):
            raise
        raise InputError(
            "a worker of the Ray cluster has no ogive. Install it on all machines: "
            "pip install ogive.",
            "Ray 集群中有一个工作进程没有安装 ogive。请在所有机器上安装：pip install ogive。",
        ) from error


def _ray() -> Any:
    try:
        import ray
    except ImportError as error:
        raise missing_extra("ray", "Ray") from error
    return ray
