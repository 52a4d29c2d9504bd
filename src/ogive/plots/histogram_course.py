"""How the distribution of each layer's outputs moved over the epochs, a small panel a layer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from ogive.plots.binning import common_bins
from ogive.plots.layer_axis import RULE, layer_labels
from ogive.plots.theme import BLUE, as_data, finish
from ogive.text import Language, Text

__all__ = ["histogram_course"]

EPOCH = Text("Epoch", "训练轮数")
OUTPUT = Text("Output a", "输出 a")
LAYER = Text("layer", "层")
FROM, TO = Text("from", "从"), Text("to", "到")
SHARE = Text("share of the values", "占全部取值的比例")
BINS = 20
MOST_EPOCHS = 36
MOST_CELLS = 6_000


def histogram_course(
    epochs: Sequence[int],
    names: Sequence[str],
    samples: NDArray[Any],
    *,
    kept: int | None = None,
    language: Language = "en",
    columns: int = 3,
    panel_width: int = 190,
) -> alt.TopLevelMixin:
    """Draw a histogram of every layer's outputs at each epoch, upright, side by side.

    Parameters
    ----------
    epochs : sequence of int
    names : sequence of str
        The layers, from the input on.
    samples : ndarray of shape (n_epochs, n_layers, n_samples)
        Outputs of the layers.
    kept : int, optional
        The epoch whose weights were kept, marked by a broken line.
    language : {"en", "zh"}, default="en"
        Language of the titles.
    columns, panel_width : int
        Panels side by side, and the width of one in pixels.
    """
    labels = layer_labels(names)
    most = max(min(MOST_EPOCHS, MOST_CELLS // (BINS * max(len(labels), 1))), 8)
    shown = np.unique(np.linspace(0, len(epochs) - 1, min(len(epochs), most)).round().astype(int))
    bins = common_bins([samples[:, i].ravel().astype(float) for i in range(len(labels))], BINS)
    ticks: dict[str, Any] = {} if bins.ticks is None else {"values": bins.ticks}
    edges = [float(f"{edge:.4g}") for edge in bins.edges]
    starts = [int(epochs[i]) for i in shown]
    step = starts[-1] - starts[-2] if len(starts) > 1 else 1
    ends = [*starts[1:], starts[-1] + step]
    records = []
    for i, label in enumerate(labels):
        for start, end, k in zip(starts, ends, shown.tolist(), strict=True):
            shares = bins.shares(samples[k, i].astype(float))
            fullest = float(shares.max()) or 1.0
            records += [
                {
                    "layer": label,
                    "epoch": start,
                    "until": end,
                    "low": edges[b],
                    "high": edges[b + 1],
                    "share": float(f"{share:.3g}"),
                    "shade": round(float(share / fullest) ** 0.45, 2),
                }
                for b, share in enumerate(shares.tolist())
                if share > 0
            ]
    panels: Any = (
        alt.Chart()
        .mark_rect(color=BLUE)
        .encode(
            x=alt.X(
                "epoch:Q",
                title=EPOCH.to(language),
                axis=alt.Axis(tickCount=4, tickMinStep=1, format="d", grid=False),
                scale=alt.Scale(nice=False, zero=False),
            ),
            x2="until:Q",
            y=alt.Y(
                "low:Q",
                title=OUTPUT.to(language),
                scale=alt.Scale(**bins.scale),
                axis=alt.Axis(tickCount=4, format=".4~g", labelOverlap="greedy", **ticks),
            ),
            y2="high:Q",
            fillOpacity=alt.FillOpacity("shade:Q", scale=None),
            tooltip=[
                alt.Tooltip("layer:N", title=LAYER.to(language)),
                alt.Tooltip("epoch:Q", title=EPOCH.to(language)),
                alt.Tooltip("low:Q", title=FROM.to(language), format=".3~g"),
                alt.Tooltip("high:Q", title=TO.to(language), format=".3~g"),
                alt.Tooltip("share:Q", title=SHARE.to(language), format=".1%"),
            ],
        )
        .properties(width=panel_width, height=120)
    )
    if kept is not None:
        # At the column that holds the epoch: not every epoch is drawn.
        at = max([start for start in starts if start <= kept], default=starts[0])
        mark = (
            alt.Chart()
            .mark_rule(strokeDash=[5, 4], strokeWidth=1.5, color=RULE)
            .encode(x="epoch:Q", tooltip=alt.value(None))
            .transform_filter(f"datum.epoch === {at}")
        )
        panels = alt.layer(panels, mark)
    panels = panels.facet(
        facet=alt.Facet("layer:N", sort=labels, title=None, header=alt.Header(labelLimit=180)),
        columns=columns,
        spacing=14,
        data=as_data(records),
    ).resolve_axis(x="shared", y="shared")
    return finish(panels)
