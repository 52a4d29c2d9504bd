"""The functions as vmap, grad and the other transformations of torch.func need them.

A call of theirs costs more than a plain one, for which `ogive.activations.tensors` has its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from ogive.activations.rows import check_rows, row_backward, row_value
from ogive.activations.tensors import ONCE, memory, slopes_about_zero

if TYPE_CHECKING:
    from ogive.activations.function import Activation

__all__ = ["slope", "transformed", "transformed_slope_below"]


def transformed(function: Activation, z: Any) -> Any:
    """Return the function of a float32 or float64 tensor."""
    kind = _Elementwise if function.kind == "elementwise" else _Rows
    return kind.apply(z, function)


def slope(function: Activation, z: Any) -> Any:
    """Return the derivative of a function of one number."""
    return _Slope.apply(z, function)


def transformed_slope_below(z: Any, slope: Any, at_zero: str) -> Any:
    """Return what `ogive.activations.tensors.slope_below` does."""
    return _SlopeBelow.apply(z, slope, at_zero)


class _Elementwise(torch.autograd.Function):  # type: ignore[misc]
    """The value; the slope is computed once it is asked for, which cannot be told beforehand."""

    @staticmethod
    def forward(z: Any, function: Activation) -> Any:
        value = torch.empty_like(z)
        function.compiled.value(memory(z), out=value.numpy())
        return value

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, Activation], output: Any) -> None:
        z, ctx.function = inputs
        ctx.save_for_backward(z)
        ctx.save_for_forward(z)

    @staticmethod
    def backward(ctx: Any, error: Any) -> tuple[Any, None]:
        (z,) = ctx.saved_tensors
        return error * _Slope.apply(z, ctx.function), None

    @staticmethod
    def jvp(ctx: Any, tangent: Any, _: None) -> Any:
        (z,) = ctx.saved_tensors
        return tangent * _Slope.apply(z, ctx.function)

    @staticmethod
    def vmap(info: Any, in_dims: Any, z: Any, function: Activation) -> Any:
        return _Elementwise.apply(z, function), in_dims[0]


class _Slope(torch.autograd.Function):  # type: ignore[misc]
    """The derivative, which cannot be differentiated once more."""

    @staticmethod
    def forward(z: Any, function: Activation) -> Any:
        slope = torch.empty_like(z)
        function.compiled.derivative(memory(z), out=slope.numpy())
        return slope

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Any) -> None:
        pass

    @staticmethod
    def backward(ctx: Any, error: Any) -> Any:
        raise NotImplementedError(ONCE)

    @staticmethod
    def jvp(ctx: Any, *_: Any) -> Any:
        raise NotImplementedError(ONCE)

    @staticmethod
    def vmap(info: Any, in_dims: Any, z: Any, function: Activation) -> Any:
        return _Slope.apply(z, function), in_dims[0]


class _Rows(torch.autograd.Function):  # type: ignore[misc]
    """A function of whole rows, which are the last axis."""

    @staticmethod
    def forward(z: Any, function: Activation) -> Any:
        check_rows(function, tuple(z.shape))
        return torch.from_numpy(row_value(function, memory(z)))

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, Activation], output: Any) -> None:
        ctx.save_for_backward(inputs[0])
        ctx.function = inputs[1]

    @staticmethod
    def backward(ctx: Any, error: Any) -> tuple[Any, None]:
        (z,) = ctx.saved_tensors
        return _RowsBackward.apply(z, error, ctx.function), None

    @staticmethod
    def jvp(ctx: Any, *_: Any) -> Any:
        raise NotImplementedError(
            "ogive's functions of whole rows give derivatives in reverse mode only; use "
            "torch.func.vjp, grad or jacrev in place of jvp or jacfwd."
        )

    @staticmethod
    def vmap(info: Any, in_dims: Any, z: Any, function: Activation) -> Any:
        z = z.movedim(in_dims[0], 0)
        check_rows(function, tuple(z.shape[1:]))
        return _Rows.apply(z, function), 0


class _RowsBackward(torch.autograd.Function):  # type: ignore[misc]
    @staticmethod
    def forward(z: Any, error: Any, function: Activation) -> Any:
        return torch.from_numpy(row_backward(function, memory(z), memory(error)))

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Any) -> None:
        pass

    @staticmethod
    def backward(ctx: Any, error: Any) -> Any:
        raise NotImplementedError(ONCE)

    @staticmethod
    def vmap(info: Any, in_dims: Any, z: Any, error: Any, function: Activation) -> Any:
        z, error = (
            part.expand(info.batch_size, *part.shape) if at is None else part.movedim(at, 0)
            for part, at in zip((z, error), in_dims, strict=False)
        )
        return _RowsBackward.apply(z, error, function), 0


class _SlopeBelow(torch.autograd.Function):  # type: ignore[misc]
    generate_vmap_rule = True

    @staticmethod
    def forward(z: Any, slope: Any, at_zero: str) -> Any:
        return torch.where(z > 0, z, slope * z)

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, Any, str], output: Any) -> None:
        z, slope, ctx.at_zero = inputs
        ctx.save_for_backward(z, slope)
        ctx.save_for_forward(z, slope)

    @staticmethod
    def backward(ctx: Any, error: Any) -> Any:
        z, slope = ctx.saved_tensors
        by_slope = (error * z.clamp(max=0)).sum_to_size(slope.shape)
        return error * slopes_about_zero(z, slope, ctx.at_zero), by_slope, None

    @staticmethod
    def jvp(ctx: Any, by_z: Any, by_slope: Any, _: None) -> Any:
        z, slope = ctx.saved_tensors
        change = torch.zeros_like(z)
        if by_z is not None:
            change = by_z * slopes_about_zero(z, slope, ctx.at_zero)
        return change if by_slope is None else change + by_slope * z.clamp(max=0)
