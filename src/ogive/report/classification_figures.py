"""The figures of the report on a model of classes, with their captions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ogive.report.classification_texts import FIGURES
from ogive.report.page import Figure
from ogive.text import Language

if TYPE_CHECKING:
    from ogive.classification.scoring import Scores

__all__ = ["make_figures"]

MANY_CLASSES = 12


def make_figures(
    model: Any,
    scores: Scores,
    language: Language,
    *,
    X: Any = None,
    y: Any = None,
    threshold: float | None = None,
) -> list[Figure]:
    """Draw the figures of a model that have something to show.

    Parameters
    ----------
    model : classifier
        A fitted model.
    scores : Scores
        How it did on rows that it was not fitted to.
    language : {"en", "zh"}
        Language of the figures.
    X, y : array-like, optional
        The rows of the fit, for the figures of two features.
    threshold : float, optional
        The probability of the second of two classes above which it was predicted.
    """
    return [*_confusion(scores, language), *_curves(scores, language, threshold)]


def _figure(chart: Any, name: str, language: Language, *, wide: bool = False) -> Figure:
    title, caption = (text.to(language) for text in FIGURES[name])
    return Figure.of(chart, name, title, caption, wide=wide)


def _confusion(scores: Scores, language: Language) -> list[Figure]:
    from ogive.plots.confusion_matrix import MOST, confusion_matrix

    if len(scores.classes) > MOST:
        return []
    classes = scores.classes.tolist()
    chart = confusion_matrix(scores.labels, scores.predicted, labels=classes, language=language)
    return [_figure(chart, "confusion", language, wide=len(classes) > MANY_CLASSES)]


def _curves(scores: Scores, language: Language, threshold: float | None) -> list[Figure]:
    """Return what the probabilities show, where each class has rows to judge them on."""
    from ogive.plots.calibration import calibration_curve
    from ogive.plots.precision_recall import precision_recall_curve
    from ogive.plots.roc import roc_curve
    from ogive.plots.thresholds import threshold_curves

    if scores.probabilities is None or np.isnan(scores.recall).any():
        return []
    classes = scores.classes.tolist()
    true, said = scores.labels, scores.probabilities
    how: dict[str, Any] = {"language": language, "width": "container"}
    of: dict[str, Any] = {"pos_label": classes[1]} if len(classes) == 2 else {"classes": classes}
    marked: dict[str, Any] = {} if threshold is None else {"threshold": threshold}
    figures = [
        _figure(roc_curve(true, said, **of, **marked, **how), "roc", language),
        _figure(
            precision_recall_curve(true, said, **of, **marked, **how), "precision_recall", language
        ),
        _figure(calibration_curve(true, said, **of, **how), "calibration", language),
    ]
    if len(classes) == 2:
        chart = threshold_curves(true, said, **of, **marked, **how)
        figures.append(_figure(chart, "thresholds", language, wide=True))
    return figures
