"""Nested cases written as one list of cases, by which side of which point z lies on."""

from __future__ import annotations

from typing import Any

from ogive.activations.facts.behaviour import middle_of
from ogive.activations.facts.evaluation import is_nan
from ogive.activations.facts.numbers import DIGITS, recognised
from ogive.activations.facts.pieces import Break, Function, Undecidable

__all__ = ["flattened"]

_MOST_CASES = 12


def flattened(expression: Any, derivative: Any, z: Any) -> tuple[Any, Any]:
    """Return a function and its derivative with their cases written one after the other.

    Parameters
    ----------
    expression, derivative : sympy.Expr
        In `z` alone.
    z : sympy.Symbol

    Returns
    -------
    expression, derivative : sympy.Expr
        The same functions: in the order of z where there are cases within cases or several lists
        of cases, as they are otherwise, and where the cases cannot be told or have no end.
    """
    from mpmath import mp

    if not _is_nested(expression):
        return expression, derivative
    try:
        with mp.workdps(DIGITS):
            function = Function(_exact(expression), _exact(derivative), z)
            if function.endless:
                return expression, derivative
            breaks = function.breaks(())
            if len(breaks) >= _MOST_CASES:
                return expression, derivative
            return (
                _cases(function, function.expression, expression, breaks),
                _cases(function, function.derivative, derivative, breaks),
            )
    except (Undecidable, TypeError, ValueError, ArithmeticError, NotImplementedError):
        return expression, derivative


def _is_nested(expression: Any) -> bool:
    from sympy import Piecewise
    from sympy.logic.boolalg import ITE

    lists = expression.atoms(Piecewise)
    return len(lists) > 1 or bool(expression.atoms(ITE))


def _exact(expression: Any) -> Any:
    """Return the expression with the fractions that its decimals stand for."""
    from sympy import Float, Rational

    return expression.xreplace({n: Rational(str(n)) for n in expression.atoms(Float)})


def _cases(function: Function, exact: Any, shown: Any, breaks: list[Break]) -> Any:
    """Return the list of cases of one of the two expressions."""
    from mpmath import mp
    from sympy import Eq, Float, Piecewise

    z = function.z
    edges = [-mp.inf, *(point.at for point in breaks), mp.inf]
    branches = [
        function.branch(exact, middle_of(a, b), ()) for a, b in zip(edges, edges[1:], strict=False)
    ]
    cases: list[tuple[Any, Any]] = []
    for i, point in enumerate(breaks):
        at = _written(point)
        here = function.value(exact, point.at if point.symbol is None else point.symbol, ())
        left, right = (_value(function, branch, point) for branch in branches[i : i + 2])
        if branches[i] == branches[i + 1] and _same(left, here):
            continue
        if _same(right, here):
            cases.append((branches[i], z < at))
        elif _same(left, here):
            cases.append((branches[i], z <= at))
        else:
            alone = function.branch(exact, point.at if point.symbol is None else point.symbol, ())
            cases += [(branches[i], z < at), (alone, Eq(z, at))]
    cases.append((branches[-1], True))
    decimals = bool(shown.atoms(Float))
    return Piecewise(*(
        (_with_decimals(branch), _with_decimals(condition)) if decimals else (branch, condition)
        for branch, condition in cases
    ))  # fmt: skip


def _with_decimals(part: Any) -> Any:
    """Return the part with decimals for its fractions where these end, halves left alone."""
    from sympy import Float, Rational

    if not hasattr(part, "xreplace"):
        return part
    written = {n: repr(n.p / n.q) for n in part.atoms(Rational) if n.q > 2}
    return part.xreplace({n: Float(t) for n, t in written.items() if Rational(t) == n})


def _written(point: Break) -> Any:
    """Return a point as an expression, or as a decimal where none is known or it is long."""
    from sympy import Float

    symbol = recognised(point.at) if point.symbol is None else point.symbol
    return Float(str(point.at), 17) if symbol is None or len(str(symbol)) > 40 else symbol


def _value(function: Function, branch: Any, point: Break) -> Any:
    return function.value(branch, point.at if point.symbol is None else point.symbol, ())


def _same(first: Any, second: Any) -> bool:
    if is_nan(first) or is_nan(second):
        return is_nan(first) and is_nan(second)
    return bool(abs(first - second) <= 1e-40 * max(1, abs(first), abs(second)))
