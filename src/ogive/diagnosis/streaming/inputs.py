"""Running statistics of the rows that a network is given."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

from ogive.diagnosis.measurements import Inputs

__all__ = ["InputAccumulator"]

_CHUNK = 1 << 22  # elements turned into float64 at a time


class InputAccumulator:
    """Mean, deviation and range of every feature, values that are not finite left out.

    Parameters
    ----------
    n_features : int
    """

    def __init__(self, n_features: int) -> None:
        self._n = np.zeros(n_features)
        self._shift = np.full(n_features, np.nan)
        self._sum = np.zeros(n_features)
        self._squares = np.zeros(n_features)
        self._least = np.full(n_features, np.inf)
        self._greatest = np.full(n_features, -np.inf)
        self._missing = 0

    @property
    def n_missing(self) -> int:
        """How many values were not finite so far."""
        return self._missing

    def add(self, X: Any) -> None:
        """Add a batch of shape (n, ...), flattened to (n, n_features); sparse rows too."""
        if not sparse.issparse(X):
            X = np.asarray(X).reshape(len(X), -1)
        step = max(1, _CHUNK // max(X.shape[1], 1))
        for start in range(0, X.shape[0], step):
            part = X[start : start + step]
            self._add(part.toarray() if sparse.issparse(part) else part)

    def _add(self, part: Any) -> None:
        rows = np.asarray(part, dtype=np.float64)
        known = np.isfinite(rows)
        whole = bool(known.all())
        if not whole:
            self._missing += int(rows.size - np.count_nonzero(known))
        first = np.isnan(self._shift)
        if first.any():
            at = known.argmax(axis=0)
            values = rows[at, np.arange(rows.shape[1])]
            self._shift = np.where(first & np.isfinite(values), values, self._shift)
        shift = np.nan_to_num(self._shift)
        if whole:
            difference = rows - shift
            self._n += rows.shape[0]
            low = high = rows
        else:
            difference = np.where(known, rows, shift) - shift
            self._n += np.count_nonzero(known, axis=0)
            low, high = np.where(known, rows, np.inf), np.where(known, rows, -np.inf)
        self._sum += difference.sum(axis=0)
        self._squares += np.einsum("ij,ij->j", difference, difference)
        np.minimum(self._least, low.min(axis=0), out=self._least)
        np.maximum(self._greatest, high.max(axis=0), out=self._greatest)

    def result(self, names: tuple[str, ...] | None = None, scaled_by: str | None = None) -> Inputs:
        """Return the statistics so far; those of a feature without a finite value are NaN."""
        n = np.where(self._n > 0, self._n, np.nan)
        mean = self._sum / n
        variance = np.maximum(self._squares / n - mean**2, 0.0)
        return Inputs(
            mean=np.nan_to_num(self._shift) + mean,
            std=np.sqrt(variance),
            least=np.where(self._n > 0, self._least, np.nan),
            greatest=np.where(self._n > 0, self._greatest, np.nan),
            names=names,
            n_missing=self._missing,
            scaled_by=scaled_by,
        )
