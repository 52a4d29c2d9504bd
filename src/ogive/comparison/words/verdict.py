"""The result in one or two sentences that claim no more than the numbers show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from ogive.comparison.rows import ALPHA, Row
from ogive.comparison.words import formats
from ogive.resampling.intervals import corrected_mean
from ogive.text import Text

__all__ = ["make_verdict"]

Write = Callable[[float], str]


def make_verdict(
    rows: Sequence[Row],
    scoring: Text,
    best_scores: Sequence[float],
    guesses: Sequence[float],
    test_to_train: float,
) -> Text:
    """Say which activation is best, or that this cannot be told.

    Parameters
    ----------
    rows : sequence of Row
        The best first.
    scoring : Text
        Name of the score.
    best_scores, guesses : sequence of float
        For each split, the score of the best activation and of the guess that ignores X.
    test_to_train : float
        As for `corrected_mean`.
    """
    places = formats.decimals([row.score_high - row.score for row in rows])
    write = partial(formats.score, places=places)
    sentences = [
        _against_guess(rows[0], scoring, best_scores, guesses, test_to_train, write),
        _ranking(rows, scoring, len(best_scores), write),
        _failures(rows, len(best_scores)),
    ]
    return _joined([sentence for sentence in sentences if sentence is not None])


def _ranking(rows: Sequence[Row], scoring: Text, n_splits: int, write: Write) -> Text:
    best = rows[0]
    mean = write(best.score)
    if len(rows) == 1:
        low, high = write(best.score_low), write(best.score_high)
        return Text(
            f"Only {best.label} was tried: mean {scoring.en} {mean} over {n_splits} splits "
            f"(95% interval {low} to {high}).",
            f"只试了 {best.label}：{n_splits} 次划分的平均{_zh(scoring)}为 {mean}"
            f"（95% 置信区间 {low} 至 {high}）。",
        )
    level, unsure, worse = (
        [row for row in rows if row.group == group] for group in ("level", "unsure", "worse")
    )
    if len(worse) == len(rows) - 1:
        return _winner(best, worse, scoring, n_splits, write)
    first = Text(
        f"{best.label} has the highest mean {scoring.en}, {mean} over {n_splits} splits",
        f"{n_splits} 次划分的平均{_zh(scoring)}以 {best.label} 最高（{mean}）",
    )
    if level:
        names, scores = _names(level), _range([row.score for row in level], write)
        first = Text(
            f"{first.en}, but there is no evidence of a difference to {names.en} ({scores.en})",
            f"{first.zh}，但没有证据表明它与 {names.zh} 有差异（{scores.zh}）",
        )
    sentences = [Text(f"{first.en}.", f"{first.zh}。")]
    if unsure:
        names, gaps = _names(unsure), _range([-row.difference for row in unsure], write)
        is_or_are = "is" if len(unsure) == 1 else "are"
        p = _bound(min(row.p_holm for row in unsure), "≥" if len(unsure) > 1 else "=")
        sentences.append(
            Text(
                f"There is weak evidence that {names.en} {is_or_are} worse, by {gaps.en} (p {p} "
                "after Holm's correction): too weak to rule out chance.",
                f"有较弱的证据表明 {names.zh} 更差，相差 {gaps.zh}（经 Holm 校正，p {p}），"
                "尚不能排除偶然。",
            )
        )
    if worse:
        names, gaps = _names(worse), _range([-row.difference for row in worse], write)
        is_or_are = "is" if len(worse) == 1 else "are"
        p = _bound(max(row.p_holm for row in worse), "≤" if len(worse) > 1 else "=")
        sentences.append(
            Text(
                f"Worse than {best.label} {is_or_are} {names.en}, by {gaps.en} (p {p} after "
                "Holm's correction).",
                f"比 {best.label} 差的有 {names.zh}，相差 {gaps.zh}（经 Holm 校正，p {p}）。",
            )
        )
    return _joined(sentences)


def _joined(sentences: Sequence[Text]) -> Text:
    return Text(" ".join(s.en for s in sentences), "".join(s.zh for s in sentences))


def _winner(best: Row, worse: Sequence[Row], scoring: Text, n_splits: int, write: Write) -> Text:
    nearest, mean = worse[0], write(best.score)
    gap = write(-nearest.difference)
    low, high = write(-nearest.difference_high), write(-nearest.difference_low)
    p = _bound(max(row.p_holm for row in worse), "≤" if len(worse) > 1 else "=")
    others_en = "the only other one" if len(worse) == 1 else f"each of the {len(worse)} others"
    others_zh = "唯一的另一个" if len(worse) == 1 else f"其余 {len(worse)} 个"
    return Text(
        f"{best.label} is best: its mean {scoring.en} of {mean} over {n_splits} splits is "
        f"higher than that of {others_en} (p {p} after Holm's correction). Next is "
        f"{nearest.label}, {gap} behind (95% interval {low} to {high}).",
        f"{best.label} 最好：{n_splits} 次划分的平均{_zh(scoring)}为 {mean}，"
        f"高于{others_zh}（经 Holm 校正，p {p}）。其次是 {nearest.label}，"
        f"低 {gap}（95% 置信区间 {low} 至 {high}）。",
    )


def _against_guess(
    best: Row,
    scoring: Text,
    best_scores: Sequence[float],
    guesses: Sequence[float],
    test_to_train: float,
    write: Write,
) -> Text | None:
    """Say so where even the best does no better than a guess that ignores X."""
    gain = corrected_mean(np.subtract(best_scores, guesses), test_to_train)
    if gain.mean > 0 and gain.p < ALPHA:
        return None
    guess, mean = write(float(np.mean(guesses))), write(best.score)
    return Text(
        "There is no evidence that any of the networks predicts better than a guess that ignores "
        f"the columns (mean {scoring.en} {guess}; {best.label}: {mean}).",
        "没有证据表明其中任何网络比不看各列的盲猜预测得更好"
        f"（盲猜的平均{_zh(scoring)}为 {guess}，{best.label} 为 {mean}）。",
    )


def _failures(rows: Sequence[Row], n_splits: int) -> Text | None:
    always = [row for row in rows if row.n_failed == n_splits]
    sometimes = [row for row in rows if 0 < row.n_failed < n_splits]
    sentences = []
    if always:
        names = _names(always)
        its = "its score is" if len(always) == 1 else "their scores are"
        sentences.append(
            Text(
                f"Every training of {names.en} diverged, at all learning rates in all {n_splits} "
                f"splits: nothing was learnt, and {its} that of a guess.",
                f"{names.zh} 的训练全部发散（{n_splits} 次划分中的每个学习率都如此）："
                "什么也没有学到，得分按盲猜计。",
            )
        )
    if sometimes:
        counts = Text(
            ", ".join(f"{row.label} in {row.n_failed}" for row in sometimes),
            "、".join(f"{row.label} {row.n_failed} 次" for row in sometimes),
        )
        sentences.append(
            Text(
                f"Training diverged at every learning rate in some of the {n_splits} splits "
                f"({counts.en}); these count with the score of a guess.",
                f"在 {n_splits} 次划分中，有些划分的每个学习率都发散（{counts.zh}），"
                "这些按盲猜的得分计。",
            )
        )
    return _joined(sentences) if sentences else None


def _names(rows: Sequence[Row]) -> Text:
    names = [row.label for row in rows]
    if len(names) == 1:
        return Text(names[0], names[0])
    return Text(f"{', '.join(names[:-1])} and {names[-1]}", "、".join(names))


def _range(values: Sequence[float], write: Write) -> Text:
    low, high = write(min(values)), write(max(values))
    return Text(low, low) if low == high else Text(f"{low} to {high}", f"{low} 至 {high}")


def _bound(p: float, relation: str) -> str:
    """Write "= 0.012", "≤ 0.012" for the largest of several, or "< 0.001"."""
    written = formats.p_value(p)
    return f"< {written[1:]}" if written.startswith("<") else f"{relation} {written}"


def _zh(scoring: Text) -> str:
    """Return the Chinese name, set off by a space where it begins with a Latin letter."""
    return f" {scoring.zh} " if scoring.zh[:1].isascii() else scoring.zh
