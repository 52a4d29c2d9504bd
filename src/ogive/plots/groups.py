"""Colour, shape and dashes of named groups, such as classes or models, told apart by all three.

The hues are those that stay apart under the common colour blindnesses and on light and dark paper;
shapes and dashes repeat after other numbers than colours do, so that few groups look alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from ogive.plots.theme import BLUE, GREY, ORANGE
from ogive.text import InputError

__all__ = [
    "COLOURS",
    "DASHES",
    "colour",
    "dashes",
    "key",
    "label_of",
    "labels_of",
    "quoted",
    "shape",
    "shown_labels",
]

COLOURS = (BLUE, ORANGE, "#1a9e77", "#b95fa5", "#a38f00", "#5b6fd6", "#a86a45", "#2fa0b5")
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right")
DASHES: tuple[tuple[int, ...], ...] = ((1, 0), (7, 3), (2, 2), (8, 3, 2, 3), (12, 4))


def key(columns: int = 1, **options: Any) -> alt.Legend:
    """Return a legend above the chart, with room for names."""
    return alt.Legend(orient="top", title=None, columns=columns, labelLimit=620, **options)


def _over(palette: Sequence[Any], n: int) -> list[Any]:
    return [palette[i % len(palette)] for i in range(n)]


def colour(
    names: Sequence[str],
    legend: alt.Legend | None,
    field: str = "group",
    greys: Sequence[str] = (),
) -> alt.Color:
    """Return the colours of groups in their order, then of those that are grey."""
    scale = alt.Scale(
        domain=[*names, *greys], range=[*_over(COLOURS, len(names)), *(GREY for _ in greys)]
    )
    return alt.Color(f"{field}:N", sort=None, scale=scale, legend=legend)


def shape(
    names: Sequence[str],
    legend: alt.Legend | None,
    field: str = "group",
    strokes: Sequence[str] = (),
) -> alt.Shape:
    """Return the shapes of groups in their order, then short lines for the `strokes`."""
    scale = alt.Scale(
        domain=[*names, *strokes], range=[*_over(SHAPES, len(names)), *("stroke" for _ in strokes)]
    )
    return alt.Shape(f"{field}:N", sort=None, scale=scale, legend=legend)


def dashes(
    names: Sequence[str],
    legend: alt.Legend | None,
    field: str = "group",
    greys: Mapping[str, Sequence[int]] | None = None,
) -> alt.StrokeDash:
    """Return the dashes of groups in their order, then those given for the `greys`."""
    others = greys or {}
    lines = [list(line) for line in (*_over(DASHES, len(names)), *others.values())]
    scale = alt.Scale(domain=[*names, *others], range=lines)
    return alt.StrokeDash(f"{field}:N", sort=None, scale=scale, legend=legend)


def label_of(value: Any) -> str:
    """Return a class label as a reader writes it: whole numbers without a point."""
    number = isinstance(value, float | np.floating)
    return f"{value:g}" if number else str(value)


def shown_labels(labels: Sequence[Any]) -> list[str]:
    """Return class labels as distinct texts: those that would look alike in quotes."""
    texts = [label_of(label) for label in labels]
    if len(set(texts)) == len(texts):
        return texts
    return [quoted(label) for label in labels]


def quoted(label: Any) -> str:
    """Return a class label as a reader types it: text in quotes, numbers without their type."""
    return repr(label.item() if hasattr(label, "item") else label)


def labels_of(y: Any, argument: str = "y_true") -> NDArray[Any]:
    """Return class labels as a checked array of one dimension.

    Raises
    ------
    InputError
        Where they are no single column, are none, are missing, or cannot be sorted as they are of
        several types.
    """
    values = np.asarray(y)
    if values.ndim == 2 and values.shape[1] == 1:
        values = values[:, 0]
    if values.ndim != 1 or not values.size:
        raise InputError(
            f"{argument} must be one column of class labels; its shape is {values.shape}.",
            f"{argument} 必须是一列类别标签；它的形状是 {values.shape}。",
        )
    bad = None
    if values.dtype.kind in "fc":
        bad = np.isnan(values)
    elif values.dtype.kind == "O":
        bad = np.array([value is None or value != value for value in values])
    if bad is not None and bad.any():
        row = int(bad.argmax())
        value = quoted(values[row])
        raise InputError(
            f"{argument} has a missing value ({value}) in row {row}; leave out such rows.",
            f"{argument} 的第 {row} 行有缺失值（{value}）；请去掉这样的行。",
        )
    try:
        np.unique(values)
    except TypeError:
        kinds = sorted({type(v).__name__ for v in values})
        raise InputError(
            f"{argument} mixes labels of several types ({', '.join(kinds)}); make them all text "
            "or all numbers.",
            f"{argument} 混有多种类型的标签（{'、'.join(kinds)}）；请全部改为文字或全部改为数字。",
        ) from None
    return values
