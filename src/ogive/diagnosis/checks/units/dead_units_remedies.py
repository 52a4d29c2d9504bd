"""Why units are useless, and what to do about each kind."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ogive.diagnosis.checks.changes.of_networks import (
    another_activation,
    fewer_units,
    init_auto,
    named,
    normalise,
    scale_inputs,
    smaller_step,
    use_activation,
)
from ogive.diagnosis.checks.functions import flat_sides, is_flat
from ogive.diagnosis.checks.training.steps import inputs_are_large, step_is_large, step_is_small
from ogive.diagnosis.finding import Remedy
from ogive.diagnosis.measurements import Layer, Measurements

__all__ = ["advised"]


def advised(
    kind: str,
    layer: Layer,
    last_active: NDArray[np.float64],
    measured: Measurements,
    after_dead: bool = False,
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
    after_dead : bool
        Half of the units of the layer before pass no gradient themselves.
    """
    if kind == "duplicate":
        return _of_twins(layer, measured)
    if is_flat(layer.function):
        return [use_activation(measured, "tanh"), use_activation(measured, "relu")], "flat"
    fresh = None if measured.settings.init == "auto" else init_auto(measured)
    torch = measured.framework == "torch"
    if kind == "constant" and not after_dead:
        fades = layer is not _hidden(measured)[0]
        remedies = [
            fresh,
            another_activation(measured, "relu", "tanh"),
            normalise(measured) if torch else None,
            scale_inputs(measured),
        ]
        return named(remedies), "fading" if fades else "unknown"
    left, right = flat_sides(layer.function)
    scale = scale_inputs(measured)
    step = None if step_is_small(measured) else smaller_step(measured)
    if left != right:
        others = [another_activation(measured, "leaky_relu"), another_activation(measured, "elu")]
    else:
        others = [another_activation(measured, "relu", "leaky_relu")]
    changes = [*others[:1], fresh, *others[1:]]
    if inputs_are_large(measured):
        told, cause = [scale, step, *changes], "inputs"
    elif last_active.size and last_active.max() > 0:
        told, cause = [step, *changes], "killed"
    elif step_is_large(measured):
        told, cause = [step, *changes], "step"
    else:
        told = [*changes, step, scale]
        cause = "start" if last_active.size else "weights" if kind == "saturated" else "unknown"
    return named(told), "before" if after_dead else cause


def _hidden(measured: Measurements) -> list[Layer]:
    return [one for one in measured.layers if one.role == "hidden"]


def _of_twins(layer: Layer, measured: Measurements) -> tuple[list[Remedy], str]:
    if layer.weights is not None and layer.weights.equal_units:
        return [init_auto(measured)], "symmetry"
    hidden = _hidden(measured)
    widths = [max(2, one.n_units // 2) if one is layer else one.n_units for one in hidden]
    return [fewer_units(measured, widths), init_auto(measured)], "width"
