"""Keeps derived facts, in memory and in the user's cache folder."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

from ogive.activations.facts.record import Facts

__all__ = ["cached", "clear_memory", "directory", "key_of"]

_memory: dict[str, Facts] = {}


@cache
def _version() -> str:
    """Return a digest of the code that derives, so that a change of it makes old facts unused."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    formulas = here.parent / "formula"
    code = (*here.glob("*.py"), *formulas.glob("*.py"), here.parent / "symbolic.py")
    for path in sorted(code):
        digest.update(path.read_bytes())
    for package in ("sympy", "mpmath"):
        digest.update(version(package).encode())
    return digest.hexdigest()


def directory() -> Path:
    """Return the folder of the cache: ``OGIVE_CACHE`` or the system's place for caches."""
    chosen = os.environ.get("OGIVE_CACHE")
    if chosen:
        return Path(chosen) / "facts"
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("ogive")) / "facts"


def key_of(*parts: object) -> str:
    """Return the name under which the facts of these parts are kept."""
    text = "\0".join(map(repr, (*parts, _version())))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def clear_memory() -> None:
    """Forget the facts kept in memory; those on disk stay."""
    _memory.clear()


def cached(key: str, derive: Callable[[], Facts]) -> Facts:
    """Return the facts kept under `key`, derived if there are none that can be read."""
    if key not in _memory:
        path = directory() / f"{key}.json"
        facts = _stored(path)
        if facts is None:
            facts = derive()
            _store(path, facts)
        _memory[key] = facts
    return _memory[key]


def _stored(path: Path) -> Facts | None:
    try:
        return Facts.from_dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _store(path: Path, facts: Facts) -> None:
    """Write beside the place and rename, so that no reader sees half a file."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(facts.to_dict(), file, ensure_ascii=False, allow_nan=False)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
