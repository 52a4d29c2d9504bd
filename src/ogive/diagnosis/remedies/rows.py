"""The rows of a trial: what was given, checked, and cut into splits."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.utils import _safe_indexing
from sklearn.utils.validation import _num_samples

from ogive.resampling.holding_out import hold_out
from ogive.text import InputError

__all__ = ["LEAST_ROWS", "TEST_SHARE", "Given", "Split", "given_rows", "make_splits", "take"]

LEAST_ROWS = 20
TEST_SHARE = 0.2
"""Of the shares usual for this, the one with the narrowest corrected interval: it goes with
(1 / n_seeds + n_test / n_train) times a variance that falls with n_test only in part."""

Rows = NDArray[np.int64]
take = _safe_indexing


class Given(NamedTuple):
    """Rows and targets; `strata` is what splits are drawn evenly over."""

    X: Any
    y: NDArray[Any]
    strata: NDArray[Any]
    classes: bool
    n_given: int


class Split(NamedTuple):
    """The rows to learn from, those held out, and the seed of the networks."""

    train: Rows
    test: Rows
    seed: int


def given_rows(
    X: Any, y: Any, *, classification: bool, max_rows: int | None, rng: np.random.Generator
) -> Given:
    """Return the rows of a diagnosis as a trial uses them, at most `max_rows`, drawn evenly.

    Raises
    ------
    InputError
        Where there are no targets, fewer than `LEAST_ROWS` rows, or targets that are not finite.
    """
    if y is None:
        raise InputError(
            "remedies can only be tried with targets, but the diagnosis was made without y; call "
            "ogive.diagnose(model, X, y).",
            "试用补救办法需要目标值，而诊断时没有给出 y；请调用 ogive.diagnose(model, X, y)。",
        )
    y = _as_array(y, classification)
    if sparse.issparse(X):
        X = X.tocsr()
    elif not (hasattr(X, "columns") or hasattr(X, "column_names")):  # a data frame keeps its kind
        X = np.asarray(X)
    n = int(_num_samples(X))
    if n < LEAST_ROWS:
        raise InputError(
            f"remedies can only be tried on at least {LEAST_ROWS} rows, a part of which is held "
            f"out; the diagnosis was made on {n}. Give more rows to ogive.diagnose.",
            f"试用补救办法至少需要 {LEAST_ROWS} 行数据（其中一部分留作测试），"
            f"而诊断只用了 {n} 行；请给 ogive.diagnose 更多的行。",
        )
    if y.dtype.kind == "f" and not np.isfinite(y).all():
        raise InputError(
            f"remedies cannot be tried: y has {int((~np.isfinite(y)).sum())} values that are "
            "missing or infinite; leave these rows out.",
            f"无法试用补救办法：y 中有 {int((~np.isfinite(y)).sum())} 个缺失或无穷的值；"
            "请去掉这些行。",
        )
    classes = classification and y.ndim == 1
    strata = _strata(y, classes, classification)
    if max_rows is not None and n > max_rows:
        drawn = _drawn(strata, max_rows, rng, classes)
        X, y, strata = take(X, drawn), y[drawn], strata[drawn]
    return Given(X, y, strata, classes, n)


def _as_array(y: Any, classification: bool) -> NDArray[Any]:
    """Return the targets as numbers or texts rather than objects, one column as a vector."""
    array: NDArray[Any] = y.toarray() if sparse.issparse(y) else np.asarray(y)
    if array.ndim == 2 and array.shape[1] == 1:
        array = array[:, 0]
    if array.dtype != object:
        return array
    if not classification:
        return array.astype(np.float64)
    plain = np.array(array.tolist())
    return plain if len(plain) == len(array) and plain.ndim == array.ndim else array


def _strata(y: NDArray[Any], classes: bool, classification: bool) -> NDArray[Any]:
    """Return class numbers, how many labels a row has, or the (first) target."""
    if classes:
        numbers: NDArray[Any] = np.unique(y, return_inverse=True)[1]
        return numbers
    if y.ndim == 1:
        return y
    return y.sum(axis=1) if classification else y[:, 0]


def _drawn(strata: NDArray[Any], n: int, rng: np.random.Generator, classes: bool) -> Rows:
    """Return `n` rows or one more a class; at most one half can be held out, hence the two ways."""
    rows = np.arange(len(strata))
    share = n / len(strata)
    if share <= 0.5:
        return hold_out(rows, strata, share, rng, classes=classes)[1]
    return hold_out(rows, strata, 1 - share, rng, classes=classes)[0]


def make_splits(given: Given, n_seeds: int, random_state: int) -> list[Split]:
    """Return random splits of the rows, each with a seed, stratified by class or along the target.

    Raises
    ------
    InputError
        Where hardly a row can be held out because nearly every row has a class of its own.
    """
    rows = np.arange(len(given.y))
    splits = []
    for sequence in np.random.SeedSequence([random_state, 1]).spawn(n_seeds):
        split_seed, seed = (int(one) >> 1 for one in sequence.generate_state(2))
        rng = np.random.default_rng(split_seed)
        train, test = hold_out(rows, given.strata, TEST_SHARE, rng, classes=given.classes)
        splits.append(Split(train, test, seed))
    n_test = splits[0].test.size
    if n_test < LEAST_ROWS * TEST_SHARE:
        n_classes = len(np.unique(given.strata))
        raise InputError(
            f"remedies cannot be tried: y has {n_classes} classes in {len(rows)} rows, which leaves"
            f" {n_test} to be held out, for the only row of a class is learnt from; give more rows "
            "of each class.",
            f"无法试用补救办法：y 在 {len(rows)} 行中有 {n_classes} 个类别，"
            f"只剩 {n_test} 行可以留作测试（只有一行的类别只能用于训练）；"
            "请为每个类别提供更多的行。",
        )
    return splits
