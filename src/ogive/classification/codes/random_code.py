"""Random code books with different rows and useful columns."""

from __future__ import annotations

from collections import Counter

import numpy as np

from ogive.classification.codes.code_book_checks import Code

__all__ = [
    "column_kinds",
    "drawn_and_repaired",
    "least_columns",
    "random_code_book",
    "useful_columns",
]

# Up to so many, ways to split the classes (or words) are listed and the unused drawn from the list.
MOST_LISTED = 2**16
MOST_ROUNDS = 50


def least_columns(n_classes: int) -> int:
    """Return how many bits give each class a word of its own."""
    return max((n_classes - 1).bit_length(), 1)


def useful_columns(n_classes: int) -> int:
    """Return how many columns there are of which none is constant, equal or opposite to another."""
    return int(2 ** (n_classes - 1) - 1)


def random_code_book(n_classes: int, n_problems: int, random_state: np.random.RandomState) -> Code:
    """Draw a code book as scikit-learn does, and draw again what makes it worse than need be.

    Parameters
    ----------
    n_classes : int
    n_problems : int
        At least ``least_columns(n_classes)``.
    random_state : RandomState

    Returns
    -------
    ndarray of int8 of shape (n_classes, n_problems)
        Of -1 and 1. Rows are different and no column is constant. No two columns are equal or
        opposite, or, where there are not so many different ones, each is there about equally
        often: their numbers differ by at most 1. Where scikit-learn's draw of the same seed is so,
        it is that.
    """
    return drawn_and_repaired(n_classes, n_problems, random_state)[0]


def drawn_and_repaired(
    n_classes: int, n_problems: int, random_state: np.random.RandomState
) -> tuple[Code, bool]:
    """Return `random_code_book`, and whether it differs from what scikit-learn draws."""
    drawn = np.where(random_state.uniform(size=(n_classes, n_problems)) > 0.5, 1, -1)
    drawn = drawn.astype(np.int8)
    code = _repaired(drawn.copy(), random_state)
    return code, not np.array_equal(code, drawn)


def _repaired(code: Code, random_state: np.random.RandomState) -> Code:
    for _ in range(MOST_ROUNDS):
        _repair_columns(code, random_state)
        if not _repair_rows(code, random_state):
            return code
    n_classes = len(code)
    code[:, : least_columns(n_classes)] = _counting(n_classes, random_state)
    _repair_columns(code, random_state)
    return code


def column_kinds(code: Code) -> list[bytes]:
    """Return a key for each column, the same for equal and for opposite ones."""
    return [row.tobytes() for row in np.packbits((code != code[0]).T, axis=1)]


def _repair_columns(code: Code, random_state: np.random.RandomState) -> None:
    """Replace the columns that are constant or there too often, the later ones first to go."""
    n, p = code.shape
    n_kinds = useful_columns(n)
    constant = np.zeros((n, 1), dtype=np.int8)
    nothing = column_kinds(constant)[0]
    every, extra = divmod(p, n_kinds)
    used: Counter[bytes] = Counter()
    broken = []

    def admit(kind: bytes) -> bool:
        nonlocal extra
        if kind == nothing or used[kind] > every or (used[kind] == every and extra == 0):
            return False
        extra -= used[kind] == every
        used[kind] += 1
        return True

    for j, kind in enumerate(column_kinds(code)):
        if not admit(kind):
            broken.append(j)
    if not broken:
        return
    if n_kinds <= MOST_LISTED:
        _replace_from_list(code, broken, admit, random_state)
        return
    while broken:
        drawn = np.where(random_state.uniform(size=(n, len(broken))) > 0.5, 1, -1)
        drawn = drawn.astype(np.int8)
        left = []
        for j, column, kind in zip(broken, drawn.T, column_kinds(drawn), strict=True):
            if admit(kind):
                code[:, j] = column
            else:
                left.append(j)
        broken = left


def _replace_from_list(
    code: Code, broken: list[int], admit: object, random_state: np.random.RandomState
) -> None:
    assert callable(admit)
    n = len(code)
    numbers = random_state.permutation(np.arange(1, 2 ** (n - 1)))
    bits = (numbers[None, :] >> np.arange(n)[:, None]) & 1
    listed = np.where(bits > 0, 1, -1).astype(np.int8)
    kinds = column_kinds(listed)
    waiting = iter(broken)
    j = next(waiting, None)
    while j is not None:
        for position, kind in enumerate(kinds):
            if j is not None and admit(kind):
                side = 1 if random_state.uniform() > 0.5 else -1
                code[:, j] = side * listed[:, position]
                j = next(waiting, None)


def _repair_rows(code: Code, random_state: np.random.RandomState) -> bool:
    """Give rows that equal an earlier one another word; return whether there were any."""
    n, p = code.shape
    packed = np.packbits(code > 0, axis=1)
    seen: set[bytes] = set()
    equal = []
    for i, row in enumerate(packed):
        key = row.tobytes()
        if key in seen:
            equal.append(i)
        seen.add(key)
    if not equal:
        return False
    if 2**p <= MOST_LISTED:
        words = ((np.arange(2**p)[:, None] >> np.arange(p)) & 1).astype(np.uint8)
        unused = [
            k for k, row in enumerate(np.packbits(words, axis=1)) if row.tobytes() not in seen
        ]
        chosen = random_state.choice(unused, size=len(equal), replace=False)
        code[equal] = 2 * words[chosen].astype(np.int8) - 1
        return True
    for i in equal:
        while True:
            word = random_state.uniform(size=p) > 0.5
            key = np.packbits(word).tobytes()
            if key not in seen:
                break
        seen.add(key)
        code[i] = np.where(word, 1, -1)
    return True


def _counting(n_classes: int, random_state: np.random.RandomState) -> Code:
    """Return the numbers of the classes in binary, shuffled: few columns, all different."""
    numbers = random_state.permutation(n_classes)
    bits = (numbers[:, None] >> np.arange(least_columns(n_classes))) & 1
    return (2 * bits - 1).astype(np.int8)
