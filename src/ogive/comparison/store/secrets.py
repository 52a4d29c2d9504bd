"""Keeps passwords out of what is stored of a command line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

__all__ = ["without_passwords", "without_store"]

_IN_ADDRESS = re.compile(r"(?<=://)([^\s/:@'\"]*):[^\s/@'\"]*(?:@[^\s/@'\"]*)*@")
_AS_OPTION = re.compile(r"(?<=[?&])(\w*password|passwd|pwd|token)=[^\s&'\"]*", re.IGNORECASE)


def without_passwords(text: str) -> str:
    """Return a text with ``***`` for each password in an address, or among an address's options.

    Examples
    --------
    >>> without_passwords("ogive compare iris --track http://me:secret@host:5000")
    'ogive compare iris --track http://me:***@host:5000'
    """
    return _AS_OPTION.sub(r"\1=***", _IN_ADDRESS.sub(r"\1:***@", text))


def without_store(arguments: Sequence[str]) -> tuple[str, ...]:
    """Return a command line's words without passwords, and without ``--store`` and its value.

    The run is in that store; whoever continues it names the store anew.
    """
    return tuple(map(without_passwords, _others(arguments)))


def _others(arguments: Sequence[str]) -> Iterator[str]:
    words = iter(arguments)
    for word in words:
        if word == "--":
            yield word
            yield from words
        elif word == "--store":
            next(words, None)
        elif not word.startswith("--store="):
            yield word
