"""The directive ``catalogue``: a section for each activation function, from its record."""

from __future__ import annotations

import math

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import ogive
from ogive._engine import core

LONG_NUMBERS = {
    # SymPy writes SELU's constants with all their digits; a page needs fewer.
    "1.0507009873554804934193349852946": "1.0507",
    "1.6732632423543772848170429916717": "1.6733",
}


def number(value: float) -> str:
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    return f"{value:.5g}".replace("-", "−")


def latex(formula: str) -> str:
    for long, short in LONG_NUMBERS.items():
        formula = formula.replace(long, short)
    return formula


class Catalogue(SphinxDirective):
    """One table of all functions, then one section for each with formulas and sources."""

    def run(self) -> list[nodes.Node]:
        overview = [
            ["name", "also", "parameters", "$value$ at −∞, ∞", "init", "error, value", "derivative"]
        ]
        facts = core.activation_facts()
        functions = [ogive.activation(name) for name in ogive.activations()]
        for function in functions:
            definition, fact = function.definition, facts[function.name]
            left, right = function.limits
            overview.append(
                [
                    f"[`{function.name}`](#{function.name.replace('_', '-')})",
                    ", ".join(f"`{alias}`" for alias in definition.aliases) or "–",
                    ", ".join(f"`{p.name}={p.default:g}`" for p in definition.parameters) or "–",
                    f"{number(left.value)}, {number(right.value)}",
                    f"`{definition.init}`",
                    f"{fact['value_ulp']:g} ulp",
                    f"{fact['derivative_ulp']:g} ulp",
                ]
            )
        overview[0][3] = "value at −∞, ∞"
        lines = [
            f"| {' | '.join(overview[0])} |",
            f"|{'---|' * len(overview[0])}",
            *(f"| {' | '.join(row)} |" for row in overview[1:]),
        ]
        for function in functions:
            lines += section(function)
        return self.parse_text_to_nodes("\n".join(lines), allow_section_headings=True)


def section(function: ogive.Activation) -> list[str]:
    definition = function.definition
    lines = [
        "",
        f"({function.name.replace('_', '-')})=",
        f"## `{function.name}`",
        "",
        f"{definition.title.en}.",
        "",
        f"$$f(z) = {latex(function.latex)}$$",
        "",
        f"$$f'(z) = {latex(function.derivative_latex)}$$",
        "",
    ]
    for kink in definition.kinks:
        lines += [
            f"The derivative jumps at {kink.at}, from {shown(function, kink.left)} to "
            f"{shown(function, kink.right)}; there it is taken as {shown(function, kink.used)}.",
            "",
        ]
    lines += [f"- {reference}" for reference in definition.references]
    return lines


def shown(function: ogive.Activation, expression: str) -> str:
    from ogive.activations.symbolic import evaluate

    return number(evaluate(expression, function.parameters))


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("catalogue", Catalogue)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
