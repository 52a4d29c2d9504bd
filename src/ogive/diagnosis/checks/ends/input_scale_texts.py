"""What OGV107 says."""

from __future__ import annotations

from ogive.text import Text

__all__ = [
    "ALIKE",
    "ALIKE_BY_RANGE",
    "LARGE",
    "LARGE_TOGETHER",
    "SHIFTED",
    "SMALL",
    "SMALL_TOGETHER",
    "SPREAD",
    "TOGETHER",
]

SPREAD = (
    Text(
        "The features differ in scale by a factor of {shown_spread}: standard deviation of {large} "
        "against {small}.",
        "各特征的尺度相差 {shown_spread} 倍：标准差最大的是：{large}；最小的是：{small}。",
    ),
    Text(
        "All weights of a layer start at the same size, so the large features decide alone, and no "
        "step size suits large and small ones at once.",
        "同一层的权重初始大小相同，因此结果只由尺度大的特征决定，"
        "而且没有一个步长能同时适合大特征和小特征。",
    ),
)
LARGE = (
    Text(
        "The inputs are large: the median feature has the standard deviation {shown_scale}, the "
        "largest are {large}.",
        "输入数值过大：居中的特征标准差为 {shown_scale}，最大的是：{large}。",
    ),
    Text(
        "Initial weights and step sizes are made for inputs of about 1. Larger ones saturate the "
        "units or make the first steps far too large.",
        "初始权重和步长都是按大小约为 1 的输入设定的；输入过大会使单元饱和，"
        "或使最初的几步迈得太大。",
    ),
)
SMALL = (
    Text(
        "The inputs are small: the median feature has the standard deviation {shown_scale}, the "
        "smallest are {small}.",
        "输入数值过小：居中的特征标准差只有 {shown_scale}，最小的是：{small}。",
    ),
    Text(
        "Initial weights and step sizes are made for inputs of about 1. With smaller ones the "
        "units "
        "hardly differ between rows, and training has to grow the weights first.",
        "初始权重和步长都是按大小约为 1 的输入设定的；输入过小时，各行在单元上几乎没有差别，"
        "训练必须先把权重变大。",
    ),
)
SHIFTED = (
    Text(
        "Features lie far from 0: the mean of {shifted} standard deviations.",
        "有特征远离 0：均值与标准差之比：{shifted}。",
    ),
    Text(
        "What such a feature tells is a small ripple on a large constant; the constant makes the "
        "loss a narrow valley, in which gradient descent is slow.",
        "这样的特征所含的信息只是一个大常数上的小波动；这个常数使损失函数成为狭窄的山谷，"
        "梯度下降会很慢。",
    ),
)
LARGE_TOGETHER = (
    Text(
        "The inputs are large: the features that vary share one range as pixels do, {low} to "
        "{high}, and all values together have the standard deviation {shown_std}.",
        "输入数值过大：有变化的各特征像像素那样同在 {low} 到 {high} 的范围内，"
        "全部数值合计的标准差为 {shown_std}。",
    ),
    LARGE[1],
)
SMALL_TOGETHER = (
    Text(
        "The inputs are small: the features that vary share one range as pixels do, {low} to "
        "{high}, and all values together have the standard deviation {shown_std}.",
        "输入数值过小：有变化的各特征像像素那样同在 {low} 到 {high} 的范围内，"
        "全部数值合计的标准差只有 {shown_std}。",
    ),
    SMALL[1],
)
TOGETHER = Text(
    "The features that vary share one range as pixels do, {low} to {high}, and are taken together: "
    "all values have the standard deviation {std}.",
    "有变化的各特征像像素那样同在 {low} 到 {high} 的范围内，"
    "因此合在一起看：全部数值的标准差为 {std}。",
)
ALIKE = Text(
    "The features are of one scale: standard deviations differ by a factor of {spread} at most; "
    "that of the median feature is {scale}.",
    "各特征的尺度相近：标准差最多相差 {spread} 倍，居中的特征标准差为 {scale}。",
)
ALIKE_BY_RANGE = Text(
    "The features are of one scale: they differ by a factor of {spread} at most, where indicators "
    "and counts are taken by their range (up to 1) and others by their standard deviation.",
    "各特征的尺度相近：最多相差 {spread} 倍，其中指示变量和计数按取值范围计（最多为 1），"
    "其余按标准差计。",
)
