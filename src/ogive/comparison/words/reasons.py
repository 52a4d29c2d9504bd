"""Why a candidate falls behind, as far as what its networks show inside supports it.

Nothing here proves a cause: scores and numbers are only put side by side where these rules hold.
`ogive diagnose --try-remedies` is what tries whether a remedy helps, and the last sentence says so.

A *sign* is a number beyond a limit, of `ogive.diagnosis.Thresholds` where there is one. It is told
of a candidate only if

1. there is evidence that the candidate is worse than the best (the pairwise test, corrected after
   Holm, and not equivalent in practice),
2. it shows in at least 90 % of the candidate's splits,
3. it shows in at most 10 % of the splits of the best, and
4. no candidate that is not evidently worse shows it in 90 % of its splits: what does others no
   harm explains nothing.

The signs: see `ogive.comparison.words.signs`. Besides them three facts are told that follow from
the verdicts alone: that training diverged in at least 90 % of the splits, which then count with the
score of a guess; that a model without a hidden layer, or whose layers are linear, is better than
the best network that has one, or equivalent in practice; and that a network with at most a quarter
of the best one's numbers to learn is equivalent to it in practice. The last two are told only where
there is evidence that they predict better than the guess that ignores the columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ogive.comparison.design.candidates import Candidate
from ogive.comparison.outcome import Outcome
from ogive.comparison.rows import Row
from ogive.comparison.words import formats
from ogive.comparison.words.labels import closed_up, label_text
from ogive.comparison.words.signs import SIGNS, Shown, Sign, Yardstick, is_linear, yardstick
from ogive.text import Text

if TYPE_CHECKING:
    from ogive.comparison.result import Comparison

__all__ = ["reasons"]

MOST_SPLITS = 0.9
"""Share of the splits in which a sign has to show."""
FEW_SPLITS = 0.1
"""Share of the splits in which the best may show it."""
MUCH_SMALLER = 0.25
"""Share of the best network's numbers to learn that makes another one worth telling of."""
MOST_SIGNS = 3


def reasons(comparison: Comparison) -> list[Text]:
    """Return a sentence for each candidate that falls behind with a sign of why, and what follows.

    Parameters
    ----------
    comparison : Comparison

    Returns
    -------
    list of Text
        Empty where the data support nothing; the rules are those of this module.
    """
    told = _Told(comparison)
    sentences, codes = [], set()
    for row in comparison.rows():
        if row.group != "worse":
            continue
        shown = told.signs(row)
        clauses = [_diverged(row, told)] if told.failed(row) else [one.text for one in shown]
        if clauses:
            sentences.append(_behind(row, told, clauses))
            codes |= {one.sign.code for one in shown if one.sign.code}
    if codes:
        sentences.append(_remedies(sorted(codes)))
    facts = (_linear_suffices(told), _smaller_suffices(told))
    return [closed_up(one) for one in (*sentences, *facts) if one is not None]


class _Told:
    """A comparison with what the rules ask of it at hand."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.rows = comparison.rows()
        self.best = self.rows[0]
        self.n_splits = len(comparison.guesses)
        labels = comparison.settings.labels
        self.candidates: dict[str, Candidate] = dict(
            zip(labels, comparison.settings.candidates, strict=True)
        )
        self.outcomes: dict[str, list[Outcome]] = dict(
            zip(labels, comparison.outcomes, strict=True)
        )
        self.yard: Yardstick = yardstick(comparison.task, comparison.data.class_counts)
        self.places = formats.decimals([row.half_width for row in self.rows])

    def failed(self, row: Row) -> bool:
        """Tell whether nothing was learnt in nearly all splits."""
        return row.n_failed >= MOST_SPLITS * self.n_splits

    def share(self, row: Row, sign: Sign) -> float:
        """Share of all splits in which a candidate shows a sign."""
        candidate = self.candidates[row.label]
        learnt = [one for one in self.outcomes[row.label] if not one.failed]
        return sum(sign.shows(one, candidate, self.yard) for one in learnt) / self.n_splits

    def signs(self, row: Row) -> list[Shown]:
        """Return the signs that may be told of a candidate that is worse, the first few."""
        if self.failed(row):
            return []
        others = [one for one in self.rows if one.group in ("equivalent", "level", "unsure")]
        found: list[Shown] = []
        for sign in SIGNS:
            if any(sign.key in one.sign.covers for one in found):
                continue
            if sign.key == "linear" and not self.candidates[row.label].is_network:
                continue  # other things than layers differ: how it is fitted and kept from growing
            if (
                self.share(row, sign) >= MOST_SPLITS
                and self.share(self.best, sign) <= FEW_SPLITS
                and all(self.share(one, sign) < MOST_SPLITS for one in others)
            ):
                found.append(Shown(sign, self._clause(sign, row)))
        return found[:MOST_SIGNS]

    def _clause(self, sign: Sign, row: Row) -> Text:
        mine, best = (
            sign.facts(
                [one for one in self.outcomes[each.label] if not one.failed],
                self.candidates[each.label],
                each,
                self.yard,
            )
            for each in (row, self.best)
        )
        return sign.tell(mine, best, label_text(self.best.label))

    def beats_guess(self, row: Row) -> bool:
        """Tell whether there is evidence that a candidate predicts better than the guess."""
        return self.comparison.gains[row.label].is_evident


def _behind(row: Row, told: _Told, clauses: list[Text]) -> Text:
    gap = formats.score(-row.difference, told.places)
    p = formats.p_value(row.p_holm)
    p = f"< {p[1:]}" if p.startswith("<") else f"= {p}"
    mine, best = label_text(row.label), label_text(told.best.label)
    return Text(
        f"{mine.en} falls behind {best.en} by {gap} (p {p}): {_and(clauses)}.",
        f"{mine.zh} 落后于 {best.zh} {gap}（p {p}）：{'，'.join(one.zh for one in clauses)}。",
    )


def _and(clauses: list[Text]) -> str:
    *first, last = [one.en for one in clauses]
    return f"{', '.join(first)}, and {last}" if first else last


def _diverged(row: Row, told: _Told) -> Text:
    n, most = row.n_failed, told.n_splits
    return Text(
        f"its training diverged in {n} of {most} splits, and what diverged counts with the score "
        "of a guess",
        f"{most} 次划分中有 {n} 次训练发散，发散者按盲猜的得分计",
    )


def _remedies(codes: list[str]) -> Text:
    listed_en, listed_zh = " and ".join(codes), "、".join(codes)
    if len(codes) > 2:
        listed_en = f"{', '.join(codes[:-1])} and {codes[-1]}"
    return Text(
        f"That numbers and scores go together does not make one the cause of the other: see "
        f"{listed_en} in the documentation, and have 'ogive diagnose --try-remedies' try which "
        "remedy helps.",
        f"数值与得分同时出现并不说明因果：请参阅文档中的 {listed_zh}，"
        "并用 'ogive diagnose --try-remedies' 试验哪种办法有效。",
    )


def _linear_suffices(told: _Told) -> Text | None:
    """Say that no hidden layer is needed, where a linear candidate does as well or better."""
    linear = [row for row in told.rows if is_linear(told.candidates[row.label])]
    bent = [
        row
        for row in told.rows
        if told.candidates[row.label].is_network and not is_linear(told.candidates[row.label])
    ]
    if not linear or not bent or not told.beats_guess(linear[0]):
        return None
    straight, network = linear[0], bent[0]
    for pair in told.comparison.pairs():
        if {pair.first, pair.second} != {straight.label, network.label}:
            continue
        found = pair if pair.first == straight.label else pair.reversed()
        if found.verdict not in ("better", "equivalent"):
            return None
        as_well = Text("is equivalent in practice to", "在实际意义上等价于")
        if found.verdict == "better":
            as_well = Text("does better than", "优于")
        its_en, its_zh = "has no hidden layer", "没有隐藏层"
        if told.candidates[straight.label].is_network:
            its_en, its_zh = "is linear whatever its layers", "无论有几层都是线性的"
        one, other = label_text(straight.label), label_text(network.label)
        return Text(
            f"{one.en} {its_en} and {as_well.en} the best network that is not linear, "
            f"{other.en}: with these settings the data need no hidden layer.",
            f"{one.zh} {its_zh}，却{as_well.zh}最好的非线性网络 {other.zh}："
            "在这些设置下，这些数据不需要隐藏层。",
        )
    return None


def _smaller_suffices(told: _Told) -> Text | None:
    """Say that a much smaller network is equivalent to the best one."""
    best = told.best
    if not told.candidates[best.label].is_network or not best.n_parameters:
        return None
    smaller = [
        row
        for row in told.rows
        if row.group == "equivalent"
        and told.candidates[row.label].is_network
        and 0 < row.n_parameters <= MUCH_SMALLER * best.n_parameters
        and told.beats_guess(row)
    ]
    if not smaller:
        return None
    least = min(smaller, key=lambda row: row.n_parameters)
    small, large = label_text(least.label), label_text(best.label)
    return Text(
        f"{small.en} has {least.n_parameters:,} numbers to learn and is equivalent in practice "
        f"to {large.en}, which has {best.n_parameters:,}: the larger network gains nothing here.",
        f"{small.zh} 只有 {least.n_parameters:,} 个待学参数，在实际意义上等价于有 "
        f"{best.n_parameters:,} 个的 {large.zh}：更大的网络在此没有好处。",
    )
