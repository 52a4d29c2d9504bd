"""The door to all facts: derived once from the expression, then kept."""

from __future__ import annotations

from collections.abc import Mapping

from ogive.activations.definition import Definition
from ogive.activations.facts.analysis import Subgradient
from ogive.activations.facts.cache import cached, key_of
from ogive.activations.facts.record import Facts

__all__ = ["facts_of"]

# What SymPy raises at expressions it cannot handle; users can write any.
_BEYOND_SYMPY = (
    ArithmeticError,
    AttributeError,
    KeyError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)


def facts_of(
    definition: Definition, parameters: Mapping[str, float], subgradient: Subgradient = "torch"
) -> Facts:
    """Return everything that is derived from the expression of a function.

    Parameters
    ----------
    definition : Definition
        A record of the catalogue, or that of a formula. Of a vector function the facts are those
        of one component in its own input, whatever the others are; of a gate the output range is
        over both inputs, and facts of "the" derivative do not apply.
    parameters : mapping of str to float
        A value for each parameter.
    subgradient : {"torch", "left", "right", "mean"}, default "torch"
        The slope used at kinks.

    Returns
    -------
    Facts
        Kept in memory and in the user's cache folder, or in that of the environment variable
        ``OGIVE_CACHE``.
    """
    kind = getattr(definition, "kind", "elementwise")
    named = tuple((p.name, p.lower > 0) for p in definition.parameters)
    numbers = tuple((name, float(parameters[name])) for name in sorted(parameters))

    def derive() -> Facts:
        from ogive.activations.facts.deriving import derived, undecided

        try:
            return derived(definition, parameters, subgradient)
        except _BEYOND_SYMPY:
            if getattr(definition, "formula", None) is None:
                raise
            return undecided(None)

    # SymPy simplifies: formulas of one expression may differ in where they have a value.
    formula = getattr(definition, "formula", None)
    typed = None if formula is None else formula.text
    return cached(key_of(definition.expression, kind, named, numbers, subgradient, typed), derive)
