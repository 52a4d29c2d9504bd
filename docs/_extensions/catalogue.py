"""The directives ``catalogue`` and ``catalogue-table``: activation functions from their records."""

from __future__ import annotations

import math
import re

import altair as alt
import numpy as np
import vl_convert
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from ogive._engine import core
from ogive.activations import Activation, activation, activations
from ogive.activations.symbolic import evaluate
from ogive.plots.theme import BLUE, ORANGE, as_data, finish

# A tall brace needs a font that not every machine has, so a case distinction is put in a line.
CASES = re.compile(r"\\begin\{cases\} (.*?) & (.*?) \\\\(.*?) & .*? \\end\{cases\}")
CASES_IN_LINE = r"\1\\ \2,\\ \\text{otherwise}\\ \3"
LONG_NUMBER = re.compile(r"\d\.\d{6,}")
ALT = "Value and derivative of {name} for z from -5 to 5"


class CatalogueTable(SphinxDirective):
    """One table of all functions."""

    def run(self) -> list[nodes.Node]:
        return self.parse_text_to_nodes("\n".join(overview(everything())))


class Catalogue(SphinxDirective):
    """One section for each function, with curves, formulas and sources."""

    def run(self) -> list[nodes.Node]:
        lines = [line for function in everything() for line in section(function)]
        return self.parse_text_to_nodes("\n".join(lines), allow_section_headings=True)


def everything() -> list[Activation]:
    return [activation(name) for name in activations()]


def overview(functions: list[Activation]) -> list[str]:
    facts = core.activation_facts()
    heads = ["name", "parameters", "limits", "init", "error of value, derivative (ulp)"]
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    for function in functions:
        definition, fact = function.definition, facts[function.name]
        left, right = function.limits
        aliases = "".join(f", `{alias}`" for alias in definition.aliases)
        cells = [
            f"[`{function.name}`](#{anchor(function)}){aliases}",
            ", ".join(f"`{p.name}={p.default:g}`" for p in definition.parameters) or "–",
            f"{number(left.value)}, {number(right.value)}",
            f"`{definition.init}`",
            f"{fact['value_ulp']:g}, {fact['derivative_ulp']:g}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def section(function: Activation) -> list[str]:
    definition = function.definition
    lines = [
        "",
        f"({anchor(function)})=",
        f"### {definition.title.en}: `{function.name}`",
        "",
        f'<div class="curve">{drawn(function)}</div>',
        "",
        f"$$f(z) = {in_line(function.latex)}$$",
        "",
        f"$$f'(z) = {in_line(function.derivative_latex)}$$",
        "",
    ]
    for kink in definition.kinks:
        left, right, used = (number(evaluate(slope, function.parameters)) for slope in kink[1:])
        jump = f"jumps at {kink.at}, from {left} to {right}; there it is taken as {used}"
        if left == right:
            jump = f"has a corner at {kink.at} unless the parameters are those above"
        lines += [f"The derivative {jump}.", ""]
    return lines + [f"- {reference}" for reference in definition.references]


def drawn(function: Activation) -> str:
    """Return the curves of value and derivative as SVG, broken where they jump."""
    z = np.linspace(-5, 5, 1001)
    records = []
    for name, values in (("f(z)", function(z)), ("f′(z)", function.derivative(z))):
        piece = np.concatenate([[0], np.cumsum(np.abs(np.diff(values)) > 0.1)])
        records += [
            {"z": at, "y": value, "curve": name, "piece": f"{name}{part}"}
            for at, value, part in zip(z.tolist(), values.tolist(), piece.tolist(), strict=True)
        ]
    chart = (
        alt.Chart(as_data(records))
        .mark_line(strokeWidth=2)
        .encode(
            x=alt.X("z:Q", title="z"),
            y=alt.Y("y:Q", title=None),
            detail="piece:N",
            color=alt.Color("curve:N", scale=alt.Scale(range=[BLUE, ORANGE]), legend=alt.Legend()),
            strokeDash=alt.StrokeDash("curve:N", scale=alt.Scale(range=[[1, 0], [6, 3]])),
        )
        .properties(width=340, height=190)
    )
    svg = vl_convert.vegalite_to_svg(finish(chart).to_dict())
    # Text and grid in the colour of the page, which may be dark.
    svg = re.sub(r'fill="#(4a5059|000)"', 'fill="currentColor"', svg)
    for colour, opacity in (("e6e9ed", 0.12), ("c3c8cf", 0.4)):
        svg = svg.replace(
            f'stroke="#{colour}"', f'stroke="currentColor" stroke-opacity="{opacity}"'
        )
    return svg.replace(
        "<svg ", f'<svg role="img" aria-label="{ALT.format(name=function.name)}" ', 1
    )


def anchor(function: Activation) -> str:
    return function.name.replace("_", "-")


def number(value: float) -> str:
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    return f"{value:.5g}".replace("-", "−")


def in_line(formula: str) -> str:
    short = LONG_NUMBER.sub(lambda found: f"{float(found[0]):.5g}", formula)
    return CASES.sub(CASES_IN_LINE, short)


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("catalogue", Catalogue)
    app.add_directive("catalogue-table", CatalogueTable)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
