"""A run under way: the journal of a comparison, kept in the store."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, update
from sqlalchemy.exc import IntegrityError

from ogive.comparison.records import FitResult
from ogive.comparison.running.experiment import Experiment
from ogive.comparison.store.fits import read_results, refer
from ogive.comparison.store.living import HEARTBEAT, now, this_process
from ogive.comparison.store.refusals import run_is_gone
from ogive.comparison.store.schema import fits, run_fits, runs
from ogive.comparison.store.writing import Writer, insert_new
from ogive.text import InputError

if TYPE_CHECKING:
    from ogive.comparison.store.store import Store

__all__ = ["StoredRun"]


class StoredRun:
    """A run that this process does; made by `Store.begin`.

    It is a `Journal`: what `record` was given is in the store when it returns. While the run
    lasts, a thread says every ten seconds that it is alive.

    Attributes
    ----------
    id : int
        Its number in the store.
    seconds_before : float
        Time that earlier sittings spent on it.
    n_known_at_start : int
        Fits of its plan that were there already.
    n_repeats_before : int
        Repeats that earlier sittings completed.
    was_finished : bool
        Whether it had been finished before: `rebuild` gives its result.
    store : Store
    """

    def __init__(
        self,
        store: Store,
        *,
        id: int,
        seconds_before: float,
        n_known_at_start: int,
        n_repeats_before: int,
        was_finished: bool,
    ) -> None:
        self.store = store
        self.id = id
        self.seconds_before = seconds_before
        self.n_known_at_start = n_known_at_start
        self.n_repeats_before = n_repeats_before
        self.was_finished = was_finished
        self._write = Writer(store.engine, store.location)
        self._write.kept = n_known_at_start > 0
        self._began = time.monotonic()
        self._n_recorded = 0
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._pulse = threading.Thread(target=self._live, name="ogive store", daemon=True)
        self._pulse.start()

    def known(self, keys: Sequence[str]) -> Mapping[str, FitResult]:
        """Return the results in the store, of this and of other runs, for those of the keys.

        The run refers to them from now on, so that they stay when other runs are deleted.
        """

        def action(connection: Connection) -> dict[str, FitResult]:
            refer(connection, self.id, keys)
            return read_results(connection, keys)

        with self._lock, self._unless_deleted():
            return self._write(action)

    def record(self, finished: Mapping[str, FitResult]) -> None:
        """Keep results in one transaction; those that another process kept meanwhile stay."""
        if not finished:
            return
        rows = [
            {"key": key, "result": result.to_json(), "seconds": result.seconds}
            for key, result in sorted(finished.items(), key=lambda item: item[0])
        ]

        def action(connection: Connection) -> None:
            created = now(connection)
            insert_new(connection, fits, [row | {"created": created} for row in rows])
            insert_new(connection, run_fits, [{"run": self.id, "key": row["key"]} for row in rows])

        with self._lock, self._unless_deleted():
            self._write(action)
        self._n_recorded += len(finished)
        self._write.kept = True

    def finish(self, experiment: Experiment, seconds: float) -> float:
        """Say that the run is finished.

        Parameters
        ----------
        experiment : Experiment
            What came of it.
        seconds : float
            Time of this sitting.

        Returns
        -------
        float
            Time of the whole run. To answer a finished one from the store adds nothing.
        """
        if not self.was_finished or self._n_recorded:
            self.seconds_before += seconds
        self._end(
            status="finished",
            seconds=self.seconds_before,
            n_repeats=experiment.n_repeats,
            stopped=json.dumps(experiment.stopped._asdict()),
        )
        return self.seconds_before

    def pause(self, seconds: float) -> None:
        """Say that the run was interrupted or failed; the same command continues it.

        Nothing is raised: what was recorded is safe, and a store that cannot be written is what
        may have ended the run.
        """
        with contextlib.suppress(InputError):
            if self.was_finished and not self._n_recorded:
                self._end()
            else:
                self._end(status="paused", seconds=self.seconds_before + seconds)

    def _end(self, **values: Any) -> None:
        self._ended.set()
        with self._lock, self._unless_deleted():
            if values:
                self._write(lambda connection: self._update(connection, **values))
        self._pulse.join()

    def _live(self) -> None:
        """Give signs of life until the run ends, with the time spent so far."""
        while not self._ended.wait(HEARTBEAT):
            with self._lock, contextlib.suppress(InputError):
                if not self._ended.is_set() and (self._n_recorded or not self.was_finished):
                    self._write(self._breathe, pauses=())

    def _breathe(self, connection: Connection) -> None:
        host, process = this_process()
        seconds = self.seconds_before + time.monotonic() - self._began
        self._update(connection, status="running", seconds=seconds, host=host, process=process)

    def _update(self, connection: Connection, **values: Any) -> None:
        values["updated"] = now(connection)
        connection.execute(update(runs).where(runs.c.id == self.id).values(values))

    @contextlib.contextmanager
    def _unless_deleted(self) -> Iterator[None]:
        """Say so where somebody deleted the run meanwhile."""
        try:
            yield
        except InputError as error:
            if isinstance(error.__cause__, IntegrityError):
                raise run_is_gone(self.id) from error.__cause__
            raise
