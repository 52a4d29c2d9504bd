"""Turns the table of one split into numbers, with what its training fold alone tells."""

from __future__ import annotations

from typing import Any, NamedTuple

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from ogive.comparison.design.problem import Problem
from ogive.comparison.design.settings import Settings
from ogive.comparison.design.splits import Split
from ogive.comparison.models import seeded
from ogive.comparison.scoring.names import score_of
from ogive.comparison.scoring.scorers import Scale, Where, guess_score
from ogive.data import ColumnPreparation

__all__ = ["PreparedSplit", "prepare_split"]


class PreparedSplit(NamedTuple):
    """A split with its table and target as the models see them.

    `y` holds class numbers, or the target standardised by `scale`; `guess` is the score of the
    guess that ignores X, NaN where the user's own scorer cannot score it.
    """

    split: Split
    X: NDArray[Any]
    y: NDArray[Any]
    scale: Scale | None
    guess: float


def prepare_split(problem: Problem, split: Split, settings: Settings) -> PreparedSplit:
    """Prepare the columns and the target of one split."""
    training = split.training
    y = problem.target.values
    if settings.prepare is None:
        preparation = ColumnPreparation(dtype=settings.dtype).fit(problem.table, rows=training)
        X = preparation.transform(problem.table)
    elif settings.prepare == "passthrough":
        X = problem.table
    else:
        # The seed of the split: all candidates, now and later, have the same table.
        preparation = seeded(settings.prepare, split.seed, all_anew=False)
        preparation.fit(_take(problem.table, training), y[training])
        X = preparation.transform(problem.table)
    X = np.ascontiguousarray(X, dtype=settings.dtype)
    where = Where(split.repeat, split.fold, "test")
    rows = split.test
    guess = guess_score(settings.scoring, problem.task, y[training], X[rows], y[rows], where)
    if settings.rope is None and split.repeat == split.fold == 0 and not np.isnan(guess):
        # A score without a scale is better refused now than when all is done.
        score_of(settings.scoring, problem.task).scale([guess])
    if problem.task == "classification":
        return PreparedSplit(split, X, y, None, guess)
    scale = Scale(y[training])
    return PreparedSplit(split, X, scale.to_network(y).astype(settings.dtype), scale, guess)


def _take(table: Any, rows: NDArray[np.int64]) -> Any:
    return table[rows] if isinstance(table, np.ndarray) else nw.from_native(table)[rows].to_native()
