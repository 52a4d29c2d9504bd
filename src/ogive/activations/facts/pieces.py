"""A function with branches cut into smooth pieces."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from ogive.activations.facts.evaluation import Smooth, is_nan
from ogive.activations.facts.numbers import ROOT_DIGITS, recognised
from ogive.activations.facts.typed import Typed
from ogive.activations.facts.zeros import GRID, sign_changes, zero

__all__ = ["Break", "Function", "Undecidable"]


class Undecidable(Exception):
    """An expression cannot be cut into pieces."""


class Break(NamedTuple):
    """A point that separates two pieces: as a number and, where known, as an expression."""

    at: Any
    symbol: Any


class Function:
    """A function of z with parameters, ready to be cut for given values of these.

    Parameters
    ----------
    expression, derivative : sympy.Expr
        The function and the derivative that is used, decimals as fractions.
    z : sympy.Symbol
    order : tuple of sympy.Symbol
        The parameters.
    typed : Typed, optional
        Of a formula, what the expression does not tell.
    """

    def __init__(
        self,
        expression: Any,
        derivative: Any,
        z: Any,
        order: tuple[Any, ...] = (),
        typed: Typed | None = None,
    ) -> None:
        self.expression, self.derivative = expression, derivative
        self.z, self.order, self.typed = z, order, typed
        self.switches = _switches(expression, z, () if typed is None else typed.operands)
        self._smooth: dict[Any, Smooth] = {}

    def defined(self, at: Any, values: tuple[Any, ...], *, border: bool = False) -> bool:
        """Whether a formula as typed has a value at `at`, which may be at a `border` of that."""
        if self.typed is None:
            return True
        named = {symbol.name: value for symbol, value in zip(self.order, values, strict=True)}
        return self.typed.domain.holds(at, named, border=border)

    def computed_slope(self, at: Any) -> float | None:
        """Return the slope that a formula's program gives; None where `at` is no float."""
        z = float(at)
        return None if self.typed is None or z != at else self.typed.slope(z)

    @property
    def endless(self) -> bool:
        """Whether branches may alternate without end, so that no list of pieces is complete."""
        from sympy import cos, sin, tan

        waves = (node for switch in self.switches for node in switch.atoms(sin, cos, tan))
        return any(node.has(self.z) for node in waves)

    def smooth(self, at: Any, values: tuple[Any, ...]) -> Smooth:
        """Return the piece in whose inside `at` lies."""
        expression = self.branch(self.expression, at, values)
        if expression not in self._smooth:
            self._smooth[expression] = Smooth(expression, self.z, self.order)
        return self._smooth[expression]

    def branch(self, expression: Any, at: Any, values: tuple[Any, ...]) -> Any:
        """Return the branch of an expression that holds at `at`, itself without branches."""
        return _resolved(expression, self._numbers(at, values))

    def _numbers(self, at: Any, values: tuple[Any, ...]) -> dict[Any, Any]:
        from sympy import Float

        return {
            symbol: value if hasattr(value, "free_symbols") else Float(value, ROOT_DIGITS)
            for symbol, value in zip((self.z, *self.order), (at, *values), strict=True)
        }

    def value(self, expression: Any, at: Any, values: tuple[Any, ...]) -> Any:
        """Return an expression with branches at one point; not a number where undefined."""
        from mpmath import mp, mpf

        try:
            if hasattr(at, "subs"):
                at = at.subs(self._numbers(at, values))
            numbers = self._numbers(at, values)
            value = _branch(expression, numbers).subs(numbers)
            if value.is_infinite or not value.is_number or value.is_extended_real is False:
                return mp.nan
            number = value.evalf(ROOT_DIGITS)
            with mp.workdps(ROOT_DIGITS):
                return mpf(number) if number.is_extended_real else mp.nan
        except (ArithmeticError, ValueError, TypeError, AttributeError):
            return mp.nan

    def breaks(self, values: tuple[Any, ...]) -> list[Break]:
        """Return all points where a branch may begin, in ascending order."""
        found: list[Break] = []
        for switch in self.switches:
            for point in _roots(switch, self, values):
                if all(abs(point.at - other.at) > 1e-40 for other in found):
                    found.append(point)
        return sorted(found, key=lambda point: point.at)


def _switches(expression: Any, z: Any, operands: Iterable[Any] = ()) -> list[Any]:
    """Return the expressions at whose zeros a branch begins or a function has no derivative."""
    from sympy import Abs, Heaviside, Max, Min, Pow, acos, asin, atanh, log, sign
    from sympy.core.relational import Relational

    found: list[Any] = []

    def add(candidate: Any) -> None:
        if candidate.has(z) and candidate not in found and -candidate not in found:
            found.append(candidate)

    for relation in expression.atoms(Relational):
        add(relation.lhs - relation.rhs)
    for node in expression.atoms(Abs, sign, Heaviside):
        add(node.args[0])
    for node in expression.atoms(Max, Min):
        for i, first in enumerate(node.args):
            for second in node.args[i + 1 :]:
                add(first - second)
    for node in expression.atoms(Pow):
        whole = node.exp.is_integer and node.exp.is_nonnegative
        if not whole and node.base.is_positive is not True:
            add(node.base)
    for node in expression.atoms(log):
        if node.args[0].is_positive is not True:
            add(node.args[0])
    for node in expression.atoms(asin, acos, atanh):
        add(node.args[0] - 1)
        add(node.args[0] + 1)
    for operand in operands:
        if operand.is_positive is not True and operand.is_negative is not True:
            add(operand)
            for switch in _switches(operand, z):  # it may vanish in a whole branch
                add(switch)
    return found


def _resolved(node: Any, numbers: dict[Any, Any]) -> Any:
    """Return the expression with the branch that holds at `numbers` in place of all."""
    from sympy import nan

    try:
        return _branch(node, numbers)
    except TypeError:  # a comparison with what is not real
        return nan


def _branch(node: Any, numbers: dict[Any, Any]) -> Any:
    from sympy import Abs, Heaviside, Integer, Max, Min, Piecewise, nan, sign

    if isinstance(node, Piecewise):
        for i, (branch, condition) in enumerate(node.args):
            if _holds(condition, numbers, node.args[i:]):
                return _branch(branch, numbers)
        return nan
    if not node.args:
        return node
    if isinstance(node, (Abs, sign, Heaviside)):
        inner = _branch(node.args[0], numbers)
        value = inner.subs(numbers).evalf(ROOT_DIGITS)
        if not value.is_extended_real:
            return nan
        if isinstance(node, Abs):
            return inner if value >= 0 else -inner
        sign_there = Integer(int(bool(value > 0)) - int(bool(value < 0)))
        return (sign_there + 1) / 2 if isinstance(node, Heaviside) else sign_there
    if isinstance(node, (Max, Min)):
        inners = [_branch(argument, numbers) for argument in node.args]
        ranked = [(inner.subs(numbers).evalf(ROOT_DIGITS), inner) for inner in inners]
        if not all(value.is_extended_real for value, _ in ranked):
            return nan
        pick = max if isinstance(node, Max) else min
        return pick(ranked, key=lambda pair: pair[0])[1]
    if not node.has(Piecewise, Abs, sign, Heaviside, Max, Min):
        return node
    return node.func(*(_branch(argument, numbers) for argument in node.args))


def _holds(condition: Any, numbers: dict[Any, Any], branches: Any) -> bool:
    """Whether a condition holds; one with an operand that is not real does not.

    A larger or smaller of two, of which one is not real, has no value: TypeError.
    """
    from sympy.core.relational import Relational

    try:
        if isinstance(condition, Relational):
            sides = (_branch(side, numbers).subs(numbers) for side in condition.args)
            condition = condition.func(*sides)
        return bool(condition == True or condition.subs(numbers) == True)  # noqa: E712
    except TypeError as error:
        if not isinstance(branches[0][1], Relational):
            raise Undecidable from error
        operands = {branch for branch, _ in branches[:2]}
        if operands == set(getattr(branches[0][1], "args", ())):
            raise
        return False


def _roots(switch: Any, function: Function, values: tuple[Any, ...]) -> Iterable[Break]:
    """Return the real zeros of an expression: of a linear one as an expression, else numeric."""
    from mpmath import mp, mpf

    z = function.z
    slope = switch.diff(z)
    if not slope.has(z):
        root = -switch.subs(z, 0) / slope
        at = function.value(root, 0, values)
        if not is_nan(at):
            yield Break(at, root)
        return
    smooth = Smooth(switch, z, function.order)
    polynomial = switch.as_poly(z)
    if polynomial is not None and (polynomial.domain.is_QQ or polynomial.domain.is_ZZ):
        for root in dict.fromkeys(polynomial.real_roots()):
            with mp.workdps(ROOT_DIGITS):
                yield Break(mpf(root.evalf(ROOT_DIGITS)), root if root.is_algebraic else None)
        return
    grid = np.concatenate([-GRID[::-1], [0.0], GRID])
    for n in (0, 1):
        for lower, upper in sign_changes(smooth, n, grid, values):
            at = zero(smooth, n, lower, upper, values)
            # A zero without a change of sign is an extremum.
            if n == 0 or abs(smooth.at(0, at, values)) < 1e-60:
                yield Break(at, recognised(at))
