"""What to keep in mind with a result: where the settings or the rows held it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ogive.comparison.design.problem import DataSummary
from ogive.comparison.design.settings import Settings
from ogive.comparison.rows import Row
from ogive.comparison.running.stopping import least_half_width
from ogive.comparison.words import formats
from ogive.comparison.words.labels import closed_up, label_text, listed_labels
from ogive.comparison.words.subjects import FACTOR_NAMES
from ogive.text import Text

__all__ = ["find_cautions"]

FEW_SPLITS = 5

MARGIN = 1.2
"""What repeats can reach is an estimate itself: only well above the region it is out of reach."""

EDGES = ("learning_rate", "depth", "width")
"""Factors with values beyond those compared."""

ALIKE = 0.5
"""Correlation of the target with that of the row before, from which on rows are not independent."""


def find_cautions(
    rows: Sequence[Row],
    settings: Settings,
    scores: Mapping[str, Sequence[float]],
    rope: float,
    data: DataSummary,
) -> list[Text]:
    """Name the candidates that the settings may have kept from doing better.

    Parameters
    ----------
    rows : sequence of Row
    settings : Settings
    scores : mapping of str to sequence of float
        Of each candidate on each split.
    rope : float
        Half width of the region of practical equivalence.
    data : DataSummary
        Whose rows may follow each other in time.
    """
    n_splits = len(scores[rows[0].label])
    cautions = [
        *_of_training(rows, settings, n_splits),
        *_of_edges(rows, settings, n_splits),
        *_of_precision(rows, settings, scores, rope),
        *_of_order(data),
    ]
    return [closed_up(caution) for caution in cautions]


def _of_order(data: DataSummary) -> list[Text]:
    """Say where rows seem to follow each other in time."""
    column, correlation = data.time_column, data.target_autocorrelation
    if column:
        why = Text(f"The column {column!r} holds times", f"列 {column!r} 是时间")
    elif correlation is not None and correlation >= ALIKE:
        why = Text(
            f"The target of a row resembles that of the row before it (correlation "
            f"{correlation:.2f})",
            f"每行的目标与前一行的相近（相关系数 {correlation:.2f}）",
        )
    else:
        return []
    return [
        Text(
            f"{why.en}: if rows near each other are alike, they are not independent, and as folds "
            "are drawn at random, all scores are higher than they would be on later rows. Hold "
            "out the last rows to see.",
            f"{why.zh}：若相邻的行彼此相似，各行就不独立；而各折是随机抽取的，"
            "所有得分都会高于对之后数据的预测。请留出最后的若干行加以检验。",
        )
    ]


def _of_edges(rows: Sequence[Row], settings: Settings, n_splits: int) -> list[Text]:
    """Say where the first in the table ends the values compared, which may go on beyond it."""
    best = rows[0]
    factors = {one.label: one.factors for one in settings.candidates}
    if len(rows) < 2 or best.n_failed == n_splits or best.dead_share > 0.99:
        return []
    cautions = []
    for factor in EDGES:
        of = {label: float(mine[factor]) for label, mine in factors.items() if factor in mine}
        values = sorted(set(of.values()))
        # Of two values each is an edge.
        if factor not in settings.vary or best.label not in of or len(values) < 3:
            continue
        value = of[best.label]
        if value not in (values[0], values[-1]) or (value == 1 and factor != "learning_rate"):
            continue
        # Where a value from within does as well in practice, there is little to be had beyond.
        if any(r.group == "equivalent" and of.get(r.label, value) != value for r in rows[1:]):
            continue
        beyond = Text("larger", "更大") if value == values[-1] else Text("smaller", "更小")
        name, what = label_text(best.label), FACTOR_NAMES[factor]
        cautions.append(
            Text(
                f"The first of the table, {name.en}, is at the edge of what was varied: no "
                f"{beyond.en} {what.en} than {value:g} was compared, and one may suit better.",
                f"排在首位的 {name.zh} 处于所改变范围的边缘：没有比较比 {value:g} "
                f"{beyond.zh}的{what.zh}，而{beyond.zh}的也许更合适。",
            )
        )
    return cautions


def _of_precision(
    rows: Sequence[Row], settings: Settings, scores: Mapping[str, Sequence[float]], rope: float
) -> list[Text]:
    """Say where the number of splits or of rows leaves differences undecided."""
    n_splits = len(scores[rows[0].label])
    undecided = [row for row in rows if row.group in ("level", "unsure")]
    if not undecided:
        return []
    if n_splits < FEW_SPLITS:
        return [
            Text(
                f"With {n_splits} splits hardly anything can be told apart; more folds or repeats "
                "narrow the intervals.",
                f"只有 {n_splits} 次划分，几乎分辨不出任何差异；增加折数或重复次数可使区间变窄。",
            )
        ]
    best = scores[rows[0].label]
    least = {
        row.label: least_half_width(np.array([best, scores[row.label]]), settings.test_to_train)
        for row in rows
        if row.group == "level"
    }
    beyond = {label: width for label, width in least.items() if width > MARGIN * rope > 0}
    if not beyond:
        return []
    ends = [f"± {formats.region(float(f'{end(beyond.values()):.2g}'))}" for end in (min, max)]
    reach = Text(ends[0], f" {ends[0]}")
    if ends[0] != ends[1]:
        reach = Text(f"between {ends[0]} and {ends[1]}", f" {ends[0]} 至 {ends[1]} 之间")
    names, region = listed_labels(beyond, last=""), formats.region(rope)
    return [
        Text(
            "More repeats of these rows will hardly show equivalence to the best within "
            f"± {region}, for they bring the 95% intervals down to {reach.en} at best: "
            f"{names.en}. That takes more rows.",
            f"在这些数据行上再多重复也很难证明与最佳者在 ± {region} 内等效，"
            f"因为 95% 区间至多只能缩到{reach.zh}：{names.zh}。这需要更多的数据行。",
        )
    ]


def _of_training(rows: Sequence[Row], settings: Settings, n_splits: int) -> list[Text]:
    """Say where training was cut short, or the values tried end where they did best."""
    cautions = []
    # Where no gradient passes no setting helps, and where all diverged the verdict says so.
    rows = [row for row in rows if not row.dead_share > 0.99 and row.n_failed < n_splits]
    slow = [row for row in rows if row.n_at_limit > n_splits / 2]
    if slow:
        names = listed_labels((row.label for row in slow), last="")
        cautions.append(
            Text(
                f"Still learning after {settings.max_iter} epochs in most splits: {names.en}. A "
                "larger max_iter may raise the score.",
                f"在多数划分中，训练 {settings.max_iter} 轮后仍在进步：{names.zh}。"
                "增大 max_iter 可能会提高得分。",
            )
        )
    rates = settings.learning_rates
    # A rate that was compared, or a penalty, was not chosen among these.
    choosing = {
        candidate.label
        for candidate in settings.candidates
        if candidate.is_network and len(candidate.choices) > 1
    }
    if len(rates) > 1:
        edges = (
            (rates[0], Text("smallest", "最小"), Text("smaller", "更小")),
            (rates[-1], Text("largest", "最大"), Text("larger", "更大")),
        )
        for rate, edge, beyond in edges:
            held = [
                row
                for row in rows
                if row.label in choosing
                and row.chosen == rate
                and row.chosen_splits > 0.9 * n_splits
            ]
            if held:
                names = listed_labels((row.label for row in held), last="")
                cautions.append(
                    Text(
                        f"Did best at the {edge.en} learning rate, {rate:g}, in nearly all splits: "
                        f"{names.en}. A {beyond.en} one may suit better.",
                        f"在几乎所有划分中以{edge.zh}的学习率 {rate:g} 最好：{names.zh}。"
                        f"{beyond.zh}的学习率也许更合适。",
                    )
                )
    return cautions
