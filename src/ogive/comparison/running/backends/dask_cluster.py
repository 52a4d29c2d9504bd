"""Reaching a Dask scheduler or starting one, and being sure that its workers are ours."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ogive.comparison.running.backends.collecting import missing_extra
from ogive.text import InputError, quoted

__all__ = ["check_versions", "connected", "kill_workers", "local_cluster"]

SECONDS_TO_ANSWER = 8


def connected(address: str) -> Any:
    """Return a client of the scheduler at `address`.

    Raises
    ------
    InputError
        Where distributed is missing or no scheduler answers.
    """
    distributed = _distributed()
    try:
        # In a thread, for a notebook has an event loop running in this one.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, _shake_hands(address)).result()
        return distributed.Client(address, timeout=SECONDS_TO_ANSWER, set_as_default=False)
    except Exception as error:  # whatever it is that speaks there may speak any protocol
        reason = _shortly(error)
        raise InputError(
            f"scheduler {quoted(address)} does not answer as a Dask scheduler within "
            f"{SECONDS_TO_ANSWER} seconds ({reason}). Check host and port, that it runs "
            "('dask scheduler' prints its address), and that no firewall is between.",
            f"scheduler {quoted(address)} 在 {SECONDS_TO_ANSWER} 秒内没有作为 Dask 调度器应答"
            f"（{reason}）。请检查主机和端口、调度器是否在运行"
            "（'dask scheduler' 会显示其地址），以及中间有没有防火墙。",
        ) from error


async def _shake_hands(address: str) -> None:
    """See that a Dask scheduler is there: a client waits for minutes where something is silent."""
    from distributed.comm import connect

    comm = await asyncio.wait_for(connect(address, SECONDS_TO_ANSWER), SECONDS_TO_ANSWER)
    await comm.close()


def local_cluster(n_workers: int) -> tuple[Any, Any]:
    """Start a scheduler and workers of one thread each on this machine; return it and a client."""
    distributed = _distributed()
    cluster = distributed.LocalCluster(
        n_workers=n_workers,
        threads_per_worker=1,
        processes=True,
        dashboard_address=":0",
        silence_logs=logging.CRITICAL,
    )
    client = distributed.Client(cluster, set_as_default=False)
    client.run(_leave_interrupts_to_the_client)
    return cluster, client


def kill_workers(cluster: Any) -> None:
    """End the workers of a local cluster at once."""
    for nanny in cluster.workers.values():
        nanny.auto_restart = False
        if nanny.pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(nanny.pid, signal.SIGKILL)


def check_versions(client: Any) -> None:
    """Refuse a cluster whose scheduler or workers have no ogive, or another version of it.

    The scheduler needs it because it unpickles the tasks on their way.
    """
    from ogive import __version__

    found = client.get_versions(packages=["ogive"])
    places = {"the scheduler": found["scheduler"], **found["workers"]}
    for place, versions in places.items():
        there = _version(versions)
        if there == __version__:
            continue
        where_zh = "调度器" if place == "the scheduler" else f"工作进程 {place} "
        where_en = place if place == "the scheduler" else f"worker {place}"
        en = "no ogive" if there is None else f"ogive {there}"
        zh = "没有安装 ogive" if there is None else f"装的是 ogive {there}"
        raise InputError(
            f"{where_en} has {en}, but this machine has ogive {__version__}. Install the same "
            f"version on all of them: pip install 'ogive=={__version__}'.",
            f"{where_zh}{zh}，而本机是 ogive {__version__}。"
            f"请在所有机器上安装同一版本：pip install 'ogive=={__version__}'。",
        )


def _version(versions: Mapping[str, Any] | None) -> str | None:
    version = ((versions or {}).get("packages") or {}).get("ogive")
    return None if version is None else str(version)


def _leave_interrupts_to_the_client() -> None:
    """Ctrl-C reaches every process of the terminal; the client says what is to be done then."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _shortly(error: BaseException) -> str:
    return str(error).split("\n", maxsplit=1)[0][:200] or type(error).__name__


def _distributed() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise missing_extra("dask", "Dask (distributed)") from error
    return distributed
