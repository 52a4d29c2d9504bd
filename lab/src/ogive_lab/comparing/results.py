"""What the page shows of runs in the store: the list, one result, its figures, its files."""

from __future__ import annotations

import json
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Literal

from ogive.text import LANGUAGES, InputError, Language, Text
from ogive_lab.comparing.keeping import Shelf, mine, opened, run_of
from ogive_lab.comparing.wanted import Wanted, taken_from

if TYPE_CHECKING:
    from ogive.comparison import Comparison
    from ogive.comparison.store import RunSummary, Store

__all__ = [
    "about_run",
    "export_run",
    "figures_of",
    "list_runs",
    "report_of",
    "show_run",
    "wanted_of",
]

MOST_LISTED = 200
SECONDS_FOR_BESTS = 0.5
MOST_KEPT = 8
NOTHING_YET = Text(
    "No repeat is complete yet: there is nothing to show until one is.",
    "还没有一次完整的重复，暂时没有可显示的结果。",
)

_rebuilt: OrderedDict[tuple[object, ...], Comparison] = OrderedDict()
_bests: dict[tuple[object, ...], str] = {}


def list_runs(shelf: Shelf, report: Any = None, stopped: Any = None) -> list[dict[str, Any]]:
    """Return the visitor's runs for JSON, the newest first.

    What is ahead in each takes a moment to find out; of those for which there was no time it is
    null, until they are asked for again.
    """
    store = opened(shelf)
    runs = [run for run in store.runs() if mine(run, shelf)][:MOST_LISTED]
    until = time.monotonic() + SECONDS_FOR_BESTS
    return [_listed(store, shelf, run, until) for run in runs]


def about_run(shelf: Shelf, number: int, report: Any = None, stopped: Any = None) -> dict[str, Any]:
    """Return what the list tells of a run, without its result."""
    return _about(run_of(opened(shelf), shelf, number))


def show_run(shelf: Shelf, number: int, report: Any = None, stopped: Any = None) -> dict[str, Any]:
    """Return the result of a run for JSON, every text in both languages.

    Of a run that is not finished the repeats that are complete count; where none is, ``result``
    is null and ``nothing_yet`` says so.
    """
    store = opened(shelf)
    run = run_of(store, shelf, number)
    shown = {**_about(run), "command": run.command, "n_repeats": run.n_repeats}
    try:
        comparison = _comparison(store, shelf, run)
    except InputError:
        return {**shown, "result": None, "nothing_yet": NOTHING_YET._asdict()}
    return {**shown, "result": _result(comparison), "nothing_yet": None}


def figures_of(
    shelf: Shelf, number: int, language: Language, report: Any = None, stopped: Any = None
) -> list[dict[str, Any]]:
    """Return the figures of a run's report, each with its Vega-Lite specification."""
    from ogive.comparison.reporting.report import report_figures

    return [
        {
            "name": figure.name,
            "title": figure.title,
            "caption": figure.caption,
            "spec": json.loads(figure.specification),
        }
        for figure in report_figures(_of(shelf, number), language)
    ]


def report_of(
    shelf: Shelf, number: int, language: Language, report: Any = None, stopped: Any = None
) -> bytes:
    """Return the report of a run, one HTML file with everything in it."""
    from ogive.comparison.reporting.report import render_report

    return render_report(_of(shelf, number), language).encode()


def export_run(
    shelf: Shelf,
    number: int,
    form: Literal["csv", "json"],
    report: Any = None,
    stopped: Any = None,
) -> bytes:
    """Return the table of a run as CSV, or everything about it as JSON."""
    comparison = _of(shelf, number)
    return (comparison.to_csv() if form == "csv" else comparison.to_json()).encode()


def wanted_of(
    shelf: Shelf, number: int, table: str, report: Any = None, stopped: Any = None
) -> Wanted:
    """Return what a run was begun to compare, on a table that is at hand now."""
    return taken_from(run_of(opened(shelf), shelf, number).arguments, table)


def _of(shelf: Shelf, number: int) -> Comparison:
    store = opened(shelf)
    return _comparison(store, shelf, run_of(store, shelf, number))


def _comparison(store: Store, shelf: Shelf, run: RunSummary) -> Comparison:
    """Return the result of a run; this process remembers the last ones."""
    from ogive.comparison.store import rebuild

    key = shelf.place, run.id, run.key, run.updated, run.state
    if key not in _rebuilt:
        _rebuilt[key] = rebuild(store, run.id)
        if len(_rebuilt) > MOST_KEPT:
            _rebuilt.popitem(last=False)
    _rebuilt.move_to_end(key)
    return _rebuilt[key]


def _listed(store: Store, shelf: Shelf, run: RunSummary, until: float) -> dict[str, Any]:
    key = shelf.place, run.id, run.key, run.updated, run.state
    if key not in _bests and time.monotonic() < until:
        try:
            _bests[key] = _comparison(store, shelf, run).best
        except InputError:  # no repeat is complete
            _bests[key] = ""
    return {**_about(run), "best": _labelled(_bests.get(key, ""))}


def _labelled(label: str) -> dict[str, str] | None:
    from ogive.comparison.words.labels import label_text

    return label_text(label)._asdict() if label else None


def _about(run: RunSummary) -> dict[str, Any]:
    from ogive.comparison.words.subjects import FACTOR_NAMES
    from ogive.data.bundled import BUNDLED

    names = [FACTOR_NAMES[factor] for factor in run.settings["vary"]]
    n = len(run.labels)
    return {
        "run": run.id,
        "created": run.created.isoformat(),
        "data": run.data_name,
        "bundled": run.data_name in BUNDLED,
        "target": run.target,
        "task": run.task,
        "compared": {
            "en": f"{' × '.join(name.en for name in names)} ({n})",
            "zh": f"{' × '.join(name.zh for name in names)}（{n}）",
        },
        "state": run.state,
        "fits": run.n_fits,
        "planned": run.n_planned,
        "seconds": run.seconds,
        "lab": len(run.arguments) > 1 and run.arguments[1] == "compare",
    }


def _result(comparison: Comparison) -> dict[str, Any]:
    from ogive.comparison.reporting.data_card import data_facts
    from ogive.comparison.reporting.report import report_table, report_title
    from ogive.comparison.words.narrative import describe_design

    tables = {to: report_table(comparison, to) for to in LANGUAGES}
    return {
        "best": comparison.best,
        "title": {to: report_title(comparison, to) for to in LANGUAGES},
        "verdict": comparison.verdict._asdict(),
        "reasons": [text._asdict() for text in comparison.reasons],
        "cautions": [text._asdict() for text in comparison.cautions],
        "notices": [text._asdict() for text in comparison.notices],
        "table": tables,
        "design": {to: describe_design(comparison, to) for to in LANGUAGES},
        "facts": {to: data_facts(comparison.data, comparison.task, to) for to in LANGUAGES},
        "known": comparison.n_known,
    }
