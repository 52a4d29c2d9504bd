"""Numbers and names as the texts of the checks write them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ogive.linear.design import Positions
from ogive.linear.solution import Array
from ogive.linear.summary.numbers import significant as number
from ogive.text import Text

__all__ = [
    "counted",
    "joined",
    "largest",
    "listed",
    "number",
    "p_value",
    "percent",
    "rows_listed",
]


def counted(count: int, noun: str) -> str:
    """Return a number with its noun in English, which takes an s where it is not 1."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def percent(value: float) -> str:
    """Return a share in per cent."""
    return f"{100 * value:.2g} %" if value < 0.1 else f"{100 * value:.1f} %"


def p_value(p: float) -> str:
    """Return ``p = 0.012``, or a bound where it is very small."""
    if p < 1e-4:
        return "p < 0.0001"
    return f"p = {p:.2f}" if p >= 0.1 else f"p = {p:.2g}"


def listed(names: Sequence[str], limit: int = 7, count: int | None = None) -> Text:
    """Return a list within a sentence: of more than `limit` + 1 names the first `limit` only.

    There are `count` of them where only the first ones are given.
    """
    count = len(names) if count is None else count
    if count <= limit + 1:
        return Text(", ".join(names), "、".join(names))
    shown = names[:limit]
    return Text(
        f"{', '.join(shown)} and {count - limit} more",
        f"{'、'.join(shown)}……（共 {count} 个）",
    )


def rows_listed(rows: Sequence[int] | np.ndarray, limit: int = 6) -> Text:
    """Return numbers of rows as a list."""
    return listed([str(int(row)) for row in rows], limit)


def largest(values: Array, limit: float, least: int = 1) -> Positions:
    """Return the rows of values above a limit, from the largest down, and at least so many."""
    above = np.flatnonzero(values > limit)
    if len(above) < least:
        count = min(least, len(values))
        above = np.argpartition(values, len(values) - count)[len(values) - count :]
    found: Positions = above[np.lexsort((above, -values[above]))]
    return found


def joined(*texts: Text) -> Text:
    """Return sentences one after the other: with blanks in English, without in Chinese."""
    return Text(" ".join(text.en for text in texts if text.en), "".join(text.zh for text in texts))
