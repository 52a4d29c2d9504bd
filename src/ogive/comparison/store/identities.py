"""What makes two objects give the same results, as plain data that can be hashed."""

from __future__ import annotations

import functools
import hashlib
import json
import types
import uuid
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator

from ogive.comparison.store.bytecode import described_code, is_open_ended, references
from ogive.comparison.store.libraries import library_of, of_a_library

__all__ = ["Identities", "hashed", "identity"]

# What clone() and the seed of the split make of a model, whatever was given.
_OVERRIDDEN = frozenset({"random_state", "n_jobs"})

# Of a class: what says nothing of what it does, or is filled in while it is used.
_NO_PART = frozenset(
    {
        "__abstractmethods__",
        "__annotate__",
        "__annotate_func__",
        "__annotations__",
        "__annotations_cache__",
        "__dict__",
        "__doc__",
        "__firstlineno__",
        "__module__",
        "__qualname__",
        "__slotnames__",
        "__static_attributes__",
        "__weakref__",
        "_abc_impl",
    }
)

_NAMED = (
    types.ClassMethodDescriptorType,
    types.GetSetDescriptorType,
    types.MemberDescriptorType,
    types.MethodDescriptorType,
    types.WrapperDescriptorType,
)
# How clone() makes an estimator anew, and what it takes along besides the parameters.
_CLONE = BaseEstimator.__sklearn_clone__
_CLONED_ALONG = ("_metadata_request", "_sklearn_output_config")

_LOCKS = frozenset({("_thread", "lock"), ("_thread", "RLock")})


def hashed(*parts: Any) -> str:
    """Return the SHA-256 of plain data in hexadecimal."""
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def identity(value: Any) -> Any:
    """Return plain data that are equal only for objects which do the same; see `Identities`."""
    return Identities().of(value)


class Identities:
    """Says of objects what they do, as plain data.

    A function of the user's is known by its bytecode, defaults, closure, attributes and the globals
    it refers to, those of his modules included; a class by all that its body defines and its bases;
    an object by its class and its state; what a library defines by its name and the version. Bare
    numbers are told apart by value only, those within objects also by type, for an estimator may
    take 1 for a number of rows and 1.0 for all of them.

    Attributes
    ----------
    n_unknown : int
        Objects met of which none of this can be said. Each is described by something that occurs
        once, so that nothing is ever taken for the same.
    """

    def __init__(self) -> None:
        self.n_unknown = 0
        self._inside: list[Any] = []
        self._described: dict[int, tuple[Any, Any]] = {}
        self._n_objects = 0

    def of(self, value: Any) -> Any:
        """Return the description of an object."""
        try:
            return self._of(value)
        except Exception:  # whatever the objects' own methods raise, and too deep a nesting
            return self._unknown()

    def of_cloned(self, value: Any, *, overridden: bool = False) -> Any:
        """Return the description of an estimator that is cloned before it is used.

        Parameters
        ----------
        value : estimator
            Only its parameters count.
        overridden : bool, default=False
            Whether each ``random_state`` and ``n_jobs`` is set anew after that.
        """
        try:
            return self._parameter(value, overridden)
        except Exception:
            return self._unknown()

    def _unknown(self) -> Any:
        self.n_unknown += 1
        return ["unknown", uuid.uuid4().hex]

    def _of(self, value: Any) -> Any:
        simple = _simple(value, exactly=self._n_objects > 0)
        if simple is not None:
            return simple
        for distance, outer in enumerate(reversed(self._inside)):
            if value is outer:
                return ["itself", distance]
        known = self._described.get(id(value))
        if known is not None:
            return known[1]
        bare = type(value) in (list, tuple, dict, set, frozenset)
        self._inside.append(value)
        self._n_objects += not bare
        try:
            found = self._complex(value)
        finally:
            self._inside.pop()
            self._n_objects -= not bare
        if not bare:  # a list may change while it is held, and costs no more than its items
            found = hashed(found)
            self._described[id(value)] = value, found
        return found

    def _complex(self, value: Any) -> Any:
        kind = type(value)
        if kind in _DESCRIBED:
            return [kind.__name__, _DESCRIBED[kind](self, value)]
        if isinstance(value, type):
            return self._class(value)
        if kind in _NAMED:
            return ["named", value.__objclass__.__qualname__, value.__name__]
        if (kind.__module__, kind.__qualname__) in _LOCKS:
            return ["lock"]
        return self._object(value)

    def _cloned(self, value: Any, overridden: bool) -> Any:
        params = value.get_params(deep=False)
        left_out = _OVERRIDDEN if overridden else frozenset()
        own = getattr(value, "__dict__", {})
        # Some keep what they were fitted to when they are cloned.
        clones_itself = getattr(type(value), "__sklearn_clone__", _CLONE) is not _CLONE
        return [
            "estimator",
            self._of(type(value)),
            [
                [name, self._parameter(params[name], overridden)]
                for name in sorted(params)
                if name not in left_out
            ],
            [[name, self._of(own[name])] for name in _CLONED_ALONG if name in own],
            self._of(own) if clones_itself else None,
        ]

    def _parameter(self, value: Any, overridden: bool) -> Any:
        self._n_objects += 1
        try:
            if type(value) in (list, tuple):
                return [type(value).__name__, *(self._parameter(v, overridden) for v in value)]
            if hasattr(value, "get_params") and not isinstance(value, type):
                return self._cloned(value, overridden)
            own = getattr(value, "__dict__", {})
            if overridden and "random_state" in own and library_of(type(value)) is not None:
                others = {k: v for k, v in own.items() if k != "random_state"}
                return ["splitter", self._of(type(value)), self._of(others)]
            return self._of(value)
        finally:
            self._n_objects -= 1

    def _function(self, function: types.FunctionType) -> Any:
        library = library_of(function, function.__code__.co_filename)
        if library is not None:
            return ["of a library", *library]
        if is_open_ended(function):
            return self._unknown()
        return [
            function.__qualname__,
            described_code(function.__code__),
            self._of(function.__defaults__),
            self._of(function.__kwdefaults__),
            [self._cell(cell) for cell in function.__closure__ or ()],
            self._of(vars(function)),
            [[name, self._of(used)] for name, used in references(function)],
        ]

    def _cell(self, cell: types.CellType) -> Any:
        try:
            contents = cell.cell_contents
        except ValueError:
            return ["empty"]
        return self._of(contents)

    def _builtin(self, function: types.BuiltinFunctionType) -> Any:
        owner = function.__self__
        if owner is None or isinstance(owner, types.ModuleType):
            return ["named", function.__module__, function.__qualname__]
        return ["bound", function.__name__, self._of(owner)]

    def _ufunc(self, ufunc: np.ufunc) -> Any:
        from scipy import special

        for place in (np, special):
            if getattr(place, ufunc.__name__, None) is ufunc:
                return ["named", place.__name__, ufunc.__name__, of_a_library(place.__name__)]
        return self._unknown()  # made of a function that cannot be asked for

    def _module(self, module: types.ModuleType) -> Any:
        library = of_a_library(module.__name__)
        if library is not None:
            return [module.__name__, library]
        items = vars(module).items()
        return [
            module.__name__,
            [[k, self._of(v)] for k, v in sorted(items) if not k.startswith("__")],
        ]

    def _class(self, kind: type) -> Any:
        library = library_of(kind)
        if library is not None:
            return ["class of a library", *library]
        return [
            "class",
            kind.__qualname__,
            self._of(type(kind)),
            [self._of(base) for base in kind.__bases__],
            [[k, self._of(v)] for k, v in sorted(vars(kind).items()) if k not in _NO_PART],
        ]

    def _array(self, array: np.ndarray[Any, Any]) -> Any:
        if array.dtype.hasobject:
            contents = self._of(array.ravel().tolist())
        else:
            contents = hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()
        return [repr(array.dtype), list(array.shape), contents]

    def _object(self, value: Any) -> Any:
        """Describe an object by its class and its state, as pickle would take it apart."""
        kind = type(value)
        found = [self._of(kind)]
        if library_of(kind) is None:
            # What the user's own methods leave out of a pickle may count all the same.
            found += [self._of(getattr(value, "__dict__", None)), self._slots(value)]
        taken_apart = value.__reduce_ex__(4)
        if isinstance(taken_apart, str):
            return ["named", taken_apart, *found]
        parts = list(taken_apart)
        parts[3:5] = [None if one is None else list(one) for one in parts[3:5]]
        return ["object", *found, [self._of(part) for part in parts]]

    def _slots(self, value: Any) -> Any:
        names = [
            name
            for kind in type(value).__mro__
            for name, member in vars(kind).items()
            if isinstance(member, types.MemberDescriptorType)
        ]
        return [[name, self._of(getattr(value, name, None))] for name in sorted(names)]


_DESCRIBED: dict[type, Callable[[Identities, Any], Any]] = {
    list: lambda to, value: [to._of(item) for item in value],
    tuple: lambda to, value: [to._of(item) for item in value],
    set: lambda to, value: sorted((to._of(item) for item in value), key=json.dumps),
    frozenset: lambda to, value: sorted((to._of(item) for item in value), key=json.dumps),
    dict: lambda to, value: [[to._of(k), to._of(v)] for k, v in value.items()],
    OrderedDict: lambda to, value: [[to._of(k), to._of(v)] for k, v in value.items()],
    types.MappingProxyType: lambda to, value: [[to._of(k), to._of(v)] for k, v in value.items()],
    np.ndarray: Identities._array,
    np.ufunc: Identities._ufunc,
    types.FunctionType: Identities._function,
    types.BuiltinFunctionType: Identities._builtin,
    types.ModuleType: Identities._module,
    types.CodeType: lambda _, value: described_code(value),
    types.CellType: Identities._cell,
    types.MethodType: lambda to, value: [to._of(value.__func__), to._of(value.__self__)],
    staticmethod: lambda to, value: to._of(value.__func__),
    classmethod: lambda to, value: to._of(value.__func__),
    property: lambda to, value: [to._of(one) for one in (value.fget, value.fset, value.fdel)],
    functools._lru_cache_wrapper: lambda to, value: [to._of(value.__wrapped__)],
}


def _simple(value: Any, *, exactly: bool) -> Any:
    """Return what JSON has itself, numbers written so that equal ones are the same."""
    kind = type(value)
    if value is None:
        return ["none"]
    if kind in (str, np.str_):
        return str(value)
    if kind in (bool, np.bool_):
        return bool(value)
    if kind in (int, float) or isinstance(value, np.integer | np.floating):
        if exactly:
            return [kind.__name__, value.hex() if kind is float else repr(value)]
        number = float(value)
        if number == value and number.is_integer() and abs(number) < 2**53:
            return ["number", str(int(number))]
        return ["number", number.hex() if number == value or number != number else str(value)]
    if kind in (complex, range, bytes, slice) or isinstance(value, np.dtype):
        return [kind.__name__, repr(value)]
    return None
