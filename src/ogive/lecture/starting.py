"""Networks as they are before training: what the experiments at initialisation look at."""

from __future__ import annotations

import math
from collections.abc import Sequence
from numbers import Integral
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from ogive.activations import Activation
from ogive.network import MLPClassifier
from ogive.network.initialisation import SCHEMES
from ogive.network.parameters import check_gates
from ogive.text import InputError

__all__ = [
    "N_CLASSES",
    "check_scheme",
    "check_whole",
    "forward",
    "interval",
    "normal_rows",
    "starting_classifier",
]

Array = NDArray[np.float64]

N_CLASSES = 10
"""Outputs of the networks: as many as the digits have."""


def starting_classifier(
    function: Activation, n_features: int, sizes: Sequence[int], init: str, seed: int
) -> Any:
    """Return an MLPClassifier of `N_CLASSES` classes with the weights that training starts from."""
    model = MLPClassifier(tuple(sizes), activation=function, init=init, random_state=seed)
    hidden = [function] * len(sizes)
    check_gates(hidden, list(sizes))
    model.classes_ = np.arange(N_CLASSES)
    model._multilabel = False
    model.n_features_in_ = n_features
    units = [n_features, *sizes, N_CLASSES]
    model._initialise(units, hidden, np.dtype(np.float64), np.random.RandomState(seed))
    return model


def forward(model: Any, function: Activation, X: Array) -> list[tuple[Array, Array]]:
    """Return z and a of every hidden layer."""
    layers, a = [], X
    for w, b in zip(model.coefs_[:-1], model.intercepts_[:-1], strict=True):
        z = a @ w + b
        a = function(z)
        layers.append((z, a))
    return layers


def normal_rows(n_rows: int, n_features: int, mean: float, seed: int) -> Array:
    """Return rows of independent normal features of variance 1."""
    return mean + np.random.RandomState(seed).standard_normal((n_rows, n_features))


def interval(values: Array, confidence: float = 0.95) -> tuple[Array, Array, Array]:
    """Return mean and ends of the t interval of the mean over the first axis, the seeds.

    A single seed has no interval: its ends are not numbers.
    """
    n = values.shape[0]
    mean = values.mean(axis=0)
    if n < 2:
        return mean, np.full_like(mean, math.nan), np.full_like(mean, math.nan)
    half = stats.t.ppf(0.5 + confidence / 2, n - 1) * values.std(axis=0, ddof=1) / math.sqrt(n)
    return mean, mean - half, mean + half


def check_whole(name: str, value: Any, least: int, most: int) -> None:
    """Refuse what is not a whole number between two others."""
    if (
        isinstance(value, bool)
        or not isinstance(value, Integral)
        or not least <= int(value) <= most
    ):
        raise InputError(
            f"{name} must be a whole number from {least} to {most}. Got {value!r} instead.",
            f"{name} 必须是 {least} 到 {most} 的整数，得到的却是 {value!r}。",
        )


def check_scheme(init: Any) -> None:
    """Refuse an initialisation that there is not."""
    if init not in SCHEMES:
        known = ", ".join(SCHEMES)
        raise InputError(
            f"init must be one of {known}. Got {init!r} instead.",
            f"init 必须是 {known} 之一，得到的却是 {init!r}。",
        )
