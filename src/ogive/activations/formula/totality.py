"""Which parts of a formula have a value for every z, and which are never 0.

Only such a part may be cancelled or multiplied by 0 without a trace: z**2/z has no value at 0, and
z has.
"""

from __future__ import annotations

from ogive.activations.formula.nodes import Node
from ogive.activations.formula.normal import Atom, Product, Sum

__all__ = ["has_values", "is_positive", "is_total"]

_PARTIAL = {"log", "log1p", "sqrt"}
_POSITIVE = {"exp", "sigmoid", "softplus", "gaussian", "normal_cdf", "erfc", "squareplus"}


def is_total(node: Node) -> bool:
    """Whether a tree has a value for every z."""
    if node.op == "divide" and node.args[1].depends_on_z():
        return False
    if node.op == "power" and node.depends_on_z():
        exponent = node.args[1]
        whole = exponent.op == "number" and exponent.value.is_integer() and exponent.value >= 0
        if not whole:
            return False
    if node.op == "call" and node.name in _PARTIAL and node.depends_on_z():
        return False
    return all(map(is_total, node.args))


def has_values(product: Product) -> bool:
    """Whether a product in normal form has a value for every z."""
    return all(
        (exponent > 0 or is_positive(base)) and _base_has_values(base)
        for base, exponent in product.order
    )


def _base_has_values(base: Atom | Sum) -> bool:
    if isinstance(base, Sum):
        return all(has_values(term) for _, term in base.order)
    partial = base.name in _PARTIAL or base.op == "power"
    if partial and base.depends_on_z():
        return False
    return all(map(_base_has_values, base.args))


def is_positive(base: Atom | Sum) -> bool:
    """Whether a factor in normal form is seen to be greater than 0 for every z."""
    if isinstance(base, Atom):
        return base.op == "call" and base.name in _POSITIVE or base.op == "constant"
    if base.constant < 0 or any(coefficient < 0 for coefficient, _ in base.order):
        return False
    if not all(_is_not_negative(term) for _, term in base.order):
        return False
    return base.constant > 0 or any(
        all(is_positive(factor) for factor, _ in term.order) for _, term in base.order
    )


def _is_not_negative(term: Product) -> bool:
    return all(exponent % 2 == 0 or is_positive(base) for base, exponent in term.order)
