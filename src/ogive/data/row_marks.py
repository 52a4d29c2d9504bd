"""A mark for each row of a prepared table, by which a model knows the rows it has learnt again."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["are_marked", "row_marks"]

# Steele, Lea and Flood (2014), "Fast splittable pseudorandom number generators": SplitMix64.
_STEP, _FIRST, _SECOND = (
    np.uint64(0x9E3779B97F4A7C15),
    np.uint64(0xBF58476D1CE4E5B9),
    np.uint64(0x94D049BB133111EB),
)


def row_marks(X: Any, y: NDArray[Any]) -> NDArray[np.uint32]:
    """Return a 32-bit hash of each row's features and target.

    Equal rows have equal marks in every process and on every machine; of a million rows learnt, a
    new one is taken for one of them with a probability of 0.0002.

    Parameters
    ----------
    X : ndarray of shape (n_rows, n_features)
        Features as a model takes them.
    y : ndarray of shape (n_rows,)
        Numbers, truth values or text; numbers count as float32, as a network learns them.

    Returns
    -------
    ndarray of shape (n_rows,) of uint32
    """
    marks = _target_words(np.asarray(y))
    for column in np.asarray(X).T:
        marks = _mixed(marks ^ _words(column))
    return (marks >> np.uint64(32)).astype(np.uint32)


def are_marked(marks: NDArray[np.uint32], known: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Return which of the rows are among those known."""
    return np.isin(marks, known)


def _target_words(y: NDArray[Any]) -> NDArray[np.uint64]:
    if y.dtype.kind in "biuf":
        return _mixed(_words(y.astype(np.float64)))
    values, index = np.unique(y.astype(np.str_), return_inverse=True)
    words = np.zeros(len(values), dtype=np.uint64)
    for i, value in enumerate(values.tolist()):
        for byte in value.encode():
            words[i] = _mixed(words[i : i + 1] ^ np.uint64(byte))[0]
    return np.asarray(words[index])


def _words(column: NDArray[Any]) -> NDArray[np.uint64]:
    """Return the bits of numbers as float32, in words of 64; -0 is 0."""
    with np.errstate(over="ignore"):
        values = column.astype(np.float32) + np.float32(0)
    return values.view(np.uint32).astype(np.uint64)


def _mixed(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    words = words + _STEP
    words = (words ^ (words >> np.uint64(30))) * _FIRST
    words = (words ^ (words >> np.uint64(27))) * _SECOND
    return np.asarray(words ^ (words >> np.uint64(31)))
