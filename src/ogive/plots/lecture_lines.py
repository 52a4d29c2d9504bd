"""Lines over layers or epochs with a band for their interval: the lecture's experiments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from ogive.plots.theme import BLUE, GREY, ORANGE, as_data, finish
from ogive.text import Language

__all__ = ["lines_with_bands"]

HEIGHT = 300
# Told apart by hue, lightness and dash, so that no meaning is left to colour alone.
COLOURS = (BLUE, ORANGE, GREY, "#1b8a5a", "#8e5bb5", "#a5632a")
DASHES = ([1, 0], [6, 3], [2, 2], [8, 2, 2, 2], [4, 4], [1, 3])


def lines_with_bands(
    records: Sequence[dict[str, Any]],
    *,
    x_title: str,
    y_title: str,
    legend: str = "",
    percent: bool = False,
    language: Language = "en",
    width: int | str = 640,
) -> alt.TopLevelMixin:
    """Draw a line a series with points, over a band where an interval is known.

    Parameters
    ----------
    records : sequence of dict
        ``line``, the name of the series; ``x``, a whole number; ``y``; and ``low`` and ``high`` or
        None.
    x_title, y_title : str
        Titles of the axes.
    legend : str, default=""
        What the names of the series are.
    percent : bool, default=False
        Whether y is a share: the axis then runs from 0 to 100 %.
    language : {"en", "zh"}, default="en"
        Taken for the sake of uniformity; all words are given.
    width : int or "container", default=640
        Width of the chart.
    """
    lines = list(dict.fromkeys(record["line"] for record in records))
    places = sorted({record["x"] for record in records})
    colours = [COLOURS[i % len(COLOURS)] for i in range(len(lines))]
    dashes = [DASHES[i % len(DASHES)] for i in range(len(lines))]
    shown = (
        alt.Legend(orient="top", title=legend or None, symbolType="stroke", symbolStrokeWidth=2.5,
                   labelLimit=300, symbolSize=400,
                   symbolOpacity=1, titleFontWeight="normal")
        if len(lines) > 1
        else None
    )  # fmt: skip
    colour = alt.Color("line:N", scale=alt.Scale(domain=lines, range=colours), legend=shown)
    dash = alt.StrokeDash("line:N", scale=alt.Scale(domain=lines, range=dashes), legend=shown)
    ticks = places if len(places) <= 12 else [p for p in places if p % 5 == 0]
    x = alt.X(
        "x:Q",
        title=x_title,
        scale=alt.Scale(domain=[places[0], places[-1]], nice=False, padding=8),
        axis=alt.Axis(values=ticks, format="d", grid=False),
    )
    scale = alt.Scale(domain=[0, 1]) if percent else alt.Scale(zero=True)
    form = "%" if percent else "~g"
    y = alt.Y("y:Q", title=y_title, scale=scale, axis=alt.Axis(format=form, tickCount=6))
    base = alt.Chart(as_data(list(records))).encode(x=x, color=colour)
    tooltip = [
        alt.Tooltip("line:N", title=" "),
        alt.Tooltip("x:Q", title=x_title),
        alt.Tooltip("y:Q", title=y_title, format=".1%" if percent else ".4~g"),
    ]
    layers = [
        base.transform_filter("isValid(datum.low)")
        .mark_area(opacity=0.18)
        .encode(y=alt.Y("low:Q", title=y_title), y2="high:Q"),
        base.mark_line(strokeWidth=2).encode(y=y, strokeDash=dash),
        base.mark_point(filled=True, size=36, opacity=1).encode(y=y, tooltip=tooltip),
    ]
    return finish(alt.layer(*layers).properties(width=width, height=HEIGHT))
