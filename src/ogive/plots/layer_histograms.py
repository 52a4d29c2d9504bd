"""Histograms of what goes into the activations and what comes out of them, a row a layer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from ogive.plots.binning import common_bins
from ogive.plots.layer_axis import height_of, layer_labels, rows
from ogive.plots.theme import BLUE, ORANGE, as_data, finish
from ogive.text import Language, Text

__all__ = ["layer_histograms"]

INPUT = Text("z, what goes into the activation", "z（激活函数的输入）")
OUTPUT = Text("a = f(z), what comes out", "a = f(z)（激活函数的输出）")
LOG = Text("{title}; logarithmic away from 0", "{title}；远离 0 处为对数刻度")
FROM, TO = Text("from", "从"), Text("to", "到")
SHARE = Text("share of the values", "占全部取值的比例")
LAYER = Text("layer", "层")
BINS = 60


def layer_histograms(
    samples: Mapping[str, tuple[NDArray[Any], NDArray[Any]]],
    *,
    language: Language = "en",
    width: int | str = 640,
) -> alt.TopLevelMixin:
    """Draw the distribution of z and of a = f(z) in every layer, the denser the more opaque.

    All layers share an axis, so that a signal that shrinks or grows with depth is seen; opacity
    is relative to the fullest bin of the layer.

    Parameters
    ----------
    samples : mapping of str to tuple of two ndarrays
        For each layer's name, from the input on, values of z and of a.
    language : {"en", "zh"}, default="en"
        Language of the titles.
    width : int or "container"
        Width of each of the two charts.
    """
    labels = layer_labels(list(samples))
    panels = []
    for which, title, colour in ((0, INPUT, BLUE), (1, OUTPUT, ORANGE)):
        values = [np.asarray(pair[which], np.float64).ravel() for pair in samples.values()]
        bins = common_bins(values, BINS)
        ticks: dict[str, Any] = {} if bins.ticks is None else {"values": bins.ticks}
        edges = [float(f"{edge:.5g}") for edge in bins.edges]
        records = []
        for label, name, sample in zip(labels, samples, values, strict=True):
            shares = bins.shares(sample)
            fullest = float(shares.max()) or 1.0
            records += [
                {
                    "layer": label,
                    "whole": name,
                    "low": edges[k],
                    "high": edges[k + 1],
                    "share": float(f"{share:.4g}"),
                    "shade": round(float(share / fullest) ** 0.45, 3),
                }
                for k, share in enumerate(shares.tolist())
                if share > 0
            ]
        shown = title.to(language)
        if bins.constant:
            shown = LOG.to(language, title=shown)
        chart = (
            alt.Chart(as_data(records))
            .mark_rect(color=colour)
            .encode(
                x=alt.X(
                    "low:Q",
                    title=shown,
                    scale=alt.Scale(**bins.scale),
                    axis=alt.Axis(tickCount=7, format=".4~g", labelOverlap="greedy", **ticks),
                ),
                x2="high:Q",
                y=rows(labels),
                fillOpacity=alt.FillOpacity("shade:Q", scale=None),
                tooltip=[
                    alt.Tooltip("whole:N", title=LAYER.to(language)),
                    alt.Tooltip("low:Q", title=FROM.to(language), format=".3~g"),
                    alt.Tooltip("high:Q", title=TO.to(language), format=".3~g"),
                    alt.Tooltip("share:Q", title=SHARE.to(language), format=".2%"),
                ],
            )
            .properties(width=width, height=height_of(len(labels)))
        )
        panels.append(chart)
    return finish(alt.vconcat(*panels, spacing=18).resolve_scale(color="independent"))
