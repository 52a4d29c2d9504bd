"""The rows that a module is given: statistics, and sampled rows."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import torch

from ogive.diagnosis.measurements import Inputs
from ogive.diagnosis.modules.hearing.sites import Drawn, numbers
from ogive.diagnosis.modules.rows.batches import Batch
from ogive.diagnosis.streaming import UnitAccumulator

__all__ = ["InputRows", "n_not_finite"]

_MOST_SAMPLED = 384
"""Features up to which sampled rows are kept, to regress the outputs on."""


def n_not_finite(x: Any) -> int:
    """Return how many values of a tensor are NaN or infinite."""
    if not isinstance(x, torch.Tensor) or not x.is_floating_point():
        return 0
    # One pass where all is well; a sum may overflow without any value being infinite.
    if math.isfinite(float(x.sum())):
        return 0
    return int((~torch.isfinite(x)).sum())


class InputRows:
    """Running statistics of the first tensor that a module is given, by feature."""

    def __init__(self, drawn: Drawn) -> None:
        self._drawn = drawn
        self._statistics: UnitAccumulator | None = None
        self._n_features = -1
        self._shape: tuple[int, ...] = ()
        self._sample: Any = None
        self._even = True
        self.n_missing = 0

    def add(self, batch: Batch) -> None:
        """Add a batch, from which rows that are not finite were taken."""
        x = batch.first
        if x is None or not x.is_floating_point() or x.ndim == 0 or not self._even:
            return
        # Of sequences with the batch second, features are those of one step.
        by_row = len(x) == batch.n_rows
        rows = numbers(x).reshape(len(x), -1) if by_row else numbers(x).reshape(-1, x.shape[-1])
        if self._statistics is None:
            self._n_features = rows.shape[1]
            self._shape = tuple(x.shape[1:]) if by_row else (x.shape[-1],)
            self._statistics = UnitAccumulator(rows.shape[1])
        if rows.shape[1] != self._n_features:
            self._even = False
            return
        self._statistics.add(rows)
        if by_row and self._n_features <= _MOST_SAMPLED:
            if self._sample is None:
                self._sample = np.full((self._drawn.n, self._n_features), np.nan)
            self._sample[self._drawn.slots] = rows[self._drawn.rows]

    def sample(self) -> Any:
        """Return the sampled rows, or None."""
        whole = self._sample is not None and self._even
        return self._sample[: self._drawn.n_filled] if whole else None

    def ranges(self, n: int, channels: bool) -> tuple[Any, Any]:
        """Return least and greatest of each of `n` features or channels, or None twice."""
        if self._statistics is None or not self._even:
            return None, None
        units = self._statistics.result()
        shape = self._shape
        if channels and len(shape) > 1 and shape[0] == n:
            return units.z_min.reshape(n, -1).min(axis=1), units.z_max.reshape(n, -1).max(axis=1)
        if not channels and len(shape) >= 1 and shape[-1] == n:
            return units.z_min.reshape(-1, n).min(axis=0), units.z_max.reshape(-1, n).max(axis=0)
        if not channels and self._n_features == n:
            return units.z_min, units.z_max
        return None, None

    def result(self, names: tuple[str, ...] | None) -> Inputs | None:
        """Return the statistics; None where rows are no real numbers or differ in length."""
        if self._statistics is None or not self._even:
            return None
        units = self._statistics.result()
        return Inputs(
            mean=units.z_mean,
            std=np.sqrt(units.z_var),
            least=units.z_min,
            greatest=units.z_max,
            names=names if names is not None and len(names) == self._n_features else None,
            n_missing=self.n_missing,
        )
