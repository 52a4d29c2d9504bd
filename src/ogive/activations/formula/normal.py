"""Formulas as sums of products, in which `rewrite` looks for patterns.

A sum is a constant and terms with numeric factors; a product is a set of factors with whole
exponents. A factor is a leaf, a function, or a sum of its own: nothing is multiplied out. Two
formulas that differ only by the order of their operands are equal here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ogive.activations.definition import LARGEST, SMALLEST
from ogive.activations.formula.constants import MAX_POWER

__all__ = [
    "ONE",
    "Atom",
    "OutOfBounds",
    "Product",
    "Sum",
    "add",
    "call",
    "close",
    "monomial",
    "multiply",
    "number_sum",
    "of_atom",
    "of_monomial",
    "power",
    "scale",
    "tidy",
]


class OutOfBounds(Exception):
    """A number would become too large or too small for float32, or a gap would be closed."""


@dataclass(frozen=True)
class Atom:
    """A leaf or an operation other than sum, product and whole power."""

    op: str
    args: tuple[Sum, ...] = ()
    name: str = ""
    keywords: tuple[tuple[str, Sum], ...] = ()

    def depends_on_z(self) -> bool:
        """Return whether z occurs."""
        return self.op == "z" or any(arg.depends_on_z() for arg in self.args)


@dataclass(frozen=True)
class Product:
    """Factors with exponents; `order` is that of their first appearance."""

    factors: frozenset[tuple[Atom | Sum, int]]
    order: tuple[tuple[Atom | Sum, int], ...] = field(compare=False)

    def depends_on_z(self) -> bool:
        """Return whether z occurs."""
        return any(base.depends_on_z() for base, _ in self.order)


@dataclass(frozen=True)
class Sum:
    """constant + sum of coefficient * product."""

    constant: float
    terms: frozenset[tuple[float, Product]]
    order: tuple[tuple[float, Product], ...] = field(compare=False)

    def depends_on_z(self) -> bool:
        """Return whether z occurs."""
        return any(product.depends_on_z() for _, product in self.order)

    def parts(self) -> int:
        """Return the number of terms, the constant included unless it is 0."""
        return len(self.order) + (self.constant != 0)


def bounded(value: float) -> float:
    """Return the number, or raise `OutOfBounds`."""
    if value and not SMALLEST <= abs(value) <= LARGEST:
        raise OutOfBounds
    return value


def product(factors: Iterable[tuple[Atom | Sum, int]]) -> Product:
    order = tuple(factors)
    return Product(frozenset(order), order)


ONE = product(())


def close(a: float, b: float) -> bool:
    """Return whether two numbers differ by rounding only."""
    return abs(a - b) <= 1e-15 * max(abs(a), abs(b))


def tidy(value: float) -> float:
    """Return the number with 15 digits where that is within rounding, so 0.9999... becomes 1."""
    short = float(f"{value:.14g}")
    return short if abs(short - value) <= 4.5e-16 * abs(value) else value


def of_terms(constant: float, terms: Iterable[tuple[float, Product]]) -> Sum:
    """Collect like terms."""
    collected: dict[Product, float] = {}
    for coefficient, term in terms:
        if term == ONE:
            constant += coefficient
        else:
            collected[term] = collected.get(term, 0.0) + coefficient
    order = tuple((bounded(c), term) for term, c in collected.items() if c)
    return Sum(bounded(constant), frozenset(order), order)


def number_sum(value: float) -> Sum:
    """Return a number."""
    return of_terms(value, ())


def of_monomial(coefficient: float, term: Product) -> Sum:
    """Return coefficient * product; a product that is a single sum is opened."""
    if len(term.order) == 1 and term.order[0][1] == 1 and isinstance(term.order[0][0], Sum):
        return scale(term.order[0][0], coefficient)
    return of_terms(0.0, [(coefficient, term)])


def of_atom(atom: Atom) -> Sum:
    """Return the atom as a sum."""
    return of_terms(0.0, [(1.0, product([(atom, 1)]))])


def call(name: str, argument: Sum, keywords: tuple[tuple[str, Sum], ...] = ()) -> Sum:
    """Return a function of a sum."""
    return of_atom(Atom("call", (argument,), name, keywords))


def add(a: Sum, b: Sum, factor: float = 1.0) -> Sum:
    """Return a + factor * b."""
    scaled = [(factor * c, term) for c, term in b.order]
    return of_terms(a.constant + factor * b.constant, [*a.order, *scaled])


def scale(a: Sum, factor: float) -> Sum:
    """Return factor * a."""
    return of_terms(tidy(factor * a.constant), [(tidy(factor * c), term) for c, term in a.order])


def monomial(a: Sum) -> tuple[float, Product]:
    """Return the sum as coefficient * product."""
    if not a.order:
        return a.constant, ONE
    if len(a.order) == 1 and a.constant == 0:
        return a.order[0]
    return 1.0, product([(a, 1)])


def _collected(factors: Iterable[tuple[Atom | Sum, int]]) -> Product:
    exponents: dict[Atom | Sum, int] = {}
    exponential: Sum | None = None
    for base, exponent in factors:
        if isinstance(base, Atom) and base.op == "call" and base.name == "exp":
            argument = scale(base.args[0], exponent)
            exponential = argument if exponential is None else add(exponential, argument)
        else:
            exponents[base] = exponents.get(base, 0) + exponent
    order = [(base, exponent) for base, exponent in exponents.items() if exponent]
    if any(abs(exponent) > MAX_POWER for _, exponent in order):
        raise OutOfBounds
    if exponential is not None and exponential.parts():
        order.append((Atom("call", (exponential,), "exp"), 1))
    return product(order)


def multiply(a: Sum, b: Sum) -> Sum:
    """Return a * b; exponentials are merged, and so are equal factors."""
    (c, first), (d, second) = monomial(a), monomial(b)
    if not c * d:
        return number_sum(0.0)
    return of_monomial(tidy(c * d), _collected([*first.order, *second.order]))


def power(a: Sum, exponent: int) -> Sum:
    """Return a to a whole power."""
    coefficient, term = monomial(a)
    if not coefficient and exponent < 0:
        raise OutOfBounds
    try:
        factor = bounded(coefficient**exponent)
    except OverflowError:
        raise OutOfBounds from None
    return of_monomial(factor, _collected((base, k * exponent) for base, k in term.order))
