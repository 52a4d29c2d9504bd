"""How the signs of why a candidate falls behind are told, each as a clause."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from ogive.comparison.words import formats
from ogive.comparison.words.subjects import parameter_title, spaced
from ogive.text import Text

MANY_TIMES = 4


class Facts(NamedTuple):
    """What a clause tells of one candidate: a number, and more where the sign has it."""

    value: float
    n_splits: int = 0
    layer: int = 0
    other: float = math.nan
    n_parameters: int = 0
    parameter: str = ""


def _beside(value: float, best: Text, write: Callable[[float], str]) -> Text:
    """Return the best's number in brackets, or nothing where it has none."""
    if not math.isfinite(value):
        return Text("", "")
    return Text(f" ({best.en}: {write(value)})", f"（{best.zh}：{write(value)}）")


def tell_no_gradient(mine: Facts, best: Facts, name: Text) -> Text:
    """Tell that no gradient reached the hidden layers."""
    beside = _beside(best.value, name, formats.share)
    return Text(
        f"no gradient reached its hidden layers while it learned, as {formats.share(mine.value)} "
        f"of its hidden units are dead{beside.en}",
        f"学习时没有梯度到达其隐藏层，因为 {formats.share(mine.value)} 的隐藏单元死亡{beside.zh}",
    )


def tell_dead(mine: Facts, best: Facts, name: Text) -> Text:
    """Tell the share of dead units."""
    beside = _beside(best.value, name, formats.share)
    return Text(
        f"{formats.share(mine.value)} of the units of its layer {mine.layer} are dead{beside.en}",
        f"其第 {mine.layer} 层有 {formats.share(mine.value)} 的单元死亡{beside.zh}",
    )


def tell_saturated(mine: Facts, best: Facts, name: Text) -> Text:
    """Tell the share of saturated units."""
    beside = _beside(best.value, name, formats.share)
    return Text(
        f"{formats.share(mine.value)} of the units of its layer {mine.layer} are saturated"
        f"{beside.en}",
        f"其第 {mine.layer} 层有 {formats.share(mine.value)} 的单元饱和{beside.zh}",
    )


def tell_ratio(mine: Facts, best: Facts, name: Text) -> Text:
    """Tell the gradient of the first layer over that of the last."""
    beside = Text("", "")
    if math.isfinite(best.value):
        ratio = formats.ratio(best.value)
        beside = Text(f", {name.en}'s is {ratio}", f"，{name.zh} 的为 {ratio} 倍")
    ratio = formats.ratio(mine.value)
    return Text(
        f"its first layer's gradient is {ratio} times that of its last{beside.en}",
        f"其首层梯度是末层的 {ratio} 倍{beside.zh}",
    )


def _written(value: float) -> str:
    return f"{value:.2g}"


def tell_overfitting(mine: Facts, best: Facts, name: Text) -> Text:
    """Tell the losses on the rows learnt from and on validation rows."""
    beside = Text("", "")
    if math.isfinite(best.value):
        pair = _written(best.value), _written(best.other)
        beside = Text(
            f" ({name.en}: {pair[0]} and {pair[1]})", f"（{name.zh}：{pair[0]} 与 {pair[1]}）"
        )
    times = mine.n_parameters / best.n_parameters if best.n_parameters else 0
    more = Text("", "")
    if times >= MANY_TIMES:
        more = Text(
            f", with {times:.0f} times as many numbers to learn", f"，待学参数多达 {times:.0f} 倍"
        )
    return Text(
        f"it overfits: its loss is {_written(mine.value)} on the rows it learned from and "
        f"{_written(mine.other)} on validation rows{beside.en}{more.en}",
        f"它过拟合：训练损失为 {_written(mine.value)}，验证损失为 {_written(mine.other)}"
        f"{beside.zh}{more.zh}",
    )


def tell_learnt_little(mine: Facts, best: Facts, name: Text) -> Text:
    """Tell the loss on the rows learnt from."""
    beside = _beside(best.value, name, _written)
    return Text(
        f"it learned even the training rows less well, with a loss of {_written(mine.value)}"
        f"{beside.en}",
        f"它连训练数据也学得不好，训练损失为 {_written(mine.value)}{beside.zh}",
    )


def tell_linear(mine: Facts, best: Facts, name: Text) -> Text:
    """Tell that the layers are linear."""
    return Text("it is linear whatever its layers", "无论有几层，它都是线性的")


def tell_at_limit(mine: Facts, best: Facts, name: Text) -> Text:
    """Tell in how many splits training was cut short."""
    n, most = int(mine.value), mine.n_splits
    beside = (
        Text(f" ({name.en} in {int(best.value)})", f"（{name.zh} 为 {int(best.value)} 次）")
        if best.n_splits
        else Text("", "")
    )
    return Text(
        f"it was still learning when max_iter ended it in {n} of {most} splits{beside.en}",
        f"{most} 次划分中有 {n} 次到 max_iter 时仍在进步{beside.zh}",
    )


def tell_edge(which_en: str, which_zh: str) -> Callable[[Facts, Facts, Text], Text]:
    """Return what tells of the least or the greatest of the values offered."""

    def tell(mine: Facts, best: Facts, name: Text) -> Text:
        n, most = int(mine.value), mine.n_splits
        what = parameter_title(mine.parameter)
        return Text(
            f"it took the {which_en} {what.en} offered, {mine.other:g}, in {n} of {most} splits",
            f"{most} 次划分中有 {n} 次选中所给的最{which_zh}{spaced(what.zh)}，即 {mine.other:g}",
        )

    return tell
