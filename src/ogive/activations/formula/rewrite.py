"""Replaces what loses digits or overflows by functions of the core that do neither.

A rule is two formulas in x, which stands for anything (b: for anything without z). It applies
wherever its left side occurs, times any factor and among any further terms, in any order.
"""

from __future__ import annotations

from functools import cache

from ogive.activations.formula.conversion import normal, tree
from ogive.activations.formula.matching import Found, in_atom, in_product, in_sum
from ogive.activations.formula.nodes import Node
from ogive.activations.formula.normal import (
    Atom,
    OutOfBounds,
    Product,
    Sum,
    add,
    call,
    monomial,
    multiply,
    number_sum,
    of_atom,
    of_monomial,
    power,
    product,
    scale,
)
from ogive.activations.formula.parse import parse

__all__ = ["RULES", "rewrite"]

RULES: tuple[tuple[str, str], ...] = (
    # of one function
    ("log(exp(x))", "x"),
    ("log(1 + exp(x))", "softplus(x)"),
    ("log1p(exp(x))", "softplus(x)"),
    ("log(sigmoid(x))", "logsigmoid(x)"),
    ("log(x + sqrt(x**2 + 1))", "asinh(x)"),
    ("log(1 + x)", "log1p(x)"),
    ("exp(-x**2)", "gaussian(x)"),
    # of products
    ("1/(1 + exp(x))", "sigmoid(-x)"),
    ("exp(-x)*sigmoid(x)", "sigmoid(-x)"),
    ("expm1(x)*sigmoid(-x)", "tanh(x/2)"),
    ("(exp(x) - exp(-x))/(exp(x) + exp(-x))", "tanh(x)"),
    ("exp(x)/(exp(x) + exp(-x))", "sigmoid(2*x)"),
    ("x*tanh(softplus(x))", "mish(x)"),
    ("x*erfc(-x/sqrt(2))", "2*gelu(x)"),
    ("x*normal_cdf(x)", "gelu(x)"),
    ("x*sigmoid(2*sqrt(2/pi)*(x + 0.044715*x**3))", "gelu_tanh(x)"),
    ("x*exp(-exp(-x))", "golu(x)"),
    ("x*tanh(exp(x))", "tanhexp(x)"),
    ("x*erf(softplus(x))", "serf(x)"),
    ("x*tanh(log1p(sigmoid(x)))", "smish(x)"),
    ("x*log1p(sigmoid(x))", "logish(x)"),
    # of sums
    ("exp(x) - 1", "expm1(x)"),
    ("1 - sigmoid(x)", "sigmoid(-x)"),
    ("2*sigmoid(x) - 1", "tanh(x/2)"),
    ("x - tanh(x)", "tanhshrink(x)"),
    ("1 + tanh(x)", "2*sigmoid(2*x)"),
    ("1 - tanh(x)", "2*sigmoid(-2*x)"),
    ("1 - tanh(x)**2", "4*sigmoid(2*x)*sigmoid(-2*x)"),
    ("1 + erf(x)", "erfc(-x)"),
    ("1 - erf(x)", "erfc(x)"),
    ("1 - erfc(x)", "erf(x)"),
    ("1 - cos(x)", "2*sin(x/2)**2"),
    ("x + (sqrt(x**2 + 1) - 1)/2", "bent_identity(x)"),
    ("sqrt(1 + x) - 1", "x/(1 + sqrt(1 + x))"),
    ("x + sqrt(x**2 + 4)", "2*squareplus(x)"),
)
_ODD = {"tanh", "erf", "sin", "arctan", "asinh", "tanhshrink"}
_ROUNDS = 8  # each may make room for further rules


def rewrite(node: Node) -> Node:
    """Return the formula with every rule applied.

    It stays as it is where its numbers forbid that, or where something would cancel that may be 0.
    """
    try:
        form = normal(node)
        for _ in range(_ROUNDS):
            better = _in_sum(form)
            if better == form:
                break
            form = better
        return tree(form)
    except OutOfBounds:
        return node


@cache
def _rules() -> tuple[list[Found], list[Found], list[Found]]:
    """Return the rules for functions, products and sums."""
    kinds: tuple[list[Found], list[Found], list[Found]] = ([], [], [])
    for left, right in RULES:
        rule = Found(normal(parse(left)), normal(parse(right)))
        coefficient, term = monomial(rule.left)
        if rule.left.parts() > 1:
            kinds[2].append(rule)
        elif coefficient == 1 and len(term.order) == 1 and isinstance(term.order[0][0], Atom):
            kinds[0].append(rule)
        else:
            kinds[1].append(rule)
    return kinds


def _in_sum(form: Sum) -> Sum:
    made = number_sum(form.constant)
    for coefficient, term in form.order:
        made = add(made, _in_product(term), coefficient)
    for rule in _rules()[2]:
        while (better := in_sum(rule, made)) is not None:
            made = better
    return made


def _in_product(term: Product) -> Sum:
    made = number_sum(1.0)
    for base, exponent in term.order:
        inner = _in_sum(base) if isinstance(base, Sum) else _in_atom(base)
        made = multiply(made, power(inner, exponent))
    for rule in _rules()[1]:
        while (better := in_product(rule, made)) is not None:
            made = better
    return _silu(made)


def _in_atom(atom: Atom) -> Sum:
    keywords = tuple((key, _in_sum(value)) for key, value in atom.keywords)
    atom = Atom(atom.op, tuple(map(_in_sum, atom.args)), atom.name, keywords)
    for rule in _rules()[0]:
        better = in_atom(rule, atom)
        if better is not None:
            return better
    if atom.op == "call" and atom.name in _ODD and _is_negative(atom.args[0]):
        return scale(call(atom.name, scale(atom.args[0], -1.0)), -1.0)
    return of_atom(atom)


def _is_negative(form: Sum) -> bool:
    return form.constant <= 0 and all(coefficient < 0 for coefficient, _ in form.order)


def _silu(form: Sum) -> Sum:
    """Return x * sigmoid(b * x) as silu, for any b without z: two unknowns in one product."""
    coefficient, term = monomial(form)
    for gate, k in term.order:
        if not isinstance(gate, Atom) or gate.op != "call" or gate.name != "sigmoid" or k < 1:
            continue
        for base, exponent in term.order:
            if exponent < 1 or not base.depends_on_z() or base == gate:
                continue
            x = of_monomial(1.0, product([(base, 1)]))
            beta = multiply(gate.args[0], power(x, -1))
            if beta.depends_on_z():
                continue
            rest = dict(term.order)
            rest[gate] -= 1
            rest[base] -= 1
            left = of_monomial(coefficient, product((f, e) for f, e in rest.items() if e))
            keywords = () if beta == number_sum(1.0) else (("beta", beta),)
            return multiply(left, call("silu", x, keywords))
    return form
