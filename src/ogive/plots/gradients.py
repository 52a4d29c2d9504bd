"""Size of the gradient in every layer, on a logarithmic axis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from ogive.plots.theme import GREY, ROW_HEIGHT, as_data, finish, log_ticks
from ogive.text import Language, Text

__all__ = ["gradients_by_layer"]

GRADIENT = Text("Gradient (root mean square, log scale)", "梯度（均方根，对数轴）")
LAYER = Text("layer", "层")
# Dark to light along one hue, then the output in orange: told apart by lightness and by hue.
LAYER_COLOURS = ("#2166b0", "#4f9be0", "#7fb6e6", "#a5cbee")
OUTPUT_COLOUR = "#d9730d"
SHAPES = ("circle", "square", "triangle-up", "triangle-down")


def gradients_by_layer(
    records: Sequence[dict[str, Any]],
    *,
    order: Sequence[str],
    layers: Sequence[str],
    language: Language = "en",
    width: int | str = 640,
) -> alt.TopLevelMixin:
    """Draw a mark for each layer's gradient on one line an activation, spanned by a rule.

    Parameters
    ----------
    records : sequence of dict
        ``activation``, ``layer`` (its name), ``gradient``; those that are 0 are left out, as a
        logarithm has no place for them.
    order, layers : sequence of str
        The activations from the top, and the layers from the input to the output.
    language : {"en", "zh"}, default="en"
        Language of the titles.
    width : int or "container"
        Width of the chart.
    """
    shown = [record for record in records if record["gradient"] > 0]
    ticks = log_ticks([record["gradient"] for record in shown] or [1.0])
    x = alt.X(
        "gradient:Q",
        title=GRADIENT.to(language),
        scale=alt.Scale(type="log", nice=False, padding=12),
        axis=alt.Axis(format="~g", values=ticks, labelOverlap=True),
    )
    y = alt.Y(
        "activation:N",
        sort=list(order),
        title=None,
        scale=alt.Scale(domain=list(order)),
        axis=alt.Axis(ticks=False, domain=False),
    )
    hidden = len(layers) - 1
    colours = [LAYER_COLOURS[i % len(LAYER_COLOURS)] for i in range(hidden)] + [OUTPUT_COLOUR]
    shapes = [SHAPES[i % len(SHAPES)] for i in range(hidden)] + ["diamond"]
    legend = alt.Legend(orient="top", title=None, columns=3)
    base = alt.Chart(as_data(shown)).encode(y=y)
    spans = base.mark_rule(strokeWidth=1.5, color=GREY, opacity=0.7).encode(
        x=alt.X("min(gradient):Q", title=GRADIENT.to(language)), x2="max(gradient):Q"
    )
    marks = base.mark_point(size=90, filled=True, opacity=1).encode(
        x=x,
        color=alt.Color(
            "layer:N", sort=None, scale=alt.Scale(domain=list(layers), range=colours), legend=legend
        ),
        shape=alt.Shape(
            "layer:N", sort=None, scale=alt.Scale(domain=list(layers), range=shapes), legend=legend
        ),
        tooltip=[
            alt.Tooltip("activation:N", title=" "),
            alt.Tooltip("layer:N", title=LAYER.to(language)),
            alt.Tooltip("gradient:Q", title=GRADIENT.to(language), format=".2e"),
        ],
    )
    chart = alt.layer(spans, marks).properties(width=width, height=ROW_HEIGHT * len(order))
    return finish(chart)
