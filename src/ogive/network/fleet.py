"""Many networks at once: each on a core of its own, all over the same tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from sklearn.base import clone
from sklearn.utils import check_random_state

from ogive.network.base import BaseMLP, Prepared, Targets
from ogive.network.engine import Table, build_table, fleet_runner
from ogive.network.parameters import hidden_sizes
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
    rows : ndarray of int or None
        The rows of X to learn from; None for all.
    validation_rows : ndarray of int or None
        The rows of X to validate on after each epoch.
    """

    estimator: BaseMLP
    X: Any
    y: Any
    rows: np.ndarray[Any, Any] | None = None
    validation_rows: np.ndarray[Any, Any] | None = None


class _Shared:
    """Tables and targets handed to the core, each once however many jobs use it."""

    def __init__(self) -> None:
        self._checked: dict[tuple[int, int, type], tuple[Any, ...]] = {}

    def of(self, job: FleetJob, estimator: Any) -> tuple[Table, Targets, Any]:
        weight_key = repr(getattr(estimator, "class_weight", None))
        key: Any = (id(job.X), id(job.y), type(estimator), weight_key)
        if key not in self._checked:
            X, y = estimator._validate(job.X, job.y, reset=True)
            y = estimator._learn_target(y, incremental=False)
            targets = estimator._encode(y, X.dtype)
            table = build_table(
                X, targets.values, targets.labels, estimator._weights(None, X, y)
            )
            learnt = {
                name: value
                for name, value in vars(estimator).items()
                if name in ("classes_", "_multilabel", "n_features_in_", "feature_names_in_")
            }
            # job.X and job.y are kept so that their ids stay theirs.
            self._checked[key] = (table, targets, y, X.dtype, learnt, job.X, job.y)
        table, targets, y, self.dtype, learnt, *_ = self._checked[key]
        vars(estimator).update(learnt)
        return table, targets, y


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
    table, targets, y = shared.of(job, estimator)
    rows = np.arange(table.n_rows) if job.rows is None else np.asarray(job.rows, np.int64)
    held = None if job.validation_rows is None else np.asarray(job.validation_rows, np.int64)
    prepared = estimator._prepare(
        table,
        shared.dtype,
        targets.n_outputs,
        rows,
        y,
        check_random_state(estimator.random_state),
        first_pass=True,
        validation=None if held is None else table,
        validation_rows=held,
    )
    return estimator, prepared, shared.dtype


def fit_fleet(
    jobs: Sequence[FleetJob],
    n_jobs: int | None = None,
    progress: Callable[[int, int], Any] | None = None,
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
    fleet_runner(dtypes.pop())(runs, 0 if n_jobs is None else n_jobs, progress)
    from ogive.network.training import take_history

    for estimator, one, _ in prepared:
        take_history(estimator, one.run, one.network)
        estimator._core = one.network
    if progress is not None:
        progress(len(runs), len(runs))
    return [estimator for estimator, *_ in prepared]
