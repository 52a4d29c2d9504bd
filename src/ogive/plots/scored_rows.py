"""Rows with their class and the scores of one or several models, checked, for threshold charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ogive.plots.groups import label_of, labels_of, quoted, shown_labels
from ogive.text import InputError, Text

__all__ = ["Scored", "scored", "thinned", "weights_of"]

Floats = NDArray[np.float64]
PROBABILITY = Text(
    "probabilities lie from 0 to 1, as predict_proba gives them",
    "概率应在 0 到 1 之间，如 predict_proba 所给",
)
FUNCTIONS = Text(" or values of a decision function", "或决策函数的值")
FINITE = Text("scores must be finite", "得分必须是有限的数")
STEPS = 500
"""A curve keeps points that are at least so small a part of an axis apart."""


@dataclass(frozen=True)
class Scored:
    """What one curve is computed from.

    Attributes
    ----------
    name : str
        Of the model, or of the class that is held against the rest; empty for a single model.
    truth : ndarray of bool of shape (n_samples,)
        Which rows are positive.
    score : ndarray of shape (n_samples,)
        The larger, the more positive.
    weight : ndarray of shape (n_samples,)
    positive : str
        The label of the positive class.
    """

    name: str
    truth: NDArray[np.bool_]
    score: Floats
    weight: Floats
    positive: str


def weights_of(sample_weight: Any, n: int) -> Floats:
    """Return checked weights, 1 where none are given."""
    if sample_weight is None:
        return np.ones(n)
    weight = np.asarray(sample_weight, dtype=np.float64)
    if weight.shape != (n,):
        raise InputError(
            f"sample_weight must hold a number for each of the {n} rows; its shape is "
            f"{weight.shape}.",
            f"sample_weight 必须为 {n} 行各给一个数；它的形状是 {weight.shape}。",
        )
    if not (np.isfinite(weight) & (weight >= 0)).all() or not weight.any():
        raise InputError(
            "sample_weight must be finite, not negative, and not 0 in every row.",
            "sample_weight 必须有限、不为负，且不能每行都是 0。",
        )
    return weight


def scored(
    y_true: Any,
    y_score: Any,
    sample_weight: Any = None,
    pos_label: Any = None,
    classes: Sequence[Any] | None = None,
    *,
    probabilities: bool = False,
) -> list[Scored]:
    """Return the curves' rows: a model each, or a class each where there is a column a class.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,)
    y_score : array-like of shape (n_samples,) or (n_samples, n_classes), or dict of these
        Scores of one model, or of several by their names. Of two columns the second one counts;
        of more columns each is held against the rest.
    sample_weight : array-like of shape (n_samples,), optional
    pos_label : label, optional
        The positive class; by default the later one.
    classes : sequence, optional
        The classes of the columns; by default those of `y_true`, sorted.
    probabilities : bool, default=False
        Whether scores must lie between 0 and 1.

    Raises
    ------
    InputError
        Where shapes do not match, a value is missing, or a class has no rows.
    """
    # The name by which the caller knows the scores.
    argument = "y_prob" if probabilities else "y_score"
    labels = labels_of(y_true)
    weight = weights_of(sample_weight, len(labels))
    used = weight > 0
    present = np.unique(labels[used])
    several = isinstance(y_score, Mapping)
    if several and not y_score:
        raise InputError(
            f"{argument} names no model; give the scores of one.",
            f"{argument} 没有任何模型；请给出模型的得分。",
        )
    curves: list[Scored] = []
    for name, values in y_score.items() if several else [("", y_score)]:
        score = _score(values, len(labels), name, argument)
        if score.ndim == 1:
            positive = _positive(present, pos_label, argument)
            columns = [(str(name), positive, score)]
        else:
            found = present if classes is None else np.asarray(classes)
            if len(found) != score.shape[1]:
                raise InputError(
                    f"{argument} has {score.shape[1]} columns for {len(found)} classes; give a "
                    "column for each class, and say by classes= which is which.",
                    f"{argument} 有 {score.shape[1]} 列，而类别有 {len(found)} 个；请每个类别给"
                    "一列，并用 classes= 说明各列是哪个类别。",
                )
            texts = shown_labels(list(found))
            columns = [
                (f"{name}: {text}" if name else text, label, score[:, i])
                for i, (label, text) in enumerate(zip(found, texts, strict=True))
            ]
        for text, label, column in columns:
            truth = labels == label
            _require_both(truth[used], label)
            curves.append(Scored(text, truth[used], column[used], weight[used], label_of(label)))
    return curves


def _score(values: Any, n: int, name: object, argument: str) -> Floats:
    probabilities = argument == "y_prob"
    functions = Text("", "") if probabilities else FUNCTIONS
    try:
        score = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputError(
            f"{argument} must be numbers: probabilities{functions.en}.",
            f"{argument} 必须是数字：概率{functions.zh}。",
        ) from None
    if score.ndim == 2 and score.shape[1] <= 2:
        score = score[:, -1]
    of, which = (f" of {name}", f"{name} 的 ") if name else ("", "")
    if score.ndim not in (1, 2) or len(score) != n:
        raise InputError(
            f"{argument}{of} has the shape {score.shape}; y_true has {n} rows.",
            f"{which}{argument} 的形状是 {score.shape}；y_true 有 {n} 行。",
        )
    bad = ~np.isfinite(score) if not probabilities else ~((score >= 0) & (score <= 1))
    if bad.any():
        place = tuple(int(i[0]) for i in np.nonzero(bad))
        wanted = PROBABILITY if probabilities else FINITE
        raise InputError(
            f"{argument}{of} is {score[place]} in row {place[0]}; {wanted.en}.",
            f"{which}{argument} 在第 {place[0]} 行是 {score[place]}；{wanted.zh}。",
        )
    return score


def _positive(present: NDArray[Any], pos_label: Any, argument: str) -> Any:
    if len(present) > 2 and pos_label is None:
        raise InputError(
            f"y_true has {len(present)} classes and {argument} one column; give a column for each "
            "class, or say by pos_label= which class is held against the rest.",
            f"y_true 有 {len(present)} 个类别，而 {argument} 只有一列；请每个类别给一列，"
            "或用 pos_label= 说明以哪个类别对其余类别。",
        )
    if pos_label is None:
        return present[-1]
    if not (present == pos_label).any():
        listed = ", ".join(map(label_of, present[:8])) + (", …" if len(present) > 8 else "")
        raise InputError(
            f"pos_label={quoted(pos_label)} is no class of y_true, which has: {listed}.",
            f"pos_label={quoted(pos_label)} 不是 y_true 的类别；它的类别有：{listed}。",
        )
    return pos_label


def _require_both(truth: NDArray[np.bool_], label: Any) -> None:
    if truth.all():
        raise InputError(
            f"y_true holds only the class {quoted(label)}; the chart needs rows of two classes "
            "at least.",
            f"y_true 只有类别 {quoted(label)}；此图至少需要两个类别的数据。",
        )
    if not truth.any():
        raise InputError(
            f"y_true has no row of the class {quoted(label)}; leave out its column, or give "
            "rows that include it.",
            f"y_true 中没有类别 {quoted(label)} 的行；请去掉它的那一列，或提供包含它的数据。",
        )


def thinned(*columns: Floats) -> NDArray[np.intp]:
    """Return which points of a curve to draw, so that what is left out could not be seen."""
    n = len(columns[0])
    if n <= STEPS:
        return np.arange(n)
    spans = [float(np.ptp(column)) or 1.0 for column in columns]
    cells = np.floor([STEPS * (c - c.min()) / span for c, span in zip(columns, spans, strict=True)])
    step = np.abs(np.diff(cells)).max(axis=0)
    kept = np.zeros(n, dtype=np.bool_)
    kept[[0, -1]] = True
    kept[1:] |= step >= 1
    kept[:-1] |= step > 1
    return np.flatnonzero(kept)
