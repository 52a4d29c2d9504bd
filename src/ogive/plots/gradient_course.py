"""Gradient of the loss from layer to layer, as measured and as the mean field predicts it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt

from ogive.plots import groups
from ogive.plots.layer_axis import height_of, layer_labels, rows
from ogive.plots.theme import BLUE, ORANGE, as_data, finish, log_domain, log_ticks
from ogive.text import Language, Text

__all__ = ["gradient_course"]

NORM = Text("Norm of dLoss/dz (log scale)", "dLoss/dz 的范数（对数轴）")
MEASURED = Text("measured", "实测")
PREDICTED = Text("predicted by the mean field", "平均场预测")
ZERO = Text("0", "0")
LAYER = Text("layer", "层")


def gradient_course(
    names: Sequence[str],
    measured: Sequence[float],
    predicted: Sequence[float],
    *,
    language: Language = "en",
    width: int | str = 640,
) -> alt.TopLevelMixin:
    """Draw the norm of dLoss/dz in every layer, joined from the output back to the input.

    Parameters
    ----------
    names : sequence of str
        The layers, from the input on.
    measured, predicted : sequence of float
        One for each layer; what is not known is not a number, and left out. A measured 0, which a
        logarithm has no place for, is written at the edge.
    language : {"en", "zh"}, default="en"
        Language of the titles.
    width : int or "container"
        Width of the chart.
    """
    labels = layer_labels(names)
    series = {MEASURED.to(language): measured, PREDICTED.to(language): predicted}
    records: list[dict[str, Any]] = [
        {"layer": label, "whole": whole, "norm": float(f"{v:.4g}"), "line": line, "place": i}
        for line, values in series.items()
        for i, (label, whole, v) in enumerate(zip(labels, names, values, strict=True))
        if math.isfinite(v) and v > 0
    ]
    norms = [record["norm"] for record in records] or [1.0]
    low, high = log_domain(norms)
    scale = alt.Scale(type="log", nice=False, domain=[low, high], padding=12)
    axis = alt.Axis(format=".0e" if high / low > 1e4 else ".4~g", values=log_ticks([low, high]))
    x = alt.X("norm:Q", title=NORM.to(language), scale=scale, axis=axis)
    legend = groups.key(2, symbolOpacity=1)
    shown = [line for line in series if any(r["line"] == line for r in records)]
    of = list(series).index
    look = {
        "color": alt.Color(
            "line:N",
            sort=None,
            scale=alt.Scale(domain=shown, range=[(BLUE, ORANGE)[of(s)] for s in shown]),
            legend=legend,
        )
    }
    base = alt.Chart(as_data(records)).encode(
        x=x,
        y=rows(labels),
        tooltip=[
            alt.Tooltip("whole:N", title=LAYER.to(language)),
            alt.Tooltip("line:N", title=" "),
            alt.Tooltip("norm:Q", title=NORM.to(language), format=".3~e"),
        ],
    )
    lines = base.mark_line(strokeWidth=1.6, opacity=0.8).encode(
        order="place:Q",
        strokeDash=alt.StrokeDash(
            "line:N",
            scale=alt.Scale(domain=shown, range=[([1, 0], [5, 3])[of(s)] for s in shown]),
            legend=legend,
        ),
        **look,
    )
    marks = base.mark_point(size=55, filled=True, opacity=1).encode(
        shape=alt.Shape(
            "line:N",
            scale=alt.Scale(domain=shown, range=[("circle", "diamond")[of(s)] for s in shown]),
            legend=legend,
        ),
        **look,
    )
    nothing = [
        {"layer": label, "norm": low, "written": f"◀ {ZERO.to(language)}"}
        for label, v in zip(labels, measured, strict=True)
        if v == 0
    ]
    zeros = (
        alt.Chart(as_data(nothing))
        .mark_text(align="left", fontSize=12)
        .encode(x=x, y=rows(labels), text="written:N")
    )
    layers = [lines, marks, *([zeros] if nothing else [])]
    return finish(alt.layer(*layers).properties(width=width, height=height_of(len(labels))))
