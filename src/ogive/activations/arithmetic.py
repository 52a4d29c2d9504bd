"""The value of an expression of the catalogue in its parameters, without SymPy's long import."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping

__all__ = ["evaluate"]

_OPERATIONS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_FUNCTIONS: dict[str, Callable[[float], float]] = {"exp": math.exp, "sqrt": math.sqrt}


def evaluate(text: str, parameters: Mapping[str, float]) -> float:
    """Return the number that an expression in the parameters stands for.

    Parameters
    ----------
    text : str
        Numbers, parameters, ``+ - * / **``, ``exp`` and ``sqrt``.
    parameters : mapping of str to float
        Their values.
    """
    return float(_value(ast.parse(text, mode="eval").body, parameters))


def _value(node: ast.expr, parameters: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return number
        case ast.Name(id=name):
            return parameters[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, parameters)
        case ast.BinOp(left=left, op=op, right=right):
            return _OPERATIONS[type(op)](_value(left, parameters), _value(right, parameters))
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]):
            return _FUNCTIONS[name](_value(argument, parameters))
    raise ValueError(f"cannot evaluate {ast.unparse(node)!r}")
