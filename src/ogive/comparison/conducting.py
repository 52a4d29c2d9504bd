"""Conducts a comparison from its settings to its result, with or without a store."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ogive.comparison.design.problem import Problem
from ogive.comparison.design.settings import Settings
from ogive.comparison.result import Comparison
from ogive.comparison.running.engine import Engine
from ogive.comparison.running.experiment import Experiment, Progress, run
from ogive.comparison.running.journal import MemoryJournal
from ogive.comparison.running.local import Threads
from ogive.comparison.running.plan import plain_key
from ogive.comparison.running.stopping import Stopping
from ogive.text import Text

if TYPE_CHECKING:
    from ogive.comparison.store import Store

__all__ = ["About", "Limits", "conduct", "engine_for", "opened"]


class Limits(NamedTuple):
    """What ends the adding of repeats; without either the planned number is made."""

    precision: float | None
    budget: float | None


class About(NamedTuple):
    """What is told of a comparison besides its data and settings."""

    command: str
    arguments: tuple[str, ...]
    data_name: str | None
    notices: tuple[Text, ...]
    environment: dict[str, str]


@contextmanager
def opened(store: Store | str | Path | bool | None) -> Iterator[Store | None]:
    """Give the store that `ogive.compare` was asked to use, and close what was opened for it."""
    if store is False or (store is None and not os.environ.get("OGIVE_STORE")):
        yield None
    elif store is None or isinstance(store, bool | str | Path):
        # Here, for a database toolkit takes longer to import than ogive itself.
        from ogive.comparison.store import open_store

        with open_store(None if isinstance(store, bool) else store) as place:
            yield place
    else:
        yield store


@contextmanager
def engine_for(
    scheduler: str | None, n_jobs: int | None, progress: Progress | None
) -> Iterator[Engine]:
    """Give what does the fits, and put it away afterwards."""
    if scheduler is None:
        yield Threads(n_jobs, progress)
        return
    from ogive.comparison.running.backends import make_engine

    with make_engine(scheduler, n_jobs=n_jobs, progress=progress) as engine:
        yield engine


def conduct(
    problem: Problem,
    settings: Settings,
    limits: Limits,
    about: About,
    engine: Engine,
    store: Store | None,
    progress: Progress | None,
) -> Comparison:
    """Do the experiment and return its result.

    Whatever ends it early, what was finished before stays in the store.
    """
    started = time.perf_counter()
    if store is None:
        stopping = Stopping(*limits)
        experiment = run(
            problem,
            settings,
            engine=engine,
            journal=MemoryJournal(),
            key_of=plain_key,
            stopping=stopping,
            progress=progress,
        )
        seconds = time.perf_counter() - started
        return _result(problem, settings, about, engine, experiment, seconds)
    from ogive.comparison.store import KeyMaker, describe_run, rebuild

    keys = KeyMaker(problem, settings)
    about = about._replace(notices=about.notices + keys.notices)
    described = describe_run(
        problem,
        settings,
        **about._asdict(),
        stopping=Stopping(*limits),
        key_of=keys,
        engine=engine.name,
    )
    stored = store.begin(described)
    if stored.was_finished:
        stored.pause(0.0)
        known = rebuild(stored.store, stored.id, settings)
        n_fits = known.settings.n_repeats * settings.n_splits * settings.n_fits_a_split
        return replace(known, n_known=n_fits)
    before = stored.seconds_before
    if limits.budget is not None:  # what it paid for already it shall have
        n_repeats = max(settings.n_repeats, stored.n_repeats_before)
        settings = replace(settings, n_repeats=n_repeats)
    try:
        experiment = run(
            problem,
            settings,
            engine=engine,
            journal=stored,
            key_of=keys,
            stopping=Stopping(*limits, spent=before),
            progress=progress,
        )
    except BaseException:
        stored.pause(time.perf_counter() - started)
        raise
    seconds = time.perf_counter() - started
    stored.finish(experiment, seconds)
    result = _result(problem, settings, about, engine, experiment, before + seconds)
    return replace(result, run=stored.id, fingerprint=keys.fingerprint)


def _result(
    problem: Problem,
    settings: Settings,
    about: About,
    engine: Engine,
    experiment: Experiment,
    seconds: float,
) -> Comparison:
    return Comparison(
        task=problem.task,
        data=problem.summary,
        settings=replace(settings, n_repeats=experiment.n_repeats),
        outcomes=experiment.outcomes,
        guesses=experiment.guesses,
        seconds=seconds,
        environment=about.environment,
        command=about.command,
        notices=about.notices,
        data_name=about.data_name,
        stopped=experiment.stopped,
        engine=engine.name,
        n_known=experiment.n_known,
    )
