"""Reads what skops wrote, as far as it is made of plain values, arrays and a few classes.

Importing skops.io imports every module of scikit-learn, to know what estimators there are: seconds
for a file that holds none of them. This reads the same format; of anything that it does not know,
it says so, and skops has to judge.
"""

from __future__ import annotations

import io
import json
from collections.abc import Set
from importlib import import_module
from typing import Any
from zipfile import ZipFile

import numpy as np

__all__ = ["UnfamiliarError", "read_objects"]

PROTOCOL = 2
TYPES: dict[str, type] = {
    "builtins.bool": bool,
    "builtins.float": float,
    "builtins.int": int,
    "builtins.str": str,
    "numpy.float32": np.float32,
    "numpy.float64": np.float64,
}
"""What a file may name as a type, of keys and of matrices."""


class UnfamiliarError(Exception):
    """The file holds something else than plain values, arrays and the classes named."""


def read_objects(raw: bytes, trusted: Set[str]) -> Any:
    """Return what a file in the format of skops holds.

    Parameters
    ----------
    raw : bytes
        The file.
    trusted : set of str
        Full names of the classes that may be built; no other module is imported, and no other
        class is called.

    Raises
    ------
    UnfamiliarError
        For anything else in it, and for another version of the format.
    zipfile.BadZipFile, KeyError, ValueError
        And others, for a damaged file.
    """
    with ZipFile(io.BytesIO(raw)) as archive:
        schema = json.loads(archive.read("schema.json"))
        if not isinstance(schema, dict) or schema.get("protocol") != PROTOCOL:
            raise UnfamiliarError("protocol")
        return _Reader(archive, trusted).built(schema)


class _Reader:
    def __init__(self, archive: ZipFile, trusted: Set[str]) -> None:
        self.archive = archive
        self.trusted = trusted
        self.known: dict[int, Any] = {}  # an object that is held twice is one object again

    def built(self, node: dict[str, Any]) -> Any:
        key = node.get("__id__")
        if key in self.known:
            return self.known[key]
        value = self._new(node)
        if key is not None:
            self.known[key] = value
        return value

    def _new(self, node: dict[str, Any]) -> Any:
        name = f"{node['__module__']}.{node['__class__']}"
        match node["__loader__"], name:
            case "JsonNode", _:
                return json.loads(node["content"])
            case "TypeNode", _ if name in TYPES:
                return TYPES[name]
            case "ListNode", "builtins.list":
                return [self.built(one) for one in node["content"]]
            case "TupleNode", "builtins.tuple":
                return tuple(self.built(one) for one in node["content"])
            case "TupleNode", _ if name in self.trusted:  # a named tuple
                return self._class(node)(*map(self.built, node["content"]))
            case "DictNode", "builtins.dict":
                kinds = self.built(node["key_types"])
                items = zip(kinds, node["content"].items(), strict=True)
                return {kind(key): self.built(value) for kind, (key, value) in items}
            case "NdArrayNode", _ if node["__module__"] == "numpy":
                return self._array(node)
            case "ObjectNode", _ if name in self.trusted:
                return self._object(node)
        raise UnfamiliarError(name)

    def _array(self, node: dict[str, Any]) -> Any:
        kind: Any = getattr(np, node["__class__"], None)
        scalar = isinstance(kind, type) and issubclass(kind, np.generic)
        if kind is not np.ndarray and not scalar:
            raise UnfamiliarError(node["__class__"])
        if node["type"] == "numpy":
            array = np.load(io.BytesIO(self.archive.read(node["file"])), allow_pickle=False)
            return kind(array) if scalar else array
        shape = self.built(node["shape"])
        if node["type"] != "json" or len(shape) != 1:
            raise UnfamiliarError("array")
        of_objects = np.empty(len(node["content"]), dtype=object)
        for i, one in enumerate(node["content"]):
            of_objects[i] = self.built(one)
        return of_objects

    def _class(self, node: dict[str, Any]) -> Any:
        return getattr(import_module(node["__module__"]), node["__class__"])

    def _object(self, node: dict[str, Any]) -> Any:
        of = self._class(node)
        made = of.__new__(of)
        content = node.get("content")
        state = None if content is None else self.built(content)
        if state is None:
            return made
        if hasattr(made, "__setstate__"):
            made.__setstate__(state)
        else:
            made.__dict__.update(state)
        return made
