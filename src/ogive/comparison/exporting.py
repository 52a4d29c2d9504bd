"""The result of a comparison as plain data, JSON and CSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from ogive.comparison import forms
from ogive.comparison.design.settings import Settings
from ogive.comparison.words.columns import CSV_FIELDS, Column

if TYPE_CHECKING:
    from ogive.comparison.result import Comparison

__all__ = [
    "MEASURED",
    "as_csv",
    "as_dict",
    "as_json",
    "records_of",
    "without_times",
]

MEASURED = ("seconds", "predict_seconds", "on_front")
"""What differs from run to run because it is a time or follows from one."""


def as_dict(comparison: Comparison, *, times: bool = True) -> dict[str, Any]:
    """Return everything as plain data for JSON; what is not a finite number is None."""
    settings = {field.name: getattr(comparison.settings, field.name) for field in fields(Settings)}
    settings |= {
        "candidates": [
            {
                "label": one.label,
                "factors": dict(one.factors),
                "parameter": one.parameter,
                "choices": [choice.value for choice in one.choices],
            }
            for one in comparison.settings.candidates
        ],
        "scoring": comparison.scoring,
        "dtype": comparison.settings.dtype.__name__,
        "prepare": None if settings["prepare"] is None else str(settings["prepare"]),
        "rope": comparison.rope,
    }
    splits = {
        label: [outcome._asdict() for outcome in done]
        for label, done in zip(comparison.settings.labels, comparison.outcomes, strict=True)
    }
    stopped = comparison.stopped
    plain: dict[str, Any] = {
        "task": comparison.task,
        "scoring": comparison.scoring,
        "greater_is_better": comparison.score.greater_is_better,
        "best": comparison.best,
        "verdict": comparison.verdict._asdict(),
        "rows": comparison.table(),
        "pairs": [
            {name: value for name, value in pair._asdict().items() if name != "posterior"}
            for pair in comparison.pairs()
        ],
        "reasons": [reason._asdict() for reason in comparison.reasons],
        "splits": splits,
        "guess_scores": comparison.guesses,
        "data": comparison.data.to_dict(),
        "cautions": [caution._asdict() for caution in comparison.cautions],
        "data_name": comparison.data_name,
        "notices": [notice._asdict() for notice in comparison.notices],
        "settings": settings,
        "stopped": None if stopped is None else stopped._asdict(),
        "engine": comparison.engine,
        "run": comparison.run,
        "n_known": comparison.n_known,
        "environment": comparison.environment,
        "seconds": comparison.seconds,
        "command": comparison.command,
    }
    if not times:
        # A resumed comparison differs from an uninterrupted one in these alone.
        for name in ("seconds", "run", "n_known", "engine", "command"):
            del plain[name]
        for record in [*plain["rows"], *(one for done in splits.values() for one in done)]:
            _leave_out_times(record)
    whole: dict[str, Any] = forms.plain(plain)
    return whole


def as_json(comparison: Comparison, *, indent: int | None = 2, times: bool = True) -> str:
    """Return `as_dict` as JSON text."""
    return forms.json_text(as_dict(comparison, times=times), indent)


def as_csv(comparison: Comparison, *, times: bool = True) -> str:
    """Return the rows as CSV text with a header; numbers unrounded, unknown ones empty."""
    names = [name for name in CSV_FIELDS if times or name not in MEASURED]
    return forms.csv_text(names, comparison.table())


def without_times(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns that hold no measured times."""
    return tuple(column for column in columns if column.key not in MEASURED)


def records_of(comparison: Comparison) -> list[dict[str, Any]]:
    """Return the rows as dicts."""
    return [asdict(row) for row in comparison.rows()]


def _leave_out_times(record: dict[str, Any]) -> None:
    for name in MEASURED:
        record.pop(name, None)
