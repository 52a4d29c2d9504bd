"""Trains every activation at every learning rate on every split, and scores the chosen ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import narwhals as nw
import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone
from threadpoolctl import threadpool_limits

from ogive.comparison.design.problem import Problem
from ogive.comparison.design.settings import Settings
from ogive.comparison.design.splits import Split
from ogive.comparison.outcome import Outcome, as_curve, training_gradients
from ogive.comparison.scoring.scorers import Scale, Scorer, guess_score, make_scorer
from ogive.data import ColumnPreparation
from ogive.diagnosis import layer_statistics
from ogive.network import FleetJob, MLPClassifier, MLPRegressor, fit_fleet

__all__ = ["Progress", "run"]

Progress = Callable[[int, int, str], object]

# Prepared tables that are held at once take at most this many bytes (or one table, if larger).
MEMORY = 2**29
# Rows on which units are counted as dead or saturated.
MOST_DIAGNOSED_ROWS = 4096


class _Prepared(NamedTuple):
    """A split with its table and target as the networks see them."""

    split: Split
    X: NDArray[Any]
    y: NDArray[Any]
    scale: Scale | None
    guess: float


def run(
    problem: Problem,
    splits: Sequence[Split],
    settings: Settings,
    *,
    n_jobs: int | None,
    progress: Progress | None,
) -> tuple[list[list[Outcome]], list[float]]:
    """Do the experiment.

    Returns
    -------
    outcomes : list of list of Outcome
        By activation, then by split.
    guesses : list of float
        For each split, the score of the guess that ignores X.
    """
    report = progress or (lambda *_: None)
    score = make_scorer(settings.scoring)
    outcomes: list[list[Outcome]] = [[] for _ in settings.activations]
    guesses: list[float] = []
    fits_a_split = len(settings.activations) * len(settings.learning_rates)
    n_fits = fits_a_split * len(splits)
    n_done = 0
    group_size = 1
    while n_done < len(splits):
        group: list[_Prepared] = []
        while n_done + len(group) < len(splits) and len(group) < group_size:
            group.append(_prepare(problem, splits[n_done + len(group)], settings))
            group_size = max(MEMORY // max(group[0].X.nbytes, 1), 1)
            report(n_done + len(group), len(splits), "prepare")
        jobs = [job for prepared in group for job in _jobs(prepared, problem, settings)]
        before = n_done * fits_a_split

        def trained(done: int, _: int, before: int = before) -> None:
            report(before + done, n_fits, "train")

        fitted = fit_fleet(jobs, n_jobs=n_jobs, progress=trained)
        report(before + len(jobs), n_fits, "train")
        for number, prepared in enumerate(group):
            guesses.append(prepared.guess)
            mine = fitted[number * fits_a_split : (number + 1) * fits_a_split]
            # Networks this small predict faster on one thread than BLAS can wake others.
            with threadpool_limits(1):
                _evaluate(mine, prepared, problem, settings, score, outcomes)
            report(n_done + number + 1, len(splits), "evaluate")
        n_done += len(group)
    return outcomes, guesses


def _prepare(problem: Problem, split: Split, settings: Settings) -> _Prepared:
    """Turn the table into numbers with what the training fold alone tells."""
    training = split.training
    y = problem.target.values
    if settings.prepare is None:
        preparation = ColumnPreparation(dtype=settings.dtype).fit(problem.table, rows=training)
        X = preparation.transform(problem.table)
    elif settings.prepare == "passthrough":
        X = problem.table
    else:
        preparation = clone(settings.prepare).fit(_take(problem.table, training), y[training])
        X = preparation.transform(problem.table)
    X = np.ascontiguousarray(X, dtype=settings.dtype)
    guess = guess_score(settings.scoring, problem.task, y[training], y[split.test])
    if problem.task == "classification":
        return _Prepared(split, X, y, None, guess)
    scale = Scale(y[training])
    return _Prepared(split, X, scale.to_network(y).astype(settings.dtype), scale, guess)


def _take(table: Any, rows: NDArray[np.int64]) -> Any:
    return table[rows] if isinstance(table, np.ndarray) else nw.from_native(table)[rows].to_native()


def _jobs(prepared: _Prepared, problem: Problem, settings: Settings) -> list[FleetJob]:
    """One job for each activation and learning rate, in that order."""
    network = MLPClassifier if problem.task == "classification" else MLPRegressor
    split = prepared.split
    return [
        FleetJob(
            network(
                hidden_layer_sizes=settings.hidden_layer_sizes,
                activation=activation,
                init="auto",
                solver=settings.solver,
                alpha=settings.alpha,
                batch_size=settings.batch_rows(len(split.fitting)),
                learning_rate_init=rate,
                max_iter=settings.max_iter,
                early_stopping="loss",
                n_iter_no_change=settings.n_iter_no_change,
                random_state=split.seed,
                record_gradients=True,
            ),
            prepared.X,
            prepared.y,
            rows=split.fitting,
            validation_rows=split.validation,
        )
        for activation in settings.activations
        for rate in settings.learning_rates
    ]


def _evaluate(
    fitted: list[Any],
    prepared: _Prepared,
    problem: Problem,
    settings: Settings,
    score: Scorer,
    outcomes: list[list[Outcome]],
) -> None:
    """Choose the learning rate of each activation on one split, and score the chosen network."""
    split, scale = prepared.split, prepared.scale
    y = problem.target.values
    X_validation, y_validation = prepared.X[split.validation], y[split.validation]
    X_test, y_test = prepared.X[split.test], y[split.test]
    training = split.training
    diagnosed = training[:: max(-(-len(training) // MOST_DIAGNOSED_ROWS), 1)]
    X_diagnosed, y_diagnosed = prepared.X[diagnosed], prepared.y[diagnosed]
    n_rates = len(settings.learning_rates)
    for number, done in enumerate(outcomes):
        candidates = fitted[number * n_rates : (number + 1) * n_rates]
        ranks = []
        for network in candidates:
            value = -np.inf
            if network.nonfinite_ is None:
                value = score(network, X_validation, y_validation, scale)
            finite = bool(np.isfinite(value))
            ranks.append((finite, value if finite else -np.inf, -_validation_loss(network)))
        chosen = max(range(n_rates), key=ranks.__getitem__)
        network, (finite, validation_score, _) = candidates[chosen], ranks[chosen]
        tested = score(network, X_test, y_test, scale) if finite else np.nan
        failed = not np.isfinite(tested)
        dead, saturated = np.nan, np.nan
        if not failed:
            dead, saturated = _unit_shares(network, X_diagnosed, y_diagnosed)
        done.append(
            Outcome(
                score=prepared.guess if failed else tested,
                validation_score=validation_score,
                learning_rate=settings.learning_rates[chosen],
                seconds=float(network.fit_time_),
                best_epoch=int(network.best_iter_ or 0),
                at_limit=bool(network.n_iter_ >= settings.max_iter),
                failed=failed,
                n_diverged=sum(not rank[0] for rank in ranks),
                loss_curve=as_curve(network.loss_curve_),
                validation_loss_curve=as_curve(network.validation_loss_curve_),
                dead_share=dead,
                saturated_share=saturated,
                gradients=training_gradients(network),
            )
        )


def _unit_shares(network: Any, X: NDArray[Any], y: NDArray[Any]) -> tuple[float, float]:
    """Return the shares of the hidden units that are dead and saturated."""
    with np.errstate(all="ignore"):  # a network may be finite and yet overflow on other rows
        statistics = layer_statistics(network, X, y)[:-1]
    units = np.array([layer.n_units for layer in statistics], dtype=np.float64)
    shares = np.array([(layer.dead_share, layer.saturated_share) for layer in statistics])
    dead, saturated = (units @ shares / units.sum()).tolist()
    return dead, saturated


def _validation_loss(network: Any) -> float:
    """Loss on the validation rows with the weights that were kept."""
    curve = as_curve(network.validation_loss_curve_)
    epoch = int(network.best_iter_ or 0)
    return float(curve[epoch - 1]) if 0 < epoch <= curve.size else np.inf
