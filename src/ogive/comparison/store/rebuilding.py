"""Makes the result of a run again from what the store holds."""

from __future__ import annotations

from ogive.comparison.design.problem import DataSummary
from ogive.comparison.design.settings import Settings
from ogive.comparison.records import FitResult
from ogive.comparison.result import Comparison
from ogive.comparison.running.choosing import choose
from ogive.comparison.running.plan import fits_of_repeats
from ogive.comparison.store.describing import planned_keys, settings_from_plain
from ogive.comparison.store.keys import StoredKeys
from ogive.comparison.store.store import Store
from ogive.comparison.store.summaries import RunSummary
from ogive.text import InputError, Text

__all__ = ["rebuild"]


def rebuild(store: Store, id: int) -> Comparison:
    """Return the result of a run, of an unfinished one with the repeats that are complete.

    Parameters
    ----------
    store : Store
    id : int
        Number of the run.

    Raises
    ------
    InputError
        If there is no such run, or none of its repeats is complete.
    """
    summary = store.run(id)
    settings = settings_from_plain(summary.settings)
    keys = StoredKeys(**summary.settings["keys"])
    results = store.results(planned_keys(settings, keys, range(summary.n_repeats)))
    n_complete = _n_complete(settings, keys, results, summary.n_repeats)
    if n_complete == 0:
        raise _nothing_complete(summary)
    notices = summary.notices
    if summary.state != "finished" or n_complete < summary.n_repeats:
        notices += (_unfinished(summary, n_complete),)
    outcomes, guesses = choose(
        fits_of_repeats(settings, range(n_complete), keys), results, settings
    )
    return Comparison(
        task=summary.task,  # type: ignore[arg-type]
        data=DataSummary.from_dict(summary.data),
        settings=settings,
        outcomes=outcomes,
        guesses=guesses,
        seconds=summary.seconds,
        environment=dict(summary.environment),
        command=summary.command,
        notices=notices,
        data_name=summary.data_name,
    )


def _n_complete(
    settings: Settings, keys: StoredKeys, results: dict[str, FitResult], n_repeats: int
) -> int:
    """Count the repeats, from the first, of which every fit is there."""
    for repeat in range(n_repeats):
        wanted = planned_keys(settings, keys, range(repeat, repeat + 1))
        if not all(key in results for key in wanted):
            return repeat
    return n_repeats


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
