"""Deciding among many classes by elimination: one duel after another, N - 1 for each row.

A|B says A, then A|C is asked; whichever class a duel is lost by is out, and the last one left wins.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.utils.validation import _num_samples

from ogive.classification.problems.models import BinaryModels

__all__ = ["Duel", "duels_of_answers", "eliminate", "pair_number"]


class Duel(NamedTuple):
    """One question asked on the way.

    Attributes
    ----------
    champion, challenger, winner : int
        Numbers of classes.
    """

    champion: int
    challenger: int
    winner: int


def pair_number(
    earlier: NDArray[np.intp] | int, later: NDArray[np.intp] | int, n_classes: int
) -> NDArray[np.intp]:
    """Return the place of pairs of classes in (0, 1), (0, 2), ..., (1, 2), ...."""
    earlier = np.asarray(earlier, dtype=np.intp)
    place: NDArray[np.intp] = earlier * (2 * n_classes - earlier - 1) // 2
    return place + np.asarray(later, dtype=np.intp) - earlier - 1


def eliminate(
    models: BinaryModels, X: object, n_classes: int, rounds: NDArray[np.float64] | None = None
) -> NDArray[np.intp]:
    """Return the class left of each row; only N - 1 models are evaluated for it.

    Parameters
    ----------
    models : BinaryModels
        Of `Problems.pairs`.
    X : array or sparse matrix of shape (n_samples, n_features)
    n_classes : int
    rounds : ndarray of shape (n_samples, n_classes), optional
        Filled with how many duels had been fought when the class was put out: from 0 for the loser
        of the first to N - 2 for that of the last, N - 1 for the winner.

    Returns
    -------
    ndarray of shape (n_samples,), int
    """
    X = models.checked(X)
    champion = np.zeros(_num_samples(X), dtype=np.intp)
    every = np.arange(len(champion))
    for challenger in range(1, n_classes):
        wins = models.positive_for(X, pair_number(champion, challenger, n_classes))
        if rounds is not None:
            rounds[every, np.where(wins, champion, challenger)] = challenger - 1
        champion = np.where(wins, challenger, champion)
    if rounds is not None:
        rounds[every, champion] = n_classes - 1
    return champion


def duels_of_answers(positive: NDArray[np.bool_], n_classes: int) -> tuple[Duel, ...]:
    """Return the duels of one row from the answers of all pairs."""
    duels: list[Duel] = []
    champion = 0
    for challenger in range(1, n_classes):
        wins = positive[pair_number(champion, challenger, n_classes)]
        winner = challenger if wins else champion
        duels.append(Duel(champion, challenger, winner))
        champion = winner
    return tuple(duels)
