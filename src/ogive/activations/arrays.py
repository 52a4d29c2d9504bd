"""Brings what a user gives into the form the core reads, and the result back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from ogive.text import InputError

if TYPE_CHECKING:
    from ogive.activations.function import Activation

__all__ = ["Array", "Asked", "check_out", "evaluate", "evaluate_both", "floating"]

Array = NDArray[np.floating[Any]]
Asked = Literal["value", "derivative"]

_FRAMES = frozenset({"pandas", "polars", "pyarrow", "modin", "cudf"})


def evaluate(function: Activation, asked: Asked, z: object, out: Array | None) -> Any:
    """Return the value or derivative at `z`, whatever kind of array it is."""
    guest = _guest(z)
    if guest is not None:
        _refuse_out(out, z)
        return guest(function, asked, z)
    array = floating(z)
    if function.kind != "elementwise":
        from ogive.activations.rows import evaluate_rows

        return evaluate_rows(function, asked, array, out)
    ufunc = getattr(function.compiled, asked)
    if out is None:
        return ufunc(array)
    check_out(out, array.shape, array.dtype)
    return ufunc(array, out=out)


def evaluate_both(
    function: Activation, z: object, out: tuple[Array, Array] | None
) -> tuple[Any, Any]:
    """Return value and derivative at `z`."""
    first, second = (None, None) if out is None else _pair(out)
    if _guest(z) is not None or function.kind != "elementwise":
        # The value last: its `out` may be z itself.
        derivative = evaluate(function, "derivative", z, second)
        return evaluate(function, "value", z, first), derivative
    array = floating(z)
    both = function.compiled.value_and_derivative
    if first is None or second is None:
        value, derivative = both(array)
        return value, derivative
    for one in (first, second):
        check_out(one, array.shape, array.dtype)
    if np.may_share_memory(first, second):
        raise InputError(
            "out must be two arrays that do not overlap.", "out 必须是两个互不重叠的数组。"
        )
    value, derivative = both(array, out=(first, second))
    return value, derivative


def floating(z: object) -> Array:
    """Return `z` as an array of float32 or float64; one that is so already, as it is."""
    try:
        array = np.asanyarray(z)
    except ValueError as error:
        raise InputError(
            f"z cannot be read as an array: {error}.", f"z 无法作为数组读取：{error}。"
        ) from None
    kind, size = array.dtype.kind, array.dtype.itemsize
    if kind == "f" and size in (4, 8):
        return array
    if kind == "f" and size == 2:
        return array.astype(np.float32)
    if kind in "biu":
        return array.astype(np.float64)
    raise InputError(
        f"z has dtype {array.dtype}; an activation takes float32, float64 or integers.",
        f"z 的 dtype 是 {array.dtype}；激活函数只接受 float32、float64 或整数。",
    )


def check_out(out: object, shape: tuple[int, ...], dtype: np.dtype[Any]) -> None:
    """Refuse an `out` that cannot take a result of this shape and dtype."""
    if not isinstance(out, np.ndarray):
        raise InputError(
            f"out must be a NumPy array, not {type(out).__name__}.",
            f"out 必须是 NumPy 数组，而不是 {type(out).__name__}。",
        )
    native = dtype.newbyteorder("=")
    if out.shape != shape or out.dtype.newbyteorder("=") != native or not out.flags.writeable:
        state = "" if out.flags.writeable else "read-only "
        state_zh = "" if out.flags.writeable else "只读的 "
        raise InputError(
            f"out must be a writable array of shape {shape} and dtype {native};"
            f" got {state}{out.shape}, {out.dtype}.",
            f"out 必须是形状为 {shape}、dtype 为 {native} 的可写数组；"
            f"实际是{state_zh or ' '}{out.shape}，{out.dtype}。",
        )


def _pair(out: object) -> tuple[Array, Array]:
    if isinstance(out, tuple) and len(out) == 2:
        return out
    raise InputError(
        "out must be a tuple of two arrays, for the value and the derivative;"
        f" got {type(out).__name__}.",
        f"out 必须是由两个数组（分别接收函数值与导数）组成的元组，实际是 {type(out).__name__}。",
    )


def _refuse_out(out: object, z: object) -> None:
    if out is not None:
        raise InputError(
            f"out is for NumPy arrays only; z is a {type(z).__name__}, so leave out away.",
            f"out 仅用于 NumPy 数组；z 是 {type(z).__name__}，请勿传入 out。",
        )


def _guest(z: object) -> Any:
    """Return what evaluates an array of another library, or None if NumPy takes `z` itself."""
    if isinstance(z, (np.ndarray, np.generic, list, tuple, int, float)):
        return None
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(z, torch.Tensor):
        from ogive.activations.tensors import evaluate_tensor

        return evaluate_tensor
    # Asked before narwhals is imported, which takes longer than most calls.
    if not any(kind.__module__.partition(".")[0] in _FRAMES for kind in type(z).__mro__):
        return None
    from ogive.activations.columns import evaluate_columns, is_column_data

    return evaluate_columns if is_column_data(z) else None
