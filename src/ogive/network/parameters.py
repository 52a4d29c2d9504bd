"""Parameters that the two estimators share: their defaults, constraints and meaning."""

from __future__ import annotations

import math
from collections.abc import Sequence
from numbers import Integral, Real
from typing import Any

import numpy as np
from sklearn.utils._param_validation import HasMethods, Interval, Options, StrOptions

from ogive.activations import Activation, activation
from ogive.network.initialisation import SCHEMES
from ogive.text import InputError

__all__ = [
    "CONSTRAINTS",
    "batch_rows",
    "check_gates",
    "hidden_activations",
    "hidden_sizes",
    "n_handed_on",
    "suitable_batch_size",
]


class _Functions(HasMethods):  # type: ignore[misc]
    """What `activation` may be; scikit-learn's own words for it would be classes of ours.

    scikit-learn takes its own kinds of constraint only, hence the base class.
    """

    def __init__(self) -> None:
        super().__init__("descend")

    def is_satisfied_by(self, val: Any) -> bool:
        if isinstance(val, str | Activation):
            return True
        if isinstance(val, Sequence):
            return not isinstance(val, bytes)
        return hasattr(val, "__array__") and getattr(val, "ndim", 0) > 0

    def __str__(self) -> str:
        return (
            "a name such as 'relu', a formula such as 'z * sigmoid(z)', an ogive.Activation, or a "
            "list of these, one for each hidden layer (ogive.activations() lists the names)"
        )


CONSTRAINTS: dict[str, list[Any]] = {
    "hidden_layer_sizes": ["array-like", Interval(Integral, 1, None, closed="left")],
    "activation": [_Functions()],
    "solver": [StrOptions({"lbfgs", "sgd", "adam", "adamw"})],
    "alpha": [Interval(Real, 0, None, closed="left")],
    "batch_size": [StrOptions({"auto"}), Interval(Integral, 1, None, closed="left")],
    "learning_rate": [StrOptions({"constant", "invscaling", "adaptive", "cosine"})],
    "learning_rate_init": [Interval(Real, 0, None, closed="neither")],
    "power_t": [Interval(Real, 0, None, closed="left")],
    "max_iter": [Interval(Integral, 1, None, closed="left")],
    "shuffle": ["boolean"],
    "random_state": ["random_state"],
    "tol": [Interval(Real, 0, None, closed="left")],
    "verbose": ["verbose"],
    "warm_start": ["boolean"],
    "momentum": [Interval(Real, 0, 1, closed="both")],
    "nesterovs_momentum": ["boolean"],
    "early_stopping": ["boolean", StrOptions({"score", "loss"})],
    "validation_fraction": [Interval(Real, 0, 1, closed="left")],
    "beta_1": [Interval(Real, 0, 1, closed="left")],
    "beta_2": [Interval(Real, 0, 1, closed="left")],
    "epsilon": [Interval(Real, 0, None, closed="neither")],
    "n_iter_no_change": [Interval(Integral, 1, None, closed="left"), Options(Real, {np.inf})],
    "max_fun": [Interval(Integral, 1, None, closed="left")],
    "init": [StrOptions(set(SCHEMES))],
    "dropout": [Interval(Real, 0, 1, closed="left")],
    "weight_decay": [Interval(Real, 0, None, closed="left")],
    "record_gradients": ["boolean"],
    "monitor": ["boolean"],
}


def batch_rows(batch_size: int | str, n_rows: int) -> int:
    """Return the rows of a mini-batch that `batch_size` means for `n_rows` rows."""
    return min(200 if batch_size == "auto" else int(batch_size), n_rows)


def suitable_batch_size(n_rows: int) -> int:
    """Return the power of two from 8 to 256 that makes about 32 updates an epoch.

    Tables of a few hundred rows learn little in 100 epochs with the 200 rows of ``"auto"``.
    """
    wanted = int(2 ** round(math.log2(max(n_rows / 32, 1))))
    return min(max(wanted, 8), 256, n_rows)


def hidden_sizes(hidden_layer_sizes: Any) -> list[int]:
    """Return the widths of the hidden layers as a list.

    Raises
    ------
    ValueError
        If one is not a positive whole number.
    """
    sizes = hidden_layer_sizes if hasattr(hidden_layer_sizes, "__iter__") else [hidden_layer_sizes]
    out: list[int] = []
    for size in sizes:
        if not isinstance(size, Integral) or size <= 0:
            raise InputError(
                f"hidden_layer_sizes must be > 0, got {list(sizes)}: give each hidden layer a "
                "positive whole number of units.",
                f"hidden_layer_sizes 必须大于 0，得到的是 {list(sizes)}："
                "请为每个隐藏层给出正整数个神经元。",
            )
        out.append(int(size))
    return out


def hidden_activations(given: Any, n_hidden: int) -> list[Activation]:
    """Return one activation per hidden layer from a name, an Activation or a list of these.

    Raises
    ------
    InputError
        If a name is unknown or a list has another length than there are hidden layers.
    """
    if isinstance(given, str | Activation):
        return [activation(given)] * n_hidden
    functions = [activation(one) for one in given]
    if len(functions) != n_hidden:
        raise InputError(
            f"activation lists {len(functions)} functions, but hidden_layer_sizes has {n_hidden} "
            f"layer{'s' * (n_hidden != 1)}; give one function for each hidden layer, or a single "
            "one for all.",
            f"activation 列出了 {len(functions)} 个函数，但 hidden_layer_sizes 有 {n_hidden} 层；"
            "请为每个隐藏层各给一个函数，或只给一个用于所有层。",
        )
    return functions


def n_handed_on(function: Activation, n_units: int) -> int:
    """Return how many outputs a layer of `n_units` hands on: half of them after a gate."""
    return n_units // 2 if function.kind == "gate" else n_units


def check_gates(hidden: list[Activation], sizes: list[int]) -> None:
    """Refuse a gate on a layer that it cannot halve.

    Raises
    ------
    InputError
        If such a layer has an odd number of units.
    """
    for number, (function, units) in enumerate(zip(hidden, sizes, strict=True), 1):
        if function.kind == "gate" and units % 2 == 1:
            raise InputError(
                f"{function.name!r} hands on half of its units, so hidden layer {number} needs an "
                f"even number of them, not {units}; use {units + 1}.",
                f"{function.name!r} 只输出一半的单元，因此第 {number} 个隐藏层的单元数必须是偶数，"
                f"而不是 {units}；请改用 {units + 1}。",
            )
