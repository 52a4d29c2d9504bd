"""What is installed, so that a name and a version say what it does."""

from __future__ import annotations

import os
import sys
import sysconfig
import types
from functools import cache
from importlib import metadata
from pathlib import Path

__all__ = ["library_of", "of_a_library"]

_INSTALLED = tuple(
    str(Path(sysconfig.get_path(name)).resolve()) for name in ("stdlib", "purelib", "platlib")
)
_OURS = str(Path(__file__).resolve().parents[2])


def library_of(item: types.FunctionType | type, file: str | None = None) -> list[str] | None:
    """Return module, name and version of a function or class of a library's, else None.

    What only carries the name of another, as a decorated function does, is not it.

    Parameters
    ----------
    item : function or type
    file : str, optional
        Where its code is said to come from.
    """
    version = of_a_library(item.__module__)
    if version is None or (file is not None and not _is_installed(file)):
        return None
    found: object = sys.modules.get(item.__module__)
    for name in item.__qualname__.split("."):
        found = getattr(found, name, None)
    if found is not item and not _is_a_type_of_python(item):
        return None
    return [item.__module__, item.__qualname__, version]


def of_a_library(module: str | None) -> str | None:
    """Return the version of the library that a module belongs to, None if it belongs to none."""
    top = (module or "").partition(".")[0]
    if top == "__main__" or not top:
        return None
    if top in sys.stdlib_module_names:
        return sys.version.split()[0].rpartition(".")[0]
    return _version(top, getattr(sys.modules.get(top), "__file__", None))


@cache
def _version(top: str, file: str | None) -> str | None:
    if file is None or not _is_installed(file):
        return None
    said = getattr(sys.modules[top], "__version__", None)
    if isinstance(said, str):
        return said
    names = metadata.packages_distributions().get(top, ())
    return metadata.version(names[0]) if names else None


@cache
def _is_installed(file: str) -> bool:
    path = str(Path(file).resolve())
    return path.startswith(tuple(f"{folder}{os.sep}" for folder in (*_INSTALLED, _OURS)))


def _is_a_type_of_python(item: object) -> bool:
    """Tell whether it is a type without a name to find it by, as that of None and of functions."""
    heap = 1 << 9
    return isinstance(item, type) and not item.__flags__ & heap
