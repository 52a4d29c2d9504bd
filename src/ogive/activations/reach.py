"""Whether gradient descent on a curve can reach a goal at all."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from ogive.activations.facts import Facts
    from ogive.activations.function import Activation

__all__ = ["unreachable"]

# A step that stays short of a point by this share cannot leap over it.
_SHORT = 0.999
# How close to a point the steps towards it are looked at.
_NEAREST = 1e-9


def unreachable(
    function: Activation,
    z: float,
    stop: float,
    learning_rate: float,
    over: Literal["output", "input"],
) -> bool:
    """Whether no number of steps ``z ← z - learning_rate · f'(z)`` from `z` leads to the goal.

    It is told from the facts of the function: its values may all lie above the goal; it may fall
    from `z` on for ever, or up to `z`, so that the steps run off; or a point of slope 0 may lie
    before the goal that all steps stop short of. The last is looked at on a dense grid. False
    stands for "not decided".

    Parameters
    ----------
    function : Activation
        One that acts on each element.
    z : float
        Where the run is.
    stop, learning_rate, over
        As for `ogive.activations.descent.descend`.
    """
    facts = function.facts
    if over == "output" and facts.output_range.known:
        values = facts.output_range
        if values.lower > stop or (values.lower == stop and stop not in values):
            return True
    slope = float(function.derivative(z))
    if slope and _keeps_sign(facts, z, slope):
        if over == "input" and slope < 0:
            return True
        end = facts.limits[1 if slope < 0 else 0].value
        if over == "output" and end is not None and end.value >= stop:
            return True
    return slope > 0 and _is_trapped(function, z, stop, learning_rate, over)


def _keeps_sign(facts: Facts, z: float, slope: float) -> bool:
    """Whether f falls from `z` to infinity (a negative slope), or rises from minus infinity."""
    if facts.monotonic is None or facts.period is not None or facts.gaps:
        return False
    if facts.monotonic != "not monotonic":
        return ("decreasing" if slope < 0 else "increasing") in facts.monotonic
    if "falls_on" in facts.undecided or not facts.falls_on:
        return False
    if slope < 0:
        last = facts.falls_on[-1]
        return last.upper.value == math.inf and last.lower.value <= z
    return facts.falls_on[0].lower.value >= z


def _is_trapped(
    function: Activation, z: float, stop: float, rate: float, over: Literal["output", "input"]
) -> bool:
    """Whether a point below `z`, at or before the goal, where the slope falls to 0 holds it off."""
    points = {0.0, *(point.z.value for point in function.facts.extrema)}
    points |= {kink.at.value for kink in function.facts.kinks}
    if over == "input":
        points.add(stop)
    for point in sorted(p for p in points if p < z)[::-1]:
        before_goal = point >= stop if over == "input" else float(function(point)) >= stop
        if before_goal and _stays_above(function, point, z, rate):
            return True
    return False


def _stays_above(function: Activation, point: float, z: float, rate: float) -> bool:
    """Whether no step from between leads to the point or beyond."""
    far = z - point
    apart = np.concatenate([np.geomspace(_NEAREST * far, far, 2000), np.linspace(0, far, 4001)[1:]])
    slopes = function.derivative(point + apart)
    return bool(((slopes >= 0) & (rate * slopes <= _SHORT * apart)).all())
