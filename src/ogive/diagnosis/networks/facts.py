"""What is known of a network of ours besides its layers: outputs, classes, settings, curves."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special
from sklearn.metrics import r2_score

from ogive.diagnosis.linearity import linear_r2
from ogive.diagnosis.measurements import Classes, Curves, Outputs, Settings
from ogive.diagnosis.networks.forward import dense
from ogive.network.base import BaseMLP
from ogive.network.parameters import batch_rows

__all__ = ["classes_of", "curves_of", "outputs_of", "score_of", "settings_of", "task_of"]

Array = NDArray[np.float64]
NAN = float("nan")
_MOST_VALUES = 1001
_LINEAR_ROWS = 4096
_LINEAR_FEATURES = 1000


def task_of(network: BaseMLP) -> Any:
    """Return the task: "binary", "multiclass", "multilabel" or "regression"."""
    if network._numeric_target:
        return "regression"
    if network._multilabel:
        return "multilabel"
    return "multiclass" if len(network.classes_) > 2 else "binary"


def _linear_r2(X: Any, z: NDArray[Any], random_state: int) -> float:
    """Return the share of the last layer's z that is linear in the inputs, on 4,096 rows at most.

    Softmax knows z up to a number that all classes share, which is taken out first.
    """
    n, p = X.shape
    if p > _LINEAR_FEATURES:
        return NAN
    rows = np.arange(n)
    if n > _LINEAR_ROWS:
        rows = np.sort(np.random.default_rng(random_state).choice(n, _LINEAR_ROWS, replace=False))
    target = np.asarray(z[rows], dtype=np.float64)
    if target.shape[1] > 1:
        target = target - target.mean(axis=1, keepdims=True)
    return linear_r2(dense(X, rows), target)


def _linked(link: str, z: Array) -> Array:
    if link == "softmax":
        return np.asarray(special.softmax(z, axis=1))
    if link == "logistic":
        return np.asarray(special.expit(z))
    return np.asarray(np.exp(z)) if link == "exp" else z


def outputs_of(network: BaseMLP, X: Any, y: Any, z: NDArray[Any], random_state: int) -> Outputs:
    """Return what the network answers on rows, and the targets' range."""
    loss, link = network._core_loss()
    with np.errstate(all="ignore"):
        answers = _linked(link, np.asarray(z, dtype=np.float64))
        least, greatest = answers.min(axis=0), answers.max(axis=0)
        mean, std = answers.mean(axis=0), answers.std(axis=0)
    told: dict[str, Any] = dict(activation=link, loss=loss, least=least, greatest=greatest)
    told |= dict(mean=mean, std=std)
    r2 = _linear_r2(X, z, random_state)
    if y is None:
        return Outputs(**told, linear_r2=r2)
    values = np.unique(y)
    numeric = values.dtype.kind in "iufb"
    if task_of(network) == "regression":
        targets = np.asarray(y, dtype=np.float64).reshape(len(y), -1)
        told |= dict(target_mean=targets.mean(axis=0), target_std=targets.std(axis=0))
    return Outputs(
        **told,
        target_least=float(values[0]) if numeric else NAN,
        target_greatest=float(values[-1]) if numeric else NAN,
        target_values=min(len(values), _MOST_VALUES),
        target_whole=bool(numeric and np.all(values == np.round(values.astype(np.float64)))),
        linear_r2=r2,
    )


def score_of(network: BaseMLP, y: Any, z: NDArray[Any]) -> float:
    """Return the accuracy (all labels right) or R² that the estimator's `score` would."""
    if network._numeric_target:
        with np.errstate(all="ignore"):
            answers = _linked(network._core_loss()[1], np.asarray(z, dtype=np.float64))
        if not np.isfinite(answers).all() or len(y) < 2:
            return NAN
        return float(r2_score(np.asarray(y).reshape(len(y), -1), answers))
    if network._multilabel:
        return float(np.mean(np.all((np.asarray(y) > 0.5) == (z > 0), axis=1)))
    return float(np.mean(_chosen(z) == np.searchsorted(network.classes_, y)))


def _chosen(z: NDArray[Any]) -> NDArray[np.intp]:
    """Return the number of the class chosen for each row."""
    return z.argmax(axis=1) if z.shape[1] > 1 else (z[:, 0] > 0).astype(np.intp)


def classes_of(network: BaseMLP, y: Any, z: NDArray[Any]) -> Classes | None:
    """Return counts and recalls of the classes; of several labels, each label's yes-rows."""
    if network._numeric_target or y is None:
        return None
    weighted = network.class_weight is not None
    if network._multilabel:
        yes = np.asarray(y) > 0.5
        counts = yes.sum(axis=0).astype(np.float64)
        right = np.sum(yes & (z > 0), axis=0)
    else:
        index = np.searchsorted(network.classes_, y)
        chosen = _chosen(z)
        n_classes = len(network.classes_)
        counts = np.bincount(index, minlength=n_classes).astype(np.float64)
        right = np.bincount(index[chosen == index], minlength=n_classes)
    recall = np.where(counts > 0, right / np.maximum(counts, 1), np.nan)
    labels = tuple(one.item() if isinstance(one, np.generic) else one for one in network.classes_)
    return Classes(labels, counts, recall, weighted)


def settings_of(network: BaseMLP, n_rows: int, step_curvature: float) -> Settings:
    """Return the parameters that training went by."""
    stochastic = network.solver != "lbfgs"
    return Settings(
        solver=network.solver,
        # What schedules start from: that is what a user sets.
        learning_rate=float(network.learning_rate_init) if stochastic else None,
        momentum=float(network.momentum) if network.solver == "sgd" else None,
        batch_size=batch_rows(network.batch_size, n_rows) if stochastic else None,
        init=network.init,
        alpha=float(network.alpha),
        dropout=float(network.dropout) if stochastic else None,
        max_iter=int(network.max_iter),
        n_iter=int(network.n_iter_),
        converged=bool(getattr(network, "converged_", network.n_iter_ < network.max_iter)),
        early_stopping=bool(network.early_stopping),
        kept_epoch=_kept_epoch(network),
        step_curvature=step_curvature,
    )


def _kept_epoch(network: BaseMLP) -> int | None:
    best = getattr(network, "best_iter_", None)
    if not network.early_stopping or best is None or best >= network.n_iter_:
        return None
    return int(best)


def curves_of(network: BaseMLP, y: Any, held_out: tuple[float, float, int] | None) -> Curves:
    """Return the curves of training.

    `held_out` is (loss, score, number) of rows not learnt from; it stands for a curve of one epoch
    where training recorded none.
    """
    loss = np.asarray(network.loss_curve_, dtype=np.float64)
    validation = np.asarray(network.validation_loss_curve_ or [], dtype=np.float64)
    score = np.asarray(network.validation_scores_ or [], dtype=np.float64)
    rows = 0
    if held_out is not None and not validation.size:
        validation, score = np.array([held_out[0]]), np.array([held_out[1]])
        rows = held_out[2]
    baseline = NAN if y is None else baseline_loss(network, y)
    return Curves(loss, validation, score, baseline, rows)


def baseline_loss(network: BaseMLP, y: Any) -> float:
    """Return the mean loss of the best answer that is the same for all rows."""
    task = task_of(network)
    if task == "multiclass":
        share = np.unique(y, return_counts=True)[1] / len(y)
        return float(-np.sum(special.xlogy(share, share)))
    if task in ("binary", "multilabel"):
        values = y if task == "multilabel" else (y == network.classes_[-1]).reshape(-1, 1)
        share = np.asarray(values, dtype=np.float64).mean(axis=0)
        return float(-np.sum(special.xlogy(share, share) + special.xlogy(1 - share, 1 - share)))
    values = np.asarray(y, dtype=np.float64).reshape(len(y), -1)
    mean = values.mean(axis=0)
    if network._core_loss()[0] == "poisson":
        return float(np.sum(special.xlogy(values, values / np.maximum(mean, 1e-300))) / len(y))
    return float(0.5 * np.mean((values - mean) ** 2))
