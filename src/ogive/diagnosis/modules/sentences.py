"""Others' errors and values within a sentence of ours."""

from __future__ import annotations

from typing import Any

from ogive.text import quoted

__all__ = ["first_sentence", "given_value"]


def first_sentence(error: BaseException, most: int = 300) -> str:
    """Return the first line of an error's text, with a full stop."""
    lines = str(error).strip().splitlines() or [repr(error)]
    told = lines[0].strip()[:most]
    return told if told.endswith((".", "!", "?", "。")) else f"{told}."


def given_value(value: Any) -> str:
    """Return a value that was given, in quotes, shortened where it is long."""
    return quoted(value if isinstance(value, str) else repr(value))
