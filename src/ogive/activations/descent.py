"""How many steps of gradient descent an activation takes down its own curve: the race."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from numbers import Real
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ogive.text import InputError, Text

if TYPE_CHECKING:
    from ogive.activations.function import Activation

__all__ = ["Descent", "Entry", "Outcome", "Over", "descend", "race"]

Over = Literal["output", "input"]
Outcome = Literal["arrived", "stands still", "too many steps", "undefined"]

# 0.9 - 0.2 - 0.2 is 0.49999999999999994, and other sums end as far above their goal.
TOLERANCE = 1e-12
# A continuous function misses the value wanted by less than this share of what it covers within
# the bracket from which bisection began.
MISS = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Descent:
    """One run down the curve of an activation.

    Attributes
    ----------
    steps : int
        Steps taken; the goal was met after that many if `reached`.
    z, a : ndarray of shape (steps + 1,), float64
        The whole way: z and f(z), at the start and after each step.
    outcome : {"arrived", "stands still", "too many steps", "undefined"}
        How it ended: at the goal; where a step changes z no more or only to and fro, as at a
        derivative of 0; at `max_steps`; or where the function has no finite value.
    start, stop, learning_rate, over
        As given to `descend`.
    """

    steps: int
    z: NDArray[np.float64]
    a: NDArray[np.float64]
    outcome: Outcome
    start: float
    stop: float
    learning_rate: float
    over: Over

    @property
    def reached(self) -> bool:
        """Whether the goal was met."""
        return self.outcome == "arrived"

    def __repr__(self) -> str:
        ends = f"z {self.z[0]:.6g} → {self.z[-1]:.6g}, a {self.a[0]:.6g} → {self.a[-1]:.6g}"
        return f"Descent(steps={self.steps}, {self.outcome}, {ends})"


class Entry(NamedTuple):
    """One line of a race: its `descent`, or `refusal`, why the function takes no part."""

    function: Activation
    descent: Descent | None
    refusal: Text | None


def descend(
    function: Activation | str,
    start: float = 0.9,
    stop: float = 0.5,
    learning_rate: float = 0.2,
    *,
    over: Over = "output",
    max_steps: int = 1_000_000,
) -> Descent:
    """Step down the curve, ``z ← z - learning_rate · f'(z)``, and count the steps.

    Parameters
    ----------
    function : Activation or str
        An activation that acts on each element; a name or a formula is looked up.
    start, stop : float, default=0.9, 0.5
        Where to begin and where to end. With ``over="output"`` they are values f(z): the run
        begins at the z nearest to 0 with f(z) = `start` (the positive one of two as near), found
        to the last bit, and ends once f(z) ≤ `stop`. With ``over="input"`` they are z's, so that
        all functions cover the same distance, and the run ends once z ≤ `stop`. Both ends have a
        tolerance of 1e-12 for rounding.
    learning_rate : float, default=0.2
        The factor on the derivative; positive.
    over : {"output", "input"}, default="output"
        What `start` and `stop` mean.
    max_steps : int, default=1_000_000
        The run is given up after as many.

    Returns
    -------
    Descent
        The whole way. A run that never arrives is no error: its `outcome` says so.

    Raises
    ------
    InputError
        If an argument is out of its domain, `start` is no value of the function, or the function
        acts on whole rows, as softmax and the gated units do.

    Examples
    --------
    >>> import ogive
    >>> ogive.activation("tanh").descend().steps
    14
    >>> ogive.activation("relu").descend().steps
    2
    """
    found = _elementwise(function)
    _check(start, stop, learning_rate, over, max_steps)
    z = _inverse(found, float(start)) if over == "output" else float(start)
    zs, outcome = _walk(found, z, stop + TOLERANCE, learning_rate, over, int(max_steps))
    path = np.array(zs)
    return Descent(
        len(zs) - 1, path, found(path), outcome, float(start), float(stop), learning_rate, over
    )


def race(
    functions: Iterable[Activation | str],
    start: float = 0.9,
    stop: float = 0.5,
    learning_rate: float = 0.2,
    *,
    over: Over = "output",
    max_steps: int = 100_000,
) -> list[Entry]:
    """Let several functions run the same race.

    Parameters
    ----------
    functions : iterable of Activation or str
        The runners.
    start, stop, learning_rate, over
        As for `descend`.
    max_steps : int, default=100_000
        As for `descend`, but sooner out of patience.

    Returns
    -------
    list of Entry
        In the order given. A function that cannot start, since it never has the value `start` or
        acts on whole rows, stays in the list with the reason.

    Examples
    --------
    >>> from ogive.activations.descent import race
    >>> [entry.descent.steps for entry in race(["sigmoid", "tanh", "relu"])]
    [67, 14, 2]
    """
    from ogive.activations.lookup import activation

    _check(start, stop, learning_rate, over, max_steps)
    entries = []
    for function in map(activation, functions):
        try:
            run = descend(function, start, stop, learning_rate, over=over, max_steps=max_steps)
            entries.append(Entry(function, run, None))
        except InputError as error:
            entries.append(Entry(function, None, error.text))
    return entries


def _elementwise(function: Activation | str) -> Activation:
    from ogive.activations.lookup import activation

    found = activation(function)
    if found.kind != "elementwise":
        raise InputError(
            f"{found.name} acts on a whole row at once; only a function of a single number has a "
            "curve to descend.",
            f"{found.name} 一次作用于整行数据；只有单变量函数才有可供下降的曲线。",
        )
    return found


def _check(start: object, stop: object, learning_rate: object, over: object, most: object) -> None:
    for name, value in (("start", start), ("stop", stop), ("learning_rate", learning_rate)):
        if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
            raise InputError(
                f"{name} must be a finite number. Got {value!r} instead.",
                f"{name} 必须是有限的数，得到的却是 {value!r}。",
            )
    if over not in ("output", "input"):
        raise InputError(
            f"over must be 'output' or 'input'. Got {over!r} instead.",
            f"over 只能是 'output' 或 'input'，得到的却是 {over!r}。",
        )
    if not stop < start:  # type: ignore[operator]
        raise InputError(
            f"stop must be below start, as the run goes down. Got start={start!r}, stop={stop!r}.",
            f"stop 必须小于 start，因为是沿曲线下降；得到的却是 start={start!r}，stop={stop!r}。",
        )
    if not learning_rate > 0:  # type: ignore[operator]
        raise InputError(
            f"learning_rate must be positive. Got {learning_rate!r} instead.",
            f"learning_rate 必须是正数，得到的却是 {learning_rate!r}。",
        )
    if isinstance(most, bool) or not isinstance(most, int | np.integer) or most < 1:
        raise InputError(
            f"max_steps must be a whole number of at least 1. Got {most!r} instead.",
            f"max_steps 必须是不小于 1 的整数，得到的却是 {most!r}。",
        )


def _walk(
    function: Any, z: float, goal: float, rate: float, over: Over, most: int
) -> tuple[list[float], Outcome]:
    """Return every z on the way and how it ended."""
    both = function.value_and_derivative
    value, slope = both(z)
    zs = [z]
    while True:
        if not (math.isfinite(value) and math.isfinite(slope) and math.isfinite(z)):
            return zs, "undefined"
        if (value if over == "output" else z) <= goal:
            return zs, "arrived"
        following = z - rate * float(slope)
        if following == z or (len(zs) > 1 and following == zs[-2]):
            return zs, "stands still"
        if len(zs) > most:
            return zs, "too many steps"
        z = following
        zs.append(z)
        value, slope = both(z)


@cache
def _grid() -> NDArray[np.float64]:
    """Return where a value is looked for: closely about 0, then with growing steps to 1e12."""
    near = np.linspace(0, 32, 2049)
    far = np.geomspace(32, 1e12, 2000)[1:]
    positive = np.concatenate([near, far])
    return np.concatenate([-positive[:0:-1], positive])


def _inverse(function: Any, wanted: float) -> float:
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
    if not candidates:
        raise InputError(
            f"{function.name} does not take the value start={wanted:g} anywhere; choose a start "
            "within its output range.",
            f"{function.name} 在任何 z 处都取不到 start={wanted:g}；请在其值域内选取 start。",
        )
    return min(candidates, key=lambda point: (abs(point), -point))


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
