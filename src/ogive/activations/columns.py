"""Series and data frames of pandas, Polars and PyArrow in, and the same kind out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ogive.activations.arrays import Asked
from ogive.text import InputError

if TYPE_CHECKING:
    from ogive.activations.function import Activation

__all__ = ["evaluate_columns", "is_column_data"]


def is_column_data(z: object) -> bool:
    """Tell whether `z` is a series or frame that narwhals knows."""
    from narwhals import dependencies

    return bool(
        dependencies.is_into_series(z)
        or dependencies.is_into_dataframe(z)
        or dependencies.is_polars_lazyframe(z)
    )


def evaluate_columns(function: Activation, asked: Asked, z: Any) -> Any:
    """Return the value or derivative of each column.

    float32 columns stay float32, other numbers and booleans become float64. Names and index are
    kept. A missing value stays missing where the library tells it from NaN, otherwise it is NaN.
    """
    import narwhals as nw

    if function.kind != "elementwise":
        raise InputError(
            f"{function.name!r} acts on whole rows, which a {type(z).__name__} does not hold as "
            "such; give a NumPy array, such as z.to_numpy().",
            f"{function.name!r} 作用于整行，而 {type(z).__name__} 并不按行存放数据；"
            "请传入 NumPy 数组，例如 z.to_numpy()。",
        )
    try:
        given = nw.from_native(z, allow_series=True)
    except nw.exceptions.DuplicateError:
        raise InputError(
            "z uses a column name more than once; give every column its own.",
            "z 中有重复的列名；请让每一列的名称各不相同。",
        ) from None
    if isinstance(given, nw.LazyFrame):
        raise InputError(
            "z is a lazy frame, which holds no numbers yet; give z.collect().",
            "z 是惰性数据框，尚无数据；请传入 z.collect()。",
        )
    ufunc = getattr(function.compiled, asked)
    if isinstance(given, nw.Series):
        return _series(ufunc, given, nw).to_native()
    made = [_series(ufunc, given[name], nw) for name in given.columns]
    return given.with_columns(*made).to_native() if made else z


def _series(ufunc: Any, given: Any, nw: Any) -> Any:
    dtype = given.dtype
    if not (dtype.is_numeric() or dtype == nw.Boolean) or dtype.is_decimal():
        called = f"column {given.name!r}" if given.name is not None else "z"
        called_zh = f"列 {given.name!r}" if given.name is not None else "z"
        raise InputError(
            f"{called} has dtype {dtype}; an activation takes float32, float64 or integers.",
            f"{called_zh} 的 dtype 是 {dtype}；激活函数只接受 float32、float64 或整数。",
        )
    numbers = given.cast(nw.Float32 if dtype == nw.Float32 else nw.Float64)
    if hasattr(given.to_native(), "__array_ufunc__"):
        return nw.from_native(ufunc(numbers.to_native()), series_only=True)
    values = ufunc(np.asarray(numbers.to_numpy()))
    made = nw.new_series(given.name, values, numbers.dtype, backend=given.implementation)
    nothing = nw.new_series(
        given.name, [None] * len(values), numbers.dtype, backend=given.implementation
    )
    return made.zip_with(~given.is_null(), nothing)
