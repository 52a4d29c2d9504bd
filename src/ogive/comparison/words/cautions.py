"""What to keep in mind with a result: where the settings or the rows held it back."""

from __future__ import annotations

import math
from collections.abc import Sequence

from scipy import stats

from ogive.comparison.design.settings import Settings
from ogive.comparison.rows import Row
from ogive.comparison.words import formats
from ogive.text import Text

__all__ = ["find_cautions"]

FEW_SPLITS = 5


def find_cautions(
    rows: Sequence[Row], settings: Settings, n_splits: int, rope: float
) -> list[Text]:
    """Name the candidates that the settings may have kept from doing better.

    Parameters
    ----------
    rows : sequence of Row
    settings : Settings
    n_splits : int
        Splits in all.
    rope : float
        Half width of the region of practical equivalence.
    """
    return [*_of_training(rows, settings, n_splits), *_of_precision(rows, settings, n_splits, rope)]


def _of_precision(
    rows: Sequence[Row], settings: Settings, n_splits: int, rope: float
) -> list[Text]:
    """Say where the number of splits or of rows leaves differences undecided."""
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
    # Of the variance (1 / n + ratio) * s**2 endless repeats leave the second part.
    ratio = settings.test_to_train
    quantile = float(stats.t.ppf(0.975, n_splits - 1))
    share = 1.96 * math.sqrt(ratio) / (quantile * math.sqrt(1 / n_splits + ratio))
    level = [row for row in rows if row.group == "level"]
    least = {row.label: share * (row.difference_high - row.difference) for row in level}
    beyond = [row for row in level if least[row.label] > rope > 0]
    if not beyond:
        return []
    narrowest = formats.region(float(f"{min(least[row.label] for row in beyond):.1g}"))
    names, region = _names(beyond), formats.region(rope)
    return [
        Text(
            "More repeats of these rows will hardly show equivalence to the best within "
            f"± {region}, for they bring the 95% intervals down to ± {narrowest} at best: "
            f"{names.en}. That takes more rows.",
            f"在这些数据行上再多重复也很难证明与最佳者在 ± {region} 内等效，"
            f"因为 95% 区间至多只能缩到 ± {narrowest}：{names.zh}。这需要更多的数据行。",
        )
    ]


def _of_training(rows: Sequence[Row], settings: Settings, n_splits: int) -> list[Text]:
    """Say where training was cut short, or the values tried end where they did best."""
    cautions = []
    # Where no gradient passes no setting helps, and where all diverged the verdict says so.
    rows = [row for row in rows if not row.dead_share > 0.99 and row.n_failed < n_splits]
    slow = [row for row in rows if row.n_at_limit > n_splits / 2]
    if slow:
        names = _names(slow)
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
                names = _names(held)
                cautions.append(
                    Text(
                        f"Did best at the {edge.en} learning rate, {rate:g}, in nearly all splits: "
                        f"{names.en}. A {beyond.en} one may suit better.",
                        f"在几乎所有划分中以{edge.zh}的学习率 {rate:g} 最好：{names.zh}。"
                        f"{beyond.zh}的学习率也许更合适。",
                    )
                )
    return cautions


def _names(rows: Sequence[Row]) -> Text:
    names = [row.label for row in rows]
    inner = any("," in name for name in names)
    if len(names) > formats.MOST_NAMED:
        n, names = len(names), names[: formats.MOST_NAMED - 2]
        few = Text(("; " if inner else ", ").join(names), ("；" if inner else "、").join(names))
        return Text(f"{few.en} and {n - len(names)} others", f"{few.zh} 等 {n} 个")
    return Text(("; " if inner else ", ").join(names), ("；" if inner else "、").join(names))
