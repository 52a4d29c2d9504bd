"""Versions and machine, for whoever wants to repeat what a report tells."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version

__all__ = ["describe_environment"]


def describe_environment() -> dict[str, str]:
    """Return the versions of what the numbers depend on, and the machine."""
    described = {"ogive": _version("ogive"), "Python": platform.python_version()}
    for title, package in (
        ("NumPy", "numpy"),
        ("SciPy", "scipy"),
        ("scikit-learn", "scikit-learn"),
    ):
        described[title] = _version(package)
    described["system"] = f"{platform.system()} {platform.release()}, {platform.machine()}"
    described["cores"] = str(os.cpu_count() or 1)
    return described


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # run from a source tree that was not installed
        return "?"
