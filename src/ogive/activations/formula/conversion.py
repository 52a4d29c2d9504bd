"""Between a formula's tree and its normal form."""

from __future__ import annotations

from ogive.activations.formula.constants import MAX_POWER, constant_value
from ogive.activations.formula.nodes import CONDITIONS, Node, number, operation
from ogive.activations.formula.normal import (
    Atom,
    OutOfBounds,
    Product,
    Sum,
    add,
    monomial,
    multiply,
    number_sum,
    of_atom,
    power,
    scale,
)
from ogive.activations.formula.totality import has_values, is_positive

__all__ = ["normal", "tree"]


def normal(node: Node) -> Sum:
    """Return the normal form of a tree."""
    value = constant_value(node, {}) if node.op != "number" else node.value
    if value is not None and node.op not in CONDITIONS:
        return number_sum(value)
    args = node.args
    match node.op:
        case "add":
            return _sum(normal(args[0]), normal(args[1]), 1.0)
        case "subtract":
            return _sum(normal(args[0]), normal(args[1]), -1.0)
        case "negate":
            return scale(normal(args[0]), -1.0)
        case "multiply":
            return _product(normal(args[0]), normal(args[1]))
        case "divide":
            return _product(normal(args[0]), power(normal(args[1]), -1))
        case "power":
            exponent = constant_value(args[1], {})
            if exponent is not None:
                if exponent.is_integer() and abs(exponent) <= MAX_POWER:
                    return power(normal(args[0]), int(exponent))
                if abs(exponent) == 0.5:
                    root = of_atom(Atom("call", (normal(args[0]),), "sqrt"))
                    return root if exponent > 0 else power(root, -1)
            elif args[0].op == "constant" and args[0].name == "e":
                return of_atom(Atom("call", (normal(args[1]),), "exp"))
    keywords = tuple((key, normal(value)) for key, value in node.keywords)
    return of_atom(Atom(node.op, tuple(map(normal, args)), node.name, keywords))


def _sum(a: Sum, b: Sum, factor: float) -> Sum:
    """Return a + factor * b, unless terms that have no value somewhere cancel."""
    made = add(a, b, factor)
    left = {term for _, term in made.order}
    if any(term not in left and not has_values(term) for _, term in (*a.order, *b.order)):
        raise OutOfBounds
    return made


def _product(a: Sum, b: Sum) -> Sum:
    """Return a * b, unless what may be 0, or has no value somewhere, would cancel."""
    (c, first), (d, second) = monomial(a), monomial(b)
    if not c * d and not (has_values(first) and has_values(second)):
        raise OutOfBounds
    exponents = dict(second.order)
    if any(k * exponents.get(base, 0) < 0 and not is_positive(base) for base, k in first.order):
        raise OutOfBounds
    return multiply(a, b)


def tree(a: Sum) -> Node:
    """Return the tree of a normal form: a sum of terms, each one quotient of products."""
    made: Node | None = None
    # A positive term first, so that the sum need not begin with a sign.
    terms = sorted(a.order, key=lambda term: term[0] < 0)
    if a.constant > 0 and terms and terms[0][0] < 0:
        made = number(a.constant)
    for coefficient, product in terms:
        if made is None:
            made = _term(coefficient, product)
        elif coefficient < 0:
            made = operation("subtract", made, _term(-coefficient, product))
        else:
            made = operation("add", made, _term(coefficient, product))
    if made is None:
        return _signed(a.constant)
    if a.constant == 0 or (a.constant > 0 and terms[0][0] < 0):
        return made
    op = "add" if a.constant > 0 else "subtract"
    return operation(op, made, number(abs(a.constant)))


def _signed(value: float) -> Node:
    return number(value) if value >= 0 else operation("negate", number(-value))


def _term(coefficient: float, product: Product) -> Node:
    over: Node | None = None if abs(coefficient) == 1 else _signed(coefficient)
    under: Node | None = None
    for base, exponent in product.order:
        node = tree(base) if isinstance(base, Sum) else _atom(base)
        if abs(exponent) != 1:
            node = operation("power", node, number(abs(exponent)))
        if exponent < 0:
            under = node if under is None else operation("multiply", under, node)
        elif over is None:
            over = operation("negate", node) if coefficient == -1 else node
        else:
            over = operation("multiply", over, node)
    if over is None:
        over = _signed(coefficient)
    return over if under is None else operation("divide", over, under)


def _atom(atom: Atom) -> Node:
    keywords = tuple((key, tree(value)) for key, value in atom.keywords)
    return Node(atom.op, tuple(map(tree, atom.args)), 0.0, atom.name, keywords)
