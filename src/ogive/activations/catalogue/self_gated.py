"""z times an S-shaped function of z."""

from __future__ import annotations

from ogive.activations.catalogue import sources
from ogive.activations.definition import LARGEST, SMALLEST, Definition, Parameter
from ogive.text import Text

__all__ = ["DEFINITIONS"]

DEFINITIONS = (
    Definition(
        name="silu",
        aliases=("swish",),
        title=Text("Sigmoid linear unit (SiLU, Swish)", "Sigmoid 线性单元（SiLU，又称 Swish）"),
        expression="z/(1 + exp(-beta*z))",
        parameters=(Parameter("beta", 1.0, SMALLEST, LARGEST),),
        family="self_gated",
        init="he_uniform",
        strength=Text(
            "Smooth everywhere, close to ReLU for large inputs, and with a gradient on most of"
            " the negative side.",
            "处处光滑，输入很大时接近 ReLU，负半轴的大部分也有梯度。",
        ),
        weakness=Text(
            "It is not monotonic, with a dip to -0.28 at -1.28, it needs exp, and to the far left"
            " its gradient vanishes.",
            "它不单调，在 -1.28 处降到 -0.28；需要指数运算，在最左侧梯度消失。",
        ),
        references=(sources.HENDRYCKS_2016, sources.ELFWING_2017, sources.RAMACHANDRAN_2017),
        year=2016,
    ),
    Definition(
        name="quick_gelu",
        title=Text("Quick GELU", "快速 GELU（Quick GELU）"),
        expression="z/(1 + exp(-851*z/500))",
        family="self_gated",
        init="he_uniform",
        strength=Text(
            "One sigmoid gives a function within 0.021 of GELU, and published weights such as"
            " CLIP's were trained with it.",
            "只用一次 Sigmoid，与 GELU 相差不超过 0.021；CLIP 等公开权重就是用它训练的。",
        ),
        weakness=Text(
            "It is no exact GELU: weights trained with one of the two lose accuracy with the"
            " other.",
            "它不是精确的 GELU：用其中一个训练出的权重换成另一个会损失精度。",
        ),
        references=(sources.HENDRYCKS_2016, sources.RADFORD_2021),
        year=2016,
    ),
    Definition(
        name="gelu",
        title=Text("Gaussian error linear unit (GELU)", "高斯误差线性单元（GELU）"),
        expression="z*erfc(-z/sqrt(2))/2",
        family="self_gated",
        init="he_uniform",
        strength=Text(
            "It weights each input by the chance that a normal variable lies below it, smooth"
            " everywhere; transformers use it widely.",
            "按正态变量小于输入的概率来加权，处处光滑，Transformer 中广泛使用。",
        ),
        weakness=Text(
            "It is not monotonic, with a dip to -0.17 at -0.75, its error function is costly, and"
            " libraries lose digits in the left tail.",
            "它不单调，在 -0.75 处降到 -0.17；误差函数代价高，许多库在左尾损失有效数字。",
        ),
        references=(sources.HENDRYCKS_2016,),
        year=2016,
    ),
    Definition(
        name="gelu_tanh",
        aliases=("gelu_new", "gelu_pytorch_tanh"),
        title=Text("GELU, tanh approximation", "GELU 的 tanh 近似"),
        expression="z/(1 + exp(-2*sqrt(2/pi)*(z + 44715*z**3/1000000)))",
        family="self_gated",
        init="he_uniform",
        strength=Text(
            "It stays within 0.0005 of GELU without the error function and is what many published"
            " transformers were trained with.",
            "不用误差函数就与 GELU 相差不到 0.0005，许多公开的 Transformer 用它训练。",
        ),
        weakness=Text(
            "It is another function than GELU: below -5 its relative error is large, and its"
            " usual form with tanh loses all digits there in float32.",
            "它与 GELU 并不相同：在 -5 以下相对误差很大，用 tanh 的常见写法在 float32 下还会丢掉"
            "全部有效数字。",
        ),
        references=(sources.HENDRYCKS_2016,),
        year=2016,
    ),
    Definition(
        name="mish",
        title=Text("Mish", "Mish 函数"),
        expression="z*tanh(log(1 + exp(z)))",
        family="self_gated",
        init="he_uniform",
        strength=Text(
            "Smooth and self-gated, with a slope of 0.6 at 0 that passes more gradient than SiLU"
            " or GELU; it did well in vision.",
            "光滑、自门控，在 0 处斜率 0.6，比 SiLU 和 GELU 传递更多梯度，在视觉任务中表现良好。",
        ),
        weakness=Text(
            "It is not monotonic, with a dip to -0.31 at -1.19, and its usual form takes exp, log"
            " and tanh for each value.",
            "它不单调，在 -1.19 处降到 -0.31；通常的写法每个值都要算指数、对数和 tanh。",
        ),
        references=(sources.MISRA_2019,),
        year=2019,
    ),
    Definition(
        name="golu",
        title=Text("Gompertz linear unit (GoLU)", "冈珀茨线性单元（GoLU）"),
        expression="z*exp(-exp(-z))",
        family="self_gated",
        init="he_uniform",
        strength=Text(
            "The Gompertz gate opens late, so negative inputs are damped harder than by SiLU or"
            " GELU, which lowers the variance of a layer.",
            "冈珀茨门打开得较晚，对负输入的抑制比 SiLU 和 GELU 更强，从而降低层内方差。",
        ),
        weakness=Text(
            "Left of -3 output and gradient vanish doubly exponentially, and each value takes two"
            " nested exponentials; it falls left of -0.57.",
            "在 -3 以左输出和梯度以双重指数速度消失，每个值要算两层指数；在 -0.57 以左下降。",
        ),
        references=(sources.DAS_2025,),
        year=2025,
    ),
    Definition(
        name="smish",
        title=Text("Smish", "Smish 函数"),
        expression="z*tanh(log(1 + 1/(1 + exp(-z))))",
        family="self_gated",
        init="he_uniform",
        strength=Text(
            "Its negative dip is bounded and smooth as Mish's, and its slope stays below 0.64,"
            " which calms large activations.",
            "负侧的凹谷与 Mish 一样有界而光滑，斜率不超过 0.64，能缓和过大的激活值。",
        ),
        weakness=Text(
            "For large z the slope tends to 0.6, not 1, so signals shrink from layer to layer,"
            " and it nests three costly functions.",
            "z 很大时斜率趋于 0.6 而不是 1，信号逐层缩小；还嵌套了三个昂贵的函数。",
        ),
        references=(sources.WANG_2022,),
        year=2022,
    ),
    Definition(
        name="logish",
        title=Text("Logish", "Logish 函数"),
        expression="z*log(1 + 1/(1 + exp(-z)))",
        family="self_gated",
        init="he_uniform",
        strength=Text(
            "A logarithm tempers the sigmoid gate, so the function grows gently and keeps a"
            " bounded negative side.",
            "用对数缓和 Sigmoid 门，函数增长平缓，负侧有界。",
        ),
        weakness=Text(
            "For large z the slope tends to log 2 = 0.69, so deep stacks shrink their signals,"
            " and it needs exp and log.",
            "z 很大时斜率趋于 log 2 = 0.69，层数多时信号缩小；需要指数和对数运算。",
        ),
        references=(sources.ZHU_2021,),
        year=2021,
    ),
    Definition(
        name="serf",
        title=Text("Serf", "Serf 函数"),
        expression="z*erf(log(1 + exp(z)))",
        family="self_gated",
        init="he_uniform",
        strength=Text(
            "It reaches the line a = z sooner than Mish while staying smooth, and its slope at 0"
            " is 0.67.",
            "比 Mish 更早贴近直线 a = z 且保持光滑，在 0 处斜率为 0.67。",
        ),
        weakness=Text(
            "Softplus inside the error function makes it one of the dearest of its family, and it"
            " dips to -0.35 at -1.19.",
            "误差函数里套着 softplus，是同类中最昂贵的之一；在 -1.19 处降到 -0.35。",
        ),
        references=(sources.NAG_2021,),
        year=2021,
    ),
    Definition(
        name="tanhexp",
        title=Text("TanhExp", "TanhExp 函数"),
        expression="z*tanh(exp(z))",
        family="self_gated",
        init="he_uniform",
        strength=Text(
            "Above 1 it is within 1 % of the identity, and its slope of 0.76 at 0 lets small"
            " networks learn fast.",
            "在 1 以上与恒等函数相差不到 1 %，在 0 处斜率 0.76，小型网络学得快。",
        ),
        weakness=Text(
            "It dips deepest of its family, to -0.35 at -1.08, and needs exp and tanh.",
            "在同类中凹得最深，在 -1.08 处降到 -0.35；需要指数和 tanh。",
        ),
        references=(sources.LIU_2020,),
        year=2020,
    ),
    Definition(
        name="elish",
        title=Text("Exponential linear squashing (ELiSH)", "指数线性压缩函数（ELiSH）"),
        expression="Piecewise((z/(1 + exp(-z)), z >= 0), ((exp(z) - 1)/(1 + exp(-z)), True))",
        family="self_gated",
        init="he_uniform",
        strength=Text(
            "It joins SiLU on the right to a damped ELU on the left, and the derivative is"
            " continuous where they meet.",
            "右侧是 SiLU，左侧是受抑制的 ELU，两者相接处导数连续。",
        ),
        weakness=Text(
            "Its two pieces cost two formulas, it is not monotonic (lowest, -0.17, at -0.88), and"
            " the left end vanishes.",
            "两段要用两个公式；它不单调，在 -0.88 处最低，为 -0.17，左端梯度消失。",
        ),
        references=(sources.BASIRAT_2018,),
        year=2018,
    ),
)
