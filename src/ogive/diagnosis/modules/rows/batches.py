"""Rows of any kind as a stream of batches for a module."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from scipy import sparse
from torch.utils.data import DataLoader, Dataset, IterableDataset

from ogive.diagnosis.modules.rows.calls import Batch, Call, tensor_of
from ogive.diagnosis.modules.sentences import given_value
from ogive.text import InputError, quoted

__all__ = ["Batch", "Stream", "generators_of", "with_gradient"]

ROWS = 256
"""Rows of a batch, where the user gives no batches."""


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
        self._call = Call(model)
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
            rows = tensor_of(X[start:stop])
            targets = None if y is None else tensor_of(y[start:stop])
            yield Batch((self._call.ready(rows),), {}, self._call.placed(targets), stop - start)


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
