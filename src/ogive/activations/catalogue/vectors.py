"""Functions of a whole row."""

from __future__ import annotations

from ogive.activations.catalogue import sources
from ogive.activations.definition import Definition
from ogive.text import Text

__all__ = ["DEFINITIONS"]

DEFINITIONS = (
    Definition(
        name="softmax",
        title=Text("Softmax", "Softmax 函数"),
        expression="exp(z)/(exp(z) + rest)",
        kind="vector",
        family="vectors",
        init="glorot_uniform",
        strength=Text(
            "It turns a row of any numbers into probabilities that add up to 1; its gradient with"
            " cross-entropy is simply p - y.",
            "把一行任意实数变成总和为 1 的概率；与交叉熵相配时梯度就是 p - y。",
        ),
        weakness=Text(
            "Every output depends on every input and none is ever 0; between layers it saturates"
            " as soon as one input leads.",
            "每个输出都依赖所有输入，且永不为 0；放在层间时，只要一个输入领先就会饱和。",
        ),
        references=(sources.BRIDLE_1990,),
        year=1990,
    ),
    Definition(
        name="softmin",
        title=Text("Softmin", "Softmin 函数"),
        expression="exp(-z)/(exp(-z) + rest)",
        kind="vector",
        family="vectors",
        init="glorot_uniform",
        strength=Text(
            "It gives the smallest input the greatest probability, as is wanted where inputs are"
            " distances, costs or energies.",
            "最小的输入得到最大的概率，适合输入为距离、代价或能量的场合。",
        ),
        weakness=Text(
            "It is softmax of -z and shares its limits: no exact zeros, and saturation once one"
            " input is far below.",
            "它就是 -z 的 softmax，局限也相同：没有精确的 0，一个输入远低于其余时便饱和。",
        ),
        references=(sources.PYTORCH_SOFTMIN,),
        year=None,
    ),
    Definition(
        name="log_softmax",
        aliases=("logsoftmax",),
        title=Text("Log-softmax", "对数 Softmax 函数"),
        expression="z - log(exp(z) + rest)",
        kind="vector",
        family="vectors",
        init="glorot_uniform",
        strength=Text(
            "It yields log-probabilities without underflow, which cross-entropy needs, and"
            " confident errors keep a full gradient.",
            "直接给出对数概率而不下溢，正是交叉熵所需；自信的错误仍有完整的梯度。",
        ),
        weakness=Text(
            "Outputs are at most 0 and unbounded below, which serves a loss well and a hidden"
            " layer badly.",
            "输出不大于 0 且无下界，适合损失函数，不适合隐藏层。",
        ),
        references=(sources.BLANCHARD_2021, sources.PYTORCH_LOG_SOFTMAX),
        year=None,
    ),
    Definition(
        name="sparsemax",
        title=Text("Sparsemax", "Sparsemax 函数"),
        expression="Piecewise((0, z <= -1/rest), ((rest*z + 1)/(rest + 1), z < 1), (1, True))",
        kind="vector",
        family="vectors",
        init="glorot_uniform",
        strength=Text(
            "It projects a row onto the probabilities and gives exact zeros, so only few classes"
            " or positions stay in play.",
            "把一行数投影到概率单纯形上并给出精确的 0，只有少数类别或位置参与其中。",
        ),
        weakness=Text(
            "Entries at 0 get no gradient, log of 0 forbids the usual cross-entropy, and it has"
            " to find its threshold for each row.",
            "取 0 的分量没有梯度，0 的对数使普通交叉熵失效，而且每一行都要求出阈值。",
        ),
        references=(sources.MARTINS_2016,),
        year=2016,
    ),
)
