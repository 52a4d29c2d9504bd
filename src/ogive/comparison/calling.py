"""The Python call that repeats a comparison."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ogive.activations import Activation
from ogive.comparison.design.activation_choice import activation_call
from ogive.comparison.design.settings import Settings

__all__ = ["call_of"]

# What changes nothing in the result, or is given last.
SILENT = (
    "progress",
    "n_jobs",
    "target_name",
    "data_name",
    "notices",
    "command",
    "arguments",
    "random_state",
    "store",
    "scheduler",
    "times",
)


def call_of(given: Mapping[str, Any], defaults: Mapping[str, Any], settings: Settings) -> str:
    """Return the call with what differs from the defaults.

    Parameters
    ----------
    given, defaults : mapping
        Value of every keyword argument, and its default.
    settings : Settings
        Says how the activations are written, and the seed.
    """
    words = ["X", "y"]
    for name, default in defaults.items():
        value = given[name]
        if name in SILENT or value is default:
            continue
        if name == "activations":
            written = _activations(settings)
        elif name == "dtype":
            if settings.dtype is np.float32:
                continue
            written = "'float64'"
        elif isinstance(value, str | float | int | tuple | list | dict):
            if value == default:
                continue
            written = _written(value)
        else:
            written = str(value)
        words.append(f"{name}={written}")
    words.append(f"random_state={settings.random_state}")
    return f"ogive.compare({', '.join(words)})"


def _written(value: Any) -> str:
    """Return Python code for plain values, however they are nested, and for activations."""
    if isinstance(value, Activation):
        return activation_call(value)
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key!r}: {_written(item)}' for key, item in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(_written, value))}{',' * (len(value) == 1)})"
    return repr(value)


def _activations(settings: Settings) -> str:
    """Return the list of the networks' activations, each once."""
    networks = [candidate for candidate in settings.candidates if candidate.is_network]
    calls = dict.fromkeys(activation_call(candidate.activation) for candidate in networks)
    return f"[{', '.join(calls)}]"
