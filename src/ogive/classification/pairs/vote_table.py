"""Who voted for whom: all that the pairs of classes say of one sample."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ogive.classification.pairs.elimination import Duel, duels_of_answers
from ogive.linear.summary.html import STYLE, html_table
from ogive.linear.summary.layout import table, wrapped
from ogive.text import Language, Text, default_language

if TYPE_CHECKING:
    import polars as pl

__all__ = ["VoteTable", "build_vote_table"]

Array = NDArray[np.float64]

WIDTH = 76
SHOWN = 12
"""Most classes whose pairs are printed one by one."""

_PAIR = Text("pair", "类别对")
_FOR = Text("votes for", "投票给")
_CONFIDENCE = Text("confidence", "置信度")
_CLASS = Text("class", "类别")
_VOTES = Text("votes", "票数")
_SUM = Text("sum of confidences", "置信度之和")
_SCORE = Text("score", "得分")
_BY_VOTE = Text("By vote: {winner}.", "按投票：{winner}。")
_TIED = Text(
    "By vote: {winner}; {tied} tie at {votes}, and its sum of confidences is largest.",
    "按投票：{winner}；{tied} 各得 {votes} 票，其置信度之和最大。",
)
_BY_ELIMINATION = Text("By elimination: {winner} ({duels}).", "按淘汰：{winner}（{duels}）。")
_DUEL = Text("{a}|{b} says {winner}", "{a}|{b} 判为 {winner}")
_SIDES = Text(
    "A confidence above {middle:g} is for the second class of the pair, below for the first. ",
    "置信度大于 {middle:g} 支持类别对中的后一个，小于则支持前一个。",
)
_OF_SCORE = Text(
    "The score is the votes plus s / (3 (|s| + 1)), which decides ties; s is the sum of the "
    "confidences for the class less those against it.",
    "得分是票数加 s / (3 (|s| + 1))，后者用来决出并列；"
    "s 是支持该类别的置信度之和减去反对它的置信度之和。",
)
_JOIN = Text(", ", "，")
_LIST = Text(" and ", "、")


@dataclass(frozen=True, repr=False)
class VoteTable:
    """What the models of all pairs of classes say of one sample.

    Attributes
    ----------
    classes : ndarray of shape (n_classes,)
    pairs : ndarray of shape (n_pairs, 2), int
        Numbers of the two classes of each model, the later one being its positive class.
    positive : ndarray of shape (n_pairs,), bool
        Whether it votes for the later one.
    confidence : ndarray of shape (n_pairs,), float64
        How strongly the model is for the later one: decision function, probability or prediction.
    votes : ndarray of shape (n_classes,), int32
    confidences : ndarray of shape (n_classes,), float64
        Sum of the confidences for each class less those against it.
    scores : ndarray of shape (n_classes,), float64
        Votes and, between -1/3 and 1/3, the sum of confidences, which decides ties.
    duels : tuple of Duel
        The questions that elimination asks, and the class that wins each.
    winner : object
        The label that the classifier predicts.
    middle : float, default=0.0
        Confidences above it are for the later class of a pair, those below for the earlier one: 0,
        or 1/2 where they are probabilities.
    """

    classes: NDArray[Any]
    pairs: NDArray[np.int32]
    positive: NDArray[np.bool_]
    confidence: Array
    votes: NDArray[np.int32]
    confidences: Array
    scores: Array
    duels: tuple[Duel, ...]
    winner: Any
    middle: float = 0.0

    @property
    def by_vote(self) -> Any:
        """The label with the most votes, ties being decided by the sum of confidences."""
        return self.classes[self.scores.argmax()]

    @property
    def by_elimination(self) -> Any:
        """The label that is left when one class after another is put out."""
        return self.classes[self.duels[-1].winner]

    @property
    def tied(self) -> NDArray[Any]:
        """The labels that have the most votes."""
        labels: NDArray[Any] = self.classes[self.votes == self.votes.max()]
        return labels

    @property
    def voted_for(self) -> NDArray[Any]:
        """The label that each model votes for, of shape (n_pairs,)."""
        chosen = self.pairs[np.arange(len(self.pairs)), self.positive.astype(np.intp)]
        labels: NDArray[Any] = self.classes[chosen]
        return labels

    def text(self, language: Language | None = None) -> str:
        """Return it as text for a terminal, in either language."""
        language = language or default_language()
        parts = ["\n".join(table(*one)) for one in self._tables(language) if one[1]]
        parts += ["\n".join(self._decisions(language))]
        return "\n\n".join([*parts, "\n".join(wrapped(self._legend(language), WIDTH))])

    def html(self, language: Language | None = None) -> str:
        """Return it as a fragment of HTML that suits light and dark pages and loads nothing."""
        language = language or default_language()
        tag = "zh-Hans" if language == "zh" else "en"
        parts = [STYLE, f'<div class="ogive-regression" lang="{tag}">']
        parts += [html_table(*one) for one in self._tables(language) if one[1]]
        lines = [*self._decisions(language), self._legend(language)]
        parts += [f"<p>{escape(line)}</p>" for line in lines]
        return "\n".join([*parts, "</div>"])

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data for JSON."""
        return {
            "classes": self.classes.tolist(),
            "pairs": self.classes[self.pairs].tolist(),
            "voted_for": self.voted_for.tolist(),
            "confidence": self.confidence.tolist(),
            "votes": self.votes.tolist(),
            "confidences": self.confidences.tolist(),
            "scores": self.scores.tolist(),
            "duels": [self.classes[list(duel)].tolist() for duel in self.duels],
            "winner": np.asarray(self.winner).tolist(),
            "middle": self.middle,
        }

    def to_polars(self) -> pl.DataFrame:
        """Return a data frame of one row for each pair."""
        import polars as pl

        names = np.array(self._names(), dtype=object)
        return pl.DataFrame(
            {
                "first": names[self.pairs[:, 0]].tolist(),
                "second": names[self.pairs[:, 1]].tolist(),
                "voted_for": [str(label) for label in self.voted_for.tolist()],
                "confidence": self.confidence,
            }
        )

    def _names(self) -> list[str]:
        return [str(label) for label in self.classes.tolist()]

    def _tables(self, language: Language) -> list[tuple[list[str], list[list[str]]]]:
        names = self._names()
        pairs: list[list[str]] = []
        if len(names) <= SHOWN:
            said = [str(label) for label in self.voted_for.tolist()]
            pairs = [
                [f"{names[a]}|{names[b]}", one, f"{value:+.4f}"]
                for (a, b), one, value in zip(self.pairs, said, self.confidence, strict=True)
            ]
        order = np.argsort(-self.scores, kind="stable")[:SHOWN]
        totals = [
            [names[i], str(self.votes[i]), f"{self.confidences[i]:+.4f}", f"{self.scores[i]:.4f}"]
            for i in order
        ]
        return [
            ([_PAIR.to(language), _FOR.to(language), _CONFIDENCE.to(language)], pairs),
            ([one.to(language) for one in (_CLASS, _VOTES, _SUM, _SCORE)], totals),
        ]

    def _decisions(self, language: Language) -> list[str]:
        names = self._names()
        tied = [str(label) for label in self.tied.tolist()]
        winner = names[int(self.scores.argmax())]
        vote = _BY_VOTE.to(language, winner=winner)
        if len(tied) > 1:
            listed = _LIST.to(language).join(tied)
            vote = _TIED.to(language, winner=winner, tied=listed, votes=int(self.votes.max()))
        duels = [
            _DUEL.to(language, a=names[one.champion], b=names[one.challenger], winner=names[one[2]])
            for one in self.duels[:SHOWN]
        ]
        if len(self.duels) > SHOWN:
            duels.append("…")
        last = names[self.duels[-1].winner]
        return [
            vote,
            _BY_ELIMINATION.to(language, winner=last, duels=_JOIN.to(language).join(duels)),
        ]

    def _legend(self, language: Language) -> str:
        sides = _SIDES.to(language, middle=self.middle) if len(self.classes) <= SHOWN else ""
        return sides + _OF_SCORE.to(language)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()


def build_vote_table(
    classes: NDArray[Any],
    pairs: NDArray[np.int32],
    positive: NDArray[np.bool_],
    confidence: Array,
    scores: Array,
    winner: Any,
    middle: float = 0.0,
) -> VoteTable:
    """Count the votes of one sample; see `VoteTable`."""
    n_classes = len(classes)
    chosen = pairs[np.arange(len(pairs)), positive.astype(np.intp)]
    votes = np.bincount(chosen, minlength=n_classes).astype(np.int32)
    sums = np.zeros(n_classes)
    np.subtract.at(sums, pairs[:, 0], confidence)
    np.add.at(sums, pairs[:, 1], confidence)
    duels = duels_of_answers(positive, n_classes)
    return VoteTable(
        classes, pairs, positive, confidence, votes, sums, scores, duels, winner, middle
    )
