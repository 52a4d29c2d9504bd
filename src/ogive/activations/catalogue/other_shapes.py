"""Unbounded odd functions, waves and the bell."""

from __future__ import annotations

from ogive.activations.catalogue import sources
from ogive.activations.definition import SMALLEST, Definition, Parameter
from ogive.text import Text

__all__ = ["DEFINITIONS"]

DEFINITIONS = (
    Definition(
        name="tanhshrink",
        aliases=("tanh_shrink",),
        title=Text("Tanh shrinkage", "双曲正切收缩函数（Tanhshrink）"),
        expression="z - tanh(z)",
        family="other_shapes",
        init="glorot_uniform",
        strength=Text(
            "It suppresses small values smoothly (near 0 it is z³/3) and passes large ones, less"
            " 1, with slope near 1.",
            "平滑地压低小值（在 0 附近为 z³/3），大值减去 1 后以接近 1 的斜率通过。",
        ),
        weakness=Text(
            "The derivative is 0 at 0, just where initial values lie, so learning starts slowly;"
            " plain z - tanh z cancels there.",
            "导数在 0 处为 0，而初始值正在那里，学习起步缓慢；直接计算 z - tanh z 还会相消。",
        ),
        references=(sources.PYTORCH_TANHSHRINK,),
        year=None,
    ),
    Definition(
        name="bent_identity",
        title=Text("Bent identity", "弯曲恒等函数"),
        expression="(sqrt(z**2 + 1) - 1)/2 + z",
        family="other_shapes",
        init="glorot_uniform",
        strength=Text(
            "The derivative lies between 1/2 and 3/2 everywhere, so gradients neither vanish nor"
            " explode in one layer.",
            "导数处处在 1/2 与 3/2 之间，单层内梯度既不消失也不爆炸。",
        ),
        weakness=Text(
            "It is nearly linear, so it needs many layers to bend a boundary, and its output is"
            " unbounded and not zero-centred.",
            "它接近线性，需要很多层才能弯出边界；输出无界，也不以零为中心。",
        ),
        references=(sources.KUNC_2024,),
        year=None,
    ),
    Definition(
        name="symlog",
        title=Text("Symmetric logarithm", "对称对数函数"),
        expression="Piecewise((log(1 + z), z > 0), (-log(1 - z), True))",
        family="other_shapes",
        init="glorot_uniform",
        strength=Text(
            "It compresses large values of either sign to their logarithm and leaves small ones"
            " alone, so scales may differ widely.",
            "把正负大值压缩到对数尺度，小值基本不变，因此能容纳相差悬殊的量级。",
        ),
        weakness=Text(
            "The slope falls like 1/|z|, so strong signals learn slowly, and its second"
            " derivative jumps at 0.",
            "斜率按 1/|z| 下降，强信号学得慢；二阶导数在 0 处跳变。",
        ),
        references=(sources.JOHN_1980, sources.HAFNER_2023),
        year=None,
    ),
    Definition(
        name="asinh",
        aliases=("arcsinh", "arsinh"),
        title=Text("Inverse hyperbolic sine", "反双曲正弦函数"),
        expression="asinh(z)",
        family="other_shapes",
        init="glorot_uniform",
        strength=Text(
            "It is linear near 0 and logarithmic far out, odd, smooth and unbounded, so it tames"
            " outliers without saturating.",
            "在 0 附近近似线性，远处近似对数，为奇函数，光滑且无界，能抑制离群值而不饱和。",
        ),
        weakness=Text(
            "The slope falls like 1/|z|, and log and square root cost as much as exp.",
            "斜率按 1/|z| 下降；对数加平方根的代价与指数相当。",
        ),
        references=(sources.BURBIDGE_1988, sources.KUNC_2024),
        year=None,
    ),
    Definition(
        name="sine",
        title=Text("Sine", "正弦函数"),
        expression="sin(z)",
        family="other_shapes",
        init="he_uniform",
        strength=Text(
            "Waves of any frequency are within reach, and the derivative is a sine again, so"
            " images and fields are fitted to fine detail.",
            "可以表示任意频率的波，导数仍是正弦，适合拟合图像和物理场的细节。",
        ),
        weakness=Text(
            "It is periodic, not monotonic: the loss is full of local minima, and training"
            " depends on a careful initialisation.",
            "它是周期函数，不单调：损失函数布满局部极小值，训练依赖精心的初始化。",
        ),
        references=(sources.SOPENA_1999, sources.SITZMANN_2020),
        year=1999,
    ),
    Definition(
        name="cosine",
        title=Text("Cosine", "余弦函数"),
        expression="cos(z)",
        family="other_shapes",
        init="glorot_uniform",
        strength=Text(
            "With random weights its outputs approximate the features of a kernel machine, which"
            " needs only a linear layer on top.",
            "权重随机时，其输出近似核方法的特征，上面只需再加一个线性层。",
        ),
        weakness=Text(
            "It is even, with derivative 0 at 0: the sign of z is lost and small inputs hardly"
            " learn.",
            "它是偶函数，在 0 处导数为 0：z 的符号丢失，小输入几乎学不动。",
        ),
        references=(sources.RAHIMI_2007,),
        year=2007,
    ),
    Definition(
        name="snake",
        title=Text("Snake", "Snake 函数"),
        expression="z + sin(alpha*z)**2/alpha",
        parameters=(Parameter("alpha", 1.0, SMALLEST, 1024.0),),
        family="other_shapes",
        init="lecun_uniform",
        gain="1/sqrt(1 + (1 + exp(-8*alpha**2) - 2*exp(-4*alpha**2))/(8*alpha**2))",
        strength=Text(
            "It adds waves to a line and still never falls, so networks carry periodic patterns"
            " on beyond the data.",
            "在直线上叠加波动而从不下降，网络能把周期规律延续到数据之外。",
        ),
        weakness=Text(
            "The derivative swings between 0 and 2 and is 0 once a period, and alpha must fit the"
            " frequency of the data.",
            "导数在 0 与 2 之间摆动，每个周期为 0 一次；alpha 必须与数据的频率相配。",
        ),
        references=(sources.ZIYIN_2020,),
        year=2020,
    ),
    Definition(
        name="gaussian",
        title=Text("Gaussian", "高斯函数"),
        expression="exp(-z**2)",
        family="other_shapes",
        init="glorot_uniform",
        strength=Text(
            "A unit answers only near one place, so what it learns is local and the output"
            " bounded.",
            "每个单元只在某处附近有响应，学到的内容是局部的，输出有界。",
        ),
        weakness=Text(
            "It is not monotonic and both tails die out like exp(-z²): beyond |z| = 4 the"
            " gradient is below 1e-6.",
            "它不单调，两侧尾部按 exp(-z²) 消失：|z| 超过 4 时梯度不到 1e-6。",
        ),
        references=(sources.BROOMHEAD_1988, sources.RAMASINGHE_2021),
        year=1988,
    ),
)
