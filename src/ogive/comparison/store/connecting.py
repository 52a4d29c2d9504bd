"""Engines of SQLAlchemy, set up so that many processes can use one store and lose nothing."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import ArgumentError

from ogive.comparison.store.locating import Location
from ogive.comparison.store.refusals import foreign, no_driver, refused, unwritable
from ogive.comparison.store.schema import APPLICATION_ID

__all__ = ["connect"]

# Seconds that a writer waits for others, and that a server has to answer.
PATIENCE = 60
ANSWER = 10


def connect(location: Location) -> Engine:
    """Return an engine for the store; a new file is made, one that is not ours is refused.

    Raises
    ------
    InputError
        If the file is another application's, no database, or not writable; if psycopg is missing.
    """
    if location.path is None:
        return _postgres(location)
    _check_file(location, location.path)
    engine = create_engine(
        location.url, connect_args={"timeout": PATIENCE, "check_same_thread": False}
    )

    # The driver's own transactions begin late and do not take the lock of a writer.
    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log, which several processes may attempt at once on a new file.

    SQLite does not wait for locks here as it does elsewhere.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
            if not busy or time.monotonic() > deadline:
                raise
        time.sleep(0.01)


def _check_file(location: Location, path: Path) -> None:
    """Refuse a file that is not ours before anything is changed in it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        size = path.stat().st_size if path.exists() else 0
    except OSError as error:
        raise unwritable(location.shown) from error
    if size == 0:
        return
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=PATIENCE)
        ) as connection:
            (mark,) = connection.execute("PRAGMA application_id").fetchone()
            (n_tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        raise refused(location, error) from error
    if mark != APPLICATION_ID and (n_tables or mark):
        raise foreign(location.shown)


def _postgres(location: Location) -> Engine:
    try:
        engine = create_engine(
            location.url,
            connect_args={"connect_timeout": ANSWER},
            pool_pre_ping=True,
            hide_parameters=True,
        )
    except ModuleNotFoundError as error:
        raise no_driver() from error
    except ArgumentError as error:
        raise refused(location, error) from None

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _: Any) -> None:
        # A server that fails loses at most its last moments' fits; nothing becomes inconsistent.
        connection.execute("SET synchronous_commit = off")
        connection.commit()

    return engine
