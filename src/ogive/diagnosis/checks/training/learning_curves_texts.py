"""What OGV111 says."""

from __future__ import annotations

from ogive.diagnosis.checks.forming import filled
from ogive.diagnosis.checks.wording import percent, short
from ogive.text import Text

__all__ = [
    "CONSEQUENCE",
    "FITS",
    "LITTLE",
    "MAYBE_UNTRAINED",
    "NARROW",
    "NO_BETTER",
    "NO_VALIDATION",
    "PARTING",
    "RISING",
    "STOPPED",
    "STOPPED_EARLY",
    "UNCARRIED",
    "against_constant",
]


def against_constant(explained: float) -> Text:
    """Return how a loss compares with that of the best constant answer.

    Parameters
    ----------
    explained : float
        By which share of the constant answer's loss it lies below that.
    """
    if explained >= 0.005:
        text = Text(
            "{share} below that of the best constant answer", "比最佳常数预测的损失低 {share}"
        )
        return filled(text, share=percent(explained))
    if explained > -0.005:
        return Text("no better than that of the best constant answer", "不比最佳常数预测的损失低")
    if explained > -1:
        text = Text(
            "{share} above that of the best constant answer", "比最佳常数预测的损失高 {share}"
        )
        return filled(text, share=percent(-explained))
    text = Text(
        "{ratio} times that of the best constant answer", "是最佳常数预测的损失的 {ratio} 倍"
    )
    return filled(text, ratio=short(1 - explained))


CONSEQUENCE = Text(
    "That follows from what is found elsewhere; treat {named} first.",
    "这是其他问题的后果；请先处理 {named}。",
)
_UNDER = Text(
    "The network does not yet fit the rows it learnt from (underfitting): training was too short, "
    "steps too small, the penalty too strong or the network too narrow - or these features do not "
    "tell the target.",
    "网络连训练数据都还没有拟合好（欠拟合）：可能训练太短、步长太小、惩罚太强或网络太窄，"
    "也可能这些特征本身不含目标的信息。",
)
LITTLE = (
    Text(
        "The training loss is only {share} below that of the best constant answer.",
        "训练损失只比最佳常数预测低 {share}。",
    ),
    _UNDER,
)
NO_BETTER = (
    Text(
        "The training loss is {against}.",
        "训练损失{against}。",
    ),
    _UNDER,
)
MAYBE_UNTRAINED = (
    Text(
        "The loss is {against}: too high, if the network has been trained.",
        "损失{against}：如果网络已经训练过，这太高了。",
    ),
    _UNDER,
)
STOPPED = (
    Text(
        "Training ended while the loss was falling: by {falling} in the last fifth of the epochs, "
        "and it is still {against}.",
        "训练结束时损失仍在下降：最后五分之一的轮次里降了 {falling}，而目前{against}。",
    ),
    _UNDER,
)
NARROW = (
    Text(
        "A hidden layer has {width} unit(s), and the training loss is {against}.",
        "有一个隐藏层只有 {width} 个单元，而训练损失{against}。",
    ),
    Text(
        "All that later layers know of a row has to pass through the narrowest layer; what does "
        "not fit through it is lost (underfitting).",
        "后面各层对一行数据的了解都必须通过最窄的一层，通不过的信息就丢失了（欠拟合）。",
    ),
)
_OVER = Text(
    "The network learns what is peculiar to the training rows (overfitting), and that does not "
    "hold for others. More rows, a penalty or fewer weights leave it less room for that.",
    "网络学到了训练数据特有的偶然细节（过拟合），这些对其他数据并不成立。"
    "更多的数据、惩罚或更少的权重可以减少这种情况。",
)
PARTING = (
    Text(
        "{what} {seen} on the rows given, {unseen} on validation rows: the gap is at least {low} "
        "with 97.5 % confidence.",
        "所给数据上的{what}为 {seen}，验证数据上为 {unseen}：以 97.5% 的置信度，差距至少为 {low}。",
    ),
    _OVER,
)
RISING = (
    Text(
        "The validation loss was least in epoch {epoch} ({least}) and rose to {end}, while the "
        "training loss went on falling.",
        "验证损失在第 {epoch} 轮最小（{least}），之后升到 {end}，而训练损失继续下降。",
    ),
    _OVER,
)
UNCARRIED = (
    Text(
        "{lost} of what was learnt does not hold for validation rows: loss {loss} on the rows "
        "learnt from, {other} on those.",
        "学到的东西有 {lost} 对验证数据不成立：训练数据上的损失为 {loss}，验证数据上为 {other}。",
    ),
    _OVER,
)
STOPPED_EARLY = Text(
    "The validation loss rose after epoch {epoch}, and early stopping kept the weights of the best "
    "epoch.",
    "验证损失在第 {epoch} 轮之后上升，早停保留了最好那一轮的权重。",
)
FITS = Text(
    "The training loss is {against}, and the validation rows bear it out.",
    "训练损失{against}，验证数据也与此相符。",
)
NO_VALIDATION = Text(
    "The training loss is {against}. Without validation rows overfitting cannot be seen.",
    "训练损失{against}。没有验证数据，看不出过拟合。",
)
