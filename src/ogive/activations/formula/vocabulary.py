"""The names that a formula may use."""

from __future__ import annotations

import math
from collections.abc import Callable

from ogive.activations.catalogue import CATALOGUE
from ogive.activations.definition import Definition

__all__ = [
    "CONSTANTS",
    "ELEMENTARY",
    "FUNCTIONS",
    "HINTS",
    "RESERVED",
    "defaults",
    "refused_kind",
]

CONSTANTS = {"pi": math.pi, "e": math.e}

# Functions that are formulas' own: their SymPy form, and their value at a number.
ELEMENTARY: dict[str, tuple[str, Callable[[float], float]]] = {
    "exp": ("exp(z)", math.exp),
    "expm1": ("exp(z) - 1", math.expm1),
    "log": ("log(z)", math.log),
    "log1p": ("log(1 + z)", math.log1p),
    "sqrt": ("sqrt(z)", math.sqrt),
    "sin": ("sin(z)", math.sin),
    "cos": ("cos(z)", math.cos),
    "arctan": ("atan(z)", math.atan),
    "erf": ("erf(z)", math.erf),
    "erfc": ("erfc(z)", math.erfc),
}

# The kernel that a function name stands for; where, min, max and abs are no kernels.
FUNCTIONS: dict[str, str] = {
    **{alias: name for name, d in CATALOGUE.items() for alias in (name, *d.aliases)},
    **{name: name for name in ELEMENTARY},
    **{name: "" for name in ("where", "min", "max", "abs")},
}

# What others call the same.
HINTS = {
    "ln": "log",
    "atan": "arctan",
    "maximum": "max",
    "minimum": "min",
    "fabs": "abs",
    "square": "**",
    "pow": "**",
    "power": "**",
}

# Names that SymPy or the arguments of ogive.activation() need for themselves.
RESERVED = {
    *("E", "I", "oo", "zoo", "nan", "inf", "Piecewise", "And", "Or", "Not", "Eq", "Ne", "Abs"),
    *("atan", "Integer", "Float", "Rational", "Symbol", "Function", "subgradient", "formula"),
    "per_unit",
    *("sign", "Max", "Min", "asin", "acos", "sinh", "cosh", "acosh", "atanh", "asinh", "true"),
    *("false", "none", "infinity", "rest"),
}


def defaults(kernel: str) -> dict[str, float]:
    """Return the parameters of a function with their defaults, in the kernel's order."""
    if kernel not in CATALOGUE:
        return {}
    return {p.name: float(p.default) for p in CATALOGUE[kernel].parameters}


def refused_kind(definition: Definition) -> bool:
    """Return whether the function acts on several numbers at once."""
    return definition.kind != "elementwise"
