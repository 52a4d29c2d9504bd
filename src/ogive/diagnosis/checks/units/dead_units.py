"""OGV101: units that are dead, silent, saturated for good, constant, or twins of others."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ogive.diagnosis.checks.forming import filled, form, not_applicable, passed
from ogive.diagnosis.checks.functions import (
    active_between,
    active_edges,
    flat_sides,
    is_flat,
)
from ogive.diagnosis.checks.training.steps import inputs_are_large, step_is_large
from ogive.diagnosis.checks.units.dead_units_remedies import advised
from ogive.diagnosis.checks.units.dead_units_texts import (
    ABOUT,
    CAUSES,
    NO_UNITS,
    NOT_FINITE,
    PASSED,
    PASSED_BUT,
    SINCE,
    SPARED,
    TEXTS,
    TOO_FEW_ROWS,
)
from ogive.diagnosis.checks.units.twins import twins
from ogive.diagnosis.checks.wording import listed, percent, short
from ogive.diagnosis.finding import DiagnosisFinding
from ogive.diagnosis.measurements import Layer, Measurements, Units
from ogive.diagnosis.thresholds import Thresholds
from ogive.findings import Severity
from ogive.text import Text

__all__ = ["check"]

Mask = NDArray[np.bool_]
_SHOWN = 20
_MOST = 0.5
_FEWEST_ACTIVE = 10
_GRAIN = 2e-3  # edges of the active side are known to 0.001


class LayerUnits(NamedTuple):
    """Which units of a layer are of each kind; no unit is of two."""

    layer: Layer
    kinds: dict[str, Mask]
    since: NDArray[np.float64]
    """Epoch in which a unit was last active; 0 for never, NaN for not recorded."""


def check(measured: Measurements, limits: Thresholds) -> list[DiagnosisFinding]:
    """Return one finding for each kind of useless unit, or that there is none."""
    layers = [one for one in measured.layers if one.role == "hidden" and one.units is not None]
    if not layers:
        return [not_applicable("OGV101", NO_UNITS)]
    if max(one.n_values for one in layers) < limits.unit_rows:
        reason = filled(TOO_FEW_ROWS, rows=measured.n_rows, needed=f"{limits.unit_rows:g}")
        return [not_applicable("OGV101", reason)]
    if not any(np.isfinite(one.units.z_mean).any() for one in layers if one.units is not None):
        return [not_applicable("OGV101", NOT_FINITE)]
    sorted_ = [sort_units(one, index, measured, limits) for index, one in enumerate(layers)]
    found = [
        finding
        for kind in ("dead", "silent", "saturated", "constant", "duplicate")
        if (finding := _finding(kind, sorted_, measured, limits)) is not None
    ]
    if found:
        return found
    return [_passed(sorted_)]


def _passed(layers: list[LayerUnits]) -> DiagnosisFinding:
    """Return that few enough units are useless, and how many of each kind are."""
    total = sum(one.layer.n_units for one in layers)
    spared = {kind: int(sum(one.kinds[kind].sum() for one in layers)) for kind in layers[0].kinds}
    few = [filled(SPARED[kind], n=n) for kind, n in spared.items() if n]
    title = filled(PASSED_BUT if few else PASSED, total=total, layers=len(layers), few=listed(few))
    return passed("OGV101", title, {"units": total, **spared})


def sort_units(layer: Layer, index: int, measured: Measurements, limits: Thresholds) -> LayerUnits:
    """Tell the units of one layer apart."""
    units = layer.units
    assert units is not None
    since, quiet = _recorded(layer, index, measured, limits)
    # What is not a number is no dead unit; OGV105 tells of it.
    known = np.isfinite(units.z_mean)
    no_slope = (units.slope_max <= limits.dead_slope) & known
    dead = no_slope & (quiet | _never(layer, units, limits))
    silent = no_slope & ~dead
    deviation = np.sqrt(units.a_var)
    squares = (units.a_mean**2 + units.a_var)[np.isfinite(deviation)]
    scale = np.sqrt(squares.mean()) if squares.size else np.nan
    saturated = known & ~no_slope & _saturated(layer, units, limits)
    constant = ~no_slope & ~saturated & (deviation <= limits.constant_deviation * scale)
    duplicate = np.zeros(layer.n_units, bool)
    if layer.sample_a is not None and len(layer.sample_a) >= limits.unit_rows:
        # Two units that are active on the same few rows only are alike by chance.
        sparse = units.active_share * len(layer.sample_a) < _FEWEST_ACTIVE
        left_out = no_slope | constant | sparse
        duplicate = twins(layer.sample_a, left_out, limits.twin_difference)
    kinds = {
        "dead": dead,
        "silent": silent,
        "saturated": saturated & ~duplicate,
        "constant": constant,
        "duplicate": duplicate,
    }
    return LayerUnits(layer, kinds, since)


def _recorded(
    layer: Layer, index: int, measured: Measurements, limits: Thresholds
) -> tuple[NDArray[np.float64], Mask]:
    """Return each unit's last active epoch, and which were silent over the last epochs."""
    course = measured.course
    unknown = np.full(layer.n_units, np.nan), np.zeros(layer.n_units, bool)
    if course is None or not course.epoch.size:
        return unknown
    if layer.name in course.layers[: len(course.last_active)]:
        index = course.layers.index(layer.name)
    if index >= len(course.last_active) or len(course.last_active[index]) != layer.n_units:
        return unknown
    quiet = np.zeros(layer.n_units, bool)
    quiet[course.silent_units(index, int(limits.silent_epochs))] = True
    return course.last_active[index].astype(np.float64), quiet


def _never(layer: Layer, units: Units, limits: Thresholds) -> Mask:
    """Return the units that no row within the ranges seen, or likely at all, will wake."""
    if is_flat(layer.function):
        return np.ones(layer.n_units, bool)
    if layer.function is None or layer.function.kind != "elementwise":
        return np.zeros(layer.n_units, bool)
    excluded = active_between(layer.function, units.z_low, units.z_high) <= limits.dead_slope
    left, right = active_edges(layer.function, limits.dead_slope)
    reach = limits.dead_deviations * np.sqrt(units.z_var)
    away = (units.z_mean + reach < left) | (units.z_mean - reach > right)
    return excluded | away


def _saturated(layer: Layer, units: Units, limits: Thresholds) -> Mask:
    """Return the units that are on a flat side for good, though some slope is left.

    A function with one flat side is used sparsely on purpose, so there no row at all may be active.
    """
    left, right = flat_sides(layer.function)
    if not (left or right):
        return np.zeros(layer.n_units, bool)
    least = 1 - limits.saturated_rows if left and right else 0.0
    return units.active_share <= least


def _distance(layer: Layer, mask: Mask, limits: Thresholds) -> tuple[float, float]:
    """Return how far the nearest row is from the active side: of the nearest, farthest unit."""
    units = layer.units
    assert units is not None
    left, right = active_edges(layer.function, limits.dead_slope)
    gap = np.fmax(left - units.z_max, units.z_min - right)[mask]
    gap = gap[np.isfinite(gap) & (gap > _GRAIN)]
    return (float(gap.min()), float(gap.max())) if gap.size else (np.nan, np.nan)


def _finding(
    kind: str, layers: list[LayerUnits], measured: Measurements, limits: Thresholds
) -> DiagnosisFinding | None:
    counts = [int(one.kinds[kind].sum()) for one in layers]
    at = int(np.argmax([one.kinds[kind].mean() for one in layers]))
    worst = layers[at]
    mask = worst.kinds[kind]
    share = float(mask.mean())
    issue, tip = (getattr(limits, f"{kind}_{name}") for name in ("share", "share_tip"))
    if kind == "silent" and _suspect(measured):
        tip /= 2
    if not (share > tip or share > issue):
        return None
    severity: Severity = "issue" if share > issue else "tip"
    n, total = int(mask.sum()), worst.layer.n_units
    nearest, farthest = _distance(worst.layer, mask, limits)
    last = worst.since[mask]
    epochs = last[np.isfinite(last)]
    killed = epochs[epochs > 0]
    numbers: dict[str, Any] = {
        "n": n,
        "total": total,
        "share": share,
        "units": [int(i) for i in np.flatnonzero(mask)[:_SHOWN]],
        "n_all": sum(counts),
        "total_all": sum(one.layer.n_units for one in layers),
        "by_layer": {one.layer.name: count for one, count in zip(layers, counts, strict=True)},
        "activation": worst.layer.activation,
        "distance_nearest": nearest,
        "distance_farthest": farthest,
        "since_epoch": int(np.median(killed)) + 1 if killed.size else None,
        "never_active": int((epochs == 0).sum()) if epochs.size else None,
    }
    before = at - 1
    after_dead = before >= 0 and _lost(layers[before]) >= _MOST
    remedies, cause = advised(kind, worst.layer, epochs, measured, limits, after_dead)
    numbers["cause"] = cause
    if cause == "width":  # a network larger than it need be works
        severity = "tip"
    return form(
        "OGV101",
        severity,
        TEXTS[kind],
        remedies,
        kind=kind,
        layer=worst.layer.name,
        numbers=numbers,
        be=ABOUT["is" if n == 1 else "are"],
        everywhere=_everywhere(counts, numbers),
        share_told=percent(share),
        how_far=_how_far(kind, numbers),
        since=_since(kind, numbers, epochs),
        why=filled(CAUSES[cause], curvature=short(measured.settings.step_curvature)),
    )


def _suspect(measured: Measurements) -> bool:
    """Return whether training may have silenced units: unless its steps are known to be usual."""
    if measured.trained is False:
        return inputs_are_large(measured)
    unknown = measured.settings.learning_rate is None
    return unknown or step_is_large(measured) or inputs_are_large(measured)


def _lost(one: LayerUnits) -> float:
    """Return the share of a layer's units that hand nothing on."""
    return float((one.kinds["dead"] | one.kinds["silent"] | one.kinds["constant"]).mean())


def _everywhere(counts: list[int], numbers: dict[str, Any]) -> Text:
    many = sum(count > 0 for count in counts) > 1
    return filled(ABOUT["everywhere"], **numbers) if many else Text("", "")


def _how_far(kind: str, numbers: dict[str, Any]) -> Text:
    if kind not in ("dead", "silent") or not np.isfinite(numbers["distance_nearest"]):
        return Text("", "")
    same = np.isclose(numbers["distance_nearest"], numbers["distance_farthest"], rtol=0.01)
    nearest, farthest = (short(numbers[f"distance_{one}"]) for one in ("nearest", "farthest"))
    return filled(ABOUT["far" if same else "far_range"], nearest=nearest, farthest=farthest)


def _since(kind: str, numbers: dict[str, Any], epochs: NDArray[np.float64]) -> Text:
    if kind not in ("dead", "silent") or not epochs.size:
        return Text("", "")
    never, since = numbers["never_active"], numbers["since_epoch"]
    if never == epochs.size:
        return SINCE["never"]
    return filled(SINCE["killed" if never == 0 else "some"], epoch=since, never=never)
