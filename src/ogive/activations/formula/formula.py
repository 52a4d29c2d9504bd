"""A formula that a user typed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from numbers import Real
from typing import Any

from ogive.activations.definition import LARGEST, SMALLEST
from ogive.activations.formula.compile import Line, compiled, lines
from ogive.activations.formula.constants import check_constants, with_numbers
from ogive.activations.formula.nodes import Node
from ogive.activations.formula.parse import parse
from ogive.activations.formula.place import FormulaError, located
from ogive.activations.formula.rewrite import rewrite
from ogive.activations.formula.to_sympy import sympy_text
from ogive.activations.formula.writing import written
from ogive.text import InputError, quoted

__all__ = ["Formula", "read"]


@dataclass(frozen=True)
class Formula:
    """A function of z written as text; `read` makes it.

    Attributes
    ----------
    text : str
        The formula in the syntax it is read in, without needless brackets.
    parameters : tuple of str
        The names in it other than z, in order of appearance.
    expression : str
        The formula as ``sympy.sympify`` reads it, functions of the catalogue by their definitions.
    """

    text: str
    parameters: tuple[str, ...] = field(compare=False)
    expression: str = field(compare=False)
    tree: Node = field(compare=False, repr=False)

    @cached_property
    def rewritten(self) -> str:
        """The formula as it is computed: what loses digits is replaced by what does not."""
        return written(rewrite(self.tree))

    def program(self, parameters: Mapping[str, float] | None = None) -> Any:
        """Compile the formula for given parameters.

        Parameters
        ----------
        parameters : mapping of str to float, optional
            A number for each of `parameters`.

        Returns
        -------
        core.Program
            Computes value and derivative, in float32 and float64.

        Raises
        ------
        InputError
            If a parameter is missing, unknown or no number of moderate size, or if it gives a
            constant, power or function's parameter in the formula a value out of bounds.
        """
        return compiled(self._rewritten_with(parameters or {}))

    def lines(
        self, parameters: Mapping[str, float] | None = None
    ) -> tuple[list[float], int, list[Line], list[Line], list[Line]]:
        """Return what `program` gives to the core, for a core that runs elsewhere.

        Parameters
        ----------
        parameters : mapping of str to float, optional
            As for `program`.

        Returns
        -------
        constants, scratch, value, derivative, both
            The constants, the number of scratch registers, and the lines that compute the value,
            the derivative, and both; see `ogive.activations.formula.compile`.
        """
        return lines(self._rewritten_with(parameters or {}))

    def _rewritten_with(self, parameters: Mapping[str, float]) -> Node:
        numbers = self._checked(parameters)
        check_constants(self.tree, numbers)
        return rewrite(with_numbers(self.tree, numbers))

    def _checked(self, parameters: Mapping[str, float]) -> dict[str, float]:
        for name in self.parameters:
            if name not in parameters:
                raise InputError(
                    f"the formula {quoted(self.text)} needs a value for {name!r}; give it by"
                    f" keyword, as in {name}=1.5. (The variable is z.)",
                    f"公式 {quoted(self.text)} 需要 {name!r} 的值；请用关键字给出，"
                    f"例如 {name}=1.5。（自变量是 z。）",
                )
        for name in parameters:
            if name not in self.parameters:
                raise InputError(
                    f"the formula {quoted(self.text)} has no parameter {name!r}; its parameters:"
                    f" {', '.join(self.parameters) or 'none'}.",
                    f"公式 {quoted(self.text)} 没有参数 {name!r}；它的参数："
                    f"{'、'.join(self.parameters) or '无'}。",
                )
        return {name: _moderate(name, parameters[name]) for name in self.parameters}


def _moderate(name: str, value: object) -> float:
    if isinstance(value, Real) and not isinstance(value, bool):
        number = float(value)
        if math.isfinite(number) and (not number or SMALLEST <= abs(number) <= LARGEST):
            return number
    raise InputError(
        f"{name} must be 0 or a number between {SMALLEST:g} and {LARGEST:g} in size;"
        f" got {value!r}.",
        f"{name} 必须为 0，或绝对值在 {SMALLEST:g} 到 {LARGEST:g} 之间的数；实际是 {value!r}。",
    )


def read(text: str) -> Formula:
    """Read a formula; nothing of the text is ever executed.

    Parameters
    ----------
    text : str
        A formula in ``z``, such as ``"z * sigmoid(beta * z)"``. It may hold numbers, ``pi``,
        ``e``, parameters (any other names), ``+ - * / **``, comparisons (chained too, with
        ``and``, ``or``, ``not``), ``where(condition, a, b)``, ``min``, ``max``, ``abs``, ``exp``,
        ``log``, ``log1p``, ``expm1``, ``sqrt``, ``sin``, ``cos``, ``erf``, ``erfc``, ``arctan``
        and the catalogue's functions of one number, their parameters by keyword. A condition
        used as a number is 1 or 0.

    Returns
    -------
    Formula
        What was read.

    Raises
    ------
    FormulaError
        An `InputError` with the place in the text: if it is not such a formula, or beyond a
        limit: 1000 characters, 200 operations and operands, 40 levels, exponents up to 64 in
        size, constants that are 0 or between 1e-30 and 1e30 in size.
    """
    try:
        tree = parse(text)
    except FormulaError as error:
        raise located(error, text) from None
    canonical = written(tree)
    parse(canonical)  # what is stored must be readable too; chained comparisons are longer in it
    return Formula(canonical, tree.parameters(), sympy_text(tree), tree)
