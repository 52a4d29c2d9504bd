"""What is kept of a fitted model: its scores on one split, and what a network's layers show."""

from __future__ import annotations

import time
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ogive.comparison.models import Reason, count_parameters
from ogive.comparison.outcome import as_curve, training_gradients
from ogive.comparison.records import FitResult
from ogive.comparison.running.preparing import PreparedSplit
from ogive.comparison.scoring.scorers import Scorer, Where
from ogive.diagnosis import layer_statistics
from ogive.text import Text

__all__ = ["measure"]

# Rows on which units are counted as dead or saturated.
MOST_DIAGNOSED_ROWS = 4096
# Predicting is timed as often as this share of the fit's time allows, but once, and not more often.
PREDICTING_SHARE = 0.01
MOST_PREDICTIONS = 10
NOTHING = np.empty(0)
NOTHING_FINITE = Text(
    "it gave no finite predictions, but NaN or infinite ones",
    "它给出的预测值不是有限数，而是 NaN 或无穷大",
)


def measure(
    model: Any,
    prepared: PreparedSplit,
    y: NDArray[Any],
    score: Scorer,
    *,
    network: bool,
    max_iter: int,
    seconds: float,
) -> FitResult:
    """Score a fitted model on one split and look into its layers if it is a network.

    Parameters
    ----------
    model : estimator
        Fitted on the split's rows for fitting.
    prepared : PreparedSplit
    y : ndarray of shape (n_samples,)
        The target as given: class numbers, or numbers on their own scale.
    score : callable
        As `make_scorer` returns.
    network : bool
        Whether it is one that this package made, with its layers to look into; one of the user's
        own is judged by its scores alone.
    max_iter : int
        Epochs allowed.
    seconds : float
        Time of the fit.

    Raises
    ------
    InputError
        If the scorer fails, or a model that is no network gives predictions that are not finite.
    """
    split, X = prepared.split, prepared.X
    finite = not network or model.nonfinite_ is None
    validation_score, tested, predicting = np.nan, np.nan, np.nan
    if finite:
        place = Where(split.repeat, split.fold, "validation")
        rows, X_test = split.validation, X[split.test]
        validation_score = score(model, X[rows], y[rows], prepared.scale, place)
        predicting = _predict_seconds(model, X_test, PREDICTING_SHARE * seconds) / len(X_test)
        tested = score(model, X_test, y[split.test], prepared.scale, place._replace(rows="test"))
        if not network and not np.isfinite([validation_score, tested]).all():
            # A network that diverges tells of its activation; this one is broken.
            raise Reason(*NOTHING_FINITE)
    shares = _Shares(np.nan, np.nan, NOTHING, NOTHING)
    if network and finite and np.isfinite(tested):
        shares = _unit_shares(model, prepared)
    return FitResult(
        score=float(tested),
        validation_score=float(validation_score),
        validation_loss=_validation_loss(model) if network else float("inf"),
        guess=prepared.guess,
        seconds=seconds,
        predict_seconds=predicting,
        n_parameters=count_parameters(model),
        n_iter=_n_iter(model),
        best_epoch=int(model.best_iter_ or 0) if network else 0,
        at_limit=bool(network and model.n_iter_ >= max_iter),
        loss_curve=as_curve(model.loss_curve_) if network else NOTHING,
        validation_loss_curve=as_curve(model.validation_loss_curve_) if network else NOTHING,
        gradients=training_gradients(model) if network else NOTHING,
        dead_share=shares.dead,
        saturated_share=shares.saturated,
        dead_shares=shares.dead_by_layer,
        saturated_shares=shares.saturated_by_layer,
    )


def _predict_seconds(model: Any, X: NDArray[Any], budget: float) -> float:
    """Return the least time of predicting all rows of X: what else goes on can only add to it."""
    least, spent = np.inf, 0.0
    for _ in range(MOST_PREDICTIONS):
        started = time.perf_counter()
        model.predict(X)
        took = time.perf_counter() - started
        least, spent = min(least, took), spent + took
        if spent + least > budget:
            break
    return least


class _Shares(NamedTuple):
    dead: float
    saturated: float
    dead_by_layer: NDArray[np.float64]
    saturated_by_layer: NDArray[np.float64]


def _unit_shares(network: Any, prepared: PreparedSplit) -> _Shares:
    """Return the shares of the hidden units that are dead and saturated."""
    training = prepared.split.training
    rows = training[:: max(-(-len(training) // MOST_DIAGNOSED_ROWS), 1)]
    with np.errstate(all="ignore"):  # a network may be finite and yet overflow on other rows
        layers = layer_statistics(network, prepared.X[rows], prepared.y[rows])[:-1]
    units = np.array([layer.n_units for layer in layers], dtype=np.float64)
    shares = np.array([(layer.dead_share, layer.saturated_share) for layer in layers])
    dead, saturated = (units @ shares / units.sum()).tolist()
    return _Shares(dead, saturated, shares[:, 0].copy(), shares[:, 1].copy())


def _validation_loss(network: Any) -> float:
    """Loss on the validation rows with the weights that were kept."""
    curve = as_curve(network.validation_loss_curve_)
    epoch = int(network.best_iter_ or 0)
    return float(curve[epoch - 1]) if 0 < epoch <= curve.size else float("inf")


def _n_iter(model: Any) -> int:
    """Return the epochs or iterations, of several problems the most; 0 where none are counted."""
    counted = np.ravel(getattr(model, "n_iter_", ()))
    numbers = [one for one in counted if isinstance(one, int | np.integer)]
    return int(max(numbers, default=0))
