"""Checks the rows given to a linear regression, and says what is wrong with bad ones."""

from __future__ import annotations

import datetime
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
from ogive.text import InputError, Text

__all__ = [
    "CheckedRows",
    "check_weights",
    "checked_rows",
    "explain",
    "explain_not_finite",
    "explain_weights",
    "place_of",
    "refuse_dates",
]

FILL_IN = Text(
    "Leave such rows out, or fill them in, for example with sklearn.impute.SimpleImputer.",
    "请去掉这些行，或先填补，例如用 sklearn.impute.SimpleImputer。",
)
BOUND = Text(
    "Leave such rows out, or put a finite number there; often a division by 0 or the logarithm of "
    "0 made them.",
    "请去掉这些行，或换成有限的数；它们往往来自除以 0 或对 0 取对数。",
)
FILL_IN_AND_BOUND = Text(
    "Leave such rows out, or put finite numbers there: infinite values have to be replaced first, "
    "as imputers of missing values refuse them.",
    "请去掉这些行，或换成有限的数：须先替换无穷大，因为填补缺失值的工具不接受无穷大。",
)
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
        Where values are missing, infinite, dates, not numbers or whole numbers that float64 would
        round,
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
    for values, name in ((X, "X"), (y, "y")):
        _refuse_rounded(values, name)
        refuse_dates(values, name)
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
    except (ValueError, TypeError) as error:
        explain(X, y, error)
    if sample_weight is None:
        return CheckedRows(X_checked, y_checked, None)
    try:
        weight = _check_sample_weight(sample_weight, X_checked, dtype=np.float64)
    except ValueError as error:
        explain_weights(sample_weight, X_checked.shape[0], error)
    check_weights(weight)
    return CheckedRows(X_checked, y_checked, weight)


def place_of(row: int) -> Text:
    """Return where a row is, which is counted from 0 as in Python."""
    return Text(f"row {row:,} (counted from 0)", f"第 {row:,} 行（从 0 起数）")


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
        place = place_of(first)
        many = negative.size > 1
        raise InputError(
            f"Negative values in data passed to `sample_weight`: {negative.size} of them, the "
            f"{'first' if many else 'only one'} in {place.en}: {weight[first]:g}. Weights must be "
            "0 or more.",
            f"`sample_weight` 中有 {negative.size} 个负值，第一个在{place.zh}：{weight[first]:g}。"
            "权重必须不小于 0。",
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
        value, count = values[tuple(where)], int(rounded.sum())
        place = place_of(int(where[0]))
        raise InputError(
            f"{name} holds {count} whole number{'' if count == 1 else 's'} beyond 2**53 that "
            f"float64 cannot hold, the first in {place.en}: {value}. Subtract a constant from the "
            "column before it is converted, or convert it yourself if the rounding does no harm.",
            f"{name} 中有 {count} 个超过 2**53、float64 无法精确表示的整数，"
            f"第一个在{place.zh}：{value}。请在转换之前先减去一个常数；"
            "如果舍入无妨，也可自行转换为浮点数。",
        )


def refuse_dates(values: Any, name: str) -> None:
    """Refuse dates and times, which some libraries turn into numbers of whatever unit they use."""
    columns = getattr(values, "columns", None)
    if columns is None:
        if _is_temporal(getattr(values, "dtype", None)):
            raise _of_dates(values, name, [])
        return
    dtypes = getattr(values, "dtypes", ())
    found = [str(c) for c, dtype in zip(columns, dtypes, strict=False) if _is_temporal(dtype)]
    if found:
        raise _of_dates(values, name, found)


def _is_temporal(dtype: Any) -> bool:
    temporal = getattr(dtype, "is_temporal", None)  # of Polars
    return bool(temporal()) if callable(temporal) else getattr(dtype, "kind", "") in ("M", "m")


def _of_dates(values: Any, name: str, columns: list[str]) -> InputError:
    listed = _listed(columns)
    column = f"{name}[{columns[0]!r}]" if columns else name
    days = f"({column} - {column}.min()) / np.timedelta64(1, 'D')"
    if type(values).__module__.startswith("polars"):
        days = f"({column} - {column}.min()).dt.total_days()"
    return InputError(
        f"{name} holds dates or times{f' in {listed}' if columns else ''}. A regression takes "
        f"numbers: leave them out, or turn them into days since a fixed day, for example by "
        f"{days}.",
        f"{name} {f'的 {listed} 列' if columns else ''}是日期或时间。回归只接受数字：请去掉，"
        f"或换算成自某一天起的天数，例如 {days}。",
    )


def _listed(names: list[str]) -> str:
    return ", ".join(repr(c) for c in names[:5]) + (", ..." if len(names) > 5 else "")


def explain(X: Any, y: Any, error: ValueError | TypeError) -> NoReturn:
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
    elif isinstance(error, TypeError) or "could not convert string to float" in message:
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
    place = place_of(first)
    in_column = f", column {names[column]!r}" if len(found) > 1 else ""
    in_column_zh = f"、列 {names[column]!r}" if len(found) > 1 else ""
    several = "s" * (len(found) > 1)
    columns_en = f", in column{several} {in_columns}" if array.ndim == 2 else ""
    columns_zh = f"，位于列 {in_columns}" if array.ndim == 2 else ""
    infinite = len(rows) - missing
    kinds = [
        f"{count} {kind} value{'' if count == 1 else 's'}"
        for count, kind in ((missing, "missing"), (infinite, "infinite"))
        if count
    ]
    contains = "NaN" if missing else "infinity"
    advice = FILL_IN if not infinite else BOUND if not missing else FILL_IN_AND_BOUND
    raise InputError(
        f"{name} contains {contains}: {' and '.join(kinds)}{columns_en}, the first "
        f"in {place.en}{in_column}. {advice.en}",
        f"{name} 含有 {contains}：缺失值 {missing} 个，无穷大 {infinite} 个{columns_zh}；"
        f"第一个在{place.zh}{in_column_zh}。{advice.zh}",
    ) from None


def _name_text(values: Any, name: str, error: ValueError | TypeError) -> None:
    columns = getattr(values, "columns", None)
    if columns is None:
        return
    other = [c for c in columns if not _numeric(values[c])]
    dates = [str(c) for c in other if _holds_dates(values[c])]
    if dates:
        raise _of_dates(values, name, dates) from None
    if not other:
        return
    kind = ("text", "文本") if isinstance(error, ValueError) else ("no numbers", "非数值")
    listed = _listed([str(c) for c in other])
    raise InputError(
        f"{name} holds {kind[0]} in {listed} ({error}). A regression takes numbers: leave these "
        "columns out, or turn them into numbers, for example with "
        "sklearn.preprocessing.OneHotEncoder.",
        f"{name} 的 {listed} 列是{kind[1]}（{error}）。回归只接受数字：请去掉这些列，"
        "或先转换成数字，例如用 sklearn.preprocessing.OneHotEncoder。",
    ) from None


def _holds_dates(column: Any) -> bool:
    cells = (cell for cell in column if cell is not None and not isinstance(cell, float))
    return isinstance(next(cells, None), datetime.date | datetime.time | datetime.timedelta)


def _numeric(column: Any) -> bool:
    try:
        np.asarray(column, dtype=np.float64)
    except (TypeError, ValueError):
        return False
    return True


def explain_weights(weights: Any, n_rows: int, error: ValueError) -> NoReturn:
    """Raise what is to be said of weights in place of scikit-learn's `error`, or that error."""
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
