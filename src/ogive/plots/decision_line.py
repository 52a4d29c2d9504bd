"""The geometric view of a two-class model: its line, the positive side, the misjudged rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from ogive.plots import groups
from ogive.plots.curves import DARK, LEGEND
from ogive.plots.decision_points import axes, marks, rings
from ogive.plots.plane import Box, two_features
from ogive.plots.regression_points import drawn, sample_note
from ogive.plots.theme import BLUE, as_data, finish
from ogive.text import InputError, Language, Text

if TYPE_CHECKING:
    from ogive.classification.lessons.line import DecisionLine

__all__ = ["decision_line"]

CLASS = Text("class {label}", "类别 {label}")
SIDE = Text("z > 0: {label}", "z > 0：{label}")
OTHER_SIDE = Text("z < 0: {label}", "z < 0：{label}")
LINE = Text("decision line, z = 0", "决策直线，z = 0")
HEIGHT = 400
MOST_LINES = 4

Floats = NDArray[np.float64]


def decision_line(
    line: Any,
    X: Any = None,
    y: Any = None,
    *,
    labels: Sequence[str] | None = None,
    language: Language = "en",
    width: int | str = 640,
) -> alt.TopLevelMixin:
    """Draw the line of a two-class model between the points of the two classes.

    The side where the model says yes is shaded, points are told apart by shape and colour, and
    those on the wrong side are ringed.

    Parameters
    ----------
    line : LogisticRegression, DecisionLine, or dict of these
        A fitted two-class model of two features, or what its ``decision_line`` returns, which also
        takes models of more features; up to four by their names, drawn over one another.
    X : array-like of shape (n_samples, 2), optional
        The points.
    y : array-like of shape (n_samples,), optional
        Their classes.
    labels : sequence of str, optional
        Names of the points, written beside them.
    language : {"en", "zh"}, default="en"
        Language of the titles.
    width : int or "container", default=640
        Width of the chart.

    Raises
    ------
    InputError
        Where a model has not two features and two classes, the lines are of different features or
        classes, X or y have the wrong shape or hold what the model does not know.

    Notes
    -----
    Above 5,000 points a sample of them is drawn, with those farthest on the wrong side.
    """
    lines = _lines(line)
    first = next(iter(lines.values()))
    texts = groups.shown_labels([first.positive, first.negative])
    classes = [CLASS.to(language, label=text) for text in texts]
    if X is None:
        if y is not None or labels is not None:
            raise InputError("X is missing: give it together with y.", "缺少 X：请与 y 一起给出。")
        points, positive = np.empty((0, 2)), np.empty(0, dtype=np.bool_)
    else:
        points, positive = _points(X, y, first)
    if labels is not None and len(labels) != len(points):
        raise InputError(
            f"labels has {len(labels)} names for {len(points)} points; give one for each.",
            f"labels 有 {len(labels)} 个名称，而点有 {len(points)} 个；请每个点给一个。",
        )
    box = Box.around(_to_show(points, list(lines.values())), 0.15 if len(points) < 20 else 0.08)
    x, y_axis = axes(box, first.features)
    layers = [layer for one in lines.values() for layer in _shade(one, box, x, y_axis)]
    names = list(lines) if len(lines) > 1 else [LINE.to(language)]
    layers += _strokes(list(lines.values()), names, box, x, y_axis)
    shown = np.arange(0)
    if len(points):
        depth = [(one.w1 * points[:, 0] + one.w2 * points[:, 1] + one.b) for one in lines.values()]
        misjudged = [(z > 0) != positive for z in depth]
        shown = drawn(
            len(points), *(np.where(m, np.abs(z), 0) for m, z in zip(misjudged, depth, strict=True))
        )
        layers += rings(list(lines), misjudged, points, shown, x, y_axis, language)
        layers += marks(
            points, positive, depth[0], shown, classes, labels, x, y_axis, first.features, language
        )
    if len(lines) == 1:
        layers += _sides(first, classes, box, x, y_axis, language)
    said = [
        LEGEND.to(language, name=name, merit=one.text(language))
        if len(lines) > 1
        else one.text(language)
        for name, one in lines.items()
    ]
    note = sample_note(len(shown), len(points), language, line=False) if len(points) else None
    title = alt.TitleParams(
        [*said, note] if note else said,
        anchor="start",
        fontSize=12,
        fontWeight="normal",
        color=DARK,
        limit=2000,
    )
    chart = (
        alt.layer(*layers)
        .properties(width=width, height=HEIGHT, title=title)
        .resolve_scale(shape="independent", color="independent", strokeDash="independent")
    )
    return finish(chart)


def _lines(given: Any) -> dict[str, DecisionLine]:
    from ogive.classification.lessons.line import DecisionLine, decision_lines

    named = dict(given) if isinstance(given, Mapping) else {"": given}
    if not 1 <= len(named) <= MOST_LINES:
        raise InputError(
            f"Between one and {MOST_LINES} lines have room in one chart; got {len(named)}.",
            f"一幅图可画 1 到 {MOST_LINES} 条直线；得到 {len(named)} 条。",
        )
    lines: dict[str, DecisionLine] = {}
    for name, one in named.items():
        if not isinstance(one, DecisionLine):
            if not hasattr(one, "coef_") or not hasattr(one, "classes_"):
                raise InputError(
                    f"A line comes from a fitted model with coef_ and classes_, or from its "
                    f"decision_line. Got {type(one).__name__} instead.",
                    "直线来自带有 coef_ 和 classes_ 的已拟合模型，或它的 decision_line。"
                    f"得到的却是 {type(one).__name__}。",
                )
            if len(one.classes_) != 2:
                raise InputError(
                    f"The model has {len(one.classes_)} classes; a single line parts two. Choose "
                    "one of decision_line(), or draw strategy_maps.",
                    f"模型有 {len(one.classes_)} 个类别；一条直线只分开两类。"
                    "请从 decision_line() 中选一条，或使用 strategy_maps。",
                )
            one = decision_lines(one)
        if not isinstance(one, DecisionLine):
            raise InputError(
                "decision_line takes one line; choose one of the several.",
                "decision_line 只取一条直线；请从多条中选出一条。",
            )
        lines[str(name)] = one
    kinds = {(one.features, str(one.positive), str(one.negative)) for one in lines.values()}
    if len(kinds) > 1:
        raise InputError(
            "The lines are of different features or classes; draw a chart for each.",
            "这些直线的特征或类别不同；请分别画图。",
        )
    return lines


def _points(X: Any, y: Any, line: DecisionLine) -> tuple[Floats, NDArray[np.bool_]]:
    points, _ = two_features(X)
    if y is None:
        raise InputError(
            "y is missing: the points are drawn by their classes.",
            "缺少 y：这些点要按类别画出。",
        )
    label = groups.labels_of(y, "y")
    if len(label) != len(points):
        raise InputError(
            f"y has {len(label)} rows and X {len(points)}; they must be of the same rows.",
            f"y 有 {len(label)} 行，X 有 {len(points)} 行；两者必须是同样的行。",
        )
    positive = label == line.positive
    unknown = ~positive & (label != line.negative)
    if unknown.any():
        other, negative, positive_class = (
            repr(getattr(one, "item", lambda one=one: one)())
            for one in (label[unknown][0], line.negative, line.positive)
        )
        raise InputError(
            f"y holds {other}, which is neither of the line's classes {negative} and "
            f"{positive_class}. Leave such rows out, or draw the line of a model of these classes.",
            f"y 中的 {other} 不是直线所分的类别 {negative} 和 {positive_class}。"
            "请去掉这样的行，或改画包含这些类别的模型的直线。",
        )
    return points, np.asarray(positive, dtype=np.bool_)


def _to_show(points: Floats, lines: list[DecisionLine]) -> Floats:
    """Return points for the box: those given, or some about where the lines meet the axes."""
    if len(points):
        return points
    spots = [[0.0, 0.0]]
    for line in lines:
        size = line.w1**2 + line.w2**2
        if size > 0:
            spots.append([-line.b * line.w1 / size, -line.b * line.w2 / size])
    centre = np.mean(spots, axis=0)
    reach = 2 * float(np.abs(np.array(spots) - centre).max()) or 1.0
    return np.array([centre - reach, centre + reach])


def _shade(line: DecisionLine, box: Box, x: alt.X, y: alt.Y) -> list[Any]:
    corners = box.half((line.w1, line.w2, line.b))
    if len(corners) < 3:
        return []
    records = [{"x": float(a), "y": float(b), "corner": i} for i, (a, b) in enumerate(corners)]
    mark = alt.Chart(as_data(records)).mark_line(
        interpolate="linear-closed", strokeWidth=0, fill=BLUE, fillOpacity=0.13, clip=True
    )
    return [mark.encode(x=x, y=y, order="corner:Q")]


def _strokes(
    lines: list[DecisionLine], names: list[str], box: Box, x: alt.X, y: alt.Y
) -> list[Any]:
    records = []
    chords = {}
    for line, name in zip(lines, names, strict=True):
        ends = box.chord((line.w1, line.w2, line.b))
        if ends is not None:
            chords[name] = ends
            records += [{"group": name, "x": float(a), "y": float(b)} for a, b in ends]
    if not records:
        return []
    legend = groups.key(
        symbolType="stroke", symbolStrokeWidth=2, symbolSize=260, symbolStrokeColor=DARK
    )
    base = alt.Chart(as_data(records))
    layers: list[Any] = [
        base.mark_line(color=DARK, strokeWidth=2.2, clip=True).encode(
            x=x, y=y, strokeDash=groups.dashes(names, legend)
        )
    ]
    if len(lines) > 1:
        spots = []
        for i, (name, chord) in enumerate(chords.items()):
            # Beside the line, each a little nearer to its middle than the one before.
            start, end = chord[np.argsort(-chord[:, 0], kind="stable")]
            at = start + (0.06 + 0.07 * i) * (end - start)
            spots.append({"x": float(at[0]), "y": float(at[1]), "name": name})
        text = alt.Chart(as_data(spots)).mark_text(dy=-9, dx=-6, fontSize=13, fontWeight="bold")
        layers.append(text.encode(x=x, y=y, text="name:N"))
    return layers


def _sides(
    line: DecisionLine, texts: list[str], box: Box, x: alt.X, y: alt.Y, language: Language
) -> list[Any]:
    """Return the names of both sides, each in the corner that lies deepest in it."""
    w1, w2, b = box.scaled((line.w1, line.w2, line.b))
    layers = []
    for sign, text in (
        (1, SIDE.to(language, label=texts[0])),
        (-1, OTHER_SIDE.to(language, label=texts[1])),
    ):
        corners = [(i, j) for i in (0, 1) for j in (0, 1)]
        i, j = max(corners, key=lambda corner: sign * (w1 * corner[0] + w2 * corner[1]))
        if not sign * (w1 * i + w2 * j + b) > 0:
            continue
        spot = {"x": box.x[i], "y": box.y[j], "text": text}
        layers.append(
            alt.Chart(as_data([spot]))
            .mark_text(
                align="right" if i else "left",
                dx=-9 if i else 9,
                dy=14 if j else -14,
                fontSize=13,
                fontStyle="italic",
            )
            .encode(x=x, y=y, text="text:N")
        )
    return layers
