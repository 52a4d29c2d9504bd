"""What a sheet about one activation function says, wherever it is shown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from ogive.activations.sheet.names import label
from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.activations.function import Activation
    from ogive.findings import Finding

__all__ = ["Formula", "Sheet", "json_ready"]

PARAMETERS = Text("Parameters", "参数")
ACCURACY = Text("Error at most", "误差上限")
ULP = Text(
    "value {value:g} ulp, derivative {derivative:g} ulp",
    "函数值 {value:g} ulp，导数 {derivative:g} ulp",
)
EPSILONS = Text(" + {n:g} ε near its zeros", "（零点附近另加 {n:g} ε）")
UNDECIDED = Text("could not be decided", "未能判定")
INIT = Text("Initial weights", "初始权重")
STRENGTH = Text("For it", "优点")
WEAKNESS = Text("Against it", "缺点")
SOURCE = Text("Source", "出处")
NOTES = {
    "vector": Text(
        "Acts on a whole row; this is one component as a function of its own z, and rest is what "
        "the other components contribute: the sum of their exponentials, or for sparsemax their "
        "number, each of them being 0 here. The properties hold for two components or any more.",
        "作用于整行；式中是一个分量关于它自己的 z 的函数，rest 是其余分量的贡献：即它们的指数之和；"
        "对 sparsemax 则是它们的个数（此处各分量均取 0）。各项性质对两个及更多分量都成立。",
    ),
    "gate": Text(
        "Halves the width: u is the first half of a row, z the second.",
        "输出宽度减半：u 是一行的前一半，z 是后一半。",
    ),
}


class Formula(NamedTuple):
    """One formula: what stands before the equals sign, plainly and in MathML, and after it."""

    head: str
    mathml: str
    expression: Any


def _partial(name: str) -> str:
    return f"<mfrac><mrow><mo>∂</mo><mi>a</mi></mrow><mrow><mo>∂</mo><mi>{name}</mi></mrow></mfrac>"


_OF_Z = "<mo>(</mo><mi>z</mi><mo>)</mo>"
_HEADS = {
    "f(z)": f"<mi>f</mi>{_OF_Z}",
    "f′(z)": f"<msup><mi>f</mi><mo>′</mo></msup>{_OF_Z}",
    "a": "<mi>a</mi>",
    "∂a/∂z": _partial("z"),
    "∂a/∂u": _partial("u"),
}


class Sheet:
    """Everything worth telling about an activation function.

    Parameters
    ----------
    function : Activation
        Of the catalogue or a user's formula.
    """

    def __init__(self, function: Activation) -> None:
        self.function = function
        self.definition = function.definition
        self.kind: str = function.kind
        self.label = label(function)

    @property
    def heading(self) -> Text:
        """What people call it; a formula goes by what the user typed."""
        typed = self.definition.formula is not None
        return Text(self.label, self.label) if typed else self.definition.title

    @property
    def note(self) -> Text | None:
        """How to read the formula of a function of more than one number."""
        return NOTES.get(self.kind)

    @cached_property
    def formulas(self) -> list[Formula]:
        """The function and its derivative, or its partial derivatives."""
        value = self.function.expression
        if self.kind == "elementwise":
            found = {"f(z)": value, "f′(z)": self.function.derivative_expression}
        else:
            from sympy import diff

            names = ("u", "z") if self.kind == "gate" else ("z",)
            symbols = {str(symbol): symbol for symbol in value.free_symbols}
            found = {"a": value} | {
                f"∂a/∂{name}": diff(value, symbols[name]) for name in names if name in symbols
            }
        return [Formula(head, _HEADS[head], expression) for head, expression in found.items()]

    @property
    def accuracy(self) -> dict[str, float] | None:
        """The bounds that the tests enforce, in units in the last place; None for a formula."""
        from ogive._engine import core

        facts = core.activation_facts().get(self.function.name)
        if facts is None or self.definition.formula is not None:
            return None
        return {key: value for key, value in facts.items() if key != "parameters"}

    @property
    def findings(self) -> Sequence[Finding]:
        """What is wrong with it."""
        return self.function.findings

    def rows(self, language: Language) -> list[tuple[str, str]]:
        """Return names and texts of all properties, in the order to show them in."""
        rows = []
        if self.function.parameters:
            given = ", ".join(
                f"{name} = {value:g}" for name, value in self.function.parameters.items()
            )
            rows.append((PARAMETERS.to(language), given))
        rows += self.function.facts.describe(language)
        if self.accuracy is not None:
            rows.append((ACCURACY.to(language), self._accuracy_text(language)))
        rows.append((INIT.to(language), self.function.init))
        rows += self._opinions(language)
        if self.definition.references:
            rows.append((SOURCE.to(language), "\n".join(self.definition.references)))
        return rows

    def short_rows(self, language: Language) -> list[tuple[str, str]]:
        """Return what is said of a function beside the table that compares it with others."""
        return self._opinions(language)

    def _opinions(self, language: Language) -> list[tuple[str, str]]:
        sides = ((STRENGTH, self.definition.strength), (WEAKNESS, self.definition.weakness))
        return [
            (title.to(language), text.to(language))
            for title, text in sides
            if text is not None and text.to(language)
        ]

    def _accuracy_text(self, language: Language) -> str:
        accuracy = self.accuracy or {}
        text = ULP.to(language, value=accuracy["value_ulp"], derivative=accuracy["derivative_ulp"])
        extra = max(accuracy.get("derivative_epsilons", 0.0), accuracy.get("value_epsilons", 0.0))
        return text + (EPSILONS.to(language, n=extra) if extra else "")

    def to_dict(self, language: Language) -> dict[str, Any]:
        """Return all of it as plain data that JSON can hold."""
        from sympy import latex

        function, definition = self.function, self.definition
        record: dict[str, Any] = json_ready(
            {
                "name": function.name,
                "title": self.heading.to(language),
                "kind": self.kind,
                "parameters": dict(function.parameters),
                "subgradient": function.subgradient,
                "formulas": [
                    {"of": head, "text": str(expression), "latex": latex(expression)}
                    for head, _, expression in self.formulas
                ],
                "facts": function.facts.to_dict(),
                "findings": [
                    {
                        "code": finding.code,
                        "severity": finding.severity,
                        "title": finding.title.to(language),
                        "meaning": finding.meaning.to(language),
                        "remedy": finding.remedy.to(language),
                    }
                    for finding in self.findings
                ],
                "accuracy": self.accuracy,
                "init": function.init,
                "for": definition.strength.to(language) if definition.strength else None,
                "against": definition.weakness.to(language) if definition.weakness else None,
                "references": list(definition.references),
                "year": definition.year,
            }
        )
        return record


def json_ready(value: Any) -> Any:
    """Return `value` with what JSON has no numbers for, such as infinity, as text."""
    if isinstance(value, dict):
        return {str(key): json_ready(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [json_ready(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value
