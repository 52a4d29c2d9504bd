"""What a formula as typed and as computed has beside the expression that SymPy made of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

import numpy as np

from ogive.activations.definition import Definition
from ogive.activations.facts.domain import Domain
from ogive.activations.symbolic import exact_number, read_text

__all__ = ["Typed", "failing_codes", "typed_parts"]


class Typed(NamedTuple):
    """What a formula has beside its expression.

    Attributes
    ----------
    domain : Domain
        Where it has a value.
    operands : tuple of sympy.Expr
        Those of its operations that have no value at some numbers.
    slope : callable
        The derivative as it is computed, of one float.
    """

    domain: Domain
    operands: tuple[Any, ...]
    slope: Callable[[float], float]


def typed_parts(
    definition: Definition, parameters: Mapping[str, float], symbols: Mapping[str, Any]
) -> Typed | None:
    """Return what SymPy has simplified away from a formula."""
    from ogive.activations.formula.to_sympy import sympy_text

    compiled = _compiled(definition, parameters)
    if compiled is None:
        return None
    lost = {name: value for name, value in parameters.items() if name not in symbols}
    domain = Domain(definition.formula.tree, lost)
    operands = []
    for node in domain.operands:
        read = read_text(definition, sympy_text(node))
        known = {s: exact_number(lost[s.name]) for s in read.free_symbols if s.name in lost}
        operands.append(read.subs(known))

    def slope(z: float) -> float:
        with np.errstate(all="ignore"):
            return float(compiled.derivative(z))

    return Typed(domain, tuple(operands), slope)


def _compiled(definition: Definition, parameters: Mapping[str, float]) -> Any:
    """Return the core's function of a formula; None for a function of the catalogue."""
    program = getattr(getattr(definition, "formula", None), "program", None)
    if program is None:
        return None
    from ogive._engine import core

    return core.Function(program(parameters), list(parameters.values()), [])


def failing_codes(
    definition: Definition, parameters: Mapping[str, float], mended: Collection[float]
) -> set[str]:
    """Return the codes for moderate z at which a formula's value or slope is no number.

    At the `mended` ones a slope has been chosen.
    """
    compiled = _compiled(definition, parameters)
    if compiled is None:
        return set()
    z = np.concatenate([np.linspace(-20, 20, 4001), [-0.1234, 0.4321, 1.7171]])
    with np.errstate(all="ignore"):
        values, slopes = compiled.value_and_derivative(z)
        lost = z[np.isfinite(values) & ~np.isfinite(slopes)]
        lost = lost[~np.isin(lost, list(mended))]
        beside = [compiled.derivative(lost + side * 1e-3) for side in (-1, 1)]
    codes = {"OGV003"} if np.isnan(values).any() else set()
    if (np.isfinite(beside[0]) | np.isfinite(beside[1])).any():
        codes.add("OGV005")
    return codes
