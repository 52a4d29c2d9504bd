"""The figures of a diagnosis: those that have something to show."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from ogive.diagnosis.reporting.content import (
    predicted_norms,
    shown_layer,
    shown_layers,
    unit_counts,
)
from ogive.diagnosis.reporting.texts import AXES, FIGURES, KEPT
from ogive.network.course import TrainingCourse
from ogive.report.page import Figure
from ogive.text import Language

if TYPE_CHECKING:
    from ogive.diagnosis.diagnosis import Diagnosis

__all__ = ["make_charts", "make_figures"]

BY_EPOCH = frozenset({"silent", "error", "update", "outputs"})
WIDE = frozenset({"histograms", "activity", "outputs"})


def make_figures(diagnosis: Diagnosis, language: Language) -> list[Figure]:
    """Return the charts with title and caption."""
    charts = make_charts(diagnosis, language, width="container")
    kept = diagnosis.measurements.settings.kept_epoch
    marked = "" if kept is None else KEPT.to(language, epoch=kept)
    return [
        Figure.of(
            chart,
            name,
            FIGURES[name][0].to(language),
            FIGURES[name][1].to(language) + (marked if name in BY_EPOCH else ""),
            wide=name in WIDE,
        )
        for name, chart in charts.items()
    ]


def make_charts(
    diagnosis: Diagnosis, language: Language, *, width: int | str = 640
) -> dict[str, Any]:
    """Return the charts by name: of the units, the gradient, the values, and the training.

    Parameters
    ----------
    diagnosis : Diagnosis
    language : {"en", "zh"}
    width : int or "container", default=640
        Width of each chart.
    """
    from ogive import plots

    how: dict[str, Any] = {"language": language, "width": width}
    layers = diagnosis.layers
    names = dict(zip((layer.name for layer in layers), shown_layers(layers, language), strict=True))
    charts: dict[str, Any] = {}
    counts = unit_counts(diagnosis)
    if counts:
        charts["states"] = plots.unit_states(
            {names[name]: of_layer for name, of_layer in counts.items()}, **how
        )
    norms = [layer.error_norm for layer in layers]
    with_norm = [i for i, norm in enumerate(norms) if math.isfinite(norm)]
    if len(with_norm) > 1:
        kept = tuple(layers[i] for i in with_norm)
        charts["gradient"] = plots.gradient_course(
            [names[layer.name] for layer in kept],
            [layer.error_norm for layer in kept],
            predicted_norms(kept),
            **how,
        )
    charts |= _course_charts(
        diagnosis.measurements.course, names, how, diagnosis.measurements.settings.kept_epoch
    )
    sampled = {
        names[layer.name]: (layer.sample_z, layer.sample_a)
        for layer in layers
        # z of a linear output is of another size than the activations.
        if layer.role == "hidden"
        and layer.sample_z is not None
        and layer.sample_a is not None
        and layer.sample_z.size
    }
    if sampled:
        charts["histograms"] = plots.layer_histograms(sampled, **how)
    shares = {
        names[layer.name]: layer.units.active_share
        for layer in diagnosis.measurements.hidden
        if layer.units is not None and np.isfinite(layer.units.active_share).all()
    }
    if shares:
        charts["activity"] = plots.unit_activity(shares, language=language)
    return charts


def _course_charts(
    course: TrainingCourse | None, names: dict[str, str], how: dict[str, Any], kept: int | None
) -> dict[str, Any]:
    """Return what a monitored training shows, from its second epoch on."""
    from ogive import plots

    if course is None or course.epoch.size < 2:
        return {}
    language: Language = how["language"]
    epochs = course.epoch.tolist()
    hidden = list(course.layers[: course.silent_share.shape[1]])
    charts: dict[str, Any] = {}
    for name, table, of, log in (
        ("silent", course.silent_share, hidden, False),
        ("error", course.error_norm, list(course.layers), True),
        ("update", course.update_ratio, list(course.layers), True),
    ):
        # Shares that stay 0 are no picture: the findings say so in a word.
        known = np.isfinite(table) & (table > 0)
        if not known.any():
            continue
        charts[name] = plots.training_course(
            epochs,
            dict(zip(_shown(of, names, language), table.T.tolist(), strict=True)),
            title=AXES[name].to(language),
            log=log,
            kept=kept,
            **how,
        )
    if course.samples.size and np.isfinite(course.samples).any():
        charts["outputs"] = plots.histogram_course(
            epochs, _shown(hidden, names, language), course.samples, kept=kept, language=language
        )
    return charts


def _shown(layers: list[str], names: dict[str, str], language: Language) -> list[str]:
    return [names.get(layer) or shown_layer(layer, language) for layer in layers]
