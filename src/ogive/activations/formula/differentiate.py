"""Turns a formula's tree into steps, each with its slope beside it (forward mode)."""

from __future__ import annotations

import math
from typing import NamedTuple

from ogive.activations.formula.nodes import CONDITIONS, Node
from ogive.activations.formula.rewrite import rewrite
from ogive.activations.formula.to_sympy import tie_order
from ogive.activations.formula.totality import is_total
from ogive.activations.formula.values import Step, Values
from ogive.activations.formula.vocabulary import CONSTANTS, defaults

__all__ = ["Dual", "Duals"]

_COMPARE = {"lt": "less", "le": "less_equal", "eq": "equal"}
_MIRRORED = {"gt": "less", "ge": "less_equal"}


class Dual(NamedTuple):
    """Where the value is, and the slope; None stands for 0."""

    value: int
    slope: int | None


class Duals:
    """Makes the steps of trees that hold no parameters any more."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self._made: dict[Node, Dual] = {}

    def of(self, node: Node) -> Dual:
        """Return where value and slope of the node are."""
        if node not in self._made:
            self._made[node] = self._of(node)
        return self._made[node]

    def _of(self, node: Node) -> Dual:
        values = self.values
        match node.op:
            case "z":
                return Dual(0, values.constant(1.0))
            case "number":
                return Dual(values.constant(node.value), None)
            case "constant":
                return Dual(values.constant(CONSTANTS[node.name]), None)
            case "where":
                return self._where(node)
            case "call":
                return self._call(node, self.of(node.args[0]))
        if node.op in ("max", "min"):
            return self._extreme(node.op, *(self.of(arg) for arg in tie_order(node)))
        operands = [self.of(arg) for arg in node.args]
        if node.op in ("multiply", "divide") and not is_total(node):
            lost = self._zero_of_gaps(node, *operands)
            if lost is not None:
                return lost
        if node.op == "power":
            return self._power(node.args[0], *operands)
        unary = {"negate": self._negate, "abs": self._abs}
        if node.op in unary:
            return unary[node.op](operands[0])
        binary = {
            "add": self._add, "subtract": self._subtract, "multiply": self._multiply,
            "divide": self._divide,
        }  # fmt: skip
        return binary[node.op](*operands)

    def _zero_of_gaps(self, node: Node, a: Dual, b: Dual) -> Dual | None:
        """Return 0 times, or over, something that has no value somewhere: 0 nowhere else."""
        if not (self.values.is_number(a.value, 0.0) or self.values.is_number(b.value, 0.0)):
            return None
        return Dual(self.values.place(Step(node.op, (a.value, b.value))), None)

    def _scaled(self, slope: int | None, factor: int) -> int | None:
        return None if slope is None else self._nonzero(self.values.multiply(factor, slope))

    def _nonzero(self, slope: int) -> int | None:
        return None if self.values.is_number(slope, 0.0) else slope

    def _negate(self, a: Dual) -> Dual:
        slope = None if a.slope is None else self.values.negate(a.slope)
        return Dual(self.values.negate(a.value), slope)

    def _abs(self, a: Dual) -> Dual:
        known = self.values.number(a.value)
        if known is not None:
            return Dual(self.values.constant(abs(known)), None)
        value = self.values.place(Step("magnitude", (a.value,)))
        return Dual(value, self._scaled(a.slope, self.values.place(Step("sign", (a.value,)))))

    def _add(self, a: Dual, b: Dual) -> Dual:
        value = self.values.add(a.value, b.value)
        if a.slope is None or b.slope is None:
            return Dual(value, b.slope if a.slope is None else a.slope)
        return Dual(value, self._nonzero(self.values.add(a.slope, b.slope)))

    def _subtract(self, a: Dual, b: Dual) -> Dual:
        value = self.values.subtract(a.value, b.value)
        if b.slope is None:
            return Dual(value, a.slope)
        if a.slope is None:
            return Dual(value, self.values.negate(b.slope))
        return Dual(value, self._nonzero(self.values.subtract(a.slope, b.slope)))

    def _multiply(self, a: Dual, b: Dual) -> Dual:
        value = self.values.multiply(a.value, b.value)
        if a == b:
            double = self.values.multiply(self.values.constant(2.0), a.value)
            return Dual(value, self._scaled(a.slope, double))
        first, second = self._scaled(a.slope, b.value), self._scaled(b.slope, a.value)
        if first is None or second is None:
            return Dual(value, second if first is None else first)
        return Dual(value, self.values.add(second, first))

    def _divide(self, a: Dual, b: Dual) -> Dual:
        values, value = self.values, self.values.divide(a.value, b.value)
        if b.slope is None:
            slope = None if a.slope is None else self._nonzero(values.divide(a.slope, b.value))
            return Dual(value, slope)
        if a.slope is None:
            fall = values.negate(values.multiply(value, b.slope))
        else:
            fall = values.subtract(a.slope, values.multiply(value, b.slope))
        return Dual(value, values.divide(fall, b.value))

    def _power(self, base_node: Node, a: Dual, b: Dual) -> Dual:
        values = self.values
        exponent, base = values.number(b.value), values.number(a.value)
        if exponent is not None:
            if exponent.is_integer() and exponent > 2:
                # The power below serves both.
                lower = values.power(a.value, exponent - 1)
                factor = values.multiply(values.constant(exponent), lower)
                return Dual(values.multiply(lower, a.value), self._scaled(a.slope, factor))
            value = values.power(a.value, exponent)
            factor = values.constant(exponent)
            if exponent:
                factor = values.multiply(factor, values.power(a.value, exponent - 1))
            return Dual(value, self._scaled(a.slope, factor))
        # exp(b*log(a)): not that of z**z at -1, between points that have no value.
        nothing = values.constant(math.nan)
        power = values.place(Step("power", (a.value, b.value)))
        value = values.choose("less", a.value, values.constant(0.0), nothing, power)
        if base is not None:
            log = values.constant(math.log(base) if base > 0 else math.nan)
        else:
            # As a formula of its own, since the base may be 1 and a little more.
            log = self.of(rewrite(Node("call", (base_node,), name="log"))).value
        growth = self._scaled(b.slope, values.multiply(value, log))
        if a.slope is None:
            return Dual(value, growth)
        fewer = values.place(
            Step("power", (a.value, values.subtract(b.value, values.constant(1.0))))
        )
        slope = self._scaled(a.slope, values.multiply(b.value, fewer))
        if slope is None or growth is None:
            return Dual(value, growth if slope is None else slope)
        return Dual(value, values.add(slope, growth))

    def _call(self, node: Node, a: Dual) -> Dual:
        values = self.values
        if node.name == "sqrt":
            value = values.place(Step("root", (a.value,)))
            if a.slope is None:
                return Dual(value, None)
            double = values.multiply(values.constant(2.0), value)
            return Dual(value, values.divide(a.slope, double))
        given = defaults(node.name)
        for key, parameter in node.keywords:
            number = values.number(self.of(parameter).value)
            given[key] = math.nan if number is None else number
        numbers = tuple(given.values())
        value = values.function("kernel_value", a.value, node.name, numbers)
        if a.slope is None:
            return Dual(value, None)
        outer = values.function("kernel_derivative", a.value, node.name, numbers)
        return Dual(value, self._nonzero(values.chain(outer, a.slope)))

    def _extreme(self, op: str, first: Dual, last: Dual) -> Dual:
        values = self.values
        name = "greater" if op == "max" else "lesser"
        value = values.place(Step(name, (first.value, last.value)))
        ordered = (last.value, first.value) if op == "max" else (first.value, last.value)
        return Dual(value, self._chosen("less", *ordered, first.slope, last.slope))

    def _chosen(self, kind: str, a: int, b: int, yes: int | None, no: int | None) -> int | None:
        if yes is None and no is None:
            return None
        zero = self.values.constant(0.0)
        slopes = (zero if yes is None else yes, zero if no is None else no)
        return self._nonzero(self.values.choose(kind, a, b, *slopes))

    def _where(self, node: Node) -> Dual:
        condition, yes, no = node.args
        first, second = self.of(yes), self.of(no)
        while condition.op in ("not", "ne"):
            first, second = second, first
            ne = condition.op == "ne"
            condition = Node("eq", condition.args) if ne else condition.args[0]
        kind, a, b = self._comparison(condition)
        value = self.values.choose(kind, a, b, first.value, second.value)
        return Dual(value, self._chosen(kind, a, b, first.slope, second.slope))

    def _comparison(self, condition: Node) -> tuple[str, int, int]:
        if condition.op in _COMPARE or condition.op in _MIRRORED:
            a, b = (self.of(arg).value for arg in condition.args)
            if condition.op in _MIRRORED:
                return _MIRRORED[condition.op], b, a
            return _COMPARE[condition.op], a, b
        return "less", self.values.constant(0.0), self._truth(condition)

    def _truth(self, condition: Node) -> int:
        """Return where the condition is, as 1 or 0."""
        values = self.values
        if condition.op in ("and", "or"):
            made = self._truth(condition.args[0])
            for further in condition.args[1:]:
                name = "both" if condition.op == "and" else "either"
                made = values.place(Step(name, (made, self._truth(further))))
            return made
        if condition.op in ("not", "ne"):
            inner = condition.args[0] if condition.op == "not" else Node("eq", condition.args)
            return values.place(Step("negation", (self._truth(inner),)))
        if condition.op not in CONDITIONS:
            raise AssertionError(condition.op)
        kind, a, b = self._comparison(condition)
        return values.place(Step(kind, (a, b)))
