"""The numbers a program computes, each once: operations on numbers computed before."""

from __future__ import annotations

import math
from typing import NamedTuple

__all__ = ["CONSTANT", "Step", "Values"]

CONSTANT = "constant"


class Step(NamedTuple):
    """How one number comes about; `args` are places of earlier steps."""

    operation: str  # of core/formula.hpp; "z" and "constant" take no time
    args: tuple[int, ...] = ()
    number: float = 0.0
    kernel: str = ""
    parameters: tuple[float, ...] = ()


class Values:
    """Straight-line code under construction; z is step 0.

    Equal steps are made once, and what does not depend on z is computed here.
    """

    def __init__(self) -> None:
        self.steps: list[Step] = [Step("z")]
        self._places = {self.steps[0]: 0}

    def place(self, step: Step) -> int:
        """Return where the step is, adding it if it is new."""
        if step not in self._places:
            self._places[step] = len(self.steps)
            self.steps.append(step)
        return self._places[step]

    def constant(self, value: float) -> int:
        """Return a number known now."""
        return self.place(Step(CONSTANT, number=value + 0.0))

    def number(self, place: int) -> float | None:
        """Return the number if it is known now."""
        step = self.steps[place]
        return step.number if step.operation == CONSTANT else None

    def is_number(self, place: int, value: float) -> bool:
        """Return whether it is that number."""
        return self.number(place) == value

    def add(self, a: int, b: int) -> int:
        """Return a + b."""
        x, y = self.number(a), self.number(b)
        if x is not None and y is not None:
            return self.constant(x + y)
        if x == 0 or y == 0:
            return b if x == 0 else a
        for product, other in ((b, a), (a, b)):
            if self.steps[product].operation == "multiply":
                return self.place(Step("multiply_add", (*self.steps[product].args, other)))
        return self.place(Step("add", (a, b)))

    def subtract(self, a: int, b: int) -> int:
        """Return a - b."""
        x, y = self.number(a), self.number(b)
        if x is not None and y is not None:
            return self.constant(x - y)
        if y == 0:
            return a
        if x == 0:
            return self.negate(b)
        if self.steps[b].operation == "multiply":
            return self.place(Step("multiply_subtract", (*self.steps[b].args, a)))
        if self.steps[b].operation == "negate":
            return self.add(a, self.steps[b].args[0])
        return self.place(Step("subtract", (a, b)))

    def negate(self, a: int) -> int:
        """Return -a."""
        x, step = self.number(a), self.steps[a]
        if x is not None:
            return self.constant(-x)
        if step.operation == "subtract":
            return self.subtract(step.args[1], step.args[0])
        return step.args[0] if step.operation == "negate" else self.place(Step("negate", (a,)))

    def multiply(self, a: int, b: int) -> int:
        """Return a * b; 0 times anything is 0, as in SymPy."""
        x, y = self.number(a), self.number(b)
        if x is not None and y is not None:
            return self.constant(x * y)
        for known, other in ((x, b), (y, a)):
            if known == 0:
                return self.constant(0.0)
            if known in (1, -1):
                return other if known == 1 else self.negate(other)
        if self.steps[a].operation == self.steps[b].operation == "negate":
            a, b = self.steps[a].args[0], self.steps[b].args[0]
        return self.place(Step("multiply", (min(a, b), max(a, b))))

    def divide(self, a: int, b: int) -> int:
        """Return a / b."""
        x, y = self.number(a), self.number(b)
        if x is not None and y is not None and y != 0:
            return self.constant(x / y)
        if x == 0 or y == 1:
            return a
        return self.place(Step("divide", (a, b)))

    def function(self, operation: str, a: int, kernel: str, parameters: tuple[float, ...]) -> int:
        """Return the value or derivative of a kernel at a."""
        return self.place(Step(operation, (a,), 0.0, kernel, parameters))

    def chain(self, outer: int, inner: int) -> int:
        """Return the product of two slopes."""
        if self.number(inner) is not None:
            return self.multiply(inner, outer)
        if self.steps[inner].operation == "negate":
            return self.negate(self.chain(outer, self.steps[inner].args[0]))
        return self.place(Step("chain", (outer, inner)))

    def power(self, a: int, exponent: float) -> int:
        """Return a to a number."""
        x = self.number(a)
        if x is not None:
            try:
                return self.constant(math.pow(x, exponent))
            except (ValueError, OverflowError):
                return self.constant(math.nan)
        if not exponent.is_integer():
            return self.place(Step("power", (a, self.constant(exponent))))
        if exponent < 0:
            return self.divide(self.constant(1.0), self.power(a, -exponent))
        if exponent < 3:
            return (self.constant(1.0), a, self.multiply(a, a))[int(exponent)]
        return self.place(Step("whole_power", (a,), parameters=(exponent,)))

    def choose(self, kind: str, a: int, b: int, yes: int, no: int) -> int:
        """Return `yes` where a < b (or <=, or ==, by `kind`), otherwise `no`."""
        x, y = self.number(a), self.number(b)
        if yes == no:
            return yes
        if x is not None and y is not None:
            return yes if {"less": x < y, "less_equal": x <= y, "equal": x == y}[kind] else no
        return self.place(Step(f"where_{kind}", (a, b, yes, no)))
