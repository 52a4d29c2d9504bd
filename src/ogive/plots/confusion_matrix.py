"""Confusion matrix: which classes are taken for which others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from ogive.plots import groups
from ogive.plots.scored_rows import weights_of
from ogive.plots.theme import BLUE, GREY, ORANGE, as_data, finish
from ogive.text import InputError, Language, Text

__all__ = ["confusion_matrix"]

TRUE = Text("True class", "真实类别")
PREDICTED = Text("Predicted class", "预测类别")
ROWS = Text("rows", "行数")
WEIGHT = Text("sum of weights", "权重之和")
SHARE = Text("share of the true class", "占真实类别的比例")
RIGHT = Text("right", "正确")
WRONG = Text("wrong", "错误")
NOTE = Text(
    "{right} of {total} right ({accuracy}); shades are shares of each true class",
    "{total} 行中 {right} 行正确（{accuracy}）；颜色深浅为占真实类别的比例",
)
WEIGHTED_NOTE = Text(
    "{accuracy} right by weight; shades are shares of each true class",
    "加权正确率 {accuracy}；颜色深浅为占真实类别的比例",
)
EMPTY = Text("no rows", "没有数据")
SIDE = 560
"""Pixels of the whole matrix, where cells would not be too large or small."""
LARGEST, SMALLEST = 76, 5
WITH_SHARES, WITH_COUNTS, LABELLED = 52, 17, 13
"""Least sizes of cells in which two lines, one number, and every label have room."""
OPAQUE = 0.85
MOST = 120
"""As many classes have room."""


def confusion_matrix(
    y_true: Any,
    y_pred: Any,
    *,
    labels: Sequence[Any] | None = None,
    sample_weight: Any = None,
    language: Language = "en",
) -> alt.TopLevelMixin:
    """Draw how many rows of each class are predicted as each class, and their share of the class.

    Rows are true classes, columns are predicted ones; the diagonal, in blue, is right, everything
    beside it, in orange, wrong. With many classes the shares, and then the counts, are left to the
    tooltips.

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n_samples,)
        Class labels and predicted ones.
    labels : sequence, optional
        The classes in the order to draw them; by default all that occur, sorted. Rows of other
        classes are left out.
    sample_weight : array-like of shape (n_samples,), optional
        Cells hold sums of weights.
    language : {"en", "zh"}, default="en"
        Language of the titles.

    Raises
    ------
    InputError
        Where the lengths differ, a label is missing, labels are of several types, no row has one
        of the `labels`, or there are more than 120 classes.

    Notes
    -----
    The counts are scikit-learn's `confusion_matrix`.
    """
    from sklearn.metrics import confusion_matrix as counted

    true, predicted = groups.labels_of(y_true), groups.labels_of(y_pred, "y_pred")
    if len(true) != len(predicted):
        raise InputError(
            f"y_true has {len(true)} rows and y_pred {len(predicted)}; they must be of the same "
            "rows.",
            f"y_true 有 {len(true)} 行，y_pred 有 {len(predicted)} 行；两者必须是同样的行。",
        )
    weight = None if sample_weight is None else weights_of(sample_weight, len(true))
    if labels is None:
        both = [*np.unique(true).tolist(), *np.unique(predicted).tolist()]
        texts = {isinstance(label, str) for label in both}
        kept = np.array(both, dtype=object) if len(texts) > 1 else both
        classes = np.unique(groups.labels_of(kept, "y_true with y_pred"))
    else:
        classes = np.asarray(labels)
    if not np.isin(true, classes).any():
        raise InputError(
            "y_true has no row of the classes in labels; give classes that occur.",
            "y_true 中没有 labels 所列类别的行；请给出出现过的类别。",
        )
    if len(classes) > MOST:
        raise InputError(
            f"{len(classes)} classes have no room in one matrix; choose up to {MOST} by labels=.",
            f"{len(classes)} 个类别无法放进一个矩阵；请用 labels= 选出不超过 {MOST} 个。",
        )
    matrix = counted(true, predicted, labels=classes, sample_weight=weight)
    return _chart(
        matrix.astype(np.float64), groups.shown_labels(list(classes)), weight is not None, language
    )


def _chart(
    matrix: NDArray[np.float64], names: list[str], weighted: bool, language: Language
) -> alt.TopLevelMixin:
    n = len(names)
    step = int(min(max(SIDE / n, SMALLEST), LARGEST))
    totals = matrix.sum(axis=1, keepdims=True)
    shares = np.divide(matrix, totals, out=np.zeros_like(matrix), where=totals > 0)
    kinds = [RIGHT.to(language), WRONG.to(language)]
    records = [
        {
            "true": names[i],
            "predicted": names[j],
            "count": round(float(matrix[i, j]), 6),
            "share": round(float(shares[i, j]), 6),
            "size": round(OPAQUE * float(shares[i, j]) ** 0.6, 4),
            "kind": kinds[int(i != j)],
            "written": _written(matrix[i, j]) if matrix[i, j] else "",
            "percent": f"{shares[i, j]:.1%}" if matrix[i, j] else "",
        }
        for i in range(n)
        for j in range(n)
    ]
    x = alt.X(
        "predicted:N",
        sort=names,
        title=PREDICTED.to(language),
        axis=alt.Axis(
            orient="bottom",
            labelAngle=_angle(names, step),
            labelLimit=110,
            ticks=False,
            domain=False,
            labelOverlap=step <= LABELLED,
        ),
    )
    y = alt.Y(
        "true:N",
        sort=names,
        title=TRUE.to(language),
        axis=alt.Axis(labelLimit=140, ticks=False, domain=False, labelOverlap=step <= LABELLED),
    )
    base = alt.Chart(as_data(records)).encode(
        x=x,
        y=y,
        tooltip=[
            alt.Tooltip("true:N", title=TRUE.to(language)),
            alt.Tooltip("predicted:N", title=PREDICTED.to(language)),
            alt.Tooltip("count:Q", title=(WEIGHT if weighted else ROWS).to(language)),
            alt.Tooltip("share:Q", title=SHARE.to(language), format=".2%"),
        ],
    )
    layers = [
        base.mark_rect(stroke=GREY, strokeWidth=0.4 if step > LABELLED else 0.15).encode(
            color=alt.Color(
                "kind:N",
                sort=None,
                scale=alt.Scale(domain=kinds, range=[BLUE, ORANGE]),
                legend=groups.key(2, symbolType="square", symbolOpacity=OPAQUE),
            ),
            fillOpacity=alt.FillOpacity("size:Q", scale=None),
        )
    ]
    longest = max(len(record["written"]) for record in records)
    size = min(13, int(1.6 * (step - 3) / max(longest, 2)), step - 4)
    if step >= WITH_SHARES:
        layers.append(base.mark_text(fontSize=13, dy=-7).encode(text="written:N"))
        layers.append(base.mark_text(fontSize=11, dy=10).encode(text="percent:N"))
    elif step >= WITH_COUNTS and size >= 7:
        layers.append(base.mark_text(fontSize=size).encode(text="written:N"))
    right, total = float(np.trace(matrix)), float(matrix.sum())
    accuracy = f"{right / total:.1%}" if total else EMPTY.to(language)
    said = (
        WEIGHTED_NOTE.to(language, accuracy=accuracy)
        if weighted
        else NOTE.to(language, right=f"{right:,.0f}", total=f"{total:,.0f}", accuracy=accuracy)
    )
    title = alt.TitleParams(
        said, anchor="start", fontSize=12, fontWeight="normal", color="#6b727c", limit=2000
    )
    chart = alt.layer(*layers).properties(width=alt.Step(step), height=alt.Step(step), title=title)
    return finish(chart)


def _written(count: float) -> str:
    return f"{count:,.0f}" if count >= 1000 or count == int(count) else f"{count:.3g}"


def _angle(names: list[str], step: int) -> int:
    """Return 0 where the longest label has room below its column."""
    longest = max(sum(1.0 if ord(c) < 0x2E80 else 2.0 for c in name) for name in names)
    return 0 if 7 * longest <= step else -50
