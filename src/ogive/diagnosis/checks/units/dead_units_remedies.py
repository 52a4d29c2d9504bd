"""Why units are useless, and what to do about each kind."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ogive.diagnosis.checks.causes import causes_among, remedies_of
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
from ogive.diagnosis.thresholds import Thresholds

__all__ = ["advised"]

_MILD = 0.5
"""Share of the limit of learning rate times curvature, below which steps are not to blame."""


def advised(
    kind: str,
    layer: Layer,
    last_active: NDArray[np.float64],
    measured: Measurements,
    limits: Thresholds,
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
    if _start_alike(layer):
        return [init_auto(measured)], "symmetry"
    if kind == "constant":
        return _of_constant(layer, measured, limits, after_dead)
    fresh = None if measured.settings.init == "auto" else init_auto(measured)
    left, right = flat_sides(layer.function)
    scale = scale_inputs(measured)
    mild = _step_is_mild(measured, limits)
    step = None if mild or step_is_small(measured) else smaller_step(measured)
    if left != right:
        others = [another_activation(measured, "leaky_relu"), another_activation(measured, "elu")]
    else:
        others = [another_activation(measured, "relu", "leaky_relu")]
    changes = [*others[:1], fresh, *others[1:]]
    if inputs_are_large(measured):
        told, cause = [scale, step, *changes], "inputs"
    elif last_active.size and np.median(last_active) > 0 and kind != "saturated":
        told, cause = [step, *changes], "drifted" if mild else "killed"
    elif step_is_large(measured):
        told, cause = [step, *changes], "step"
    elif last_active.size or measured.trained is False:
        told, cause = changes, "start"
    else:
        told, cause = [*changes, step, scale], "weights" if kind == "saturated" else "unknown"
    return named(told), "before" if after_dead else cause


def _of_constant(
    layer: Layer, measured: Measurements, limits: Thresholds, after_dead: bool
) -> tuple[list[Remedy], str]:
    # Such units may come with a gradient that vanishes; units without a slope cause both.
    vanishes = [one for one in causes_among(["OGV102"], measured, limits) if one.kind != "dead"]
    if vanishes:
        return remedies_of(vanishes, most=4), "vanishing"
    fresh = None if measured.settings.init == "auto" else init_auto(measured)
    remedies = [
        fresh,
        another_activation(measured, "relu", "tanh"),
        normalise(measured) if measured.framework == "torch" else None,
        scale_inputs(measured),
    ]
    fades = layer is not _hidden(measured)[0]
    return named(remedies), "before" if after_dead else "fading" if fades else "unknown"


def _step_is_mild(measured: Measurements, limits: Thresholds) -> bool:
    """Return whether steps are known to be far too short to overshoot.

    A large step may have led to where the loss is flat: there the curvature tells nothing of it.
    """
    curvature = measured.settings.step_curvature
    return curvature < _MILD * limits.step_curvature and not step_is_large(measured)


def _start_alike(layer: Layer) -> bool:
    """Return whether all units of a layer have the same weights, so that none can be better."""
    weights = layer.weights
    return (
        weights is not None and layer.n_units > 1 and (weights.equal_units or weights.greatest == 0)
    )


def _hidden(measured: Measurements) -> list[Layer]:
    return [one for one in measured.layers if one.role == "hidden"]


def _of_twins(layer: Layer, measured: Measurements) -> tuple[list[Remedy], str]:
    if _start_alike(layer):
        return [init_auto(measured)], "symmetry"
    hidden = _hidden(measured)
    widths = [max(2, one.n_units // 2) if one is layer else one.n_units for one in hidden]
    return [fewer_units(measured, widths), init_auto(measured)], "width"
