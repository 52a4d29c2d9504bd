"""Many networks at once: each on a core of its own, all over the same tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from sklearn.base import clone
from sklearn.utils import check_random_state

from ogive.network.base import BaseMLP
from ogive.network.engine import Table, build_table, fleet_runner, single_threaded_blas
from ogive.network.parameters import hidden_sizes
from ogive.network.prepared import Prepared, Targets
from ogive.network.training import take_history
from ogive.text import InputError

__all__ = ["FleetJob", "fit_fleet"]


class FleetJob(NamedTuple):
    """One network to train.

    Attributes
    ----------
    estimator : MLPClassifier or MLPRegressor
        Not fitted; a clone of it is.
    X : ndarray of shape (n_samples, n_features), float32 or float64, C-contiguous, or CSR matrix
    y : array-like of shape (n_samples,) or (n_samples, n_outputs)
        Jobs that pass the same X and y objects share them; nothing is copied.
    rows : ndarray of int or bool, or None
        The rows of X to learn from, by number or as a mask; None for all.
    validation_rows : ndarray of int or bool, or None
        The rows of X to validate on after each epoch.
    """

    estimator: BaseMLP
    X: Any
    y: Any
    rows: np.ndarray[Any, Any] | None = None
    validation_rows: np.ndarray[Any, Any] | None = None


def _row_numbers(rows: Any, n_rows: int, name: str) -> np.ndarray[Any, Any]:
    """Return checked row numbers from numbers or a mask."""
    rows = np.asarray(rows)
    if rows.dtype == bool and rows.shape == (n_rows,):
        rows = np.flatnonzero(rows)
    if rows.ndim != 1 or rows.dtype.kind not in "iu" or rows.size == 0:
        raise InputError(
            f"{name} of a FleetJob must be a list of at least one row number, or a mask "
            f"of {n_rows} rows; got an array of shape {rows.shape} and dtype {rows.dtype}.",
            f"FleetJob 的 {name} 必须是至少含一项的行号列表，或长度为 {n_rows} 的布尔掩码；"
            f"得到的数组形状为 {rows.shape}，dtype 为 {rows.dtype}。",
        )
    if rows.min() < 0 or rows.max() >= n_rows:
        wrong = rows.min() if rows.min() < 0 else rows.max()
        raise InputError(
            f"{name} of a FleetJob names row {wrong}, but X has rows 0 to {n_rows - 1}.",
            f"FleetJob 的 {name} 中有第 {wrong} 行，而 X 只有第 0 到 {n_rows - 1} 行。",
        )
    return np.asarray(rows, np.int64)


class _Checked(NamedTuple):
    """A table that was validated once, and what the estimators that use it learn from it."""

    X: Any
    y: Any
    table: Table
    targets: Targets
    learnt: dict[str, Any]
    owners: tuple[Any, Any]  # what the job passed, kept so that their ids stay theirs


class _Shared:
    """Tables and targets handed to the core, each once however many jobs use it."""

    def __init__(self) -> None:
        self._checked: dict[Any, _Checked] = {}
        self._weighted: dict[Any, Table] = {}

    def of(self, job: FleetJob, estimator: Any) -> _Checked:
        key = (id(job.X), id(job.y), type(estimator), estimator.loss)
        if key not in self._checked:
            X, y = estimator._validate(job.X, job.y, reset=True)
            y = estimator._learn_target(y, incremental=False)
            targets = estimator._encode(y, X.dtype)
            learnt = {
                name: value
                for name, value in vars(estimator).items()
                if name in ("classes_", "_multilabel", "n_features_in_", "feature_names_in_")
            }
            table = build_table(X, targets.values, targets.labels)
            self._checked[key] = _Checked(X, y, table, targets, learnt, (job.X, job.y))
        checked = self._checked[key]
        vars(estimator).update(checked.learnt)
        return checked

    def weighted(
        self, job: FleetJob, estimator: Any, checked: _Checked, rows: np.ndarray[Any, Any]
    ) -> Table:
        """Return the table with the class weights that `fit` would find on the job's rows."""
        class_weight = getattr(estimator, "class_weight", None)
        if class_weight is None:
            return checked.table
        key = (id(checked), id(job.rows), repr(class_weight))
        if key not in self._weighted:
            weight = np.zeros(checked.table.n_rows, checked.X.dtype)
            weight[rows] = estimator._class_weights(checked.y[rows])
            self._weighted[key] = build_table(
                checked.X, checked.targets.values, checked.targets.labels, weight
            )
        return self._weighted[key]


def _prepare(job: FleetJob, shared: _Shared) -> tuple[Any, Prepared, np.dtype[Any]]:
    estimator = clone(job.estimator)
    estimator._validate_params()
    if estimator.solver == "lbfgs":
        raise InputError(
            "a fleet trains by stochastic solvers; solver='lbfgs' cannot be used in it, choose "
            "'adam', 'adamw' or 'sgd'.",
            "批量训练只支持随机求解器；不能用 solver='lbfgs'，请选 'adam'、'adamw' 或 'sgd'。",
        )
    hidden_sizes(estimator.hidden_layer_sizes)
    checked = shared.of(job, estimator)
    n_rows, dtype = checked.table.n_rows, checked.X.dtype
    rows = np.arange(n_rows) if job.rows is None else _row_numbers(job.rows, n_rows, "rows")
    held = None
    if job.validation_rows is not None:
        held = _row_numbers(job.validation_rows, n_rows, "validation_rows")
    prepared = estimator._prepare(
        shared.weighted(job, estimator, checked, rows),
        dtype,
        checked.targets.n_outputs,
        rows,
        checked.y,
        check_random_state(estimator.random_state),
        first_pass=True,
        validation=None if held is None else checked.table,
        validation_rows=held,
    )
    return estimator, prepared, dtype


def fit_fleet(
    jobs: Sequence[FleetJob],
    n_jobs: int | None = None,
    progress: Callable[[int, int], Any] | None = None,
    finished: Callable[[Sequence[tuple[int, Any]]], Any] | None = None,
) -> list[Any]:
    """Train many networks at once, one thread each, over shared data that is not copied.

    Each network is the one that `fit` would give on its rows with the same seed, whatever
    `n_jobs` is.

    Parameters
    ----------
    jobs : sequence of FleetJob
        All of one dtype.
    n_jobs : int or None, default=None
        Threads; None for as many as OpenMP's settings allow.
    progress : callable, default=None
        Called from the calling thread about 20 times a second with the number of networks done and
        the number of all.
    finished : callable, default=None
        Called from the calling thread about 20 times a second with the networks that have ended
        since: pairs of the place in `jobs` and the fitted estimator. What it raises ends the
        fleet.

    Returns
    -------
    fitted : list of estimators
        In the order of `jobs`. Networks that stopped at `max_iter` or became non-finite say so in
        ``converged_`` and ``nonfinite_``; no warnings are issued.

    Raises
    ------
    KeyboardInterrupt
        After Ctrl-C, within a fraction of a second.
    """
    shared = _Shared()
    prepared = [_prepare(job, shared) for job in jobs]
    if not prepared:
        return []
    dtypes = {dtype for *_, dtype in prepared}
    if len(dtypes) > 1:
        raise InputError(
            "the jobs of a fleet must have one dtype, float32 or float64; got both.",
            "同一批训练的数据类型必须一致（float32 或 float64），现在两种都有。",
        )
    runs = [one.run for _, one, _ in prepared]
    taken: set[int] = set()

    def ended(numbers: Sequence[int]) -> None:
        for number in numbers:
            estimator, one, _ = prepared[number]
            take_history(estimator, one.run, one.network)
        taken.update(numbers)
        if finished is not None and numbers:
            finished([(number, prepared[number][0]) for number in numbers])
        if progress is not None:
            progress(len(taken), len(runs))

    with single_threaded_blas(*(one.network for _, one, _ in prepared)):
        fleet_runner(dtypes.pop())(runs, 0 if n_jobs is None else n_jobs, ended)
        # Those that ended after the fleet last called.
        ended([number for number in range(len(runs)) if number not in taken])
    return [estimator for estimator, *_ in prepared]
