"""How the candidates of a comparison stand while it runs: by the splits that are complete."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ogive.text import InputError

if TYPE_CHECKING:
    from ogive.comparison.records import Fit, FitResult
    from ogive.comparison.store import RunDescription

__all__ = ["Standings"]


class Standings:
    """Mean test scores so far, of what the validation rows chose on each split.

    A split counts once every fit on it has ended, so that all candidates are seen on the same.

    Parameters
    ----------
    description : RunDescription
        Of the run.
    """

    def __init__(self, description: RunDescription) -> None:
        from ogive.comparison.scoring.names import score_of
        from ogive.comparison.store.describing import settings_from_plain
        from ogive.comparison.store.keys import StoredKeys

        self.settings = settings_from_plain(description.settings)
        self._keys = StoredKeys(**description.settings["keys"])
        counts = description.data["class_counts"]
        n_classes = None if counts is None else len(counts)
        self.score = score_of(
            self.settings.scoring,
            description.task,  # type: ignore[arg-type]
            n_classes=n_classes,
        )
        self._results: dict[str, FitResult] = {}
        self._waiting: list[list[Fit]] = []
        self._repeats = 0
        self._scores: list[list[float]] = [[] for _ in self.settings.candidates]
        self._guesses: list[float] = []

    def add(self, results: Mapping[str, FitResult]) -> None:
        """Take up the results of fits, by key."""
        self._results.update(results)
        while self._more():
            pass

    def to_dict(self) -> dict[str, Any]:
        """Return the standings for JSON, the best candidate first; scores as people read them."""
        from ogive.comparison.words.labels import label_text

        rows = [
            {
                "label": candidate.label,
                **label_text(candidate.label)._asdict(),
                "score": _shown(self.score.shown(_mean(scores))),
            }
            for candidate, scores in zip(self.settings.candidates, self._scores, strict=True)
        ]
        planned = self.settings.n_splits * self.settings.n_repeats
        sign = -1 if self.score.greater_is_better else 1
        if self._guesses:
            rows.sort(key=lambda row: sign * (row["score"] if row["score"] is not None else 0.0))
        return {
            "splits": len(self._guesses),
            "planned": max(planned, len(self._guesses)),
            "scoring": self.score.title._asdict(),
            "greater_is_better": self.score.greater_is_better,
            "guess": _shown(self.score.shown(_mean(self._guesses))),
            "rows": rows,
        }

    def _more(self) -> bool:
        """Take up the splits that are complete by now; return whether another repeat may be."""
        waiting = []
        for fits in self._waiting:
            if not all(fit.key in self._results for fit in fits):
                waiting.append(fits)
            else:
                self._take(fits)
        self._waiting = waiting
        if waiting:
            return False
        self._waiting = self._splits(self._repeats)
        self._repeats += 1
        return any(fit.key in self._results for fits in self._waiting for fit in fits)

    def _splits(self, repeat: int) -> list[list[Fit]]:
        from ogive.comparison.running.plan import fits_of_repeats

        found: dict[int, list[Fit]] = {}
        for fit in fits_of_repeats(self.settings, range(repeat, repeat + 1), self._keys):
            found.setdefault(fit.fold, []).append(fit)
        return list(found.values())

    def _take(self, fits: list[Fit]) -> None:
        from ogive.comparison.running.choosing import choose

        try:
            outcomes, guesses = choose(fits, self._results, self.settings)
        except InputError:  # the comparison itself will say so
            return
        for scores, done in zip(self._scores, outcomes, strict=True):
            scores.append(done[0].score)
        self._guesses += guesses
        for fit in fits:
            del self._results[fit.key]


def _mean(values: list[float]) -> float:
    return math.fsum(values) / len(values) if values else math.nan


def _shown(value: float) -> float | None:
    return value if math.isfinite(value) else None
