"""What stands below the map of a strategy: its cost, its accuracy, and how much is in doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from ogive.plots import groups
from ogive.plots.line_names import wide
from ogive.plots.plane import two_features
from ogive.plots.strategies import ZONES, Strategy, code_of, cross_validated, short
from ogive.plots.theme import as_data
from ogive.text import InputError, Language, Text

__all__ = ["HATCHES", "LABELLED", "labels_of_rows", "measured", "text_below", "words_below"]

COST = Text("{n} two-class problems, {e} evaluations a row", "{n} 个二分类问题，每行计算 {e} 次")
COST_AT_ONCE = Text(
    "one fit of {e} outputs, {e} evaluations a row", "一次拟合 {e} 个输出，每行计算 {e} 次"
)
TIME = Text("fitted in {seconds}", "拟合用时 {seconds}")
CROSS_VALIDATED = Text(
    "{accuracy} right, {folds}-fold cross-validated", "{folds} 折交叉验证正确率 {accuracy}"
)
HELD_OUT = Text("{accuracy} right of {n} held-out rows", "留出的 {n} 行正确率 {accuracy}")
ON_FITTED = Text("{accuracy} right of the rows fitted to", "拟合数据上的正确率 {accuracy}")
AREA = Text("{sign} {zone}: {share} of map", "{sign} {zone}：占图的 {share}")
DECIDED = Text("(confidences decide there)", "（那里由置信度决定）")
PROBLEM = Text("f{j}: {positive} | {negative}", "f{j}：{positive} | {negative}")
LABELLED = 7
"""Lines are named, and problems spelt out, where there are no more of them."""
HATCHES = ("╱╱", "╲╲")
LINE_HEIGHT = 15
BELOW = 52
"""Pixels from a map to the words below it, with the axis between."""

Floats = NDArray[np.float64]


def labels_of_rows(y: Any, X: Floats, argument: str, of: str) -> NDArray[Any]:
    """Return checked labels, as many as X has rows."""
    labels = groups.labels_of(y, argument)
    if len(labels) != len(X):
        raise InputError(
            f"{argument} has {len(labels)} rows and {of} {len(X)}; they must be of the same rows.",
            f"{argument} 有 {len(labels)} 行，{of} 有 {len(X)} 行；两者必须是同样的行。",
        )
    return labels


def measured(
    strategies: Mapping[str, Strategy],
    X: Floats,
    y: NDArray[Any],
    test: tuple[Any, Any] | None,
    folds: int,
) -> dict[str, Text]:
    """Return the accuracy of each strategy in words that say how it was measured."""
    models = {name: one.model for name, one in strategies.items()}
    folds = min(folds, int(np.unique(y, return_counts=True)[1].min()))
    values: dict[str, object] = {}
    if test is not None:
        X_test, _ = two_features(test[0])
        y_test = labels_of_rows(test[1], X_test, "test[1]", "test[0]")
        found = {name: np.mean(model.predict(X_test) == y_test) for name, model in models.items()}
        said, values = HELD_OUT, {"n": f"{len(y_test):,}"}
    elif folds >= 2:
        found = {name: cross_validated(model, X, y, folds) for name, model in models.items()}
        said, values = CROSS_VALIDATED, {"folds": folds}
    else:
        found = {name: np.mean(model.predict(X) == y) for name, model in models.items()}
        said = ON_FITTED
    return {
        name: Text(*(text.format(accuracy=f"{share:.1%}", **values) for text in said))
        for name, share in found.items()
    }


def words_below(
    one: Strategy, accuracy: Text, names: Sequence[str], language: Language, width: int
) -> list[str]:
    """Return the lines of text below a map of that width."""
    return [
        *_cost(one, language),
        accuracy.to(language),
        *_areas(one, language),
        *_problems(one, names, language, width),
    ]


def _problems(one: Strategy, names: Sequence[str], language: Language, width: int) -> list[str]:
    """Return which classes each problem of an output code splits, as many a line as have room."""
    if one.kind != "output code" or one.n_problems > LABELLED:
        return []
    words: list[str] = []
    for j, column in enumerate(code_of(one.model).T.tolist(), start=1):
        positive, negative = (
            ", ".join(short(name) for name, bit in zip(names, column, strict=True) if bit == side)
            for side in (1, -1)
        )
        said = PROBLEM.to(language, j=j, positive=positive, negative=negative)
        longer = f"{words[-1]}\u2003{said}" if words else said
        if words and wide(longer, 12) <= width:
            words[-1] = longer
        else:
            words.append(said)
    return words


def _cost(one: Strategy, language: Language) -> list[str]:
    cost = COST if one.n_problems else COST_AT_ONCE
    words = [cost.to(language, n=one.n_problems, e=one.evaluations)]
    if one.seconds is not None:
        seconds = one.seconds
        written = f"{1000 * seconds:.2g} ms" if seconds < 0.0995 else f"{seconds:.2g} s"
        words.append(TIME.to(language, seconds=written))
    return words


def _areas(one: Strategy, language: Language) -> list[str]:
    words = [
        AREA.to(language, sign=sign, zone=ZONES[key].to(language), share=_share(mask))
        for sign, (key, mask) in zip(HATCHES, one.zones.items(), strict=False)
    ]
    doubt = one.zones.get("equal")
    # By "hamming" nothing but the order of classes decides.
    if doubt is not None and doubt.any() and getattr(one.model, "decoding", "") != "hamming":
        words.append(DECIDED.to(language))
    return words


def _share(mask: NDArray[np.bool_]) -> str:
    share = float(mask.mean())
    return "< 0.1%" if 0 < share < 0.0005 else f"{share:.1%}"


def text_below(words: Sequence[str], most: int, size: int) -> Any:
    """Return lines of text below the axis, with room for `most` of them."""
    lines = [*words, *[" "] * (most + 1 - len(words))]
    records = [
        {"text": line, "line": size + BELOW + LINE_HEIGHT * i} for i, line in enumerate(lines)
    ]
    return (
        alt.Chart(as_data(records))
        .mark_text(align="left", fontSize=12, clip=False)
        .encode(x=alt.value(0), y=alt.Y("line:Q", scale=None, axis=None), text="text:N")
    )
