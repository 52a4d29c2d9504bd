"""What makes two objects give the same results, as plain data that can be hashed."""

from __future__ import annotations

import functools
import hashlib
import inspect
import json
import sys
import sysconfig
import types
from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["hashed", "identity"]

_LIBRARIES = tuple(
    str(Path(sysconfig.get_path(name)).resolve()) for name in ("stdlib", "purelib", "platlib")
)


def hashed(*parts: Any) -> str:
    """Return the SHA-256 of plain data in hexadecimal."""
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def identity(value: Any) -> Any:
    """Return plain data that are equal for objects which do the same.

    Numbers of any type are told apart by value only. An estimator is known by its class and its
    parameters, a function of the user's by its source (or bytecode), what it refers to and its
    defaults, one of a library by its name, any other object by its class and attributes, and what
    has none of these by its pickle.
    """
    return _Identities().of(value)


class _Identities:
    """Goes down an object, once into each one that refers to itself."""

    def __init__(self) -> None:
        self._inside: list[Any] = []

    def of(self, value: Any) -> Any:
        simple = _simple(value)
        if simple is not None:
            return simple
        if any(value is outer for outer in self._inside):
            return ["itself"]
        self._inside.append(value)
        try:
            return self._described(value)
        finally:
            self._inside.pop()

    def _described(self, value: Any) -> Any:
        if isinstance(value, np.ndarray):
            return ["array", value.dtype.str, list(value.shape), self.of(value.ravel().tolist())]
        if isinstance(value, Mapping):
            return [
                "mapping",
                sorted(([self.of(k), self.of(v)] for k, v in value.items()), key=str),
            ]
        if isinstance(value, Set):
            return ["set", sorted((self.of(item) for item in value), key=str)]
        if isinstance(value, Sequence) and not isinstance(value, range):
            return ["sequence", *(self.of(item) for item in value)]
        if isinstance(value, functools.partial):
            return ["partial", self.of(value.func), self.of(value.args), self.of(value.keywords)]
        if isinstance(value, types.MethodType):
            return ["method", value.__func__.__qualname__, self.of(value.__self__)]
        if isinstance(value, types.FunctionType):
            return self._function(value)
        if isinstance(value, type):
            return self._class(value)
        if isinstance(value, types.ModuleType | types.BuiltinFunctionType | np.ufunc):
            return ["named", getattr(value, "__module__", None), value.__name__]
        if hasattr(value, "get_params"):
            return ["estimator", self._class(type(value)), self.of(value.get_params(deep=False))]
        if isinstance(getattr(value, "__dict__", None), dict) and not hasattr(value, "__slots__"):
            return ["object", self._class(type(value)), self.of(vars(value))]
        return ["pickled", self._class(type(value)), _pickled(value)]

    def _class(self, kind: type) -> Any:
        if _of_a_library(kind.__module__):
            return ["class", kind.__module__, kind.__qualname__]
        methods = {k: v for k, v in vars(kind).items() if isinstance(v, types.FunctionType)}
        return ["class", kind.__qualname__, _source(kind) or self.of(methods)]

    def _function(self, function: types.FunctionType) -> Any:
        name = function.__qualname__
        nameless = "<lambda>" in name  # of which one line may hold several
        if not nameless and _of_a_library(function.__module__):
            return ["function", function.__module__, name]
        cells = [cell.cell_contents for cell in function.__closure__ or () if _is_filled(cell)]
        known = function.__globals__
        used = {key: known[key] for key in sorted(_names(function.__code__)) if key in known}
        return [
            "function",
            name,
            (None if nameless else _source(function)) or _bytecode(function.__code__),
            self.of(function.__defaults__),
            self.of(function.__kwdefaults__),
            self.of(cells),
            self.of(used),
        ]


def _simple(value: Any) -> Any:
    """Return what JSON has itself, numbers written so that equal ones are the same."""
    if value is None:
        return ["none"]
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | float | np.integer | np.floating):
        number = float(value)
        if number == value and number.is_integer() and abs(number) < 2**53:
            return ["number", str(int(number))]
        return ["number", number.hex() if number == value or number != number else str(value)]
    if isinstance(value, complex | range | bytes | np.dtype):
        return [type(value).__name__, repr(value)]
    return None


def _source(item: Any) -> str | None:
    try:
        return inspect.getsource(item)
    except (OSError, TypeError):
        return None


def _bytecode(code: types.CodeType) -> Any:
    constants = [
        _bytecode(one) if isinstance(one, types.CodeType) else repr(one) for one in code.co_consts
    ]
    return ["code", code.co_code.hex(), constants, list(code.co_names), list(code.co_varnames)]


def _names(code: types.CodeType) -> set[str]:
    inner = (one for one in code.co_consts if isinstance(one, types.CodeType))
    return set(code.co_names).union(*(_names(one) for one in inner))


def _is_filled(cell: types.CellType) -> bool:
    try:
        cell.cell_contents  # noqa: B018
    except ValueError:
        return False
    return True


def _of_a_library(module: str | None) -> bool:
    """Tell whether a module is installed, so that its names and versions say what it does."""
    top = (module or "").partition(".")[0]
    if top in sys.stdlib_module_names or top == "ogive":
        return top != "__main__"
    file = getattr(sys.modules.get(top), "__file__", None)
    return file is not None and str(Path(file).resolve()).startswith(_LIBRARIES)


def _pickled(value: Any) -> str:
    """Return a hash of the object's pickle; what cannot be pickled, as a lock, holds no results."""
    from joblib import hash as hash_of_pickle

    try:
        return str(hash_of_pickle(value, hash_name="sha1"))
    except Exception:  # whatever the object's own methods raise
        return ""
