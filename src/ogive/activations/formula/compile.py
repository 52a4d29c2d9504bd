"""Writes the program that the core runs (core/formula.hpp) for a formula without parameters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ogive.activations.formula.differentiate import Duals
from ogive.activations.formula.nodes import Node
from ogive.activations.formula.values import CONSTANT, Step, Values

__all__ = ["Line", "compiled", "lines"]

# Operation, operands, results, whether NaN is kept, kernel, its parameters.
Line = tuple[str, list[int], list[int], bool, str, list[float]]

_VALUE, _SLOPE, _FIRST_CONSTANT = 1, 2, 3  # registers; 0 is z
_BOTH = "kernel_value_and_derivative"
_FIRST_OPERAND = {"kernel_value", "kernel_derivative", "whole_power", "chain"}
_LAST_TWO = {"where_less", "where_less_equal", "where_equal"}
_NEVER = {"power", "less", "less_equal", "equal", "both", "either", "negation", CONSTANT}


def compiled(node: Node) -> Any:
    """Return the `core.Program` of a formula without parameters."""
    from ogive._engine import core

    return core.Program(*lines(node))


def lines(node: Node) -> tuple[list[float], int, list[Line], list[Line], list[Line]]:
    """Return the arguments of `core.Program`: constants, size of the scratch space, lines."""
    values = Values()
    value, slope = Duals(values).of(node)
    if slope is None:
        slope = values.constant(0.0)
    constants: dict[float, int] = {}
    lists = [
        _List(values.steps, constants, wanted)
        for wanted in ({_VALUE: value}, {_SLOPE: slope}, {_VALUE: value, _SLOPE: slope})
    ]
    first = _FIRST_CONSTANT + len(constants)
    scratch = max(made.scratch for made in lists)
    a, d, both = (made.with_scratch_from(first) for made in lists)
    return list(constants), scratch, a, d, both


class _List:
    """The lines that bring some steps into outputs; scratch registers count from -1 down."""

    def __init__(
        self, steps: Sequence[Step], constants: dict[float, int], wanted: dict[int, int]
    ) -> None:
        self.steps, self.constants, self.wanted = steps, constants, wanted
        self.keeps_nan = _nan_kept(steps)
        self.lines: list[Line] = []
        self.scratch = 0
        self._free: list[int] = []
        self._registers = {0: 0}
        self._outputs = self._direct_outputs()
        self._write()

    def with_scratch_from(self, first: int) -> list[Line]:
        """Return the lines with the scratch registers after the constants."""

        def placed(registers: list[int]) -> list[int]:
            return [r if r >= 0 else first - 1 - r for r in registers]

        return [(op, placed(i), placed(o), nan, k, n) for op, i, o, nan, k, n in self.lines]

    def _direct_outputs(self) -> dict[int, int]:
        """Return the steps whose results go straight to an output."""
        direct: dict[int, int] = {}
        for register, place in self.wanted.items():
            step = self.steps[place]
            own = place and step.operation != CONSTANT and place not in direct
            if own and (self.keeps_nan[place] or not step.kernel):
                direct[place] = register
        return direct

    def _write(self) -> None:
        live = self._live()
        last_use = {arg: place for place in live for arg in self.steps[place].args}
        last_use |= dict.fromkeys(self.wanted.values(), len(self.steps))
        partners = self._partners(live)
        for place in live:
            step = self.steps[place]
            if place in self._registers or step.operation == CONSTANT:
                continue
            operands = [self._register(arg) for arg in step.args]
            pair = partners.get(place)
            # A result may take the place of an operand that is not needed again.
            self._release(step.args, place, last_use)
            results = [self._result(made) for made in (pair or (place,))]
            guarded = place in self._outputs and not self.keeps_nan[place]
            operation = step.operation if pair is None else _BOTH
            self.lines.append(
                (operation, operands, results, guarded, step.kernel, list(step.parameters))
            )
        for register, place in self.wanted.items():
            if self._outputs.get(place) != register:
                source = self._register(place)
                self.lines.append(("copy", [source], [register], True, "", []))

    def _live(self) -> list[int]:
        live = set(self.wanted.values())
        for place in range(len(self.steps) - 1, 0, -1):
            if place in live:
                live.update(self.steps[place].args)
        return sorted(live)

    def _partners(self, live: list[int]) -> dict[int, tuple[int, int]]:
        """Return the kernels of which both value and derivative are wanted, by the earlier one."""
        places = {self.steps[place]: place for place in live}
        pairs = {}
        for place in live:
            step = self.steps[place]
            if step.operation == "kernel_value":
                other = places.get(step._replace(operation="kernel_derivative"))
                if other is not None:
                    pairs[min(place, other)] = (place, other)
        return pairs

    def _register(self, place: int) -> int:
        step = self.steps[place]
        if step.operation == CONSTANT:
            return self.constants.setdefault(step.number, _FIRST_CONSTANT + len(self.constants))
        return self._registers[place]

    def _release(self, args: tuple[int, ...], now: int, last_use: dict[int, int]) -> None:
        for arg in set(args):
            register = self._registers.get(arg, 0)
            if register < 0 and last_use[arg] == now:
                self._free.append(register)

    def _result(self, place: int) -> int:
        if place in self._outputs:
            register = self._outputs[place]
        elif self._free:
            register = self._free.pop()
        else:
            self.scratch += 1
            register = -self.scratch
        self._registers[place] = register
        return register


def _nan_kept(steps: Sequence[Step]) -> list[bool]:
    """Return for each step whether it is NaN wherever z is."""
    kept: list[bool] = []
    for step in steps:
        of_args = [kept[arg] for arg in step.args]
        if step.operation in _NEVER:
            kept.append(False)
        elif step.operation in _FIRST_OPERAND:
            kept.append(of_args[0])
        elif step.operation in _LAST_TWO:
            kept.append(of_args[2] and of_args[3])
        else:
            kept.append(step.operation == "z" or any(of_args))
    return kept
