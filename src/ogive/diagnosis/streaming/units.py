"""Running statistics of the units of one layer."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ogive._engine import core
from ogive.activations import Activation
from ogive.activations.slopes import greatest_slope
from ogive.diagnosis.measurements import Units

__all__ = ["ACTIVE", "UnitAccumulator", "greatest_slope"]

Array = NDArray[np.float64]

ACTIVE = 0.05
"""Share of the greatest slope up to which a value counts as saturated."""


class UnitAccumulator:
    """Statistics of a layer's units that grow by a batch at a time.

    Parameters
    ----------
    n_units : int
    function : Activation, optional
        The layer's activation, of one unit. Given, `add` needs z only: outputs and slopes are
        computed by the compiled core in the same pass.
    greatest : float, optional
        Greatest slope, which shares are told in; that of the function unless given.
    """

    def __init__(
        self, n_units: int, function: Activation | None = None, *, greatest: float | None = None
    ) -> None:
        alone = function is not None and function.kind == "elementwise"
        self._function = function.compiled if function is not None and alone else None
        if greatest is None:
            greatest = greatest_slope(function) if function is not None else 1.0
        self._greatest = greatest
        self._slopes_known = True
        self._statistics = core.UnitStatistics(n_units, ACTIVE * greatest)
        self.n_units = n_units

    @property
    def n_values(self) -> int:
        """How many values each unit had so far."""
        return int(self._statistics.count)

    def add(self, z: Any, a: Any = None, slope: Any = None) -> None:
        """Add a batch.

        Parameters
        ----------
        z : ndarray of shape (n, n_units) or (n, n_units, ...), float32 or float64
            C-contiguous arrays are not copied.
        a, slope : ndarray of the same shape and dtype, optional
            f(z) and f'(z); not used where the function is known.
        """
        shape = (z.shape[0], z.shape[1], int(np.prod(z.shape[2:], dtype=np.int64)))
        known = self._function is not None
        self._slopes_known &= known or slope is not None
        self._statistics.add(
            _block(z, shape),
            self._function,
            None if known or a is None else _block(a, shape, z.dtype),
            None if known or slope is None else _block(slope, shape, z.dtype),
        )

    def result(self, z_low: Array | None = None, z_high: Array | None = None) -> Units:
        """Return the statistics so far; slopes are NaN where they were not known."""
        n = self._statistics.count
        nothing = np.full(self.n_units, np.nan)
        if n == 0:
            return Units(*[nothing] * 13)
        top, squares, active = self._statistics.slopes()
        if not self._slopes_known:
            top, squares, active = nothing, nothing, nothing
        return Units(
            *_spread(self._statistics.z(), n),
            *_spread(self._statistics.a(), n),
            active / n,
            top / self._greatest,
            squares / n,
            nothing if z_low is None else z_low,
            nothing if z_high is None else z_high,
        )


def _block(array: Any, shape: tuple[int, int, int], dtype: Any = None) -> Any:
    return np.ascontiguousarray(array, dtype=dtype).reshape(shape)


def _spread(parts: tuple[Array, ...], n: float) -> tuple[Array, Array, Array, Array]:
    """Return least, greatest, mean and variance from sums of differences from a first value."""
    least, greatest, shift, total, squares = parts
    with np.errstate(invalid="ignore", over="ignore"):
        mean = total / n
        variance = np.maximum(squares / n - mean**2, 0.0)
        unseen = ~np.isfinite(least)
        return (
            np.where(unseen, np.nan, least),
            np.where(unseen, np.nan, greatest),
            shift + mean,
            variance,
        )
