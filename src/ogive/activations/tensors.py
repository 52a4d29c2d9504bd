"""PyTorch tensors in and out, without a copy of their memory, with gradients.

This module imports torch; others import it only once there is a tensor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from ogive.activations.arrays import Asked
from ogive.activations.rows import check_rows, row_backward, row_value
from ogive.text import InputError

if TYPE_CHECKING:
    from ogive.activations.function import Activation

__all__ = [
    "ONCE",
    "apply",
    "computable",
    "evaluate_tensor",
    "memory",
    "result_type",
    "slope_below",
    "slopes_about_zero",
]

ONCE = (
    "ogive's activations give first derivatives only; a second derivative through one "
    "(backward of a gradient computed with create_graph=True, torch.func.hessian) is not available."
)
# Whether vmap, grad or another transformation of torch.func is under way. What they need costs
# every call some 0.1 ms, so that plain calls go without; they would also do with it.
_transforming = getattr(torch._C, "_are_functorch_transforms_active", lambda: True)


def evaluate_tensor(function: Activation, asked: Asked, z: Any) -> Any:
    """Return the value, through which gradients flow, or the derivative, without a graph."""
    if asked == "value":
        return apply(function, z)
    from ogive.activations.arrays import evaluate

    numbers = computable(z).detach()
    if function.kind == "elementwise" and _transforming():
        from ogive.activations.tensor_transforms import slope

        return slope(function, numbers).to(result_type(z))
    return torch.from_numpy(np.asarray(evaluate(function, asked, memory(numbers), None))).to(
        result_type(z)
    )


def apply(function: Activation, z: Any) -> Any:
    """Return the function of a tensor; half and bfloat16 are computed in float32."""
    numbers = computable(z)
    if _transforming():
        from ogive.activations.tensor_transforms import transformed

        return transformed(function, numbers).to(result_type(z))
    kind = _Elementwise if function.kind == "elementwise" else _Rows
    return kind.apply(numbers, function).to(result_type(z))


def result_type(z: Any) -> Any:
    """Return the dtype of the result: that of `z`, or torch's default for integers."""
    return z.dtype if z.dtype.is_floating_point else torch.get_default_dtype()


def computable(z: Any) -> Any:
    """Return `z` in float32 or float64, in the memory of this machine."""
    if z.dtype.is_complex or z.layout != torch.strided or z.device.type != "cpu":
        raise InputError(
            f"z is a {z.layout} tensor of {z.dtype} on {z.device}; an activation takes dense "
            "tensors of real numbers on the CPU, such as z.cpu().",
            f"z 是 {z.device} 上的 {z.dtype} 张量（{z.layout}）；"
            "激活函数只接受 CPU 上的稠密实数张量，例如 z.cpu()。",
        )
    if z.dtype in (torch.float32, torch.float64):
        return z
    return z.to(torch.float32 if z.dtype.is_floating_point else torch.get_default_dtype())


def memory(z: Any) -> Any:
    """Return the memory of a tensor as an array."""
    return np.from_dlpack(z.detach().resolve_neg())


class _Elementwise(torch.autograd.Function):  # type: ignore[misc]
    @staticmethod
    def forward(ctx: Any, z: Any, function: Activation) -> Any:
        value = torch.empty_like(z)
        if ctx.needs_input_grad[0]:
            slope = torch.empty_like(z)
            both = function.compiled.value_and_derivative
            both(memory(z), out=(value.numpy(), slope.numpy()))
            ctx.save_for_backward(z, slope)
        else:
            function.compiled.value(memory(z), out=value.numpy())
        return value

    @staticmethod
    def backward(ctx: Any, error: Any) -> Any:
        z, slope = ctx.saved_tensors
        return _Once.apply(error * slope.detach(), z), None


class _Rows(torch.autograd.Function):  # type: ignore[misc]
    @staticmethod
    def forward(ctx: Any, z: Any, function: Activation) -> Any:
        check_rows(function, tuple(z.shape))
        ctx.save_for_backward(z)
        ctx.function = function
        return torch.from_numpy(row_value(function, memory(z)))

    @staticmethod
    def backward(ctx: Any, error: Any) -> Any:
        (z,) = ctx.saved_tensors
        gradient = row_backward(ctx.function, memory(z), memory(error))
        return _Once.apply(torch.from_numpy(gradient), z, error), None


class _Once(torch.autograd.Function):  # type: ignore[misc]
    """A gradient that depends on others, which must not be differentiated once more."""

    @staticmethod
    def forward(ctx: Any, gradient: Any, *others: Any) -> Any:
        return gradient.view_as(gradient)

    @staticmethod
    def backward(ctx: Any, error: Any) -> Any:
        raise NotImplementedError(ONCE)


def slope_below(z: Any, slope: Any, at_zero: str) -> Any:
    """Return z above zero and ``slope * z`` below: a leaky ReLU whose slope can be learnt.

    `slope` broadcasts against `z`; `at_zero` chooses z's derivative there, as `subgradient` does.
    """
    if not torch.compiler.is_compiling() and _transforming():
        from ogive.activations.tensor_transforms import transformed_slope_below

        return transformed_slope_below(z, slope, at_zero)
    return _SlopeBelow.apply(z, slope, at_zero)


class _SlopeBelow(torch.autograd.Function):  # type: ignore[misc]
    @staticmethod
    def forward(ctx: Any, z: Any, slope: Any, at_zero: str) -> Any:
        ctx.save_for_backward(z, slope)
        ctx.at_zero = at_zero
        return torch.where(z > 0, z, slope * z)

    @staticmethod
    def backward(ctx: Any, error: Any) -> Any:
        z, slope = ctx.saved_tensors
        by_slope = (error * z.clamp(max=0)).sum_to_size(slope.shape)
        return error * slopes_about_zero(z, slope, ctx.at_zero), by_slope, None


def slopes_about_zero(z: Any, slope: Any, at_zero: str) -> Any:
    """Return the derivative in z of a leaky ReLU."""
    used = {"right": torch.ones_like(slope), "mean": (slope + 1) / 2}.get(at_zero, slope)
    return torch.where(z > 0, 1, torch.where(z < 0, slope, used))
