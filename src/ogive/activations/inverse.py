"""Where a function has a value."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ogive.text import InputError

__all__ = ["inverse"]

# A continuous function misses the value wanted by less than this share of what it covers within
# the bracket from which bisection began.
MISS = 1e-6


@cache
def _grid() -> NDArray[np.float64]:
    """Return where a value is looked for: closely about 0, then with growing steps to 1e12."""
    near = np.linspace(0, 32, 2049)
    far = np.geomspace(32, 1e12, 2000)[1:]
    positive = np.concatenate([near, far])
    return np.concatenate([-positive[:0:-1], positive])


def inverse(function: Any, wanted: float) -> float:
    """Return the z nearest to 0 at which the function has the value `wanted`."""
    z = _grid()
    with np.errstate(all="ignore"):
        excess = function(z) - wanted
    exact = z[excess == 0]
    candidates = [float(point) for point in exact]
    side = np.sign(excess)
    crossing = np.flatnonzero(side[:-1] * side[1:] < 0)
    # The nearest zero lies in one of the nearest brackets, but a bracket may hold a jump instead.
    nearest = sorted(crossing, key=lambda i: min(abs(z[i]), abs(z[i + 1])))
    for i in nearest:
        bound = min(abs(z[i]), abs(z[i + 1]))
        if candidates and min(map(abs, candidates)) < bound:
            break
        root = _bisect(function, wanted, float(z[i]), float(z[i + 1]))
        if root is not None:
            candidates.append(root)
    if not candidates or _is_only_rounded(function, wanted):
        raise InputError(
            f"{function.name} does not take the value start={wanted:g} anywhere; choose a start "
            "within its output range.",
            f"{function.name} 在任何 z 处都取不到 start={wanted:g}；请在其值域内选取 start。",
        )
    return min(candidates, key=lambda point: (abs(point), -point))


def _is_only_rounded(function: Any, wanted: float) -> bool:
    """Whether a value is a limit that only floats reach, as tanh's 1, or the exponential's 0."""
    if all(end.value != wanted for end in function.limits):
        return False
    values = function.facts.output_range
    return values.known and wanted not in values


def _bisect(function: Any, wanted: float, left: float, right: float) -> float | None:
    """Return the float nearest to the crossing between two z's; None where the function jumps."""
    values = float(function(left)), float(function(right))
    below_left, span = values[0] < wanted, abs(values[1] - values[0])
    while True:
        middle = left + (right - left) / 2
        if not left < middle < right:
            break
        if (function(middle) < wanted) == below_left:
            left = middle
        else:
            right = middle
    misses = [(abs(float(function(point)) - wanted), point) for point in (left, right)]
    continuous = math.isfinite(span) and max(misses)[0] <= MISS * span
    return min(misses)[1] if continuous else None
