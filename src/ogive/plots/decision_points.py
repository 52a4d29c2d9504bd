"""The points between which a decision line runs, and rings around those on its wrong side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from ogive.plots import groups
from ogive.plots.plane import Box
from ogive.plots.scatter import axis, rounded
from ogive.plots.theme import as_data
from ogive.text import Language, Text

__all__ = ["axes", "marks", "rings"]

WRONG = Text("wrong", "判错")
WRONG_BY = Text("wrong by {line}", "{line} 判错")
SAMPLE = Text("row", "行")
Z = Text("z", "z")
RINGS = ("circle", "diamond", "square", "triangle-up")

Floats = NDArray[np.float64]


def axes(box: Box, names: tuple[str, str]) -> tuple[alt.X, alt.Y]:
    """Return the axes of two features."""
    x = alt.X(
        "x:Q",
        title=names[0],
        scale=alt.Scale(domain=box.x, nice=False, zero=False),
        axis=axis(box.x, grid=False),
    )
    y = alt.Y(
        "y:Q",
        title=names[1],
        scale=alt.Scale(domain=box.y, nice=False, zero=False),
        axis=axis(box.y, grid=False),
    )
    return x, y


def rings(
    names: list[str],
    misjudged: list[NDArray[np.bool_]],
    points: Floats,
    shown: NDArray[np.intp],
    x: alt.X,
    y: alt.Y,
    language: Language,
) -> list[Any]:
    """Return rings around misjudged points, for each line one of another shape and size."""
    said = [WRONG_BY.to(language, line=n) if n else WRONG.to(language) for n in names]
    few = len(shown) <= 60
    records = [
        {
            "group": text,
            "x": float(points[i, 0]),
            "y": float(points[i, 1]),
            "size": (190 if few else 110) + 170 * place,
        }
        for place, (text, wrong) in enumerate(zip(said, misjudged, strict=True))
        for i in shown[wrong[shown]].tolist()
    ]
    if not records:
        return []
    present = [text for text in said if any(r["group"] == text for r in records)]
    scale = alt.Scale(domain=present, range=[RINGS[said.index(text)] for text in present])
    legend = groups.key(symbolStrokeColor="#c0392b", symbolFillColor="transparent", symbolSize=130)
    return [
        alt.Chart(as_data(records))
        .mark_point(filled=False, color="#c0392b", strokeWidth=1.8, opacity=0.9, clip=True)
        .encode(
            x=x,
            y=y,
            size=alt.Size("size:Q", scale=None, legend=None),
            shape=alt.Shape("group:N", sort=None, scale=scale, legend=legend),
        )
    ]


def marks(
    points: Floats,
    positive: NDArray[np.bool_],
    z: Floats,
    shown: NDArray[np.intp],
    classes: list[str],
    labels: Sequence[str] | None,
    x: alt.X,
    y: alt.Y,
    titles: tuple[str, str],
    language: Language,
) -> list[Any]:
    """Return the points, the shape and colour of each being those of its class."""
    xs, ys = rounded(points[shown, 0]), rounded(points[shown, 1])
    records = [
        {
            "group": classes[0 if positive[i] else 1],
            "x": at,
            "y": up,
            "z": float(f"{z[i]:.6g}"),
            "row": str(labels[i]) if labels is not None else str(i),
        }
        for i, at, up in zip(shown.tolist(), xs, ys, strict=True)
    ]
    legend = groups.key(2)
    few = len(records) <= 300
    base = alt.Chart(as_data(records)).encode(x=x, y=y)
    layers: list[Any] = [
        base.mark_point(
            filled=True,
            size=70 if len(records) < 50 else 40 if few else 22,
            opacity=0.85,
            clip=True,
        ).encode(
            color=groups.colour(classes, legend),
            shape=groups.shape(classes, legend),
            tooltip=[
                alt.Tooltip("row:N", title=SAMPLE.to(language)),
                alt.Tooltip("group:N", title=" "),
                alt.Tooltip("x:Q", title=titles[0], format=".5~g"),
                alt.Tooltip("y:Q", title=titles[1], format=".5~g"),
                alt.Tooltip("z:Q", title=Z.to(language), format=".5~g"),
            ],
        )
    ]
    if labels is not None:
        layers.append(
            base.mark_text(align="left", dx=14, dy=-8, fontSize=14, fontWeight="bold").encode(
                text="row:N"
            )
        )
    return layers
