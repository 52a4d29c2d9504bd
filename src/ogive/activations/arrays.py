"""Brings what a user gives into the form the core reads, and the result back."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ogive.text import InputError

__all__ = ["Array", "contiguous", "destination", "finish"]

Array = NDArray[np.floating[Any]]


def contiguous(z: object) -> Array:
    """Return `z` as a C-contiguous, aligned array of native float32 or float64, of its shape."""
    array = np.asarray(z)
    dtype: type[np.float32 | np.float64]
    if array.dtype.kind == "f" and array.dtype.itemsize <= 4:
        dtype = np.float32
    elif array.dtype.kind in "biu" or (array.dtype.kind == "f" and array.dtype.itemsize == 8):
        dtype = np.float64
    else:
        raise InputError(
            f"z has dtype {array.dtype}; an activation takes float32, float64 or integers.",
            f"z 的 dtype 是 {array.dtype}；激活函数只接受 float32、float64 或整数。",
        )
    return np.require(array, dtype, ["C", "A"]).reshape(array.shape)


def destination(z: Array, out: Array | None) -> Array:
    """Return the array that the core may write to: `out` itself where that is safe."""
    if out is None:
        return np.empty(z.shape, z.dtype)
    if not isinstance(out, np.ndarray):
        raise InputError(
            f"out must be a NumPy array, not {type(out).__name__}.",
            f"out 必须是 NumPy 数组，而不是 {type(out).__name__}。",
        )
    if out.shape != z.shape or out.dtype.newbyteorder("=") != z.dtype or not out.flags.writeable:
        state = "" if out.flags.writeable else "read-only "
        state_zh = "" if out.flags.writeable else "只读的 "
        raise InputError(
            f"out must be a writable array of shape {z.shape} and dtype {z.dtype};"
            f" got {state}{out.shape}, {out.dtype}.",
            f"out 必须是形状为 {z.shape}、dtype 为 {z.dtype} 的可写数组；"
            f"实际是{state_zh or ' '}{out.shape}，{out.dtype}。",
        )
    in_place = out.ctypes.data == z.ctypes.data
    usable = out.flags.c_contiguous and out.flags.aligned and out.dtype.isnative
    if usable and (in_place or not np.may_share_memory(out, z)):
        return out
    return np.empty(z.shape, z.dtype)


def finish(result: Array, out: Array | None, scalar: bool) -> Any:
    """Return `result`, copied to `out` where the core could not write there."""
    if out is None:
        return result[()] if scalar else result
    if result is not out:
        np.copyto(out, result)
    return out
