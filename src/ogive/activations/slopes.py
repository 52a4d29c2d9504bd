"""How steep an activation gets, for telling slopes as shares of that."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ogive.activations.function import Activation

__all__ = ["greatest_slope"]


@lru_cache(maxsize=512)
def greatest_slope(function: Activation) -> float:
    """Return the greatest ``|f'(z)|`` for z between -12 and 12, float64.

    1 for functions of a whole row, and where the slope is 0 throughout. Of functions whose slope
    grows without end it is the greatest that inputs of an ordinary size meet.
    """
    if function.kind != "elementwise":
        return 1.0
    with np.errstate(all="ignore"):
        slopes = np.abs(function.derivative(np.linspace(-12.0, 12.0, 24001)))
    finite = slopes[np.isfinite(slopes)]
    return float(finite.max()) if finite.size and finite.max() > 0 else 1.0
