"""Writes the code books that the lab's page carries, as the library makes them.

    python -m tools.code_books

writes lab/web/src/rooms/classes/code_books.json anew. To be run after a change to
ogive.classification.codes; a test tells when. (`npm run format` in lab/web puts it into form.)
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from ogive.classification.codes.code_books import make_code_book

FILE = Path("lab/web/src/rooms/classes/code_books.json")
CLASSES = range(2, 9)
SEEDS = 6
MOST_COLUMNS = 31
"""Those of more columns are left out: a page has no room for them."""


KINDS = {
    "one_vs_rest": ("one_vs_rest", 1.5, 1),
    "one_vs_one": ("one_vs_one", 1.5, 1),
    "exhaustive": ("exhaustive", 1.5, 1),
    "bch": ("bch", 1.5, SEEDS),
    "optimised": ("optimised", 1.5, SEEDS),
    "random": ("random", 1.5, SEEDS),
    "random_long": ("random", 3.0, SEEDS),
}
"""Name, code_size, and how many values of random_state, by the page's name for them."""


def code_books(seeds: int = SEEDS) -> dict[str, dict[str, list[str]]]:
    """Return, by name and number of classes, one code book or one for each random_state.

    Parameters
    ----------
    seeds : int, default=6
        At most so many values of random_state, 0 first.

    Returns
    -------
    dict of dict of list of str
        Each code book as a word of +, - and 0 for each class, separated by spaces.
    """
    return {
        key: {
            str(n): books
            for n in CLASSES
            if (books := [_made(name, n, size, seed) for seed in range(min(seeds, own))])
            and len(books[0].split()[0]) <= MOST_COLUMNS
        }
        for key, (name, size, own) in KINDS.items()
    }


def _made(name: str, n_classes: int, code_size: float, seed: int) -> str:
    code = make_code_book(
        name,
        list(range(n_classes)),
        code_size=code_size,
        random_state=np.random.RandomState(seed),
    )
    return " ".join("".join("-0+"[bit + 1] for bit in word) for word in code.tolist())


if __name__ == "__main__":
    FILE.write_text(json.dumps(code_books(), indent=2) + "\n", encoding="utf-8")
