"""Chooses and imports the build of the compiled core that suits this machine."""

from __future__ import annotations

import importlib
import os
from typing import Any

__all__ = ["core", "level"]


def _import_core() -> tuple[Any, str]:
    best = importlib.import_module("ogive._cpu").level()
    wanted = os.environ.get("OGIVE_CORE", best)
    order = {"v4": ("v4", "v3", "v2"), "v3": ("v3", "v2"), "v2": ("v2",)}.get(best, (best,))
    if wanted not in order:
        raise ImportError(
            f"OGIVE_CORE={wanted!r} is not a build this machine runs; "
            f"unset it or choose one of: {', '.join(order)}."
        )
    for name in order[order.index(wanted) :]:
        try:
            return importlib.import_module(f"ogive._core_{name}"), name
        except ModuleNotFoundError:
            continue
    raise ImportError("ogive's compiled core is missing; reinstall the package: pip install ogive.")


core, level = _import_core()
