"""A uniform sample of rows from a stream of unknown length."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["RowSample"]

Indices = NDArray[np.int64]


class RowSample:
    """Draws which rows of a stream stay in a sample of `n` rows (reservoir sampling).

    After any number of rows each of them is in the sample with equal probability: Vitter (1985),
    algorithm R, a batch at a time.

    Parameters
    ----------
    n : int, default=512
        Slots of the sample.
    random_state : int, default=0
        Seed of a generator of its own.
    """

    def __init__(self, n: int = 512, random_state: int = 0) -> None:
        self.n = n
        self.n_seen = 0
        self._random = np.random.default_rng(random_state)

    @property
    def n_filled(self) -> int:
        """Slots that hold a row."""
        return min(self.n, self.n_seen)

    def draw(self, n_rows: int) -> tuple[Indices, Indices]:
        """Return slots and the rows of the next batch that go into them, each slot once.

        Parameters
        ----------
        n_rows : int
            Rows of the batch.

        Returns
        -------
        slots, rows : ndarray of int64, of one length
            Write ``sample[slots] = batch[rows]``.
        """
        position = np.arange(self.n_seen, self.n_seen + n_rows)
        slot = np.where(position < self.n, position, self._random.integers(0, position + 1, n_rows))
        kept = np.flatnonzero(slot < self.n)
        # Of rows drawn for one slot the last one stays.
        slots, last = np.unique(slot[kept][::-1], return_index=True)
        rows = kept[::-1][last]
        self.n_seen += n_rows
        return slots.astype(np.int64), rows.astype(np.int64)
