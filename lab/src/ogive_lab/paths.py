"""Which addresses are the API's; all others are the page's."""

from __future__ import annotations

__all__ = ["UPLOADS", "is_api"]

UPLOADS = "/api/tables"
"""Under this path a body may be as large as the limit of uploads."""


def is_api(path: str) -> bool:
    """Return whether a path belongs to the API."""
    return path == "/api" or path.startswith("/api/")
