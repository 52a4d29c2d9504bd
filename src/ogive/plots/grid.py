"""A table of marks with a strip of bars beside its rows, as code books and vote tables have it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from ogive.plots import groups
from ogive.plots.curves import DARK
from ogive.plots.theme import BLUE, GREY, ORANGE, as_data

__all__ = ["FRAME", "bars", "cell_size", "cells", "note"]

FRAME = "#c0392b"
OPAQUE = 0.6


def cell_size(n: int, side: int, largest: int = 58) -> int:
    """Return the size of a cell so that n have room in `side` pixels."""
    return max(min(side // max(n, 1), largest), 6)


def note(lines: Sequence[str]) -> alt.TitleParams:
    """Return sentences as the title of a chart."""
    return alt.TitleParams(
        list(lines), anchor="start", fontSize=12, fontWeight="normal", color=DARK, limit=2000
    )


def cells(
    records: Sequence[dict[str, Any]],
    rows: Sequence[str],
    columns: Sequence[str],
    titles: tuple[str | None, str | None],
    kinds: Sequence[str],
    size: tuple[int, int],
    tooltip: Sequence[alt.Tooltip],
    in_legend: int = 3,
) -> Any:
    """Return the table.

    Parameters
    ----------
    records : sequence of dict
        ``row``, ``column``, ``kind``, ``text`` and ``framed``.
    rows, columns : sequence of str
        In their order.
    titles : tuple of str
        Of the columns and of the rows.
    kinds : sequence of str
        The kind that is blue, the one that is orange, and others, which stay empty.
    size : tuple of int
        Width and height of a cell.
    tooltip : sequence of Tooltip
    in_legend : int, default=3
        How many of the kinds the legend explains.
    """
    longest = max(map(len, columns))
    level = 7.5 * longest <= size[0]
    x = alt.X(
        "column:N",
        sort=list(columns),
        title=titles[0],
        scale=alt.Scale(domain=list(columns), padding=0),
        axis=alt.Axis(
            orient="top",
            labelAngle=0 if level else -50,
            # Turned about its end, a name needs room for half its height.
            labelAlign="center" if level else "left",
            labelBaseline="bottom" if level else "middle",
            labelPadding=4 if level else 9,
            labelLimit=120,
            labelOverlap=size[0] < 12,
            ticks=False,
            domain=False,
        ),
    )
    y = alt.Y(
        "row:N",
        sort=list(rows),
        title=titles[1],
        scale=alt.Scale(domain=list(rows), padding=0),
        axis=alt.Axis(
            labelLimit=160,
            labelPadding=6,
            ticks=False,
            domain=False,
            labelOverlap=size[1] < 12,
        ),
    )
    base = alt.Chart(as_data(records)).encode(x=x, y=y, tooltip=list(tooltip))
    colour = alt.Color(
        "kind:N",
        sort=None,
        scale=alt.Scale(domain=list(kinds), range=[BLUE, ORANGE, GREY][: len(kinds)]),
        legend=groups.key(
            3, symbolType="square", symbolOpacity=OPAQUE, values=list(kinds[:in_legend])
        ),
    )
    shade = alt.FillOpacity("shade:Q", scale=None)
    empty = f"datum.kind == '{_quoted(kinds[2])}' ? 0.06 : {OPAQUE}" if len(kinds) > 2 else OPAQUE
    layers = [
        base.transform_calculate(shade=str(empty))
        .mark_rect(stroke="#ffffff", strokeWidth=1, strokeOpacity=0.6)
        .encode(color=colour, fillOpacity=shade)
    ]
    if any(record["framed"] for record in records):
        layers.append(_frames(records, rows, columns, x, y, min(size)))
    widest = max(len(record["text"]) for record in records)
    if min(size) >= 16 and 6 * widest <= size[0]:
        layers.append(base.mark_text(fontSize=min(12, size[0] // 2)).encode(text="text:N"))
    return alt.layer(*layers).properties(width=alt.Step(size[0]), height=alt.Step(size[1]))


def _frames(
    records: Sequence[dict[str, Any]],
    rows: Sequence[str],
    columns: Sequence[str],
    x: alt.X,
    y: alt.Y,
    size: int,
) -> Any:
    """Return frames, one around neighbours in a row, as narrow cells would be covered by theirs."""
    framed = {(record["row"], record["column"]) for record in records if record["framed"]}
    runs: list[dict[str, Any]] = []
    for row in rows:
        before = False
        for column in columns:
            if here := (row, column) in framed:
                if before:
                    runs[-1]["last"] = column
                else:
                    runs.append({"row": row, "column": column, "last": column})
            before = here
    return (
        alt.Chart(as_data(runs))
        .mark_rect(fillOpacity=0, stroke=FRAME, strokeWidth=min(2.2, max(size / 10, 1.0)))
        .encode(
            x=x.copy().bandPosition(0),
            x2=alt.X2("last:N", bandPosition=1),
            y=y,
        )
    )


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")


def bars(
    records: Sequence[dict[str, Any]],
    rows: Sequence[str],
    title: str,
    height: int,
    tooltip: Sequence[alt.Tooltip],
    width: int = 110,
) -> Any:
    """Return bars beside the rows of a table, the best in blue.

    Parameters
    ----------
    records : sequence of dict
        ``row``, ``value``, ``text`` and ``best``.
    rows : sequence of str
        In their order.
    title : str
    height : int
        Of a row.
    tooltip : sequence of Tooltip
    width : int, default=110
    """
    largest = max(max(record["value"] for record in records), 1e-300)
    y = alt.Y(
        "row:N",
        sort=list(rows),
        title=None,
        scale=alt.Scale(domain=list(rows), padding=0),
        axis=None,
    )
    x = alt.X(
        "value:Q",
        title=title,
        scale=alt.Scale(domain=(0, largest), nice=False),
        axis=alt.Axis(orient="top", labels=False, ticks=False, grid=False, domain=False),
    )
    base = alt.Chart(as_data(records)).encode(y=y, tooltip=list(tooltip))
    layers = [
        base.mark_bar(height=max(0.55 * height, 3)).encode(
            x=x,
            color=alt.condition("datum.best", alt.value(BLUE), alt.value(GREY)),
            opacity=alt.value(0.7),
        )
    ]
    if height >= 14:
        layers.append(base.mark_text(align="left", dx=5, fontSize=12).encode(x=x, text="text:N"))
    return alt.layer(*layers).properties(width=width, height=alt.Step(height))
