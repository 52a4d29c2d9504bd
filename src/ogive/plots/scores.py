"""Test scores on every split, with mean and interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import altair as alt

from ogive.plots.theme import ROW_HEIGHT, as_data, emphasis, finish, off_scale, score_domain
from ogive.text import Language, Text

__all__ = ["score_distributions"]

SPLIT = Text("split", "划分")
MEAN = Text("mean", "均值")


def score_distributions(
    points: Sequence[dict[str, Any]],
    means: Sequence[dict[str, Any]],
    *,
    score_title: str,
    greater_is_better: bool = True,
    language: Language = "en",
    width: int | str = 640,
) -> alt.TopLevelMixin:
    """Draw the score of every split as a circle, the mean as a diamond, its interval as a line.

    A mean so bad that it would crush the scale of the others is given as a number at the edge.

    Parameters
    ----------
    points : sequence of dict
        ``activation`` (name of the row), ``split`` (its name), ``score``, ``group`` ("best",
        "equivalent", "level", "unsure" or "worse").
    means : sequence of dict
        ``activation``, ``score``, ``low``, ``high`` (both None where the interval has no ends),
        ``group``, and ``written``, the text beside it; in the order of the rows drawn.
    score_title : str
        Title of the score axis.
    greater_is_better : bool, default=True
        Which way the score is better.
    language : {"en", "zh"}, default="en"
        Language of the tooltips.
    width : int or "container"
        Width of the chart.
    """
    order = [mean["activation"] for mean in means]
    sign = 1 if greater_is_better else -1
    limit = off_scale([sign * mean["score"] for mean in means])
    off = [mean for mean in means if sign * mean["score"] < limit]
    means = [mean for mean in means if sign * mean["score"] >= limit]
    shown = {mean["activation"] for mean in means}
    points = [point for point in points if point["activation"] in shown]
    bounded = [mean for mean in means if mean["low"] is not None]
    lowest = [p["score"] for p in points] + [m["low"] for m in bounded]
    highest = [p["score"] for p in points] + [m["high"] for m in bounded]
    domain = score_domain(lowest, highest)
    scale = alt.Scale(domain=domain, nice=False, zero=False)
    x = alt.X("score:Q", title=score_title, scale=scale, axis=alt.Axis(tickCount=6))
    y = alt.Y(
        "activation:N",
        sort=order,
        title=None,
        scale=alt.Scale(domain=order),
        axis=alt.Axis(ticks=False, domain=False),
    )
    name = alt.Tooltip("activation:N", title=" ")
    circles = (
        alt.Chart(as_data(points))
        .mark_point(size=36, opacity=0.75, filled=False, strokeWidth=1.2)
        .encode(
            x=x,
            y=y,
            color=emphasis(),
            tooltip=[
                name,
                alt.Tooltip("split:N", title=SPLIT.to(language)),
                alt.Tooltip("score:Q", title=score_title, format=".4f"),
            ],
        )
    )
    about: dict[str, Any] = {
        "y": y,
        "color": emphasis(),
        "tooltip": [name, alt.Tooltip("written:N", title=MEAN.to(language))],
    }
    base = alt.Chart(as_data(means)).encode(**about)
    intervals = (
        alt.Chart(as_data(bounded))
        .encode(**about)
        .mark_rule(strokeWidth=2.5)
        .encode(x=alt.X("low:Q", title=score_title, scale=scale), x2="high:Q")
    )
    diamonds = base.mark_point(shape="diamond", size=110, filled=True, opacity=1).encode(x=x)
    align: Literal["left", "right"] = "left" if greater_is_better else "right"
    label = "'◀ ' + datum.written" if greater_is_better else "datum.written + ' ▶'"
    dx, edge = (4, domain[0]) if greater_is_better else (-4, domain[1])
    beyond = (
        alt.Chart(as_data([{**mean, "edge": edge} for mean in off]))
        .transform_calculate(label=label)
        .mark_text(align=align, dx=dx, fontSize=12)
        .encode(x=alt.X("edge:Q", title=score_title, scale=scale), y=y, text="label:N")
    )
    chart = alt.layer(circles, intervals, diamonds, *([beyond] if off else [])).properties(
        width=width, height=ROW_HEIGHT * len(order)
    )
    return finish(chart)
