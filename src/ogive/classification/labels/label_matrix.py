"""Checks of a matrix of labels: 1 where a row has a label, otherwise 0."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ogive.classification.labels.label_lists import refuse_label_lists
from ogive.text import InputError

__all__ = ["checked_flags", "checked_indicator", "column_names", "column_of_class", "is_matrix"]

Flags = NDArray[np.bool_]


def is_matrix(y: Any) -> bool:
    """Return whether a target has several columns: labels for each row, not one class."""
    if hasattr(y, "shape"):
        return len(y.shape) == 2 and y.shape[1] > 1
    first = y[0] if isinstance(y, list | tuple) and len(y) else None
    return isinstance(first, list | tuple | np.ndarray) and len(first) > 1


def checked_indicator(y: Any) -> Any:
    """Check a matrix of labels: 1 where a row has a label, otherwise 0.

    Returns
    -------
    ndarray or sparse matrix of shape (n_samples, n_labels)

    Raises
    ------
    InputError
        Where there is anything else in it.
    """
    refuse_label_lists(y)
    matrix: Any = y if sparse.issparse(y) else np.asarray(y)
    values: NDArray[Any] = matrix.tocoo().data if sparse.issparse(matrix) else matrix
    if values.dtype.kind == "f" and np.isnan(values).any():
        where = "" if values.ndim < 2 else f" in row {np.argwhere(np.isnan(values))[0, 0]}"
        where_zh = where and f"，首先出现在第 {np.argwhere(np.isnan(values))[0, 0]} 行"
        raise InputError(
            f"Input y contains NaN{where}. A matrix of labels holds 1 where a row has the label "
            "and otherwise 0; leave out rows that nobody has labelled.",
            f"y 含有 NaN{where_zh}。多标签矩阵中有该标签的为 1，否则为 0；请去掉未标注的行。",
        )
    if values.dtype.kind not in "biuf" or not np.isin(values, (0, 1)).all():
        raise InputError(
            "Multioutput target data is not supported with label binarization: "
            f"y of shape {matrix.shape} holds other values than 0 and 1. Give one class for each "
            "row, or a matrix of labels with 1 where a row has the label and otherwise 0; several "
            "targets with classes of their own need one model each, and lists of labels become a "
            "matrix by sklearn.preprocessing.MultiLabelBinarizer.",
            f"形状为 {matrix.shape} 的 y 含有 0 和 1 以外的值。请为每行给出一个类别，"
            "或给出多标签矩阵：有该标签为 1，否则为 0；"
            "若有多个各带类别的目标，请为每个目标单独建模；标签列表可用 "
            "sklearn.preprocessing.MultiLabelBinarizer 转换成矩阵。",
        )
    return matrix


def checked_flags(many: Any, n_samples: int) -> Flags:
    """Check a matrix of labels of so many rows, and return it as true and false."""
    if not is_matrix(many):
        raise InputError(
            "many must be a matrix of labels with at least two columns: 1 where a row has the "
            "label, otherwise 0. A list of labels for each row becomes one by "
            "sklearn.preprocessing.MultiLabelBinarizer.",
            "many 必须是至少两列的多标签矩阵：有该标签为 1，否则为 0。"
            "每行的标签列表可用 sklearn.preprocessing.MultiLabelBinarizer 转换。",
        )
    matrix = checked_indicator(many)
    flags: Flags = np.asarray(matrix.toarray() if sparse.issparse(matrix) else matrix) != 0
    if len(flags) != n_samples:
        raise InputError(
            f"X has {n_samples} rows and many has {len(flags)}; both label the same rows.",
            f"X 有 {n_samples} 行，而 many 有 {len(flags)} 行；两者应对应相同的行。",
        )
    return flags


def column_names(
    many: Any, names: Sequence[str] | None, classes: NDArray[Any], count: int
) -> tuple[str, ...]:
    """Return what the columns are called: as given, as in the data frame, or as the classes."""
    given: Any = getattr(many, "columns", classes) if names is None else names
    found = tuple(str(name) for name in given)
    if len(found) != count or len(set(found)) != count:
        raise InputError(
            f"many has {count} columns, and the names {', '.join(found)} are not as many different "
            "ones. Give names=[...], the class that each column stands for.",
            f"many 有 {count} 列，与名称 {'、'.join(found)} 不是一一对应。"
            "请用 names=[...] 给出每一列代表的类别。",
        )
    return found


def column_of_class(classes: NDArray[Any], labels: tuple[str, ...]) -> NDArray[np.intp]:
    """Return the column that each class has."""
    place = {label: j for j, label in enumerate(labels)}
    unknown = [str(label) for label in classes if str(label) not in place]
    if unknown:
        raise InputError(
            f"The class {unknown[0]!r} of one has no column in many, whose columns are "
            f"{', '.join(labels)}. Both must label the rows with the same classes.",
            f"one 中的类别 {unknown[0]!r} 在 many 中没有对应的列；many 的列为 {'、'.join(labels)}。"
            "两种标注须使用相同的类别。",
        )
    return np.array([place[str(label)] for label in classes], dtype=np.intp)
