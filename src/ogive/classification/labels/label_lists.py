"""Refuses lists of labels for each row, which are neither classes nor a matrix."""

from __future__ import annotations

from typing import Any

import numpy as np

from ogive.text import InputError

__all__ = ["refuse_label_lists"]


def refuse_label_lists(y: Any) -> None:
    """Refuse rows that hold several labels, or none, as lists or sets.

    Lists of the same length in a list are the rows of a matrix, and are let through.

    Raises
    ------
    InputError
    """
    in_list = isinstance(y, list | tuple)
    if not in_list and not (isinstance(y, np.ndarray) and y.dtype == object and y.ndim == 1):
        return
    kinds = set(map(type, y))
    several = [
        kind for kind in kinds if issubclass(kind, list | tuple | set | frozenset | np.ndarray)
    ]
    if not several:
        return
    rows = all(issubclass(kind, list | tuple | np.ndarray) for kind in kinds)
    if in_list and rows and len(set(map(len, y))) == 1:
        return
    first = next(i for i, row in enumerate(y) if isinstance(row, tuple(several)))
    shown = repr(y[first]) if len(repr(y[first])) <= 60 else f"{repr(y[first])[:57]}..."
    raise InputError(
        f"y holds lists of labels, such as {shown} in row {first} (counted from 0). Rows with any "
        "number of labels are given to OneVsRestClassifier as a matrix: y = "
        "sklearn.preprocessing.MultiLabelBinarizer().fit_transform(y). Otherwise give one class "
        "for each row.",
        f"y 中是标签列表，例如第 {first} 行（从 0 起数）的 {shown}。若每行可有任意个标签，"
        "请以矩阵形式交给 OneVsRestClassifier：y = "
        "sklearn.preprocessing.MultiLabelBinarizer().fit_transform(y)。否则请为每行给出一个类别。",
    )
