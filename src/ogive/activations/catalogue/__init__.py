"""The catalogue: one record per function, beside its C++ struct in ``core/activations``.

To add a function: write its struct (``core/activations/catalogue.hpp`` says how), then its record
into the module of its family here. Everything else about it is derived from the two.
"""

from __future__ import annotations

from ogive.activations.catalogue import (
    exponential_units,
    gates,
    other_shapes,
    piecewise,
    piecewise_shapes,
    self_gated,
    squashing,
    vectors,
)
from ogive.activations.definition import Definition

__all__ = ["CATALOGUE"]

CATALOGUE: dict[str, Definition] = {
    definition.name: definition
    for family in (
        piecewise,
        piecewise_shapes,
        squashing,
        exponential_units,
        self_gated,
        other_shapes,
        vectors,
        gates,
    )
    for definition in family.DEFINITIONS
}
