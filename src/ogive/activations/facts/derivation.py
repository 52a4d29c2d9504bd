"""The derivatives of sigmoid and tanh, derived step by step with the quotient rule."""

from __future__ import annotations

from typing import NamedTuple

from ogive.activations.definition import Definition
from ogive.text import Language, Text

__all__ = ["STEPS", "Step", "derivation"]


class Step(NamedTuple):
    """One step: a sentence, its formula in LaTeX, and the equations in it as SymPy reads them."""

    sentence: Text
    latex: str
    claims: tuple[tuple[str, str], ...]


_SIGMOID = (
    Step(
        Text(
            "Write the function as a quotient of u and v.",
            "把函数写成 u 与 v 的商。",
        ),
        r"a = \frac{1}{1 + e^{-z}} = \frac{u}{v}, \quad u = 1, \quad v = 1 + e^{-z}",
        (("f(z)", "1/(1 + exp(-z))"),),
    ),
    Step(
        Text("Differentiate both.", "分别求导。"),
        r"u' = 0, \quad v' = -e^{-z}",
        (("diff(1, z)", "0"), ("diff(1 + exp(-z), z)", "-exp(-z)")),
    ),
    Step(
        Text("Apply the quotient rule.", "应用商的求导法则。"),
        r"a' = \frac{u'v - uv'}{v^2}"
        r" = \frac{0 \cdot (1 + e^{-z}) - 1 \cdot (-e^{-z})}{(1 + e^{-z})^2}",
        (("diff(f(z), z)", "(0*(1 + exp(-z)) - 1*(-exp(-z)))/(1 + exp(-z))**2"),),
    ),
    Step(
        Text("Simplify the numerator.", "化简分子。"),
        r"a' = \frac{e^{-z}}{(1 + e^{-z})^2}",
        (("diff(f(z), z)", "exp(-z)/(1 + exp(-z))**2"),),
    ),
    Step(
        Text(
            "Split the square into two factors; the first one is the function itself.",
            "把平方拆成两个因子，第一个就是函数本身。",
        ),
        r"a' = \frac{1}{1 + e^{-z}} \cdot \frac{e^{-z}}{1 + e^{-z}}",
        (("diff(f(z), z)", "1/(1 + exp(-z))*(exp(-z)/(1 + exp(-z)))"),),
    ),
    Step(
        Text(
            "Add and subtract 1 in the numerator of the second factor.",
            "在第二个因子的分子中加 1 再减 1。",
        ),
        r"\frac{e^{-z}}{1 + e^{-z}} = \frac{(1 + e^{-z}) - 1}{1 + e^{-z}}"
        r" = 1 - \frac{1}{1 + e^{-z}} = 1 - a",
        (
            ("exp(-z)/(1 + exp(-z))", "((1 + exp(-z)) - 1)/(1 + exp(-z))"),
            ("exp(-z)/(1 + exp(-z))", "1 - f(z)"),
        ),
    ),
    Step(
        Text(
            "So the derivative follows from the function's own value.",
            "于是导数可由函数值直接得到。",
        ),
        r"a' = a(1 - a)",
        (("diff(f(z), z)", "f(z)*(1 - f(z))"),),
    ),
)

_TANH = (
    Step(
        Text(
            "Write the function as a quotient of u and v.",
            "把函数写成 u 与 v 的商。",
        ),
        r"a = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}} = \frac{u}{v},"
        r" \quad u = e^{z} - e^{-z}, \quad v = e^{z} + e^{-z}",
        (("f(z)", "(exp(z) - exp(-z))/(exp(z) + exp(-z))"),),
    ),
    Step(
        Text(
            "Differentiate both: each is the derivative of the other.",
            "分别求导：两者互为导数。",
        ),
        r"u' = e^{z} + e^{-z} = v, \quad v' = e^{z} - e^{-z} = u",
        (
            ("diff(exp(z) - exp(-z), z)", "exp(z) + exp(-z)"),
            ("diff(exp(z) + exp(-z), z)", "exp(z) - exp(-z)"),
        ),
    ),
    Step(
        Text("Apply the quotient rule.", "应用商的求导法则。"),
        r"a' = \frac{u'v - uv'}{v^2} = \frac{v^2 - u^2}{v^2}",
        (
            (
                "diff(f(z), z)",
                "((exp(z) + exp(-z))**2 - (exp(z) - exp(-z))**2)/(exp(z) + exp(-z))**2",
            ),
        ),
    ),
    Step(
        Text("Divide; u/v is the function itself.", "相除；u/v 就是函数本身。"),
        r"a' = 1 - \left(\frac{u}{v}\right)^2 = 1 - a^2",
        (("diff(f(z), z)", "1 - f(z)**2"),),
    ),
    Step(
        Text(
            "Factor the difference of two squares.",
            "按平方差公式分解。",
        ),
        r"a' = (1 + a)(1 - a)",
        (("diff(f(z), z)", "(1 + f(z))*(1 - f(z))"),),
    ),
)

STEPS: dict[str, tuple[Step, ...]] = {"sigmoid": _SIGMOID, "tanh": _TANH}


def derivation(definition: Definition, language: Language = "en") -> list[tuple[str, str]]:
    """Return how the derivative is found, step by step.

    Parameters
    ----------
    definition : Definition
    language : {"en", "zh"}, default "en"

    Returns
    -------
    list of (sentence, latex)
        Empty for functions other than sigmoid and tanh.
    """
    if getattr(definition, "formula", None) is not None:
        return []
    return [(step.sentence.to(language), step.latex) for step in STEPS.get(definition.name, ())]
