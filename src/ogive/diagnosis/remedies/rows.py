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

__all__ = ["LEAST_ROWS", "Given", "Split", "given_rows", "make_splits", "take", "held_out_share"]

LEAST_ROWS = 20
LEAST_TEST_ROWS = 4

Rows = NDArray[np.int64]
take = _safe_indexing


class Given(NamedTuple):
    """Rows and targets; `strata` is what splits are drawn evenly over."""

    X: Any
    y: NDArray[Any]
    strata: NDArray[Any]
    classes: bool
    n_given: int
    n_left_out: int


class Split(NamedTuple):
    """The rows to learn from, those held out, and the seed of the networks."""

    train: Rows
    test: Rows
    seed: int


def held_out_share(n_rows: int) -> float:
    """Return the share of rows to hold out: a tenth, or as much as 100 rows are, up to a fifth.

    The corrected variance of a mean difference goes with ``1 / n_seeds + n_test / n_train``, which
    favours holding out few rows, times the variance of one difference, to which rows add that are
    too few to score on.
    """
    return min(max(0.1, 100 / n_rows), 0.2)


def given_rows(
    X: Any,
    y: Any,
    *,
    classification: bool,
    max_rows: int | None,
    rng: np.random.Generator,
    finite_inputs: bool = True,
) -> Given:
    """Return the rows of a diagnosis as a trial uses them.

    As in the diagnosis, rows with values or targets that are not finite are left out.

    Parameters
    ----------
    X, y
        As given to the diagnosis.
    classification : bool
    max_rows : int or None
        Of more rows so many are drawn, evenly over the classes or along the target.
    rng : numpy.random.Generator
    finite_inputs : bool, default=True
        Leave out rows whose inputs are not finite; False where steps may fill them in.

    Raises
    ------
    InputError
        Where there are no targets, or fewer than `LEAST_ROWS` rows.
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
    n_given = int(_num_samples(X))
    finite = _finite_rows(y) & (_finite_rows(X) if finite_inputs else True)
    if not finite.all():
        X, y = take(X, np.flatnonzero(finite)), y[finite]
    n = len(y)
    if n < LEAST_ROWS:
        raise InputError(
            f"remedies can only be tried on at least {LEAST_ROWS} rows, a part of which is held "
            f"out; the diagnosis was made on {n}. Give more rows to ogive.diagnose.",
            f"试用补救办法至少需要 {LEAST_ROWS} 行数据（其中一部分留作测试），"
            f"而诊断只用了 {n} 行；请给 ogive.diagnose 更多的行。",
        )
    classes = classification and y.ndim == 1
    strata = _strata(y, classes, classification)
    if max_rows is not None and n > max_rows:
        drawn = _drawn(strata, max_rows, rng, classes)
        X, y, strata = take(X, drawn), y[drawn], strata[drawn]
    return Given(X, y, strata, classes, n_given, n_given - n)


def _finite_rows(table: Any) -> NDArray[np.bool_]:
    """Return which rows are finite; what is no number counts as such."""
    if sparse.issparse(table):
        finite = np.ones(table.shape[0], bool)
        rows = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
        finite[rows[~np.isfinite(table.data)]] = False
        return finite
    values: NDArray[Any] = np.asarray(table)
    if values.dtype.kind == "O":
        try:
            values = values.astype(np.float64)
        except (TypeError, ValueError):
            return np.ones(len(values), bool)
    if values.dtype.kind not in "fc":
        return np.ones(len(values), bool)
    whole: NDArray[np.bool_] = np.isfinite(values.reshape(len(values), -1)).all(axis=1)
    return whole


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
    share = held_out_share(len(rows))
    splits = []
    for sequence in np.random.SeedSequence([random_state, 1]).spawn(n_seeds):
        split_seed, seed = (int(one) >> 1 for one in sequence.generate_state(2))
        rng = np.random.default_rng(split_seed)
        train, test = hold_out(rows, given.strata, share, rng, classes=given.classes)
        splits.append(Split(train, test, seed))
    n_test = splits[0].test.size
    if n_test < LEAST_TEST_ROWS:
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
