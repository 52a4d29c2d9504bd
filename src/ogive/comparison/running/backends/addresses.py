"""Chooses the engine from what the user writes as ``scheduler``."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from joblib import effective_n_jobs

from ogive.comparison.running.engine import Engine
from ogive.comparison.running.local import Threads
from ogive.text import InputError, quoted

__all__ = ["make_engine", "workers_wanted"]

Progress = Callable[[int, int, str], object]

_KNOWN_EN = (
    "'threads', 'processes', 'dask://local', 'tcp://host:port' (a Dask scheduler), 'ray', "
    "'ray://host:port', 'ray://auto', 'spark' or 'spark://host:port'"
)
_KNOWN_ZH = (
    "'threads'、'processes'、'dask://local'、'tcp://主机:端口'（Dask 调度器）、'ray'、"
    "'ray://主机:端口'、'ray://auto'、'spark' 或 'spark://主机:端口'"
)


def make_engine(
    scheduler: str | None, *, n_jobs: int | None = None, progress: Progress | None = None
) -> Engine:
    """Return the engine that runs the fits of a comparison.

    Parameters
    ----------
    scheduler : str or None
        None or "threads": threads of this process. "processes": processes of this machine.
        "dask://local": a Dask cluster on this machine, with ``?workers=2`` as many workers;
        "tcp://host:port", also "tls://", "ucx://" or "ws://": the Dask scheduler there, with
        ``?wait=60`` for how many seconds to wait while it has no workers (300 by default). "ray":
        the cluster that ``RAY_ADDRESS`` names, or Ray on this machine; "ray://host:port" or
        "ray://auto": a cluster that runs already. "spark": the session that there is, or Spark as
        it is configured; "spark://host:port": that master.
    n_jobs : int, optional
        Threads or processes on this machine; all cores by default. Has no say in the size of a
        cluster that runs already.
    progress : callable, optional
        Called with (n_done, n_total, phase) before the fits: "prepare" while tables are prepared,
        "wait" while there are no workers.

    Returns
    -------
    Engine
        A context manager; what it has started ends with it. Nothing is started or connected to
        before it is entered or run.

    Raises
    ------
    InputError
        Where `scheduler` cannot be understood or `n_jobs` is 0. Entering or running it raises the
        same where a library is missing or nothing answers at the address.
    """
    if n_jobs is not None and effective_or_0(n_jobs) == 0:
        raise InputError(
            f"n_jobs must be a whole number other than 0, or None for all cores. Got {n_jobs!r} "
            "instead.",
            f"n_jobs 必须是非 0 的整数，或 None 表示使用全部核心。得到的却是 {n_jobs!r}。",
        )
    if scheduler is None or scheduler == "threads":
        return Threads(n_jobs, progress)
    if not isinstance(scheduler, str):
        raise _unknown(scheduler)
    if scheduler == "processes":
        from ogive.comparison.running.backends.processes import Processes

        return Processes(n_jobs)
    address, options = _parts(scheduler)
    scheme = address.partition("://")[0]
    if scheme == "dask" and address == "dask://local":
        from ogive.comparison.running.backends.dask import DaskLocal

        _only(scheduler, options, "workers", "wait")
        return DaskLocal(options.get("workers") or workers_wanted(n_jobs), progress)
    if scheme in ("tcp", "tls", "ucx", "ws", "wss"):
        from ogive.comparison.running.backends.dask import DaskRemote

        _only(scheduler, options, "wait")
        _check_host(scheduler, address)
        return DaskRemote(address, progress, options.get("wait"))
    if address in ("ray", "auto") or scheme == "ray":
        from ogive.comparison.running.backends.ray import RayEngine

        _only(scheduler, options)
        if scheme == "ray" and address not in ("ray", "ray://auto"):
            _check_host(scheduler, address)
        return RayEngine("auto" if address == "ray://auto" else address, n_jobs)
    if address == "spark" or scheme == "spark":
        from ogive.comparison.running.backends.spark import SparkEngine

        _only(scheduler, options)
        if scheme == "spark" and address != "spark":
            _check_host(scheduler, address)
        return SparkEngine(None if address == "spark" else address)
    raise _unknown(scheduler)


def effective_or_0(n_jobs: Any) -> int:
    """Return the number of cores that `n_jobs` means, 0 where it means none."""
    if isinstance(n_jobs, bool) or not isinstance(n_jobs, int) or n_jobs == 0:
        return 0
    return int(effective_n_jobs(n_jobs))


def workers_wanted(n_jobs: int | None) -> int:
    """Return how many workers to start on this machine."""
    return int(effective_n_jobs(-1 if n_jobs is None else n_jobs))


def _parts(scheduler: str) -> tuple[str, dict[str, int]]:
    """Return the address without what follows "?", and that by name."""
    try:
        query = urlsplit(scheduler).query
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
    except ValueError:
        raise _unknown(scheduler) from None
    options = {}
    for name, value in pairs:
        if not re.fullmatch("[1-9][0-9]{0,5}", value):
            raise InputError(
                f"scheduler {quoted(scheduler)}: {name} must be a whole number of at least 1. "
                f"Got {quoted(value)} instead.",
                f"scheduler {quoted(scheduler)}：{name} 必须是不小于 1 的整数，"
                f"得到的却是 {quoted(value)}。",
            )
        options[name] = int(value)
    return re.sub("(?<=[^/:])/$", "", scheduler.partition("?")[0]), options


def _only(scheduler: str, options: dict[str, int], *known: str) -> None:
    for name in options:
        if name not in known:
            listed = ", ".join(known)
            raise InputError(
                f"scheduler {quoted(scheduler)} has no option {quoted(name)}; "
                + (f"it has: {listed}." if known else "leave out what follows the '?'."),
                f"scheduler {quoted(scheduler)} 没有选项 {quoted(name)}；"
                + (f"可用的有：{listed}。" if known else "请去掉“?”之后的内容。"),
            )


def _check_host(scheduler: str, address: str) -> None:
    try:
        parts = urlsplit(address)
        complete = bool(parts.hostname) and parts.port is not None and not parts.path
    except ValueError:
        complete = False
    if not complete:
        raise InputError(
            f"scheduler {quoted(scheduler)} needs a host and a port, such as "
            f"'{address.partition('://')[0]}://10.0.0.5:8786'.",
            f"scheduler {quoted(scheduler)} 需要主机和端口，例如 "
            f"'{address.partition('://')[0]}://10.0.0.5:8786'。",
        )


def _unknown(scheduler: object) -> InputError:
    given = quoted(scheduler) if isinstance(scheduler, str) else repr(scheduler)
    return InputError(
        f"scheduler {given} is not known. Choose one of: {_KNOWN_EN}.",
        f"不认识 scheduler {given}。可选：{_KNOWN_ZH}。",
    )
