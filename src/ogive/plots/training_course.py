"""One number of every layer over the epochs of a training."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np

from ogive.plots import groups
from ogive.plots.layer_axis import depth_colours, epoch_rule, height_of, layer_labels, rows
from ogive.plots.theme import as_data, finish, log_domain, log_ticks
from ogive.text import Language, Text

__all__ = ["training_course"]

EPOCH = Text("Epoch", "训练轮数")
LAYER = Text("layer", "层")
MOST_LINES = 6
MOST_EPOCHS = 100
MOST_CELLS = 60


def training_course(
    epochs: Sequence[int],
    values: Mapping[str, Sequence[float]],
    *,
    title: str,
    log: bool = False,
    kept: int | None = None,
    language: Language = "en",
    width: int | str = 640,
) -> alt.TopLevelMixin:
    """Draw a number of every layer by epoch: as lines, or as a map where layers are many.

    Parameters
    ----------
    epochs : sequence of int
        The epochs.
    values : mapping of str to sequence of float
        For each layer's name, from the input on, one number an epoch. What is not finite is left
        out, and on a logarithmic axis what is not above 0.
    title : str
        Title of the axis; shares are given as such where it is not logarithmic.
    log : bool, default=False
        Whether the axis is logarithmic.
    kept : int, optional
        The epoch whose weights were kept, marked by a broken line.
    language : {"en", "zh"}, default="en"
        Language of the titles.
    width : int or "container"
        Width of the chart.
    """
    labels = layer_labels(list(values))
    as_lines = len(labels) <= MOST_LINES
    drawn = _thinned(len(epochs), MOST_EPOCHS if as_lines else MOST_CELLS)
    records = [
        {"layer": label, "whole": name, "epoch": int(epochs[i]), "value": float(f"{v:.4g}")}
        for label, (name, of_layer) in zip(labels, values.items(), strict=True)
        for i in drawn
        if math.isfinite(v := float(of_layer[i])) and (v > 0 or not log)
    ]
    draw = _lines if as_lines else _map
    chart = draw(records, labels, title, log, language, width)
    return finish(chart if kept is None else chart + epoch_rule(kept))


def _thinned(n: int, most: int) -> list[int]:
    return np.unique(np.linspace(0, n - 1, min(n, most)).round().astype(int)).tolist() if n else []


def _ticks(records: Sequence[dict[str, Any]]) -> list[float]:
    """Return ticks within the data: a legend draws those outside beside its bar."""
    low, high = _ends(records)
    return [one for one in log_ticks((low, high)) if low <= one <= high]


def _ends(records: Sequence[dict[str, Any]]) -> tuple[float, float]:
    return log_domain([r["value"] for r in records] or [1.0])


def _form(records: Sequence[dict[str, Any]]) -> str:
    """Return powers of ten where plain numbers would have many zeros."""
    found = [r["value"] for r in records] or [1.0]
    return ".0e" if max(found) / min(found) > 1e4 or min(found) < 1e-4 else ".4~g"


def _tooltip(title: str, log: bool, language: Language) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("whole:N", title=LAYER.to(language)),
        alt.Tooltip("epoch:Q", title=EPOCH.to(language)),
        alt.Tooltip("value:Q", title=title, format=".3~g" if log else ".1%"),
    ]


def _lines(
    records: list[dict[str, Any]],
    labels: list[str],
    title: str,
    log: bool,
    language: Language,
    width: int | str,
) -> Any:
    legend = groups.key(2, symbolType="stroke", symbolStrokeWidth=2.5, symbolOpacity=1)
    colours = depth_colours(len(labels), with_output=False)
    lines = [list(groups.DASHES[i % len(groups.DASHES)]) for i in range(len(labels))]
    y = (
        alt.Y(
            "value:Q",
            title=title,
            scale=alt.Scale(type="log", nice=False, domain=list(_ends(records))),
            axis=alt.Axis(values=_ticks(records), format=_form(records)),
        )
        if log
        else alt.Y(
            "value:Q",
            title=title,
            scale=alt.Scale(domain=[0, max([0.05, *(r["value"] for r in records)])]),
            axis=alt.Axis(format=".0%", tickCount=5),
        )
    )
    return (
        alt.Chart(as_data(records))
        .mark_line(strokeWidth=2, clip=True)
        .encode(
            x=alt.X(
                "epoch:Q",
                title=EPOCH.to(language),
                axis=alt.Axis(tickCount=6, tickMinStep=1, format="d", grid=False),
                scale=alt.Scale(nice=False, zero=False),
            ),
            y=y,
            color=alt.Color(
                "layer:N",
                sort=None,
                scale=alt.Scale(domain=labels, range=colours),
                legend=legend,
            ),
            strokeDash=alt.StrokeDash(
                "layer:N", sort=None, scale=alt.Scale(domain=labels, range=lines), legend=legend
            ),
            tooltip=_tooltip(title, log, language),
        )
        .properties(width=width, height=220)
    )


def _map(
    records: list[dict[str, Any]],
    labels: list[str],
    title: str,
    log: bool,
    language: Language,
    width: int | str,
) -> Any:
    seen = sorted({record["epoch"] for record in records})
    end = dict(
        zip(
            seen,
            [*seen[1:], 2 * seen[-1] - seen[-2] if len(seen) > 1 else seen[-1] + 1] if seen else [],
            strict=True,
        )
    )
    cells = [{**record, "until": end[record["epoch"]]} for record in records]
    legend = alt.Legend(
        orient="top",
        title=title,
        titleLimit=300,
        gradientLength=180,
        format=_form(records) if log else ".0%",
        **({"values": _ticks(records)} if log else {"tickCount": 4}),
    )
    scale = (
        alt.Scale(type="log", scheme="viridis", domain=list(_ends(records)))
        if log
        else alt.Scale(scheme="viridis", domain=[0, max([0.05, *(r["value"] for r in records)])])
    )
    return (
        alt.Chart(as_data(cells))
        .mark_rect()
        .encode(
            x=alt.X(
                "epoch:Q",
                title=EPOCH.to(language),
                axis=alt.Axis(tickCount=6, tickMinStep=1, format="d", grid=False),
                scale=alt.Scale(nice=False, zero=False),
            ),
            x2="until:Q",
            y=rows(labels),
            color=alt.Color("value:Q", scale=scale, legend=legend),
            tooltip=_tooltip(title, log, language),
        )
        .properties(width=width, height=height_of(len(labels)))
    )
