"""Where a smooth function or one of its derivatives changes sign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ogive.activations.facts.evaluation import Smooth
from ogive.activations.facts.numbers import ROOT_DIGITS

__all__ = ["GRID", "inside", "sign_changes", "zero"]

# Where float64 cannot tell, mpmath looks at every so many points only.
_STRIDE = 3
# Dense where most functions bend, logarithmic from the smallest to the largest scales.
GRID = np.unique(np.concatenate([np.linspace(0, 12, 241)[1:], 10.0 ** np.linspace(-4, 5, 73)]))


def inside(a: float, b: float, features: Sequence[tuple[Any, Any]] = ()) -> NDArray[np.float64]:
    """Return a grid of points between `a` and `b`, either of which may be infinite.

    It is denser about `features`, pairs of centre and width, that it would otherwise miss.
    """
    points = [-GRID, np.zeros(1), GRID]
    if np.isfinite(a) and np.isfinite(b):
        points = [np.linspace(a, b, 302)]
    if np.isfinite(a):
        points.append(a + GRID)
    if np.isfinite(b):
        points.append(b - GRID)
    for centre, width in ((float(c), float(w)) for c, w in features):
        usual = 0.2 < width < 3 and abs(centre) < 8
        if not usual and np.isfinite(centre) and 1e-200 < width < 1e200:
            points += [centre - width * GRID[::3], centre + width * GRID[::3]]
    grid = np.unique(np.concatenate(points))
    return grid[(grid > a) & (grid < b)]


def sign_changes(
    smooth: Smooth, n: int, grid: Any, values: tuple[Any, ...]
) -> list[tuple[Any, Any]]:
    """Return neighbouring points of the grid between which the n-th derivative changes sign.

    float64 shows where to look; mpmath decides.
    """
    from mpmath import mpf

    quick = smooth.array(n, np.asarray(grid, np.float64), values)
    doubtful = ~(np.abs(quick) > 1e-9) | ~np.isfinite(quick)
    signs = np.sign(np.where(doubtful, 0, quick))
    changes: list[tuple[Any, Any]] = []
    before, sign_before = 0.0, 0
    for i, point in enumerate(grid):
        sign = int(signs[i])
        if doubtful[i] and i % _STRIDE == 0:
            sign = smooth.sign(n, mpf(float(point)), values) or 0
        if sign == 0:
            continue
        if sign_before and sign != sign_before:
            lower, upper = mpf(before), mpf(float(point))
            first, second = smooth.sign(n, lower, values), smooth.sign(n, upper, values)
            if first and second and first != second:
                changes.append((lower, upper))
        before, sign_before = float(point), sign
    return changes


def zero(smooth: Smooth, n: int, lower: Any, upper: Any, values: tuple[Any, ...]) -> Any:
    """Return the zero of the n-th derivative between two points of unlike sign, to 100 digits."""
    from mpmath import findroot, mp

    with mp.workdps(ROOT_DIGITS):
        middle = (lower + upper) / 2
        if smooth.at(n, middle, values) == 0:
            return +middle
        precision = mp.prec + 200

        def function(x: Any) -> Any:
            return smooth.at(n, x, values, precision)

        try:
            root = findroot(function, (lower, upper), solver="anderson", tol=1e-190, maxsteps=60)
        except (ValueError, ZeroDivisionError):
            root = None
        if root is None or not lower <= root <= upper:
            sign = function(lower) > 0
            for _ in range(260):
                middle = (lower + upper) / 2
                if (function(middle) > 0) == sign:
                    lower = middle
                else:
                    upper = middle
            root = (lower + upper) / 2
        return root if abs(root) > 1e-45 else root * 0
