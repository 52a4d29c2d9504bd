"""Reliability diagrams as drawn: one for a few curves, or a small panel for each of many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from ogive.plots import groups
from ogive.plots.curves import DARK, RATES, TICKS
from ogive.plots.theme import BLUE, GREY, as_data
from ogive.text import Language, Text

__all__ = ["FEW_ROWS", "diagram", "panels"]

PREDICTED = Text("Predicted probability (mean of each bin)", "预测概率（各区间的均值）")
OBSERVED = Text("Share of positive rows", "正类行的比例")
COUNT = Text("Rows", "行数")
PERFECT = Text("perfectly calibrated", "完全校准")
INTERVAL = Text("{level} interval", "{level} 区间")
BIN = Text("bin", "区间")
PALE = Text(
    "Pale and unjoined: bins of fewer than {few} rows.", "浅色、不连线：不足 {few} 行的区间。"
)
READING = Text(
    "Across: predicted probability; up: share of positive rows, below it the rows of each bin.",
    "横轴：预测概率；纵轴：正类行的比例，其下为各区间的行数。",
)
FEW_ROWS = 10
"""A share of fewer rows is hardly one: it is drawn pale, and no line is drawn to it."""
HEIGHT, COUNTS_HEIGHT = 320, 70
SMALL_HEIGHT, SMALL_COUNTS_HEIGHT = 150, 34
AXIS_ROOM, SPACING = 44, 18

Record = dict[str, Any]


def diagram(
    records: Sequence[Record], names: list[str], level: float, language: Language, width: int | str
) -> Any:
    """Return one diagram of a few curves, with its legend, above the rows of each bin.

    Parameters
    ----------
    records : sequence of dict
        A bin each, of ``group`` (one of `names`), ``name``, ``x``, ``y``, ``low``, ``high``,
        ``start``, ``end``, ``bin``, ``interval`` and ``count``.
    names : list of str
    level : float
        Of the intervals.
    language : {"en", "zh"}
    width : int or "container"
    """
    perfect = PERFECT.to(language)
    legend = groups.key(symbolOpacity=1)
    looks = {
        "color": groups.colour(names, legend, greys=[perfect]),
        "shape": groups.shape(names, legend, strokes=[perfect]),
    }
    shares = _shares(records, looks, perfect, level, language, TICKS, (24.0, 110.0))
    counts = _counts(records, looks["color"], language, outlined=len(names) > 1)
    chart = alt.vconcat(
        shares.properties(width=width, height=HEIGHT),
        counts.properties(width=width, height=COUNTS_HEIGHT),
        spacing=8,
    )
    said = _pale(records, language)
    return chart.properties(title=_note(said)) if said else chart


def panels(
    curves: Sequence[tuple[str, str, Sequence[Record]]],
    more: Sequence[str],
    level: float,
    language: Language,
    width: int,
) -> Any:
    """Return a small diagram for each curve, with its own rows below it.

    Parameters
    ----------
    curves : sequence of tuple
        Name, merits in words, and the records as `diagram` takes them.
    more : sequence of str
        Sentences to stand above.
    level, language
        As `diagram` takes them.
    width : int
        Of all columns together.
    """
    columns = 2 if len(curves) == 4 else 3
    size = (width - SPACING * (columns - 1)) // columns - AXIS_ROOM
    ticks = alt.Axis(values=[0, 0.5, 1], format=".1~f")
    looks = {"color": alt.value(BLUE)}
    drawn = []
    for name, merits, records in curves:
        shares = _shares(records, looks, "", level, language, ticks, (12.0, 70.0), titles=False)
        counts = _counts(records, looks["color"], language, outlined=False, titles=False)
        title = alt.TitleParams(
            name,
            subtitle=merits,
            anchor="start",
            frame="group",
            fontSize=13,
            subtitleFontSize=11,
            color=DARK,
            subtitleColor=DARK,
            offset=6,
            limit=size + AXIS_ROOM,
        )
        drawn.append(
            alt.vconcat(
                shares.properties(width=size, height=SMALL_HEIGHT),
                counts.properties(width=size, height=SMALL_COUNTS_HEIGHT),
                spacing=6,
            ).properties(title=title)
        )
    every = [record for _, _, records in curves for record in records]
    said = [READING.to(language), *_pale(every, language), *more]
    return alt.concat(*drawn, columns=columns, spacing=SPACING).properties(title=_note(said))


def _note(lines: list[str]) -> alt.TitleParams:
    return alt.TitleParams(
        lines, anchor="start", fontSize=12, fontWeight="normal", color=DARK, limit=2000
    )


def _pale(records: Sequence[Record], language: Language) -> list[str]:
    few = any(record["count"] < FEW_ROWS for record in records)
    return [PALE.to(language, few=FEW_ROWS)] if few else []


def _shares(
    records: Sequence[Record],
    looks: dict[str, Any],
    perfect: str,
    level: float,
    language: Language,
    ticks: alt.Axis,
    areas: tuple[float, float],
    *,
    titles: bool = True,
) -> Any:
    x = alt.X("x:Q", title=PREDICTED.to(language) if titles else None, scale=RATES, axis=ticks)
    y = alt.Y("y:Q", title=OBSERVED.to(language) if titles else None, scale=RATES, axis=ticks)
    colour = looks["color"]
    most = max(record["count"] for record in records)
    # The area of a mark grows with the root of its rows: 3 and 3000 are both to be seen.
    shown = [
        {
            **record,
            "area": round(areas[0] + (areas[1] - areas[0]) * (record["count"] / most) ** 0.5, 2),
            "seen": 0.35 if record["count"] < FEW_ROWS else 1.0,
            "sure": 0.25 if record["count"] < FEW_ROWS else 0.8,
        }
        for record in records
    ]
    ends = [{"x": at, "y": at, "group": perfect} for at in (0.0, 1.0)]
    diagonal = alt.Chart(as_data(ends)).mark_line(strokeDash=[4, 3], strokeWidth=1.3)
    base = alt.Chart(as_data(shown)).encode(x=x, color=colour)
    layers = [
        diagonal.encode(x=x, y=y, color=colour if perfect else alt.value(GREY)),
        base.mark_rule(strokeWidth=1.4).encode(
            y=alt.Y("low:Q"), y2="high:Q", opacity=alt.Opacity("sure:Q", scale=None, legend=None)
        ),
    ]
    if joined := _runs(shown):
        layers.append(
            alt.Chart(as_data(joined))
            .mark_line(strokeWidth=1.4, opacity=0.7)
            .encode(x=x, y=y, color=colour, detail=["name:N", "run:N"])
        )
    layers.append(
        base.mark_point(filled=True).encode(
            y=y,
            size=alt.Size("area:Q", scale=None, legend=None),
            opacity=alt.Opacity("seen:Q", scale=None, legend=None),
            tooltip=[
                *_rows_tooltip(language),
                alt.Tooltip("x:Q", title=PREDICTED.to(language), format=".4f"),
                alt.Tooltip("y:Q", title=OBSERVED.to(language), format=".4f"),
                alt.Tooltip("interval:N", title=INTERVAL.to(language, level=f"{100 * level:g}%")),
            ],
            **{name: look for name, look in looks.items() if name != "color"},
        )
    )
    return alt.layer(*layers)


def _runs(records: Sequence[Record]) -> list[Record]:
    """Return the bins to join, those between two bins of few rows being one ``run``."""
    joined, run = [], 0
    for record in records:
        if record["count"] < FEW_ROWS:
            run += 1
        else:
            joined.append({**record, "run": run})
    return joined


def _rows_tooltip(language: Language) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("name:N", title=" "),
        alt.Tooltip("bin:N", title=BIN.to(language)),
        alt.Tooltip("count:Q", title=COUNT.to(language), format=","),
    ]


def _counts(
    records: Sequence[Record],
    colour: Any,
    language: Language,
    *,
    outlined: bool,
    titles: bool = True,
) -> Any:
    bars = alt.Chart(as_data([{**record, "zero": 0} for record in records])).encode(
        x=alt.X("start:Q", title=None, scale=RATES, axis=None),
        x2="end:Q",
        y=alt.Y(
            "count:Q",
            title=COUNT.to(language) if titles else None,
            scale=alt.Scale(zero=True),
            axis=alt.Axis(tickCount=3 if titles else 2, format=",d", grid=False),
        ),
        y2="zero:Q",
        color=colour,
        tooltip=_rows_tooltip(language),
    )
    filled = bars.mark_rect(opacity=0.25 if outlined else 0.5)
    outline = bars.mark_rect(filled=False, fillOpacity=0, strokeWidth=1.2)
    return alt.layer(filled, outline) if outlined else alt.layer(filled)
