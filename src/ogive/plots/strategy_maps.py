"""Side by side: how the strategies for many classes divide one plane, and what each costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from ogive.plots import groups
from ogive.plots.curves import DARK
from ogive.plots.line_names import beside
from ogive.plots.plane import Box, two_features
from ogive.plots.regions_image import hatching, picture
from ogive.plots.regression_points import drawn, sample_note
from ogive.plots.scatter import axis, rounded
from ogive.plots.strategies import Boundary, Strategy, default_models, strategy
from ogive.plots.strategy_words import (
    HATCHES,
    LABELLED,
    labels_of_rows,
    measured,
    text_below,
    words_below,
)
from ogive.plots.theme import GREY, as_data, finish
from ogive.text import InputError, Language, Text

__all__ = ["strategy_maps"]

TITLES = {
    "softmax": Text("Softmax: all classes at once", "Softmax：所有类别一起"),
    "one-vs-one": Text("One-vs-one", "一对一"),
    "one-vs-rest": Text("One-vs-rest", "一对其余"),
    "output code": Text("Output code, many-vs-many", "输出码（多对多）"),
}
MOST_CLASSES = 20
STEP = 7
"""Cells between two strokes of the hatching."""
PANEL = 278

Floats = NDArray[np.float64]


def strategy_maps(
    X: Any,
    y: Any,
    *,
    models: Mapping[str, Any] | None = None,
    test: tuple[Any, Any] | None = None,
    folds: int = 5,
    columns: int = 2,
    language: Language = "en",
    panel_width: int = PANEL,
) -> alt.TopLevelMixin:
    """Draw how each strategy divides the plane among the classes, and what it costs.

    Each map has the lines of its two-class models, hatching where their answers contradict one
    another, and below it the number of problems, the time to fit, and the accuracy. Up to seven
    problems of an output code are spelt out, as "f1: A, B | C, D".

    Parameters
    ----------
    X : array-like of shape (n_samples, 2)
        Rows of two features.
    y : array-like of shape (n_samples,)
        Their classes, from three to twenty.
    models : dict of str to classifier, optional
        What to draw under which title, fitted or not; by default softmax regression, one-vs-one,
        one-vs-rest and an output code (exhaustive up to four classes, then optimised), all with
        LogisticRegression inside. Those four titles ("softmax", "one-vs-one", "one-vs-rest",
        "output code") are translated.
    test : tuple of X and y, optional
        Rows to measure accuracy by. Without them it is cross-validated.
    folds : int, default=5
        Folds of the cross-validation; no more than the smallest class has rows. Where it has only
        one, the accuracy is that of the rows fitted to, and is called so.
    columns : int, default=2
        Maps beside one another.
    language : {"en", "zh"}, default="en"
        Language of the titles.
    panel_width : int, default=278
        Width and height of one map.

    Raises
    ------
    InputError
        Where there are not two features, fewer than three classes or more than twenty, missing
        values, and for fitted models of other features or classes.

    Notes
    -----
    Hatched is where the answers of the models alone name no class. One-vs-one: no class wins all
    its duels, so that some beat one another in a circle. One-vs-rest: no model says yes, or several
    do. Output code: several code words are equally near to the answers (Hamming distance); a class
    is drawn there all the same, by the confidences or whatever `decoding` goes by. Softmax: no
    class has a probability of one half. The time to fit is the shorter of two.
    """
    values, features = two_features(X)
    labels = labels_of_rows(y, values, "y", "X")
    classes = np.unique(labels)
    _require(classes, folds, models)
    names = groups.shown_labels(list(classes))
    box = Box.around(values)
    given = default_models(len(classes)) if models is None else models
    strategies = {
        str(name): strategy(model, values, labels, names, box) for name, model in given.items()
    }
    right = measured(strategies, values, labels, test, folds)
    shown = drawn(len(values))
    points = [
        {"group": names[int(k)], "x": a, "y": b}
        for k, a, b in zip(
            np.searchsorted(classes, labels[shown]),
            rounded(values[shown, 0]),
            rounded(values[shown, 1]),
            strict=True,
        )
    ]
    words = [
        words_below(one, right[name], names, language, panel_width)
        for name, one in strategies.items()
    ]
    # Maps beside one another have equally many lines below them.
    deepest = [max(map(len, words[i // columns * columns :][:columns])) for i in range(len(words))]
    panels = [
        _panel(one, points, names, features, box, language, panel_width)
        + text_below(below, most, panel_width)
        for one, below, most in zip(strategies.values(), words, deepest, strict=True)
    ]
    charts = [
        panel.properties(
            width=panel_width,
            height=panel_width,
            title=alt.TitleParams(
                TITLES[name].to(language) if name in TITLES else name,
                anchor="start",
                fontSize=14,
                color=DARK,
            ),
        )
        for (name, _), panel in zip(strategies.items(), panels, strict=True)
    ]
    chart = alt.concat(*charts, columns=columns, spacing=26)
    note = sample_note(len(shown), len(values), language, line=False)
    if note:
        chart = chart.properties(
            title=alt.TitleParams(note, anchor="start", fontSize=12, fontWeight="normal")
        )
    return finish(chart)


def _require(classes: NDArray[Any], folds: int, models: Mapping[str, Any] | None) -> None:
    if not 3 <= len(classes) <= MOST_CLASSES:
        raise InputError(
            f"y has {len(classes)} classes; the maps are for 3 to {MOST_CLASSES}, as with two all "
            "strategies are the same.",
            f"y 有 {len(classes)} 个类别；此图适用于 3 到 {MOST_CLASSES} 个类别，"
            "只有两个类别时各策略相同。",
        )
    if isinstance(folds, bool) or not isinstance(folds, int) or folds < 2:
        raise InputError(
            f"folds must be a whole number of at least 2. Got {folds!r} instead.",
            f"folds 必须是不小于 2 的整数。得到的却是 {folds!r}。",
        )
    if models is not None and not models:
        raise InputError(
            "models is empty; leave it out for the four strategies.",
            "models 是空的；要画四种策略，请省略它。",
        )


def _panel(
    one: Strategy,
    points: list[dict[str, Any]],
    names: list[str],
    features: tuple[str, str],
    box: Box,
    language: Language,
    size: int,
) -> Any:
    x = alt.X(
        "x:Q",
        title=features[0],
        scale=alt.Scale(domain=box.x, nice=False, zero=False),
        axis=axis(box.x, grid=False),
    )
    y = alt.Y(
        "y:Q",
        title=features[1],
        scale=alt.Scale(domain=box.y, nice=False, zero=False),
        axis=axis(box.y, grid=False),
    )
    n = len(names)
    palette = [groups.COLOURS[i % len(groups.COLOURS)] for i in range(n)]
    layers = [picture(one.predicted, palette, size)]
    hatches = [
        hatching(mask, box, STEP, rising=sign == HATCHES[0])
        for sign, mask in zip(HATCHES, one.zones.values(), strict=False)
    ]
    layers.append(_strokes([s for h in hatches for s in h], x, y, 1.0, 0.95, "hatch"))
    lines = [stroke for boundary in one.boundaries for stroke in boundary.strokes]
    layers.append(_strokes(lines, x, y, 1.8, 1.0, "line"))
    legend = groups.key(min(n, 6))
    few = len(points) <= 400
    layers.append(
        alt.Chart(as_data(points))
        .mark_point(filled=True, size=20 if few else 10, opacity=0.75, clip=True)
        .encode(x=x, y=y, color=groups.colour(names, legend), shape=groups.shape(names, legend))
    )
    named = [b for b in one.boundaries if b.name.en and b.strokes]
    if named and len(named) <= LABELLED:
        layers.append(_names(named, points, box, x, y, language, size))
    return alt.layer(*layers)


def _strokes(
    strokes: Sequence[Sequence[float]], x: alt.X, y: alt.Y, width: float, opacity: float, what: str
) -> Any:
    records = [
        {"x": a, "y": b, "x2": c, "y2": d, "what": what}
        for a, b, c, d in (map(lambda v: float(f"{v:.6g}"), stroke) for stroke in strokes)
    ]
    return (
        alt.Chart(as_data(records))
        .mark_rule(
            color=GREY if what == "hatch" else DARK,
            strokeWidth=width,
            opacity=opacity,
            clip=True,
        )
        .encode(x=x, y=y, x2="x2:Q", y2="y2:Q")
    )


def _names(
    lines: Sequence[Boundary],
    points: list[dict[str, Any]],
    box: Box,
    x: alt.X,
    y: alt.Y,
    language: Language,
    size: int,
) -> Any:
    """Return names of lines beside them, clear of one another and of points where there is room."""
    start = np.array([box.x[0], box.y[0]])
    scale = size / np.array([box.x[1] - box.x[0], box.y[1] - box.y[0]])
    names = [line.name.to(language) for line in lines]
    strokes = [(np.array(line.strokes).reshape(-1, 2, 2) - start) * scale for line in lines]
    marks = np.array([[point["x"], point["y"]] for point in points], dtype=np.float64)
    middles = beside(
        names, [one.reshape(-1, 4) for one in strokes], (marks - start) * scale, float(size)
    )
    places = start + middles / scale
    records = [
        {"x": float(across), "y": float(up), "name": name}
        for name, (across, up) in zip(names, places, strict=True)
    ]
    return (
        alt.Chart(as_data(records))
        .mark_text(fontSize=11, baseline="middle", fontWeight="bold")
        .encode(x=x, y=y, text="name:N")
    )
