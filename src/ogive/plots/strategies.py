"""What a map shows of one way to tell many classes apart by two features."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ogive.plots.plane import Box, Plane2
from ogive.plots.regions_image import crossings
from ogive.text import InputError, Text

__all__ = [
    "GRID",
    "Boundary",
    "Kind",
    "Strategy",
    "code_of",
    "cross_validated",
    "default_models",
    "kind_of",
    "short",
    "strategy",
]

GRID = 160
"""Cells along each axis of a map."""
LONGEST = 12
"""Characters of a class in the name of a line."""
REST = Text("rest", "其余")
Kind = Literal["softmax", "one-vs-one", "one-vs-rest", "output code", "direct"]
ZONES = {
    "half": Text("no class reaches 1/2", "没有类别达到 1/2"),
    "cycle": Text("cycle: no class wins every duel", "循环：没有类别全胜"),
    "rest": Text("all say “rest”", "都说“其余”"),
    "several": Text("two or more say yes", "两个以上说“是”"),
    "equal": Text("nearest code word not unique", "最近的码字不唯一"),
}

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Boundary:
    """Where one two-class model, or a pair of classes, changes its mind.

    Attributes
    ----------
    name : Text
        Empty where it has none.
    strokes : list of list of float
        Each as x1, y1, x2, y2.
    straight : bool
        Whether it is a single line.
    """

    name: Text
    strokes: list[list[float]]
    straight: bool


@dataclass(frozen=True)
class Strategy:
    """One way to tell classes apart, as it is drawn.

    Attributes
    ----------
    kind : str
    model : estimator
        Fitted.
    predicted : ndarray of int of shape (GRID, GRID)
        Number of the class in each cell, the lowest row first.
    zones : dict of str to ndarray of bool
        Cells where the answers alone name no class, by the keys of `ZONES`.
    boundaries : list of Boundary
    n_problems : int
        Two-class problems that were solved; 0 where all classes are fitted at once.
    evaluations : int
        Linear functions, or models, that are evaluated for a row.
    seconds : float or None
        That fitting took; None for a model that was fitted before.
    """

    kind: Kind
    model: Any
    predicted: NDArray[np.intp]
    zones: dict[str, Mask]
    boundaries: list[Boundary] = field(repr=False)
    n_problems: int
    evaluations: int
    seconds: float | None


def default_models(n_classes: int) -> dict[str, Any]:
    """Return the four strategies with logistic regression inside, unfitted."""
    from ogive import (
        LogisticRegression,
        OneVsOneClassifier,
        OneVsRestClassifier,
        OutputCodeClassifier,
    )

    inside = LogisticRegression()
    # Every column there is: 3 or 7. With more classes there would be too many to draw.
    book = "exhaustive" if n_classes <= 4 else "optimised"
    return {
        "softmax": inside,
        "one-vs-one": OneVsOneClassifier(inside),
        "one-vs-rest": OneVsRestClassifier(inside),
        "output code": OutputCodeClassifier(inside, code_book=book, random_state=0),
    }


def kind_of(model: Any) -> Kind:
    """Return which strategy a fitted model, ours or scikit-learn's, is."""
    names = {base.__name__ for base in type(model).__mro__}
    if hasattr(model, "code_book_"):
        return "output code"
    if "OneVsOneClassifier" in names:
        return "one-vs-one"
    if "OneVsRestClassifier" in names:
        return "one-vs-rest"
    linear = np.shape(getattr(model, "coef_", ())) == (len(model.classes_), 2)
    return "softmax" if linear and hasattr(model, "predict_proba") else "direct"


def strategy(model: Any, X: Floats, y: NDArray[Any], names: list[str], box: Box) -> Strategy:
    """Fit a model where it is not yet, and ask it for every cell of a map.

    Parameters
    ----------
    model : classifier
    X : ndarray of shape (n_samples, 2)
    y : ndarray of shape (n_samples,)
    names : list of str
        The classes as they are written.
    box : Box
    """
    fitted, seconds = _fitted(model, X, y)
    _require_classes(fitted, y)
    cells = box.grid(GRID)
    classes = np.asarray(fitted.classes_)
    predicted = np.searchsorted(classes, fitted.predict(cells)).reshape(GRID, GRID)
    kind = kind_of(fitted)
    if kind in ("softmax", "direct"):
        zones = {}
        if hasattr(fitted, "predict_proba"):
            zones["half"] = fitted.predict_proba(cells).max(axis=1) < 0.5
        lines = _between(fitted, box) if kind == "softmax" else []
        problems, evaluations = 0, len(classes)
    else:
        inner = _models(fitted)
        positive = inner.positive(cells)
        zones = _zones(kind, fitted, positive)
        lines = _lines(inner, _line_names(kind, names, len(inner)), cells, box)
        problems = evaluations = len(inner)
        if getattr(fitted, "decision", "vote") == "elimination":
            evaluations = len(classes) - 1
    return Strategy(
        kind,
        fitted,
        predicted,
        {key: mask.reshape(GRID, GRID) for key, mask in zones.items()},
        lines,
        problems,
        evaluations,
        seconds,
    )


def _fitted(model: Any, X: Floats, y: NDArray[Any]) -> tuple[Any, float | None]:
    from sklearn.base import clone
    from sklearn.exceptions import NotFittedError
    from sklearn.utils.validation import check_is_fitted

    try:
        check_is_fitted(model)
        return model, None
    except NotFittedError:
        pass
    except TypeError:
        raise InputError(
            f"models must be classifiers, fitted or not. Got {type(model).__name__} instead.",
            f"models 必须是分类器，拟合与否均可。得到的却是 {type(model).__name__}。",
        ) from None
    seconds: list[float] = []
    # Twice where it is quick, as the first time may have to load code.
    while not seconds or (len(seconds) < 2 and seconds[0] < 0.5):
        copy = clone(model)
        start = time.perf_counter()
        copy.fit(X, y)
        seconds.append(time.perf_counter() - start)
    return copy, min(seconds)


def _require_classes(model: Any, y: NDArray[Any]) -> None:
    known = set(np.asarray(model.classes_).tolist())
    unknown = sorted({label for label in y.tolist() if label not in known}, key=str)
    if unknown:
        raise InputError(
            f"y holds {unknown[0]!r}, which is no class of the fitted "
            f"{type(model).__name__}; give the classes it was fitted to.",
            f"y 中的 {unknown[0]!r} 不是已拟合的 {type(model).__name__} 的类别；"
            "请给出它拟合时的类别。",
        )
    if getattr(model, "n_features_in_", 2) != 2:
        raise InputError(
            f"The fitted {type(model).__name__} takes {model.n_features_in_} features; a map has "
            "two. Fit it to two columns.",
            f"已拟合的 {type(model).__name__} 有 {model.n_features_in_} 个特征；地图只有两个。"
            "请用两列数据拟合。",
        )


def _models(model: Any) -> Any:
    from ogive.classification.problems import BinaryModels, EstimatorModels

    inner = model.estimators_
    return inner if isinstance(inner, BinaryModels) else EstimatorModels(list(inner))


def _zones(kind: Kind, model: Any, positive: Mask) -> dict[str, Mask]:
    n_classes = len(model.classes_)
    if kind == "one-vs-one":
        first, second = np.triu_indices(n_classes, 1)
        votes = np.zeros((len(positive), n_classes), dtype=np.int64)
        for j in range(len(first)):
            votes[:, second[j]] += positive[:, j]
            votes[:, first[j]] += ~positive[:, j]
        return {"cycle": votes.max(axis=1) < n_classes - 1}
    if kind == "one-vs-rest":
        yes = positive.sum(axis=1)
        return {"rest": yes == 0, "several": yes > 1}
    code = code_of(model)
    agreement = np.where(positive, 1, -1) @ code.T
    most = agreement.max(axis=1, keepdims=True)
    return {"equal": (agreement == most).sum(axis=1) > 1}


def code_of(model: Any) -> NDArray[np.int64]:
    """Return the code book of a fitted output code, ours or scikit-learn's, as -1, 0 and 1."""
    book = np.asarray(model.code_book_)
    signs: NDArray[np.int64] = np.sign(book if book.min() < 0 else 2 * book - 1).astype(np.int64)
    return signs


def _line_names(kind: Kind, names: list[str], n: int) -> list[Text]:
    if kind == "one-vs-one":
        return [Text(f"{a}|{b}", f"{a}|{b}") for a, b in combinations(map(short, names), 2)]
    if kind == "one-vs-rest":
        return [Text(f"{name}|{REST.en}", f"{name}|{REST.zh}") for name in map(short, names)]
    return [Text(f"f{j + 1}", f"f{j + 1}") for j in range(n)]


def short(name: str) -> str:
    """Return the name of a class cut to what has room on a map."""
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"


def _lines(inner: Any, names: list[Text], cells: Floats, box: Box) -> list[Boundary]:
    from ogive.classification.problems.models import confidence, threshold

    found = []
    for name, model in zip(names, inner, strict=True):
        coef = np.ravel(getattr(model, "coef_", ()))
        limit = threshold(model)
        if coef.shape == (2,) and hasattr(model, "intercept_"):
            z = (float(coef[0]), float(coef[1]), float(np.ravel(model.intercept_)[0]) - limit)
            ends = box.chord(z)
            strokes = [] if ends is None else [ends.ravel().tolist()]
            found.append(Boundary(name, strokes, straight=True))
        else:
            values = (confidence(model, cells) - limit).reshape(GRID, GRID)
            found.append(Boundary(name, crossings(values, box), straight=False))
    return found


def _between(model: Any, box: Box) -> list[Boundary]:
    """Return for each pair of classes where both have the largest z."""
    weights: list[Plane2] = [
        (float(w[0]), float(w[1]), float(b))
        for w, b in zip(model.coef_, model.intercept_, strict=True)
    ]

    def less(i: int, j: int) -> Plane2:
        (a1, a2, a), (b1, b2, b) = weights[i], weights[j]
        return a1 - b1, a2 - b2, a - b

    found = []
    for i, j in combinations(range(len(weights)), 2):
        others = [less(i, k) for k in range(len(weights)) if k not in (i, j)]
        ends = box.chord(less(i, j), others)
        if ends is not None:
            found.append(Boundary(Text("", ""), [ends.ravel().tolist()], straight=True))
    return found


def cross_validated(model: Any, X: Floats, y: NDArray[Any], folds: int) -> float:
    """Return the share of rows predicted right by copies fitted to the other folds."""
    from sklearn.base import clone
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    splits = StratifiedKFold(folds, shuffle=True, random_state=0)
    return float(np.mean(cross_val_predict(clone(model), X, y, cv=splits) == y))
