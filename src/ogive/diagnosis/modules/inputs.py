"""The rows that a module is given: statistics, values that are not finite, sampled rows."""

from __future__ import annotations

from typing import Any

import numpy as np

from ogive.diagnosis.measurements import Inputs
from ogive.diagnosis.modules.batches import Batch
from ogive.diagnosis.modules.sites import Drawn, numbers
from ogive.diagnosis.streaming import InputAccumulator

__all__ = ["InputRows"]

_MOST_SAMPLED = 384
"""Features up to which sampled rows are kept, to regress the outputs on."""


class InputRows:
    """Running statistics of the first tensor that a module is given, by feature."""

    def __init__(self, drawn: Drawn) -> None:
        self._drawn = drawn
        self._accumulator: InputAccumulator | None = None
        self._n_features = -1
        self._sample: Any = None
        self._even = True
        self.n_bad_in_batch = 0

    def add(self, batch: Batch) -> None:
        """Add a batch, before rows that are not finite are taken out."""
        self.n_bad_in_batch = 0
        x = batch.first
        if x is None or not x.is_floating_point() or x.ndim == 0:
            return
        rows = numbers(x)
        # Of sequences with the batch second, features are those of one step.
        rows = rows.reshape(len(rows), -1) if len(rows) == batch.n_rows else _last(rows)
        if self._n_features < 0:
            self._n_features = rows.shape[1]
            self._accumulator = InputAccumulator(rows.shape[1])
        if rows.shape[1] != self._n_features:
            self._even = False
            self.n_bad_in_batch = int(np.count_nonzero(~np.isfinite(rows)))
            return
        assert self._accumulator is not None
        before = self._accumulator.n_missing
        self._accumulator.add(rows)
        self.n_bad_in_batch = self._accumulator.n_missing - before

    def draw(self, batch: Batch) -> None:
        """Keep the drawn rows of a batch."""
        x = batch.first
        if not 0 < self._n_features <= _MOST_SAMPLED or not self._even or len(x) != batch.n_rows:
            return
        if self._sample is None:
            self._sample = np.full((self._drawn.n, self._n_features), np.nan)
        rows = numbers(x).reshape(len(x), -1)
        self._sample[self._drawn.slots] = rows[self._drawn.rows]

    def sample(self) -> Any:
        """Return the sampled rows, or None."""
        return None if self._sample is None else self._sample[: self._drawn.n_filled]

    def result(self, names: tuple[str, ...] | None) -> Inputs | None:
        """Return the statistics; None where rows are no real numbers or differ in length."""
        if self._accumulator is None or not self._even:
            return None
        fitting = names if names is not None and len(names) == self._n_features else None
        return self._accumulator.result(names=fitting)


def _last(rows: Any) -> Any:
    return rows.reshape(-1, rows.shape[-1])
