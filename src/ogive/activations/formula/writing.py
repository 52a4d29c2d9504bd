"""Writes a formula's tree as text."""

from __future__ import annotations

from ogive.activations.formula.nodes import ARITHMETIC, COMPARISONS, Node

__all__ = ["written", "written_number"]

_CHOICE, _OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _SIGN, _POWER, _LEAF = range(10)


def written_number(value: float) -> str:
    """Return the shortest text that reads back as the number."""
    if value.is_integer() and abs(value) < 1e16:
        return str(int(value))
    return repr(value)


def written(node: Node) -> str:
    """Return the formula in the syntax it is read in, with no bracket more than needed."""
    return _written(node)[0]


def _at_least(node: Node, level: int) -> str:
    text, own = _written(node)
    return text if own >= level else f"({text})"


def _written(node: Node) -> tuple[str, int]:
    op, args = node.op, node.args
    if op == "number":
        negative = node.value < 0 or str(node.value).startswith("-")
        return written_number(node.value), _SIGN if negative else _LEAF
    if op == "z":
        return "z", _LEAF
    if op in ("constant", "parameter"):
        return node.name, _LEAF
    if op in ("add", "subtract"):
        left, right = _at_least(args[0], _SUM), _at_least(args[1], _PRODUCT)
        return f"{left} {ARITHMETIC[op]} {right}", _SUM
    if op in ("multiply", "divide"):
        return (
            f"{_at_least(args[0], _PRODUCT)}{ARITHMETIC[op]}{_at_least(args[1], _SIGN)}",
            _PRODUCT,
        )
    if op == "power":
        return f"{_at_least(args[0], _LEAF)}**{_at_least(args[1], _SIGN)}", _POWER
    if op == "negate":
        return f"-{_at_least(args[0], _SIGN)}", _SIGN
    if op in COMPARISONS:
        left, right = _at_least(args[0], _SUM), _at_least(args[1], _SUM)
        return f"{left} {COMPARISONS[op]} {right}", _COMPARE
    if op == "not":
        return f"not {_at_least(args[0], _NOT)}", _NOT
    if op in ("and", "or"):
        level = _AND if op == "and" else _OR
        return f" {op} ".join(_at_least(arg, level + 1) for arg in args), level
    given = [written(arg) for arg in args] + [f"{k}={written(v)}" for k, v in node.keywords]
    return f"{node.name if op == 'call' else op}({', '.join(given)})", _LEAF
