"""What OGV108 says."""

from __future__ import annotations

from ogive.text import Text

__all__ = [
    "BEYOND",
    "EQUAL",
    "GROWING",
    "LARGE",
    "SATURATED",
    "SHRINKING",
    "SINGLE",
    "SMALL",
    "WITHIN",
]

EQUAL = (
    Text(
        "All {units} units of {layer} have the same weights.",
        "{layer} 的 {units} 个单元权重完全相同。",
    ),
    Text(
        "Equal units answer alike and get equal gradients, so they stay equal: the layer is worth "
        "a single unit. Weights have to start at random (intercepts may start at 0).",
        "权重相同的单元输出相同，得到的梯度也相同，因此始终保持相同：整层只相当于一个单元。"
        "权重必须随机初始化（截距可以从 0 开始）。",
    ),
)
SHRINKING = (
    Text(
        "{start} with {names}: a gradient shrinks to {each} by each layer, to {total} over {depth} "
        "hidden layers.",
        "{start} 配 {names}：梯度每层缩小为 {each} 倍，经过 {depth} 个隐藏层后为 {total} 倍。",
    ),
    Text(
        "The weights start too small for the function, so signals on the way forward and gradients "
        "on the way back fade from layer to layer, and the first layers hardly learn.",
        "初始权重相对于激活函数过小，前向的信号和反向的梯度都逐层变弱，"
        "最前面的几层几乎学不到东西。",
    ),
)
GROWING = (
    Text(
        "{start} with {names}: a gradient grows {each} times by each layer, {total} times over "
        "{depth} hidden "
        "layers.",
        "{start} 配 {names}：梯度每层放大为 {each} 倍，经过 {depth} 个隐藏层后为 {total} 倍。",
    ),
    Text(
        "The weights start too large for the function, so signals and gradients grow from layer to "
        "layer, and the first steps overshoot.",
        "初始权重相对于激活函数过大，信号和梯度逐层放大，最初的几步会迈过头。",
    ),
)
SATURATED = (
    Text(
        "The initial weights of {layer} are large ({rms} each; {shown_size} times the size of its "
        "inputs): {saturated} of its values are saturated before training.",
        "{layer} 的初始权重过大（均方根 {rms}，使输入放大 {shown_size} 倍）：训练之前就有 "
        "{saturated} "
        "的值处于饱和区。",
    ),
    Text(
        "A saturated unit passes next to no gradient, so the network starts where it can hardly "
        "learn.",
        "饱和的单元几乎不传递梯度，因此网络从一开始就很难学习。",
    ),
)
LARGE = (
    Text(
        "The initial weights of {layer} are large ({rms} each): they make z {shown_size} times the "
        "size of the layer's inputs.",
        "{layer} 的初始权重过大（均方根 {rms}）：z 是该层输入的 {shown_size} 倍。",
    ),
    Text(
        "Weights of about 1/sqrt(fan_in) keep the size of a signal. Larger ones multiply it by "
        "each layer, forwards and backwards, and the first steps overshoot.",
        "权重约为 1/sqrt(fan_in) 时信号大小不变；更大的权重会使信号在前向和反向都逐层放大，"
        "最初的几步会迈过头。",
    ),
)
SMALL = (
    Text(
        "The initial weights of {layer} are small ({rms} each): its inputs are shrunk to "
        "{shown_size} of their size.",
        "{layer} 的初始权重过小（均方根 {rms}）：输入被缩小为原来的 {shown_size} 倍。",
    ),
    Text(
        "Units that hardly differ between rows tell the next layer nothing, and its gradients are "
        "as small; training starts with a long plateau.",
        "单元在各行之间几乎没有差别，后面的层得不到信息，梯度也同样小；"
        "训练会以一段漫长的平台期开始。",
    ),
)
WITHIN = Text(
    "Gradients keep their size at the initial weights: a factor of {total} over {depth} hidden "
    "layers is predicted.",
    "在初始权重下梯度大小基本不变：经过 {depth} 个隐藏层，预测的倍数为 {total}。",
)
BEYOND = Text(
    "The initial weights are not at fault: a factor of {total} over {depth} hidden layers is "
    "predicted, and no other initial weights would mend it.",
    "问题不在初始权重：经过 {depth} 个隐藏层，预测的倍数为 {total}，换用别的初始权重也无法改善。",
)
SINGLE = Text(
    "With one hidden layer no gradient shrinks or grows from layer to layer.",
    "只有一个隐藏层，梯度不会逐层缩小或放大。",
)
