"""The algebraic view of a two-class model: loss over z, its slope, and where the samples are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from ogive.plots import groups
from ogive.plots.grid import FRAME
from ogive.plots.regression_points import drawn, sample_note
from ogive.plots.scatter import axis
from ogive.plots.theme import as_data, finish
from ogive.text import InputError, Language, Text

if TYPE_CHECKING:
    from ogive.classification.lessons.explanation import Explanation

__all__ = ["logistic_loss"]

Z = Text("z", "z")
LOSS = Text("Loss −ln P(class)", "损失 −ln P(类别)")
SLOPE = Text("Slope dL/dz = a − y", "斜率 dL/dz = a − y")
OF = Text("class {label}", "类别 {label}")
MEAN = Text("Mean loss {loss}, {right} of {n} right.", "平均损失 {loss}，{n} 个中 {right} 个正确。")
RINGED = Text(" Ringed: wrong.", "圆圈：判错。")
NAMED = 12
"""Samples have their names beside them where there are no more."""
BEYOND = Text(
    "{n} of {all} samples lie beyond this range of z and are not drawn.",
    "{all} 个样本中有 {n} 个的 z 超出此范围，未画出。",
)
FEW = 50
"""Up to as many samples, all are drawn, however far apart."""
TAIL = 0.05
"""Part of many samples that may lie beyond each end of the axis."""
PLACES = 241
HEIGHTS = (230, 150)
LOOKS = ((FEW, 70, 0.9, 230), (300, 34, 0.5, 120), (np.inf, 20, 0.3, 80))
"""Up to how many samples, size and opacity of their marks, and size of a ring."""

Floats = NDArray[np.float64]


def logistic_loss(
    explanation: Explanation, *, language: Language = "en", width: int | str = 640
) -> alt.TopLevelMixin:
    """Draw loss and slope of the logistic function over z, with each sample in its place.

    Parameters
    ----------
    explanation : Explanation
        What ``LogisticRegression.explain`` returns, of two classes.
    language : {"en", "zh"}, default="en"
        Language of the titles.
    width : int or "container", default=640
        Width of the chart.

    Raises
    ------
    InputError
        For anything else, where it was made without y, and for more than two classes.
    """
    from ogive.classification.lessons.explanation import Explanation

    if not isinstance(explanation, Explanation):
        raise InputError(
            "logistic_loss draws what LogisticRegression.explain(X, y) returns. Got "
            f"{type(explanation).__name__} instead.",
            "logistic_loss 画的是 LogisticRegression.explain(X, y) 的结果。得到的却是 "
            f"{type(explanation).__name__}。",
        )
    if explanation.y is None or explanation.loss is None or explanation.dz is None:
        raise InputError(
            "logistic_loss draws the loss, which needs y: give the class of each row, "
            "explain(X, y).",
            "logistic_loss 画的是损失，因此需要 y：请给出每一行的类别，即 explain(X, y)。",
        )
    assert explanation.right is not None
    assert explanation.mean_loss is not None
    if len(explanation.classes) != 2:
        raise InputError(
            f"The model has {len(explanation.classes)} classes; the curve over z is that of two.",
            f"模型有 {len(explanation.classes)} 个类别；此曲线只适用于两个类别。",
        )
    texts = groups.shown_labels(list(explanation.classes))
    names = [OF.to(language, label=text) for text in reversed(texts)]
    positive = explanation.y == explanation.classes[1]
    shown = drawn(len(explanation.z), explanation.loss)
    ends = _ends(explanation.z, explanation.right)
    beyond = (explanation.z < ends[0]) | (explanation.z > ends[1])
    shown = shown[~beyond[shown]]
    samples = [
        {
            "group": names[0 if positive[i] else 1],
            "name": explanation.names[i],
            "z": float(f"{explanation.z[i]:.7g}"),
            "loss": float(f"{explanation.loss[i]:.7g}"),
            "slope": float(f"{explanation.dz[i]:.7g}"),
            "a": float(f"{explanation.a[i]:.7g}"),
            "wrong": not bool(explanation.right[i]),
        }
        for i in shown.tolist()
    ]
    z = np.linspace(*ends, PLACES)
    y = np.array([1.0, 0.0])
    loss = np.logaddexp(0, np.where(y[:, None] == 1, -z, z))
    slope = np.exp(-np.logaddexp(0, -z)) - y[:, None]
    curves = [
        {"group": names[k], "z": float(at), "loss": float(up), "slope": float(rise)}
        for k in (0, 1)
        for at, up, rise in zip(z, loss[k], slope[k], strict=True)
    ]
    top = _panel(curves, samples, names, "loss", LOSS, ends, language, len(samples) <= NAMED)
    low = _panel(curves, samples, names, "slope", SLOPE, ends, language, labelled=False)
    said = [
        MEAN.to(
            language,
            loss=f"{explanation.mean_loss:.6f}",
            right=int(explanation.right.sum()),
            n=len(explanation.right),
        )
    ]
    if not explanation.right.all():
        said[0] += RINGED.to(language)
    if beyond.any():
        said.append(BEYOND.to(language, n=f"{beyond.sum():,}", all=f"{len(beyond):,}"))
    within = len(beyond) - int(beyond.sum())
    sample = sample_note(len(shown), within, language, line=False)
    chart = alt.vconcat(
        *(
            panel.properties(width=width, height=height)
            for panel, height in zip((top, low), HEIGHTS, strict=True)
        ),
        spacing=10,
    ).properties(
        title=alt.TitleParams(
            [*said, sample] if sample else said,
            anchor="start",
            fontSize=12,
            fontWeight="normal",
            color="#6b727c",
            limit=2000,
        )
    )
    return finish(chart)


def _ends(z: Floats, right: NDArray[np.bool_]) -> tuple[float, float]:
    """Return the ends of the axis: of many samples, most of them and most of those judged wrong."""
    low, high = float(z.min()), float(z.max())
    if len(z) > FEW:
        low, high = (float(v) for v in np.quantile(z, [TAIL, 1 - TAIL]))
        if not right.all():
            wrong = np.quantile(z[~right], [TAIL, 1 - TAIL])
            low, high = min(low, float(wrong[0])), max(high, float(wrong[1]))
    return min(-4.0, 1.12 * low), max(4.0, 1.12 * high)


def _panel(
    curves: list[dict[str, Any]],
    samples: list[dict[str, Any]],
    names: list[str],
    field: str,
    title: Text,
    ends: tuple[float, float],
    language: Language,
    labelled: bool,
) -> Any:
    x = alt.X(
        "z:Q",
        title=Z.to(language) if field == "slope" else None,
        scale=alt.Scale(domain=ends, nice=False),
        axis=axis(ends),
    )
    y = alt.Y(f"{field}:Q", title=title.to(language), axis=alt.Axis(tickCount=5))
    legend = groups.key(2, symbolOpacity=1)
    colour = groups.colour(names, legend)
    tooltip = [
        alt.Tooltip("name:N", title=" "),
        alt.Tooltip("group:N", title=" "),
        *(alt.Tooltip(f"{name}:Q", title=name, format=".6~g") for name in ("z", "a", "loss")),
        alt.Tooltip("slope:Q", title=SLOPE.to(language), format=".6~g"),
    ]
    size, opacity, ring = next(look for most, *look in LOOKS if len(samples) <= most)
    base = alt.Chart(as_data(samples)).encode(x=x, y=y)
    layers: list[Any] = [
        alt.Chart(as_data([{"z": 0.0}])).mark_rule(color="#8b929c", strokeDash=[4, 3]).encode(x=x),
        *(
            alt.Chart(as_data([point for point in curves if point["group"] == name]))
            .mark_line(strokeWidth=1.8, opacity=0.8, strokeDash=list(groups.DASHES[k]))
            .encode(x=x, y=y, color=colour)
            for k, name in enumerate(names)
        ),
        base.mark_point(filled=True, size=size, opacity=opacity, clip=True).encode(
            color=colour, shape=groups.shape(names, legend), tooltip=tooltip
        ),
    ]
    wrong = [sample for sample in samples if sample["wrong"]]
    if wrong:
        layers.append(
            alt.Chart(as_data(wrong))
            .mark_point(size=ring, filled=False, color=FRAME, strokeWidth=min(1.8, ring / 70))
            .encode(x=x, y=y)
        )
    if labelled:
        # On the side of its point where the curve is below.
        for group, right in ((names[0], True), (names[1], False)):
            here = [sample for sample in samples if sample["group"] == group]
            layers.append(
                alt.Chart(as_data(here))
                .mark_text(
                    align="left" if right else "right",
                    dx=11 if right else -11,
                    dy=-9,
                    fontSize=13,
                    fontWeight="bold",
                )
                .encode(x=x, y=y, text="name:N")
            )
    return alt.layer(*layers)
