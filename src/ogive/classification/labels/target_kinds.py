"""What a target holds: numbers, classes, several targets, or labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ogive.classification.labels.label_matrix import checked_indicator, is_matrix
from ogive.classification.labels.labels import checked_labels
from ogive.classification.labels.whole_numbers import are_classes
from ogive.text import InputError, Text

__all__ = ["TASKS", "Target", "kind_of_target"]

TASKS = ("auto", "regression", "classification")
MOST_NAMED = 5

NUMBERS = Text(
    "y holds quantities ({values} different values): the output is the prediction itself, with no "
    "function after it.",
    "y 是数量（{values} 个不同的值）：输出就是预测值，后面没有函数。",
)
TARGETS = Text(
    "y has {count} columns of quantities: one output for each, with no function after it.",
    "y 有 {count} 列数量：每列一个输出，后面没有函数。",
)
TWO = Text(
    "y holds two classes ({names}): one output, of which the logistic function makes the "
    "probability of {positive}.",
    "y 有两个类别（{names}）：只需一个输出，logistic 函数把它变成 {positive} 的概率。",
)
SEVERAL = Text(
    "y holds {count} classes ({names}), exactly one for each row: one output for each class, of "
    "which softmax makes probabilities that sum to 1.",
    "y 有 {count} 个类别（{names}），每行恰好一个：每个类别一个输出，"
    "softmax 把它们变成和为 1 的概率。",
)
LABELS = Text(
    "y has {count} columns of 0 and 1, with {ones} in a row: a row may have any number of labels, "
    "so each output has a logistic function of its own.",
    "y 有 {count} 列 0 和 1，每行有 {ones} 个 1："
    "一行可以有任意个标签，所以每个输出各用一个 logistic 函数。",
)
ONE_HOT = Text(
    "Every row has exactly one 1, so these may be classes rather than labels; given as "
    "y.argmax(axis=1) they are a target for softmax.",
    "每一行恰好有一个 1，这也许是类别而不是标签；若写成 y.argmax(axis=1)，就是 softmax 的目标。",
)
WHOLE = Text(
    "The {values} whole numbers are taken for {what}; task={other!r} says otherwise.",
    "这 {values} 个整数被当作{what}；若不然，请指定 task={other!r}。",
)
QUANTITIES, CLASSES = Text("quantities", "数量"), Text("classes", "类别")


@dataclass(frozen=True)
class Target:
    """What y holds.

    Attributes
    ----------
    kind : {"numbers", "several_targets", "binary", "multiclass", "multilabel"}
    n_samples, n_outputs : int
        Rows, and outputs that a layer needs for it.
    classes : tuple or None
        In ascending order, where it holds classes.
    why : Text
        What was found, and what follows.
    remark : Text or None
        What else it could be taken for.
    """

    kind: str
    n_samples: int
    n_outputs: int
    classes: tuple[Any, ...] | None
    why: Text
    remark: Text | None = None


def kind_of_target(y: Any, task: str) -> Target:
    """Return what y holds.

    Raises
    ------
    InputError
        Where y has missing values, only one class, text where numbers are asked for, or several
        columns of classes.
    """
    if is_matrix(y):
        return _of_matrix(y, task)
    column = np.asarray(y)
    column = column[:, 0] if column.ndim == 2 else column
    if task == "classification" or (task == "auto" and _is_named(column)):
        return _classes(y)
    values = _numbers(column)
    n_values = len(np.unique(values))
    whole = bool((values % 1 == 0).all())
    remark = None
    if task == "auto" and whole and (column.dtype.kind in "iu" or n_values == 2):
        if are_classes(n_values, len(values)):
            return _classes(y, _doubt(n_values, CLASSES, "regression") if n_values > 2 else None)
        remark = _doubt(n_values, QUANTITIES, "classification")
    return Target("numbers", len(values), 1, None, _filled(NUMBERS, values=n_values), remark)


def _of_matrix(y: Any, task: str) -> Target:
    matrix: Any = y.toarray() if sparse.issparse(y) else np.asarray(y)
    if task != "regression" and (task == "classification" or _is_flags(matrix)):
        return _labels(np.asarray(checked_indicator(matrix)) != 0)
    numbers = _numbers(matrix)
    n_samples, count = numbers.shape
    if task == "auto" and matrix.dtype.kind in "iu":
        values = [len(np.unique(numbers[:, j])) for j in range(count)]
        if all(are_classes(n, n_samples) for n in values):
            raise InputError(
                f"y has {count} columns of few whole numbers, which look like classes. For several "
                "targets of quantities give task='regression'; otherwise fit one model to each "
                "column, y[:, 0] and so on.",
                f"y 有 {count} 列、每列只有少数几个整数，看起来像类别。若是多个数量目标，"
                "请指定 task='regression'；否则请为每一列单独建模，即 y[:, 0] 等。",
            )
    return Target("several_targets", n_samples, count, None, _filled(TARGETS, count=count))


def _classes(y: Any, remark: Text | None = None) -> Target:
    labels = checked_labels(y)
    classes = tuple(labels.classes.tolist())
    shown = [str(label) for label in classes[:MOST_NAMED]]
    rest = ["…"] if len(classes) > MOST_NAMED else []
    names = Text(", ".join(shown + rest), "、".join(shown + rest))
    if len(classes) == 2:
        why = Text(
            TWO.to("en", names=names.en, positive=classes[1]),
            TWO.to("zh", names=names.zh, positive=classes[1]),
        )
        return Target("binary", len(labels.index), 1, classes, why, remark)
    why = Text(
        SEVERAL.to("en", names=names.en, count=len(classes)),
        SEVERAL.to("zh", names=names.zh, count=len(classes)),
    )
    return Target("multiclass", len(labels.index), len(classes), classes, why, remark)


def _labels(flags: NDArray[np.bool_]) -> Target:
    per_row = flags.sum(axis=1)
    least, most = int(per_row.min(initial=flags.shape[1])), int(per_row.max(initial=0))
    if least == most:
        ones = Text("a single 1" if most == 1 else f"{most} ones", str(most))
    else:
        ones = Text(f"{least} to {most} ones", f"{least} 到 {most}")
    count = flags.shape[1]
    why = Text(
        LABELS.to("en", count=count, ones=ones.en), LABELS.to("zh", count=count, ones=ones.zh)
    )
    remark = ONE_HOT if least == most == 1 else None
    return Target("multilabel", len(flags), count, None, why, remark)


def _is_named(column: NDArray[Any]) -> bool:
    return column.dtype.kind in "bUSO" and not _is_numeric_object(column)


def _is_numeric_object(column: NDArray[Any]) -> bool:
    return column.dtype.kind == "O" and all(
        isinstance(value, int | float | np.number) and not isinstance(value, bool | np.bool_)
        for value in column.ravel()
    )


def _is_flags(matrix: NDArray[Any]) -> bool:
    return matrix.dtype.kind in "biuf" and bool(np.isin(matrix, (0, 1)).all())


def _numbers(values: NDArray[Any]) -> NDArray[np.float64]:
    try:
        numbers = values.astype(np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(
            f"y holds {values.dtype} values, which are no numbers: {error}. A regression needs "
            "numbers; for classes give task='classification', one column at a time.",
            f"y 中的值（{values.dtype}）不是数字。回归需要数字；"
            "若是类别，请指定 task='classification'，并且每次只给一列。",
        ) from None
    bad = np.argwhere(~np.isfinite(numbers))
    if len(bad):
        raise InputError(
            f"Input y contains NaN or infinity: {len(bad)} of its values, the first in row "
            f"{bad[0][0]}, counted from 0. Leave such rows out.",
            f"y 中有 {len(bad)} 个值缺失或无穷大，第一个在第 {bad[0][0]} 行（从 0 数起）。"
            "请去掉这些行。",
        )
    return numbers


def _doubt(n_values: int, what: Text, other: str) -> Text:
    return Text(
        WHOLE.to("en", values=n_values, what=what.en, other=other),
        WHOLE.to("zh", values=n_values, what=what.zh, other=other),
    )


def _filled(text: Text, **values: object) -> Text:
    return Text(text.to("en", **values), text.to("zh", **values))
