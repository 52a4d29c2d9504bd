"""Keeps passwords in addresses out of what is shown, stored and logged."""

from __future__ import annotations

import re

__all__ = ["without_passwords"]

_PASSWORD = re.compile(r"(?<=://)([^\s/:@]*):[^\s/@]*@")


def without_passwords(text: str) -> str:
    """Return a command line with ``***`` for each password of an address in it.

    Examples
    --------
    >>> without_passwords("ogive compare iris --track http://me:secret@host:5000")
    'ogive compare iris --track http://me:***@host:5000'
    """
    return _PASSWORD.sub(r"\1:***@", text)
