"""The classes of a target, and which of them each row has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.utils.validation import column_or_1d

from ogive.classification.labels.label_lists import refuse_label_lists
from ogive.linear.checking import place_of
from ogive.text import InputError, Text

__all__ = ["Labels", "checked_labels", "encode"]

WIDEST = 2**16
"""Whole numbers of no wider range than this, or than the number of rows, need no sorting."""
NOTHING = Text("", "")


@dataclass(frozen=True)
class Labels:
    """The classes in ascending order, and the place of each row's class among them.

    Attributes
    ----------
    classes : ndarray of shape (n_classes,)
    index : ndarray of shape (n_samples,), int32
    """

    classes: NDArray[Any]
    index: NDArray[np.int32]


def checked_labels(
    y: Any, n_samples: int | None = None, single: Text = NOTHING, least: int = 2
) -> Labels:
    """Check the classes of the rows and number them.

    Parameters
    ----------
    y : array-like of shape (n_samples,)
        Whole numbers, truth values or text.
    n_samples : int, optional
        How many there have to be.
    single : Text, optional
        What to add to the message where there is only one class.
    least : int, default=2
        How few classes are enough.

    Raises
    ------
    InputError
        Where a class is missing, where labels are of mixed type or no classes but measurements,
        where there is not one of them for each row, and where there is only one class.
    """
    values = _as_column(y)
    if n_samples is not None and len(values) != n_samples:
        raise InputError(
            f"X has {n_samples} rows and y has {len(values)}: Found input variables with "
            f"inconsistent numbers of samples: [{n_samples}, {len(values)}]. Each row of X needs "
            "one class in y.",
            f"X 有 {n_samples} 行，而 y 有 {len(values)} 个值。X 的每一行都需要一个类别。",
        )
    labels = encode(values)
    if len(labels.classes) < least:
        refuse_single(labels.classes[0] if len(labels.classes) else None, *single)
    return labels


def refuse_single(label: Any, why: str = "", why_zh: str = "") -> NoReturn:
    """Say that one class is too few."""
    shown = getattr(label, "item", lambda: label)()
    raise InputError(
        "This solver needs samples of at least 2 classes in the data, but the data contains only "
        f"one class: {shown!r}{why}. Give rows of the other classes too.",
        f"至少需要两个类别的样本，但数据中只有一个类别：{shown!r}{why_zh}。请同时给出其他类别的行。",
    )


def encode(values: NDArray[Any]) -> Labels:
    """Return the classes of a checked column; the rows are sorted only where that must be."""
    kind = values.dtype.kind
    if kind == "b":
        return _counted(values.view(np.uint8), 0, 1, values.dtype)
    if kind in "iu":
        return _whole(values, values.dtype)
    if kind == "f":
        return _whole(_from_floats(values), values.dtype)
    if kind in "OUS":
        return _named(values)
    if kind == "c":
        raise InputError(
            "Complex data not supported: y holds complex numbers. Classes are whole numbers, truth "
            "values or text.",
            "y 含有复数，无法作为类别。类别应为整数、布尔值或文本。",
        )
    raise InputError(
        f"Unknown label type: y holds {values.dtype} values. Classes are whole numbers, truth "
        "values or text: turn them into such, for example by y.astype(str).",
        f"y 的类型为 {values.dtype}，无法作为类别。类别应为整数、布尔值或文本，"
        "请先转换，例如 y.astype(str)。",
    )


def _as_column(y: Any) -> NDArray[Any]:
    if sparse.issparse(y):
        raise InputError(
            "y is a sparse matrix; classes are given as a dense column: y.toarray().ravel().",
            "y 是稀疏矩阵；请给出普通的一列类别：y.toarray().ravel()。",
        )
    refuse_label_lists(y)
    array = np.asarray(y)
    refuse_label_lists(array)
    if array.dtype.kind in "US" and not hasattr(y, "dtype"):
        # NumPy has turned numbers among texts to text.
        given = np.asarray(y, dtype=object)
        if not all(_kind(of) in ("text", "bytes") for of in set(map(type, given.ravel()))):
            array = given
    if array.ndim == 2 and array.shape[1] > 1:
        raise InputError(
            f"y should be a 1d array, got an array of shape {array.shape} instead. Give one class "
            "for each row; where a row has several labels at once use OneVsRestClassifier.",
            f"y 应为一维，但得到的数组形状为 {array.shape}。请为每行给出一个类别；"
            "若一行同时有多个标签，请使用 OneVsRestClassifier。",
        )
    if array.ndim == 1:
        return array
    column: NDArray[Any] = column_or_1d(array, warn=True)
    return column


def _whole(values: NDArray[Any], dtype: np.dtype[Any]) -> Labels:
    if len(values) == 0:
        return Labels(np.empty(0, dtype), np.empty(0, np.int32))
    low, high = int(values.min()), int(values.max())
    if high - low < max(WIDEST, len(values)):
        return _counted(values, low, high, dtype)
    classes, index = np.unique(values, return_inverse=True)
    return Labels(classes.astype(dtype), index.astype(np.int32))


def _counted(values: NDArray[Any], low: int, high: int, dtype: np.dtype[Any]) -> Labels:
    places = values.astype(np.intp, copy=False)
    if low != 0:
        places = places - low
    present = np.bincount(places, minlength=high - low + 1) > 0
    classes = (np.flatnonzero(present) + low).astype(dtype)
    if present.all():
        return Labels(classes, places.astype(np.int32))
    numbers = (np.cumsum(present) - 1).astype(np.int32)
    index: NDArray[np.int32] = numbers[places]
    return Labels(classes, index)


def _from_floats(values: NDArray[Any]) -> NDArray[Any]:
    whole = np.rint(values)
    if np.array_equal(whole, values) and (
        len(values) == 0 or float(np.abs(whole).max()) <= 2.0**53
    ):
        integers: NDArray[Any] = whole.astype(np.int64)
        return integers
    bad = np.flatnonzero(~np.isfinite(values))
    if bad.size:
        place = place_of(int(bad[0]))
        value = float(values[bad[0]])
        found = "NaN" if np.isnan(value) else "infinity"
        raise InputError(
            f"Input y contains {found}: {bad.size} of its {len(values)} values are missing or "
            f"infinite, the first in {place.en}. Leave such rows out; a class cannot be filled in.",
            f"y 含有 {found}：{len(values)} 个值中有 {bad.size} 个缺失或无穷大，"
            f"第一个在{place.zh}。请去掉这些行；类别无法填补。",
        )
    first = int(np.flatnonzero(whole != values)[0]) if np.any(whole != values) else 0
    place, value = place_of(first), float(values[first])
    raise InputError(
        f"Unknown label type: continuous. y holds measurements, not classes: {value:g} in "
        f"{place.en}. Fit a regression, such as ogive.LinearRegression, or turn y into classes, "
        "for example by np.digitize or y > threshold.",
        f"y 是连续的测量值而不是类别：{place.zh}为 {value:g}。请改用回归，如 "
        "ogive.LinearRegression，或先把 y 变成类别，例如用 np.digitize 或 y > 阈值。",
    )


def _named(values: NDArray[Any]) -> Labels:
    given = values.tolist()
    kinds = {_kind(t): t for t in set(map(type, given))}
    if "missing" in kinds or "number" in kinds:
        missing = [i for i, v in enumerate(given) if _is_missing(v)]
        if missing:
            place = place_of(missing[0])
            raise InputError(
                f"Input y contains NaN: {len(missing)} of its {len(given)} classes are missing, "
                f"the first in {place.en}. Leave such rows out; a class cannot be filled in.",
                f"y 含有 NaN：{len(given)} 个类别中有 {len(missing)} 个缺失，第一个在{place.zh}。"
                "请去掉这些行；类别无法填补。",
            )
    if len(kinds) > 1:
        _refuse_mixed(given, list(kinds.values()))
    if "other" in kinds:
        raise InputError(
            f"Unknown label type: unknown. y holds values of type {kinds['other'].__name__}. "
            "Classes are whole numbers, truth values or text.",
            f"y 中的值类型为 {kinds['other'].__name__}，无法作为类别。类别应为整数、布尔值或文本。",
        )
    if "number" in kinds or "truth" in kinds:
        return encode(np.array(given))
    classes = sorted(set(given))
    place_in = {label: i for i, label in enumerate(classes)}
    index = np.fromiter(map(place_in.__getitem__, given), np.int32, len(given))
    return Labels(np.array(classes, dtype=values.dtype), index)


def _kind(of: type) -> str:
    if issubclass(of, str):
        return "text"
    if issubclass(of, bytes):
        return "bytes"
    if issubclass(of, bool | np.bool_):
        return "truth"
    if issubclass(of, int | float | np.integer | np.floating):
        return "number"
    return "missing" if of.__name__ in ("NoneType", "NAType", "NaTType") else "other"


def _is_missing(value: Any) -> bool:
    return _kind(type(value)) == "missing" or (isinstance(value, float) and value != value)


def _refuse_mixed(given: list[Any], types: list[type]) -> NoReturn:
    examples = {of: next(v for v in given if type(v) is of) for of in types}
    listed = " and ".join(f"{of.__name__} ({value!r})" for of, value in examples.items())
    listed_zh = "、".join(f"{of.__name__}（{value!r}）" for of, value in examples.items())
    raise InputError(
        f"Unknown label type: y holds labels of mixed type: {listed}. Make them all the same, for "
        "example text: [str(label) for label in y].",
        f"y 的标签类型不一致：{listed_zh}。请统一类型，例如都转换为文本："
        "[str(label) for label in y]。",
    )
