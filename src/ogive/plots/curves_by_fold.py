"""Loss by epoch of every split, thin, and their mean, thick: a small panel a candidate."""

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
from ogive.plots.theme import BLUE, GREY, as_data
from ogive.text import Language, Text

__all__ = ["curves_by_fold"]

PARTS = {
    "split": Text("validation rows of one split", "一次划分的验证数据"),
    "mean": Text("geometric mean of the splits", "各次划分的几何平均"),
}
SPLIT = Text("split", "划分")


def curves_by_fold(
    curves: Sequence[dict[str, Any]],
    *,
    order: Sequence[str],
    language: Language = "en",
    columns: int = 4,
    panel_width: int = 190,
) -> alt.TopLevelMixin:
    """Draw each split's loss by epoch and their mean, one panel a candidate.

    Parameters
    ----------
    curves : sequence of dict
        One a curve: ``candidate``, ``split`` (its name; empty for the mean), and the lists
        ``epoch`` and ``loss`` of equal length; all losses above 0.
    order : sequence of str
        The candidates in the order of their panels.
    language : {"en", "zh"}, default="en"
        Language of titles and tooltips.
    columns, panel_width : int
        Most panels side by side, and the width of one in pixels.
    """
    names = {part: text.to(language) for part, text in PARTS.items()}
    shown = [{**c, "line": names["split" if c["split"] else "mean"]} for c in curves]
    losses = [loss for curve in curves for loss in curve["loss"]]
    ends = min(losses), max(losses)
    colour = alt.Color(
        "line:N",
        scale=alt.Scale(domain=list(names.values()), range=[GREY, BLUE]),
        legend=line_legend(),
    )
    tooltip = [
        alt.Tooltip("candidate:N", title=" "),
        alt.Tooltip("split:N", title=SPLIT.to(language)),
        alt.Tooltip("epoch:Q", title=EPOCH.to(language)),
        alt.Tooltip("loss:Q", title=LOSS.to(language), format=".4~g"),
    ]
    lines = (
        alt.Chart()
        .mark_line()
        .encode(
            x=epoch_axis(language),
            y=loss_axis("loss", ends, language),
            color=colour,
            strokeWidth=alt.condition("datum.split == ''", alt.value(2.4), alt.value(0.8)),
            detail="split:N",
            tooltip=tooltip,
        )
    )
    return side_by_side(
        alt.layer(lines, data=as_data(shown)),
        "candidate",
        order=order,
        lists=("epoch", "loss"),
        columns=columns,
        panel_width=panel_width,
    )
