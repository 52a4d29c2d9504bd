"""The numbers in a formula: what does not depend on z is computed once, and kept in bounds."""

from __future__ import annotations

import math
from collections.abc import Mapping

from ogive.activations.catalogue import CATALOGUE
from ogive.activations.definition import LARGEST, SMALLEST
from ogive.activations.formula.nodes import CONDITIONS, Node, number
from ogive.activations.formula.spelling import refusal
from ogive.activations.formula.vocabulary import CONSTANTS, ELEMENTARY
from ogive.activations.formula.writing import written

__all__ = ["MAX_POWER", "check_constants", "constant_value", "with_numbers"]

MAX_POWER = 64


def with_numbers(node: Node, numbers: Mapping[str, float]) -> Node:
    """Return the tree with the parameters replaced by their values."""
    if node.op == "parameter":
        return number(numbers[node.name])
    if not node.children:
        return node
    return node.with_children(tuple(with_numbers(child, numbers) for child in node.children))


def check_constants(node: Node, numbers: Mapping[str, float]) -> None:
    """Raise `InputError` for constants, powers and parameters of functions out of bounds."""
    _Checker(numbers).degree(node)


def constant_value(node: Node, numbers: Mapping[str, float]) -> float | None:
    """Return the number that the node is, or None where z or an unknown parameter occurs.

    A function of the catalogue counts as unknown too: its kernel is asked when the program runs.
    """
    return _Checker(numbers).value(node)


class _Checker:
    def __init__(self, numbers: Mapping[str, float]) -> None:
        self.numbers = numbers
        self.known: dict[Node, float | None] = {}

    def value(self, node: Node) -> float | None:
        if node not in self.known:
            self.known[node] = self._value(node)
        return self.known[node]

    def _value(self, node: Node) -> float | None:
        if node.op == "constant":
            return CONSTANTS[node.name]
        if node.op == "parameter":
            return self.numbers.get(node.name)
        args = [self.value(arg) for arg in node.args]
        if node.op == "z" or any(arg is None for arg in args):
            return None
        if node.op == "call" and node.name not in ELEMENTARY:
            return None
        try:
            result = _compute(node, [arg for arg in args if arg is not None])
        except (ArithmeticError, ValueError):
            result = math.nan
        if isinstance(result, complex) or not math.isfinite(result):
            raise refusal(
                written(node),
                "has no finite value",
                "没有有限的值",
            )
        if result and not SMALLEST <= abs(result) <= LARGEST:
            raise refusal(
                written(node),
                f"constants must be 0 or between {SMALLEST:g} and {LARGEST:g} in size",
                f"常数必须为 0，或绝对值在 {SMALLEST:g} 到 {LARGEST:g} 之间",
            )
        return result

    def degree(self, node: Node) -> float:
        """Return the product of the exponents that z is nested under, once all is checked."""
        self.value(node)
        self._check_parameters(node)
        if node.op == "divide" and self.value(node.args[1]) == 0:
            raise refusal(written(node), "division by 0", "除数为 0")
        own = max([1.0, *(self.degree(child) for child in node.children)])
        if node.op != "power":
            return own
        exponent = self.value(node.args[1])
        if exponent is not None:
            own = max(1.0, abs(exponent)) * (own if node.depends_on_z() else 1.0)
            if own > MAX_POWER:
                raise refusal(
                    written(node),
                    f"powers go up to {MAX_POWER}, those of powers included",
                    f"指数的绝对值最大为 {MAX_POWER}，多重乘方的指数之积亦然",
                )
        return own

    def _check_parameters(self, node: Node) -> None:
        if not node.keywords:
            return
        known = {parameter.name: parameter for parameter in CATALOGUE[node.name].parameters}
        for key, given in node.keywords:
            value, parameter = self.value(given), known[key]
            if value is not None and not parameter.lower <= value <= parameter.upper:
                raise refusal(
                    f"{key}={written(given)}",
                    f"{key} of {node.name} must be from {parameter.lower:g} to"
                    f" {parameter.upper:g}, not {value:g}",
                    f"{node.name} 的 {key} 必须在 {parameter.lower:g} 到 {parameter.upper:g}"
                    f" 之间，而不是 {value:g}",
                )


def _compute(node: Node, args: list[float]) -> float | complex:
    if node.op == "number":
        return node.value
    if node.op == "call":
        return ELEMENTARY[node.name][1](args[0])
    if node.op in CONDITIONS:
        return float(_holds(node.op, args))
    a, b = args[0], args[-1]
    match node.op:
        case "add":
            return a + b
        case "subtract":
            return a - b
        case "multiply":
            return a * b
        case "divide":
            return a / b
        case "power":
            if abs(b) > MAX_POWER:
                return 1.0  # refused as a power, by the caller's next step
            power: float | complex = a**b  # complex, and so refused, for a root of a < 0
            return power
        case "negate":
            return -a
        case "abs":
            return abs(a)
        case "max":
            return a if a > b else b
        case "min":
            return a if a < b else b
        case "where":
            return args[1] if a else args[2]
    raise AssertionError(node.op)


def _holds(op: str, args: list[float]) -> bool:
    a, b = args[0], args[-1]
    return {
        "lt": a < b, "le": a <= b, "gt": a > b, "ge": a >= b, "eq": a == b, "ne": a != b,
        "and": all(args), "or": any(args), "not": not a,
    }[op]  # fmt: skip
