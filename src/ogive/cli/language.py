"""The language of a run, known before the command line is parsed; and help texts in both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ogive.text import LANGUAGES, InputError, Language, Text, default_language

__all__ = ["Run", "both", "language_of", "translated"]

_CHINESE: dict[str, str] = {}


class Run(NamedTuple):
    """What every command knows of its run: the language, and the command line as it was typed."""

    language: Language
    arguments: tuple[str, ...]


def both(en: str, zh: str) -> str:
    """Return the English text, and remember the Chinese one for `translated`.

    Typer takes help texts as plain strings when a command is defined, before anybody knows the
    language; so they are kept by their English text, as gettext does.
    """
    _CHINESE[en] = zh
    return en


def translated(text: str, language: Language) -> str:
    """Return a text given to `both` in the language wanted."""
    return _CHINESE.get(text, text) if language == "zh" else text


def language_of(arguments: Sequence[str]) -> Language:
    """Return the language that ``--lang`` asks for among `arguments`, or else the locale's."""
    wanted = None
    for i, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument.startswith("--lang="):
            wanted = argument.removeprefix("--lang=")
        elif argument == "--lang" and i + 1 < len(arguments):
            wanted = arguments[i + 1]
    if wanted is None:
        return default_language()
    for language in LANGUAGES:
        if wanted.lower() == language:
            return language
    raise _unknown_language(wanted)


def _unknown_language(wanted: str) -> InputError:
    text = Text(
        f"--lang must be en or zh. Got {wanted!r} instead.",
        f"--lang 只能是 en 或 zh，得到的却是“{wanted}”。",
    )
    return InputError(*text)
