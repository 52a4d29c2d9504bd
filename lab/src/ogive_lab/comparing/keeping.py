"""Where the runs of a visitor are kept: a store of their own, or their part of one that is shared.

In a class all visitors share one store, so that what one of them has computed nobody computes
again; each sees the runs of their own only, which bear their mark.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ogive.text import InputError

if TYPE_CHECKING:
    from ogive.comparison.store import RunDescription, RunSummary, Store, StoredRun

__all__ = [
    "Followed",
    "Shelf",
    "class_store",
    "delete_run",
    "forget_old",
    "mine",
    "opened",
    "run_of",
]

OWNER = "visitor"
_open: dict[str | None, Store] = {}

KEPT_DAYS = 30
"""Runs of a class are deleted after so long without a sign of life: nobody comes back for them."""


class Shelf(NamedTuple):
    """A store, and whose runs in it are meant.

    Attributes
    ----------
    place : str or None
        As `ogive.compare` takes it; None for the user's own store.
    owner : str or None
        The mark of the visitor; None where the whole store is theirs.
    """

    place: str | None
    owner: str | None


def class_store() -> str:
    """Return where the runs of a class are kept if nobody says otherwise."""
    from ogive.comparison.store import ENVIRONMENT_VARIABLE, default_path

    return os.environ.get(ENVIRONMENT_VARIABLE) or str(default_path().with_name("lab.db"))


def opened(shelf: Shelf) -> Store:
    """Return the store of a shelf, which this process keeps open.

    To close one takes as long as many a fit, for all of its journal is then written over.
    """
    from ogive.comparison.store import open_store

    known = _open.get(shelf.place)
    if known is not None and (known.location.path is None or known.location.path.exists()):
        return known
    if known is not None:  # somebody deleted its file
        known.close()
    if shelf.place is not None and "://" not in shelf.place:
        Path(shelf.place).expanduser().parent.mkdir(parents=True, exist_ok=True)
    _open[shelf.place] = open_store(shelf.place)
    return _open[shelf.place]


def mine(run: RunSummary, shelf: Shelf) -> bool:
    """Return whether a run is one of the visitor's."""
    return shelf.owner is None or run.settings.get(OWNER) == shelf.owner


def run_of(store: Store, shelf: Shelf, number: int) -> RunSummary:
    """Return a run of the visitor.

    Raises
    ------
    InputError
        If there is none of this number, or it is another's, which is not told apart.
    """
    missing = InputError(f"There is no run {number}.", f"没有运行 {number}。")
    try:
        run = store.run(number)
    except InputError:
        raise missing from None
    if not mine(run, shelf):
        raise missing
    return run


def delete_run(shelf: Shelf, number: int, report: Any = None, stopped: Any = None) -> None:
    """Delete a run of the visitor."""
    store = opened(shelf)
    store.delete([run_of(store, shelf, number).id])


def forget_old(store: Store) -> None:
    """Delete runs of visitors who have not been seen for long."""
    until = datetime.now(UTC) - timedelta(days=KEPT_DAYS)
    old = [
        run.id
        for run in store.runs()
        if OWNER in run.settings and run.updated < until and run.state != "running"
    ]
    if old:
        store.delete(old)


class Followed:
    """A store as one sitting of a comparison uses it: `ogive.compare` begins its run here.

    Parameters
    ----------
    store : Store
    shelf : Shelf
    continued : int or None
        The run that is taken up, which has to be the one of these data.
    begun : callable
        Called with the run and its description before anything is fitted.
    ended : callable
        Called with the results of fits, by key, that are known or have been kept just now.
    """

    def __init__(
        self,
        store: Store,
        shelf: Shelf,
        continued: int | None,
        begun: Callable[[int, RunDescription], None],
        ended: Callable[[Mapping[str, Any]], None],
    ) -> None:
        self.store, self.shelf, self.continued = store, shelf, continued
        self._begun, self._ended = begun, ended

    def begin(self, description: RunDescription) -> Any:
        """Begin a run, or continue the one of these data and settings."""
        owner = self.shelf.owner
        if owner is not None:
            # The same comparison by another visitor is another run, whose fits are shared.
            from ogive.comparison.store.identities import hashed

            key = hashed(description.key, owner)
            settings = {**description.settings, OWNER: owner}
            description = replace(description, key=key, settings=settings)
        if self.continued is not None:
            self._refuse_other(run_of(self.store, self.shelf, self.continued), description)
        run = self.store.begin(description)
        self._begun(run.id, description)
        return _FollowedRun(run, self._ended)

    def _refuse_other(self, run: RunSummary, description: RunDescription) -> None:
        if run.fingerprint != description.fingerprint:
            raise InputError(
                f"These are not the data that run {run.id} was begun with ({run.data_name}); "
                "choose the same table.",
                f"这不是运行 {run.id} 开始时所用的数据（{run.data_name}）；请选择同一表格。",
            )
        if run.key != description.key:
            raise InputError(
                f"Run {run.id} was begun with other settings or another version; begin it anew.",
                f"运行 {run.id} 是用其他设置或其他版本开始的；请重新开始。",
            )


class _FollowedRun:
    """The journal of a run, which tells every result that passes through it."""

    def __init__(self, run: StoredRun, ended: Callable[[Mapping[str, Any]], None]) -> None:
        self._run = run
        self._told = ended

    def __getattr__(self, name: str) -> Any:
        return getattr(self._run, name)

    def known(self, keys: Sequence[str]) -> Mapping[str, Any]:
        found = self._run.known(keys)
        self._told(found)
        return found

    def record(self, finished: Mapping[str, Any]) -> None:
        self._run.record(finished)
        self._told(finished)
