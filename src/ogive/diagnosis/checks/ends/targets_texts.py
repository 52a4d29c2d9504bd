"""What OGV110 says of targets."""

from __future__ import annotations

from ogive.text import Text

__all__ = ["BROADCAST", "UNSCALED", "UNSCALED_YET"]

BROADCAST = (
    Text(
        "The outputs have the shape {answered}, the targets {wanted}: the loss compares every "
        "output with the targets of all rows.",
        "输出的形状是 {answered}，目标的形状是 {wanted}：每个输出都与所有行的目标作了比较。",
    ),
    Text(
        "Shapes that differ are broadcast to n × n pairs. The best answer to all targets at once "
        "is their mean, so the network learns to give the same for every row.",
        "形状不同会被广播成 n × n 对。同时面对所有目标时，最好的回答是它们的均值，"
        "因此网络学到的是对每一行都给出同一个数。",
    ),
)
_SCALE = Text(
    "The targets are not standardised: mean {mean}, standard deviation {std}",
    "目标没有标准化：均值为 {mean}，标准差为 {std}",
)
_CAUSE = Text(
    "Initial weights make outputs of about 1, and each step moves them a little: far or wide "
    "targets take very many steps to reach, and errors that large or small upset the step size.",
    "初始权重给出的输出大小约为 1，而每一步只移动一点：目标离得很远或范围很大时，"
    "要走非常多的步才能到达；误差过大或过小，也会使步长不合适。",
)
UNSCALED = (
    Text(
        _SCALE.en + "; and the network has not learnt them: the loss is {against}.",
        _SCALE.zh + "；而网络还没有学会：损失{against}。",
    ),
    _CAUSE,
)
UNSCALED_YET = (Text(_SCALE.en + ".", _SCALE.zh + "。"), _CAUSE)
