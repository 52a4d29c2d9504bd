"""Transactions that write, on either database."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Table, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from ogive.comparison.store.locating import Location
from ogive.comparison.store.refusals import translated

__all__ = ["Writer", "insert_new", "inserting"]

Result = TypeVar("Result")

# The advisory lock of PostgreSQL that who refers to fits shares and who deletes them has alone.
LOCK = int.from_bytes(b"OGFT", "big")

# Seconds to wait before another attempt where a server was lost.
PAUSES = (0.5, 2.0, 5.0)


class Writer:
    """Does transactions that write.

    Parameters
    ----------
    engine : Engine
    location : Location

    Attributes
    ----------
    kept : bool
        Whether something is there of what it is used for, which errors then say.
    """

    def __init__(self, engine: Engine, location: Location) -> None:
        self.engine = engine
        self.location = location
        self.kept = False

    def __call__(
        self,
        action: Callable[[Connection], Result],
        *,
        alone: bool = False,
        pauses: Sequence[float] = PAUSES,
    ) -> Result:
        """Do `action` in a transaction, again where the server was lost meanwhile.

        Parameters
        ----------
        action : callable
            Called with a connection; it has to bear being repeated.
        alone : bool, default=False
            Whether fits are deleted, which nobody may come to refer to meanwhile.
        pauses : sequence of float, default=(0.5, 2, 5)
            Seconds before each repetition.
        """
        with translated(self.location, kept=self.kept):
            for pause in pauses:
                try:
                    with self._transaction(alone) as connection:
                        return action(connection)
                except DBAPIError as error:
                    if not error.connection_invalidated:
                        raise
                time.sleep(pause)
            with self._transaction(alone) as connection:
                return action(connection)

    @contextmanager
    def _transaction(self, alone: bool) -> Iterator[Connection]:
        with (
            self.engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            if self.engine.dialect.name == "postgresql":
                shared = "" if alone else "_shared"
                connection.execute(text(f"SELECT pg_advisory_xact_lock{shared}({LOCK})"))
            yield connection


def inserting(connection: Connection, table: Table) -> Any:
    """Return an INSERT that can be told to leave what is there already, of either dialect."""
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table)


def insert_new(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert the rows whose keys are not there yet.

    Who may insert some of the same rows at the same time has to give them in the same order, or
    each would wait for the other.
    """
    if rows:
        connection.execute(inserting(connection, table).on_conflict_do_nothing(), rows)
