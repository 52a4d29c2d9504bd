"""What OGV109 says."""

from __future__ import annotations

from ogive.text import Text

__all__ = [
    "CLEAR",
    "EARLY",
    "INACTIVE",
    "LINEAR_DATA",
    "LINEAR_FUNCTIONS",
    "LINEAR_PAIR",
    "LINEAR_PART",
    "NARROW_PAIR",
    "NEARLY",
    "NO_FUNCTIONS",
]

LINEAR_FUNCTIONS = (
    Text(
        "The activation of all {layers} hidden layers is linear ({names}).",
        "全部 {layers} 个隐藏层的激活函数都是线性的（{names}）。",
    ),
    Text(
        "Linear layers one after another are one linear layer: the network can do no more than "
        "linear or logistic regression, whatever its depth.",
        "线性层相叠仍是一个线性层：无论多深，网络所能做的都不会超过线性回归或逻辑回归。",
    ),
)
NO_FUNCTIONS = (
    Text(
        "{layers} layers with weights follow one another without an activation between them.",
        "{layers} 个带权重的层首尾相接，中间没有激活函数。",
    ),
    LINEAR_FUNCTIONS[1],
)
LINEAR_PAIR = (
    Text(
        "No activation stands between {pairs}.",
        "{pairs} 之间没有激活函数。",
    ),
    Text(
        "Two such layers in a row are worth one ({n_in} → {n_out}): the other costs weights and "
        "time and adds nothing.",
        "这样首尾相接的两层只相当于一层（{n_in} → {n_out}）：另一层白白耗费权重和时间。",
    ),
)
NARROW_PAIR = (
    LINEAR_PAIR[0],
    Text(
        "Together they are one linear map of rank {n_between} at most. Where that is meant, as of "
        "a factorised matrix or an autoencoder's code, nothing is amiss.",
        "两层合起来是一个秩不超过 {n_between} 的线性映射。如果本意如此（例如矩阵分解，"
        "或自编码器的编码层），就没有问题。",
    ),
)
LINEAR_PART = (
    Text(
        "The units work in the straight part of {names}: for at least {share} of them, f(z) is a "
        "straight line over the rows (standard deviation of z in {layer}: {spread}).",
        "单元都工作在 {names} 的直线段：至少 {share} 的单元，f(z) 在这些行上就是一条直线"
        "（{layer} 中 z 的标准差为 {spread}）。",
    ),
    Text(
        "Where the slope does not change, an activation is none: the network is a linear model. "
        "Inputs or weights are too small for the function, or the function is nearly linear.",
        "斜率不变的激活函数等于没有激活函数：整个网络是一个线性模型。"
        "相对于激活函数，输入或权重过小，或者函数本身几乎是线性的。",
    ),
)
LINEAR_DATA = (
    Text(
        "A linear model gives the same answers: {share} of the outputs' variance is linear in the "
        "inputs.",
        "线性模型就能给出同样的结果：输出方差的 {share} 可由输入线性表示。",
    ),
    Text(
        "The network makes no use of its activations. It may be that the data are linear; then "
        "{model} does as well and is easier to explain.",
        "网络没有用到激活函数的非线性。可能数据本身就是线性的；那样 {model} 同样好，"
        "而且更容易解释。",
    ),
)
CLEAR = Text(
    "The activations count: {rest} of the outputs' variance is not linear in the inputs.",
    "激活函数起了作用：输出方差的 {rest} 不能由输入线性表示。",
)
NEARLY = Text(
    "The outputs are nearly, but not wholly, linear in the inputs: {rest} of their variance comes "
    "of the activations.",
    "输出接近输入的线性函数，但不完全是：输出方差的 {rest} 来自激活函数。",
)
EARLY = Text(
    "The outputs are nearly linear in the inputs ({share} of their variance), as is usual before "
    "training.",
    "输出几乎是输入的线性函数（占其方差的 {share}），这在训练之前很常见。",
)
INACTIVE = Text(
    "The units are not linear: in the layer most curved, f(z) bends for {share} of the units.",
    "单元不是线性的：弯曲最多的一层中，{share} 的单元的 f(z) 不是直线。",
)
