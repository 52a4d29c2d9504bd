"""The definitions as SymPy expressions. SymPy is imported here, and only when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ogive.activations.definition import Definition

__all__ = [
    "definition_expression",
    "evaluate",
    "exact_number",
    "read_expression",
    "read_text",
    "substituted",
]


def _record(definition: Definition | str) -> Definition:
    if isinstance(definition, str):
        from ogive.activations.catalogue import CATALOGUE

        return CATALOGUE[definition]
    return definition


@cache
def _symbols(names: tuple[tuple[str, bool], ...]) -> dict[str, Any]:
    from sympy import Symbol

    return {
        name: Symbol(name, real=True, positive=True if positive else None)
        for name, positive in (("z", False), ("u", False), ("rest", True), *names)
    }


@cache
def _read(text: str, names: tuple[tuple[str, bool], ...], rational: bool) -> tuple[Any, Any]:
    from sympy import DiracDelta, Integer, diff

    symbols = _symbols(names)
    expression = _sympified(text, symbols, rational)
    # The derivative of a step is 0 wherever it has one.
    derivative = diff(expression, symbols["z"]).replace(DiracDelta, lambda *_: Integer(0))
    return expression, derivative


def _sympified(text: str, symbols: Mapping[str, Any], rational: bool) -> Any:
    from sympy import exp, log, sympify

    functions = {"expm1": lambda x: exp(x) - 1, "log1p": lambda x: log(1 + x)}
    return sympify(text, locals={**functions, **symbols}, rational=rational)


def read_text(definition: Definition, text: str) -> Any:
    """Return another expression in the symbols of a definition, decimals as fractions."""
    names = tuple((p.name, p.lower > 0) for p in definition.parameters)
    return _sympified(text, _symbols(names), True)


def read_expression(definition: Definition | str, *, rational: bool = False) -> tuple[Any, Any]:
    """Return the function and its derivative in z, decimals as fractions if `rational`."""
    record = _record(definition)
    names = tuple((p.name, p.lower > 0) for p in record.parameters)
    expression, derivative = _read(record.expression, names, rational)
    return expression, derivative


def definition_expression(definition: Definition | str) -> tuple[Any, Any]:
    """Return the function and its derivative in z, with the parameters as symbols.

    Parameters
    ----------
    definition : Definition or str
        A record, or its name in the catalogue.

    Returns
    -------
    expression, derivative : sympy.Expr
        ``z`` is a real symbol, a parameter that must be positive a positive one. A vector
        function has the positive symbol ``rest`` beside, a gate the real symbol ``u``; the
        derivative is the one in ``z``.
    """
    return read_expression(definition)


def substituted(
    definition: Definition | str, parameters: Mapping[str, float], *, rational: bool = False
) -> tuple[Any, Any]:
    """Return the function and its derivative with numbers in place of the parameters.

    Parameters
    ----------
    definition : Definition or str
        A record, or its name in the catalogue.
    parameters : mapping of str to float
        All the parameters.
    rational : bool, default False
        Keep every decimal as an exact fraction.

    Returns
    -------
    expression, derivative : sympy.Expr
        In ``z`` alone (and ``rest`` or ``u``). The cases of a formula, however it nests them,
        stand in one list.
    """
    from sympy import Float, Integer

    record = _record(definition)
    symbols = _symbols(tuple((p.name, p.lower > 0) for p in record.parameters))
    numbers = {
        symbols[key]: exact_number(value)
        if rational
        else Integer(int(value))
        if float(value).is_integer()
        else Float(str(value))
        for key, value in parameters.items()
    }
    expression, derivative = read_expression(record, rational=rational)
    expression, derivative = expression.subs(numbers), derivative.subs(numbers)
    if record.formula is None:
        return expression, derivative
    from ogive.activations.facts.flat import flattened

    return flattened(expression, derivative, symbols["z"])


def exact_number(value: float) -> Any:
    """Return the fraction that the shortest decimal of `value` stands for."""
    from sympy import Rational

    return Rational(repr(float(value)))


def evaluate(text: str, parameters: Mapping[str, float]) -> float:
    """Return the number that an expression in the parameters stands for."""
    try:
        return float(text.replace("oo", "inf"))
    except ValueError:
        from sympy import Float, sympify

        numbers = {key: Float(value) for key, value in parameters.items()}
        return float(sympify(text, locals=numbers))
