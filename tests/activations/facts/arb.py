"""SymPy expressions evaluated with error bounds by Arb: value and derivative from one series.

Independent of how the facts are derived: no mpmath, no symbolic differentiation.
"""

from __future__ import annotations

from fractions import Fraction

import sympy
from flint import arb, arb_series, ctx, fmpq
from sympy.logic.boolalg import And, Or

# Numbers of the tests are made to more digits than any float has.
ctx.prec = 600


def tanh(x):
    first = x[0] if isinstance(x, arb_series) else x
    if first < 0:
        return -tanh(-x)
    small = (-2 * x).exp()
    return (1 - small) / (1 + small)


FUNCTIONS = {
    sympy.exp: lambda x: x.exp(),
    sympy.log: lambda x: x.log(),
    sympy.sin: lambda x: x.sin(),
    sympy.cos: lambda x: x.cos(),
    sympy.atan: lambda x: x.atan(),
    sympy.erf: lambda x: x.erf(),
    sympy.erfc: lambda x: x.erfc(),
    sympy.tanh: tanh,
    sympy.asinh: lambda x: (x + (x * x + 1).sqrt()).log(),
}


def number(value):
    """An exact ball from an int, a float, a fraction or its decimal text."""
    fraction = Fraction(value)
    return arb(fmpq(fraction.numerator, fraction.denominator))


class Oracle:
    """Value and derivative of an expression in z with numbers for its parameters."""

    def __init__(self, definition, parameters):
        text = definition.expression
        names = {p: sympy.Symbol(p, real=True) for p in ("z", "u", "rest", *parameters)}
        self.expression = sympy.sympify(text, locals=names, rational=True)
        self.numbers = {names[key]: number(repr(value)) for key, value in parameters.items()}
        self.z = names["z"]

    def at(self, z, bits=200):
        """Return the balls of f(z) and f'(z), the latter of the branch that z lies in."""
        before, ctx.prec = ctx.prec, bits
        try:
            ball = number(z) if not isinstance(z, arb) else z
            result = self._series(self.expression, arb_series([ball, 1], 2), ball)
            if not isinstance(result, arb_series):
                return result, arb(0)
            return result[0], result[1]
        finally:
            ctx.prec = before

    def value(self, z, bits=200):
        return float(self.at(z, bits)[0].mid())

    def slope(self, z, bits=200):
        return float(self.at(z, bits)[1].mid())

    def _series(self, node, z, at):
        if node == self.z:
            return z
        if node in self.numbers:
            return self.numbers[node]
        if node.is_Rational:
            return arb(fmpq(int(node.p), int(node.q)))
        if node is sympy.pi:
            return arb.pi()
        if node is sympy.E:
            return arb(1).exp()
        if isinstance(node, sympy.Piecewise):
            branch = next(b for b, condition in node.args if self._holds(condition, at))
            return self._series(branch, z, at)
        if isinstance(node, sympy.Abs):
            inner = self._series(node.args[0], z, at)
            first = inner[0] if isinstance(inner, arb_series) else inner
            return inner if first >= 0 else -inner
        if isinstance(node, sympy.sign):
            inner = self._series(node.args[0], arb_series([at], 1), at)
            first = inner[0] if isinstance(inner, arb_series) else inner
            return arb(1) if first > 0 else arb(-1) if first < 0 else arb(0)
        if isinstance(node, sympy.Pow):
            return self._power(node, z, at)
        arguments = [self._series(argument, z, at) for argument in node.args]
        if node.is_Add:
            return sum(arguments[1:], arguments[0])
        if node.is_Mul:
            product = arguments[0]
            for argument in arguments[1:]:
                product = product * argument
            return product
        return FUNCTIONS[node.func](arguments[0])

    def _power(self, node, z, at):
        if node.base is sympy.E:
            return self._series(node.exp, z, at).exp()
        base, exponent = self._series(node.base, z, at), node.exp
        if exponent.is_Rational and exponent.q == 2:
            base = base.sqrt()
            exponent = exponent * 2
        assert exponent.is_Integer
        result = arb(1)
        for _ in range(abs(int(exponent))):
            result = base * result
        return 1 / result if exponent < 0 else result

    def _holds(self, condition, at):
        if condition == True:  # noqa: E712
            return True
        if isinstance(condition, And):
            return all(self._holds(part, at) for part in condition.args)
        if isinstance(condition, Or):
            return any(self._holds(part, at) for part in condition.args)
        left, right = (
            side[0] if isinstance(side, arb_series) else side
            for side in (self._series(part, arb_series([at, 1], 2), at) for part in condition.args)
        )
        return {
            sympy.StrictGreaterThan: lambda: left > right,
            sympy.GreaterThan: lambda: left >= right,
            sympy.StrictLessThan: lambda: left < right,
            sympy.LessThan: lambda: left <= right,
            sympy.Eq: lambda: left == right,
        }[condition.func]()
