"""Rows of any kind as a stream of batches for a module."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from scipy import sparse
from torch.utils.data import DataLoader, Dataset, IterableDataset

from ogive.diagnosis.modules.sentences import given_value
from ogive.text import InputError, quoted

__all__ = ["Batch", "Stream", "generators_of", "with_gradient"]

ROWS = 256
"""Rows of a batch, where the user gives no batches."""

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


class Stream:
    """Batches from arrays, tensors, frames, data sets, loaders and other iterables.

    Parameters
    ----------
    model : torch.nn.Module
        Told apart by its ``forward`` which parts of a batch are inputs.
    X, y : Any
        As given to `diagnose`.
    """

    def __init__(self, model: Any, X: Any, y: Any = None) -> None:
        self._call = _Call(model)
        self.labels: Any = None
        self.names: tuple[str, ...] | None = None
        self._X, self._y = X, y
        self.can_repeat = True
        self.batched_here = _is_array(X)
        self._rows: tuple[Any, Any] | None = None
        if isinstance(X, (str, bytes)) or X is None:
            raise _no_rows(X)
        if self.batched_here:
            self._rows = self._arrays(X, y)
        else:
            if y is not None:
                raise InputError(
                    f"y is given beside a {type(X).__name__}, whose batches must hold the targets"
                    " themselves, as (X, y). Leave y out, or give X and y as arrays or tensors.",
                    f"X 是 {type(X).__name__}，它的每个批次应当自带目标 (X, y)，因此不能再给 y。"
                    "请去掉 y，或者把 X 和 y 都作为数组或张量给出。",
                )
            if isinstance(X, Dataset) and not isinstance(X, DataLoader):
                shuffled = {} if isinstance(X, IterableDataset) else {"shuffle": False}
                self._X = DataLoader(X, batch_size=ROWS, **shuffled)
            elif not hasattr(X, "__iter__"):
                raise _no_rows(X)
            self.can_repeat = not isinstance(X, Iterator)

    def _arrays(self, X: Any, y: Any) -> tuple[Any, Any]:
        rows, self.names = _rows_of(X, "X")
        n = rows.shape[0] if rows.ndim else 0
        if n == 0:
            raise _empty()
        if y is None:
            return rows, None
        targets, _ = _rows_of(y, "y")
        if isinstance(targets, np.ndarray) and targets.dtype.kind in "OUSb":
            self.labels, targets = np.unique(targets, return_inverse=True)
            targets = targets.reshape(-1)
        if targets.ndim == 0 or targets.shape[0] != n:
            m = targets.shape[0] if targets.ndim else 0
            raise InputError(
                f"X has {n} rows and y has {m}; give one target for each row.",
                f"X 有 {n} 行，y 有 {m} 个；每行都要有一个目标。",
            )
        return rows, targets

    def __iter__(self) -> Iterator[Batch]:
        if self._rows is not None:
            yield from self._of_rows(*self._rows)
            return
        n = 0
        for item in self._X:
            n += 1
            yield self._call.batch(item, n)
        if n == 0:
            raise _empty()

    def _of_rows(self, X: Any, y: Any) -> Iterator[Batch]:
        n = X.shape[0]
        # Batches of nearly one length: a last one of a single row fails in batch normalisation.
        parts = max(1, -(-n // ROWS))
        ends = np.linspace(0, n, parts + 1).astype(int)
        for start, stop in zip(ends[:-1], ends[1:], strict=True):
            rows = _tensor(X[start:stop])
            targets = None if y is None else _tensor(y[start:stop])
            yield Batch((self._call.ready(rows),), {}, self._call.placed(targets), stop - start)


class _Call:
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


def with_gradient(batch: Batch) -> tuple[Batch, Any]:
    """Return the batch with gradients to its first tensor, and the tensor that takes them."""
    x = batch.args[0] if batch.args else None
    if not isinstance(x, torch.Tensor) or not x.is_floating_point():
        return batch, None
    source = x.detach().requires_grad_()
    with torch.enable_grad():
        # A copy: a module may write into what it is given.
        given = source.clone()
    return replace(batch, args=(given, *batch.args[1:])), source


def generators_of(X: Any) -> tuple[Any, ...]:
    """Return the random generators of a loader's own, which going through it moves on."""
    found = [getattr(X, "generator", None), getattr(getattr(X, "sampler", None), "generator", None)]
    found.append(getattr(getattr(X, "dataset", None), "generator", None))
    unique = {id(g): g for g in found if isinstance(g, torch.Generator)}
    return tuple(unique.values())


def _is_array(X: Any) -> bool:
    if isinstance(X, (torch.Tensor, np.ndarray)) or sparse.issparse(X):
        return True
    if isinstance(X, (Dataset, DataLoader)):
        return False
    if hasattr(X, "__array__") or hasattr(X, "__dataframe__") or hasattr(X, "to_numpy"):
        return True
    if not isinstance(X, (list, tuple)) or not X:
        return False
    # Rows of plain numbers are an array; anything with tensors is a list of batches.
    first = X[0]
    while isinstance(first, (list, tuple)) and first:
        first = first[0]
    return isinstance(first, (int, float, np.number))


def _rows_of(X: Any, name: str) -> tuple[Any, tuple[str, ...] | None]:
    """Return an array, sparse matrix or tensor whose first axis counts rows, and column names."""
    if isinstance(X, torch.Tensor):
        if X.layout != torch.strided and X.ndim == 2:
            # PyTorch cannot take rows out of all of its sparse tensors.
            X = X.detach().cpu().to_sparse_coo().coalesce()
            places = tuple(X.indices().numpy())
            return sparse.csr_matrix((X.values().numpy(), places), shape=tuple(X.shape)), None
        return (X if X.layout == torch.strided else X.to_dense()), None
    if sparse.issparse(X):
        return X.tocsr(), None
    columns = getattr(X, "columns", None)
    names = None if columns is None else tuple(str(one) for one in columns)
    rows = X.to_numpy() if hasattr(X, "to_numpy") else np.asarray(X)
    if rows.dtype.kind == "O":
        try:
            rows = rows.astype(np.float64) if name == "X" else rows
        except (TypeError, ValueError) as error:
            raise InputError(
                f"{name} must hold numbers only, {quoted(str(error))}. Encode texts first.",
                f"{name} 只能包含数值（{quoted(str(error))}）。请先对文本进行编码。",
            ) from error
    if rows.dtype.kind in "US" and name == "X":
        raise InputError(
            "X holds texts; a network takes numbers. Encode them first.",
            "X 中是文本，而网络只接受数值。请先进行编码。",
        )
    return rows, names


def _tensor(rows: Any) -> Any:
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
            return _tensor(value if sparse.issparse(value) else np.asarray(value))
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


def _empty() -> InputError:
    return InputError(
        "there are no rows: the data or the loader is empty. Give at least one batch.",
        "没有数据：数据或加载器是空的。请至少给出一个批次。",
    )


def _no_rows(X: Any) -> InputError:
    return InputError(
        "X must be an array, a tensor, a data frame, a Dataset, a DataLoader or another iterable of"
        f" batches; got {given_value(X)}.",
        "X 必须是数组、张量、数据框、Dataset、DataLoader 或其他批次的可迭代对象，"
        f"实际是 {given_value(X)}。",
    )
