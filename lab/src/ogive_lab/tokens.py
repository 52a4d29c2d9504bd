"""A token made at random, and made again only after some hours.

A lab that is started anew in the middle of a lesson so knows the pages that are still open.
"""

from __future__ import annotations

import os
import re
import secrets
import time
from pathlib import Path

from platformdirs import user_data_path

__all__ = ["random_token"]

HOURS = 12
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


def random_token(port: int) -> str:
    """Return the token of the last lab on a port, or another one if that was long ago."""
    path = user_data_path("ogive") / f"lab-token-{port}"
    try:
        token = _kept(path) or secrets.token_urlsafe(16)
        _keep(path, token)
    except OSError:  # no folder to keep it in
        return secrets.token_urlsafe(16)
    return token


def _kept(path: Path) -> str | None:
    if not path.exists() or time.time() - path.stat().st_mtime > HOURS * 3600:
        return None
    if os.name == "posix" and path.stat().st_mode & 0o077:  # others could have read it
        return None
    found = path.read_text(encoding="ascii", errors="replace").strip()
    return found if _TOKEN.fullmatch(found) else None


def _keep(path: Path, token: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(token)
