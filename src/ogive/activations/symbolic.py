"""The definitions as SymPy expressions. SymPy is imported here, and only when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ogive.activations.catalogue import CATALOGUE

__all__ = ["definition_expression", "evaluate", "substituted"]


@cache
def _symbols(name: str) -> dict[str, Any]:
    from sympy import Symbol

    symbols: dict[str, Any] = {"z": Symbol("z", real=True)}
    for parameter in CATALOGUE[name].parameters:
        symbols[parameter.name] = Symbol(
            parameter.name, real=True, positive=True if parameter.lower > 0 else None
        )
    return symbols


@cache
def definition_expression(name: str) -> tuple[Any, Any]:
    """Return the function and its derivative in z, with the parameters as symbols."""
    from sympy import diff, sympify

    symbols = _symbols(name)
    expression = sympify(CATALOGUE[name].expression, locals=symbols)
    return expression, diff(expression, symbols["z"])


def substituted(name: str, parameters: Mapping[str, float]) -> tuple[Any, Any]:
    """Return the function and its derivative in z alone."""
    from sympy import Float, Integer

    symbols = _symbols(name)
    numbers = {
        symbols[key]: Integer(int(value)) if float(value).is_integer() else Float(str(value))
        for key, value in parameters.items()
    }
    expression, derivative = definition_expression(name)
    return expression.subs(numbers), derivative.subs(numbers)


def evaluate(text: str, parameters: Mapping[str, float]) -> float:
    """Return the number that an expression in the parameters stands for."""
    try:
        return float(text.replace("oo", "inf"))
    except ValueError:
        from sympy import Float, sympify

        numbers = {key: Float(value) for key, value in parameters.items()}
        return float(sympify(text, locals=numbers))
