"""The course of a training, put together from what was measured epoch by epoch."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ogive.diagnosis.measurements import NAN
from ogive.diagnosis.modules.hearing.naming import site_names
from ogive.network.course import TrainingCourse
from ogive.torch.step_listener import StepListener, StepSite

__all__ = ["EpochRecord", "LayerNumbers", "WeightNumbers", "course_of", "hidden_sites"]


@dataclass(slots=True)
class LayerNumbers:
    """What an activation layer did in one epoch, on the rows measured."""

    silent_share: float
    saturated_share: float
    mean: float
    std: float
    error_norm: float
    outputs: Any
    active: Any


@dataclass(slots=True)
class WeightNumbers:
    """Sums of squares of one parameter, over the steps measured."""

    gradient: float = 0.0
    n_gradients: int = 0
    weights: float = 0.0
    n_weights: int = 0
    ratio: float = 0.0
    n_ratios: int = 0


@dataclass(slots=True)
class EpochRecord:
    """One epoch; `layers` by site, `weights` by name of the parameter."""

    epoch: int
    n_rows: int
    loss: float
    learning_rate: float
    output_error: float
    layers: dict[StepSite, LayerNumbers] = field(default_factory=dict)
    weights: dict[str, WeightNumbers] = field(default_factory=dict)


def layer_numbers(site: StepSite) -> LayerNumbers | None:
    """Return what was measured of a layer since its epoch began; None if nothing was."""
    if site.units is None or not site.units.n_values:
        return None
    units = site.units.result()
    known = bool(np.isfinite(units.slope_max).all())
    active = units.slope_max > 0 if known else units.a_var > 0
    error = NAN
    if site.error_rows:
        error = float(np.sqrt(site.error_square / site.error_rows))
    return LayerNumbers(
        float(1 - active.mean()),
        float(1 - units.active_share.mean()) if known and not site.is_rows else NAN,
        float(units.a_mean.mean()),
        float(np.sqrt(units.a_var.mean() + units.a_mean.var())),
        error,
        site.outputs,
        active,
    )


def hidden_sites(listener: StepListener, end: Any) -> list[Any]:
    """Return the activations between layers, in the order in which they were met."""
    last = end.source if end is not None and end.source_exact else None
    sites = sorted(listener.sites.values(), key=lambda site: site.order)
    return [
        site
        for site in sites
        if not (site.is_absorbed or site.is_gate or site is last)
        and site.measured
        and (site.feeds_affine or not site.is_rows)
    ]


def weights_of_layers(listener: StepListener, sites: list[Any], end: Any) -> list[Any]:
    """Return the affine map before each hidden activation, and the last one; None for none."""
    maps = sorted(listener.affine_maps.met.values(), key=lambda one: one.order)
    taken = {id(site.affine) for site in sites}
    last = None
    if end is not None:
        last = end.affine
        if last is None and end.source is not None and end.source not in sites:
            last = end.source.affine
    if last is None:
        free = [one for one in maps if id(one) not in taken]
        last = free[-1] if free else None
    before: list[Any] = []
    for site in sites:
        unused = site.affine is not last and site.affine not in before
        before.append(site.affine if unused else None)
    return [*before, last]


def parameters_of(affine: Any, parameters: dict[str, Any]) -> list[str]:
    """Return the names of the parameters that an affine map's weights are made of."""
    if affine is None:
        return []
    for name in (f"{affine.name}.weight", affine.name):
        if name in parameters:
            return [name]
    return [n for n, p in parameters.items() if n.startswith(f"{affine.name}.") and p.ndim > 1]


def course_of(
    records: list[EpochRecord],
    listener: StepListener,
    end: Any,
    parameters: dict[str, Any],
    n_samples: int,
    nonfinite: tuple[int, int, int] | None,
) -> TrainingCourse:
    """Return the course of the epochs in which something was measured."""
    sites = [
        one
        for one in hidden_sites(listener, end)
        if any(one in record.layers for record in records)
    ]
    names = site_names(sites)
    maps = weights_of_layers(listener, sites, end)
    owned = [parameters_of(affine, parameters) for affine in maps]

    def of_layers(key: str) -> Any:
        told = [
            [getattr(record.layers[s], key) if s in record.layers else NAN for s in sites]
            for record in records
        ]
        return np.array(told, dtype=np.float64).reshape(len(records), len(sites))

    def of_weights(total: str, count: str, root: bool) -> Any:
        told = np.full((len(records), len(maps)), NAN)
        for row, record in enumerate(records):
            for column, own in enumerate(owned):
                found = [record.weights[name] for name in own if name in record.weights]
                n = sum(getattr(one, count) for one in found)
                if n:
                    mean = sum(getattr(one, total) for one in found) / n
                    told[row, column] = mean**0.5 if root else mean
        return told

    output = maps[-1].name if maps[-1] is not None else "output"
    samples = np.full((len(records), len(sites), n_samples), NAN)
    for row, record in enumerate(records):
        for column, site in enumerate(sites):
            if site in record.layers and record.layers[site].outputs is not None:
                samples[row, column] = record.layers[site].outputs
    ends = np.array([[record.output_error] for record in records]).reshape(-1, 1)
    return TrainingCourse(
        layers=(*(names[site] for site in sites), output),
        activations=tuple(
            site.label if site.function is None else site.function.name for site in sites
        ),
        epoch=np.array([record.epoch for record in records], dtype=np.int64),
        n_rows=np.array([record.n_rows for record in records], dtype=np.int64),
        loss=np.array([record.loss for record in records], dtype=np.float64),
        learning_rate=np.array([record.learning_rate for record in records], dtype=np.float64),
        silent_share=of_layers("silent_share"),
        saturated_share=of_layers("saturated_share"),
        mean=of_layers("mean"),
        std=of_layers("std"),
        error_norm=np.concatenate([of_layers("error_norm"), ends], axis=1),
        gradient_rms=of_weights("gradient", "n_gradients", True),
        weight_rms=of_weights("weights", "n_weights", True),
        update_ratio=of_weights("ratio", "n_ratios", False),
        last_active=tuple(_last_active(records, site) for site in sites),
        samples=samples,
        nonfinite=nonfinite,
    )


def _last_active(records: list[EpochRecord], site: StepSite) -> Any:
    last: Any = None
    for record in records:
        if site not in record.layers:
            continue
        active = record.layers[site].active
        if last is None:
            last = np.zeros(len(active), dtype=np.int64)
        last[active] = record.epoch
    return last
