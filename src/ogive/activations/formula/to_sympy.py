"""Writes a formula in SymPy's syntax, functions of the catalogue by their definitions.

Ties are decided so that the derivative SymPy takes of the text is the one the compiled formula
uses: `max(a, b)` takes the slope of b where both are equal, or of the one that is constant, and
`abs` has the slope 0 at 0.
"""

from __future__ import annotations

import re

from ogive.activations.catalogue import CATALOGUE
from ogive.activations.formula.nodes import ARITHMETIC, COMPARISONS, Node, number
from ogive.activations.formula.spelling import refusal
from ogive.activations.formula.vocabulary import ELEMENTARY, defaults
from ogive.activations.formula.writing import written, written_number

__all__ = ["MAX_EXPRESSION", "sympy_text", "tie_order"]

MAX_EXPRESSION = 6000
_MAX_BRACKETS = 120
_REAL = {"exp", "expm1", "sin", "cos", "arctan", "erf", "erfc"}


def tie_order(node: Node) -> tuple[Node, Node]:
    """Return the operands of a max or min, last the one whose slope counts where they are equal."""
    a, b = node.args
    return (b, a) if b.depends_on_z() and not a.depends_on_z() else (a, b)


def sympy_text(node: Node) -> str:
    """Return the formula as `sympy.sympify` reads it."""
    text = _Writer(node).text(node)
    depth = deepest = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        deepest = max(deepest, depth)
    if deepest > _MAX_BRACKETS:
        raise _too_long(node)
    return text


def _too_long(node: Node) -> Exception:
    return refusal(
        written(node),
        "too long once the functions are written out by their definitions; nest fewer of them",
        "把函数按定义展开后太长；请减少函数的嵌套",
    )


class _Writer:
    def __init__(self, root: Node) -> None:
        self.root = root
        self.made: dict[Node, str] = {}

    def text(self, node: Node) -> str:
        if node not in self.made:
            self.made[node] = self._text(node)
        if len(self.made[node]) > MAX_EXPRESSION:
            raise _too_long(self.root)
        return self.made[node]

    def inner(self, node: Node) -> str:
        """Return the text as an operand: in brackets unless it is a leaf or a call."""
        text = self.text(node)
        plain = re.fullmatch(r"[A-Za-z0-9_.]+", text) or (
            node.op in ("where", "max", "min") or (node.op == "call" and _is_call(text))
        )
        return text if plain else f"({text})"

    def _text(self, node: Node) -> str:
        op, args = node.op, node.args
        if op == "number":
            return written_number(node.value)
        if op == "z":
            return "z"
        if op == "constant":
            return {"pi": "pi", "e": "E"}[node.name]
        if op == "parameter":
            return node.name
        if op == "power" and args[1].op == "number" and args[1].value == 0.5:
            return f"sqrt({self.text(args[0])})"
        if op in ("add", "subtract"):
            right = self.text(args[1]) if op == "add" else self.term(args[1])
            return f"{self.text(args[0])} {ARITHMETIC[op]} {right}"
        if op in ARITHMETIC:
            return f"{self.inner(args[0])}{ARITHMETIC[op]}{self.inner(args[1])}"
        if op == "negate":
            return f"-{self.inner(args[0])}"
        if op == "where":
            condition, a, b = args
            return (
                f"Piecewise(({self.text(a)}, {self.condition(condition)}), ({self.text(b)}, True))"
            )
        if op in ("max", "min"):
            first, last = map(self.text, tie_order(node))
            sign = ">" if op == "max" else "<"
            return f"Piecewise(({first}, ({first}) {sign} ({last})), ({last}, True))"
        if op == "abs":
            x = self.text(args[0])
            # SymPy's derivative of Abs is of use only where it knows the argument to be real.
            if _is_real(args[0]):
                return f"Abs({x})"
            return f"Piecewise(({x}, ({x}) > 0), (-({x}), ({x}) < 0), (0, True))"
        return self.call(node)

    def term(self, node: Node) -> str:
        text = self.text(node)
        return text if node.op in ("multiply", "divide", "power") else self.inner(node)

    def condition(self, node: Node) -> str:
        if node.op in ("and", "or"):
            joined = ", ".join(self.condition(arg) for arg in node.args)
            return f"{node.op.capitalize()}({joined})"
        if node.op == "not":
            return f"Not({self.condition(node.args[0])})"
        left, right = map(self.text, node.args)
        if node.op in ("eq", "ne"):
            return f"{node.op.capitalize()}({left}, {right})"
        return f"({left}) {COMPARISONS[node.op]} ({right})"

    def call(self, node: Node) -> str:
        if node.name in ELEMENTARY:
            template = ELEMENTARY[node.name][0]
        else:
            template = CATALOGUE[node.name].expression
        given = {key: number(value) for key, value in defaults(node.name).items()}
        given |= dict(node.keywords)
        bracketed = re.fullmatch(r"\w+\(z\)", template)
        replacements = {"z": (self.text if bracketed else self.inner)(node.args[0])}
        replacements |= {key: self.inner(value) for key, value in given.items()}
        pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, replacements)) + r")\b")
        size = len(template) + sum(len(replacements[m[0]]) for m in pattern.finditer(template))
        if size > MAX_EXPRESSION:
            raise _too_long(self.root)
        return pattern.sub(lambda match: replacements[match[0]], template)


def _is_call(text: str) -> bool:
    """Return whether the text is one function call, so that it needs no brackets."""
    if not re.match(r"[A-Za-z0-9_]+\(", text):
        return False
    depth = 0
    for at, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if character == ")" and depth == 0:
            return at == len(text) - 1
    return False


def _is_real(node: Node) -> bool:
    if node.op == "power":
        base, exponent = node.args
        whole = exponent.op == "number" and exponent.value.is_integer() and exponent.value > 0
        return whole and _is_real(base)
    if node.op == "divide":
        return node.args[1].op == "number" and _is_real(node.args[0])
    if node.op == "call" and node.name not in _REAL:
        return False
    return node.op not in ("where", "max", "min") and all(map(_is_real, node.args))
