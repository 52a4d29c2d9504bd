"""Named curves in a square of rates, few in colours, many in grey behind those that stand out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt
import numpy as np
from numpy.typing import NDArray

from ogive.plots import groups
from ogive.plots.scored_rows import thinned
from ogive.plots.theme import as_data
from ogive.text import InputError, Language, Text

__all__ = [
    "HEIGHT",
    "RATES",
    "Curve",
    "Plane",
    "Reference",
    "curve_layers",
    "marked",
    "require_threshold",
]

Floats = NDArray[np.float64]
HEIGHT = 360
MOST = 6
"""Above as many curves, only the lowest are named."""
NAMED = 4
OTHERS = Text("the other {n}: {low} to {high}", "其余 {n} 条：{low} 至 {high}")
LEGEND = Text("{name}: {merit}", "{name}：{merit}")
CHOSEN = Text("threshold {threshold}", "阈值 {threshold}")
DASHED = (4, 3)
DARK = "#6b727c"
THRESHOLD = Text("threshold", "阈值")
RATES = alt.Scale(domain=(0, 1), nice=False, clamp=False)
TICKS = alt.Axis(tickCount=5, format=".1f")


@dataclass(frozen=True)
class Curve:
    """A curve with its name, its points in order, the score of each, and one figure of merit."""

    name: str
    x: Floats
    y: Floats
    threshold: Floats
    merit: float
    said: str


@dataclass(frozen=True)
class Plane:
    """The two axes of rates, from 0 to 1.

    Attributes
    ----------
    x_title, y_title : str
    """

    x_title: str
    y_title: str

    @property
    def x(self) -> alt.X:
        """The axis across."""
        return alt.X("x:Q", title=self.x_title, scale=RATES, axis=TICKS)

    @property
    def y(self) -> alt.Y:
        """The axis up."""
        return alt.Y("y:Q", title=self.y_title, scale=RATES, axis=TICKS)


@dataclass(frozen=True)
class Reference:
    """The dashed line that a curve is held against.

    Attributes
    ----------
    start, end : tuple of float
        Its ends in the plane.
    said : str
        What the legend calls it.
    """

    start: tuple[float, float]
    end: tuple[float, float]
    said: str


def curve_layers(
    curves: Sequence[Curve],
    plane: Plane,
    language: Language,
    reference: Reference | None = None,
    interpolate: Literal["linear", "step-after"] = "linear",
) -> list[Any]:
    """Return layers of curves with their legend; of very many, the lowest are named."""
    named, others = list(curves), []
    if len(curves) > MOST:
        ordered = sorted(curves, key=lambda curve: curve.merit)
        named, others = ordered[:NAMED], ordered[NAMED:]
    names = [LEGEND.to(language, name=c.name, merit=c.said) if c.name else c.said for c in named]
    greys: dict[str, Sequence[int]] = {}
    rest = ""
    if others:
        low, high = others[0].merit, others[-1].merit
        rest = OTHERS.to(language, n=len(others), low=f"{low:.3f}", high=f"{high:.3f}")
        greys[rest] = (1, 0)
    if reference is not None:
        greys[reference.said] = DASHED
    legend = groups.key(symbolType="stroke", symbolStrokeWidth=2.2, symbolSize=260, symbolOpacity=1)
    colour = groups.colour(names, legend, greys=list(greys))
    dash = groups.dashes(names, legend, greys=greys)
    tooltip = [
        alt.Tooltip("name:N", title=" "),
        alt.Tooltip("x:Q", title=plane.x_title, format=".4~f"),
        alt.Tooltip("y:Q", title=plane.y_title, format=".4~f"),
        alt.Tooltip("threshold:Q", title=THRESHOLD.to(language), format=".4~g"),
    ]
    layers = []
    if reference is not None:
        ends = [
            {"x": x, "y": y, "group": reference.said} for x, y in (reference.start, reference.end)
        ]
        layers.append(
            alt.Chart(as_data(ends))
            .mark_line(strokeWidth=1.3)
            .encode(x=plane.x, y=plane.y, color=colour, strokeDash=dash)
        )
    for part, texts, width, opacity in (
        (others, [rest] * len(others), 1.0, 0.5),
        (named, names, 2.2, 1.0),
    ):
        if not part:
            continue
        records = [r for c, text in zip(part, texts, strict=True) for r in _records(c, text)]
        layers.append(
            alt.Chart(as_data(records))
            .mark_line(strokeWidth=width, opacity=opacity, interpolate=interpolate)
            .encode(
                x=plane.x,
                y=plane.y,
                color=colour,
                strokeDash=dash,
                detail="name:N",
                order="order:Q",
                tooltip=tooltip,
            )
        )
    return layers


def _records(curve: Curve, group: str) -> list[dict[str, Any]]:
    kept = thinned(curve.x, curve.y)
    return [
        {
            "group": group,
            "name": curve.name or group,
            "x": round(float(curve.x[i]), 6),
            "y": round(float(curve.y[i]), 6),
            "threshold": float(f"{t:.6g}") if np.isfinite(t := curve.threshold[i]) else None,
            "order": order,
        }
        for order, i in enumerate(kept.tolist())
    ]


def require_threshold(threshold: float | None) -> None:
    """Raise InputError where a threshold is no finite number."""
    number = isinstance(threshold, int | float | np.number) and not isinstance(threshold, bool)
    if threshold is not None and not (number and np.isfinite(threshold)):
        raise InputError(
            f"threshold must be a finite number, such as 0.5. Got {threshold!r} instead.",
            f"threshold 必须是有限的数，如 0.5。得到的却是 {threshold!r}。",
        )


def marked(
    points: Sequence[tuple[str, float, float]], threshold: float, plane: Plane, language: Language
) -> Any:
    """Return a diamond on each curve at the chosen threshold, named in the legend."""
    said = CHOSEN.to(language, threshold=f"{threshold:g}")
    records = [
        {"name": name, "x": round(x, 6), "y": round(y, 6), "said": said} for name, x, y in points
    ]
    legend = groups.key(symbolFillColor=DARK, symbolStrokeColor=DARK)
    return (
        alt.Chart(as_data(records))
        .mark_point(size=110, filled=True, opacity=1, color=DARK)
        .encode(
            x=plane.x,
            y=plane.y,
            shape=alt.Shape(
                "said:N", scale=alt.Scale(domain=[said], range=["diamond"]), legend=legend
            ),
            tooltip=[
                alt.Tooltip("said:N", title=" "),
                alt.Tooltip("name:N", title=" "),
                alt.Tooltip("x:Q", title=plane.x_title, format=".4~f"),
                alt.Tooltip("y:Q", title=plane.y_title, format=".4~f"),
            ],
        )
    )
