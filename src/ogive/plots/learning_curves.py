"""Loss by epoch, a small panel for each candidate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from ogive.plots.loss_panels import (
    EPOCH,
    LOSS,
    epoch_axis,
    line_legend,
    loss_axis,
    side_by_side,
)
from ogive.plots.theme import BLUE, GREY, ORANGE, as_data
from ogive.text import Language, Text

__all__ = ["learning_curves"]

POINTS = ("epoch", "mean", "low", "high")
PARTS = {
    "validation": Text("validation rows", "验证数据"),
    "fitting": Text("rows fitted to", "拟合数据"),
    "others": Text("validation rows, of the other panels", "其他各图的验证数据"),
}


def learning_curves(
    records: Sequence[dict[str, Any]],
    *,
    order: Sequence[str],
    language: Language = "en",
    columns: int = 4,
    panel_width: int = 190,
) -> alt.TopLevelMixin:
    """Draw loss by epoch with bands, one panel a candidate before the others in grey.

    Parameters
    ----------
    records : sequence of dict
        One for each point: ``activation``, ``epoch``, ``part`` ("fitting" or "validation"),
        ``mean``, ``low``, ``high``; all losses above 0.
    order : sequence of str
        The activations in the order of their panels.
    language : {"en", "zh"}, default="en"
        Language of the titles.
    columns, panel_width : int
        Most panels side by side, and the width of one in pixels.
    """
    names = {part: text.to(language) for part, text in PARTS.items()}
    shown = [
        {**curve, "line": names[part]} for (_, part), curve in _curves(records, POINTS).items()
    ]
    others = [
        {"other": name, "line": names["others"], "epoch": curve["epoch"], "mean": curve["mean"]}
        for (name, part), curve in _curves(records, POINTS).items()
        if part == "validation"
    ]
    lows, highs = [r["low"] for r in records], [r["high"] for r in records]
    domain = list(names.values())
    legend = line_legend()
    colour = alt.Color(
        "line:N", scale=alt.Scale(domain=domain, range=[BLUE, ORANGE, GREY]), legend=legend
    )
    dashes = alt.StrokeDash(
        "line:N", scale=alt.Scale(domain=domain, range=[[1, 0], [4, 3], [1, 0]]), legend=legend
    )
    x = epoch_axis(language)
    y = loss_axis("mean", (min(lows), max(highs)), language)
    context = (
        alt.Chart(as_data(others))
        .transform_flatten(["epoch", "mean"])
        .mark_line(strokeWidth=0.8, opacity=0.35)
        .encode(x=x, y=y, color=colour, strokeDash=dashes, detail="other:N")
    )
    base = alt.Chart().encode(x=x, color=colour)
    band = base.mark_area(opacity=0.2, line=False).encode(y=alt.Y("low:Q"), y2="high:Q")
    tooltip = [
        alt.Tooltip("activation:N", title=" "),
        alt.Tooltip("line:N", title=" "),
        alt.Tooltip("epoch:Q", title=EPOCH.to(language)),
        alt.Tooltip("mean:Q", title=LOSS.to(language), format=".4~g"),
    ]
    line = base.mark_line(strokeWidth=2).encode(
        y=y,
        strokeDash=dashes,
        tooltip=tooltip,
    )
    return side_by_side(
        alt.layer(context, band, line, data=as_data(shown)),
        "activation",
        order=order,
        lists=POINTS,
        columns=columns,
        panel_width=panel_width,
    )


def _curves(
    records: Sequence[dict[str, Any]], numbers: Sequence[str]
) -> dict[tuple[str, str], dict[str, Any]]:
    """Return a record for each curve with lists of its numbers, a quarter of the size in JSON."""
    curves: dict[tuple[str, str], dict[str, Any]] = {}
    for record in records:
        key = (record["activation"], record["part"])
        if key not in curves:
            curves[key] = {"activation": key[0], **{name: [] for name in numbers}}
        for name in numbers:
            curves[key][name].append(record[name])
    return curves
