"""How many rows of a table to work on at a time."""

from __future__ import annotations

__all__ = ["block_rows"]


def block_rows(columns: int) -> int:
    """Return how many rows of a table to take at a time, so that they stay in the cache."""
    return max(64, 2**17 // max(columns, 1))
