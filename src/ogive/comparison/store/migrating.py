"""Brings a store to the schema of this version of ogive, once, whoever comes first."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from ogive.comparison.store.locating import Location
from ogive.comparison.store.refusals import newer, translated
from ogive.comparison.store.schema import APPLICATION_ID, HEAD, VERSION_TABLE

__all__ = ["MIGRATIONS", "migrate"]

MIGRATIONS = Path(__file__).with_name("migrations")

# The advisory lock of PostgreSQL that whoever makes or upgrades the tables holds.
LOCK = APPLICATION_ID


def migrate(
    engine: Engine, location: Location, *, head: str = HEAD, migrations: Path = MIGRATIONS
) -> None:
    """Make the tables in an empty store, or upgrade those of an older version.

    An upgrade is one transaction, so that it is done wholly or not at all; a copy of an SQLite
    file is put beside it first.

    Parameters
    ----------
    engine : Engine
    location : Location
    head : str
        The revision wanted.
    migrations : Path
        Folder of Alembic's, with ``env.py`` and ``versions``.

    Raises
    ------
    InputError
        If the store is newer than this version of ogive.
    """
    with translated(location):
        with engine.begin() as connection:
            if revision_of(connection) == head:
                return
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
            found = revision_of(connection)
            if found == head:  # another process was quicker
                return
            _upgrade(connection, location, found, head, migrations)


def revision_of(connection: Connection) -> str | None:
    """Return the revision of the tables, None where there are none."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    return None if found is None else str(found)


def _upgrade(
    connection: Connection, location: Location, found: str | None, head: str, migrations: Path
) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    known = {script.revision for script in scripts.iterate_revisions(head, "base")}
    if found is not None and found not in known:
        raise newer(location.shown, found)
    if location.path is not None:
        if found is not None:
            _copy(location.path, location.path.with_name(f"{location.path.name}.{found}.backup"))
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    command.upgrade(config, head)


def _copy(path: Path, to: Path) -> None:
    """Copy a database that others may be reading, wholly or not at all."""
    unfinished = to.with_name(f"{to.name}.{os.getpid()}")
    with (
        contextlib.closing(sqlite3.connect(path)) as source,
        contextlib.closing(sqlite3.connect(unfinished)) as copy,
    ):
        source.backup(copy)
    unfinished.replace(to)
