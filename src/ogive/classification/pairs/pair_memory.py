"""Refuses more pairs of classes than memory holds, before anything is allocated."""

from __future__ import annotations

import os
from math import ceil, floor, log10
from pathlib import Path
from typing import Any

from ogive.classification.logistic import LogisticRegression
from ogive.linear import LinearRegression
from ogive.text import InputError

__all__ = ["available_memory", "bytes_of_pairs", "check_pairs"]

# What a fitted estimator of scikit-learn takes beside its coefficients, as an object of Python.
OBJECT = 4096
# Code book, pairs, and what is noted of each fit.
NOTES = 96
MOST = 4 * 10**9
"""Without `max_memory`, no more than this however much memory is free: 1,000 classes fit."""


def available_memory() -> int:
    """Return how many bytes can be had without swapping, as far as the system tells."""
    try:
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        pass
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return 2 * MOST


def bytes_of_pairs(estimator: Any, n_classes: int, n_features: int) -> int:
    """Estimate the memory that the models of all pairs of classes take.

    Coefficients alone where all are solved together, otherwise an object for each pair.
    """
    each = 8 * (n_features + 1) + NOTES
    if type(estimator) not in (LogisticRegression, LinearRegression):
        each += OBJECT
    return n_classes * (n_classes - 1) // 2 * each


def check_pairs(estimator: Any, n_classes: int, n_features: int, max_memory: float | None) -> None:
    """Refuse pairs that would need more than `max_memory` bytes.

    Raises
    ------
    InputError
        With the number of problems, the memory needed, and what to do.
    """
    needed = bytes_of_pairs(estimator, n_classes, n_features)
    most = min(available_memory() / 2, MOST) if max_memory is None else max_memory
    if needed <= most:
        return
    pairs = n_classes * (n_classes - 1) // 2
    gigabytes, allowed = needed / 1e9, most / 1e9
    unit = 10 ** (floor(log10(needed)) - 1)
    enough = float(ceil(needed / unit) * unit)
    raise InputError(
        f"one-vs-one of {n_classes:,} classes means {pairs:,} two-class problems, whose models "
        f"need about {gigabytes:,.1f} GB of memory; {allowed:,.1f} GB are allowed. Use a method "
        f"that needs fewer: OneVsRestClassifier ({n_classes:,} problems), OutputCodeClassifier "
        f"(code_size={_code_size(n_classes):.2g} makes {_code_words(n_classes)} problems), or "
        "LogisticRegression, whose softmax is one problem of many outputs. To go on all the same, "
        f"give OneVsOneClassifier(max_memory={enough:g}), in bytes.",
        f"对 {n_classes:,} 个类别做一对一需要 {pairs:,} 个二分类问题，其模型约需 "
        f"{gigabytes:,.1f} GB 内存，而允许使用 {allowed:,.1f} GB。请改用问题更少的方法："
        f"OneVsRestClassifier（{n_classes:,} 个问题）、OutputCodeClassifier"
        f"（code_size={_code_size(n_classes):.2g} 时为 {_code_words(n_classes)} 个问题），"
        "或 LogisticRegression（softmax，一个多输出问题）。若仍要继续，请设置 "
        f"OneVsOneClassifier(max_memory={enough:g})，单位为字节。",
    )


def _code_words(n_classes: int) -> int:
    """Return the length of random code words that tell so many classes apart with room to spare."""
    return max(1, round(_code_size(n_classes) * n_classes))


def _code_size(n_classes: int) -> float:
    return 10 * (n_classes - 1).bit_length() / n_classes
