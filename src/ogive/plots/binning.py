"""Bins that several samples share, on a scale that gives each of them room."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Bins", "common_bins"]

Floats = NDArray[np.float64]
ENDS = (0.5, 99.5)
# Where the widest sample spreads this many times as far as a middling one, a linear axis shows
# most samples as one bar.
UNEQUAL = 20.0


class Bins(NamedTuple):
    """Edges of bins, and the constant of the symmetric logarithm they are equal on, or 0."""

    edges: Floats
    constant: float

    def shares(self, sample: Floats) -> Floats:
        """Return the share of the finite values in each bin, those beyond the ends in the last."""
        finite = sample[np.isfinite(sample)]
        if not finite.size:
            return np.zeros(len(self.edges) - 1)
        place = np.searchsorted(self.edges[1:-1], finite, side="right")
        counts: Floats = np.bincount(place, minlength=len(self.edges) - 1).astype(np.float64)
        return counts / finite.size

    @property
    def ticks(self) -> list[float] | None:
        """Round numbers for a symmetric logarithm; None where the axis finds its own."""
        if not self.constant:
            return None
        low, high = float(self.edges[0]), float(self.edges[-1])
        first = math.ceil(math.log10(self.constant))
        last = math.floor(math.log10(max(abs(low), abs(high))))
        stride = max((last - first) // 3, 1)
        powers = [10.0**k for k in range(last, first - 1, -stride)]
        return [0.0, *(t for p in powers for t in (-p, p) if low <= t <= high)]

    @property
    def scale(self) -> dict[str, Any]:
        """The scale of an axis, as options of Altair's."""
        ends = {"domain": [float(self.edges[0]), float(self.edges[-1])], "nice": False}
        if self.constant:
            return {"type": "symlog", "constant": self.constant, **ends}
        return {"zero": False, **ends}


def common_bins(samples: Sequence[Floats], n_bins: int) -> Bins:
    """Return bins from the lowest 0.5 % of any sample to its highest.

    Parameters
    ----------
    samples : sequence of ndarray
        Values that are not finite are left out.
    n_bins : int
    """
    finite = [one[np.isfinite(one)] for one in samples]
    ends = np.array([np.percentile(one, ENDS) for one in finite if one.size]).reshape(-1, 2)
    if not len(ends):
        return Bins(np.linspace(0.0, 1.0, n_bins + 1), 0.0)
    low, high = float(ends[:, 0].min()), float(ends[:, 1].max())
    if not high > low:
        room = abs(low) / 2 or 0.5
        low, high = low - room, high + room
    spreads = np.sort(ends[:, 1] - ends[:, 0])
    middling = spreads[(len(spreads) - 1) // 2]
    if middling > 0 and spreads[-1] > UNEQUAL * middling:
        constant = float(f"{middling / 20:.3g}")
        equal = np.linspace(_symlog(low, constant), _symlog(high, constant), n_bins + 1)
        edges = np.sign(equal) * constant * np.expm1(np.abs(equal))
        return Bins(edges, constant)
    return Bins(np.linspace(low, high, n_bins + 1), 0.0)


def _symlog(value: float, constant: float) -> float:
    return float(np.sign(value) * np.log1p(abs(value) / constant))
