"""The figures of the report on a model of classes, with their captions."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from ogive.report.classification_texts import FIGURES
from ogive.report.page import Figure
from ogive.text import Language

if TYPE_CHECKING:
    from ogive.classification.scores.scoring import Scores

__all__ = ["make_figures"]

MANY_CLASSES = 12
MOST_MAPPED = 20
MOST_POINTS = 20_000


def make_figures(
    model: Any,
    scores: Scores,
    language: Language,
    *,
    X: Any = None,
    y: Any = None,
    units: tuple[ArrayLike, ArrayLike] | None = None,
    threshold: float | None = None,
    records: Mapping[str, Any] | None = None,
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
    units : tuple of mean and scale, optional
        Of each feature, where X has been standardised by them.
    threshold : float, optional
        The probability of the second of two classes above which it was predicted.
    records : mapping of str to object, optional
        The answers for a single row: a VoteTable under "votes", or a DecodedRow under "decoded".
    """
    return [
        *_plane(model, language, X, y, units),
        *_answers(model, language, records or {}),
        *_confusion(scores, language),
        *_curves(scores, language, threshold),
    ]


def _figure(chart: Any, name: str, language: Language, *, wide: bool = False) -> Figure:
    title, caption = (text.to(language) for text in FIGURES[name])
    return Figure.of(chart, name, title, caption, wide=wide)


def _plane(
    model: Any,
    language: Language,
    X: Any,
    y: Any,
    units: tuple[ArrayLike, ArrayLike] | None,
) -> list[Figure]:
    """Return the picture of the rows themselves, where they have two features."""
    if X is None or X.shape[1] != 2 or X.shape[0] > MOST_POINTS:
        return []
    n_classes = len(model.classes_)
    if n_classes == 2:
        return _line(model, language, X, y, units) if hasattr(model, "decision_line") else []
    from ogive.plots.strategies import default_models, kind_of
    from ogive.plots.strategy_maps import strategy_maps

    if n_classes > MOST_MAPPED:
        return []
    # The model itself first, then the other ways to decide with logistic regressions inside.
    models: dict[str, Any] = {kind_of(model): model}
    models |= {name: one for name, one in default_models(n_classes).items() if name not in models}
    with warnings.catch_warnings():
        # The cells of a map have no names, and a model of a frame asks for them.
        warnings.filterwarnings("ignore", "X does not have valid feature names")
        chart = strategy_maps(X, y, models=models, language=language)
    title, caption = (text.to(language) for text in FIGURES["maps"])
    if units is not None:
        caption += FIGURES["standardised"][1].to(language)
    return [Figure.of(chart, "maps", title, caption, wide=True)]


def _line(
    model: Any,
    language: Language,
    X: Any,
    y: Any,
    units: tuple[ArrayLike, ArrayLike] | None,
) -> list[Figure]:
    """Return the line between two classes, drawn in the units that the columns came in."""
    from ogive.classification.rows.given_rows import feature_names
    from ogive.plots.decision_line import decision_line

    mean, scale = units or (np.zeros(2), np.ones(2))
    values = np.asarray(X) * np.asarray(scale) + np.asarray(mean)
    coef = model.coef_ / np.asarray(scale)
    own = model.from_weights(
        coef,
        model.intercept_ - coef @ np.asarray(mean),
        model.classes_,
        feature_names=feature_names(model),
    )
    chart = decision_line(own, values, y, language=language, width="container")
    return [_figure(chart, "line", language, wide=True)]


def _answers(model: Any, language: Language, records: Mapping[str, Any]) -> list[Figure]:
    """Return what the two-class models say of one row, where it has room."""
    from ogive.plots.code_book import MOST_CLASSES, MOST_PROBLEMS, code_book
    from ogive.plots.votes import vote_table

    if records.get("votes") is not None:
        chart = vote_table(records["votes"], language=language)
        return [_figure(chart, "votes", language, wide=True)]
    book = getattr(model, "code_book_", None)
    if book is None or book.shape[0] > MOST_CLASSES or book.shape[1] > MOST_PROBLEMS:
        return []
    decoded = records.get("decoded")
    chart = code_book(model if decoded is None else decoded, language=language)
    title, caption = (text.to(language) for text in FIGURES["code"])
    if decoded is not None:
        caption += FIGURES["decoded"][1].to(language)
    return [Figure.of(chart, "code", title, caption, wide=True)]


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
