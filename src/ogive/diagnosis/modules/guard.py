"""Leaves a module exactly as it was, whatever happens while it is measured."""

from __future__ import annotations

import random
from collections import OrderedDict
from types import TracebackType
from typing import Any

import numpy as np
import torch

__all__ = ["Guard"]


class Guard:
    """Puts back everything that a forward pass, or an exception in one, may change.

    Parameters, buffers, gradients, ``requires_grad``, attributes (training mode and hooks among
    them) of all modules; the states of torch's, NumPy's and Python's random generators. Within it,
    gradients are enabled and torch's generator starts from `seed`.

    Parameters
    ----------
    model : torch.nn.Module
    seed : int
    generators : sequence of torch.Generator
        Others whose states are put back, such as a loader's.
    """

    depth = 0
    """How many measurements are under way: a monitor of a training is not to count their passes."""

    def __init__(self, model: Any, seed: int, generators: tuple[Any, ...] = ()) -> None:
        self._modules = list(model.modules())
        self._seed = seed
        self._generators = generators

    def __enter__(self) -> Guard:
        Guard.depth += 1
        self._inference = torch.inference_mode(False)
        self._inference.__enter__()
        self._grad = torch.enable_grad()
        self._grad.__enter__()
        self._attributes = [_snapshot(module.__dict__) for module in self._modules]
        tensors = {id(t): t for m in self._modules for t in _tensors(m)}
        self._tensors = [
            (t, t.detach().clone(), t.requires_grad, t.grad if t.is_leaf else None)
            for t in tensors.values()
        ]
        self._states = (random.getstate(), np.random.get_state(), torch.get_rng_state())
        self._cuda = torch.cuda.get_rng_state_all() if torch.cuda.is_initialized() else None
        self._own = [generator.get_state() for generator in self._generators]
        torch.manual_seed(self._seed)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        Guard.depth -= 1
        try:
            for module, saved in zip(self._modules, self._attributes, strict=True):
                _restore(module.__dict__, saved)
            with torch.no_grad():
                for tensor, values, learns, gradient in self._tensors:
                    _put_back(tensor, values, learns, gradient)
        finally:
            random.setstate(self._states[0])
            np.random.set_state(self._states[1])
            torch.set_rng_state(self._states[2])
            if self._cuda is not None:
                torch.cuda.set_rng_state_all(self._cuda)
            for generator, state in zip(self._generators, self._own, strict=True):
                generator.set_state(state)
            self._tensors.clear()
            self._attributes.clear()
            self._grad.__exit__(None, None, None)
            self._inference.__exit__(None, None, None)


def _tensors(module: Any) -> list[Any]:
    held = (*module._parameters.values(), *module._buffers.values())
    return [t for t in held if t is not None]


def _put_back(tensor: Any, values: Any, learns: bool, gradient: Any) -> None:
    # Writing only where something changed keeps the tensor's version.
    if tensor.shape != values.shape:
        tensor.data = values
    elif not torch.equal(_bits(tensor), _bits(values)):
        tensor.data.copy_(values)
    if tensor.requires_grad != learns:
        tensor.requires_grad_(learns)
    if tensor.is_leaf and tensor.grad is not gradient:
        tensor.grad = gradient


def _bits(tensor: Any) -> Any:
    """Return the tensor's bytes, so that NaN equals NaN."""
    dense = tensor.detach()
    if dense.layout != torch.strided or dense.is_quantized:
        return dense.to_dense() if dense.layout != torch.strided else dense.int_repr()
    return (
        dense.contiguous().view(torch.uint8) if dense.ndim else dense.reshape(1).view(torch.uint8)
    )


_Containers = (list, dict, set, OrderedDict)


def _snapshot(attributes: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return each attribute, and a copy of it where it is a container."""
    return {
        key: (value, value.copy() if isinstance(value, _Containers) else None)
        for key, value in attributes.items()
    }


def _restore(attributes: dict[str, Any], saved: dict[str, tuple[Any, Any]]) -> None:
    for key in [key for key in attributes if key not in saved]:
        del attributes[key]
    for key, (value, content) in saved.items():
        attributes[key] = value
        if content is None:
            continue
        if isinstance(value, list):
            value[:] = content
        else:
            value.clear()
            value.update(content)
