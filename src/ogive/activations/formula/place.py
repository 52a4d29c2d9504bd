"""Where in a formula something is refused, so that whoever typed it can be shown the place."""

from __future__ import annotations

import re

from ogive.text import InputError

__all__ = ["FormulaError", "Piece", "located"]

BLANKS = re.compile(r"[ \t\r\n]+")


class FormulaError(InputError):
    """A formula that is refused, and where.

    Parameters
    ----------
    en, zh : str
        As of `InputError`.
    place : tuple of two int, optional
        Where the refused piece begins and ends in the text that was given.

    Attributes
    ----------
    piece : str
        What is refused, empty where it is not known.
    """

    def __init__(self, en: str, zh: str, place: tuple[int, int] | None = None) -> None:
        super().__init__(en, zh)
        self.place = place
        self.piece = ""

    def __reduce__(self) -> tuple[type[InputError], tuple[object, ...]]:  # type: ignore[override]
        """Let the error cross process borders with its place."""
        return type(self), (self.text.en, self.text.zh, self.place)


class Piece(str):
    """A piece of a text that knows where in it it begins."""

    at: int

    def __new__(cls, text: str, start: int = 0, end: int | None = None) -> Piece:
        """Return ``text[start:end]``."""
        made = super().__new__(cls, text[start:end])
        made.at = start
        return made


def located(error: FormulaError, text: str) -> FormulaError:
    """Return the error with its place in a text as it was typed, blanks and all.

    Parameters
    ----------
    error : FormulaError
        Its place, if any, is one in the text with its blanks made single, as it is parsed.
        Where it has none, the place is that of its `piece`, if that stands in the text once.
    text : str
        What was typed.
    """
    origin = _origins(text)
    if error.place is None:
        blank = "[ \t\r\n]*"
        pattern = blank.join(re.escape(character) for character in error.piece if character != " ")
        found = [match.span() for match in re.finditer(pattern, text)] if pattern else []
        place = found[0] if len(found) == 1 else None
    else:
        start, end = (min(at, len(origin)) for at in error.place)
        last = origin[end - 1] + 1 if end > start else len(text)
        place = (origin[start] if start < len(origin) else len(text), last)
    return FormulaError(error.text.en, error.text.zh, place)


def _origins(text: str) -> list[int]:
    """Return where each character of the text with single blanks stood."""
    kept: list[int] = []
    at = 0
    for blank in BLANKS.finditer(text):
        kept += range(at, blank.start())
        kept.append(blank.start())
        at = blank.end()
    kept += range(at, len(text))
    outer = [place for place in kept if not BLANKS.match(text, place)]
    return [place for place in kept if outer and outer[0] <= place <= outer[-1]]
