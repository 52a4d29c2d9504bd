"""The store of comparisons: runs, and the fits they share."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, Engine, delete, select, update

from ogive.comparison.records import FitResult
from ogive.comparison.store.connecting import connect
from ogive.comparison.store.describing import RunDescription
from ogive.comparison.store.fits import (
    count_known,
    count_referred,
    delete_orphans,
    read_results,
)
from ogive.comparison.store.living import now, this_process
from ogive.comparison.store.locating import Location, locate
from ogive.comparison.store.migrating import migrate
from ogive.comparison.store.refusals import missing, translated
from ogive.comparison.store.run import StoredRun
from ogive.comparison.store.schema import runs
from ogive.comparison.store.summaries import RunSummary, select_runs, summary_of
from ogive.comparison.store.writing import Writer, insert_new
from ogive.report.environment import describe_environment
from ogive.text import InputError

__all__ = ["Store", "open_store"]


def open_store(where: str | os.PathLike[str] | None = None, *, existing: bool = False) -> Store:
    """Open the store; a new one is made, one of an older version is upgraded.

    Parameters
    ----------
    where : str or path-like, optional
        A file, or a URL (``sqlite:///...``, ``postgresql://...``); by default what the environment
        variable ``OGIVE_STORE`` says, else ``ogive.db`` in the user's data folder.
    existing : bool, default=False
        Whether a file that is not there is refused instead of made.

    Returns
    -------
    Store
        A context manager.

    Raises
    ------
    InputError
        If the file is damaged, another application's, not writable, or of a newer version; if
        PostgreSQL does not answer, refuses the password, or psycopg is missing; if `existing` is
        true and there is no such file.
    """
    location = locate(where)
    if existing and location.path is not None and not location.path.exists():
        raise missing(location.shown)
    engine = connect(location)
    try:
        migrate(engine, location)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, location)


class Store:
    """Runs and their fits; made by `open_store`.

    Any number of processes may use a store at once. A fit that several runs need is kept once.

    Attributes
    ----------
    location : Location
        Where it is; ``location.shown`` is for people and holds no password.
    """

    def __init__(self, engine: Engine, location: Location) -> None:
        self.engine = engine
        self.location = location
        self._write = Writer(engine, location)

    def begin(self, description: RunDescription) -> StoredRun:
        """Begin a run, or continue the one that was begun by the same comparison of these data.

        Parameters
        ----------
        description : RunDescription
            As `describe_run` returns.
        """
        host, process = this_process()

        def action(connection: Connection) -> tuple[Any, int, int]:
            values = _row_of(description) | {"host": host, "process": process}
            values["created"] = values["updated"] = now(connection)
            insert_new(connection, runs, [values])
            mine = runs.c.key == description.key
            row = connection.execute(select(runs).where(mine).with_for_update()).one()
            if row.status != "finished":
                continued = {name: values[name] for name in ("host", "process", "updated")}
                continued["status"] = "running"
                connection.execute(update(runs).where(mine).values(continued))
            n_known = count_known(connection, description.planned)
            return row, n_known, count_referred(connection, row.id)

        row, n_known, n_own = self._write(action)
        a_repeat = len(description.planned) // description.settings["n_repeats"]
        return StoredRun(
            self,
            id=row.id,
            seconds_before=row.seconds,
            n_known_at_start=n_known,
            n_repeats_before=n_own // a_repeat,
            was_finished=row.status == "finished",
        )

    def runs(self) -> list[RunSummary]:
        """Return all runs, the newest first."""
        with translated(self.location), self.engine.begin() as connection:
            rows = connection.execute(select_runs().order_by(runs.c.id.desc())).all()
            at = now(connection)
        return [summary_of(row, at) for row in rows]

    def run(self, id: int) -> RunSummary:
        """Return one run.

        Raises
        ------
        InputError
            If there is none of that number.
        """
        with translated(self.location), self.engine.begin() as connection:
            row = connection.execute(select_runs().where(runs.c.id == id)).one_or_none()
            at = now(connection)
        if row is None:
            raise _unknown(id)
        return summary_of(row, at)

    def results(self, keys: Sequence[str]) -> dict[str, FitResult]:
        """Return the results of fits that are there, by key."""
        with translated(self.location), self.engine.begin() as connection:
            return read_results(connection, keys)

    def delete(self, ids: Sequence[int]) -> int:
        """Delete runs, and the fits that no other run refers to.

        Parameters
        ----------
        ids : sequence of int

        Returns
        -------
        int
            Runs deleted.

        Raises
        ------
        InputError
            If one of them does not exist or is going on; then none is deleted.
        """
        for id in ids:
            if self.run(id).state == "running":
                raise InputError(
                    f"Run {id} is going on; interrupt it before you delete it.",
                    f"运行 {id} 正在进行；请先中断它，再删除。",
                )

        def action(connection: Connection) -> int:
            deleted = connection.execute(delete(runs).where(runs.c.id.in_(list(ids)))).rowcount
            delete_orphans(connection)
            return deleted

        return self._write(action, alone=True)

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Store({self.location.shown!r})"


def _row_of(description: RunDescription) -> dict[str, Any]:
    """Return the row of a run that begins, without time and place."""
    return {
        "key": description.key,
        "data_name": description.data_name,
        "fingerprint": description.fingerprint,
        "target": description.target,
        "task": description.task,
        "settings": json.dumps(description.settings, ensure_ascii=False),
        "data": json.dumps(description.data, ensure_ascii=False),
        "environment": json.dumps(description.environment, ensure_ascii=False),
        "command": description.command,
        "arguments": json.dumps(list(description.arguments), ensure_ascii=False),
        "notices": json.dumps([list(one) for one in description.notices], ensure_ascii=False),
        "version": describe_environment()["ogive"],
        "status": "running",
        "seconds": 0.0,
        "n_repeats": description.settings["n_repeats"],
    }


def _unknown(id: int) -> InputError:
    return InputError(
        f"There is no run {id} in the store; 'ogive runs' lists those there are.",
        f"存储中没有运行 {id}；“ogive runs”列出已有的运行。",
    )
