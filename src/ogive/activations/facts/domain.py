"""Where a formula as it was typed has a value.

SymPy writes z for z**2/z and forgets that nothing can be divided by 0; the tree of the formula
does not.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from ogive.activations.facts.evaluation import functions, is_nan
from ogive.activations.facts.numbers import ROOT_DIGITS
from ogive.activations.formula.nodes import COMPARISONS, CONDITIONS, Node, number, operation
from ogive.activations.formula.vocabulary import defaults

__all__ = ["Domain"]

# An operand that a partial operation cannot take at 0 is 0 where it is this much smaller than
# close by; points are known to 100 digits.
_VANISHING = 1e-45
_CLOSE_BY = 1e-6
_COMPARE = {
    "lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge,
    "eq": operator.eq, "ne": operator.ne,
}  # fmt: skip
_ARITHMETIC = {"add": operator.add, "subtract": operator.sub, "multiply": operator.mul}


class Domain:
    """The z for which every operation of a formula has a value.

    Parameters
    ----------
    tree : Node
        The formula.
    given : mapping of str to float
        Values of parameters that are not given later.
    """

    def __init__(self, tree: Node, given: Mapping[str, float]) -> None:
        self.tree, self.given = tree, given
        self.operands = list(dict.fromkeys(_partial(tree)))

    def holds(self, z: Any, parameters: Mapping[str, Any], *, border: bool = False) -> bool:
        """Whether the formula has a value at `z`.

        Parameters
        ----------
        z : mpf
        parameters : mapping of str to mpf
        border : bool, default False
            Whether `z` may be a zero of some operand, known to `ROOT_DIGITS` digits only.
        """
        from mpmath import mp

        if not self.operands:
            return True
        with mp.workdps(ROOT_DIGITS):
            parameters = {**{name: _exact(n) for name, n in self.given.items()}, **parameters}
            vanishing = set()
            if border:
                vanishing = {node for node in self.operands if _vanishes(node, z, parameters)}
            return not is_nan(_Reading(z, parameters, vanishing).of(self.tree))


def _partial(node: Node) -> Iterator[Node]:
    """Yield the operands on whose sign or zeros it depends whether there is a value."""
    partial = node.op == "power" and not _is_whole(node.args[1])
    partial = partial or (node.op == "call" and node.name in ("log", "sqrt"))
    if node.op == "divide":
        yield node.args[1]
    elif partial:
        yield node.args[0]
    elif node.op == "call" and node.name == "log1p":
        yield _raised(node.args[0])
    for child in node.args:
        yield from _partial(child)


def _raised(node: Node) -> Node:
    return operation("add", node, number(1))


def _exact(value: float) -> Any:
    """Return the decimal that a float is written as, which SymPy's expressions have too."""
    from mpmath import mpf

    return mpf(repr(value))


def _is_whole(exponent: Node) -> bool:
    return exponent.op == "number" and exponent.value.is_integer() and exponent.value >= 0


def _vanishes(node: Node, z: Any, parameters: Mapping[str, Any]) -> bool:
    here, *around = (
        abs(_Reading(at, parameters, set()).of(node)) for at in (z, z - _CLOSE_BY, z + _CLOSE_BY)
    )
    sizes = [size for size in around if not is_nan(size)]
    return bool(here == 0 or (sizes and here <= _VANISHING * max(sizes)))


@cache
def _kernel(name: str) -> Any:
    """Return a function of the catalogue, of z and its parameters in order, by mpmath."""
    from sympy import Symbol, lambdify

    from ogive.activations.catalogue import CATALOGUE
    from ogive.activations.symbolic import read_expression

    record = CATALOGUE[name]
    expression, _ = read_expression(record, rational=True)
    known = {symbol.name: symbol for symbol in expression.free_symbols}
    order = [known.get(key, Symbol(key)) for key in ("z", *(p.name for p in record.parameters))]
    return lambdify(order, expression, modules=[functions(), "mpmath"])


class _Reading:
    """The values of all parts of a formula at one point; not a number where there is none."""

    def __init__(self, z: Any, parameters: Mapping[str, Any], vanishing: set[Node]) -> None:
        self.z, self.parameters, self.vanishing = z, parameters, vanishing

    def of(self, node: Node) -> Any:
        """Return the value; that of a condition is asked by `holds`."""
        from mpmath import mp, mpc, mpf

        if node in self.vanishing:
            return mpf(0)
        try:
            value = self._of(node)
        except (ArithmeticError, ValueError, TypeError):
            return mp.nan
        if isinstance(value, mpc) or mp.isinf(value):
            return mp.nan
        return value

    def _of(self, node: Node) -> Any:
        from mpmath import mp, mpf

        match node.op:
            case "z":
                return mpf(self.z)
            case "number":
                return _exact(node.value)
            case "constant":
                return {"pi": mp.pi, "e": mp.e}[node.name] * 1
            case "parameter":
                return mpf(self.parameters[node.name])
            case "where":
                return self.of(node.args[1] if self.holds(node.args[0]) else node.args[2])
        args = [self.of(arg) for arg in node.args]
        if any(map(is_nan, args)):
            return mp.nan
        if node.op in _ARITHMETIC:
            return _ARITHMETIC[node.op](*args)
        match node.op:
            case "divide":
                return args[0] / args[1]
            case "power":
                return self._power(node, *args)
            case "negate":
                return -args[0]
            case "abs":
                return abs(args[0])
            case "max" | "min":
                return (max if node.op == "max" else min)(args)
        return self._call(node, args[0])

    def _power(self, node: Node, base: Any, exponent: Any) -> Any:
        from mpmath import isint, mp, mpf

        if node.args[1].depends_on_z() or not isint(exponent):
            if base < 0 or (base == 0 and exponent < 0):
                return mp.nan
            return functions()["power"](base, exponent) if base else mpf(exponent == 0)
        return base ** int(exponent)

    def _call(self, node: Node, x: Any) -> Any:
        from mpmath import mp

        if node.name in ("log", "log1p"):
            x = self.of(_raised(node.args[0])) if node.name == "log1p" else x
            return mp.log(x) if x > 0 else mp.nan
        if node.name == "sqrt":
            return mp.sqrt(x) if x >= 0 else mp.nan
        known = functions()
        if node.name == "expm1":
            return known["exp"](x) - 1
        plain = {"arctan": "atan"}.get(node.name, node.name)
        if plain in ("exp", "sin", "cos", "erf", "erfc", "atan"):
            return known[plain](x)
        given = defaults(node.name) | {key: self.of(value) for key, value in node.keywords}
        return _kernel(node.name)(x, *given.values())

    def holds(self, condition: Node) -> bool:
        """Whether a condition holds; a comparison with what has no value does not."""
        if condition.op == "not":
            return not self.holds(condition.args[0])
        if condition.op in ("and", "or"):
            each = (self.holds(part) for part in condition.args)
            return all(each) if condition.op == "and" else any(each)
        assert condition.op in CONDITIONS and condition.op in COMPARISONS
        a, b = map(self.of, condition.args)
        if is_nan(a) or is_nan(b):
            return condition.op == "ne"
        if abs(a - b) < 10 ** -(ROOT_DIGITS - 20) * max(abs(a), abs(b)):
            a = b  # at a border both are known to so many digits only
        return bool(_COMPARE[condition.op](a, b))
