"""What choosers have to know of every function at once: names, families, parameters."""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping
from typing import Any

from ogive.activations import Definition
from ogive.activations.lookup import ASCENDING
from ogive.text import Text

__all__ = ["entry", "families", "formula_of_component", "slider", "told"]

FAMILIES = {
    "piecewise": Text("Straight and quadratic pieces", "分段直线与分段二次函数"),
    "squashing": Text("S-shaped, bounded", "S 形，两端有界"),
    "exponential_units": Text("Rectifiers with a curved side", "一侧弯曲的整流函数"),
    "self_gated": Text("Self-gated: z times an S", "自门控：z 乘以 S 形函数"),
    "other_shapes": Text("Other shapes", "其他形状"),
    "vectors": Text("Of a whole row", "作用于整行"),
    "gates": Text("Gates, which halve the width", "门控：输出宽度减半"),
}
# What stands for the other inputs in the formula of one output, by the name in the definition.
OTHERS = {"rest": "others", "u": "u"}


def told(text: Text) -> dict[str, str]:
    """Return a text as the page takes it."""
    return {"en": text.en, "zh": text.zh}


def families() -> list[dict[str, str]]:
    """Return names and titles of the families, in their order."""
    return [{"name": name, **told(title)} for name, title in FAMILIES.items()]


def entry(definition: Definition) -> dict[str, Any]:
    """Return what its record tells of a function of the catalogue."""
    record: dict[str, Any] = {
        "name": definition.name,
        "title": told(definition.title),
        "aliases": list(definition.aliases),
        "family": definition.family,
        "kind": definition.kind,
        "year": definition.year,
        "init": definition.init,
        "learnt": list(definition.learnt),
        "parameters": [
            {
                "name": parameter.name,
                "value": parameter.default,
                "lower": parameter.lower,
                "upper": parameter.upper,
                "slider": slider(parameter.default, parameter.lower),
            }
            for parameter in definition.parameters
        ],
    }
    names = {parameter.name for parameter in definition.parameters}
    pairs = [pair for pair in ASCENDING if names.issuperset(pair)]
    if pairs:
        record["ascending"] = list(pairs[0])
    if definition.kind != "elementwise":
        record["component"] = formula_of_component(definition)
    return record


def slider(value: float, lower: float = -math.inf) -> dict[str, Any]:
    """Return the stretch of a parameter that is worth sliding through.

    Parameters
    ----------
    value : float
        Its default.
    lower : float
        The least that it may be. What must be positive is slid through by its powers of ten.
    """
    if lower > 0:
        return {"min": value / 20, "max": value * 20, "scale": "log"}
    if lower == 0:
        return {"min": 0.0, "max": 4 * value or 4.0, "scale": "linear"}
    if 0 < value < 1:  # slopes of a negative side, and the like
        return {"min": -0.5, "max": 1.5, "scale": "linear"}
    if value in (-1, 1) and math.isfinite(lower):
        return {"min": min(0.0, 4 * value), "max": max(0.0, 4 * value), "scale": "linear"}
    size = max(5.0, 2 * abs(value))
    return {"min": -size, "max": size, "scale": "linear"}


def formula_of_component(definition: Definition) -> str:
    """Return one output of a function of rows as a formula of its own z.

    The other inputs stand in it as a parameter: of a vector function ``others``, what they add
    up to; of a gate ``u``, the first half.
    """
    return _written(ast.parse(definition.expression, mode="eval").body)


def _written(node: ast.expr) -> str:
    text = ast.unparse(_Renamed(OTHERS).visit(node))
    assert isinstance(text, str)
    return text


class _Renamed(ast.NodeTransformer):
    """From SymPy's names to those of formulas: cases become `where`."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return ast.Name(self.names.get(node.id, node.id))

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        if not (isinstance(node.func, ast.Name) and node.func.id == "Piecewise"):
            return node
        *cases, last = [case.elts for case in node.args if isinstance(case, ast.Tuple)]
        made = last[0]
        for value, condition in reversed(cases):
            made = ast.Call(ast.Name("where"), [condition, value, made], [])
        return made
