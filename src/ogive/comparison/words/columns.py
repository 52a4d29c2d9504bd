"""The columns of the result table, defined once for terminal, report and Markdown."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Literal

from ogive.comparison.rows import Row
from ogive.comparison.scoring.names import Score
from ogive.comparison.words import formats
from ogive.comparison.words.labels import shown_value
from ogive.comparison.words.subjects import parameter_title, spaced, subject_of
from ogive.text import Language, Text

__all__ = ["CSV_FIELDS", "GROUPS", "Column", "table_columns"]

GROUPS = {
    "best": Text("best mean", "均值最优"),
    "equivalent": Text("equivalent in practice", "实际等效"),
    "level": Text("no evidence of a difference", "无差异证据"),
    "unsure": Text("weak evidence of being worse", "有较弱证据表明更差"),
    "worse": Text("worse", "更差"),
}
"""What is said of each group of rows in comparison with the best."""

CSV_FIELDS: tuple[str, ...] = tuple(field.name for field in fields(Row))
"""The header of the CSV file: every field of a row, as numbers."""

ONE_RUN = Text(
    "Measured in a single run, on the machine that made it and beside whatever else that machine "
    "did: a rough guide, no benchmark.",
    "只在一次运行中测得，与所用机器及其当时的其他负载有关：仅供粗略参考，不是基准测试。",
)
"""What times are worth."""


@dataclass(frozen=True)
class Column:
    """A column of the table.

    Attributes
    ----------
    key : str
        Name of the field of `Row` that the column is sorted by.
    title, explanation : Text
        Heading, and what the numbers mean.
    write : callable
        Returns a row's cell, given the row and the language.
    align : {"left", "right"}
        How the cells are set.
    """

    key: str
    title: Text
    explanation: Text
    write: Callable[[Row, Language], str]
    align: Literal["left", "right"] = "right"

    def sort_value(self, row: Row) -> float | str:
        """Return what the column is sorted by."""
        value: float | str = getattr(row, self.key)
        return value


def table_columns(
    rows: Sequence[Row],
    score: Score,
    n_splits: int,
    vary: Sequence[str] = ("activation",),
    rope: float = 0.01,
) -> tuple[Column, ...]:
    """Return the columns that say something about these rows.

    Parameters
    ----------
    rows : sequence of Row
        The rows of the result.
    score : Score
        What is compared by.
    n_splits : int
        Splits in all.
    vary : sequence of str, default=("activation",)
        What was varied.
    rope : float, default=0.01
        Half width of the region of practical equivalence.
    """
    places = formats.decimals([row.half_width for row in rows])
    subject = subject_of(vary)
    direction = Text("", "")
    if not score.greater_is_better:
        direction = Text(", lower is better,", "（越低越好）")
    columns = [
        Column(
            "label",
            Text(_capital(subject.one.en), subject.one.zh),
            subject.meaning,
            lambda row, language: shown_value(row.label, vary, language),
            "left",
        ),
        Column(
            "score",
            Text(f"{_capital(score.title.en)} ± 95%", f"{score.title.zh} ± 95%"),
            Text(
                f"Mean score on the test folds{direction.en} and half the width of its 95% "
                "interval, which allows for the overlap of the training folds.",
                f"测试折上的平均得分{direction.zh}，以及 95% 置信区间的半宽"
                "（已校正训练折相互重叠的影响）。",
            ),
            lambda row, _: formats.plus_minus(
                score.shown(row.score), score.shown(row.score) + row.half_width, places
            ),
        ),
        *_comparing(score, places, rope),
        *_choosing(rows, n_splits, vary),
        *_costing(rows, vary),
        *_looking_inside(rows),
    ]
    return tuple(columns)


def _comparing(score: Score, places: int, rope: float) -> Iterator[Column]:
    """Yield the columns that compare with the best."""
    region = formats.region(rope)
    yield Column(
        "difference",
        Text("Difference to best [95%]", "与最佳之差 [95%]"),
        Text(
            "Mean difference to the best, taken split by split, and the 95% interval of this "
            "difference alone (p allows for there being many).",
            "与最佳者逐次划分相减的平均差，以及单就这一差值而言的 95% 置信区间"
            "（p 则已计入比较的次数）。",
        ),
        lambda row, _: _difference(row, score, places),
    )
    yield Column(
        "p_holm",
        Text("p (Holm)", "p（Holm）"),
        Text(
            "Probability of so large a difference if there were none, corrected after Holm "
            "for all pairs. Below 0.05 counts as evidence.",
            "假如没有差异，出现这么大差值的概率；已按 Holm 方法对所有两两比较校正。"
            "小于 0.05 视为有证据。",
        ),
        lambda row, _: formats.NOTHING if row.group == "best" else formats.p_value(row.p_holm),
    )
    yield Column(
        "p_equivalent",
        Text("Worse/equiv./better %", "更差/等效/更好 %"),
        Text(
            "Posterior probabilities, in per cent, that it is worse than the best by more than "
            f"{region}, that the two differ by no more than that, and that it is better by more "
            "(Bayesian correlated t-test). 95 in the middle counts as equivalent in practice.",
            f"后验概率（%）：比最佳者差 {region} 以上、相差不超过 {region}、好 {region} 以上"
            "（贝叶斯相关 t 检验）。中间一项达到 95 视为实际等效。",
        ),
        lambda row, _: (
            formats.NOTHING
            if row.group == "best"
            else formats.probabilities([row.p_worse, row.p_equivalent, row.p_better])
        ),
    )


def _choosing(rows: Sequence[Row], n_splits: int, vary: Sequence[str]) -> Iterator[Column]:
    """Yield what the validation rows chose, and after how many epochs training was best."""
    parameters = {row.parameter for row in rows if row.parameter}
    if "learning_rate" in vary:  # each candidate has its own, and nothing to choose
        parameters.discard("learning_rate_init")
    if len(parameters) == 1:
        title = parameter_title(*parameters)
        meaning = Text(
            f"The {title.en} chosen most often by the validation rows, and in how many splits.",
            f"验证数据最常选中的{spaced(title.zh)}，以及被选中的划分次数。",
        )
        heading = Text(_capital(title.en), title.zh)
        yield Column("chosen", heading, meaning, lambda row, _: _chosen(row, n_splits, parameters))
    elif parameters:
        yield Column(
            "chosen",
            Text("Chosen", "选定值"),
            Text(
                "What the validation rows chose most often, and in how many splits.",
                "验证数据最常选中的值，以及被选中的划分次数。",
            ),
            lambda row, language: _chosen_named(row, n_splits, parameters, language),
        )
    if _any(rows, "epochs"):
        yield Column(
            "epochs",
            Text("Epochs", "轮数"),
            Text(
                "Median of the epochs after which the loss on the validation rows was lowest.",
                "验证损失最低时的训练轮数（中位数）。",
            ),
            lambda row, _: formats.epochs(row.epochs),
        )


def _costing(rows: Sequence[Row], vary: Sequence[str]) -> Iterator[Column]:
    """Yield the columns of cost; size and time of prediction only where they may differ."""
    yield Column(
        "seconds",
        Text("Seconds a fit", "每次训练秒数"),
        Text(
            "Time of one fit on one core, preparation of the data not included: median over the "
            f"splits. {ONE_RUN.en}",
            f"单核上一次训练的用时，不含数据预处理，取各次划分的中位数。{ONE_RUN.zh}",
        ),
        lambda row, _: formats.seconds(row.seconds),
    )
    if not {"model", "depth", "width"} & set(vary):
        return
    if _any(rows, "predict_seconds"):
        yield Column(
            "predict_seconds",
            Text("Predict a row", "预测一行"),
            Text(
                "Time of predicting one row of the test fold, all of them predicted at once on "
                f"one core: median over the splits. {ONE_RUN.en}",
                f"单核上一次预测整个测试折时平均每行的用时，取各次划分的中位数。{ONE_RUN.zh}",
            ),
            lambda row, _: formats.duration(row.predict_seconds),
        )
    if any(row.n_parameters for row in rows):
        yield Column(
            "n_parameters",
            Text("Numbers learnt", "参数个数"),
            Text("Weights and intercepts that training sets.", "由训练确定的权重与截距的个数。"),
            lambda row, _: f"{row.n_parameters:,}" if row.n_parameters else formats.NOTHING,
        )


def _looking_inside(rows: Sequence[Row]) -> Iterator[Column]:
    """Yield what the layers of trained networks show."""
    if _any(rows, "dead_share"):
        yield Column(
            "dead_share",
            Text("Dead units", "死亡单元"),
            Text(
                "Share of the hidden units of the trained networks that pass no gradient for any "
                "training row.",
                "训练后的网络中，对任何训练行都不再传递梯度的隐藏单元所占比例。",
            ),
            lambda row, _: formats.share(row.dead_share),
        )
    if _any(rows, "saturated_share"):
        yield Column(
            "saturated_share",
            Text("Saturated units", "饱和单元"),
            Text(
                "Share of the hidden units of the trained networks that lie on a flat part of "
                "the function (slope below 5% of the greatest) on more than 95% of the training "
                "rows, without being dead.",
                "训练后的网络中，在超过 95% 的训练行上处于函数平坦部分（斜率不到最大值的 5%）"
                "但尚未死亡的隐藏单元所占比例。",
            ),
            lambda row, _: formats.share(row.saturated_share),
        )
    if _any(rows, "gradient_ratio"):
        yield Column(
            "gradient_ratio",
            Text("Gradient first/last layer", "首层/末层梯度"),
            Text(
                "Root mean square gradient of the first layer's weights divided by that of the "
                "last, geometric mean over the epochs of learning. Far below 1: it vanishes.",
                "首层权重梯度的均方根除以末层的，取学习过程中各轮的几何平均。远小于 1 即梯度消失。",
            ),
            lambda row, _: formats.ratio(row.gradient_ratio),
        )
    if any(row.n_diverged for row in rows):
        yield Column(
            "n_diverged",
            Text("Diverged fits", "发散次数"),
            Text(
                "Fits whose loss became infinite, of all splits and of all that was tried there.",
                "在所有划分和所试的值中，损失变为无穷大的训练次数。",
            ),
            lambda row, _: str(row.n_diverged),
        )


def _any(rows: Sequence[Row], key: str) -> bool:
    return any(math.isfinite(getattr(row, key)) for row in rows)


def _difference(row: Row, score: Score, places: int) -> str:
    if row.group == "best":
        return formats.NOTHING
    low, high = sorted(map(score.shown_difference, (row.difference_low, row.difference_high)))
    difference = formats.difference(score.shown_difference(row.difference), places)
    return f"{difference} {formats.interval(low, high, places)}"


def _chosen(row: Row, n_splits: int, parameters: set[str]) -> str:
    # Nothing was chosen where every training diverged, or there was nothing to choose.
    if not row.chosen_splits or row.parameter not in parameters:
        return formats.NOTHING
    return f"{row.chosen:g} ({row.chosen_splits}/{n_splits})"


def _chosen_named(row: Row, n_splits: int, parameters: set[str], language: Language) -> str:
    written = _chosen(row, n_splits, parameters)
    if written == formats.NOTHING:
        return written
    return f"{parameter_title(row.parameter).to(language)} {written}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
