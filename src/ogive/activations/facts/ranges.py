"""Sets of real numbers: points and intervals, each end open or closed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from ogive.activations.facts.numbers import Number, equal
from ogive.text import InputError

__all__ = [
    "NOT_APPLICABLE",
    "UNDECIDED",
    "Interval",
    "Point",
    "Range",
    "Span",
    "as_range",
    "merged",
    "same_set",
]


@dataclass(frozen=True, slots=True)
class Point:
    """A set of one number."""

    value: Number

    @property
    def text(self) -> str:
        """The number in braces."""
        return f"{{{self.value.text}}}"


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers between two; an end belongs to the interval where it is closed."""

    lower: Number
    upper: Number
    lower_closed: bool = False
    upper_closed: bool = False

    @property
    def text(self) -> str:
        """The interval with ``(`` and ``)`` at open, ``[`` and ``]`` at closed ends."""
        return self.written(lambda number: number.text)

    def written(self, name: Callable[[Number], str]) -> str:
        """Return the interval with its ends written by `name`."""
        left, right = "(["[self.lower_closed], ")]"[self.upper_closed]
        return f"{left}{name(self.lower)}, {name(self.upper)}{right}"

    @property
    def latex(self) -> str:
        """The same in LaTeX."""
        left, right = "(["[self.lower_closed], ")]"[self.upper_closed]
        return rf"\left{left}{self.lower.latex}, {self.upper.latex}\right{right}"

    def __contains__(self, number: float) -> bool:
        above = number > self.lower.value or (self.lower_closed and number == self.lower.value)
        below = number < self.upper.value or (self.upper_closed and number == self.upper.value)
        return above and below


@dataclass(frozen=True, slots=True)
class Range:
    """A set of values: points and intervals in ascending order.

    Attributes
    ----------
    pieces : tuple of Interval and Point
        Disjoint; in a range with parameters a piece may lie within another for some values.
    condition : str
        What the parameters must fulfil for a range with parameters, empty for none.
    status : {"known", "undecided", "not applicable"}
        Whether the set is known. Otherwise there are no pieces, `text` is the status, the bounds
        are NaN, `bounded` is None, and asking whether a number lies in it raises `InputError`.
    """

    pieces: tuple[Interval | Point, ...]
    condition: str = ""
    status: Literal["known", "undecided", "not applicable"] = "known"

    @property
    def known(self) -> bool:
        """Whether the set is known."""
        return self.status == "known"

    @property
    def text(self) -> str:
        """The set in plain characters, for example ``(0, α) ∪ {1}``."""
        if not self.known:
            return self.status
        return " ∪ ".join(self._parts(lambda n: n.text, "{{{}}}", lambda i: i.text))

    @property
    def latex(self) -> str:
        """The set in LaTeX."""
        if not self.known:
            return rf"\text{{{self.status}}}"
        parts = self._parts(lambda n: n.latex, r"\left\{{{}\right\}}", lambda i: i.latex)
        return r" \cup ".join(parts)

    @property
    def decimal(self) -> str:
        """The set with six digits a number, for example ``[-0.278465, ∞)``."""
        if not self.known:
            return self.status
        return " ∪ ".join(self._parts(_six, "{{{}}}", lambda i: i.written(_six)))

    def _parts(
        self, name: Callable[[Number], str], braces: str, interval: Callable[[Interval], str]
    ) -> list[str]:
        parts: list[str] = []
        points: list[str] = []
        for piece in (*self.pieces, None):
            if isinstance(piece, Point):
                points.append(name(piece.value))
                continue
            if points:
                parts.append(braces.format(", ".join(points)))
                points = []
            if piece is not None:
                parts.append(interval(piece))
        return parts or ["∅"]

    @property
    def lower(self) -> float:
        """The greatest lower bound."""
        ends = (p.value.value if isinstance(p, Point) else p.lower.value for p in self.pieces)
        return min(ends, default=math.nan)

    @property
    def upper(self) -> float:
        """The least upper bound."""
        ends = (p.value.value if isinstance(p, Point) else p.upper.value for p in self.pieces)
        return max(ends, default=math.nan)

    @property
    def exact(self) -> bool:
        """Whether every end is known exactly."""
        return self.known and all(
            p.value.exact if isinstance(p, Point) else p.lower.exact and p.upper.exact
            for p in self.pieces
        )

    @property
    def bounded(self) -> bool | None:
        """Whether both bounds are finite; None where the set is not known."""
        if not self.known:
            return None
        return math.isfinite(self.lower) and math.isfinite(self.upper)

    def __contains__(self, number: float) -> bool:
        if not self.known:
            raise InputError(
                f"this range is {self.status}, so that nothing can be said of {number!r}; ask its"
                " 'known' first.",
                f"这个范围{'未能判定' if self.status == 'undecided' else '在此无意义'}，"
                f"无法判断是否包含 {number!r}；请先查看它的 known。",
            )
        return any(
            number == p.value.value if isinstance(p, Point) else number in p for p in self.pieces
        )


UNDECIDED = Range((), status="undecided")
NOT_APPLICABLE = Range((), status="not applicable")


def _six(number: Number) -> str:
    return f"{number.value:.6g}" if math.isfinite(number.value) else number.text


class Span(NamedTuple):
    """An interval or a point (both ends equal and closed) between mpmath numbers."""

    lower: Any
    upper: Any
    lower_closed: bool
    upper_closed: bool


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the same set as disjoint spans in ascending order."""
    result: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.lower, not s.lower_closed, s.upper)):
        if result and _touch(result[-1], span):
            result[-1] = _union(result[-1], span)
        else:
            result.append(span)
    return result


def _touch(first: Span, second: Span) -> bool:
    if equal(first.upper, second.lower):
        return first.upper_closed or second.lower_closed or equal(first.lower, second.lower)
    return bool(second.lower < first.upper)


def _union(first: Span, second: Span) -> Span:
    lower_closed = first.lower_closed or (second.lower_closed and equal(first.lower, second.lower))
    if equal(first.upper, second.upper):
        closed = first.upper_closed or second.upper_closed
        return Span(first.lower, first.upper, lower_closed, closed)
    last = first if first.upper > second.upper else second
    return Span(first.lower, last.upper, lower_closed, last.upper_closed)


def same_set(first: list[Span], second: list[Span]) -> bool:
    """Whether two lists of merged spans are the same set, to 30 digits."""
    return len(first) == len(second) and all(
        equal(a.lower, b.lower) and equal(a.upper, b.upper) and a[2:] == b[2:]
        for a, b in zip(first, second, strict=True)
    )


def as_range(spans: Iterable[Span], name: Callable[[Any], Number], condition: str = "") -> Range:
    """Return spans, in the given order, with their ends named."""
    pieces: list[Interval | Point] = []
    for span in spans:
        if equal(span.lower, span.upper):
            pieces.append(Point(name(span.lower)))
        else:
            pieces.append(Interval(name(span.lower), name(span.upper), *span[2:]))
    return Range(tuple(pieces), condition)
