"""Rows whose pairs of classes contradict each other: A beats B, B beats C, C beats A."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from sklearn.utils.validation import _num_samples

from ogive.classification.problems.models import BinaryModels
from ogive.classification.problems.pair_totals import row_blocks
from ogive.text import Language, Text, default_language

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Cycles", "find_cycles", "top_classes"]

SHOWN = 10

_NONE = Text(
    "No cycles: for each of the {n:,} rows one class wins against every other.",
    "没有循环：{n:,} 行中的每一行都有一个类别胜过其他所有类别。",
)
_SOME = Text(
    "{k:,} of {n:,} rows ({share:.2%}) are in a cycle: no class wins against every other, so the "
    "decision rests on the order of elimination, or on confidences where votes are tied.",
    "{n:,} 行中有 {k:,} 行（{share:.2%}）出现循环：没有一个类别胜过其他所有类别，"
    "因此结果取决于淘汰的顺序，或在票数相同时取决于置信度。",
)
_LINE = Text(
    "{count:,} rows among whose leading classes {members} none beats all others{example}",
    "{count:,} 行：领先的类别 {members} 中没有一个胜过其他所有类别{example}",
)
_ONE = Text(
    "1 row among whose leading classes {members} none beats all others{example}",
    "1 行：领先的类别 {members} 中没有一个胜过其他所有类别{example}",
)
_ALL = Text(": {cycle}", "，即 {cycle}")
_EXAMPLE = Text("; e.g. {cycle}", "，例如 {cycle}")
_LIST = Text(", ", "、")
_MORE = Text("and rows of {more:,} other cycles", "以及另外 {more:,} 种循环的行")


@dataclass(frozen=True, repr=False)
class Cycles:
    """Rows for which no class wins against every other.

    Attributes
    ----------
    n_samples : int
        How many rows were looked at.
    classes : ndarray of shape (n_classes,)
    rows : ndarray of shape (n_cycles,), int
        The rows concerned, from 0.
    members : ndarray of shape (n_cycles, n_classes), bool
        Their top classes: the smallest set of which each wins against all classes outside, 3 or
        more. (The top cycle of a tournament, or Smith set.)
    cycle : ndarray of shape (n_cycles, 3), int
        Numbers of three of them, each of which wins against the next and the last against the
        first. The first has the most votes.
    """

    n_samples: int
    classes: NDArray[Any]
    rows: NDArray[np.intp]
    members: NDArray[np.bool_]
    cycle: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def counts(self) -> dict[tuple[Any, ...], int]:
        """The cycles of three labels that occur and how often, the most frequent first."""
        found = Counter(tuple(self.classes[list(_turned(one))].tolist()) for one in self.cycle)
        return dict(found.most_common())

    def text(self, language: Language | None = None) -> str:
        """Return it as text, in either language."""
        return "\n".join(self._lines(language or default_language()))

    def html(self, language: Language | None = None) -> str:
        """Return it as a fragment of HTML."""
        language = language or default_language()
        first, *others = self._lines(language)
        items = "".join(f"<li>{escape(line.strip())}</li>" for line in others)
        tag = "zh-Hans" if language == "zh" else "en"
        listed = f"<ul>{items}</ul>" if items else ""
        return f'<div lang="{tag}"><p>{escape(first)}</p>{listed}</div>'

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data for JSON."""
        return {
            "n_samples": self.n_samples,
            "rows": self.rows.tolist(),
            "classes": [self.classes[one].tolist() for one in self.members],
            "cycles": self.classes[self.cycle].tolist(),
        }

    def to_polars(self) -> pl.DataFrame:
        """Return a data frame of one row for each row in a cycle."""
        import polars as pl

        labels = [str(label) for label in self.classes.tolist()]
        return pl.DataFrame(
            {
                "row": self.rows,
                "cycle": [_chain([labels[i] for i in one]) for one in self.cycle],
                "n_classes": self.members.sum(axis=1),
                "classes": [", ".join(np.array(labels)[one]) for one in self.members],
            },
            schema_overrides={"cycle": pl.String, "classes": pl.String},
        )

    def _lines(self, language: Language) -> list[str]:
        n, k = self.n_samples, len(self)
        if k == 0:
            return [_NONE.to(language, n=n)]
        lines = [_SOME.to(language, n=n, k=k, share=k / n)]
        kinds = Counter(
            (_turned(one), tuple(np.flatnonzero(members).tolist()))
            for one, members in zip(self.cycle, self.members, strict=True)
        )
        names = [str(label) for label in self.classes.tolist()]
        for (cycle, members), count in kinds.most_common(SHOWN):
            # Of three classes there is one cycle, of more there are several.
            example = _ALL if len(members) == 3 else _EXAMPLE
            line = (_ONE if count == 1 else _LINE).to(
                language,
                count=count,
                members=_LIST.to(language).join(names[i] for i in members),
                example=example.to(language, cycle=_chain([names[i] for i in cycle])),
            )
            lines.append("  " + line)
        if len(kinds) > SHOWN:
            lines.append("  " + _MORE.to(language, more=len(kinds) - SHOWN))
        return lines

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()


def top_classes(votes: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return for each row the smallest set of classes that win against all outside it.

    Votes tell them: with the k largest being theirs, those sum to what k classes win among
    themselves and against all others, k (k - 1) / 2 + k (N - k).
    """
    n_classes = votes.shape[1]
    order = np.argsort(-votes, axis=1, kind="stable")
    sums = np.cumsum(np.take_along_axis(votes, order, axis=1), axis=1, dtype=np.int64)
    k = np.arange(1, n_classes + 1)
    size = np.argmax(sums == k * (k - 1) // 2 + k * (n_classes - k), axis=1)
    top = np.zeros(votes.shape, dtype=np.bool_)
    np.put_along_axis(top, order, k - 1 <= size[:, None], axis=1)
    return top


def find_cycles(
    models: BinaryModels,
    X: Any,
    votes: NDArray[np.int32],
    winner: NDArray[np.intp],
    classes: NDArray[Any],
) -> Cycles:
    """Find the rows in a cycle, and one cycle of each through the class with the most votes.

    Parameters
    ----------
    models : BinaryModels
        Of `Problems.pairs`.
    X : array or sparse matrix of shape (n_samples, n_features)
    votes : ndarray of shape (n_samples, n_classes)
    winner : ndarray of shape (n_samples,)
        Number of a class that has the most votes.
    classes : ndarray of shape (n_classes,)
    """
    n_classes = len(classes)
    rows = np.flatnonzero(votes.max(axis=1, initial=0) < n_classes - 1)
    members = top_classes(votes[rows])
    cycle = np.empty((len(rows), 3), dtype=np.intp)
    for block in row_blocks(len(rows), 12 * n_classes**2):
        some = rows[block]
        cycle[block] = _cycles_of_three(models.positive(X[some]), votes[some], winner[some])
    return Cycles(_num_samples(X), classes, rows, members, cycle)


def _cycles_of_three(
    positive: NDArray[np.bool_], votes: NDArray[np.int32], start: NDArray[np.intp]
) -> NDArray[np.intp]:
    n_samples, n_classes = votes.shape
    first, second = np.triu_indices(n_classes, 1)
    beats = np.zeros((n_samples, n_classes, n_classes), dtype=np.bool_)
    beats[:, second, first] = positive
    beats[:, first, second] = ~positive
    every = np.arange(n_samples)
    # Every class of a top cycle is in a cycle of three: start > b, b > c, c > start.
    closing = beats & beats[every, start][:, :, None] & beats[every, :, start][:, None, :]
    weight = np.where(closing, 1 + votes[:, :, None] + votes[:, None, :], 0)
    best = weight.reshape(n_samples, -1).argmax(axis=1)
    return np.column_stack([start, best // n_classes, best % n_classes])


def _turned(cycle: NDArray[np.intp]) -> tuple[int, ...]:
    """Return the same cycle from its first class on, so that equal ones compare equal."""
    numbers = cycle.tolist()
    least = numbers.index(min(numbers))
    return tuple(numbers[least:] + numbers[:least])


def _chain(names: list[str]) -> str:
    return " > ".join([*names, names[0]])
