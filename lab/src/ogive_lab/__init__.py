"""The lab: the lecture alive in the browser, served by FastAPI."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ogive_lab.app import create_app
    from ogive_lab.limits import Limits
    from ogive_lab.settings import Settings

# Imported when first used, for the worker processes need none of it.
_HOMES = {
    "Limits": "ogive_lab.limits",
    "Settings": "ogive_lab.settings",
    "create_app": "ogive_lab.app",
}

__all__ = ["Limits", "Settings", "create_app"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
