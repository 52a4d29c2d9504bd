"""What a formula as typed and as computed has beside the expression that SymPy made of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ogive.activations.definition import Definition
from ogive.activations.facts.domain import Domain
from ogive.activations.facts.ranges import Point, Range
from ogive.activations.symbolic import exact_number, read_text

if TYPE_CHECKING:
    from ogive.activations.facts.record import Facts

__all__ = ["Typed", "contradicted", "failing_codes", "typed_parts"]


_GRID = np.concatenate([np.linspace(-20, 20, 4001), [-0.1234, 0.4321, 1.7171]])
# Rounding of a formula as typed moves numbers up to this size by less than this share.
_LARGE, _APART = 1e6, 1e-3
# Points beside a pole or a hole may have lost all digits.
_FEW = 8


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


def contradicted(definition: Definition, parameters: Mapping[str, float], facts: Facts) -> bool:
    """Whether a formula gives values or slopes far out of the ranges found for its expression.

    In a comparison, what SymPy simplifies may decide between branches: sqrt(z)*0 <= 0 holds for
    all z in SymPy, and as computed only where the root has a value.
    """
    compiled = _compiled(definition, parameters)
    if compiled is None:
        return False
    with np.errstate(all="ignore"):
        both = compiled.value_and_derivative(_GRID)
    usual = np.isfinite(both[0]) & (np.abs(both[0]) < _LARGE)
    return any(
        found.known and _outside(found, numbers[usual & (np.abs(numbers) < _LARGE)]).sum() > _FEW
        for found, numbers in zip((facts.output_range, facts.derivative_range), both, strict=True)
    )


def _outside(found: Range, numbers: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which numbers are apart from a set by more than rounding."""
    apart = np.full(numbers.shape, np.inf)
    for piece in found.pieces:
        lower, upper = (
            (piece.value.value,) * 2
            if isinstance(piece, Point)
            else (piece.lower.value, piece.upper.value)
        )
        apart = np.minimum(apart, np.maximum(lower - numbers, numbers - upper))
    return np.asarray(apart > _APART * np.maximum(1, np.abs(numbers)))


def failing_codes(
    definition: Definition, parameters: Mapping[str, float], mended: Collection[float]
) -> set[str]:
    """Return the codes for moderate z at which a formula's value or slope is no number.

    At the `mended` ones a slope has been chosen.
    """
    compiled = _compiled(definition, parameters)
    if compiled is None:
        return set()
    with np.errstate(all="ignore"):
        values, slopes = compiled.value_and_derivative(_GRID)
        lost = _GRID[np.isfinite(values) & ~np.isfinite(slopes)]
        lost = lost[~np.isin(lost, list(mended))]
        beside = [compiled.derivative(lost + side * 1e-3) for side in (-1, 1)]
    codes = {"OGV003"} if np.isnan(values).any() else set()
    # Far from 0, where its neighbours are none either, a slope may only be too large for floats.
    if (np.isfinite(beside[0]) | np.isfinite(beside[1]) | (np.abs(lost) < 3)).any():
        codes.add("OGV005")
    return codes
