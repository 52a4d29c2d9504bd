"""Trains the network of ``ogive fit`` and scores it on rows that it never saw."""

from __future__ import annotations

import warnings
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ogive.data import ColumnPreparation, LabelledTable
from ogive.data.row_marks import row_marks
from ogive.persistence import TableModel
from ogive.text import InputError, Text

__all__ = ["Fitted", "split_rows", "train"]

HELD_OUT = 0.2
FEWEST_ROWS = 10


class Fitted(NamedTuple):
    """A trained model, its scores, and what the user should know about its training."""

    model: TableModel
    training_score: float
    held_out_score: float
    n_training: int
    n_held_out: int
    notices: list[Text]


def train(labelled: LabelledTable, settings: dict[str, Any]) -> Fitted:
    """Train on four rows in five, score on the fifth.

    Parameters
    ----------
    labelled : LabelledTable
        Features and target.
    settings : dict
        Parameters of the network.
    """
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.metrics import accuracy_score, r2_score

    from ogive.network import MLPClassifier, MLPRegressor
    from ogive.network.parameters import suitable_batch_size

    classify = labelled.task == "classification"
    training, held_out = split_rows(labelled, settings["random_state"])
    preparation = ColumnPreparation().fit(labelled.features, rows=training)
    X = preparation.transform(labelled.features)
    target = labelled.target
    center = scale = None
    if not classify:
        center, scale = float(target[training].mean()), float(target[training].std()) or 1.0
        target = ((target - center) / scale).astype(X.dtype)
    if settings["batch_size"] == "auto":
        settings = settings | {"batch_size": suitable_batch_size(len(training))}
    network = (MLPClassifier if classify else MLPRegressor)(**{"init": "auto", **settings})
    with warnings.catch_warnings():
        # Said in the user's language below.
        warnings.simplefilter("ignore", ConvergenceWarning)
        warnings.simplefilter("ignore", RuntimeWarning)
        network.fit(np.ascontiguousarray(X[training]), target[training])
    if network.n_iter_ == 0:
        raise InputError(
            "The loss became non-finite in the first epoch, so that nothing was learned; "
            "try a lower --learning-rate-init; 'ogive diagnose --explain OGV106' tells why.",
            "损失在第一轮就变为非有限值，什么也没有学到；请尝试减小 --learning-rate-init；"
            "原因见“ogive diagnose --explain OGV106”。",
        )
    model = TableModel(
        task=labelled.task,
        target=labelled.target_name,
        left_out=list(labelled.left_out),
        preparation=preparation,
        estimator=network,
        center=center or 0.0,
        scale=scale or 1.0,
        learnt=np.unique(row_marks(X[training], target[training])),
    )
    score = accuracy_score if classify else r2_score

    def score_on(rows: NDArray[np.intp]) -> float:
        return float(score(target[rows], network.predict(X[rows])))

    return Fitted(
        model,
        score_on(training),
        score_on(held_out),
        len(training),
        len(held_out),
        _notices(network, settings),
    )


def split_rows(labelled: LabelledTable, seed: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return four rows in five to fit to and the others, with equal shares of each class.

    Raises
    ------
    InputError
        Where there are fewer than ten rows, or fewer than three of a class.
    """
    from sklearn.model_selection import train_test_split

    n_rows = len(labelled.target)
    if n_rows < FEWEST_ROWS:
        raise InputError(
            f"The table has {n_rows} rows with a target; at least {FEWEST_ROWS} are needed, "
            "as one in five is held out for the score.",
            f"表格中有目标值的只有 {n_rows} 行；至少需要 {FEWEST_ROWS} 行，"
            "因为要留出五分之一用于评分。",
        )
    strata = None
    if labelled.task == "classification":
        strata = labelled.target
        classes, counts = np.unique(strata, return_counts=True)
        rarest = classes[counts.argmin()]
        if counts.min() < 3:
            raise InputError(
                f"Class {str(rarest)!r} has too few rows ({counts.min()}); at least 3 are needed "
                "to learn it and to check on it: add rows, merge the class or leave it out.",
                f"类别“{rarest}”只有 {counts.min()} 行；至少需要 3 行才能既学习又检验："
                "请补充数据，或合并、去掉该类别。",
            )
        if len(classes) > HELD_OUT * n_rows:
            strata = None
    training, held_out = train_test_split(
        np.arange(n_rows), test_size=HELD_OUT, stratify=strata, random_state=seed
    )
    if labelled.task == "classification" and strata is None:
        training, held_out = _knowing_all_classes(labelled.target, training, held_out)
    return np.sort(training), np.sort(held_out)


def _knowing_all_classes(
    target: NDArray[Any], training: NDArray[np.intp], held_out: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Move a row of each class that has all of its rows held out, which nothing could learn."""
    unknown = np.flatnonzero(~np.isin(target[held_out], target[training]))
    _, first = np.unique(target[held_out[unknown]], return_index=True)
    moved = unknown[first]
    return np.append(training, held_out[moved]), np.delete(held_out, moved)


def _notices(network: Any, settings: dict[str, Any]) -> list[Text]:
    if network.nonfinite_ is not None:
        epoch, layer = network.nonfinite_.epoch, network.nonfinite_.layer
        return [
            Text(
                f"The loss became non-finite in epoch {epoch}, first in layer {layer}; the "
                "weights before that were kept. Try a lower --learning-rate-init.",
                f"第 {epoch} 轮时损失变为非有限值（最先出现在第 {layer} 层），已保留此前的权重；"
                "请尝试减小 --learning-rate-init。",
            )
        ]
    if not network.converged_:
        return [
            Text(
                f"Training had not converged after {settings['max_iter']} epochs; "
                "a larger --max-iter may do better.",
                f"训练 {settings['max_iter']} 轮后仍未收敛；增大 --max-iter 可能更好。",
            )
        ]
    return []
