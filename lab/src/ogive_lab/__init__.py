"""The lab: the lecture alive in the browser, served by FastAPI."""

from ogive_lab.app import create_app
from ogive_lab.limits import Limits
from ogive_lab.settings import Settings

__all__ = ["Limits", "Settings", "create_app"]
