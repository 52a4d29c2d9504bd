"""The bridge to the compiled core: tables, networks and training runs as the core wants them."""

from __future__ import annotations

import os
from contextlib import nullcontext
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse
from scipy.linalg import cython_blas
from threadpoolctl import ThreadpoolController

from ogive._engine import core
from ogive.activations import Activation
from ogive.text import InputError

__all__ = [
    "Table",
    "build_network",
    "build_table",
    "check_memory",
    "generator_state",
    "single_threaded_blas",
]

_capsules = cython_blas.__pyx_capi__
core.use_blas(_capsules["sgemm"], _capsules["dgemm"])

_MOST_ROWS = 1024  # of one pass; a larger batch only makes the answer less exact, not wrong
_LINE = 64  # bytes; the core pads each row of weights to whole cache lines


class Table(NamedTuple):
    """Rows and their targets in the core's form; `data` keeps the arrays alive."""

    data: Any
    n_rows: int


def _suffix(dtype: np.dtype[Any]) -> str:
    return "float32" if dtype == np.float32 else "float64"


def core_x(X: Any) -> Any:
    """Return X as the core takes it: a C-contiguous array, or the parts of a CSR matrix."""
    if sparse.issparse(X):
        X = sparse.csr_array(X)
        if not X.has_canonical_format:
            X = X.copy()  # it shares its arrays with the caller's matrix
            X.sum_duplicates()
        return (
            np.ascontiguousarray(X.data),
            X.indices.astype(np.int64, copy=False),
            X.indptr.astype(np.int64, copy=False),
        )
    return np.ascontiguousarray(X)


def build_table(
    X: Any,
    target: np.ndarray[Any, Any] | None = None,
    label: np.ndarray[Any, Any] | None = None,
    weight: np.ndarray[Any, Any] | None = None,
) -> Table:
    """Hand a table to the core without copying it.

    Parameters
    ----------
    X : ndarray or CSR matrix of shape (n_rows, n_features), float32 or float64
    target : ndarray of shape (n_rows, n_outputs) of X's dtype, or None
    label : ndarray of shape (n_rows,), int32, or None
        Class numbers, for softmax.
    weight : ndarray of shape (n_rows,) of X's dtype, or None
    """
    kind = getattr(core, f"Data_{_suffix(X.dtype)}")
    data = kind(
        x=core_x(X), rows=X.shape[0], features=X.shape[1], target=target, label=label, weight=weight
    )
    return Table(data, X.shape[0])


def build_network(
    units: list[int], hidden: list[Activation], loss: str, dtype: np.dtype[Any]
) -> Any:
    """Return the core's network of these layer widths and activations, weights zero."""
    kind = getattr(core, f"Network_{_suffix(dtype)}")
    return kind(units, [_hidden(function) for function in hidden], loss)


def _hidden(function: Activation) -> dict[str, Any]:
    """Describe the activation of a hidden layer to the core."""
    if function.kind != "elementwise":
        return {"row": function.name}
    described: dict[str, Any] = {"function": function.compiled}
    if function.definition.learnt:
        slope = "learnt_per_unit" if function.per_unit else "learnt"
        described |= {"slope": slope, "lower": 0.0, "upper": 0.0}
    elif function.name == "rrelu":
        described |= {"slope": "random", **function.parameters}
    return described


def training_kind(dtype: np.dtype[Any]) -> Any:
    """Return the core's class of a training run for `dtype`."""
    return getattr(core, f"Training_{_suffix(dtype)}")


def fleet_runner(dtype: np.dtype[Any]) -> Any:
    """Return the core's function that trains many networks of `dtype` at once."""
    return getattr(core, f"run_fleet_{_suffix(dtype)}")


def generator_state(random_state: np.random.RandomState) -> tuple[np.ndarray[Any, Any], int]:
    """Return key and position of a Mersenne Twister that goes on from `random_state`."""
    state: Any = random_state.get_state(legacy=False)
    if state["bit_generator"] != "MT19937":
        state = np.random.RandomState(random_state.randint(2**31 - 1)).get_state(legacy=False)
    return state["state"]["key"], int(state["state"]["pos"])


@lru_cache(maxsize=1)
def _controller() -> Any:
    return ThreadpoolController()


def single_threaded_blas(*networks: Any) -> Any:
    """Return a context in which BLAS keeps to one thread, if one of `networks` uses BLAS at all.

    Without `networks` it does so in any case.

    The core shares its work out to threads of its own; BLAS's threads beside them would fight for
    the same cores.
    """
    if networks and not any(network.uses_blas(_MOST_ROWS) for network in networks):
        return nullcontext()
    return _controller().limit(limits=1, user_api="blas")


def _memory_of_machine() -> int:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return 2**62


def check_memory(units: list[int], batch: int, dtype: np.dtype[Any]) -> None:
    """Refuse a network whose training would not fit into the machine's memory.

    Raises
    ------
    InputError
        With the estimate: weights, gradient, two moments, two copies, and a batch's activations.
    """
    item = dtype.itemsize
    line = _LINE // item
    widths = [(n + line - 1) // line * line for n in units]
    weights = sum((below + 1) * width for below, width in zip(units, widths[1:], strict=False))
    needed = item * (6 * weights + 3 * batch * sum(widths))
    available = _memory_of_machine()
    if needed > 0.8 * available:
        shape = "-".join(f"{n:,}" for n in units)
        need, have = needed / 2**30, available / 2**30
        raise InputError(
            f"a network of layers {shape} would need about {need:,.0f} GiB of memory to train, and "
            f"this machine has {have:,.0f} GiB; choose smaller hidden_layer_sizes or batch_size.",
            f"训练层宽为 {shape} 的网络约需 {need:,.0f} GiB 内存，而本机只有 {have:,.0f} GiB；"
            "请减小 hidden_layer_sizes 或 batch_size。",
        )
