"""The activations that are compared, as the user named them, and what each is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from ogive.activations import Activation
from ogive.activations import activation as resolve_activation
from ogive.activations import activations as activation_names
from ogive.comparison.design.settings import COMPARED
from ogive.text import InputError

__all__ = [
    "activation_call",
    "activation_label",
    "chosen_activations",
    "layers_of",
    "resolve_activations",
]


def chosen_activations(given: Sequence[Any] | None) -> Sequence[Any]:
    """Return what is to be compared: what was given, the usual functions, or all of them."""
    if given is None:
        return COMPARED
    if isinstance(given, str):
        return activation_names() if given == "all" else [given]
    # What is no list of functions is for the look-up of functions to refuse.
    if isinstance(given, Activation | bytes) or not np.iterable(given):
        return [given]
    listed = list(given)
    return activation_names() if listed == ["all"] else listed


def resolve_activations(given: Sequence[Any]) -> tuple[tuple[Any, ...], tuple[str, ...]]:
    """Return the activations and the name each goes by, refusing unknown and repeated ones.

    Raises
    ------
    InputError
        If there is none, one is unknown, or two are the same.
    """
    listed = list(given)
    if not listed:
        raise InputError(
            "activations is empty; name at least one, or leave it out to compare the usual twelve.",
            "activations 为空；请至少给出一个，或省略它以比较常用的十二个激活函数。",
        )
    labels = []
    for item in listed:
        layers = layers_of(item) or [item]
        if not layers_of(item) and isinstance(item, list | tuple):
            raise InputError(
                "activations holds an empty list; give one function for each hidden layer in it.",
                "activations 中有一个空列表；请在其中为每个隐藏层各给一个函数。",
            )
        labels.append(" → ".join(activation_label(resolve_activation(layer)) for layer in layers))
    repeated = [label for label, times in Counter(labels).items() if times > 1]
    if repeated:
        raise InputError(
            f"activations holds {repeated[0]!r} more than once; name each only once.",
            f"activations 中 {repeated[0]!r} 出现了不止一次；每个只能给一次。",
        )
    return tuple(listed), tuple(labels)


def layers_of(item: Any) -> list[Any]:
    """Return the functions of the hidden layers one by one, empty where one serves all."""
    return list(item) if isinstance(item, list | tuple) else []


def activation_label(found: Activation) -> str:
    """Return the name, with the parameters that differ from the catalogue's."""
    usual = {parameter.name: parameter.default for parameter in found.definition.parameters}
    changed = [f"{key}={value:g}" for key, value in found.parameters.items() if usual[key] != value]
    if found.subgradient != "torch":
        changed.append(f"subgradient={found.subgradient}")
    if found.per_unit:
        changed.append("per_unit")
    return f"{found.name}({', '.join(changed)})" if changed else found.name


def activation_call(item: Any) -> str:
    """Return Python code for an activation as it may be given: a name, a call, or a list."""
    layers = layers_of(item)
    if layers:
        return f"[{', '.join(map(activation_call, layers))}]"
    found = resolve_activation(item)
    usual = {parameter.name: parameter.default for parameter in found.definition.parameters}
    changed: dict[str, Any] = {
        key: value for key, value in found.parameters.items() if usual[key] != value
    }
    if found.subgradient != "torch":
        changed["subgradient"] = found.subgradient
    if found.per_unit:
        changed["per_unit"] = True
    if not changed:
        return repr(found.name)
    words = ", ".join(f"{key}={value!r}" for key, value in changed.items())
    return f"ogive.activation({found.name!r}, {words})"
