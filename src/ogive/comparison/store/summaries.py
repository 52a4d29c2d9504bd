"""What the store tells about a run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Row, Select, func, select

from ogive.comparison.store.living import is_alive
from ogive.comparison.store.schema import run_fits, runs
from ogive.text import InputError, Text

__all__ = ["RunSummary", "State", "check_same_data", "select_runs", "summary_of"]

State = Literal["running", "paused", "finished"]


@dataclass(frozen=True)
class RunSummary:
    """One run in the store.

    Attributes
    ----------
    id : int
        Its number in the store.
    key, fingerprint : str
        Hashes of data and settings, and of the data alone.
    data_name : str or None
    target, task : str
    state : {"running", "paused", "finished"}
        "paused" is whatever did not finish and is done by no living process: interrupted, failed,
        or killed.
    settings, data, environment : mapping
        Plain data.
    command : str
        What to type to repeat it.
    arguments : tuple of str
        The command line's words; empty for a run of Python's.
    notices : tuple of Text
    version : str
        The version of ogive that began it.
    created, updated : datetime
        In UTC: when it was begun, and its last sign of life.
    seconds : float
        Time spent on it.
    n_repeats : int
        Repeats made, or planned where it is not finished.
    n_fits, n_planned : int
        Fits that are there, and that its repeats need.
    stopped : mapping or None
        Why no more repeats were made, for a finished run.
    """

    id: int
    key: str
    fingerprint: str
    data_name: str | None
    target: str
    task: str
    state: State
    settings: Mapping[str, Any]
    data: Mapping[str, Any]
    environment: Mapping[str, str]
    command: str
    arguments: tuple[str, ...]
    notices: tuple[Text, ...]
    version: str
    created: datetime
    updated: datetime
    seconds: float
    n_repeats: int
    n_fits: int
    n_planned: int
    stopped: Mapping[str, Any] | None

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of the candidates."""
        return tuple(one["label"] for one in self.settings["candidates"])


def select_runs() -> Select[Any]:
    """Select the rows of runs with the number of their fits."""
    n_fits = (
        select(func.count())
        .select_from(run_fits)
        .where(run_fits.c.run == runs.c.id)
        .scalar_subquery()
    )
    return select(runs, n_fits.label("n_fits"))


def summary_of(row: Row[Any], at: datetime) -> RunSummary:
    """Return what a row of `select_runs` says, at a time by the same clock as the row's."""
    settings = json.loads(row.settings)
    choices = sum(len(one["choices"]) for one in settings["candidates"])
    n_planned = row.n_repeats * settings["n_splits"] * choices
    state: State = row.status
    if state == "running" and not is_alive(row.host, row.process, row.updated, at):
        state = "paused"
    return RunSummary(
        id=row.id,
        key=row.key,
        fingerprint=row.fingerprint,
        data_name=row.data_name,
        target=row.target,
        task=row.task,
        state=state,
        settings=settings,
        data=json.loads(row.data),
        environment=json.loads(row.environment),
        command=row.command,
        arguments=tuple(json.loads(row.arguments)),
        notices=tuple(Text(*notice) for notice in json.loads(row.notices)),
        version=row.version,
        created=row.created.replace(tzinfo=UTC),
        updated=row.updated.replace(tzinfo=UTC),
        seconds=row.seconds,
        n_repeats=row.n_repeats,
        n_fits=row.n_fits,
        n_planned=max(n_planned, row.n_fits),  # a run that adds repeats has more
        stopped=None if row.stopped is None else json.loads(row.stopped),
    )


def check_same_data(run: RunSummary, fingerprint: str) -> None:
    """Refuse to resume a run on other data than it was begun with.

    Parameters
    ----------
    run : RunSummary
    fingerprint : str
        `KeyMaker.fingerprint` of the data at hand.
    """
    if run.fingerprint == fingerprint:
        return
    name = run.data_name or "X, y"
    raise InputError(
        f"The data {name!r} have changed since run {run.id} was begun, whose fits would not be "
        "comparable with new ones. Restore the data as they were, or begin a new run by the "
        "command without --resume.",
        f"自运行 {run.id} 开始以来，数据 {name!r} 已发生变化，原有的拟合与新的拟合无法比较。"
        "请恢复原来的数据，或去掉 --resume 以开始新的运行。",
    )
