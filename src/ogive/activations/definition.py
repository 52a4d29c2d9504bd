"""What the catalogue records about one activation function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from ogive.text import Text

__all__ = ["LARGEST", "SMALLEST", "Definition", "Kind", "Parameter"]

Kind = Literal["elementwise", "vector", "gate"]

# The bounds of parameters: float32 holds these and their reciprocals with room to spare.
LARGEST = 1e30
SMALLEST = 1e-30


class Parameter(NamedTuple):
    """A constant in a definition that the user may set, and the closed interval it may lie in."""

    name: str
    default: float
    lower: float
    upper: float


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
        The definition in the real ``z`` and the parameters, as SymPy reads it. Where the
        derivative jumps, the piece of a ``Piecewise`` that holds the point gives the derivative
        that is used: PyTorch's. Of a vector function it is one component as a function of its own
        ``z``, with the positive ``rest`` for the other components: the sum of their exponentials,
        or of `sparsemax` their number, each of them being 0. Of a gate it is a function of ``u``,
        the first half, and of ``z``, the second.
    family : str
        The header in ``core/activations`` that holds its C++ struct.
    init : str
        The initialisation of weights that suits the function.
    strength, weakness : Text
        What speaks for its use and what against it, one sentence each.
    references : tuple of str
        Where it was introduced or is explained.
    year : int or None
        The earliest year in which one of these uses it as an activation function, None if none
        does.
    gain : str
        The factor on the weights of `init`, an expression in the parameters.
    aliases : tuple of str
        Other names that `ogive.activation` takes.
    parameters : tuple of Parameter
        In the order of the C++ struct.
    kind : {"elementwise", "vector", "gate"}
        What it acts on: each element, a row, or a row whose width it halves.
    learnt : tuple of str
        Parameters that a network learns.
    formula : object or None
        The compiled formula, for a function that a user typed.
    """

    name: str
    title: Text
    expression: str
    family: str
    init: str
    strength: Text
    weakness: Text
    references: tuple[str, ...]
    year: int | None
    gain: str = "1"
    aliases: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    kind: Kind = "elementwise"
    learnt: tuple[str, ...] = ()
    formula: Any = None
