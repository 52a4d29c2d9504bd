"""What charts of losses by epoch share: small panels side by side, one a candidate."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt

from ogive.plots.theme import finish, log_ticks
from ogive.text import Language, Text

__all__ = ["EPOCH", "LOSS", "epoch_axis", "line_legend", "loss_axis", "side_by_side"]

EPOCH = Text("Epoch", "训练轮数")
LOSS = Text("Loss (log scale)", "损失（对数轴）")


def epoch_axis(language: Language) -> alt.X:
    """Return the horizontal axis of a panel."""
    return alt.X("epoch:Q", title=EPOCH.to(language), axis=alt.Axis(tickCount=4, grid=False))


def loss_axis(field: str, ends: tuple[float, float], language: Language) -> alt.Y:
    """Return the vertical axis, logarithmic and the same in all panels.

    Parameters
    ----------
    field : str
        Of the records.
    ends : (float, float)
        The least and the largest loss, above 0.
    language : {"en", "zh"}
        Language of the title.
    """
    return alt.Y(
        f"{field}:Q",
        title=LOSS.to(language),
        scale=alt.Scale(type="log", nice=False, domain=ends),
        axis=alt.Axis(values=log_ticks(ends), format="~g"),
    )


def line_legend() -> alt.Legend:
    """Return the legend of the lines, above the panels."""
    return alt.Legend(
        orient="top",
        title=None,
        columns=1,
        symbolType="stroke",
        symbolOpacity=1,
        symbolStrokeWidth=2.5,
        labelLimit=400,
    )


def side_by_side(
    panel: Any,
    field: str,
    *,
    order: Sequence[str],
    lists: Sequence[str],
    columns: int,
    panel_width: int,
) -> alt.TopLevelMixin:
    """Return a panel for each candidate in rows as equally long as can be.

    Parameters
    ----------
    panel : chart
        With the data of all.
    field : str
        What the candidate is in the records.
    order : sequence of str
        The candidates in the order of their panels.
    lists : sequence of str
        Fields of the records that are lists, a value for each point.
    columns, panel_width : int
        Most panels side by side, and the width of one in pixels.
    """
    rows = math.ceil(len(order) / columns)
    return finish(
        panel.properties(width=panel_width, height=130)
        .facet(
            facet=alt.Facet(f"{field}:N", sort=list(order), title=None),
            columns=math.ceil(len(order) / rows),
            spacing=14,
        )
        .transform_flatten(list(lists))
        .resolve_axis(x="shared", y="shared")
    )
