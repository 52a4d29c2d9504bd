"""How many steps of gradient descent an activation takes down its own curve: the race."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ogive.activations.inverse import inverse
from ogive.activations.reach import unreachable
from ogive.text import InputError, Text

if TYPE_CHECKING:
    from ogive.activations.function import Activation

__all__ = ["Descent", "Entry", "Outcome", "Over", "descend", "race"]

Over = Literal["output", "input"]
Outcome = Literal["arrived", "stands still", "never", "too many steps", "undefined"]

# 0.9 - 0.2 - 0.2 is 0.49999999999999994, and other sums end as far above their goal. Only what is
# nothing beside the last step is such rounding: steps that shrink towards the goal do not meet it.
TOLERANCE = 1e-12
NEGLIGIBLE = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Descent:
    """One run down the curve of an activation.

    Attributes
    ----------
    steps : int
        Steps taken; the goal was met after that many if `reached`.
    z, a : ndarray of shape (steps + 1,), float64
        The whole way: z and f(z), at the start and after each step.
    outcome : {"arrived", "stands still", "never", "too many steps", "undefined"}
        How it ended: at the goal; where a step changes z no more or only to and fro, as at a
        derivative of 0; where it is known that no number of steps reaches the goal; at
        `max_steps`, without that being known; or where the function has no finite value.
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
        all functions cover the same distance, and the run ends once z ≤ `stop`. The goal has a
        tolerance for rounding: 1e-12, and at most a millionth of the last step, so that steps
        which shrink towards the goal, as those of z**2 towards 0, do not arrive by it.
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
    z = inverse(found, float(start)) if over == "output" else float(start)
    zs, outcome = _walk(found, z, float(stop), learning_rate, over, int(max_steps))
    if outcome == "too many steps" and unreachable(found, zs[-1], stop, learning_rate, over):
        outcome = "never"
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
    before = math.inf
    while True:
        if not (math.isfinite(value) and math.isfinite(slope) and math.isfinite(z)):
            return zs, "undefined"
        here = float(value) if over == "output" else z
        if here <= goal + min(TOLERANCE, NEGLIGIBLE * abs(before - here)):
            return zs, "arrived"
        before = here
        following = z - rate * float(slope)
        if following == z or (len(zs) > 1 and following == zs[-2]):
            # Beside the goal, as near as floats are: the steps only ever get closer.
            closing_in = len(zs) > 1 and 0 < here - goal <= TOLERANCE
            return zs, "never" if closing_in else "stands still"
        if len(zs) > most:
            return zs, "too many steps"
        z = following
        zs.append(z)
        value, slope = both(z)
