"""Tells whether the process that does a run is still alive, here or on another machine."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

__all__ = ["HEARTBEAT", "is_alive", "now", "this_process"]

# Seconds between two signs of life, and without one after which a process elsewhere is dead.
HEARTBEAT = 10.0
SILENCE = 60.0


def now(connection: Connection) -> datetime:
    """Return the time in UTC, without a zone, by the one clock that all users of a store share."""
    if connection.dialect.name != "postgresql":
        return datetime.now(UTC).replace(tzinfo=None)
    found: Any = connection.execute(text("SELECT timezone('utc', clock_timestamp())")).scalar_one()
    return found  # type: ignore[no-any-return]


def this_process() -> tuple[str, str]:
    """Return the name of the machine and what identifies this process on it.

    A number alone would not: it is given to other processes later, and each container counts
    anew.
    """
    return _machine(), f"{os.getpid()} {_started(os.getpid())}"


def is_alive(host: str, process: str, updated: datetime, at: datetime) -> bool:
    """Tell whether a process lives.

    Parameters
    ----------
    host, process : str
        As `this_process` returned there.
    updated, at : datetime
        Its last sign of life, and now, by the same clock.
    """
    if host == _machine():
        number, _, started = process.partition(" ")
        return number.isdigit() and _exists(int(number)) and _started(int(number)) == started
    return (at - updated).total_seconds() < SILENCE


def _machine() -> str:
    try:
        space = Path("/proc/self/ns/pid").readlink()
    except OSError:
        return platform.node()
    return f"{platform.node()} {space}"


def _started(number: int) -> str:
    """Return when a process began, in ticks since the machine did, "" where that is not told."""
    try:
        status = Path(f"/proc/{number}/stat").read_text("utf-8", errors="replace")
    except OSError:
        return ""
    # The name of the program, in brackets, may itself hold spaces and brackets.
    return status.rpartition(")")[2].split()[19]


def _exists(number: int) -> bool:
    if os.name == "nt":  # there os.kill would end the process
        return True
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
