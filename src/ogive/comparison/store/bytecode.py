"""What a function's code says, and which objects of its module and of others it refers to."""

from __future__ import annotations

import dis
import importlib
import types
from collections.abc import Iterator
from typing import Any

from ogive.comparison.store.libraries import of_a_library

__all__ = ["described_code", "is_open_ended", "references"]

# What gives access to things that the code does not name.
_OPEN_ENDED = frozenset({"eval", "exec", "globals", "__import__"})
_ATTRIBUTES = ("LOAD_ATTR", "LOAD_METHOD")
_GLOBALS = ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS")


def described_code(code: types.CodeType) -> Any:
    """Return all that is run, without files, lines and comments."""
    return [
        "code",
        code.co_code.hex(),
        code.co_exceptiontable.hex(),
        [_constant(one) for one in code.co_consts],
        [list(code.co_names), list(code.co_varnames), list(code.co_freevars)],
        [code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_flags],
    ]


def is_open_ended(function: types.FunctionType) -> bool:
    """Tell whether the function evaluates text or looks names up, so that nobody knows which."""
    used = {name for code in _codes(function.__code__) for name in _global_names(code)}
    return not (used & _OPEN_ENDED).issubset(function.__globals__)


def references(function: types.FunctionType) -> list[tuple[str, Any]]:
    """Return the globals that a function uses, by name.

    Of a module of the user's it is the attributes used, unless the module itself is handed on.
    """
    found = dict(
        pair
        for code in _codes(function.__code__)
        for pair in _references(code, function.__globals__)
    )
    return sorted(found.items(), key=lambda item: item[0])


def _references(code: types.CodeType, known: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    steps = list(dis.get_instructions(code))
    for i, step in enumerate(steps):
        if step.opname == "IMPORT_NAME":
            yield f"import {step.argval}", _imported(step.argval, _level(steps, i), known)
        elif step.opname in _GLOBALS and step.argval in known:
            name, value = step.argval, known[step.argval]
            for following in steps[i + 1 :]:
                whole = not isinstance(value, types.ModuleType) or of_a_library(value.__name__)
                if whole or following.opname not in _ATTRIBUTES:
                    break
                if not hasattr(value, following.argval):
                    break
                name, value = f"{name}.{following.argval}", getattr(value, following.argval)
            yield name, value


def _global_names(code: types.CodeType) -> Iterator[str]:
    return (step.argval for step in dis.get_instructions(code) if step.opname in _GLOBALS)


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for one in code.co_consts:
        if isinstance(one, types.CodeType):
            yield from _codes(one)


def _level(steps: list[dis.Instruction], i: int) -> int:
    """Return how many packages up an import within a function is relative to."""
    level = steps[i - 2].argval if i >= 2 else 0
    return level if isinstance(level, int) else 0


def _imported(name: str, level: int, known: dict[str, Any]) -> Any:
    if level == 0 and of_a_library(name) is not None:
        return name
    try:
        return importlib.import_module("." * level + name, known.get("__package__"))
    except ImportError:
        return "missing"


def _constant(value: Any) -> Any:
    if isinstance(value, types.CodeType):
        return described_code(value)
    if isinstance(value, tuple):
        return ["tuple", *map(_constant, value)]
    if isinstance(value, frozenset):  # whose order is another in each process
        return ["set", *sorted(map(repr, value))]
    return repr(value)
