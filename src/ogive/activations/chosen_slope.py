"""Puts the slope that `subgradient` chooses at a kink into the derivative that is shown."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

__all__ = ["with_slopes"]


def with_slopes(derivative: Any, z: Any, slopes: Iterable[tuple[float, float]]) -> Any:
    """Return the derivative with other values at some points.

    Parameters
    ----------
    derivative : sympy.Expr
        In `z` alone.
    z : sympy.Symbol
        The variable.
    slopes : iterable of (float, float)
        Points, and the derivative to use there.

    Returns
    -------
    sympy.Expr
        Where a point is an end of a piece that has the slope wanted, the piece takes it in;
        otherwise the point becomes a piece of its own.
    """
    for at, slope in slopes:
        derivative = _with_slope(derivative, z, at, slope)
    return derivative


def _with_slope(derivative: Any, z: Any, at: float, slope: float) -> Any:
    from sympy import Eq, Float, Integer, Piecewise

    ends = _ends(derivative, z, at)
    if ends:
        point = ends[0].rhs if ends[0].lhs == z else ends[0].lhs
    else:
        point = Integer(int(at)) if at.is_integer() else Float(at)
    if _is(derivative.subs(z, point), slope):
        return derivative
    for end in ends:
        moved = derivative.xreplace({end: _moved(end)})
        if _is(moved.subs(z, point), slope):
            return _without_empty_pieces(moved, z)
    pieces = derivative.args if isinstance(derivative, Piecewise) else [(derivative, True)]
    value = Integer(int(slope)) if slope.is_integer() else Float(str(slope))
    own = (value, Eq(z, point))
    return _without_empty_pieces(Piecewise(own, *pieces, evaluate=False), z)


def _ends(derivative: Any, z: Any, at: float) -> list[Any]:
    """Return the inequalities between z and the point."""
    from sympy.core.relational import Relational

    return sorted(
        (
            relation
            for relation in derivative.atoms(Relational)
            if z in relation.args
            and relation.rel_op in _MOVED
            and _is(relation.rhs if relation.lhs == z else relation.lhs, at)
        ),
        key=str,
    )


_MOVED = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}


def _moved(relation: Any) -> Any:
    """Return the inequality with its end on the other side."""
    from sympy import Rel

    return Rel(relation.lhs, relation.rhs, _MOVED[relation.rel_op])


def _is(value: Any, slope: float) -> bool:
    try:
        return math.isclose(float(value), slope, rel_tol=1e-12, abs_tol=1e-300)
    except (TypeError, ValueError):
        return False


def _without_empty_pieces(derivative: Any, z: Any) -> Any:
    """Return a piecewise derivative without the pieces that earlier ones leave nothing to."""
    from sympy import EmptySet, Piecewise, Reals, Union, true

    if not isinstance(derivative, Piecewise):
        return derivative
    kept, covered = [], EmptySet
    try:
        for value, condition in derivative.args:
            mine = Reals if condition == true else condition.as_set()
            both = Union(covered, mine)
            if both == covered:
                continue
            covered = both
            kept.append((value, true if covered == Reals else condition))
            if covered == Reals:
                break
    except (NotImplementedError, TypeError, ValueError):  # a condition that is no plain interval
        return derivative
    return Piecewise(*kept, evaluate=False)
