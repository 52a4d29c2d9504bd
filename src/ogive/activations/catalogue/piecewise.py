"""The identity, steps and rectifiers: functions made of straight or quadratic pieces."""

from __future__ import annotations

from ogive.activations.catalogue import sources
from ogive.activations.definition import LARGEST, Definition, Parameter
from ogive.text import Text

__all__ = ["DEFINITIONS"]

DEFINITIONS = (
    Definition(
        name="identity",
        aliases=("linear",),
        title=Text("Identity", "恒等函数"),
        expression="z",
        family="piecewise",
        init="glorot_uniform",
        strength=Text(
            "It costs nothing and passes values and gradients on unchanged, which is what the"
            " output of a regression needs.",
            "没有任何计算开销，数值和梯度都原样通过，正适合回归网络的输出层。",
        ),
        weakness=Text(
            "Between layers it adds nothing: linear layers in a row can do no more than a single"
            " one.",
            "放在层与层之间毫无作用：多个线性层叠在一起，能力仍只相当于一层。",
        ),
        references=(sources.GOODFELLOW_2016,),
        year=None,
    ),
    Definition(
        name="step",
        aliases=("heaviside", "binary_step"),
        title=Text("Step", "阶跃函数"),
        expression="Piecewise((1, z >= 0), (0, True))",
        family="piecewise",
        init="glorot_uniform",
        strength=Text(
            "It is the relay in its purest form: on or off past a threshold, with outputs that"
            " can be read as logic.",
            "它是最纯粹的继电器：过了阈值就导通，否则断开，输出可以直接当作逻辑值来读。",
        ),
        weakness=Text(
            "Its derivative is 0 wherever it exists, so the chain rule yields 0 and gradient"
            " descent cannot train the layers before it.",
            "导数在有定义的地方处处为 0，链式法则的乘积也就为 0，它前面的各层无法用梯度下降训练。",
        ),
        references=(sources.MCCULLOCH_1943,),
        year=1943,
    ),
    Definition(
        name="sign",
        aliases=("signum",),
        title=Text("Sign", "符号函数"),
        expression="Piecewise((1, z > 0), (-1, z < 0), (0, True))",
        family="piecewise",
        init="glorot_uniform",
        strength=Text(
            "Its two outputs -1 and 1 are symmetric about 0 and need one bit, which makes binary"
            " networks small and fast.",
            "两个输出 -1 与 1 关于 0 对称，只需一位存储，因此二值网络既小又快。",
        ),
        weakness=Text(
            "Like the step it has derivative 0, so training needs a substitute for the gradient,"
            " such as the straight-through estimator.",
            "与阶跃函数一样导数为 0，训练时必须用替代梯度，例如直通估计。",
        ),
        references=(sources.WIDROW_1960, sources.COURBARIAUX_2016),
        year=1960,
    ),
    Definition(
        name="absolute",
        aliases=("absolute_value",),
        title=Text("Absolute value", "绝对值函数"),
        expression="Piecewise((z, z > 0), (-z, z < 0), (0, True))",
        family="piecewise",
        init="he_uniform",
        gain="1/sqrt(2)",
        strength=Text(
            "It keeps the strength of a signal on both sides, so a feature counts the same"
            " whichever sign it has.",
            "正负两侧的信号强度都被保留，一个特征无论取正取负，作用都相同。",
        ),
        weakness=Text(
            "It is not monotonic: z and -z can no longer be told apart, and descent may be drawn"
            " to the corner from either side.",
            "它不单调：z 与 -z 从此无法区分，梯度下降可能从两侧都被拉向尖角。",
        ),
        references=(sources.JARRETT_2009,),
        year=2009,
    ),
    Definition(
        name="relu",
        aliases=("rectifier",),
        title=Text("Rectified linear unit (ReLU)", "修正线性单元（ReLU）"),
        expression="Piecewise((z, z > 0), (0, True))",
        family="piecewise",
        init="he_uniform",
        strength=Text(
            "Derivative 1 for every active unit keeps gradients from vanishing, it costs one"
            " comparison, and about half of the units are silent, which keeps the output sparse.",
            "激活的单元导数恒为 1，梯度不会消失；只需一次比较，而且约有一半单元静默，输出稀疏。",
        ),
        weakness=Text(
            "A unit pushed below 0 for all samples gives output 0 and gradient 0 for ever (it"
            " dies), and the output has no upper bound.",
            "若某个单元对所有样本都落到 0 以下，输出和梯度就一直为 0，从此“死亡”；输出也没有上界。",
        ),
        references=(
            sources.FUKUSHIMA_1969,
            sources.NAIR_2010,
            sources.GLOROT_2011,
            sources.HE_2015,
        ),
        year=1969,
    ),
    Definition(
        name="leaky_relu",
        aliases=("lrelu",),
        title=Text("Leaky ReLU", "带泄漏的 ReLU（Leaky ReLU）"),
        expression="Piecewise((z, z > 0), (negative_slope*z, True))",
        parameters=(Parameter("negative_slope", 0.01, -LARGEST, LARGEST),),
        family="piecewise",
        init="he_uniform",
        gain="1/sqrt(1 + negative_slope**2)",
        strength=Text(
            "As fast as ReLU, but the small slope on the negative side lets a gradient through,"
            " so that units do not die.",
            "与 ReLU 一样快，但负半轴的小斜率让梯度得以通过，神经元不会死亡。",
        ),
        weakness=Text(
            "The slope is one more choice that is fixed by hand, outputs are no longer sparse,"
            " and a slope near 0 revives units only slowly.",
            "斜率要靠人工选定，输出不再稀疏；斜率太接近 0 时，沉寂的单元恢复得很慢。",
        ),
        references=(sources.MAAS_2013, sources.HE_2015),
        year=2013,
    ),
    Definition(
        name="prelu",
        aliases=("parametric_relu",),
        title=Text("Parametric ReLU (PReLU)", "参数化 ReLU（PReLU）"),
        expression="Piecewise((z, z > 0), (negative_slope*z, True))",
        parameters=(Parameter("negative_slope", 0.25, -LARGEST, LARGEST),),
        learnt=("negative_slope",),
        family="piecewise",
        init="he_uniform",
        gain="1/sqrt(1 + negative_slope**2)",
        strength=Text(
            "The slope of the negative side is learnt with the weights, so that the data choose"
            " it, at the cost of one number per layer or unit.",
            "负半轴的斜率与权重一起学习，由数据来决定，每层或每个单元只多一个数。",
        ),
        weakness=Text(
            "A learnt slope can overfit small data, and weight decay on it pulls it back towards"
            " ReLU.",
            "数据少时，学出来的斜率容易过拟合；若对它施加权重衰减，又会被拉回 ReLU。",
        ),
        references=(sources.HE_2015,),
        year=2015,
    ),
    Definition(
        name="rrelu",
        aliases=("randomized_relu",),
        title=Text("Randomized leaky ReLU (RReLU)", "随机带泄漏 ReLU（RReLU）"),
        expression="Piecewise((z, z > 0), ((lower + upper)*z/2, True))",
        parameters=(
            Parameter("lower", 1 / 8, -LARGEST, LARGEST),
            Parameter("upper", 1 / 3, -LARGEST, LARGEST),
        ),
        family="piecewise",
        init="he_uniform",
        gain="1/sqrt(1 + (lower**2 + lower*upper + upper**2)/3)",
        strength=Text(
            "A slope drawn anew for each value in training acts as noise against overfitting, and"
            " its mean is used afterwards.",
            "训练时每个值的负斜率都随机抽取，这种噪声能抑制过拟合；预测时改用平均斜率。",
        ),
        weakness=Text(
            "Training is noisier and depends on random numbers, and it computes another function"
            " than prediction does.",
            "训练更嘈杂、依赖随机数，而且训练与预测所用的函数并不相同。",
        ),
        references=(sources.XU_2015,),
        year=2015,
    ),
    Definition(
        name="relu6",
        title=Text("ReLU6", "ReLU6（上限为 6 的 ReLU）"),
        expression="Piecewise((0, z <= 0), (z, z < 6), (6, True))",
        family="piecewise",
        init="he_uniform",
        strength=Text(
            "The cap at 6 keeps values in a known range, so they fit into few bits when a network"
            " is quantized for a small device.",
            "上限 6 使数值落在已知范围内，把网络量化到小型设备时只需很少的位数。",
        ),
        weakness=Text(
            "The gradient is 0 on both sides of the interval from 0 to 6, so units can also get"
            " stuck at the top.",
            "在 0 到 6 的区间之外梯度为 0，单元除了在底部，也可能在顶部停止学习。",
        ),
        references=(sources.KRIZHEVSKY_2010,),
        year=2010,
    ),
    Definition(
        name="hardtanh",
        aliases=("hard_tanh",),
        title=Text("Hard tanh", "硬双曲正切（Hard tanh）"),
        expression="Piecewise((min_val, z <= min_val), (z, z < max_val), (max_val, True))",
        parameters=(
            Parameter("min_val", -1.0, -LARGEST, LARGEST),
            Parameter("max_val", 1.0, -LARGEST, LARGEST),
        ),
        family="piecewise",
        init="glorot_uniform",
        strength=Text(
            "A clipped straight line: it has tanh's range, zero-centred, for two comparisons and"
            " without exp.",
            "把直线截断即可：输出范围与 tanh 相同且以零为中心，只需两次比较，不必计算指数。",
        ),
        weakness=Text(
            "Outside the two limits the gradient is exactly 0, not merely small, so a saturated"
            " unit gets no signal to return.",
            "超出两端界限后，梯度不是很小而是恰好为 0，饱和的单元得不到任何返回信号。",
        ),
        references=(sources.COLLOBERT_2004,),
        year=2004,
    ),
    Definition(
        name="thresholded_relu",
        title=Text("Thresholded ReLU", "带阈值的 ReLU"),
        expression="Piecewise((z, z > theta), (0, True))",
        parameters=(Parameter("theta", 1.0, 0.0, LARGEST),),
        family="piecewise",
        init="he_uniform",
        strength=Text(
            "Only values above the threshold pass, unshrunk, which makes codes sparse without a"
            " bias to train.",
            "只有超过阈值的值才能通过，且大小不变，无需训练偏置就能得到稀疏编码。",
        ),
        weakness=Text(
            "It jumps from 0 to theta at the threshold, where no gradient tells it to move, and"
            " values below theta get no gradient at all.",
            "在阈值处由 0 突跳到 theta，没有梯度提示它如何移动；低于 theta 的值完全得不到梯度。",
        ),
        references=(sources.KONDA_2014,),
        year=2014,
    ),
    Definition(
        name="squared_relu",
        aliases=("relu_squared",),
        title=Text("Squared ReLU", "平方 ReLU"),
        expression="Piecewise((z**2, z > 0), (0, True))",
        family="piecewise",
        init="he_uniform",
        strength=Text(
            "It is smooth enough at 0 to have a continuous derivative, stays sparse, and rewards"
            " strong activations, which helped language models.",
            "在 0 处导数连续，输出依旧稀疏，并放大强激活，在语言模型中表现良好。",
        ),
        weakness=Text(
            "Values and derivative grow without bound, so large inputs can blow up training, and"
            " small positive ones hardly learn.",
            "函数值和导数都无界增长，输入过大会使训练发散；很小的正输入又几乎学不动。",
        ),
        references=(sources.SO_2021,),
        year=2021,
    ),
)
