"""Names of targets, where what was given as `y` has any."""

from __future__ import annotations

from typing import Any

__all__ = ["given_target_names"]


def given_target_names(y: Any) -> tuple[str, ...] | None:
    """Return the names of the columns of a data frame, or of a series, or None without names."""
    columns = getattr(y, "columns", None)
    if columns is not None:
        return tuple(str(name) for name in columns)
    name = getattr(y, "name", None)
    return (name,) if isinstance(name, str) and name else None
