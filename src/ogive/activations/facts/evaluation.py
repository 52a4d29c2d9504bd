"""Expressions in z evaluated by mpmath, with digits to spare, and their limits."""

from __future__ import annotations

import warnings
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["SNAP", "Smooth", "bits", "functions", "is_nan"]

# A value below this is a rounded zero: parameters and the values that matter are far above.
SNAP = 1e-60
_LIMIT_DIGITS = 400  # for what differs from its limit by 10**-240 or more
_FAR = (30, 60, 120)
_NEAR = (15, 30, 60)


def bits(z: Any, scale: float) -> int:
    """Return a precision that leaves 100 bits after the cancellations common at `z`.

    `scale` is the largest factor on z in the function.
    """
    reach = float(min(abs(z) * scale, 1e6))
    return 150 + int(min(3 * reach, 1000) + min(1.5 * reach * reach, 600))


def is_nan(value: Any) -> bool:
    """Whether an mpmath number stands for "no value"."""
    return bool(value != value)


@cache
def functions() -> dict[str, Any]:
    """Return mpmath's functions where they fail or take long at the far ends."""
    from mpmath import mp, mpf

    farthest = mpf(10) ** 150

    def exp(x: Any) -> Any:
        return mp.exp(max(-farthest, min(farthest, x)) if mp.isfinite(x) else x)

    def erfc(x: Any) -> Any:
        if x > 1000:
            return exp(-x * x) / (x * mp.sqrt(mp.pi))
        return mpf(2) if x < -1000 else mp.erfc(x)

    def erf(x: Any) -> Any:
        return mp.sign(x) if abs(x) > 1000 else mp.erf(x)

    def power(base: Any, exponent: Any) -> Any:
        return exp(exponent * mp.log(base))

    def tanh(x: Any) -> Any:
        return mp.sign(x) if abs(x) > 10**6 else mp.tanh(x)

    def atan(x: Any) -> Any:
        return mp.sign(x) * (mp.pi / 2) if abs(x) > farthest else mp.atan(x)

    def within(function: Any) -> Any:
        """Return a function that has no value where its argument has too many digits."""
        return lambda x: function(x) if abs(x) < farthest else mp.nan

    waves = {name: within(getattr(mp, name)) for name in ("sin", "cos", "tan")}
    curves = {"exp": exp, "erfc": erfc, "erf": erf, "tanh": tanh, "atan": atan}
    return curves | waves | {"power": power}


class Smooth:
    """A function without branches, and its derivatives.

    Parameters
    ----------
    expression : sympy.Expr
        In `z` and the symbols of `order`.
    z : sympy.Symbol
    order : tuple of sympy.Symbol
        The parameters, in the order in which their values are given.
    """

    def __init__(self, expression: Any, z: Any, order: tuple[Any, ...]) -> None:
        self.z, self.order = z, order
        self._expressions = [expression]
        self._compiled: dict[int, Any] = {}
        self._array: dict[int, Any] = {}
        self._features: dict[tuple[float, ...], list[tuple[Any, Any]]] = {}

    def expression(self, n: int) -> Any:
        """Return the n-th derivative."""
        from sympy import DiracDelta, Integer

        while len(self._expressions) <= n:
            slope = self._expressions[-1].diff(self.z)
            self._expressions.append(slope.replace(DiracDelta, lambda *_: Integer(0)))
        return self._expressions[n]

    def _undefined(self, n: int) -> bool:
        from sympy import I, S

        return bool(self.expression(n).has(I, S.NaN, S.ComplexInfinity))

    def at(self, n: int, z: Any, values: tuple[Any, ...], precision: int = 0) -> Any:
        """Return the n-th derivative at `z`; not a number where it has no real value."""
        from mpmath import mp, mpc, mpf

        if n not in self._compiled:
            from sympy import Function, lambdify

            if self._undefined(n):
                self._compiled[n] = lambda *_: mp.nan
                return mp.nan
            power = Function("power")
            expression = self.expression(n).replace(
                lambda node: node.is_Pow and node.exp.has(self.z), lambda node: power(*node.args)
            )
            self._compiled[n] = lambdify(
                [self.z, *self.order], expression, modules=[functions(), "mpmath"], cse=True
            )
        with mp.workprec(precision or bits(z, self.scale(values))):
            try:
                value = self._compiled[n](mpf(z), *values)
            except (ArithmeticError, ValueError, TypeError, NotImplementedError):
                return mp.nan
            if isinstance(value, mpc):
                return value.real if abs(value.imag) < SNAP else mp.nan
            return mpf(value)

    def sign(self, n: int, z: Any, values: tuple[Any, ...]) -> int | None:
        """Return the sign of the n-th derivative, 0 where it is too small to tell."""
        from mpmath import mpf

        precision = bits(z, self.scale(values))
        value = self.at(n, z, values, precision)
        if is_nan(value):
            return None
        if value and abs(value) < 1e-10:
            again = self.at(n, z, values, 2 * precision)
            # What is below the rounding of 1 may be all that cancellation has left.
            if abs(again) < mpf(2) ** (60 - 2 * precision) or is_nan(again):
                return 0
            if abs(again - value) > abs(value) / 1000:
                return 0
        return int(value > 0) - int(value < 0)

    def array(self, n: int, z: NDArray[np.float64], values: tuple[Any, ...]) -> NDArray[Any]:
        """Return the n-th derivative at many points in float64: quick, with rounding errors."""
        if n not in self._array:
            from sympy import lambdify

            if self._undefined(n):
                return np.full(z.shape, np.nan)
            self._array[n] = lambdify(
                [self.z, *self.order], self.expression(n), modules=["scipy", "numpy"], cse=True
            )
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                result = self._array[n](z, *map(float, values))
                return np.broadcast_to(np.asarray(result, np.float64), z.shape)
            except (ArithmeticError, ValueError, TypeError, AttributeError):
                return np.full(z.shape, np.nan)

    def vanishes(self, n: int, points: list[Any], values: tuple[Any, ...]) -> bool:
        """Whether the n-th derivative is 0 identically: by its form, or at all of `points`."""
        expression = self.expression(n)
        if not expression.has(self.z):
            return bool(expression == 0 or abs(self.at(n, points[0], values)) < SNAP)
        near = [c + w * k / 7 for c, w in self.features(values) for k in (-11, -4, 1, 5, 13)]
        return all(abs(self.at(n, z, values, 600)) < 1e-80 for z in [*points, *near])

    def features(self, values: tuple[Any, ...]) -> list[tuple[Any, Any]]:
        """Return centre and width of what the functions in the expression do.

        tanh(c (z - d)) happens about d, over a width of 1/c.
        """
        from mpmath import mpf

        key = tuple(map(float, values))
        if key not in self._features:
            found = {}
            numbers = dict(zip(self.order, values, strict=True))
            for polynomial in self._inner():
                terms = polynomial.all_coeffs()[::-1]
                sizes = [mpf(term.subs(numbers).evalf(40)) for term in terms]
                for power, size in enumerate(sizes):
                    if power and size:
                        centre = -sizes[0] / size if len(sizes) == 2 else mpf(0)
                        width = abs(size) ** (mpf(-1) / power)
                        found[float(centre), float(width)] = (centre, width)
            self._features[key] = list(found.values())
        return self._features[key]

    def _inner(self) -> list[Any]:
        """Return the arguments of functions, and the bases of powers, that are polynomials."""
        from sympy import Expr, Function, Poly, Pow

        nodes = self.expression(0).atoms(Function, Pow)
        parts = (part for node in nodes for part in node.args if part.has(self.z))
        simple = (part for part in parts if isinstance(part, Expr))
        return [Poly(part, self.z) for part in simple if part.is_polynomial(self.z)]

    def scale(self, values: tuple[Any, ...]) -> float:
        """Return the largest factor on z in the expression, at least 1."""
        widths = [min(1 / width, 1e6) for _, width in self.features(values)]
        return float(max([1.0, *widths]))

    @property
    def waves(self) -> bool:
        """Whether z stands in a sine, cosine or tangent."""
        from sympy import cos, sin, tan

        return any(node.has(self.z) for node in self.expression(0).atoms(sin, cos, tan))

    def limit(self, n: int, towards: Any, side: int, values: tuple[Any, ...]) -> Any:
        """Return the limit of the n-th derivative, or None where none is found.

        Parameters
        ----------
        towards : mpf
            Where to: a number, or infinite.
        side : int
            For a number: 1 from above, -1 from below.
        """
        from mpmath import mp, mpf

        with mp.workdps(_LIMIT_DIGITS):
            if mp.isinf(towards):
                direction = 1 if towards > 0 else -1
                points = [direction * mpf(10) ** k for k in _FAR]
                checks = range(1, 13 if self.waves else 2)
                points += [points[-1] * (1 + k * mpf("0.23456789")) for k in checks]
            else:
                points = [towards + side * mpf(10) ** -k for k in _NEAR]
                points.append(towards + side * mpf("1.23456789e-60"))
            found = [self.at(n, z, values, mp.prec) for z in points]
            limits = [_limit_of([*found[:3], check]) for check in found[3:]]
            return limits[0] if all(limit == limits[0] for limit in limits) else None


def _limit_of(found: list[Any]) -> Any:
    """Return where three values, each much nearer to the limit, and a check tend."""
    from mpmath import mp, mpf

    first, second, third, check = found
    if any(map(is_nan, found)):
        return None
    if mp.isinf(third):
        return third if third == check else None
    sizes = [abs(value) for value in found]
    if min(sizes[1:]) > mpf(10) ** 1000:
        return mp.inf if min(found[1:]) > 0 else -mp.inf if max(found[1:]) < 0 else None
    if third == check == second:
        return third
    if abs(third - second) <= 1e-25 * sizes[2] and abs(check - third) <= 1e-25 * sizes[2]:
        return third
    if max(sizes[1:]) < SNAP:
        return mpf(0)
    if sizes[0] == 0 or sizes[1] == 0 or sizes[2] == 0:
        return None
    same_sign = (second > 0) == (third > 0) == (check > 0)
    near = abs(check - third) <= 0.05 * sizes[2] or not 1e-15 < sizes[2] < 1e15
    # A logarithm doubles from one to the next, its inverse halves.
    grows, last = sizes[1] / sizes[0], sizes[2] / sizes[1]
    if same_sign and near and sizes[2] > 10 and last > 1.2 and grows > 1.2:
        return mp.inf if third > 0 else -mp.inf
    if near and last < 0.9 and grows < 0.9:
        return mpf(0)
    return None
