"""Why units are useless, and what to do about each kind."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ogive.diagnosis.checks.changes import (
    fewer_units,
    init_auto,
    named,
    normalise,
    scale_inputs,
    smaller_step,
    use_activation,
)
from ogive.diagnosis.checks.functions import flat_sides, is_flat
from ogive.diagnosis.checks.steps import inputs_are_large, step_is_large, step_is_small
from ogive.diagnosis.finding import Remedy
from ogive.diagnosis.measurements import Layer, Measurements

__all__ = ["advised"]


def advised(
    kind: str, layer: Layer, last_active: NDArray[np.float64], measured: Measurements
) -> tuple[list[Remedy], str]:
    """Return what to try, the most promising first, and the word for the cause.

    Parameters
    ----------
    kind : str
        Of OGV101.
    layer : Layer
        The worst one.
    last_active : ndarray
        The last active epoch of its units of this kind; empty where not recorded.
    """
    if kind == "duplicate":
        return _of_twins(layer, measured)
    if is_flat(layer.function):
        return [use_activation(measured, "tanh"), use_activation(measured, "relu")], "flat"
    if kind == "constant":
        deep = sum(one.role == "hidden" for one in measured.layers) > 1
        return (
            named(
                [
                    use_activation(measured, "relu" if deep else "tanh"),
                    init_auto(measured),
                    normalise(measured) if measured.framework == "torch" else None,
                ]
            ),
            "fading",
        )
    left, right = flat_sides(layer.function)
    other = "leaky_relu" if left != right else "relu"
    scale = scale_inputs(measured)
    step = None if step_is_small(measured) else smaller_step(measured)
    remedies: list[Remedy | None] = [use_activation(measured, other), init_auto(measured)]
    if left != right:
        remedies.append(use_activation(measured, "elu"))
    if inputs_are_large(measured):
        return named([scale, step, *remedies]), "inputs"
    if last_active.size and last_active.max() > 0:
        return named([step, *remedies]), "killed"
    if step_is_large(measured):
        return named([step, *remedies]), "step"
    told = named([*remedies, step])
    if last_active.size:
        return told, "start"
    return told, "weights" if kind == "saturated" else "unknown"


def _of_twins(layer: Layer, measured: Measurements) -> tuple[list[Remedy], str]:
    if layer.weights is not None and layer.weights.equal_units:
        return [init_auto(measured)], "symmetry"
    hidden = [one for one in measured.layers if one.role == "hidden"]
    widths = [max(2, one.n_units // 2) if one is layer else one.n_units for one in hidden]
    return [fewer_units(measured, widths), init_auto(measured)], "width"
