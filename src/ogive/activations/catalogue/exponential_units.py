"""Rectifiers with a curved left side, and their relatives."""

from __future__ import annotations

from ogive.activations.catalogue import sources
from ogive.activations.definition import LARGEST, SMALLEST, Definition, Parameter
from ogive.text import Text

__all__ = ["DEFINITIONS"]

DEFINITIONS = (
    Definition(
        name="elu",
        title=Text("Exponential linear unit (ELU)", "指数线性单元（ELU）"),
        expression="Piecewise((z, z > 0), (alpha*(exp(z) - 1), True))",
        parameters=(Parameter("alpha", 1.0, 0.0, LARGEST),),
        family="exponential_units",
        init="he_uniform",
        strength=Text(
            "Negative outputs bring the mean near 0 and the negative side keeps a gradient, so"
            " units rarely die.",
            "负的输出使均值接近 0，负半轴也有梯度，单元很少死亡。",
        ),
        weakness=Text(
            "It needs exp below 0, saturates at -alpha, and has a jump in the derivative unless"
            " alpha is 1.",
            "在 0 以下要计算指数，向左饱和于 -alpha；除非 alpha 为 1，否则导数有跳变。",
        ),
        references=(sources.CLEVERT_2015,),
        year=2015,
    ),
    Definition(
        name="celu",
        title=Text("Continuously differentiable ELU (CELU)", "连续可微指数线性单元（CELU）"),
        expression="Piecewise((z, z > 0), (alpha*(exp(z/alpha) - 1), True))",
        parameters=(Parameter("alpha", 1.0, SMALLEST, LARGEST),),
        family="exponential_units",
        init="he_uniform",
        strength=Text(
            "Its derivative is continuous for every alpha and never above 1, so alpha can be"
            " tuned without a kink.",
            "对任何 alpha 导数都连续且不超过 1，调节 alpha 不会产生尖角。",
        ),
        weakness=Text(
            "It needs exp below 0 and saturates at -alpha; with alpha 1 it is ELU and nothing"
            " else.",
            "在 0 以下要计算指数，并饱和于 -alpha；alpha 为 1 时就是 ELU，毫无不同。",
        ),
        references=(sources.BARRON_2017,),
        year=2017,
    ),
    Definition(
        name="selu",
        title=Text("Scaled exponential linear unit (SELU)", "自归一化指数线性单元（SELU）"),
        expression=(
            "1.0507009873554804934193349852946*Piecewise((z,"
            " z > 0), (1.6732632423543772848170429916717*(exp(z) - 1), True))"
        ),
        family="exponential_units",
        init="lecun_normal",
        strength=Text(
            "With LeCun's initialisation its two constants drive mean and variance of each layer"
            " towards 0 and 1, without normalisation layers.",
            "配合 LeCun 初始化，两个常数会使每层的均值和方差趋向 0 和 1，无需归一化层。",
        ),
        weakness=Text(
            "This holds only for plain stacks of dense layers with such weights; ordinary dropout"
            " or skip connections undo it, and exp is needed.",
            "这只对按此初始化的普通全连接网络成立；普通 dropout 或跳跃连接会破坏它，还要计算指数。",
        ),
        references=(sources.KLAMBAUER_2017,),
        year=2017,
    ),
    Definition(
        name="isrlu",
        title=Text("Inverse square root linear unit (ISRLU)", "平方根倒数线性单元（ISRLU）"),
        expression="Piecewise((z, z >= 0), (z/sqrt(1 + alpha*z**2), True))",
        parameters=(Parameter("alpha", 1.0, 1e-12, 1e12),),
        family="exponential_units",
        init="he_uniform",
        strength=Text(
            "It has ELU's shape with a square root in place of exp, and even its second"
            " derivative is continuous.",
            "形状与 ELU 相近，但用平方根代替指数，甚至二阶导数也连续。",
        ),
        weakness=Text(
            "To the left it saturates at -1/sqrt(alpha), where the gradient fades, and few"
            " libraries offer it.",
            "向左饱和于 -1/sqrt(alpha)，梯度逐渐消失；提供它的库也很少。",
        ),
        references=(sources.CARLILE_2017,),
        year=2017,
    ),
    Definition(
        name="softplus",
        title=Text("Softplus", "Softplus 函数"),
        expression="log(1 + exp(beta*z))/beta",
        parameters=(Parameter("beta", 1.0, SMALLEST, LARGEST),),
        family="exponential_units",
        init="he_uniform",
        strength=Text(
            "A smooth ReLU whose derivative is the sigmoid, with positive output, as scales and"
            " variances need it.",
            "平滑的 ReLU，导数就是 Sigmoid；输出恒为正，适合表示尺度和方差。",
        ),
        weakness=Text(
            "Its output is never 0, so nothing is sparse, its mean is positive, and it needs exp"
            " and log.",
            "输出永不为 0，没有稀疏性，均值为正，还需要指数和对数运算。",
        ),
        references=(sources.DUGAS_2001,),
        year=2001,
    ),
    Definition(
        name="logsigmoid",
        aliases=("log_sigmoid",),
        title=Text("Log-sigmoid", "对数 Sigmoid 函数"),
        expression="-log(1 + exp(-z))",
        family="exponential_units",
        init="he_uniform",
        strength=Text(
            "It gives the logarithm of a probability directly and without underflow, which is"
            " what a log-likelihood adds up.",
            "直接给出概率的对数，不会下溢，而对数似然正是把它们相加。",
        ),
        weakness=Text(
            "All outputs are negative and large inputs get no gradient; it belongs into losses"
            " rather than between layers.",
            "输出全为负，输入很大时没有梯度；它更适合用在损失函数里，而不是层与层之间。",
        ),
        references=(sources.PYTORCH_LOGSIGMOID,),
        year=None,
    ),
    Definition(
        name="squareplus",
        title=Text("Squareplus", "Squareplus 函数"),
        expression="(z + sqrt(z**2 + b))/2",
        parameters=(Parameter("b", 4.0, SMALLEST, LARGEST),),
        family="exponential_units",
        init="he_uniform",
        strength=Text(
            "It looks like softplus but needs only a square root, and b sets how wide the bend"
            " is, down to ReLU.",
            "形似 softplus，却只需平方根；b 决定弯曲的宽窄，趋于 0 时就是 ReLU。",
        ),
        weakness=Text(
            "It approaches 0 only like 1/|z| on the left, so outputs are positive everywhere and"
            " never sparse.",
            "向左只以 1/|z| 的速度趋近 0，输出处处为正，从不稀疏。",
        ),
        references=(sources.BARRON_2021,),
        year=2021,
    ),
    Definition(
        name="exponential",
        title=Text("Exponential", "指数函数"),
        expression="exp(z)",
        family="exponential_units",
        init="glorot_uniform",
        strength=Text(
            "It turns sums into products and outputs positive rates, as the mean of a Poisson"
            " model does.",
            "把求和变成相乘，输出正的速率，正如泊松模型的均值。",
        ),
        weakness=Text(
            "Value and gradient explode together: at z = 10 both are 22,026, so between layers a"
            " single step can ruin training.",
            "函数值与梯度一同爆炸：z = 10 时都是 22026，放在层间一步就可能毁掉训练。",
        ),
        references=(sources.MCCULLAGH_1989, sources.KERAS),
        year=None,
    ),
)
