"""Precision against recall: how many of those taken are right, as more of them are found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np

from ogive.plots.curves import (
    HEIGHT,
    Curve,
    Plane,
    Reference,
    curve_layers,
    marked,
    require_threshold,
)
from ogive.plots.scored_rows import Scored, scored
from ogive.plots.theme import finish
from ogive.text import Language, Text

__all__ = ["precision_recall_curve"]

RECALL = Text("Recall (share of the positive rows found)", "召回率（找到的正类行所占比例）")
PRECISION = Text(
    "Precision (share of right ones among those taken)", "精确率（判为正类中正确的比例）"
)
MERIT = Text("average precision {value}", "平均精确率 {value}")
BASE = Text("share of positive rows {share}", "正类行的比例 {share}")


def precision_recall_curve(
    y_true: Any,
    y_score: Any,
    *,
    sample_weight: Any = None,
    pos_label: Any = None,
    classes: Sequence[Any] | None = None,
    threshold: float | None = None,
    language: Language = "en",
    width: int | str = 640,
) -> alt.TopLevelMixin:
    """Draw precision against recall of each model or class, with its average precision.

    The dashed line is the precision of guessing: the share of positive rows. Where each class is
    held against the rest, there is none, as the share differs. The parameters are those of
    `roc_curve`.

    Raises
    ------
    InputError
        As `roc_curve` does.

    Notes
    -----
    Curve and average precision are scikit-learn's `precision_recall_curve` and
    `average_precision_score`; the curve is drawn in steps, whose area is the average precision.
    """
    from sklearn.metrics import average_precision_score
    from sklearn.metrics import precision_recall_curve as rates

    require_threshold(threshold)
    rows = scored(y_true, y_score, sample_weight, pos_label, classes)
    curves = []
    for part in rows:
        precision, recall, at = rates(
            part.truth, part.score, sample_weight=part.weight, drop_intermediate=True
        )
        merit = float(average_precision_score(part.truth, part.score, sample_weight=part.weight))
        said = MERIT.to(language, value=f"{merit:.3f}")
        curves.append(Curve(part.name, recall, precision, np.append(at, np.nan), merit, said))
    plane = Plane(RECALL.to(language), PRECISION.to(language))
    shares = {round(float(np.average(part.truth, weights=part.weight)), 12) for part in rows}
    guess = None
    if len(shares) == 1:
        share = shares.pop()
        said = BASE.to(language, share=f"{share:.3f}")
        guess = Reference((0.0, share), (1.0, share), said)
    layers = curve_layers(curves, plane, language, guess, "step-after")
    if threshold is not None:
        points = [at for part in rows if (at := _at(part, threshold)) is not None]
        layers.append(marked(points, threshold, plane, language))
    chart = alt.layer(*layers).properties(width=width, height=HEIGHT)
    return finish(chart)


def _at(part: Scored, threshold: float) -> tuple[str, float, float] | None:
    taken = part.score >= threshold
    if not taken.any():
        return None
    right = float(part.weight[taken & part.truth].sum())
    recall = right / float(part.weight[part.truth].sum())
    return part.name, recall, right / float(part.weight[taken].sum())
