"""The settings of a comparison, and the refusal of impossible ones."""

from __future__ import annotations

import math
import numbers
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ogive.comparison.design.candidates import Candidate
from ogive.comparison.scoring.names import Scoring, checked_scoring
from ogive.text import InputError

__all__ = ["COMPARED", "Settings", "Task", "checked_scoring"]

Task = Literal["classification", "regression"]

COMPARED = (
    "identity",
    "step",
    "sigmoid",
    "tanh",
    "relu",
    "leaky_relu",
    "softplus",
    "elu",
    "selu",
    "gelu",
    "silu",
    "mish",
)
"""What is compared unless asked otherwise: the taught functions and those in common use."""


@dataclass(frozen=True)
class Settings:
    """Everything a comparison needs besides the data; `ogive.compare` documents the fields."""

    candidates: tuple[Candidate, ...]
    learning_rates: tuple[float, ...]
    hidden_layer_sizes: tuple[int, ...]
    n_splits: int
    n_repeats: int
    max_iter: int
    batch_size: int | Literal["auto"]
    alpha: float
    solver: str
    n_iter_no_change: int
    validation_fraction: float
    scoring: Scoring
    random_state: int
    dtype: type[np.floating[Any]]
    prepare: Any
    vary: tuple[str, ...] = ("activation",)
    rope: float | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of the candidates."""
        return tuple(candidate.label for candidate in self.candidates)

    @property
    def n_fits_a_split(self) -> int:
        """Fits of all candidates with all their choices on one split."""
        return sum(len(candidate.choices) for candidate in self.candidates)

    @property
    def test_to_train(self) -> float:
        """Rows tested for each row trained on in a split."""
        return 1 / (self.n_splits - 1)

    def batch_rows(self, n_train: int) -> int:
        """Rows a mini-batch, the power of two that gives about 32 updates an epoch if "auto"."""
        if self.batch_size != "auto":
            return min(self.batch_size, n_train)
        from ogive.network.parameters import suitable_batch_size

        return suitable_batch_size(n_train)


def checked_integer(name: str, value: object, least: int) -> int:
    """Return `value` as an int of at least `least`."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, numbers.Integral):
        value_ok = False
    else:
        value_ok = int(value) >= least
    if not value_ok:
        raise InputError(
            f"{name} must be a whole number of at least {least}. Got {value!r} instead.",
            f"{name} 必须是不小于 {least} 的整数,得到的却是 {value!r}。",
        )
    return int(value)  # type: ignore[call-overload, no-any-return]


def checked_rates(values: Sequence[float] | NDArray[Any] | float) -> tuple[float, ...]:
    """Return the learning rates, each positive and finite, sorted and without repetition."""
    given = [values] if isinstance(values, numbers.Real) else list(values)  # type: ignore[arg-type]
    if not given:
        raise InputError(
            "learning_rates is empty; give at least one, such as (0.001, 0.003, 0.01).",
            "learning_rates 为空;请至少给出一个学习率,例如 (0.001, 0.003, 0.01)。",
        )
    for rate in given:
        if not isinstance(rate, numbers.Real) or not 0 < float(rate) < math.inf:
            raise InputError(
                f"learning_rates must hold positive numbers. Got {rate!r} among them.",
                f"learning_rates 中必须都是正数,其中却有 {rate!r}。",
            )
    return tuple(sorted({float(rate) for rate in given}))


def checked_fraction(name: str, value: object) -> float:
    """Return `value` as a float above 0 and at most one half."""
    if not isinstance(value, numbers.Real) or not 0 < float(value) <= 0.5:
        raise InputError(
            f"{name} must lie above 0 and not above 0.5. Got {value!r} instead.",
            f"{name} 必须大于 0 且不超过 0.5,得到的却是 {value!r}。",
        )
    return float(value)


def checked_positive(name: str, value: object, *, or_zero: bool = False) -> float | None:
    """Return `value` as a positive (or non-negative), finite float, or None for None."""
    if value is None:
        return None
    if (
        isinstance(value, bool)
        or not isinstance(value, numbers.Real)
        or not 0 <= float(value) < math.inf
        or (float(value) == 0 and not or_zero)
    ):
        sort = (
            ("a number of at least 0", "不小于 0 的数")
            if or_zero
            else ("a positive number", "正数")
        )
        raise InputError(
            f"{name} must be {sort[0]} or None. Got {value!r} instead.",
            f"{name} 必须是{sort[1]}或 None，得到的却是 {value!r}。",
        )
    return float(value)


def checked_solver(solver: object) -> None:
    """Refuse solvers that do not train epoch by epoch."""
    if solver not in ("adam", "adamw", "sgd"):
        raise InputError(
            f"solver must be 'adam', 'adamw' or 'sgd', which train epoch by epoch. "
            f"Got {solver!r} instead.",
            f"solver 只能是按轮训练的 'adam'、'adamw' 或 'sgd'，得到的却是 {solver!r}。",
        )


def checked_sizes(sizes: object) -> tuple[int, ...]:
    """Return the widths of the hidden layers as a non-empty tuple."""
    listed = [sizes] if isinstance(sizes, numbers.Integral) else sizes
    if not isinstance(listed, Sequence | np.ndarray) or len(listed) == 0 or isinstance(listed, str):
        raise InputError(
            "hidden_layer_sizes must hold at least one layer, such as (64, 32): without a hidden "
            f"layer there is no activation to compare. Got {sizes!r} instead.",
            "hidden_layer_sizes 至少要有一层,例如 (64, 32):没有隐藏层就没有激活函数可比。"
            f"得到的却是 {sizes!r}。",
        )
    return tuple(checked_integer("hidden_layer_sizes", size, 1) for size in listed)


def checked_dtype(dtype: object) -> type[np.floating[Any]]:
    """Return numpy.float32 or numpy.float64."""
    try:
        wanted = np.dtype(dtype)  # type: ignore[call-overload]
    except TypeError:
        wanted = None
    for known in (np.float32, np.float64):
        if wanted == known:
            return known
    raise InputError(
        f"dtype must be float32 or float64. Got {dtype!r} instead.",
        f"dtype 只能是 float32 或 float64,得到的却是 {dtype!r}。",
    )
