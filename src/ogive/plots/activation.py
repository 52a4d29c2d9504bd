"""Value and derivative of activation functions, one alone or several over each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import altair as alt

from ogive.activations.sheet.names import label
from ogive.activations.sheet.sampling import Curve, sample, thinned, view
from ogive.plots.theme import BLUE, GREY, ORANGE, as_data, finish
from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.activations import Activation

__all__ = ["activation_curves"]

VALUE = Text("value f(z)", "函数值 f(z)")
DERIVATIVE = Text("derivative f′(z)", "导数 f′(z)")
# Of like lightness, so that none stands back; the dashes tell apart what the colours do not.
COLOURS = (BLUE, ORANGE, "#1a9a78", "#b45fd0", "#b08a00", "#d6457f", GREY, "#96653c")
DASHES = ((1, 0), (7, 3), (2, 2), (9, 3, 2, 3))
AXIS_AT_ZERO = {"condition": {"test": "datum.value === 0", "value": "#9aa1ab"}, "value": "#e6e9ed"}
# Of the height of the chart; less than a third of a pixel.
TOLERANCE = 0.001
ROOM = 0.05


def activation_curves(
    functions: Sequence[Activation],
    *,
    lower: float = -5.0,
    upper: float = 5.0,
    language: Language = "en",
    width: int | str = 640,
) -> alt.TopLevelMixin:
    """Draw value and derivative: in one panel for one function, in two for several.

    Where a function or its derivative jumps, the line ends: in a full circle where the function
    has that value, in an empty one where it only comes near.

    Parameters
    ----------
    functions : sequence of Activation
        What to draw; each acts on single numbers.
    lower, upper : float, default=-5, 5
        The ends of the z axis.
    language : {"en", "zh"}, default="en"
        Language of the titles.
    width : int or "container"
        Width of the chart.
    """
    values = {label(function): sample(function, lower, upper) for function in functions}
    slopes = {label(function): sample(function.derivative, lower, upper) for function in functions}
    if len(values) == 1:
        (value,), (slope,) = values.values(), slopes.values()
        both = {VALUE.to(language): value, DERIVATIVE.to(language): slope}
        return finish(_panel(both, (lower, upper), None, width, 380))
    panels = [
        _panel(curves, (lower, upper), title.to(language), width, 260)
        for title, curves in ((VALUE, values), (DERIVATIVE, slopes))
    ]
    return finish(alt.vconcat(*panels, spacing=24))


def _panel(
    curves: dict[str, Curve],
    ends: tuple[float, float],
    title: str | None,
    width: int | str,
    height: int,
) -> Any:
    low, high = view(list(curves.values()))
    room = ROOM * (high - low)
    bottom, top = low - room, high + room
    x = alt.X(
        "z:Q",
        title="z",
        scale=alt.Scale(domain=ends, nice=False),
        axis=alt.Axis(tickCount=10, gridColor=AXIS_AT_ZERO),
    )
    y = alt.Y(
        "y:Q",
        title=title,
        scale=alt.Scale(domain=(bottom, top), nice=False, zero=False),
        axis=alt.Axis(tickCount=6, gridColor=AXIS_AT_ZERO),
    )
    names = list(curves)
    colours = [COLOURS[i % len(COLOURS)] for i in range(len(names))]
    dashes = [DASHES[(i + i // len(COLOURS)) % len(DASHES)] for i in range(len(names))]
    legend = alt.Legend(
        orient="top",
        title=None,
        columns=3,
        symbolType="stroke",
        symbolSize=500,
        symbolStrokeWidth=2.5,
        labelLimit=400,
    )
    colour = alt.Color(
        "name:N", sort=None, scale=alt.Scale(domain=names, range=colours), legend=legend
    )
    dash = alt.StrokeDash(
        "name:N", sort=None, scale=alt.Scale(domain=names, range=dashes), legend=legend
    )
    lines = (
        alt.Chart(as_data(list(_line_records(curves, TOLERANCE * (high - low)))))
        .mark_line(strokeWidth=2.2, clip=True)
        .encode(x=x, y=y, color=colour, strokeDash=dash, detail="piece:N")
    )
    layers: list[Any] = [lines]
    for closed in (False, True):
        dots = [
            {"name": name, "z": dot.z, "y": dot.y}
            for name, curve in curves.items()
            for dot in curve.dots
            if dot.closed is closed and bottom <= dot.y <= top
        ]
        if dots:
            layers.append(
                alt.Chart(as_data(dots))
                .mark_point(size=45, filled=closed, opacity=1, strokeWidth=1.6)
                .encode(x=x, y=y, color=colour)
            )
    return alt.layer(*layers).properties(width=width, height=height)


def _line_records(curves: dict[str, Curve], tolerance: float) -> Iterator[dict[str, Any]]:
    for name, curve in curves.items():
        for number, piece in enumerate(curve.pieces):
            z, y = thinned(piece, tolerance)
            for at, value in zip(z.tolist(), y.tolist(), strict=True):
                yield {"name": name, "piece": number, "z": at, "y": value}
