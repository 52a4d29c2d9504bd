"""What all engines do with a worker's report, and what they tell the user."""

from __future__ import annotations

import logging
import socket
from collections.abc import Sequence
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from ogive.comparison.design.problem import Problem
from ogive.comparison.design.settings import Settings
from ogive.comparison.records import Fit
from ogive.comparison.running.backends.batching import Pace
from ogive.comparison.running.backends.reference import Shipper
from ogive.comparison.running.backends.worker import Report
from ogive.comparison.running.engine import Finished
from ogive.text import InputError, Text, default_language, quoted

__all__ = [
    "BaseEngine",
    "Collector",
    "check_port",
    "lost_too_often",
    "missing_extra",
    "tell",
    "unreachable",
]

SECONDS_TO_ANSWER = 8

MOST_LOSSES = 3
"""How often in a row workers may be lost with the same fits before these are thought to kill."""

DIFFERENT_CORES = Text(
    "Workers run different builds of the core ({cores}): the last digits of a result depend on "
    "which worker makes a fit. Set OGIVE_CORE={least} on all of them for results that repeat to "
    "the bit.",
    "各工作进程运行的内核版本不同（{cores}）：结果的末几位取决于由谁来训练。"
    "若要逐位可重复，请在所有机器上设置 OGIVE_CORE={least}。",
)

_log = logging.getLogger("ogive.comparison")


def tell(text: Text, **values: object) -> None:
    """Tell the user something while a comparison runs: on stderr, unless logging is set up."""
    _log.warning("%s", text.to(default_language(), **values))


class BaseEngine:
    """What engines have in common: the data as shipped, the pace, and being a context manager."""

    def __init__(self) -> None:
        self.shipper = Shipper()
        self.pace = Pace()
        self.cores: set[str] = set()

    def __enter__(self) -> Any:
        self.connect()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def connect(self) -> None:
        """Start or find the workers; once is enough."""

    def close(self) -> None:
        """End what was started."""

    def run(
        self, fits: Sequence[Fit], problem: Problem, settings: Settings, finished: Finished
    ) -> None:
        """Do all the fits, as `Engine.run` says."""
        raise NotImplementedError


class Collector:
    """Hands on what workers report and knows what is still missing.

    Parameters
    ----------
    engine : BaseEngine
    fits : sequence of Fit
    finished : callable
        Gets the results by key.
    """

    def __init__(self, engine: BaseEngine, fits: Sequence[Fit], finished: Finished) -> None:
        self._engine = engine
        self._finished = finished
        self._missing = {fit.key: fit for fit in fits}

    @property
    def missing(self) -> list[Fit]:
        """The fits without a result, in their order."""
        return list(self._missing.values())

    def take(self, report: Report) -> None:
        """Hand on the results of a report, and raise the error it may hold."""
        new = {key: result for key, result in report.results.items() if key in self._missing}
        for key in new:
            del self._missing[key]
        if new:
            self._finished(new)
        if report.error is not None:
            raise report.error
        self._engine.pace.learn(len(report.results), report.seconds)
        cores = self._engine.cores
        if report.core not in cores:
            cores.add(report.core)
            if len(cores) == 2:
                tell(DIFFERENT_CORES, cores=", ".join(sorted(cores)), least=min(cores))


def check_port(address: str, name: str) -> None:
    """Refuse an address where nothing listens: what is behind it may try for minutes.

    Parameters
    ----------
    address : str
        With host and port.
    name : str
        Of what should be there.
    """
    parts = urlsplit(address)
    try:
        socket.create_connection((parts.hostname or "", parts.port or 0), SECONDS_TO_ANSWER).close()
    except OSError as error:
        raise InputError(
            f"scheduler {quoted(address)}: {name} does not answer there ({error}). Check host and "
            "port, that it runs, and that no firewall is between.",
            f"scheduler {quoted(address)}：那里的 {name} 没有应答（{error}）。"
            "请检查主机和端口、它是否在运行，以及中间有没有防火墙。",
        ) from error


def unreachable(said: Text, address: str, error: Exception) -> InputError:
    """Return the error of a scheduler that cannot be had.

    Parameters
    ----------
    said : Text
        With places for ``{scheduler}`` and for the ``{reason}``.
    address : str
        What was asked for.
    error : Exception
        What came of it.
    """
    reason = str(error).split("\n", maxsplit=1)[0][:200] or type(error).__name__
    filled = {"scheduler": quoted(address), "reason": reason}
    return InputError(said.to("en", **filled), said.to("zh", **filled))


def missing_extra(extra: str, packages: str) -> InputError:
    """Return the error of a library that is not installed."""
    return InputError(
        f"scheduler needs {packages}, which is not installed here: pip install 'ogive[{extra}]'.",
        f"这种 scheduler 需要 {packages}，而这里没有安装：pip install 'ogive[{extra}]'。",
    )


def lost_too_often(n_times: int) -> InputError:
    """Return the error of fits with which workers are lost again and again."""
    return InputError(
        f"workers were killed {n_times} times in a row while they did the same fits, most likely "
        "for want of memory. What was finished is kept. Use fewer workers a machine, give them "
        "more memory, or make the data or the networks smaller.",
        f"工作进程在训练同一批模型时连续 {n_times} 次被终止，多半是内存不足。已完成的结果已保留。"
        "请减少每台机器上的工作进程、为其增加内存，或缩小数据或网络。",
    )
