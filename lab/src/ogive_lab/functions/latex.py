"""Formulas of activation functions in LaTeX, with words in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ogive.activations.sheet.typeset import rounded

if TYPE_CHECKING:
    from ogive import Activation

__all__ = ["formulas"]

# SymPy's words between the cases.
WORDS = {
    "en": {r"\text{for}\: ": r"\text{if}\; ", r"\text{otherwise}": r"\text{otherwise}"},
    "zh": {r"\text{for}\: ": r"\text{当}\; ", r"\text{otherwise}": r"\text{其他}"},
}
HEADS = {"value": "f(z)", "derivative": "f'(z)"}
HEADS_OF_ROWS = {
    "value": "a",
    "z": r"\frac{\partial a}{\partial z}",
    "u": r"\frac{\partial a}{\partial u}",
}


def formulas(function: Activation) -> dict[str, Any]:
    """Return the function and its derivative, each a dict of ``en`` and ``zh``.

    ``numbers`` has the function's parameters as numbers; ``symbols``, where there are any, has
    them by their names.
    """
    found: dict[str, Any] = {
        "numbers": _equations(
            function, function.expression, _derivative(function, with_numbers=True)
        )
    }
    if function.parameters:
        from ogive.activations.symbolic import definition_expression

        found["symbols"] = _equations(
            function,
            definition_expression(function.definition)[0],
            _derivative(function, with_numbers=False),
        )
    return found


def _derivative(function: Activation, *, with_numbers: bool) -> Any:
    from ogive.activations.symbolic import definition_expression

    if with_numbers and function.kind == "elementwise":
        return function.derivative_expression
    return definition_expression(function.definition)[1]


def _equations(function: Activation, value: Any, slope: Any) -> list[dict[str, str]]:
    if function.kind == "elementwise":
        return [_equation(HEADS["value"], value), _equation(HEADS["derivative"], slope)]
    from sympy import diff

    symbols = {str(symbol): symbol for symbol in value.free_symbols}
    inputs = ("u", "z") if function.kind == "gate" else ("z",)
    slopes = [_equation(HEADS_OF_ROWS[name], diff(value, symbols[name])) for name in inputs]
    return [_equation(HEADS_OF_ROWS["value"], value), *slopes]


def _equation(head: str, expression: Any) -> dict[str, str]:
    shown = rounded(expression)
    names = {symbol: _symbol(symbol.name) for symbol in shown.free_symbols}
    text = _printer(names).doprint(shown)
    return {language: f"{head} = {_worded(text, words)}" for language, words in WORDS.items()}


def _symbol(name: str) -> str:
    greek = {"alpha": r"\alpha", "beta": r"\beta", "theta": r"\theta", "lambd": r"\lambda"}
    if name in greek:
        return greek[name]
    return name if len(name) == 1 else rf"\mathrm{{{name}}}".replace("_", r"\_")


def _worded(text: str, words: Mapping[str, str]) -> str:
    for before, after in words.items():
        text = text.replace(before, after)
    return text


def _printer(names: Mapping[Any, str]) -> Any:
    from sympy.printing.latex import LatexPrinter

    class Printer(LatexPrinter):  # type: ignore[misc]
        """SymPy's, with z on the left of inequalities."""

        def _print_Relational(self, relation: Any) -> str:
            turned = str(relation.rhs) == "z"
            text: str = super()._print_Relational(relation.reversed if turned else relation)
            return text

    settings = {
        "ln_notation": True,
        "inv_trig_style": "full",
        "mul_symbol": r" \, ",  # names of several letters must not run together
        "symbol_names": dict(names),
    }
    return Printer(settings)
