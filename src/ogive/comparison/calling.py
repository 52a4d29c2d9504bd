"""The Python call that repeats a comparison."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

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
            written = repr(value)
        else:
            written = str(value)
        words.append(f"{name}={written}")
    words.append(f"random_state={settings.random_state}")
    return f"ogive.compare({', '.join(words)})"


def _activations(settings: Settings) -> str:
    """Return the list of the networks' activations, each once."""
    networks = [candidate for candidate in settings.candidates if candidate.is_network]
    calls = dict.fromkeys(activation_call(candidate.activation) for candidate in networks)
    return f"[{', '.join(calls)}]"
