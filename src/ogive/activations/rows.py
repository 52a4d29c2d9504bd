"""Vector functions and gates on NumPy arrays: they act on rows, along the last axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ogive._engine import core
from ogive.activations.arrays import Array, check_out
from ogive.text import InputError

if TYPE_CHECKING:
    from ogive.activations.function import Activation

__all__ = ["evaluate_rows", "row_backward", "row_value"]


def evaluate_rows(function: Activation, asked: str, z: Array, out: Array | None) -> Array:
    """Return the value, the Jacobian of a vector function, or the slopes of a gate."""
    check_rows(function, z.shape)
    source = np.asarray(z, z.dtype.newbyteorder("="))
    result = row_value(function, source) if asked == "value" else _derivative(function, source)
    if out is None:
        return result
    check_out(out, result.shape, result.dtype)
    np.copyto(out, result)
    return out


def check_rows(function: Activation, shape: tuple[int, ...]) -> None:
    """Refuse what has no rows, or rows that a gate cannot halve."""
    if not shape or shape[-1] == 0:
        raise InputError(
            f"{function.name!r} acts on rows, along the last axis; z has shape {shape}, so it"
            " needs an axis with at least one number.",
            f"{function.name!r} 沿最后一个轴作用于整行；z 的形状是 {shape}，"
            "最后一个轴上至少要有一个数。",
        )
    if function.kind == "gate" and shape[-1] % 2 == 1:
        raise InputError(
            f"{function.name!r} multiplies one half of the last axis by a function of the other,"
            f" so that axis must be even; z has shape {shape}.",
            f"{function.name!r} 把最后一个轴的一半与另一半的函数值相乘，因此该轴长度必须是偶数；"
            f"z 的形状是 {shape}。",
        )


def row_value(function: Activation, z: Array) -> Array:
    """Return the function of each row."""
    rows = _matrix(z)
    width = rows.shape[1] // (2 if function.kind == "gate" else 1)
    out = np.empty((rows.shape[0], width), z.dtype)
    core.row_value(function.name, rows, out)
    return out.reshape(*z.shape[:-1], width)


def row_backward(function: Activation, z: Array, error: Array) -> Array:
    """Return the gradient by `z`, given the one by the function's outputs."""
    rows = _matrix(z)
    out = np.empty_like(rows)
    core.row_backward(function.name, rows, _matrix(np.asarray(error, z.dtype)), out)
    result: Array = out.reshape(z.shape)
    return result


def _derivative(function: Activation, z: Array) -> Array:
    n = z.shape[-1]
    if function.kind == "gate":
        return row_backward(function, z, np.ones((*z.shape[:-1], n // 2), z.dtype))
    jacobian = np.empty((*z.shape, n), z.dtype)
    error = np.zeros_like(z)
    for output in range(n):
        error[...] = 0
        error[..., output] = 1
        jacobian[..., output, :] = row_backward(function, z, error)
    return jacobian


def _matrix(z: Array) -> Any:
    return np.ascontiguousarray(z).reshape(-1, z.shape[-1])
