"""Code books: which side of each two-class problem a class stands on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ogive.classification.codes.code_book_checks import Code, check_code_book
from ogive.classification.codes.code_search import bch_code_book, optimised_code_book
from ogive.classification.codes.random_code import (
    drawn_and_repaired,
    least_columns,
    random_code_book,
)
from ogive.text import InputError, quoted

__all__ = [
    "CODE_BOOKS",
    "code_book_and_repair",
    "exhaustive_code_book",
    "make_code_book",
    "one_vs_one_code_book",
]

CODE_BOOKS = ("random", "exhaustive", "bch", "optimised", "one_vs_rest", "one_vs_one")
MOST_EXHAUSTIVE = 11
# Entries, of one byte each, of the largest code book of pairs.
MOST_ENTRIES = 64_000_000


def make_code_book(
    code_book: Any,
    classes: Sequence[Any] | NDArray[Any],
    *,
    code_size: float = 1.5,
    random_state: np.random.RandomState,
) -> Code:
    """Make or read a code book.

    Parameters
    ----------
    code_book : str, array-like of shape (n_classes, n_problems), or sequence of str
        One of `CODE_BOOKS`, or one written by hand: see ``check_code_book``.
    classes : sequence of shape (n_classes,)
    code_size : float, default=1.5
        Number of problems by class, for "random" and "optimised" exactly, for "bch" at least.
    random_state : RandomState

    Returns
    -------
    ndarray of int8 of shape (n_classes, n_problems)
        Of -1, 0 and 1.

    Raises
    ------
    InputError
        For unknown names, too few columns, and code books that cannot tell the classes apart.
    """
    if not isinstance(code_book, str):
        return check_code_book(code_book, classes)
    n = len(classes)
    name = "optimised" if code_book == "optimized" else code_book
    if name == "exhaustive":
        return exhaustive_code_book(n)
    if name == "one_vs_rest":
        return (2 * np.eye(n) - 1).astype(np.int8)
    if name == "one_vs_one":
        return one_vs_one_code_book(n)
    if name not in CODE_BOOKS:
        hint_en = hint_zh = ""
        if "|" in code_book:
            hint_en = f" A single problem is written as a list, [{quoted(code_book)}]."
            hint_zh = f"单个问题也要写成列表：[{quoted(code_book)}]。"
        raise InputError(
            f"code_book {quoted(code_book)} is unknown: use {', '.join(CODE_BOOKS)}, a table of a "
            f"row for each class, or a list of strings such as 'AB|CD'.{hint_en}",
            f"没有名为 {quoted(code_book)} 的 code_book：可用 {', '.join(CODE_BOOKS)}，"
            f"或每个类别一行的表，或形如 'AB|CD' 的字符串列表。{hint_zh}",
        )
    n_problems = _n_problems(n, code_size)
    if name == "bch":
        return bch_code_book(n, n_problems, random_state)
    if name == "optimised":
        return optimised_code_book(n, n_problems, random_state)
    return random_code_book(n, n_problems, random_state)


def code_book_and_repair(
    code_book: Any,
    classes: Sequence[Any] | NDArray[Any],
    *,
    code_size: float,
    random_state: np.random.RandomState,
) -> tuple[Code, bool]:
    """Return `make_code_book`, and whether it is a random one that had to be repaired."""
    if isinstance(code_book, str) and code_book == "random":
        n = len(classes)
        return drawn_and_repaired(n, _n_problems(n, code_size), random_state)
    code = make_code_book(code_book, classes, code_size=code_size, random_state=random_state)
    return code, False


def _n_problems(n_classes: int, code_size: float) -> int:
    n_problems = int(n_classes * code_size)
    least = least_columns(n_classes)
    if n_problems < least:
        size = np.ceil(1000 * least / n_classes) / 1000
        raise InputError(
            f"code_size={code_size:g} gives {n_problems} two-class "
            f"{'problem' if n_problems == 1 else 'problems'}, but {n_classes} classes need at "
            f"least {least} to have different code words: use code_size={size:g} or more.",
            f"code_size={code_size:g} 只给出 {n_problems} 个二分类问题，而 {n_classes} 个类别要有"
            f"互不相同的码字，至少需要 {least} 个：请用 code_size={size:g} 或更大的值。",
        )
    return n_problems


def exhaustive_code_book(n_classes: int) -> Code:
    """Return every way to put the classes on two sides, each once, whichever side is called first.

    Parameters
    ----------
    n_classes : int
        At most 11.

    Returns
    -------
    ndarray of int8 of shape (n_classes, 2**(n_classes - 1) - 1)
        Two rows differ in ``2**(n_classes - 2)`` columns.

    Raises
    ------
    InputError
        For more classes.

    Notes
    -----
    Dietterich and Bakiri (1995): the first row is all ones; row ``i`` alternates runs of
    ``2**(n_classes - i)`` zeros and ones, ``i`` counted from 1.
    """
    n_problems = 2 ** (n_classes - 1) - 1
    if n_classes > MOST_EXHAUSTIVE:
        count = f"{n_problems:,}" if n_classes <= 64 else f"2^{n_classes - 1} - 1"
        raise InputError(
            f"code_book='exhaustive' of {n_classes} classes would have {count} columns; it is for "
            f"at most {MOST_EXHAUSTIVE} classes. Use 'bch' or 'optimised' with code_size.",
            f"{n_classes} 个类别的 code_book='exhaustive' 会有 {count} 列；它最多用于 "
            f"{MOST_EXHAUSTIVE} 个类别。请改用 'bch' 或 'optimised' 并设定 code_size。",
        )
    columns = np.arange(n_problems)
    bits = (columns[None, :] >> np.arange(n_classes - 1, -1, -1)[:, None]) & 1
    bits[0] = 1
    return (2 * bits - 1).astype(np.int8)


def one_vs_one_code_book(n_classes: int) -> Code:
    """Return a column for each pair of classes, the later one being positive, zeros elsewhere.

    Raises
    ------
    InputError
        Where it would take more than 64 MB.
    """
    n_problems = n_classes * (n_classes - 1) // 2
    if n_classes * n_problems > MOST_ENTRIES:
        size = n_classes * n_problems / 1e9
        raise InputError(
            f"code_book='one_vs_one' of {n_classes} classes would be a table of {size:.2f} GB, "
            "nearly all zeros: use OneVsOneClassifier, which needs none.",
            f"{n_classes} 个类别的 code_book='one_vs_one' 会是 {size:.2f} GB 的表，几乎全是零："
            "请用不需要这张表的 OneVsOneClassifier。",
        )
    first, second = np.triu_indices(n_classes, 1)
    code = np.zeros((n_classes, n_problems), dtype=np.int8)
    code[first, np.arange(n_problems)] = -1
    code[second, np.arange(n_problems)] = 1
    return code
