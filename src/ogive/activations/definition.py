"""What the catalogue records about one activation function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ogive.text import Text

__all__ = ["Definition", "Kink", "Limit", "Parameter"]


class Parameter(NamedTuple):
    """A constant in a definition that the user may set, and the closed interval it may lie in."""

    name: str
    default: float
    lower: float
    upper: float


class Kink(NamedTuple):
    """A point where the derivative jumps: its two one-sided values and the one that is used.

    All are expressions in the function's parameters.
    """

    at: str
    left: str
    right: str
    used: str


class Limit(NamedTuple):
    """Where value and slope tend at one end; expressions in the parameters, ``oo`` included."""

    value: str
    slope: str


@dataclass(frozen=True, slots=True)
class Definition:
    """One function of the catalogue. Everything else about it is derived from this record.

    Attributes
    ----------
    name : str
        The name of the C++ struct's ``name`` member.
    title : Text
        What people call it.
    expression : str
        The definition in ``z`` and the parameters, as SymPy reads it. The derivative that SymPy
        takes of it is the one that is used, at kinks too.
    left, right : Limit
        The behaviour for z to minus and plus infinity.
    init : str
        The initialisation of weights that suits the function.
    gain : str
        The factor on the weights of `init`, an expression in the parameters.
    """

    name: str
    title: Text
    expression: str
    left: Limit
    right: Limit
    init: str
    gain: str = "1"
    aliases: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    kinks: tuple[Kink, ...] = ()
    references: tuple[str, ...] = ()

    @property
    def saturates(self) -> tuple[bool, bool]:
        """Whether the slope vanishes towards minus and towards plus infinity."""
        return self.left.slope == "0", self.right.slope == "0"

    @property
    def bounded(self) -> tuple[bool, bool]:
        """Whether the value stays finite towards minus and towards plus infinity."""
        return "oo" not in self.left.value, "oo" not in self.right.value
