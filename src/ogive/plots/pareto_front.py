"""Cost against score: what is better than all that costs less is joined and named."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt

from ogive.plots.point_names import HEIGHT, SIDES, place_names
from ogive.plots.theme import (
    BLUE,
    GREY,
    as_data,
    finish,
    log_domain,
    log_ticks,
    off_scale,
    score_domain,
)
from ogive.text import Language, Text

__all__ = ["pareto_front"]

NAMED = 14
"""Of more points than these, only those on the front are named; the others tell when pointed at."""

KINDS = {
    True: Text("on the front: nothing costs less and scores as high", "前沿上：没有更省而不更差的"),
    False: Text("something costs no more and scores no lower", "另有不更贵且不更差的"),
}


def pareto_front(
    records: Sequence[dict[str, Any]],
    *,
    cost_title: str,
    score_title: str,
    greater_is_better: bool = True,
    language: Language = "en",
    width: int | str = 640,
) -> alt.TopLevelMixin:
    """Draw every candidate at its cost, on a logarithmic axis, and its score.

    The front is a staircase: for a given cost, the best score that can be had for no more. A score
    so bad that it would crush the scale of the others lies on the edge, with its number.

    Parameters
    ----------
    records : sequence of dict
        ``candidate``, ``cost`` (above 0), ``score``, ``written`` (the score as text) and
        ``on_front``.
    cost_title, score_title : str
        Titles of the axes.
    greater_is_better : bool, default=True
        Which way the score is better.
    language : {"en", "zh"}, default="en"
        Language of the legend.
    width : int or "container"
        Width of the chart.
    """
    sign = 1 if greater_is_better else -1
    limit = off_scale([sign * record["score"] for record in records])
    scores = [record["score"] for record in records if sign * record["score"] >= limit]
    y_domain = score_domain(scores, scores)
    edge = y_domain[0] if greater_is_better else y_domain[1]
    arrow = "↓" if greater_is_better else "↑"
    least, most = log_domain([record["cost"] for record in records], 4.0)
    x_domain = (least / 1.25, most * 1.25)
    marks = []
    for record in records:
        off = sign * record["score"] < limit
        named = record["on_front"] or len(records) <= NAMED or off
        label = record["candidate"] if named else ""
        marks.append(
            {
                **record,
                "x": math.log10(record["cost"]),
                "y": edge if off else record["score"],
                "label": f"{label} {arrow} {record['written']}" if off else label,
                "kind": KINDS[record["on_front"]].to(language),
            }
        )
    # Names on the front are placed first, so that they stay next to their points.
    marks.sort(key=lambda mark: not mark["on_front"])
    corners = _staircase(marks, x_domain[1])
    line = []
    for left, right in zip(corners, corners[1:], strict=False):
        line += [(math.log10(corner["cost"]), left["y"]) for corner in (left, right)]
    ends = math.log10(x_domain[0]), math.log10(x_domain[1])
    placed = place_names(marks, ends, y_domain, line)
    x = alt.X(
        "cost:Q",
        title=cost_title,
        scale=alt.Scale(type="log", domain=x_domain, nice=False),
        axis=alt.Axis(values=log_ticks(x_domain), format="~g", grid=False, labelOverlap=True),
    )
    y_scale = alt.Scale(domain=y_domain, nice=False, zero=False)
    y = alt.Y("y:Q", scale=y_scale, title=score_title, axis=alt.Axis(tickCount=6))
    kinds = [KINDS[True].to(language), KINDS[False].to(language)]
    legend = alt.Legend(orient="top", title=None, columns=1, labelLimit=420)
    colour = alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=[BLUE, GREY]), legend=legend)
    shape = alt.Shape(
        "kind:N", scale=alt.Scale(domain=kinds, range=["diamond", "circle"]), legend=legend
    )
    tooltip = [
        alt.Tooltip("candidate:N", title=" "),
        alt.Tooltip("written:N", title=score_title),
        alt.Tooltip("cost:Q", title=cost_title, format=".3~g"),
        alt.Tooltip("kind:N", title=" "),
    ]
    base = alt.Chart(as_data(placed)).encode(x=x)
    steps = (
        alt.Chart(as_data(corners))
        .mark_line(strokeWidth=1.5, color=BLUE, opacity=0.7, interpolate="step-after")
        .encode(x=x, y=y, order="cost:Q")
    )
    points = base.mark_point(size=80, filled=True, opacity=1).encode(
        y=y, color=colour, shape=shape, tooltip=tooltip
    )
    leaders = (
        base.transform_filter("datum.moved")
        .mark_rule(strokeWidth=0.8, opacity=0.6)
        .encode(y=y, y2="label_y:Q", color=colour)
    )
    names = [
        base.transform_filter(f"datum.side == '{side}'")
        .mark_text(align=align, dx=dx, baseline="middle", fontSize=12)
        .encode(y=alt.Y("label_y:Q", scale=y_scale), text="label:N", tooltip=tooltip)
        for side, align, dx in SIDES
    ]
    chart = alt.layer(steps, leaders, points, *names).properties(width=width, height=HEIGHT)
    return finish(chart)


def _staircase(records: Sequence[dict[str, Any]], end: float) -> list[dict[str, float]]:
    """Return the corners of the front, which goes on level beyond its dearest point."""
    front = sorted((r["cost"], r["y"]) for r in records if r["on_front"])
    return [{"cost": cost, "y": y} for cost, y in [*front, *((end, y) for _, y in front[-1:])]]
