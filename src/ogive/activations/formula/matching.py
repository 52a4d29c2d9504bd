"""Finds one normal form in another.

A pattern's unknowns are its parameters. Products and sums are matched by their functions first,
which tell what the unknowns are; what is left of the pattern must then be there as it stands.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from ogive.activations.formula.normal import (
    ONE,
    Atom,
    Product,
    Sum,
    add,
    close,
    monomial,
    multiply,
    number_sum,
    of_atom,
    of_monomial,
    power,
    product,
    scale,
    tidy,
)

__all__ = ["Found", "in_atom", "in_product", "in_sum"]

Known = dict[str, Sum]


class Found(NamedTuple):
    """A pattern, and what replaces it where it is found."""

    left: Sum
    right: Sum


def in_atom(rule: Found, atom: Atom) -> Sum | None:
    """Return the replacement of a function that the pattern matches."""
    pattern = rule.left.order[0][1].order[0][0]
    for known in _match_base(pattern, atom, {}):
        return _filled(rule.right, known)
    return None


def in_product(rule: Found, form: Sum) -> Sum | None:
    """Return the form, if it is a product, with a match among its factors replaced."""
    coefficient, pattern = monomial(rule.left)
    own, term = monomial(form)
    anchor, k = _anchor(pattern)
    for base, exponent in term.order:
        if exponent * k <= 0 or abs(exponent) < abs(k):
            continue
        for known in _match_base(anchor, base, {}):
            others = _filled(of_monomial(1.0, _without(pattern, anchor)), known)
            right = _filled(rule.right, known)
            if others is None or right is None:
                continue
            factor, factors = monomial(others)
            left = dict(term.order)
            left[base] -= k
            if all(0 < e * left.get(b, 0) >= e * e for b, e in factors.order):
                for b, e in factors.order:
                    left[b] -= e
                rest = product((b, e) for b, e in left.items() if e)
                return multiply(of_monomial(own / (coefficient * factor), rest), right)
    return None


def in_sum(rule: Found, form: Sum) -> Sum | None:
    """Return the form with a match among its terms, or a multiple of one, replaced."""
    if form.parts() < rule.left.parts():
        return None
    coefficient, pattern = max(rule.left.order, key=lambda term: _weight(term[1]))
    anchor, k = _anchor(pattern)
    remainder = add(rule.left, of_monomial(coefficient, pattern), -1.0)
    for own, term in form.order:
        for base, exponent in term.order:
            if exponent < k:
                continue
            for known in _match_base(anchor, base, {}):
                others = _filled(of_monomial(coefficient, _without(pattern, anchor)), known)
                further, right = _filled(remainder, known), _filled(rule.right, known)
                if others is None or further is None or right is None:
                    continue
                # How many times the pattern is there, if it is: what multiplies its anchor.
                left = {**dict(term.order), base: exponent - k}
                fewer = product((b, e) for b, e in left.items() if e)
                factor = multiply(of_monomial(own, fewer), power(others, -1))
                rest = add(form, of_monomial(own, term), -1.0)
                rest = _tidied(add(rest, _times(further, factor), -1.0), form)
                if rest.parts() == form.parts() - 1 - further.parts():
                    return add(rest, multiply(factor, right))
    return None


def _without(pattern: Product, anchor: Atom | Sum) -> Product:
    return product(factor for factor in pattern.order if factor[0] != anchor)


def _times(left: Sum, factor: Sum) -> Sum:
    made = scale(factor, left.constant) if left.constant else number_sum(0.0)
    for coefficient, term in left.order:
        made = add(made, multiply(of_monomial(coefficient, term), factor))
    return made


def _tidied(rest: Sum, form: Sum) -> Sum:
    """Drop what is left by rounding where all of a term was taken away."""
    scale_of = dict((term, coefficient) for coefficient, term in form.order)
    kept = [(c, term) for c, term in rest.order if abs(c) > 4e-16 * abs(scale_of.get(term, 0.0))]
    constant = rest.constant if abs(rest.constant) > 4e-16 * abs(form.constant) else 0.0
    return Sum(constant, frozenset(kept), tuple(kept))


def _unknown(base: Atom | Sum) -> str | None:
    return base.name if isinstance(base, Atom) and base.op == "parameter" else None


def _weight(term: Product) -> int:
    """Return how much a product tells: 2 for a function, 1 for a sum, 0 for an unknown."""
    return max(
        (2 if isinstance(base, Atom) and base.op == "call" else int(_unknown(base) is None))
        for base, _ in term.order
    )


def _anchor(term: Product) -> tuple[Atom | Sum, int]:
    return max(term.order, key=lambda factor: _weight(product([factor])))


def _match_base(pattern: Atom | Sum, base: Atom | Sum, known: Known) -> Iterator[Known]:
    if isinstance(pattern, Sum):
        if isinstance(base, Sum):
            yield from _match(pattern, base, known)
        return
    name = _unknown(pattern)
    if name is not None:
        found = base if isinstance(base, Sum) else of_atom(base)
        yield from _bound(name, found, known)
    elif (
        isinstance(base, Atom)
        and (pattern.op, pattern.name, len(pattern.args)) == (base.op, base.name, len(base.args))
        and not base.keywords
    ):
        yield from _match(pattern.args[0], base.args[0], known)


def _bound(name: str, found: Sum, known: Known) -> Iterator[Known]:
    if name not in known:
        yield {**known, name: found}
    elif _same(known[name], found):
        yield known


def _match(pattern: Sum, form: Sum, known: Known) -> Iterator[Known]:
    """Yield the unknowns for which the whole form equals the pattern."""
    filled = _filled(pattern, known)
    if filled is not None:
        if _same(filled, form):
            yield known
        return
    weighty = [t for t in pattern.order if not _is_unknown(t[1])]
    if not weighty:
        coefficient, term = pattern.order[0]
        if len(pattern.order) == 1:
            rest = scale(add(form, number_sum(pattern.constant), -1.0), 1 / coefficient)
            # log(1 + x) is of use only where the 1 is there to be taken away.
            if rest.parts() and (not pattern.constant or form.constant == pattern.constant):
                yield from _bound(str(_unknown(term.order[0][0])), rest, known)
        return
    coefficient, term = max(weighty, key=lambda t: _weight(t[1]))
    left = Sum(
        pattern.constant,
        frozenset(t for t in pattern.order if t[1] != term),
        tuple(t for t in pattern.order if t[1] != term),
    )
    for own, candidate in form.order:
        for found in _match_product(term, candidate, known, own / coefficient):
            yield from _match(left, add(form, of_monomial(own, candidate), -1.0), found)


def _is_unknown(term: Product) -> bool:
    return len(term.order) == 1 and term.order[0][1] == 1 and _unknown(term.order[0][0]) is not None


def _match_product(pattern: Product, term: Product, known: Known, ratio: float) -> Iterator[Known]:
    base, k = _anchor(pattern)
    name = _unknown(base)
    if name is not None and len(pattern.order) == 1:
        # A power of an unknown, whose sign an even power hides.
        if all(e % k == 0 for _, e in term.order) and (ratio > 0 or k % 2):
            size = tidy(math.copysign(abs(ratio) ** (1 / k), ratio))
            if k % 2 == 0 and size**k != ratio:
                return  # taking the factor inside would cost more than the rule gains
            root = of_monomial(size, product((b, e // k) for b, e in term.order))
            for sign in (1.0, -1.0) if k % 2 == 0 else (1.0,):
                yield from _bound(name, scale(root, sign), known)
        return
    if not close(ratio, 1.0):
        return
    for candidate, exponent in term.order:
        if exponent != k:
            continue
        for found in _match_base(base, candidate, known):
            rest = product(f for f in pattern.order if f[0] != base)
            others = product(f for f in term.order if f[0] != candidate)
            if rest == ONE or others == ONE:
                if rest == others:
                    yield found
            else:
                yield from _match_product(rest, others, found, 1.0)


def _same(a: Sum, b: Sum) -> bool:
    if a == b:
        return True
    rest = add(a, b, -1.0)
    return not _tidied(rest, a).parts()


def _filled(form: Sum, known: Known) -> Sum | None:
    """Return the form with its unknowns filled in, or None if one is not known."""
    made = number_sum(form.constant)
    for coefficient, term in form.order:
        factors = number_sum(coefficient)
        for base, exponent in term.order:
            inner = _filled_base(base, known)
            if inner is None:
                return None
            factors = multiply(factors, power(inner, exponent))
        made = add(made, factors)
    return made


def _filled_base(base: Atom | Sum, known: Known) -> Sum | None:
    if isinstance(base, Sum):
        return _filled(base, known)
    name = _unknown(base)
    if name is not None:
        return known.get(name)
    args = tuple(_filled(arg, known) for arg in base.args)
    if any(arg is None for arg in args):
        return None
    return of_atom(Atom(base.op, tuple(arg for arg in args if arg), base.name, base.keywords))
