"""What the scatter plots of a regression share: points, their smooth, labels and the note."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from ogive.plots.date_axis import as_date, date_axis
from ogive.plots.theme import BLUE, GREY, ORANGE, as_data, finish
from ogive.text import Language, Text

__all__ = ["axis", "curve", "domain", "labels", "level_line", "points", "rounded", "stacked"]

ROW = Text("row", "行")
HEIGHT = 320
SOFT = "#6b727c"
# Parts of the axes that a number takes, on a narrow chart.
APART = (0.16, 0.05)

Floats = NDArray[np.float64]


def rounded(values: Floats, places: int = 5) -> list[float]:
    """Return values as the chart carries them: to `places` digits of their range."""
    finite = values[np.isfinite(values)]
    spread = float(np.ptp(finite)) if finite.size else 0.0
    scale = spread or float(np.abs(finite).max(initial=0.0)) or 1.0
    decimals = places - math.floor(math.log10(scale))
    if abs(decimals) > 300:
        return [float(value) for value in values]
    return [float(value) for value in np.round(values, decimals)]


def domain(*values: Floats, room: float = 0.04) -> tuple[float, float]:
    """Return the ends of an axis for all the values, with a little room around them."""
    low = min(float(v.min()) for v in values if v.size)
    high = max(float(v.max()) for v in values if v.size)
    extra = room * (high - low) or 0.05 * abs(high) or 1.0
    return low - extra, high + extra


def axis(ends: tuple[float, float], *, grid: bool = True) -> alt.Axis:
    """Return an axis; numbers that would be long are written with an exponent."""
    largest = max(abs(ends[0]), abs(ends[1]))
    plain = 1e-3 <= largest < 1e7 and abs(ends[1] - ends[0]) > 1e-4 * largest
    if plain:
        return alt.Axis(tickCount=6, grid=grid)
    return alt.Axis(tickCount=6, grid=grid, format=".5~g")


def points(
    rows: NDArray[np.intp],
    x: tuple[str, Floats],
    y: tuple[str, Floats],
    domains: tuple[tuple[float, float], tuple[float, float]],
    language: Language,
    more: Sequence[tuple[str, Floats]] = (),
    *,
    dates: bool = False,
) -> Any:
    """Return circles, each of which tells its row and its values when pointed at.

    Parameters
    ----------
    rows : ndarray of int
        Number of each point's row, counted from 1.
    x, y : tuple of str and ndarray
        Title and values of the axes.
    domains : tuple of tuple of float
        Ends of the two axes.
    language : {"en", "zh"}
    more : sequence of tuple of str and ndarray
        Titles and values of what else a point tells.
    dates : bool, default=False
        Whether x counts days since 1970.
    """
    columns = {"row": rows.tolist(), "x": rounded(x[1]), "y": rounded(y[1])}
    columns |= {f"m{i}": rounded(values) for i, (_, values) in enumerate(more)}
    tooltip = [
        alt.Tooltip("row:Q", title=ROW.to(language)),
        *(alt.Tooltip(f"m{i}:Q", title=title, format=".5~g") for i, (title, _) in enumerate(more)),
        alt.Tooltip("when:N", title=x[0])
        if dates
        else alt.Tooltip("x:Q", title=x[0], format=".5~g"),
        alt.Tooltip("y:Q", title=y[0], format=".5~g"),
    ]
    few = len(rows) <= 300
    chart = alt.Chart(_as_text(columns))
    if dates:
        chart = chart.transform_calculate(when=as_date("datum.x", domains[0]))
    across = date_axis if dates else axis
    return chart.mark_point(
        size=34 if few else 20,
        opacity=0.75 if few else 0.5,
        filled=False,
        strokeWidth=1.2,
        color=BLUE,
        clip=True,
    ).encode(
        x=alt.X(
            "x:Q",
            title=x[0],
            scale=alt.Scale(domain=domains[0], nice=False, zero=False),
            axis=across(domains[0], grid=False),
        ),
        y=alt.Y(
            "y:Q",
            title=y[0],
            scale=alt.Scale(domain=domains[1], nice=False, zero=False),
            axis=axis(domains[1]),
        ),
        tooltip=tooltip,
    )


def _as_text(columns: dict[str, list[Any]]) -> alt.InlineData:
    """Return columns as text, which Altair copies and checks in no time, unlike records."""
    lines = [
        ",".join(columns),
        *(",".join(map(repr, line)) for line in zip(*columns.values(), strict=True)),
    ]
    return alt.InlineData(values="\n".join(lines), format=alt.CsvDataFormat(type="csv"))


def curve(
    x: Floats,
    y: Floats,
    *,
    colour: str = ORANGE,
    dashes: Sequence[int] = (1, 0),
    width: float = 2.2,
) -> Any:
    """Return a line through points in their order."""
    records = [
        {"x": at, "y": value, "order": i}
        for i, (at, value) in enumerate(zip(rounded(x), rounded(y), strict=True))
    ]
    return (
        alt.Chart(as_data(records))
        .mark_line(strokeWidth=width, color=colour, strokeDash=list(dashes), clip=True)
        .encode(x="x:Q", y="y:Q", order="order:Q")
    )


def level_line(at: float) -> Any:
    """Return a dashed line across at a value of y."""
    return (
        alt.Chart(as_data([{"y": at}]))
        .mark_rule(color=GREY, strokeDash=[4, 3], strokeWidth=1.2)
        .encode(y="y:Q")
    )


def labels(
    rows: NDArray[np.intp],
    x: Floats,
    y: Floats,
    domains: tuple[tuple[float, float], tuple[float, float]],
) -> list[Any]:
    """Return the numbers of some rows beside their points, the first ones first if they would meet.

    A number stands on the side of its point where there is room.
    """
    ends = np.array(domains)
    spots = (np.column_stack([x, y]) - ends[:, 0]) / (ends[:, 1] - ends[:, 0])
    taken: list[Floats] = []
    layers = []
    for row, spot, at, value in zip(rows.tolist(), spots, x.tolist(), y.tolist(), strict=True):
        left = bool(spot[0] > 0.5)
        middle = spot + np.array([-APART[0] / 2 if left else APART[0] / 2, 0.0])
        if any((np.abs(middle - other) < APART).all() for other in taken):
            continue
        taken.append(middle)
        record = {"label": str(row), "x": at, "y": value}
        layers.append(
            alt.Chart(as_data([record]))
            .mark_text(align="right" if left else "left", dx=-7 if left else 7, fontSize=11)
            .encode(x="x:Q", y="y:Q", text="label:N")
        )
    return layers


def stacked(
    layers: Sequence[Any], width: int | str, note: str | None, height: int = HEIGHT
) -> alt.TopLevelMixin:
    """Return the layers as one chart, with a note above it if there is one."""
    chart = alt.layer(*layers).properties(width=width, height=height)
    if note:
        title = alt.TitleParams(
            note, anchor="start", fontSize=12, fontWeight="normal", color=SOFT, limit=2000
        )
        chart = chart.properties(title=title)
    return finish(chart)
