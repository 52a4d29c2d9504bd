"""The properties that functions of the catalogue can be chosen by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ogive.activations.function import Activation

__all__ = ["PROPERTIES", "matches", "properties", "without_meaning"]

# Each with the field of `Facts` that it is told by.
PROPERTIES = {
    "bounded": "bounded",
    "monotone": "monotonic",
    "smooth": "smooth",
    "zero_centered": "zero_centered",
    "cheap": "cheap",
}


def properties(function: Activation) -> dict[str, bool | None]:
    """Return whether the function has each of `PROPERTIES`; None where that is not known.

    Examples
    --------
    >>> import ogive
    >>> properties(ogive.activation("relu"))
    {'bounded': False, 'monotone': True, 'smooth': False, 'zero_centered': False, 'cheap': True}
    """
    facts = function.facts
    return {
        "bounded": facts.bounded,
        "monotone": None if facts.monotonic is None else facts.monotonic != "not monotonic",
        "smooth": facts.smooth,
        "zero_centered": facts.zero_centered,
        "cheap": facts.cheap,
    }


def without_meaning(function: Activation) -> set[str]:
    """Return those of `PROPERTIES` that do not apply to the function, as it acts on rows."""
    return {key for key, field in PROPERTIES.items() if field in function.facts.not_applicable}


def matches(has: Mapping[str, bool | None], wanted: Mapping[str, bool | None]) -> bool:
    """Return whether what a function has is what is wanted, None standing for either.

    A property that is not known is neither had nor lacked.
    """
    return all(want is None or has[key] is want for key, want in wanted.items())
