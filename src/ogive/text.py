"""Texts in the two languages of the project, and the error that carries both."""

from __future__ import annotations

import os
from typing import Literal, NamedTuple

__all__ = ["LANGUAGES", "InputError", "Language", "Text", "default_language", "quoted"]

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


class Text(NamedTuple):
    """One text in English and in Simplified Chinese; both may hold ``str.format`` fields."""

    en: str
    zh: str

    def to(self, language: Language, **values: object) -> str:
        """Return the text in `language` with its fields filled from `values`."""
        template = self.zh if language == "zh" else self.en
        return template.format(**values) if values else template


class InputError(ValueError):
    """Something the user gave cannot be used; the message says what, and what to do.

    Parameters
    ----------
    en, zh : str
        The same sentence in English and Simplified Chinese. ``str(error)`` is the English one;
        the command line prints the one of its ``--lang``.
    """

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.text = Text(en, zh)

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str]]:
        """Let the error cross process borders with both languages."""
        return type(self), (self.text.en, self.text.zh)


def quoted(text: str, longest: int = 60) -> str:
    """Return what a user typed, in quotes, for an error: shortened in its middle where it is long.

    Characters of any language stand as they are; those that cannot be seen are shown as escapes.
    """
    half = (longest - 3) // 2
    return repr(text if len(text) <= longest else f"{text[:half]}...{text[-half:]}")


def default_language() -> Language:
    """Return ``"zh"`` where the environment's locale is Chinese, otherwise ``"en"``."""
    for variable in ("OGIVE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"
