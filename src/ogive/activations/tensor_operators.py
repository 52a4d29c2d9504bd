"""The functions as operators that torch.compile can put into its graphs.

Its tracing cannot follow our arrays; an operator is known to it by name, shape and gradient only.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from ogive.activations.rows import check_rows, row_backward, row_value
from ogive.activations.tensors import memory

if TYPE_CHECKING:
    from ogive.activations.function import Activation

__all__ = ["apply_in_graph", "described"]


def described(function: Activation) -> str:
    """Return a text from which the same function can be made."""
    return json.dumps(function.__getstate__())


def apply_in_graph(description: str, kind: str, z: Any) -> Any:
    """Return the function of a float32 or float64 tensor, as a node of a graph."""
    operator = _elementwise if kind == "elementwise" else _rows
    return operator(z, description)


@lru_cache(maxsize=256)
def _made(description: str) -> Activation:
    from ogive.activations.lookup import activation

    state = json.loads(description)
    choices = {key: state[key] for key in ("subgradient", "per_unit") if state[key]}
    return activation(state["name"], **choices, **state["parameters"])


def _numbers(z: Any) -> Any:
    return memory(z.contiguous())


def _elementwise_value(z: Any, description: str) -> Any:
    return torch.from_numpy(np.asarray(_made(description).compiled.value(_numbers(z))))


def _elementwise_backward(z: Any, error: Any, description: str) -> Any:
    slope = torch.from_numpy(np.asarray(_made(description).compiled.derivative(_numbers(z))))
    return (error * slope).contiguous()


def _rows_value(z: Any, description: str) -> Any:
    function = _made(description)
    check_rows(function, tuple(z.shape))
    return torch.from_numpy(row_value(function, _numbers(z)))


def _rows_backward(z: Any, error: Any, description: str) -> Any:
    return torch.from_numpy(row_backward(_made(description), _numbers(z), _numbers(error)))


def _row_shape(z: Any, description: str) -> Any:
    check_rows(_made(description), tuple(z.shape))
    halves = _made(description).kind == "gate"
    return z.new_empty((*z.shape[:-1], z.shape[-1] // 2) if halves else z.shape)


def _operator(name: str, value: Any, shape: Any, gradient: Any) -> Any:
    made = torch.library.custom_op(
        f"ogive::{name}", value, mutates_args=(), schema="(Tensor z, str function) -> Tensor"
    )
    made.register_fake(shape)
    backward = torch.library.custom_op(
        f"ogive::{name}_backward",
        gradient,
        mutates_args=(),
        schema="(Tensor z, Tensor error, str function) -> Tensor",
    )
    backward.register_fake(lambda z, error, function: z.new_empty(z.shape))

    def keep(ctx: Any, inputs: tuple[Any, str], output: Any) -> None:
        ctx.save_for_backward(inputs[0])
        ctx.function = inputs[1]

    def back(ctx: Any, error: Any) -> tuple[Any, None]:
        return backward(ctx.saved_tensors[0], error, ctx.function), None

    made.register_autograd(back, setup_context=keep)
    return made


_elementwise = _operator(
    "elementwise",
    _elementwise_value,
    lambda z, function: z.new_empty(z.shape),
    _elementwise_backward,
)
_rows = _operator("rows", _rows_value, _row_shape, _rows_backward)
