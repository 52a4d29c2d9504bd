"""The texts of OGV101."""

from __future__ import annotations

from ogive.text import Text

__all__ = [
    "ABOUT",
    "CAUSES",
    "NOT_FINITE",
    "NO_UNITS",
    "PASSED",
    "PASSED_BUT",
    "SINCE",
    "SPARED",
    "TEXTS",
    "TOO_FEW_ROWS",
]

NO_UNITS = Text("There is no hidden layer with an activation.", "没有带激活函数的隐藏层。")
TOO_FEW_ROWS = Text(
    "To tell a dead unit from one that is silent by chance at least {needed} rows are needed; "
    "there are too few: {rows}.",
    "{rows} 行太少，无法区分死亡的单元和碰巧沉默的单元；至少需要 {needed} 行。",
)
NOT_FINITE = Text(
    "No hidden unit has values that are finite; see OGV105.",
    "没有隐藏单元的值是有限的；见 OGV105。",
)
PASSED = Text(
    "All {total} hidden units (layers: {layers}) take part: none is dead, silent, saturated for "
    "good, constant or a twin.",
    "{layers} 个隐藏层共 {total} 个单元都在工作：没有死亡、沉默、永久饱和、恒定或重复的单元。",
)
PASSED_BUT = Text(
    "The hidden units (layers: {layers}) take part but for few of {total}: {few}.",
    "{layers} 个隐藏层共 {total} 个单元，除少数外都在工作：{few}。",
)
SPARED = {
    "dead": Text("{n} dead", "{n} 个死亡"),
    "silent": Text("{n} silent on these rows", "{n} 个在这些行上沉默"),
    "saturated": Text("{n} saturated for good", "{n} 个永久饱和"),
    "constant": Text("{n} constant", "{n} 个输出恒定"),
    "duplicate": Text("{n} with the output of another", "{n} 个与别的单元重复"),
}

TEXTS = {
    "dead": (
        Text(
            "{n} of {total} units ({share_told}) of {layer} ({activation}) {be} dead{everywhere}.",
            "{layer}（{activation}）的 {total} 个单元中有 {n} 个（{share_told}）已死亡"
            "{everywhere}。",
        ),
        Text(
            "On every row the slope of the activation there is 0 and no row is in sight that would "
            "change it: these units pass no gradient and never learn again.{how_far}{since}{why}",
            "在每一行上，激活函数在这些单元处的斜率都是 0，而且看不到会改变这一点的数据：它们不传"
            "递梯度，"
            "也不再学习。{how_far}{since}{why}",
        ),
    ),
    "silent": (
        Text(
            "{n} of {total} units ({share_told}) of {layer} ({activation}) {be} silent on all rows "
            "given{everywhere}.",
            "{layer}（{activation}）的 {total} 个单元中有 {n} 个（{share_told}）在给定的所有行上都"
            "沉默{everywhere}。",
        ),
        Text(
            "No gradient passes them on these rows, but other rows, or a change in the layers "
            "before, could wake them.{how_far}{since}{why}",
            "在这些行上没有梯度通过它们，但别的数据或前面各层的变化可能使它们重新活动。"
            "{how_far}{since}{why}",
        ),
    ),
    "saturated": (
        Text(
            "{n} of {total} units ({share_told}) of {layer} ({activation}) {be} saturated for "
            "good{everywhere}.",
            "{layer}（{activation}）的 {total} 个单元中有 {n} 个（{share_told}）永久饱和"
            "{everywhere}。",
        ),
        Text(
            "On (nearly) all rows the slope there is at most 5 % of the activation's greatest: "
            "these units hardly learn.{why}",
            "在（几乎）所有行上，这些单元处的斜率不超过激活函数最大斜率的 5 %：它们几乎学不到东西"
            "。{why}",
        ),
    ),
    "constant": (
        Text(
            "{n} of {total} units ({share_told}) of {layer} ({activation}) {be} "
            "constant{everywhere}.",
            "{layer}（{activation}）的 {total} 个单元中有 {n} 个（{share_told}）输出恒定"
            "{everywhere}。",
        ),
        Text(
            "Their output is the same whatever the row: to the next layer they are one more "
            "intercept and carry nothing about the input.{why}",
            "不论输入哪一行，它们的输出都一样：对下一层来说只相当于又一个截距，不携带输入的任何信"
            "息。{why}",
        ),
    ),
    "duplicate": (
        Text(
            "{n} of {total} units ({share_told}) of {layer} ({activation}) answer the same as "
            "another{everywhere}.",
            "{layer}（{activation}）的 {total} 个单元中有 {n} 个（{share_told}）与另一个单元的输出"
            "相同{everywhere}。",
        ),
        Text(
            "On all rows their outputs are equal up to a factor, so that the next layer learns no "
            "more from all of them than from one of each kind.{why}",
            "在所有行上，它们的输出只差一个倍数，因此下一层从它们全体学到的并不比从每种一个学到的"
            "多。{why}",
        ),
    ),
}

ABOUT = {
    "is": Text("is", ""),
    "are": Text("are", ""),
    "everywhere": Text(
        ", {n_all} of {total_all} in all hidden layers", "，各隐藏层合计 {n_all}/{total_all} 个"
    ),
    "far": Text(
        " The nearest row is {nearest} short of the active side.",
        "最近的一行距活动区还差 {nearest}。",
    ),
    "far_range": Text(
        " The nearest row is {nearest} to {farthest} short of the active "
        "side, depending on the unit.",
        "最近的一行距活动区还差 {nearest} 到 {farthest}，因单元而异。",
    ),
}

SINCE = {
    "never": Text(
        " They were not active in any epoch recorded: they began like this, or the first steps "
        "killed them.",
        "在记录的任何一轮中它们都没有活动过：从一开始就是这样，或者最初几步就使它们死亡。",
    ),
    "killed": Text(
        " Half of them have been so since epoch {epoch} or before: training killed them.",
        "其中一半从第 {epoch} 轮或更早起就是如此：是训练使它们死亡的。",
    ),
    "some": Text(
        " Never active in any epoch recorded: {never}; of the others half have been so since epoch "
        "{epoch} or before.",
        "其中 {never} 个在记录的任何一轮中都没有活动过；其余的一半从第 {epoch} 轮或更早起如此。",
    ),
}

CAUSES = {
    "killed": Text(
        " The usual cause is a step that was too large and threw them past every row.",
        "通常的原因是某一步太大，把它们推到了所有数据之外。",
    ),
    "drifted": Text(
        " The steps are not to blame: learning rate times curvature is {curvature}, far below 2.",
        "原因不在步长：学习率乘以曲率为 {curvature}，远小于 2。",
    ),
    "vanishing": Text(
        " The signal fades from layer to layer, and the gradient with it: see OGV102 first.",
        "信号逐层减弱，梯度也随之减弱：请先看 OGV102。",
    ),
    "step": Text(
        " A large learning rate is the likely cause: one large step throws a unit past every row.",
        "很可能是学习率过大所致：一大步就能把单元推到所有数据之外。",
    ),
    "inputs": Text(
        " Inputs that are large or far from 0 are the likely cause: they drive z far to one side.",
        "很可能是输入过大或远离 0 所致：它们把 z 推向一侧的远处。",
    ),
    "start": Text(
        " The likely cause lies in weights and intercepts as they were at the start.",
        "原因很可能在于初始的权重和截距。",
    ),
    "flat": Text(
        " The activation has slope 0 everywhere, so that no layer before it can learn.",
        "该激活函数的斜率处处为 0，因此它之前的各层都无法学习。",
    ),
    "weights": Text(
        " Large weights drive z far from where the activation has its slope.",
        "过大的权重把 z 推到了激活函数有斜率的区域之外。",
    ),
    "before": Text(
        " Most units of the layer before hand nothing on, so this one has nothing to work with: "
        "look there first.",
        "前一层的大多数单元什么也不传递，这一层因此无从学习：请先看那里。",
    ),
    "fading": Text(
        " The signal fades from layer to layer: weights are too small for this activation.",
        "信号逐层减弱：对这个激活函数来说权重太小。",
    ),
    "symmetry": Text(
        " All units have the same weights, hence the same gradient: they can never differ.",
        "所有单元的权重都相同，梯度也就相同：它们永远不会有差别。",
    ),
    "width": Text(" The layer is wider than what it learnt needs.", "这一层比所学内容需要的更宽。"),
    "unknown": Text("", ""),
}
