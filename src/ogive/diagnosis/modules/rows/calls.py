"""How a module is called with a batch: which parts are inputs, in which dtype, and the targets."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from scipy import sparse

from ogive.diagnosis.modules.sentences import given_value
from ogive.text import InputError

__all__ = ["Batch", "Call", "tensor_of"]

_TARGETS = ("labels", "label", "targets", "target", "y")


@dataclass(frozen=True, slots=True)
class Batch:
    """What a module is called with, and the targets.

    Attributes
    ----------
    args, kwargs : tuple, dict
        Of the call.
    targets : tensor or None
    n_rows : int
    """

    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    targets: Any
    n_rows: int

    @property
    def first(self) -> Any:
        """The first tensor that the module is given."""
        for one in (*self.args, *self.kwargs.values()):
            if isinstance(one, torch.Tensor):
                return one
        return None


class Call:
    """How a module is called with the parts of a batch."""

    def __init__(self, model: Any) -> None:
        tensors = [*model.parameters(), *model.buffers()]
        floats = [t for t in tensors if t.is_floating_point()]
        self._device = tensors[0].device if tensors else torch.device("cpu")
        self._dtype = floats[0].dtype if floats else None
        embeds = (torch.nn.Embedding, torch.nn.EmbeddingBag)
        self._embeds = any(isinstance(m, embeds) for m in model.modules())
        try:
            parameters = list(inspect.signature(model.forward).parameters.values())
        except (TypeError, ValueError):
            parameters = []
        plain = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
        self._needed = sum(p.default is p.empty for p in plain)
        self._most = len(plain)
        self._known = {p.name: p.default is p.empty for p in parameters}
        self._takes_any = any(p.kind is p.VAR_KEYWORD for p in parameters)

    def ready(self, value: Any) -> Any:
        """Return a copy of a tensor in the model's dtype and place; others as they are."""
        if not isinstance(value, torch.Tensor):
            return value
        value = value.detach()
        whole = not value.is_floating_point() and not value.is_complex()
        dtype = value.dtype
        if self._dtype is not None and not value.is_complex() and not (whole and self._embeds):
            dtype = self._dtype
        if value.layout != torch.strided:
            value = value.to_dense()
        # A copy: a module may write into what it is given.
        return value.to(device=self._device, dtype=dtype, copy=True)

    def placed(self, targets: Any) -> Any:
        """Return targets where the model is, floats in its dtype."""
        if targets is None:
            return None
        dtype = targets.dtype
        if targets.is_floating_point() and self._dtype is not None:
            dtype = self._dtype
        return targets.detach().to(device=self._device, dtype=dtype, copy=targets.is_inference())

    def batch(self, item: Any, number: int) -> Batch:
        """Return one item of a loader as a batch."""
        targets = None
        args: tuple[Any, ...] = ()
        kwargs: dict[str, Any] = {}
        if isinstance(item, Mapping):
            kwargs, targets = self._of_mapping(dict(item), number)
            if len(kwargs) == 1 and next(iter(kwargs)) not in self._known:
                args, kwargs = tuple(kwargs.values()), {}
        elif isinstance(item, (tuple, list)):
            if len(item) == 2 and isinstance(item[0], Mapping) and self._names(item[0]):
                kwargs, targets = dict(item[0]), item[1]
            else:
                args, targets = self._of_sequence(tuple(item), number)
        else:
            args = (item,)
        given = [_as_tensor(value, number) for value in args]
        named = {key: _as_tensor(value, number) for key, value in kwargs.items()}
        wanted = None if targets is None else _as_tensor(targets, number)
        n = _length(given, named, wanted)
        if n == 0:
            raise InputError(
                f"batch {number} has no rows. Leave empty batches out.",
                f"第 {number} 个批次没有任何行。请去掉空的批次。",
            )
        return Batch(
            tuple(self.ready(value) for value in given),
            {key: self.ready(value) for key, value in named.items()},
            self.placed(wanted),
            n,
        )

    def _of_sequence(self, item: tuple[Any, ...], number: int) -> tuple[tuple[Any, ...], Any]:
        if not item:
            raise InputError(
                f"batch {number} is an empty {type(item).__name__}; each must be (X, y) or X.",
                f"第 {number} 个批次是空的；每个批次应为 (X, y) 或 X。",
            )
        if len(item) == 1:
            return item, None
        if len(item) == 2 and isinstance(item[0], (tuple, list)) and self._takes(item[0]):
            return tuple(item[0]), item[1]
        if len(item) == self._needed:
            return (item, None) if self._needed > 1 else (item[:1], item[1])
        if self._needed > 1 and len(item) > self._needed:
            return item[: self._needed], item[self._needed]
        return item[:1], item[1]

    def _names(self, parts: Mapping[Any, Any]) -> bool:
        """Return whether the keys are parameters of the model's forward, with all it needs."""
        needed = {name for name, is_needed in self._known.items() if is_needed}
        return needed <= set(parts) and (self._takes_any or set(parts) <= set(self._known))

    def _takes(self, parts: Any) -> bool:
        """Return whether the model is called with these tensors one by one."""
        apart = all(isinstance(one, (torch.Tensor, np.ndarray)) for one in parts)
        return apart and max(self._needed, 1) <= len(parts) <= self._most and self._most > 1

    def _of_mapping(self, item: dict[str, Any], number: int) -> tuple[dict[str, Any], Any]:
        key = next((k for k in _TARGETS if k in item and not self._known.get(k, False)), None)
        targets = None if key is None else item.pop(key)
        inputs = {k: v for k, v in item.items() if k in self._known or self._takes_any}
        if not inputs and len(item) == 1:
            inputs = item
        if not inputs:
            values = {k: v for k, v in item.items() if isinstance(v, (torch.Tensor, np.ndarray))}
            if len(values) != 1:
                raise InputError(
                    f"batch {number} is a dict with the keys {', '.join(map(repr, item))}, none of"
                    " which is a parameter of the model's forward. Give (X, y) instead.",
                    f"第 {number} 个批次是字典，键为 {'、'.join(map(repr, item))}，"
                    "没有一个是模型 forward 的参数。请改用 (X, y)。",
                )
            inputs = values
        return inputs, targets


def tensor_of(rows: Any) -> Any:
    """Return an array, sparse matrix or tensor as a dense tensor."""
    if isinstance(rows, torch.Tensor):
        return rows
    if sparse.issparse(rows):
        rows = rows.toarray()
    rows = np.ascontiguousarray(rows)
    if rows.dtype.byteorder not in "=|" or not rows.flags.writeable:
        rows = rows.astype(rows.dtype.newbyteorder("="))
    if rows.dtype.kind == "u" and rows.dtype.itemsize > 1:
        rows = rows.astype(np.int64)
    return torch.from_numpy(rows)


def _as_tensor(value: Any, number: int) -> Any:
    if isinstance(value, torch.Tensor) or value is None:
        return value
    if isinstance(value, (np.ndarray, list, int, float)) or sparse.issparse(value):
        try:
            return tensor_of(value if sparse.issparse(value) else np.asarray(value))
        except (TypeError, ValueError):
            pass
    elif isinstance(value, (tuple, dict)):
        return value
    raise InputError(
        f"batch {number} holds a {type(value).__name__}, not a tensor: {given_value(value)}."
        " Each batch must be X or (X, y) of tensors or arrays.",
        f"第 {number} 个批次中有 {type(value).__name__}（{given_value(value)}），不是张量。"
        "每个批次应为张量或数组 X，或 (X, y)。",
    )


def _length(args: list[Any], kwargs: dict[str, Any], targets: Any) -> int:
    tensors = [t for t in (*args, *kwargs.values()) if isinstance(t, torch.Tensor) and t.ndim]
    if not tensors:
        return 1
    shape = tensors[0].shape
    has_targets = isinstance(targets, torch.Tensor) and targets.ndim and len(shape) > 1
    # Sequences may have the batch second.
    second = has_targets and targets.shape[0] == shape[1] != shape[0]
    return int(shape[1] if second else shape[0])
