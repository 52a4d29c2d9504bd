"""Receiver operating characteristic: what a lower threshold finds, and what it wrongly takes."""

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

__all__ = ["roc_curve"]

FALSE = Text("False positive rate", "假阳性率")
TRUE = Text("True positive rate (recall)", "真阳性率（召回率）")
CHANCE = Text("chance", "随机猜测")


def roc_curve(
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
    """Draw the ROC curve of each model or class, with the area below it.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,)
        Class labels.
    y_score : array-like of shape (n_samples,) or (n_samples, n_classes), or dict of these
        Probabilities or values of a decision function, of one model or of several by their names.
        Of two columns the second one counts; of more, each class is held against the rest.
    sample_weight : array-like of shape (n_samples,), optional
        Rows of weight 0 are left out.
    pos_label : label, optional
        The positive class; by default the later one in order.
    classes : sequence, optional
        The classes of the columns; by default those of `y_true` in order.
    threshold : float, optional
        Marks the point of each curve where rows count as positive whose score is at least that.
    language : {"en", "zh"}, default="en"
        Language of the titles.
    width : int or "container", default=640
        Width of the chart.

    Raises
    ------
    InputError
        Where shapes do not match, a value is missing or infinite, or a class has no rows.

    Notes
    -----
    Curve and area are scikit-learn's `roc_curve` and `roc_auc_score`. Of more than six curves the
    four with the least area are named, the others grey.
    """
    from sklearn.metrics import auc
    from sklearn.metrics import roc_curve as rates

    require_threshold(threshold)
    rows = scored(y_true, y_score, sample_weight, pos_label, classes)
    curves = []
    for part in rows:
        x, y, at = rates(part.truth, part.score, sample_weight=part.weight)
        area = float(auc(x, y))
        curves.append(Curve(part.name, x, y, at, area, f"AUC {area:.3f}"))
    plane = Plane(FALSE.to(language), TRUE.to(language))
    chance = Reference((0.0, 0.0), (1.0, 1.0), CHANCE.to(language))
    layers = curve_layers(curves, plane, language, chance)
    if threshold is not None:
        layers.append(marked([_at(part, threshold) for part in rows], threshold, plane, language))
    chart = alt.layer(*layers).properties(width=width, height=HEIGHT)
    return finish(chart)


def _at(part: Scored, threshold: float) -> tuple[str, float, float]:
    taken = part.score >= threshold
    false, true = (
        float(np.average(taken[side], weights=part.weight[side]))
        for side in (~part.truth, part.truth)
    )
    return part.name, false, true
