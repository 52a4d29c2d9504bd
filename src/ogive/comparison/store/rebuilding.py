"""Makes the result of a run again from what the store holds."""

from __future__ import annotations

from collections import ChainMap
from dataclasses import replace

from ogive.comparison.design.problem import DataSummary
from ogive.comparison.design.settings import Settings
from ogive.comparison.records import FitResult
from ogive.comparison.result import Comparison
from ogive.comparison.running.choosing import choose
from ogive.comparison.running.plan import fits_of_repeats
from ogive.comparison.running.stopping import MOST_REPEATS, Stopped
from ogive.comparison.store.describing import planned_keys, settings_from_plain
from ogive.comparison.store.keys import StoredKeys
from ogive.comparison.store.store import Store
from ogive.comparison.store.summaries import RunSummary
from ogive.text import InputError, Text

__all__ = ["rebuild"]


def rebuild(store: Store, id: int, settings: Settings | None = None) -> Comparison:
    """Return the result of a run, of an unfinished one with the repeats that are complete.

    Parameters
    ----------
    store : Store
    id : int
        Number of the run.
    settings : Settings, optional
        The run's, where they are at hand; by default those stored, in which a user's own
        estimator, transformer or scorer is only a name.

    Raises
    ------
    InputError
        If there is no such run, or none of its repeats is complete.
    """
    summary = store.run(id)
    if settings is None:
        settings = settings_from_plain(summary.settings)
    finished = summary.state == "finished"
    # A run that was adding repeats when it ended may have more than were planned.
    most = summary.n_repeats if finished else MOST_REPEATS
    keys = StoredKeys(**summary.settings["keys"])
    results = _complete_repeats(store, settings, keys, most)
    n_complete = len(results)
    if n_complete == 0:
        raise _nothing_complete(summary)
    notices = summary.notices
    if not finished or n_complete < summary.n_repeats:
        notices += (_unfinished(summary, n_complete),)
    fits = fits_of_repeats(settings, range(n_complete), keys)
    outcomes, guesses = choose(fits, ChainMap(*results), settings)
    return Comparison(
        task=summary.task,  # type: ignore[arg-type]
        data=DataSummary.from_dict(summary.data),
        settings=replace(settings, n_repeats=n_complete),
        outcomes=outcomes,
        guesses=guesses,
        seconds=summary.seconds,
        environment=dict(summary.environment),
        command=summary.command,
        notices=notices,
        data_name=summary.data_name,
        stopped=None if summary.stopped is None else Stopped(**summary.stopped),
        engine=summary.settings.get("engine", "threads"),
        run=id,
        fingerprint=summary.fingerprint,
    )


def _complete_repeats(
    store: Store, settings: Settings, keys: StoredKeys, most: int
) -> list[dict[str, FitResult]]:
    """Return the results of each repeat, from the first on, of which every fit is there."""
    complete: list[dict[str, FitResult]] = []
    for repeat in range(most):
        wanted = planned_keys(settings, keys, range(repeat, repeat + 1))
        found = store.results(wanted)
        if not all(key in found for key in wanted):
            break
        complete.append(found)
    return complete


def _unfinished(summary: RunSummary, n_complete: int) -> Text:
    return Text(
        f"The run is not finished: {n_complete} of {summary.n_repeats} repeats are complete, and "
        "these alone are shown.",
        f"该运行尚未完成：{summary.n_repeats} 次重复中有 {n_complete} 次已完成，"
        "这里只显示这些结果。",
    )


def _nothing_complete(summary: RunSummary) -> InputError:
    return InputError(
        f"Run {summary.id} has {summary.n_fits} of {summary.n_planned} fits, and none of its "
        "repeats is complete: there is nothing to show yet. Repeat its command to continue it: "
        f"{summary.command}",
        f"运行 {summary.id} 已有 {summary.n_planned} 次拟合中的 {summary.n_fits} 次，"
        f"但没有一次重复是完整的，暂时没有可显示的结果。请再次运行其命令以继续：{summary.command}",
    )
