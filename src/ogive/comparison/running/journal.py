"""Where the results of finished fits are kept while a comparison runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from ogive.comparison.records import FitResult

__all__ = ["Journal", "MemoryJournal"]


class Journal(Protocol):
    """Keeps results by the key of their fit."""

    def known(self, keys: Sequence[str]) -> Mapping[str, FitResult]:
        """Return the results there are already, for those of the keys that have one."""

    def record(self, finished: Mapping[str, FitResult]) -> None:
        """Keep results; once this returns a killed process does not lose them.

        A key that has a result already keeps it.
        """


class MemoryJournal:
    """Keeps results for as long as the process lives."""

    def __init__(self) -> None:
        self._results: dict[str, FitResult] = {}

    def known(self, keys: Sequence[str]) -> Mapping[str, FitResult]:
        """Return the results there are already."""
        return {key: self._results[key] for key in keys if key in self._results}

    def record(self, finished: Mapping[str, FitResult]) -> None:
        """Keep results."""
        for key, result in finished.items():
            self._results.setdefault(key, result)
