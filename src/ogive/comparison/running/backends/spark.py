"""Spark, by joblib's backend for it (joblibspark)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from joblib import parallel_config, register_parallel_backend

from ogive.comparison.design.problem import Problem
from ogive.comparison.design.settings import Settings
from ogive.comparison.records import Fit
from ogive.comparison.running.backends.collecting import (
    BaseEngine,
    Collector,
    check_port,
    missing_extra,
    unreachable,
)
from ogive.comparison.running.backends.processes import run_joblib
from ogive.comparison.running.engine import Finished
from ogive.text import Text

__all__ = ["SparkEngine"]

NOT_REACHED = Text(
    "scheduler {scheduler}: Spark could not be started or reached ({reason}). It needs Java, and a "
    "master that answers.",
    "scheduler {scheduler}：无法启动或连接 Spark（{reason}）。它需要 Java，以及能应答的 master。",
)


class _Broadcast(NamedTuple):
    """Data that Spark hands once to each machine."""

    fingerprint: str
    broadcast: Any

    @property
    def payload(self) -> Any:
        """The bytes of problem and settings."""
        return self.broadcast.value


class SparkEngine(BaseEngine):
    """Fits on Spark, which does a task of a lost worker again by itself.

    Parameters
    ----------
    master : str or None
        Address of a master; None for the session there is, or what Spark is configured for.
    """

    name = "spark"

    def __init__(self, master: str | None) -> None:
        super().__init__()
        self.master = master
        self._session: Any = None
        self._started = False
        self._sent: _Broadcast | None = None

    def connect(self) -> None:
        """Take the session there is or make one."""
        if self._session is not None:
            return
        try:
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise missing_extra("spark", "Spark (pyspark and joblibspark)") from error
        register_parallel_backend("ogive-spark", _backend())
        self._session = SparkSession.getActiveSession()
        if self._session is not None:
            return
        if self.master is not None:
            check_port(self.master, "Spark")
        builder = SparkSession.builder.appName("ogive").config(
            "spark.ui.showConsoleProgress", "false"
        )
        if self.master is not None:
            builder = builder.master(self.master)
        try:
            self._session = builder.getOrCreate()
        except Exception as error:
            raise unreachable(NOT_REACHED, self.master or "spark", error) from error
        self._started = True

    def run(
        self, fits: Sequence[Fit], problem: Problem, settings: Settings, finished: Finished
    ) -> None:
        """Do all the fits, as `Engine.run` says."""
        self.connect()
        collector = Collector(self, fits, finished)
        shipment = self.shipper.ship(problem, settings)
        if self._sent is None or self._sent.fingerprint != shipment.fingerprint:
            payload = self._session.sparkContext.broadcast(shipment.payload.tobytes())
            self._sent = _Broadcast(shipment.fingerprint, payload)
        n_workers = max(int(self._session.sparkContext.defaultParallelism), 1)
        with parallel_config("ogive-spark"):
            run_joblib(self, collector, self._sent, n_workers)

    def close(self) -> None:
        """End the session if it was started here."""
        self._sent = None
        if self._started:
            self._session.stop()
            self._started = False
        self._session = None


def _backend() -> Any:
    """Return joblibspark's backend, taught to hand over each result when it is there.

    It comes from before joblib asked backends for that, and gives its results all at the end.
    """
    try:
        from joblibspark.backend import SparkDistributedBackend
    except ImportError as error:
        raise missing_extra("spark", "joblibspark") from error
    from joblib._parallel_backends import PoolManagerMixin

    class StreamingBackend(SparkDistributedBackend):  # type: ignore[misc]
        supports_retrieve_callback = True

        def submit(self, func: Any, callback: Any = None) -> Any:
            return self.apply_async(func, callback)

        def retrieve_result_callback(self, out: Any) -> Any:
            return PoolManagerMixin.retrieve_result_callback(self, out)

    return StreamingBackend
