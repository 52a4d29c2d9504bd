"""The result in a few sentences that claim no more than the numbers show.

Three verdicts are told apart: one is better; they are equivalent in practice; there is no
evidence of either.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from ogive.comparison.rows import ALPHA, Row
from ogive.comparison.scoring.names import Score
from ogive.comparison.statistics.differences import Gain
from ogive.comparison.statistics.pairwise import CERTAIN
from ogive.comparison.words import formats
from ogive.comparison.words.labels import closed_up, label_text, listed_labels
from ogive.comparison.words.subjects import spaced
from ogive.text import Text

__all__ = ["make_verdict"]

Write = Callable[[float], str]


def make_verdict(
    rows: Sequence[Row],
    score: Score,
    gains: Mapping[str, Gain],
    guesses: Sequence[float],
    rope: float,
) -> Text:
    """Say which candidate is best, or that this cannot be told.

    Parameters
    ----------
    rows : sequence of Row
        The best first.
    score : Score
        What is compared by.
    gains : mapping of str to Gain
        How every candidate stands to the guess that ignores X.
    guesses : sequence of float
        For each split, the score of that guess.
    rope : float
        Half width of the region of practical equivalence.
    """
    teller = _Teller(rows, score, len(guesses), rope)
    sentences = [
        teller.against_guess(gains, guesses),
        *teller.ranking(),
        teller.failures(),
    ]
    return closed_up(_joined([sentence for sentence in sentences if sentence is not None]))


class _Teller:
    """Tells of one table, in its score's own words and decimals."""

    def __init__(self, rows: Sequence[Row], score: Score, n_splits: int, rope: float) -> None:
        self.rows = rows
        self.score = score
        self.n_splits = n_splits
        self.rope = formats.region(rope)
        self.places = formats.decimals([row.half_width for row in rows])
        self.most = Text("highest", "最高") if score.greater_is_better else Text("lowest", "最低")
        self.mean_of = Text(f"mean {score.title.en}", f"平均{spaced(score.title.zh)}")

    def mean(self, value: float) -> str:
        """Write a mean score as people read it."""
        return formats.score(self.score.shown(value), self.places)

    def gap(self, value: float) -> str:
        """Write a difference without a sign."""
        return formats.score(value, self.places)

    def ranking(self) -> list[Text]:
        """Say how the others stand to the best."""
        best, n_splits = self.rows[0], self.n_splits
        if len(self.rows) == 1:
            return [self.alone()]
        groups = {
            name: [row for row in self.rows if row.group == name]
            for name in ("equivalent", "level", "unsure", "worse")
        }
        if len(groups["worse"]) == len(self.rows) - 1:
            return [self.winner()]
        name = label_text(best.label)
        first = Text(
            f"{name.en} has the {self.most.en} {self.mean_of.en}, {self.mean(best.score)} over "
            f"{n_splits} splits",
            f"{n_splits} 次划分的{self.mean_of.zh}以 {name.zh} {self.most.zh}"
            f"（{self.mean(best.score)}）",
        )
        level = groups["level"]
        if level:
            names, means = _names(level), self.means(level)
            first = Text(
                f"{first.en}, but there is no evidence of a difference to {names.en} ({means.en})",
                f"{first.zh}，但没有证据表明它与 {names.zh} 有差异（{means.zh}）",
            )
        sentences = [Text(f"{first.en}.", f"{first.zh}。")]
        if groups["equivalent"]:
            sentences.append(self.equivalent(groups["equivalent"]))
        if groups["unsure"]:
            sentences.append(self.unsure(groups["unsure"]))
        if groups["worse"]:
            sentences.append(self.worse(groups["worse"]))
        return sentences

    def alone(self) -> Text:
        """Say how the only one did."""
        best, n_splits = self.rows[0], self.n_splits
        name = label_text(best.label)
        within = self.interval(*map(self.score.shown, (best.score_low, best.score_high)))
        return Text(
            f"Only {name.en} was tried: {self.mean_of.en} {self.mean(best.score)} over "
            f"{n_splits} splits ({within.en}).",
            f"只试了 {name.zh}：{n_splits} 次划分的{self.mean_of.zh}为 {self.mean(best.score)}"
            f"（{within.zh}）。",
        )

    def interval(self, *ends: float) -> Text:
        """Write an interval, or why there is none."""
        if not all(map(math.isfinite, ends)):
            return Text(
                "the same in every split, so that there is no interval",
                "各次划分的结果完全相同，因而没有区间",
            )
        low, high = (formats.score(end, self.places) for end in sorted(ends))
        return Text(f"95% interval {low} to {high}", f"95% 置信区间 {low} 至 {high}")

    def winner(self) -> Text:
        """Say that the best is better than all others."""
        best, *worse = self.rows
        nearest, n_splits = worse[0], self.n_splits
        name, second = label_text(best.label), label_text(nearest.label)
        than = Text("higher", "高于") if self.score.greater_is_better else Text("lower", "低于")
        within = self.interval(-nearest.difference_high, -nearest.difference_low)
        p = _bound(max(row.p_holm for row in worse), "≤" if len(worse) > 1 else "=")
        others = Text("the only other one", "唯一的另一个")
        if len(worse) > 1:
            others = Text(f"each of the {len(worse)} others", f"其余 {len(worse)} 个")
        said = Text(
            f"{name.en} is best: its {self.mean_of.en} of {self.mean(best.score)} over "
            f"{n_splits} splits is {than.en} than that of {others.en} (p {p} after Holm's "
            f"correction). Next is {second.en}, {self.gap(-nearest.difference)} behind "
            f"({within.en}).",
            f"{name.zh} 最好：{n_splits} 次划分的{self.mean_of.zh}为 {self.mean(best.score)}，"
            f"{than.zh}{others.zh}（经 Holm 校正，p {p}）。其次是 {second.zh}，"
            f"相差 {self.gap(-nearest.difference)}（{within.zh}）。",
        )
        if nearest.p_worse >= CERTAIN:
            return said
        # A real difference need not be one that matters: the posterior says how probable that is.
        matters = _probability(nearest.p_worse, several=False)
        return _joined(
            [
                said,
                Text(
                    f"That this difference exceeds {self.rope}, and so matters in practice, has a "
                    f"probability of {matters.en}.",
                    f"这一差异大于 {self.rope}、即有实际意义的概率{matters.zh}。",
                ),
            ]
        )

    def equivalent(self, rows: Sequence[Row]) -> Text:
        """Say which differ by so little that it does not matter."""
        names, best = _names(rows), label_text(self.rows[0].label)
        is_or_are = "is" if len(rows) == 1 else "are"
        least = _probability(min(row.p_equivalent for row in rows), several=len(rows) > 1)
        return Text(
            f"Equivalent to {best.en} in practice {is_or_are} {names.en}: the difference is at "
            f"most {self.rope} with a probability of {least.en}.",
            f"与 {best.zh} 实际等效的有 {names.zh}：差异不超过 {self.rope} 的概率{least.zh}。",
        )

    def unsure(self, rows: Sequence[Row]) -> Text:
        """Say which are worse by too weak an evidence."""
        names, gaps = _names(rows), self.gaps(rows)
        is_or_are = "is" if len(rows) == 1 else "are"
        p = _bound(min(row.p_holm for row in rows), "≥" if len(rows) > 1 else "=")
        return Text(
            f"There is weak evidence that {names.en} {is_or_are} worse, by {gaps.en} (p {p} "
            "after Holm's correction): too weak to rule out chance.",
            f"有较弱的证据表明 {names.zh} 更差，相差 {gaps.zh}（经 Holm 校正，p {p}），"
            "尚不能排除偶然。",
        )

    def worse(self, rows: Sequence[Row]) -> Text:
        """Say which are worse."""
        names, gaps, best = _names(rows), self.gaps(rows), label_text(self.rows[0].label)
        is_or_are = "is" if len(rows) == 1 else "are"
        p = _bound(max(row.p_holm for row in rows), "≤" if len(rows) > 1 else "=")
        return Text(
            f"Worse than {best.en} {is_or_are} {names.en}, by {gaps.en} (p {p} after "
            "Holm's correction).",
            f"比 {best.zh} 差的有 {names.zh}，相差 {gaps.zh}（经 Holm 校正，p {p}）。",
        )

    def against_guess(self, gains: Mapping[str, Gain], guesses: Sequence[float]) -> Text | None:
        """Say so where none does better than a guess that ignores X, for all that is known."""
        if np.isnan(guesses).any():  # the user's own scorer could not score it
            return None
        if any(gain.is_evident for gain in gains.values()):
            return None
        sentences = [self._no_evidence(guesses), self._too_few(gains)]
        return _joined([sentence for sentence in sentences if sentence is not None])

    def _too_few(self, gains: Mapping[str, Gain]) -> Text | None:
        """Say how many splits it takes, where the best is ahead of the guess in all of them."""
        n, best = self.n_splits, self.rows[0].label
        # The sign test, corrected for as many candidates.
        least = min(len(gains) * 2.0 ** (1 - n), 1.0)
        if not gains[best].always or least < ALPHA:
            return None
        needed = n
        while len(gains) * 2.0 ** (1 - needed) >= ALPHA:
            needed += 1
        name = label_text(best)
        return Text(
            f"{name.en} is ahead of it in all {n} splits, but that so few agree cannot bring p "
            f"below {least:.3g}: for p below {ALPHA} it takes {needed} splits that do.",
            f"{name.zh} 在全部 {n} 次划分中都领先于盲猜，但仅凭这么少的划分一致，"
            f"p 不会低于 {least:.3g}：要使 p 小于 {ALPHA}，需要 {needed} 次一致的划分。",
        )

    def _no_evidence(self, guesses: Sequence[float]) -> Text:
        best, name = self.rows[0], label_text(self.rows[0].label)
        guess, mean = self.mean(float(np.mean(guesses))), self.mean(best.score)
        return Text(
            "There is no evidence that any of the models predicts better than a guess that "
            f"ignores the columns ({self.mean_of.en} {guess}; {name.en}: {mean}).",
            "没有证据表明其中任何模型比不看各列的盲猜预测得更好"
            f"（盲猜的{self.mean_of.zh}为 {guess}，{name.zh} 为 {mean}）。",
        )

    def failures(self) -> Text | None:
        """Say whose trainings diverged."""
        n_splits = self.n_splits
        always = [row for row in self.rows if row.n_failed == n_splits]
        sometimes = [row for row in self.rows if 0 < row.n_failed < n_splits]
        sentences = []
        if always:
            names = _names(always)
            its = "its score is" if len(always) == 1 else "their scores are"
            sentences.append(
                Text(
                    f"Every training of {names.en} diverged, in all {n_splits} splits: nothing "
                    f"was learnt, and {its} that of a guess.",
                    f"{names.zh} 的训练在全部 {n_splits} 次划分中都发散："
                    "什么也没有学到，得分按盲猜计。",
                )
            )
        if sometimes:
            counts = _counts(sometimes)
            sentences.append(
                Text(
                    f"In some of the {n_splits} splits every training diverged ({counts.en}); "
                    "these count with the score of a guess.",
                    f"在 {n_splits} 次划分中，有些划分的训练全部发散（{counts.zh}），"
                    "这些按盲猜的得分计。",
                )
            )
        return _joined(sentences) if sentences else None

    def means(self, rows: Sequence[Row]) -> Text:
        """Write the range of the mean scores of some rows."""
        shown = sorted(self.score.shown(row.score) for row in rows)
        return _range(*(formats.score(value, self.places) for value in (shown[0], shown[-1])))

    def gaps(self, rows: Sequence[Row]) -> Text:
        """Write the range of how far some rows are behind."""
        gaps = sorted(-row.difference for row in rows)
        return _range(self.gap(gaps[0]), self.gap(gaps[-1]))


def _joined(sentences: Sequence[Text]) -> Text:
    return Text(" ".join(s.en for s in sentences), "".join(s.zh for s in sentences))


def _names(rows: Sequence[Row]) -> Text:
    return listed_labels(row.label for row in rows)


def _counts(rows: Sequence[Row]) -> Text:
    """Say in how many splits each diverged."""
    named = rows if len(rows) <= formats.MOST_NAMED else rows[: formats.MOST_NAMED - 2]
    counts = [(label_text(row.label), row.n_failed) for row in named]
    en, zh = ("; ", "；") if any("," in name.en for name, _ in counts) else (", ", "、")
    said = Text(
        en.join(f"{name.en} in {n}" for name, n in counts),
        zh.join(f"{name.zh} {n} 次" for name, n in counts),
    )
    others = len(rows) - len(named)
    if not others:
        return said
    return Text(f"{said.en}{en}and {others} others", f"{said.zh}等 {len(rows)} 个")


def _range(low: str, high: str) -> Text:
    return Text(low, low) if low == high else Text(f"{low} to {high}", f"{low} 至 {high}")


def _bound(p: float, relation: str) -> str:
    """Write "= 0.012", "≤ 0.012" for the largest of several, or "< 0.001"."""
    written = formats.p_value(p)
    return f"< {written[1:]}" if written.startswith("<") else f"{relation} {written}"


def _probability(value: float, *, several: bool) -> Text:
    """Write a probability, or the least of several."""
    written = formats.probability(value)
    if written.startswith((">", "<")):
        more = written.startswith(">")
        words = Text("more than", "超过") if more else Text("less than", "不到")
        return Text(f"{words.en} {written[1:]}", f"{words.zh} {written[1:]}")
    if several:
        return Text(f"at least {written}", f"至少为 {written}")
    return Text(written, f"为 {written}")
