"""Text with commas in it, cut into parts."""

from __future__ import annotations

__all__ = ["between_commas"]

OPENING, CLOSING = "([（", ")]）"


def between_commas(text: str) -> list[str]:
    """Return the parts between the commas of `text`; commas within brackets part nothing.

    A full-width comma, which an input method for Chinese gives, is one too. Spaces around a part
    are removed; an empty part stays, as "".
    """
    parts: list[str] = []
    depth, start = 0, 0
    for i, character in enumerate(text):
        # A bracket closed that none opened is for whoever reads the part to refuse.
        depth = max(depth + (character in OPENING) - (character in CLOSING), 0)
        if character in ",，" and depth == 0:
            parts.append(text[start:i])
            start = i + 1
    parts.append(text[start:])
    return [part.strip() for part in parts]
