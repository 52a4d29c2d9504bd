"""Keeps the store, and passwords, out of what is stored of a command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ogive.passwords import without_passwords

__all__ = ["without_store"]


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
