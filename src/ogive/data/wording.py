"""Small pieces that the data messages share: nearest names first, lists kept short."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from ogive.text import Text

__all__ = ["listed", "nearest", "nearest_first"]

ALIKE = 0.75
"""From this similarity on, one name is a slip of the other."""
SHORTEST = 3
"""Letters that a name has at least of which another with one letter changed is a slip: among the
shorter ones, such as l1 and l2, both may be meant."""


def nearest_first(wanted: str, names: Iterable[str]) -> list[str]:
    """Return `names`, those most like `wanted` first and otherwise in their own order."""
    lowered = wanted.lower()

    def unlikeness(name: str) -> float:
        likeness = SequenceMatcher(None, lowered, name.lower()).ratio()
        return -likeness if likeness >= 0.5 else 0.0

    return sorted(names, key=unlikeness)


def nearest(wanted: str, names: Iterable[str]) -> str | None:
    """Return the name that `wanted` is a slip of, or None where none is near."""
    return next((name for name in nearest_first(wanted, names) if _near(wanted, name)), None)


def _near(wanted: str, name: str) -> bool:
    one, other = wanted.lower(), name.lower()
    if one == other or SequenceMatcher(None, one, other).ratio() >= ALIKE:
        return True
    return min(len(one), len(other)) >= SHORTEST and _one_slip(one, other)


def _one_slip(one: str, other: str) -> bool:
    """Return whether a letter more, less or changed, or two that changed places, part the two."""
    if len(one) > len(other):
        one, other = other, one
    start = next((i for i, letter in enumerate(one) if letter != other[i]), len(one))
    rest, longer = one[start:], other[start:]
    if len(one) < len(other):
        return rest == longer[1:]
    return rest[1:] == longer[1:] or (rest[1::-1] == longer[:2] and rest[2:] == longer[2:])


def listed(names: Sequence[str], limit: int = 8) -> Text:
    """Return the first `limit` of `names` as a list within a sentence, and how many there are."""
    if len(names) <= limit + 1:
        return Text(", ".join(names), "、".join(names))
    shown = names[:limit]
    return Text(
        f"{', '.join(shown)}, … ({len(names)} in all)",
        f"{'、'.join(shown)}……（共 {len(names)} 个）",
    )
