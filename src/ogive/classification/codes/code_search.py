"""Code books whose rows are far apart: words of BCH codes, and a search."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ogive.classification.codes.bch import LONGEST, bch_code, bch_words
from ogive.classification.codes.code_book_checks import Code
from ogive.classification.codes.code_quality import column_separations, row_distances
from ogive.classification.codes.random_code import (
    column_kinds,
    least_columns,
    random_code_book,
    useful_columns,
)
from ogive.text import InputError

__all__ = ["Merit", "bch_code_book", "merit_of", "optimised_code_book"]

MOST_WORDS = 4096
STEPS = 20_000


class Merit(NamedTuple):
    """What makes one code book better than another, most important first."""

    row_distance: float
    column_distance: int
    # Fewer pairs at the least distance are better: the number is negative.
    nearest: int


def merit_of(code: Code) -> Merit:
    """Return how good a code book without zeros is."""
    distances = row_distances(code)[np.triu_indices(len(code), 1)]
    separation = int(column_separations(code).min()) if code.shape[1] > 1 else 0
    least = distances.min()
    return Merit(float(least), separation, -int((distances == least).sum()))


def bch_code_book(n_classes: int, n_problems: int, random_state: np.random.RandomState) -> Code:
    """Choose words of a BCH code, as far apart as a greedy choice finds them.

    Parameters
    ----------
    n_classes : int
    n_problems : int
        The code has the least length ``2**m - 1`` that is no smaller, at most 4095.
    random_state : RandomState

    Returns
    -------
    ndarray of int8 of shape (n_classes, at most 2**m - 1)
        Columns that are constant, equal or opposite to others among the chosen words are left out.
        Rows differ in at least the designed distance of the code less the columns left out.

    Raises
    ------
    InputError
        For more than 4095 columns.
    """
    if n_classes < 4:
        # All the columns there are: the words of a simplex code, the dual of Hamming's.
        return (2 * np.eye(n_classes)[:, : 2 * n_classes - 3] - 1).astype(np.int8)
    m = 3
    while 2**m - 1 < min(n_problems, useful_columns(n_classes)) or bch_code(m, n_classes) is None:
        m += 1
        if 2**m - 1 > LONGEST:
            raise InputError(
                f"code_book='bch' has at most {LONGEST} columns; {n_classes} classes times "
                f"code_size would be {n_problems}. Use a smaller code_size, or 'random'.",
                f"code_book='bch' 最多 {LONGEST} 列；{n_classes} 个类别乘以 code_size 得 "
                f"{n_problems}。请减小 code_size，或用 'random'。",
            )
    bch = bch_code(m, n_classes)
    assert bch is not None
    words = (2 * bch_words(bch, MOST_WORDS, random_state).astype(np.int8) - 1).astype(np.int8)
    distances = row_distances(words).astype(np.float32)
    tries = int(np.clip(2e7 / (n_classes * len(words)), 3, 60))
    found = [
        _without_useless_columns(words[_far_apart(distances, n_classes, random_state)])
        for _ in range(tries)
    ]
    return max(found, key=merit_of)


def _far_apart(
    distances: NDArray[np.float32], count: int, random_state: np.random.RandomState
) -> NDArray[np.intp]:
    """Choose words one after another, each as far as can be from the nearest chosen before."""
    chosen = [random_state.randint(len(distances))]
    nearest = distances[chosen[0]].copy()
    nearest[chosen[0]] = -1
    for _ in range(count - 1):
        chosen.append(random_state.choice(np.flatnonzero(nearest == nearest.max())))
        np.minimum(nearest, distances[chosen[-1]], out=nearest)
        nearest[chosen[-1]] = -1
    return np.array(chosen)


def _without_useless_columns(code: Code) -> Code:
    kept: dict[bytes, int] = {}
    for j, kind in enumerate(column_kinds(code)):
        kept.setdefault(kind, j)
    constant = column_kinds(np.ones((len(code), 1), dtype=np.int8))[0]
    kept.pop(constant, None)
    return np.ascontiguousarray(code[:, list(kept.values())])


def optimised_code_book(
    n_classes: int, n_problems: int, random_state: np.random.RandomState
) -> Code:
    """Search for a code book whose rows and columns are far apart.

    Parameters
    ----------
    n_classes, n_problems : int
    random_state : RandomState

    Returns
    -------
    ndarray of int8 of shape (n_classes, n_problems)
        Of -1 and 1; as good by `merit_of` as `random_code_book` of the same seed, or better.

    Notes
    -----
    Simulated annealing of single bits, from the better of a random code book and a shortened one of
    BCH words. What it makes small is the sum of ``2**-distance`` over all pairs of rows, and
    likewise of columns, so that near pairs count most.
    """
    start = random_code_book(n_classes, n_problems, random_state)
    if n_problems == 1 or n_classes < 4:
        return start
    if least_columns(n_classes) < n_problems <= min(useful_columns(n_classes), LONGEST):
        words = bch_code_book(n_classes, n_problems, random_state)[:, :n_problems]
        if words.shape == start.shape and _is_useful(words):
            start = max(start, words, key=merit_of)
    return _Annealing(start, random_state).run()


def _is_useful(code: Code) -> bool:
    rows_differ = len(np.unique(code, axis=0)) == len(code)
    return rows_differ and _without_useless_columns(code).shape == code.shape


class _Annealing:
    """Flips bits, and keeps all distances up to date."""

    def __init__(self, code: Code, random_state: np.random.RandomState) -> None:
        self.code = code.copy()
        self.random_state = random_state
        n, p = code.shape
        self.rows = row_distances(code).astype(np.int64)
        self.columns = row_distances(np.ascontiguousarray(code.T)).astype(np.int64)
        self.ones = (code > 0).sum(axis=0)
        self.row_cost = _cost(np.arange(-1, p + 2), p / 2)
        apart = np.arange(-1, n + 2)
        self.column_cost = _cost(np.minimum(apart, n - apart), n / 4)
        # A start without energy (a single pair, say) must not divide by zero.
        self.row_scale = 2 / max(float(self.row_cost[self.rows + 1].sum()), 1e-300)
        self.column_scale = 1 / max(float(self.column_cost[self.columns + 1].sum()), 1e-300)

    def run(self) -> Code:
        n, p = self.code.shape
        best, best_merit = self.code.copy(), merit_of(self.code)
        temperatures = np.geomspace(0.5 / n, 0.002 / n, STEPS)
        chances = self.random_state.uniform(size=STEPS)
        row = self.random_state.randint(n, size=STEPS)
        column = self.random_state.randint(p, size=STEPS)
        patience = 1 + (n * n + p * p) // 4_000
        since = 0
        for temperature, chance, i, s in zip(temperatures, chances, row, column, strict=True):
            if not self._flip(i, s, temperature, chance):
                continue
            since += 1
            if since % patience == 0:
                best, best_merit = self._better(best, best_merit)
        return self._better(best, best_merit)[0]

    def _better(self, best: Code, best_merit: Merit) -> tuple[Code, Merit]:
        n, p = self.code.shape
        away = self.rows + np.eye(n, dtype=np.int64) * p
        least = float(away.min())
        # The rest costs more, and decides nothing where this is worse.
        if least < best_merit.row_distance:
            return best, best_merit
        apart = np.minimum(self.columns, n - self.columns) + np.eye(p, dtype=np.int64) * n
        merit = Merit(least, int(apart.min()), -int((away == least).sum()) // 2)
        return (self.code.copy(), merit) if merit > best_merit else (best, best_merit)

    def _flip(self, i: int, s: int, temperature: float, chance: float) -> bool:
        code, n = self.code, len(self.code)
        after = self.ones[s] - code[i, s]
        if after in (0, n):
            return False
        row_change = (code[:, s] * code[i, s]).astype(np.int64)
        row_change[i] = 0
        column_change = (code[i] * code[i, s]).astype(np.int64)
        column_change[s] = 0
        rows, columns = self.rows[i] + 1, self.columns[s] + 1
        change = (
            self.row_scale * (self.row_cost[rows + row_change] - self.row_cost[rows]).sum()
            + self.column_scale
            * (self.column_cost[columns + column_change] - self.column_cost[columns]).sum()
        )
        if change > 0 and chance >= np.exp(-change / temperature):
            return False
        self.rows[i] += row_change
        self.rows[:, i] = self.rows[i]
        self.columns[s] += column_change
        self.columns[:, s] = self.columns[s]
        self.ones[s] = after
        code[i, s] = -code[i, s]
        return True


def _cost(distance: NDArray[np.int64], usual: float) -> NDArray[np.float64]:
    cost: NDArray[np.float64] = np.exp2(np.clip(usual - distance, -60, 60))
    return cost
