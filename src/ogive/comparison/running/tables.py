"""The prepared tables of a comparison's splits: those used last are kept."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from ogive.comparison.design.problem import Problem
from ogive.comparison.design.settings import Settings
from ogive.comparison.design.splits import Split, splits_of_repeat
from ogive.comparison.running.preparing import PreparedSplit, prepare_split

__all__ = ["Tables"]


class Tables:
    """Prepares splits by their numbers; several threads may ask at once.

    Parameters
    ----------
    problem, settings : Problem, Settings
    kept : int, default=0
        Prepared tables that are kept for whoever asks for them next.
    """

    def __init__(self, problem: Problem, settings: Settings, kept: int = 0) -> None:
        self.problem = problem
        self.settings = settings
        self.kept = kept
        self._lock = Lock()
        self._prepared: OrderedDict[tuple[int, int], PreparedSplit] = OrderedDict()
        self._repeat: tuple[int, list[Split]] = (-1, [])

    def of(self, repeat: int, fold: int) -> PreparedSplit:
        """Return the prepared table of one split."""
        key = repeat, fold
        with self._lock:
            prepared = self._prepared.pop(key, None)
            if prepared is None:
                while len(self._prepared) >= max(self.kept, 1):
                    self._prepared.popitem(last=False)
                prepared = prepare_split(self.problem, self._split(repeat, fold), self.settings)
            if self.kept:
                self._prepared[key] = prepared
            return prepared

    def _split(self, repeat: int, fold: int) -> Split:
        if self._repeat[0] != repeat:
            settings, target = self.settings, self.problem.target
            splits = splits_of_repeat(
                target.values,
                self.problem.task,
                repeat,
                n_splits=settings.n_splits,
                validation_fraction=settings.validation_fraction,
                random_state=settings.random_state,
            )
            self._repeat = repeat, splits
        return self._repeat[1][fold]
