"""From comparisons to one table of scores, after refusing those that cannot be put side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ogive.comparison.scoring.names import Score
from ogive.comparison.words.labels import listed_labels
from ogive.text import InputError, Text

if TYPE_CHECKING:
    from ogive.comparison.result import Comparison

__all__ = ["ScoreTable", "read_scores"]

Floats = NDArray[np.float64]

SAME = ("hidden_layer_sizes", "learning_rates", "max_iter", "solver", "n_splits", "n_repeats")
"""Settings that should agree, for a label to mean the same candidate on every data set."""


@dataclass(frozen=True)
class ScoreTable:
    """Mean test scores of the candidates that all comparisons have.

    Attributes
    ----------
    names : tuple of str
        The data sets.
    labels : tuple of str
        The candidates, in the order of the first comparison.
    scores : ndarray of shape (n_data_sets, n_candidates)
        Higher is better.
    ropes : ndarray of shape (n_data_sets,)
        Half width of the region of practical equivalence on each data set.
    score : Score
        What was compared by.
    notices : tuple of Text
        Candidates left out, and settings that differ.
    """

    names: tuple[str, ...]
    labels: tuple[str, ...]
    scores: Floats
    ropes: Floats
    score: Score
    notices: tuple[Text, ...]


def read_scores(comparisons: Mapping[str, Comparison]) -> ScoreTable:
    """Collect the scores.

    Parameters
    ----------
    comparisons : mapping of str to Comparison
        By the name of the data set.

    Returns
    -------
    ScoreTable

    Raises
    ------
    InputError
        Where there are fewer than two comparisons, their tasks or scores differ, or fewer than two
        candidates are in all of them.
    """
    names, found = tuple(comparisons), tuple(comparisons.values())
    if len(found) < 2:
        have = f"only {names[0]!r}" if names else "none"
        have_zh = f"只有 {names[0]!r}" if names else "一个也没有"
        raise InputError(
            f"Comparing across data sets takes at least two of them. Got {have}: add another, or "
            "look at the one comparison.",
            f"跨数据集比较至少需要两个数据集，这里{have_zh}；请再给一个，或直接看单个比较的结果。",
        )
    _check_alike(names, found)
    common = [
        label
        for label in found[0].settings.labels
        if all(label in other.settings.labels for other in found[1:])
    ]
    if len(common) < 2:
        had = Text("; ".join(_having(names, found)), "；".join(_having(names, found)))
        which = f"only {common[0]!r} is" if common else "none is"
        which_zh = f"只有 {common[0]!r} 一个" if common else "一个也没有"
        raise InputError(
            f"At least two candidates must be in every comparison, but {which} ({had.en}). "
            "Compare the same candidates on each data set.",
            f"至少要有两个候选出现在每个比较中，实际{which_zh}（{had.zh}）。"
            "请在每个数据集上比较相同的候选。",
        )
    means = [[float(np.mean(comparison.scores[label])) for label in common] for comparison in found]
    return ScoreTable(
        names,
        tuple(common),
        np.array(means),
        np.array([comparison.rope for comparison in found]),
        found[0].score,
        tuple(_notices(names, found, common)),
    )


def _check_alike(names: Sequence[str], found: Sequence[Comparison]) -> None:
    first = found[0]
    score = first.score
    for name, other in zip(names[1:], found[1:], strict=True):
        if other.task != first.task:
            en = {"classification": "classification", "regression": "regression"}
            zh = {"classification": "分类", "regression": "回归"}
            raise InputError(
                f"{names[0]!r} is {en[first.task]} and {name!r} is {en[other.task]}: their scores "
                "have no common scale. Compare data sets of one task at a time.",
                f"{names[0]!r} 是{zh[first.task]}，{name!r} 是{zh[other.task]}，"
                "得分没有共同的尺度。请每次只比较同一种任务的数据集。",
            )
        its = other.score
        if its.name != score.name:
            raise InputError(
                f"{names[0]!r} was scored by {score.name!r} and {name!r} by {its.name!r}. Give one "
                f"score for all, such as scoring={score.name!r}.",
                f"{names[0]!r} 的评分指标是 {score.name!r}，{name!r} 的却是 {its.name!r}。"
                f"请统一使用一个指标，例如 scoring={score.name!r}。",
            )
        if its.greater_is_better != score.greater_is_better:
            raise InputError(
                f"{score.name!r} is better when higher for one of {names[0]!r} and {name!r}, and "
                "when lower for the other. Give the same scorer for both.",
                f"在 {names[0]!r} 与 {name!r} 中，{score.name!r} 一个越高越好、一个越低越好。"
                "请对两者使用同一个评分函数。",
            )


def _having(names: Sequence[str], found: Sequence[Comparison]) -> list[str]:
    return [
        f"{name}: {', '.join(comparison.settings.labels)}"
        for name, comparison in zip(names, found, strict=True)
    ]


def _notices(
    names: Sequence[str], found: Sequence[Comparison], common: Sequence[str]
) -> list[Text]:
    notices = []
    every = dict.fromkeys(label for one in found for label in one.settings.labels)
    missing = [label for label in every if label not in common]
    if missing:
        listed = listed_labels(missing)
        notices.append(
            Text(
                f"Not in every comparison, and left out here: {listed.en}.",
                f"并非每个比较都有，这里略去：{listed.zh}。",
            )
        )
    for setting in SAME:
        values = [getattr(comparison.settings, setting) for comparison in found]
        if any(value != values[0] for value in values):
            said = "; ".join(f"{name}: {value}" for name, value in zip(names, values, strict=True))
            notices.append(
                Text(
                    f"{setting} is not the same on all data sets ({said}), so that a name may not "
                    "mean the same everywhere.",
                    f"各数据集的 {setting} 不同（{said}），同一名称的含义未必相同。",
                )
            )
    return notices
