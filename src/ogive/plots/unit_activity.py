"""On how many rows each unit is active: the units of a layer, the busiest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from ogive.plots.layer_axis import layer_labels
from ogive.plots.theme import BLUE, as_data, finish
from ogive.text import Language, Text

__all__ = ["unit_activity"]

RANK = Text("Units, the busiest first", "单元（最活跃的在前）")
ACTIVE = Text("Active on", "活跃的行")
UNIT = Text("unit", "单元")
LAYER = Text("layer", "层")
MOST_POINTS = 120


def unit_activity(
    shares: Mapping[str, NDArray[Any]],
    *,
    language: Language = "en",
    columns: int = 4,
    panel_width: int = 150,
) -> alt.TopLevelMixin:
    """Draw the share of rows on which each unit is active, sorted, one small panel a layer.

    Parameters
    ----------
    shares : mapping of str to ndarray of shape (n_units,)
        For each layer's name, from the input on, the share of rows of each unit.
    language : {"en", "zh"}, default="en"
        Language of the titles.
    columns, panel_width : int
        Most panels side by side, and the width of one in pixels.
    """
    labels = layer_labels(list(shares))
    records = []
    for label, given in zip(labels, shares.values(), strict=True):
        values = np.asarray(given, np.float64)
        order = np.argsort(-values, kind="stable")
        n = len(order)
        kept = np.unique(np.linspace(0, n - 1, min(n, MOST_POINTS)).round().astype(int))
        ends = [*kept[1:].tolist(), n]
        records += [
            {
                "layer": label,
                "start": round(k / n, 4),
                "end": round(end / n, 4),
                "share": round(float(values[order[k]]), 4),
                "unit": int(order[k]),
            }
            for k, end in zip(kept.tolist(), ends, strict=True)
        ]
    panels = (
        alt.Chart()
        .mark_rect(color=BLUE, opacity=0.8, stroke=BLUE, strokeWidth=0.4)
        .encode(
            x=alt.X(
                "start:Q",
                title=RANK.to(language),
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(format=".0%", values=[0, 0.5, 1], grid=False),
            ),
            x2="end:Q",
            y=alt.Y(
                "share:Q",
                title=ACTIVE.to(language),
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(format=".0%", values=[0, 0.5, 1]),
            ),
            y2=alt.datum(0),
            tooltip=[
                alt.Tooltip("layer:N", title=LAYER.to(language)),
                alt.Tooltip("unit:Q", title=UNIT.to(language)),
                alt.Tooltip("share:Q", title=ACTIVE.to(language), format=".1%"),
            ],
        )
        .properties(width=panel_width, height=90)
        .facet(
            facet=alt.Facet("layer:N", sort=labels, title=None, header=alt.Header(labelLimit=160)),
            columns=columns,
            spacing=14,
            data=as_data(records),
        )
        .resolve_axis(x="shared", y="shared")
    )
    return finish(panels)
