"""Derivatives of a loss by central differences, each with a bound of its own error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Differences", "Objective", "central_differences", "sampled"]

Array = NDArray[np.float64]

# Smaller steps keep clear of kinks, larger ones of rounding where the gradient is small beside the
# loss.
_SMALLER, _LARGER = (0.1, 0.01), (100.0, 3000.0)
_EXACT_ENOUGH = 1e-5
_KINK = 1e-4
# Rounding errors of a loss that is a mean over rows, in units of its last place.
_ROUNDING = 16 * float(np.finfo(np.float64).eps)


class Objective(NamedTuple):
    """A loss and its gradient as functions of one vector of weights.

    `arrays` are (layer, part, shape) in the order of the vector; `own` is the gradient at `at`
    without what a penalty on the weights adds.
    """

    arrays: list[tuple[str, str, tuple[int, ...]]]
    at: Array
    loss: Callable[[Array], float]
    gradient: Callable[[Array], Array]
    own: Array


class Differences(NamedTuple):
    """Central differences at some elements; arrays of shape (n_elements,).

    Attributes
    ----------
    slope : ndarray of float64
        ``(L(w + h) - L(w - h)) / 2h``.
    error : ndarray of float64
        Bound of its error: of curvature, of a kink within the step, and of rounding.
    kinked : ndarray of bool
        One-sided differences disagree at every step tried, by more than curvature and rounding
        can: the step crosses a kink or a jump, and the slope tells nothing of the derivative.
    left, right : ndarray of float64
        One-sided differences.
    """

    slope: Array
    error: Array
    kinked: NDArray[np.bool_]
    left: Array
    right: Array


class _Difference(NamedTuple):
    """One element at one step: `uncertain` is what curvature and kinks may have spoilt."""

    slope: float
    uncertain: float
    rounding: float
    kinked: bool
    left: float
    right: float

    @property
    def error(self) -> float:
        return self.uncertain + self.rounding


def central_differences(
    loss: Callable[[Array], float], at: Array, elements: NDArray[np.int64], step: float
) -> Differences:
    """Differentiate `loss` at `at` by each of the `elements`.

    Losses at distances h and 2h on both sides are compared. A smooth loss has second differences
    in the ratio 1 to 4 and central differences that differ by a term of order h²; a change of
    slope within the step breaks the one or the other, wherever in the step it lies.

    Parameters
    ----------
    loss : callable
        Of all weights, float64.
    at : ndarray of shape (n_weights,)
        Where to differentiate; unchanged.
    elements : ndarray of int
        Numbers of the weights.
    step : float
        As a share of ``max(1, |weight|)``. Where the result is poor, other steps are tried and
        the best is kept.
    """
    middle = loss(at)
    found = [_best(loss, at, int(element), step, middle) for element in elements]
    slope, error, kinked, left, right = (
        np.array([getattr(one, name) for one in found]) for name in Differences._fields
    )
    return Differences(slope, error, kinked.astype(bool), left, right)


def _best(
    loss: Callable[[Array], float], at: Array, element: int, step: float, middle: float
) -> _Difference:
    share = step * max(1.0, abs(at[element]))
    best = _one(loss, at, element, share, middle)
    rounded = best.rounding > best.uncertain
    for factor in _LARGER if rounded else _SMALLER:
        if best.error <= _EXACT_ENOUGH * abs(best.slope):
            break
        found = _one(loss, at, element, factor * share, middle)
        if found.error < best.error:
            best = found
    return best


def _one(
    loss: Callable[[Array], float], at: Array, element: int, step: float, middle: float
) -> _Difference:
    moved = at.copy()
    values: dict[int, float] = {}
    for places in (-2, -1, 1, 2):
        moved[element] = at[element] + places * step
        values[places] = loss(moved)
    # What the float next to w + h leaves of h.
    step = ((at[element] + step) - (at[element] - step)) / 2
    near = (values[1] - values[-1]) / (2 * step)
    far = (values[2] - values[-2]) / (4 * step)
    bend = values[1] - 2 * middle + values[-1]
    wide_bend = values[2] - 2 * middle + values[-2]
    rounding = _ROUNDING * max(abs(middle), *map(abs, values.values())) / step
    uneven = abs(wide_bend - 4 * bend) / (2 * step)
    uncertain = abs(near - far) + uneven
    left, right = (middle - values[-1]) / step, (values[1] - middle) / step
    if not np.isfinite(uncertain):
        return _Difference(near, np.inf, rounding, True, left, right)
    kinked = uncertain > max(64 * rounding, _KINK * max(abs(left), abs(right)))
    return _Difference(near, uncertain, rounding, kinked, left, right)


def sampled(size: int, most: int | None, rng: np.random.Generator) -> NDArray[Any]:
    """Return the numbers of all elements, or of `most` of them drawn at random, in order."""
    if most is None or size <= most:
        return np.arange(size)
    return np.sort(rng.choice(size, most, replace=False))
