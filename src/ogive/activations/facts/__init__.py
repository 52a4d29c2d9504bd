"""What can be derived about a function from its one expression."""

from ogive.activations.facts.derivation import derivation
from ogive.activations.facts.facts import facts_of
from ogive.activations.facts.numbers import Number
from ogive.activations.facts.ranges import Interval, Point, Range
from ogive.activations.facts.record import End, Extremum, Facts, Jump, Kink

__all__ = [
    "End",
    "Extremum",
    "Facts",
    "Interval",
    "Jump",
    "Kink",
    "Number",
    "Point",
    "Range",
    "derivation",
    "facts_of",
]
