"""Code books whose rows are far apart: words of BCH codes, and a search."""

from __future__ import annotations

from collections.abc import Callable
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
    distances = row_distances(code)
    np.fill_diagonal(distances, np.inf)
    least = distances.min()
    nearest = int((distances == least).sum()) // 2
    separation = int(column_separations(code).min()) if code.shape[1] > 1 else 0
    return Merit(float(least), separation, -nearest)


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
    distances = _distances_from(words, linear=len(words) == 2**bch.dimension)
    tries = int(np.clip(2e7 / (n_classes * len(words)), 3, 60))
    found = [
        _without_useless_columns(words[_far_apart(distances, len(words), n_classes, random_state)])
        for _ in range(tries)
    ]
    return max(found, key=merit_of)


def _distances_from(words: Code, linear: bool) -> Callable[[int], NDArray[np.float32]]:
    """Return what gives the distances of all words from one of them.

    Where all words of a linear code are there, by the number of their messages, two differ as much
    as the word of the two numbers' exclusive or weighs: no table of all pairs is needed.
    """
    if not linear:
        table = row_distances(words).astype(np.float32)
        return table.__getitem__
    weights = (words > 0).sum(axis=1).astype(np.float32)
    numbers = np.arange(len(words))
    return lambda word: weights.take(numbers ^ word)


def _far_apart(
    distances: Callable[[int], NDArray[np.float32]],
    n_words: int,
    count: int,
    random_state: np.random.RandomState,
) -> NDArray[np.intp]:
    """Choose words one after another, each as far as can be from the nearest chosen before."""
    chosen = [random_state.randint(n_words)]
    nearest = distances(chosen[0]).copy()
    nearest[chosen[0]] = -1
    for _ in range(count - 1):
        chosen.append(random_state.choice(np.flatnonzero(nearest == nearest.max())))
        np.minimum(nearest, distances(chosen[-1]), out=nearest)
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
        # Both ways round, so that words and problems alike lie together in memory.
        self.turned = np.ascontiguousarray(code.T)
        self.random_state = random_state
        n, p = code.shape
        rows = row_distances(self.code).astype(np.intp)
        columns = row_distances(self.turned).astype(np.intp)
        self.ones = (code > 0).sum(axis=0).tolist()
        row_cost = _cost(np.arange(-1, p + 2), p / 2)
        apart = np.arange(-1, n + 2)
        column_cost = _cost(np.minimum(apart, n - apart), n / 4)
        # A start without energy (a single pair, say) must not divide by zero.
        self.row_scale = 2 / max(float(row_cost[rows + 1].sum()), 1e-300)
        self.column_scale = 1 / max(float(column_cost[columns + 1].sum()), 1e-300)
        # Twice the distances: places in the tables of changes.
        self.rows, self.columns = 2 * rows, 2 * columns
        self.row_changes = _changes(row_cost)
        self.column_changes = _changes(column_cost)

    def run(self) -> Code:
        n, p = self.code.shape
        best, best_merit = self.code.copy(), merit_of(self.code)
        temperatures = np.geomspace(0.5 / n, 0.002 / n, STEPS)
        chances = self.random_state.uniform(size=STEPS)
        row = self.random_state.randint(n, size=STEPS).tolist()
        column = self.random_state.randint(p, size=STEPS).tolist()
        # Accepted with chance exp(-change / temperature).
        most = (-temperatures * np.log(np.maximum(chances, 1e-300))).tolist()
        patience = 1 + (n * n + p * p) // 4_000
        since = 0
        for limit, i, s in zip(most, row, column, strict=True):
            if not self._flip(i, s, limit):
                continue
            since += 1
            if since % patience == 0:
                best, best_merit = self._better(best, best_merit)
        return self._better(best, best_merit)[0]

    def _better(self, best: Code, best_merit: Merit) -> tuple[Code, Merit]:
        n, p = self.code.shape
        np.fill_diagonal(self.rows, 2 * p)
        least = self.rows.min()
        # The rest costs more, and decides nothing where this is worse.
        worse = least < 2 * best_merit.row_distance
        nearest = 0 if worse else int((self.rows == least).sum()) // 2
        np.fill_diagonal(self.rows, 0)
        if worse:
            return best, best_merit
        apart = np.minimum(self.columns, 2 * n - self.columns)
        np.fill_diagonal(apart, 2 * n)
        merit = Merit(float(least) / 2, int(apart.min()) // 2, -nearest)
        return (self.code.copy(), merit) if merit > best_merit else (best, best_merit)

    def _flip(self, i: int, s: int, limit: float) -> bool:
        word, problem = self.code[i], self.turned[s]
        bit = word.item(s)
        after = self.ones[s] - bit
        if after in (0, len(problem)):
            return False
        # Those that agree will be one further apart, the others one nearer.
        agree, alike = problem == bit, word == bit
        rows, columns = self.rows[i], self.columns[s]
        by_row = self.row_changes.take(rows + agree)
        by_column = self.column_changes.take(columns + alike)
        by_row[i] = by_column[s] = 0.0
        change = self.row_scale * np.add.reduce(by_row) + self.column_scale * np.add.reduce(
            by_column
        )
        if change > 0 and change >= limit:
            return False
        rows += 4 * agree - 2
        columns += 4 * alike - 2
        rows[i] = columns[s] = 0
        self.rows[:, i] = rows
        self.columns[:, s] = columns
        self.ones[s] = after
        word[s] = problem[i] = -bit
        return True


def _changes(cost: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what it costs to come nearer by 1 (even places) and to part by 1, from 0 on."""
    now = cost[1:-1]
    return np.column_stack([cost[:-2] - now, cost[2:] - now]).ravel()


def _cost(distance: NDArray[np.int64], usual: float) -> NDArray[np.float64]:
    cost: NDArray[np.float64] = np.exp2(np.clip(usual - distance, -60, 60))
    return cost
