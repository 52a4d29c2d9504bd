"""Checks the rows given to a linear regression, and says what is wrong with bad ones."""

from __future__ import annotations

from typing import Any, NamedTuple, NoReturn

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.utils.validation import (
    _check_sample_weight,
    check_array,
    validate_data,
)

from ogive.linear.solution import Array
from ogive.text import InputError

__all__ = ["CheckedRows", "checked_rows", "explain_not_finite"]

EXACT = 2**53
"""Whole numbers up to here are float64 without rounding."""


class CheckedRows(NamedTuple):
    """Features (dense, or sparse as CSR), targets as given, and weights or None."""

    X: Any
    y: NDArray[Any]
    weight: Array | None


def checked_rows(model: Any, X: Any, y: Any, sample_weight: Any, reset: bool = True) -> CheckedRows:
    """Check what `fit` was given, and note the names and number of features in `model`.

    Without `reset` they are compared with what was noted before.

    Raises
    ------
    InputError
        Where values are missing, infinite, not numbers or whole numbers that float64 would round,
        where lengths differ, and where weights are negative or all 0.
    ValueError, TypeError
        scikit-learn's own, for anything else.
    """
    if isinstance(y, str):
        raise InputError(
            f"y={y!r} is a name, which goes with a Polars lazy frame, a file or a Dask data frame. "
            "With a table in memory give the values: y=table[name], and X without that column.",
            f"y={y!r} 是列名，仅用于 Polars 惰性表、文件或 Dask 数据表。"
            "对内存中的表请给出数值：y=table[name]，并从 X 中去掉该列。",
        )
    _refuse_rounded(X, "X")
    _refuse_rounded(y, "y")
    try:
        X_checked, y_checked = validate_data(
            model,
            X,
            y,
            accept_sparse=False if model.positive else "csr",
            dtype=(np.float64, np.float32),
            y_numeric=True,
            multi_output=True,
            # The exact solver looks at every number anyway; a pass of its own takes as long.
            reset=reset,
            ensure_all_finite=model.positive or sparse.issparse(X),
        )
    except ValueError as error:
        _explain(X, y, error)
    if sample_weight is None:
        return CheckedRows(X_checked, y_checked, None)
    try:
        weight = _check_sample_weight(sample_weight, X_checked, dtype=np.float64)
    except ValueError as error:
        _explain_weights(sample_weight, X_checked.shape[0], error)
    check_weights(weight)
    return CheckedRows(X_checked, y_checked, weight)


def explain_not_finite(X: Any, y: Any) -> NoReturn:
    """Say which numbers of X or y are not finite."""
    _name_non_finite(X, "Input X")
    _name_non_finite(y, "Input y")
    raise InputError(
        "Input X or y contains NaN or infinity. Leave such rows out, or fill them in.",
        "X 或 y 含有 NaN 或无穷大。请去掉这些行，或先填补。",
    )


def check_weights(weight: Array) -> None:
    """Refuse negative weights, and weights that are all 0."""
    negative = np.flatnonzero(weight < 0)
    if negative.size:
        first = int(negative[0])
        raise InputError(
            f"Negative values in data passed to `sample_weight`: {negative.size} of them, the "
            f"first in row {first + 1} ({weight[first]:g}). Weights must be 0 or more.",
            f"`sample_weight` 中有 {negative.size} 个负值，第一个在第 {first + 1} 行"
            f"（{weight[first]:g}）。权重必须不小于 0。",
        )
    if not weight.any():
        raise _all_zero()


def _all_zero() -> InputError:
    return InputError(
        "All values of sample_weight are 0, so no row counts. Sample weights must contain at least "
        "one non-zero number.",
        "sample_weight 全为 0，没有任何行起作用。请至少给一部分行大于 0 的权重。",
    )


def _refuse_rounded(values: Any, name: str) -> None:
    dtype = getattr(values, "dtype", None)
    if not (isinstance(values, np.ndarray) and dtype is not None and dtype.kind in "iu"):
        return
    if dtype.itemsize < 8 or values.size == 0:
        return
    if int(values.max()) <= EXACT and int(values.min()) >= -EXACT:
        return
    with np.errstate(invalid="ignore"):
        rounded = values.astype(np.longdouble) != values.astype(np.float64)
    if rounded.any():
        where = np.argwhere(rounded)[0]
        value = values[tuple(where)]
        raise InputError(
            f"{name} holds {int(rounded.sum())} whole numbers beyond 2**53 that float64 cannot "
            f"hold, the first in row {where[0] + 1} ({value}). Subtract a constant from them "
            "before they are converted, or convert them yourself if the rounding does no harm.",
            f"{name} 中有 {int(rounded.sum())} 个超过 2**53、float64 无法精确表示的整数，"
            f"第一个在第 {where[0] + 1} 行（{value}）。请在转换之前先减去一个常数；"
            "如果舍入无妨，也可自行转换为浮点数。",
        )


def _explain(X: Any, y: Any, error: ValueError) -> NoReturn:
    """Raise what is to be said in place of scikit-learn's `error`, or that error itself."""
    message = str(error)
    if "NaN" in message or "infinity" in message:
        _name_non_finite(X, "Input X" if "Input X" in message or "y" not in message else "Input y")
        _name_non_finite(y, "Input y")
    elif "inconsistent numbers of samples" in message:
        try:
            rows, targets = len(X) if not sparse.issparse(X) else X.shape[0], len(y)
        except TypeError:
            raise error from None
        raise InputError(
            f"X has {rows} rows and y has {targets}: found input variables with inconsistent "
            "numbers of samples. Each row of X needs one value in y.",
            f"X 有 {rows} 行，而 y 有 {targets} 个值。X 的每一行都需要一个 y 值。",
        ) from None
    elif "could not convert string to float" in message:
        _name_text(X, "X", error)
        _name_text(y, "y", error)
    raise error


def _name_non_finite(values: Any, name: str) -> None:
    try:
        array = check_array(
            values,
            accept_sparse="coo",
            dtype=np.float64,
            ensure_all_finite=False,
            ensure_2d=False,
            allow_nd=True,
            ensure_min_features=0,
            ensure_min_samples=0,
        )
    except (TypeError, ValueError):
        return
    if sparse.issparse(array):
        bad = ~np.isfinite(array.data)
        rows, columns = array.row[bad], array.col[bad]
        missing = int(np.isnan(array.data).sum())
    else:
        where = np.argwhere(~np.isfinite(array))
        rows = where[:, 0]
        columns = where[:, 1] if array.ndim == 2 else np.zeros(len(rows), dtype=int)
        missing = int(np.isnan(array).sum())
    if len(rows) == 0:
        return
    order = np.lexsort((columns, rows))
    first, column = int(rows[order[0]]), int(columns[order[0]])
    found = np.unique(columns)
    names = list(getattr(values, "columns", range(array.shape[1] if array.ndim == 2 else 1)))
    in_columns = ", ".join(repr(names[c]) for c in found[:5]) + (", ..." if len(found) > 5 else "")
    place = f"row {first + 1}" + (f", column {names[column]!r}" if array.ndim == 2 else "")
    place_zh = f"第 {first + 1} 行" + (f"、列 {names[column]!r}" if array.ndim == 2 else "")
    columns_en = f", in columns {in_columns}" if array.ndim == 2 else ""
    columns_zh = f"，位于列 {in_columns}" if array.ndim == 2 else ""
    infinite = len(rows) - missing
    kinds = [
        f"{count} {kind} value{'' if count == 1 else 's'}"
        for count, kind in ((missing, "missing"), (infinite, "infinite"))
        if count
    ]
    contains = "NaN" if missing else "infinity"
    raise InputError(
        f"{name} contains {contains}: {' and '.join(kinds)}{columns_en}, the first "
        f"in {place}. Leave such rows out, or fill them in, for example with "
        "sklearn.impute.SimpleImputer.",
        f"{name} 含有 {contains}：缺失值 {missing} 个，无穷大 {infinite} 个{columns_zh}；"
        f"第一个在{place_zh}。请去掉这些行，或先填补，例如用 sklearn.impute.SimpleImputer。",
    ) from None


def _name_text(values: Any, name: str, error: ValueError) -> None:
    columns = getattr(values, "columns", None)
    if columns is None:
        return
    text = [str(c) for c in columns if not _numeric(values[c])]
    if not text:
        return
    listed = ", ".join(repr(c) for c in text[:5]) + (", ..." if len(text) > 5 else "")
    raise InputError(
        f"{name} holds text in {listed} ({error}). A regression takes numbers: leave these "
        "columns out, or turn them into numbers, for example with "
        "sklearn.preprocessing.OneHotEncoder.",
        f"{name} 的 {listed} 列是文本（{error}）。回归只接受数字：请去掉这些列，"
        "或先转换成数字，例如用 sklearn.preprocessing.OneHotEncoder。",
    ) from None


def _numeric(column: Any) -> bool:
    try:
        np.asarray(column, dtype=np.float64)
    except (TypeError, ValueError):
        return False
    return True


def _explain_weights(weights: Any, n_rows: int, error: ValueError) -> NoReturn:
    message = str(error)
    if "non-zero" in message:
        raise _all_zero() from None
    if "NaN" in message or "infinity" in message:
        _name_non_finite(weights, "Input sample_weight")
    shape = np.shape(weights)
    if len(shape) == 1 and shape[0] != n_rows:
        check = f"sample_weight.shape == {shape}, expected {(n_rows,)}!"
        raise InputError(
            f"{check} Each of the {n_rows} rows needs one weight; {shape[0]} were given.",
            f"sample_weight 有 {shape[0]} 个值，而 {n_rows} 行中每行需要一个权重。",
        ) from None
    raise error
