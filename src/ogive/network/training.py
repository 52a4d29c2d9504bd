"""From validated rows to a training run of the core, and from its history to fitted attributes."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from sklearn.model_selection import train_test_split

from ogive.network.course import course_of, greatest_slopes
from ogive.network.engine import Table, generator_state, single_threaded_blas, training_kind
from ogive.network.history import Epoch, NonFinite
from ogive.network.parameters import batch_rows
from ogive.text import InputError

__all__ = ["Rows", "prepare_training", "take_history", "train", "validation_split"]

Indices = np.ndarray[Any, np.dtype[np.int64]]


class Rows(NamedTuple):
    """Which rows of which tables a training uses."""

    table: Table
    train: Indices
    validation_table: Table | None
    validation: Indices


def validation_split(
    n_rows: int, stratify: Any, fraction: float, random_state: np.random.RandomState
) -> tuple[Indices, Indices]:
    """Set rows aside for early stopping, with the same draws as scikit-learn.

    Raises
    ------
    InputError
        If fewer than two rows would be set aside.
    """
    train, held = train_test_split(
        np.arange(n_rows), random_state=random_state, test_size=fraction, stratify=stratify
    )
    if held.shape[0] < 2:
        raise InputError(
            "The validation set is too small. Increase 'validation_fraction' or the size of your "
            f"dataset (validation_fraction={fraction:g} of {n_rows} rows).",
            "验证集太小：请增大 validation_fraction 或数据量"
            f"（目前是 {n_rows} 行的 {fraction:g}）。",
        )
    return train.astype(np.int64), held.astype(np.int64)


def _monitor(early_stopping: bool | str) -> str:
    if not early_stopping:
        return "training_loss"
    return "validation_loss" if early_stopping == "loss" else "validation_score"


def prepare_training(
    estimator: Any,
    network: Any,
    rows: Rows,
    dtype: np.dtype[Any],
    random_state: np.random.RandomState,
    incremental: bool,
) -> Any:
    """Return the core's training run for `estimator`'s parameters; nothing is computed yet."""
    n_train = rows.train.shape[0]
    solver = estimator.solver
    key, position = generator_state(random_state)
    options = {
        "solver": solver,
        "momentum": estimator.momentum,
        "nesterovs_momentum": bool(estimator.nesterovs_momentum),
        "beta_1": estimator.beta_1,
        "beta_2": estimator.beta_2,
        "epsilon": estimator.epsilon,
        "weight_decay": estimator.weight_decay,
        # As in scikit-learn, its own schedules are for SGD; ours serves every solver.
        "learning_rate": estimator.learning_rate
        if solver == "sgd" or estimator.learning_rate == "cosine"
        else "constant",
        "learning_rate_init": estimator.learning_rate_init,
        "power_t": estimator.power_t,
        "alpha": estimator.alpha,
        "tol": estimator.tol,
        "dropout": estimator.dropout,
        "batch_size": batch_rows(estimator.batch_size, n_train),
        "max_iter": 1 if incremental else int(estimator.max_iter),
        "n_iter_no_change": float(estimator.n_iter_no_change),
        "shuffle": bool(estimator.shuffle),
        "record_gradients": bool(estimator.record_gradients),
        "dropout_seed": int(key[0]),
        "monitor": _monitor(estimator.early_stopping),
    }
    if estimator.monitor:
        options["greatest_slopes"] = greatest_slopes(estimator)
    best_loss = estimator.best_loss_
    best_score = getattr(estimator, "best_validation_score_", None)
    return training_kind(dtype)(
        network=network,
        data=rows.table.data,
        rows=rows.train,
        validation=None if rows.validation_table is None else rows.validation_table.data,
        validation_rows=rows.validation,
        options=options,
        key=key,
        position=position,
        rows_seen=estimator.t_,
        no_improvement=float(estimator._no_improvement_count),
        best_loss=np.inf if best_loss is None else best_loss,
        best_score=-np.inf if best_score is None else best_score,
    )


def train(estimator: Any, run: Any, network: Any, callbacks: Any) -> None:
    """Carry out a training run, with `verbose` output and the user's callbacks."""
    with single_threaded_blas(network):
        if not callbacks and not estimator.verbose:
            run.run()
            return
        already = len(estimator.loss_curve_)

        def epoch_ended(last: dict[str, Any]) -> bool:
            state = Epoch(
                estimator,
                int(last["n_iter"]),
                last["loss"],
                last["validation_loss"],
                last["validation_score"],
                last["learning_rate"],
            )
            if estimator.verbose:
                print(f"Iteration {state.epoch}, loss = {state.loss:.8f}")
                if state.validation_score is not None:
                    print(f"Validation score: {state.validation_score:f}")
            if not callbacks:
                return False
            estimator._take_weights(network)
            estimator.n_iter_ = state.epoch
            estimator.loss_curve_.append(state.loss)
            return any([bool(callback(state)) for callback in callbacks])

        run.run(epoch_ended=epoch_ended)
    del estimator.loss_curve_[already:]


def take_history(estimator: Any, run: Any, network: Any) -> str:
    """Set the fitted attributes from a finished run and return how it ended."""
    history = run.history()
    estimator._take_weights(network)
    estimator.n_iter_ = int(history["n_iter"])
    estimator.t_ = int(run.rows_seen)
    estimator._no_improvement_count = run.no_improvement
    estimator.loss_curve_.extend(history["loss"])
    if history["loss"]:
        estimator.loss_ = history["loss"][-1]
    elif not hasattr(estimator, "loss_"):
        estimator.loss_ = float("nan")
    if history["validation_score"]:
        estimator.validation_loss_curve_ = (estimator.validation_loss_curve_ or []) + list(
            history["validation_loss"]
        )
        estimator.validation_scores_ = (estimator.validation_scores_ or []) + list(
            history["validation_score"]
        )
    if estimator.early_stopping:
        estimator.best_validation_score_ = history["best_score"]
        estimator.best_iter_ = int(history["best_iter"]) or estimator.n_iter_
        estimator.best_loss_ = history["best_loss"] if estimator.early_stopping == "loss" else None
    else:
        estimator.best_loss_ = history["best_loss"]
        estimator.best_iter_ = estimator.n_iter_
    outcome = str(history["outcome"])
    estimator.converged_ = outcome == "converged"
    estimator.fit_time_ = history["seconds"]
    estimator.nonfinite_ = (
        NonFinite(int(history["nonfinite_epoch"]), int(history["nonfinite_layer"]))
        if outcome == "nonfinite"
        else None
    )
    if outcome == "nonfinite":  # its moments are not finite either, and of no further use
        for name in ("_core", "_optimizer"):
            estimator.__dict__.pop(name, None)
    else:
        estimator._core = network
    if estimator.monitor:
        estimator.course_ = course_of(estimator, run, history)
    if estimator.record_gradients:
        n_layers = estimator.n_layers_ - 1
        estimator.gradient_norms_ = history["gradient_rms"].reshape(-1, n_layers)
    return outcome
