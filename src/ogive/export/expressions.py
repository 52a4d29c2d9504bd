"""Expressions of activations in forms that do not overflow, for whoever writes them down."""

from __future__ import annotations

from typing import Any

import sympy

from ogive.activations import Activation
from ogive.text import InputError

__all__ = ["U", "Z", "logistic", "softplus", "stable_expression"]

Z = sympy.Symbol("z", real=True)
U = sympy.Symbol("u", real=True)
"""The first half of a gate's row, of which z is the second."""


class logistic(sympy.Function):  # type: ignore[misc]
    """``1/(1 + exp(-w))``."""

    nargs = 1


class softplus(sympy.Function):  # type: ignore[misc]
    """``log(1 + exp(w))``."""

    nargs = 1


def stable_expression(function: Activation) -> sympy.Expr:
    """Return the expression of one unit in `Z`, and of a gate in `Z` and `U`.

    ``1/(1 + exp(-w))`` and ``log(1 + exp(w))``, which overflow as they stand, become
    ``logistic(w)`` and ``softplus(w)``.

    Parameters
    ----------
    function : Activation
        Elementwise, or a gate.

    Returns
    -------
    sympy.Expr
    """
    expression = function.expression
    allowed = {"z": Z, "u": U} if function.kind == "gate" else {"z": Z}
    for symbol in expression.free_symbols:
        if symbol.name not in allowed:
            raise _parameter(function, symbol)
        expression = expression.subs(symbol, allowed[symbol.name])
    return expression.replace(_is_logistic, _as_logistic).replace(_is_softplus, _as_softplus)


def _exponent(added: Any) -> Any:
    """Return w of ``1 + exp(w)``, or None."""
    if added.is_Add and len(added.args) == 2 and sympy.S.One in added.args:
        other = added.args[0] if added.args[1] == 1 else added.args[1]
        if isinstance(other, sympy.exp):
            return other.args[0]
    return None


def _is_logistic(node: Any) -> bool:
    return bool(node.is_Pow and node.exp == -1 and _exponent(node.base) is not None)


def _as_logistic(node: Any) -> Any:
    return logistic(-_exponent(node.base))


def _is_softplus(node: Any) -> bool:
    return isinstance(node, sympy.log) and _exponent(node.args[0]) is not None


def _as_softplus(node: Any) -> Any:
    return softplus(_exponent(node.args[0]))


def _parameter(function: Activation, symbol: Any) -> InputError:
    return InputError(
        f"{function.name!r} has {symbol.name!r} besides z, which an export cannot put a number to.",
        f"{function.name!r} 除 z 外还含有 {symbol.name!r}，导出时无法代入数值。",
    )
