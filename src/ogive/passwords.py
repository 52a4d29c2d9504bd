"""Keeps passwords in addresses out of what is shown, stored and logged."""

from __future__ import annotations

import re

__all__ = ["without_passwords"]

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
