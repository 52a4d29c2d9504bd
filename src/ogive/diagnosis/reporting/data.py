"""A diagnosis as plain data, for JSON and for data frames."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ogive.activations import Activation
from ogive.diagnosis.measurements import Layer
from ogive.diagnosis.reporting.content import unit_counts
from ogive.text import Language, Text

if TYPE_CHECKING:
    import polars as pl

    from ogive.diagnosis.diagnosis import Diagnosis

__all__ = ["diagnosis_dict", "layers_frame", "plain"]

LEFT_OUT = frozenset({"sample_z", "sample_a", "samples"})
"""Values drawn for histograms: many, and of no use without the drawing."""


def diagnosis_dict(diagnosis: Diagnosis, language: Language = "en") -> dict[str, Any]:
    """Return findings, measurements, limits and trial; what is not known is None."""
    from ogive import __version__

    found: dict[str, Any] = plain(
        {
            "ogive": __version__,
            "codes": diagnosis.codes,
            "findings": [one.to_dict(language) for one in diagnosis.findings],
            "units": unit_counts(diagnosis),
            **plain(diagnosis.measurements, language),
            "thresholds": diagnosis.thresholds.to_dict(),
            "trial": None if diagnosis.trial is None else diagnosis.trial.to_dict(language),
        },
        language,
    )
    return found


def plain(value: Any, language: Language = "en") -> Any:
    """Return a value as what JSON knows: no arrays, no records, no infinite numbers."""
    if isinstance(value, Text):
        return value.to(language)
    if isinstance(value, Activation):
        return value.name
    if is_dataclass(value) and not isinstance(value, type):
        named = {field.name: getattr(value, field.name) for field in fields(value)}
        return plain({k: v for k, v in named.items() if k not in LEFT_OUT}, language)
    if hasattr(value, "_asdict"):
        return plain({k: v for k, v in value._asdict().items() if k not in LEFT_OUT}, language)
    if isinstance(value, Mapping):
        return {str(name): plain(one, language) for name, one in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist(), language)
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one, language) for one in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, str | bool | int):
        return value
    return str(value)


def layers_frame(diagnosis: Diagnosis) -> pl.DataFrame:
    """Return one row a layer, from the input to the output; what is not known is null."""
    import polars as pl

    counts = unit_counts(diagnosis)
    rows = [_row(layer, counts.get(layer.name)) for layer in diagnosis.layers]
    schema = _row(None, None)
    types = {str: pl.String, int: pl.Int64, float: pl.Float64, bool: pl.Boolean}
    frame = pl.DataFrame(
        [plain(row) for row in rows], schema={k: types[kind] for k, kind in schema.items()}
    )
    return frame


def _row(layer: Layer | None, counts: dict[str, int] | None) -> dict[str, Any]:
    """Return a layer's numbers, or without one the type of each."""
    states = ("dead", "silent", "saturated", "constant", "duplicate")
    texts, floats = (
        ("name", "role", "activation"),
        (
            "saturated_share",
            "effective_rank",
            "gradient_norm",
            "gradient_rms",
            "error_norm",
            "gain_measured",
            "gain_predicted",
            "update_ratio",
        ),
    )
    of_weights = {"fan_in": int, "fan_out": int, "rms": float}
    if layer is None:
        return (
            dict.fromkeys(texts, str)
            | dict.fromkeys(("n_units", "n_values"), int)
            | dict.fromkeys(states, int)
            | dict.fromkeys(floats, float)
            | {
                f"weights_{name}" if kind is float else name: kind
                for name, kind in of_weights.items()
            }
            | {"frozen": bool}
        )
    row = {name: getattr(layer, name) for name in (*texts, "n_units", "n_values")}
    row |= {state: None if counts is None else counts[state] for state in states}
    row |= {name: getattr(layer, name) for name in floats}
    for name, kind in of_weights.items():
        value = None if layer.weights is None else getattr(layer.weights, name)
        row[f"weights_{name}" if kind is float else name] = value
    return row | {"frozen": layer.frozen}
