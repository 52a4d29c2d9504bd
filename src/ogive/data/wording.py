"""Small pieces that the data messages share: nearest names first, lists kept short."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from ogive.text import Text

__all__ = ["listed", "nearest", "nearest_first"]


def nearest_first(wanted: str, names: Iterable[str]) -> list[str]:
    """Return `names`, those most like `wanted` first and otherwise in their own order."""
    lowered = wanted.lower()

    def unlikeness(name: str) -> float:
        likeness = SequenceMatcher(None, lowered, name.lower()).ratio()
        return -likeness if likeness >= 0.5 else 0.0

    return sorted(names, key=unlikeness)


def nearest(wanted: str, names: Iterable[str]) -> str | None:
    """Return the name most like `wanted`, or None where none is at all like it."""
    ranked = nearest_first(wanted, names)
    if ranked and SequenceMatcher(None, wanted.lower(), ranked[0].lower()).ratio() >= 0.5:
        return ranked[0]
    return None


def listed(names: Sequence[str], limit: int = 8) -> Text:
    """Return the first `limit` of `names` as a list within a sentence, and how many there are."""
    if len(names) <= limit + 1:
        return Text(", ".join(names), "、".join(names))
    shown = names[:limit]
    return Text(
        f"{', '.join(shown)}, … ({len(names)} in all)",
        f"{'、'.join(shown)}……（共 {len(names)} 个）",
    )
