"""Code books written by hand: reading them, and refusing those that cannot decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ogive.text import InputError, quoted

__all__ = ["Code", "check_code_book", "listed", "separated_names"]

Code = NDArray[np.int8]


def check_code_book(given: Any, classes: Sequence[Any] | NDArray[Any]) -> Code:
    """Read a code book and check that it can tell the classes apart.

    Parameters
    ----------
    given : array-like of shape (n_classes, n_problems), or sequence of str
        A row for each class, in the order of `classes`, of 0 and 1, of -1 and 1, or of -1, 0 and
        1, where 0 says that the class takes no part. Or one string for each problem, such as
        ``"AB|CD"``: classes on the positive side, a bar, classes on the negative side. Names of
        more than one character are separated by spaces or commas.
    classes : sequence of shape (n_classes,)

    Returns
    -------
    ndarray of int8 of shape (n_classes, n_problems)
        Of -1, 0 and 1.

    Raises
    ------
    InputError
        For another shape, values other than these, equal rows, rows of zeros, and columns that
        lack classes on either side.
    """
    names = [str(name) for name in classes]
    code = _read(list(given), names) if _is_written(given) else _from_numbers(given, names)
    _check_columns(code)
    _check_rows(code, names)
    return code


def listed(names: Sequence[str], most: int = 6) -> str:
    """Return names in quotes, the first few of many."""
    shown = ", ".join(quoted(name) for name in names[:most])
    return shown if len(names) <= most else f"{shown}, … ({len(names)})"


def _is_written(given: Any) -> bool:
    return (
        not isinstance(given, str)
        and isinstance(given, Sequence | np.ndarray)
        and len(given) > 0
        and all(isinstance(item, str) for item in given)
    )


def _from_numbers(given: Any, names: list[str]) -> Code:
    try:
        array = np.asarray(given)
        values = array.astype(np.float64)
    except (TypeError, ValueError):
        raise InputError(
            f"code_book has to be a table of numbers, a row for each of the {len(names)} classes, "
            f"or a list of strings such as 'AB|CD'; got {quoted(repr(given))}.",
            f"code_book 应为数字表（{len(names)} 个类别各占一行），或形如 'AB|CD' 的字符串列表；"
            f"得到的是 {quoted(repr(given))}。",
        ) from None
    if values.ndim != 2 or values.shape[0] != len(names) or values.shape[1] == 0:
        shape = " × ".join(map(str, values.shape)) or "()"
        turned = values.ndim == 2 and values.shape[1] == len(names)
        raise InputError(
            f"code_book has shape {shape}, but y has {len(names)} classes: give one row for each "
            f"class ({listed(names)}) and one column for each two-class problem"
            + (", so transpose it." if turned else "."),
            f"code_book 的形状是 {shape}，而 y 有 {len(names)} 个类别：每个类别"
            f"（{listed(names)}）应占一行，每个二分类问题占一列"
            + ("，请转置。" if turned else "。"),
        )
    allowed: NDArray[np.bool_] = np.isin(values, (-1.0, 0.0, 1.0))
    wrong = np.argwhere(~allowed)
    if len(wrong):
        i, j = wrong[0]
        raise InputError(
            f"code_book[{i}, {j}] (class {quoted(names[i])}) is {values[i, j]:g}; use 1 for the "
            "positive side, -1 (or 0 throughout) for the negative one, and 0 beside -1 and 1 for "
            "classes that take no part.",
            f"code_book[{i}, {j}]（类别 {quoted(names[i])}）是 {values[i, j]:g}；正侧用 1，负侧用 "
            "-1（或全部用 0），在 -1 与 1 之外用 0 表示该类别不参与。",
        )
    code = values.astype(np.int8)
    # Without any -1 no column could have a negative side: zeros are that side then.
    return code if (code < 0).any() else (2 * code - 1).astype(np.int8)


def _read(written: list[str], names: list[str]) -> Code:
    code = np.zeros((len(names), len(written)), dtype=np.int8)
    position = {name: i for i, name in enumerate(names)}
    for j, text in enumerate(written):
        sides = text.split("|")
        if len(sides) != 2:
            raise InputError(
                f"code_book[{j}] = {quoted(text)} has to name two sides with one bar between them, "
                "as in 'AB|CD'.",
                f"code_book[{j}] = {quoted(text)} 应以一条竖线分开两侧，例如 'AB|CD'。",
            )
        for side, sign in zip(sides, (1, -1), strict=True):
            for name in _names_of(side, position):
                if name not in position:
                    raise InputError(
                        f"code_book[{j}] = {quoted(text)} names {quoted(name)}, which is none of "
                        f"the classes {listed(names)}; separate names of several characters by "
                        "spaces.",
                        f"code_book[{j}] = {quoted(text)} 中的 {quoted(name)} 不是类别"
                        f"（{listed(names)}）之一；多字符的名称之间请用空格分开。",
                    )
                if code[position[name], j] != 0:
                    raise InputError(
                        f"code_book[{j}] = {quoted(text)} names class {quoted(name)} twice; "
                        "a class stands on one side only.",
                        f"code_book[{j}] = {quoted(text)} 两次提到类别 {quoted(name)}；"
                        "一个类别只能在一侧。",
                    )
                code[position[name], j] = sign
    return code


def separated_names(side: str) -> list[str]:
    """Return the names between spaces and commas."""
    return side.replace(",", " ").replace("，", " ").replace("、", " ").split()


def _names_of(side: str, known: dict[str, int]) -> list[str]:
    side = side.strip()
    if side in known:
        return [side]
    parts = separated_names(side)
    if len(parts) == 1 and parts[0] not in known and all(c in known for c in parts[0]):
        return list(parts[0])
    return parts


def _check_columns(code: Code) -> None:
    positive, negative = (code > 0).sum(axis=0) > 0, (code < 0).sum(axis=0) > 0
    wrong = np.flatnonzero(~(positive & negative))
    if not len(wrong):
        return
    j = int(wrong[0])
    column = code[:, j]
    if (column == column[0]).all():
        raise InputError(
            f"Column {j} of code_book (counted from 0) is constant: every class has "
            f"{int(column[0])}, so it decides nothing. Remove it, or put some classes on its other "
            "side.",
            f"code_book 的第 {j} 列（从 0 计）是常数：所有类别都是 {int(column[0])}，"
            "不能作出任何判断。请删去这一列，或把一些类别放到另一侧。",
        )
    en, zh = ("positive", "正") if not positive[j] else ("negative", "负")
    value = 1 if not positive[j] else -1
    raise InputError(
        f"Column {j} of code_book (counted from 0) has no class on its {en} side: give at least "
        f"one class {value} there.",
        f"code_book 的第 {j} 列（从 0 计）{zh}侧没有类别：请至少给一个类别 {value}。",
    )


def _check_rows(code: Code, names: list[str]) -> None:
    empty = np.flatnonzero(~code.any(axis=1))
    if len(empty):
        raise InputError(
            f"Class {quoted(names[empty[0]])} takes part in no problem of code_book: its row is "
            "all zeros. Put it on a side of at least one.",
            f"类别 {quoted(names[empty[0]])} 不参与 code_book 中的任何问题：它的一行全是零。"
            "请至少在一个问题中给它选一侧。",
        )
    first: dict[bytes, int] = {}
    for i, row in enumerate(np.ascontiguousarray(code)):
        other = first.setdefault(row.tobytes(), i)
        if other != i:
            least = max((len(names) - 1).bit_length(), 1)
            raise InputError(
                f"Rows {other} and {i} of code_book (classes {quoted(names[other])} and "
                f"{quoted(names[i])}) are equal, so the two cannot be told apart. Let them differ "
                f"in at least one column; {len(names)} classes need at least {least}.",
                f"code_book 的第 {other} 行和第 {i} 行（类别 {quoted(names[other])} 和 "
                f"{quoted(names[i])}）相同，无法区分这两类。请让它们至少在一列上不同；"
                f"{len(names)} 个类别至少需要 {least} 列。",
            )
