"""The columns of the result table, defined once for terminal, report and Markdown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Literal

from ogive.comparison.rows import Row
from ogive.comparison.words import formats
from ogive.text import Language, Text

__all__ = ["CSV_FIELDS", "GROUPS", "Column", "table_columns"]

GROUPS = {
    "best": Text("highest mean", "均值最高"),
    "equivalent": Text("equivalent in practice", "实际等效"),
    "level": Text("no evidence of a difference", "无差异证据"),
    "unsure": Text("weak evidence of being worse", "有较弱证据表明更差"),
    "worse": Text("worse", "更差"),
}
"""What is said of each group of rows in comparison with the best."""

CSV_FIELDS: tuple[str, ...] = tuple(field.name for field in fields(Row))
"""The header of the CSV file: every field of a row, as numbers."""


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


def table_columns(rows: Sequence[Row], scoring: Text, n_splits: int) -> tuple[Column, ...]:
    """Return the columns that say something about these rows.

    Parameters
    ----------
    rows : sequence of Row
        The rows of the result.
    scoring : Text
        Name of the score.
    n_splits : int
        Splits in all.
    """
    places = formats.decimals([row.score_high - row.score for row in rows])
    columns = [
        Column(
            "label",
            Text("Activation", "激活函数"),
            Text("The function between the layers.", "各层之间的函数。"),
            lambda row, _: row.label,
            "left",
        ),
        Column(
            "score",
            Text(f"{_capital(scoring.en)} ± 95%", f"{scoring.zh} ± 95%"),
            Text(
                "Mean score on the test folds and half the width of its 95% interval, which "
                "allows for the overlap of the training folds.",
                "测试折上的平均得分，以及 95% 置信区间的半宽（已校正训练折相互重叠的影响）。",
            ),
            lambda row, _: formats.plus_minus(row.score, row.score_high, places),
        ),
        Column(
            "difference",
            Text("Difference to best [95%]", "与最佳之差 [95%]"),
            Text(
                "Mean difference to the best, taken split by split, and the 95% interval of this "
                "difference alone (p allows for there being many).",
                "与最佳者逐次划分相减的平均差，以及单就这一差值而言的 95% 置信区间"
                "（p 则已计入比较的次数）。",
            ),
            lambda row, _: _difference(row, places),
        ),
        Column(
            "p_holm",
            Text("p (Holm)", "p（Holm）"),
            Text(
                "Probability of so large a difference if there were none, corrected after Holm "
                "for all pairs of activations. Below 0.05 counts as evidence.",
                "假如没有差异，出现这么大差值的概率；已按 Holm 方法对所有两两比较校正。"
                "小于 0.05 视为有证据。",
            ),
            lambda row, _: formats.NOTHING if row.group == "best" else formats.p_value(row.p_holm),
        ),
        Column(
            "chosen",
            Text("Learning rate", "学习率"),
            Text(
                "The rate chosen most often by the validation rows, and in how many splits.",
                "验证数据最常选中的学习率，以及被选中的划分次数。",
            ),
            lambda row, _: _learning_rate(row, n_splits),
        ),
        Column(
            "epochs",
            Text("Epochs", "轮数"),
            Text(
                "Median of the epochs after which the loss on the validation rows was lowest.",
                "验证损失最低时的训练轮数（中位数）。",
            ),
            lambda row, _: formats.epochs(row.epochs),
        ),
        Column(
            "seconds",
            Text("Seconds a fit", "每次训练秒数"),
            Text(
                "Median time of one fit on one core, preparation of the data not included.",
                "单核上一次训练用时的中位数，不含数据预处理。",
            ),
            lambda row, _: formats.seconds(row.seconds),
        ),
        Column(
            "dead_share",
            Text("Dead units", "死亡单元"),
            Text(
                "Share of the hidden units of the trained networks that pass no gradient for any "
                "training row.",
                "训练后的网络中，对任何训练行都不再传递梯度的隐藏单元所占比例。",
            ),
            lambda row, _: formats.share(row.dead_share),
        ),
        Column(
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
        ),
        Column(
            "gradient_ratio",
            Text("Gradient first/last layer", "首层/末层梯度"),
            Text(
                "Root mean square gradient of the first layer's weights divided by that of the "
                "last, geometric mean over the epochs of learning. Far below 1: it vanishes.",
                "首层权重梯度的均方根除以末层的，取学习过程中各轮的几何平均。远小于 1 即梯度消失。",
            ),
            lambda row, _: formats.ratio(row.gradient_ratio),
        ),
    ]
    if any(row.n_diverged for row in rows):
        columns.append(
            Column(
                "n_diverged",
                Text("Diverged fits", "发散次数"),
                Text(
                    "Fits whose loss became infinite, of all splits and learning rates.",
                    "在所有划分和学习率中，损失变为无穷大的训练次数。",
                ),
                lambda row, _: str(row.n_diverged),
            )
        )
    return tuple(columns)


def _difference(row: Row, places: int) -> str:
    if row.group == "best":
        return formats.NOTHING
    between = formats.interval(row.difference_low, row.difference_high, places)
    return f"{formats.difference(row.difference, places)} {between}"


def _learning_rate(row: Row, n_splits: int) -> str:
    if not row.chosen_splits:  # every training diverged
        return formats.NOTHING
    return f"{row.chosen:g} ({row.chosen_splits}/{n_splits})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
