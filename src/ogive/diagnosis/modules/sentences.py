"""Other people's errors within a sentence of ours."""

from __future__ import annotations

__all__ = ["first_sentence"]


def first_sentence(error: BaseException, most: int = 300) -> str:
    """Return the first line of an error's text, with a full stop."""
    lines = str(error).strip().splitlines() or [repr(error)]
    told = lines[0].strip()[:most]
    return told if told.endswith((".", "!", "?", "。")) else f"{told}."
