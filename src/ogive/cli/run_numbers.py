"""Numbers of runs as they are typed, and the runs they are of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ogive.cli.values import whole
from ogive.data.wording import listed
from ogive.text import InputError

if TYPE_CHECKING:
    from ogive.comparison.store import RunSummary, Store

__all__ = ["run_number", "run_of"]


def run_number(text: str, name: str = "RUN") -> int:
    """Return the number of a run."""
    return whole(name, text, 1)


def run_of(store: Store, number: int) -> RunSummary:
    """Return the run of that number, or say which ones there are."""
    runs = {run.id: run for run in store.runs()}
    if number in runs:
        return runs[number]
    if not runs:
        raise InputError(
            f"There is no run {number}: the store is empty.",
            f"没有运行 {number}：存储是空的。",
        )
    known = listed([str(one) for one in runs])
    raise InputError(
        f"There is no run {number} in the store; there are: {known.en}.",
        f"存储中没有运行 {number}；现有：{known.zh}。",
    )
