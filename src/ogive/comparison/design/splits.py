"""The splits that every activation is trained and scored on."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import KFold, StratifiedKFold

from ogive.comparison.design.settings import Task
from ogive.resampling.holding_out import hold_out
from ogive.text import InputError

__all__ = ["Split", "make_splits", "splits_of_repeat"]

Rows = NDArray[np.int64]


class Split(NamedTuple):
    """Row numbers of one split, each in ascending order, and the seed of its networks.

    The rows for fitting and for validation together are the training fold.
    """

    repeat: int
    fold: int
    fitting: Rows
    validation: Rows
    test: Rows
    seed: int

    @property
    def training(self) -> Rows:
        """Rows of the whole training fold."""
        return np.union1d(self.fitting, self.validation)


def make_splits(
    y: NDArray[Any],
    task: Task,
    *,
    n_splits: int,
    n_repeats: int,
    validation_fraction: float,
    random_state: int,
) -> list[Split]:
    """Cut the rows into repeated folds, and each training fold into fitting and validation rows.

    Parameters
    ----------
    y : ndarray of shape (n_samples,)
        Class numbers, or the target of a regression.
    task : {"classification", "regression"}
        Folds are stratified by class for classification.
    n_splits, n_repeats : int
        Folds a repeat, and repeats.
    validation_fraction : float
        Share of the training fold that is kept for early stopping and for choosing the rate.
    random_state : int
        The same number gives the same splits and seeds.

    Returns
    -------
    list of Split
        ``n_splits * n_repeats`` of them.
    """
    return [
        split
        for repeat in range(n_repeats)
        for split in splits_of_repeat(
            y,
            task,
            repeat,
            n_splits=n_splits,
            validation_fraction=validation_fraction,
            random_state=random_state,
        )
    ]


def splits_of_repeat(
    y: NDArray[Any],
    task: Task,
    repeat: int,
    *,
    n_splits: int,
    validation_fraction: float,
    random_state: int,
) -> list[Split]:
    """Return the splits of one repeat, which do not depend on how many repeats there are.

    The parameters are those of `make_splits`.
    """
    sequence = np.random.SeedSequence(random_state, spawn_key=(repeat,))
    shuffle_seed, *seeds = (int(seed) >> 1 for seed in sequence.generate_state(n_splits + 1))
    folder = (StratifiedKFold if task == "classification" else KFold)(
        n_splits, shuffle=True, random_state=shuffle_seed
    )
    splits = []
    for fold, (training, test) in enumerate(folder.split(np.zeros(len(y)), y)):
        rng = np.random.default_rng(seeds[fold])
        fitting, validation = _hold_out(training, y, task, validation_fraction, rng)
        splits.append(Split(repeat, fold, fitting, validation, test, seeds[fold]))
    return splits


def _hold_out(
    training: Rows, y: NDArray[Any], task: Task, fraction: float, rng: np.random.Generator
) -> tuple[Rows, Rows]:
    fitting, validation = hold_out(training, y, fraction, rng, classes=task == "classification")
    if validation.size == 0:
        raise InputError(
            f"{len(y)} rows are too few: a training fold of {len(training)} rows leaves none to "
            "validate on. Give more rows or a larger validation_fraction.",
            f"只有 {len(y)} 行,太少了:{len(training)} 行的训练折中留不出验证数据。"
            "请提供更多的行,或增大 validation_fraction。",
        )
    return fitting, validation
