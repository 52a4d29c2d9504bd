"""S-shaped functions: bounded at both ends."""

from __future__ import annotations

from ogive.activations.catalogue import sources
from ogive.activations.definition import LARGEST, Definition, Parameter
from ogive.text import Text

__all__ = ["DEFINITIONS"]

DEFINITIONS = (
    Definition(
        name="sigmoid",
        aliases=("logistic", "expit"),
        title=Text("Sigmoid", "Sigmoid 函数"),
        expression="1/(1 + exp(-z))",
        family="squashing",
        init="glorot_uniform",
        strength=Text(
            "It turns any number into a probability, smoothly, with the simple derivative a(1-a)"
            " that is largest in the middle.",
            "把任意实数平滑地变成概率，导数形式简单，为 a(1-a)，在中间最大。",
        ),
        weakness=Text(
            "The derivative is at most 1/4 and vanishes at both ends, so deep networks learn"
            " slowly; exp is costly and the output is not zero-centred.",
            "导数至多为 1/4，两端趋于 0，深层网络学习缓慢；指数运算代价高，输出也不以零为中心。",
        ),
        references=(sources.WILSON_1972, sources.RUMELHART_1986, sources.GLOROT_2010),
        year=1972,
    ),
    Definition(
        name="tanh",
        title=Text("Hyperbolic tangent", "双曲正切函数"),
        expression="tanh(z)",
        family="squashing",
        init="glorot_uniform",
        strength=Text(
            "Its output is zero-centred, so the mean of symmetric data is not shifted, and its"
            " slope of 1 at 0 is four times the sigmoid's.",
            "输出以零为中心，对称数据的均值不会偏移；在 0 处斜率为 1，是 Sigmoid 的四倍。",
        ),
        weakness=Text(
            "It still needs exp, and its gradient still vanishes at both ends.",
            "仍需计算指数，两端的梯度仍会消失。",
        ),
        references=(sources.PETERSON_1987, sources.LECUN_1998, sources.GLOROT_2010),
        year=1987,
    ),
    Definition(
        name="lecun_tanh",
        aliases=("scaled_tanh",),
        title=Text("LeCun's scaled tanh", "LeCun 缩放双曲正切"),
        expression="17159*tanh(2*z/3)/10000",
        family="squashing",
        init="lecun_normal",
        strength=Text(
            "It maps -1 to -1 and 1 to 1, so standardized data keep a variance near 1, and it"
            " bends most close to targets of -1 and 1.",
            "把 -1 映为 -1、1 映为 1，标准化数据的方差保持在 1 附近，在目标值 ±1 附近弯曲最大。",
        ),
        weakness=Text(
            "The two constants are tuned to standardized inputs, and like tanh it saturates and"
            " needs exp.",
            "两个常数是针对标准化输入调好的；与 tanh 一样会饱和，也需要指数运算。",
        ),
        references=(sources.LECUN_1989, sources.LECUN_1998),
        year=1989,
    ),
    Definition(
        name="penalized_tanh",
        title=Text("Penalized tanh", "带惩罚的双曲正切"),
        expression="Piecewise((tanh(z), z > 0), (slope*tanh(z), True))",
        parameters=(Parameter("slope", 0.25, -LARGEST, LARGEST),),
        family="squashing",
        init="glorot_uniform",
        strength=Text(
            "The flatter negative side makes tanh asymmetric like a leaky ReLU while the output"
            " stays bounded; it did well in language tasks.",
            "负半轴较平，使 tanh 像带泄漏的 ReLU 一样不对称，而输出仍有界，在语言任务中表现稳健。",
        ),
        weakness=Text(
            "The derivative jumps at 0, the mean is shifted, and both ends still saturate.",
            "导数在 0 处跳变，均值发生偏移，两端仍会饱和。",
        ),
        references=(sources.XU_2016, sources.EGER_2019),
        year=2016,
    ),
    Definition(
        name="softsign",
        title=Text("Softsign", "Softsign 函数"),
        expression="z/(1 + Abs(z))",
        family="squashing",
        init="glorot_uniform",
        strength=Text(
            "It needs one division and no exp, and its tails approach -1 and 1 so slowly that"
            " units seldom saturate fully.",
            "只需一次除法，不用指数；尾部趋近 ±1 很慢，单元很少完全饱和。",
        ),
        weakness=Text(
            "Beside the centre its slope drops fast, to 1/4 at 1, so that far-off units learn"
            " slowly: descent from 0.9 to 0.5 at rate 0.2 takes 1,655 steps.",
            "稍离中心斜率就迅速下降，在 1 处只有 1/4，远处的单元学得很慢：学习率 0.2 时，从 0.9 "
            "下降到 0.5 要 1655 步。",
        ),
        references=(sources.ELLIOTT_1993, sources.BERGSTRA_2009, sources.GLOROT_2010),
        year=1993,
    ),
    Definition(
        name="isru",
        title=Text("Inverse square root unit (ISRU)", "平方根倒数单元（ISRU）"),
        expression="z/sqrt(1 + alpha*z**2)",
        parameters=(Parameter("alpha", 1.0, 1e-12, 1e12),),
        family="squashing",
        init="glorot_uniform",
        strength=Text(
            "An S-curve from a square root alone, which processors compute quickly, with alpha to"
            " set the limits.",
            "仅用平方根就得到 S 形曲线，处理器计算很快，并可用 alpha 设定上下限。",
        ),
        weakness=Text(
            "Its slope falls with the cube of z, slower than exponentially but still to 0, and"
            " the limits move when alpha changes.",
            "斜率按 z 的三次方衰减，虽比指数慢，终究趋于 0；改变 alpha 时上下限也随之移动。",
        ),
        references=(sources.CARLILE_2017,),
        year=2017,
    ),
    Definition(
        name="arctan_curve",
        title=Text("Scaled arctangent", "缩放反正切曲线"),
        expression="2*atan(pi*z/2)/pi",
        family="squashing",
        init="glorot_uniform",
        strength=Text(
            "Its tails are heavy: the slope falls only with the square of z, so far-off units"
            " still receive some gradient.",
            "尾部很厚：斜率只按 z 的平方衰减，远离中心的单元仍能得到一些梯度。",
        ),
        weakness=Text(
            "It comes so slowly to its limits that at z = 10 it is still 0.04 short, and arctan"
            " costs about as much as exp.",
            "趋近极限太慢，z = 10 时仍差 0.04；反正切的计算代价也与指数相当。",
        ),
        references=(sources.HOPFIELD_1984,),
        year=1984,
    ),
    Definition(
        name="erf_curve",
        title=Text("Scaled error function", "缩放误差函数曲线"),
        expression="erf(sqrt(pi)*z/2)",
        family="squashing",
        init="glorot_uniform",
        strength=Text(
            "Among the S-curves of slope 1 it is straightest in the middle, and for Gaussian"
            " inputs many averages have closed forms.",
            "在原点斜率为 1 的各种 S 形曲线中，它的中段最接近直线；输入服从正态分布时许多期望有解"
            "析式。",
        ),
        weakness=Text(
            "It saturates fastest of these curves: the derivative falls like exp(-0.79 z²), so"
            " that units beyond 3 hardly learn.",
            "它是这些曲线中饱和最快的：导数按 exp(-0.79 z²) 衰减，超过 3 的单元几乎不再学习。",
        ),
        references=(sources.SAAD_1995, sources.WILLIAMS_1998),
        year=1995,
    ),
    Definition(
        name="gudermannian",
        title=Text("Scaled Gudermannian", "缩放古德曼函数"),
        expression="4*atan(tanh(pi*z/4))/pi",
        family="squashing",
        init="glorot_uniform",
        strength=Text(
            "It lies between tanh and the arctangent: an S-curve of slope 1 whose derivative is"
            " simply sech(πz/2).",
            "介于 tanh 与反正切之间：在原点斜率为 1 的 S 形曲线，导数就是 sech(πz/2)。",
        ),
        weakness=Text(
            "It gives little over tanh, needs two costly functions where tanh needs one, and"
            " vanishes exponentially as well.",
            "与 tanh 相比好处不多，tanh 只需一个昂贵的函数而它需要两个，梯度同样按指数消失。",
        ),
        references=(sources.DLMF, sources.KUNC_2024),
        year=None,
    ),
    Definition(
        name="normal_cdf",
        aliases=("gaussian_cdf",),
        title=Text("Normal distribution function", "正态分布函数"),
        expression="erfc(-z/sqrt(2))/2",
        family="squashing",
        init="glorot_uniform",
        strength=Text(
            "It is the probability that a standard normal variable lies below z, the output of"
            " probit models.",
            "它是标准正态变量小于 z 的概率，也就是 probit 模型的输出。",
        ),
        weakness=Text(
            "Its slope is at most 0.4 and dies out like exp(-z²/2), faster than the sigmoid's, so"
            " an outlier gets hardly any gradient.",
            "斜率至多约 0.4，按 exp(-z²/2) 消失，比 Sigmoid 更快，离群点几乎得不到梯度。",
        ),
        references=(sources.BISHOP_2006, sources.GOMES_2008),
        year=2008,
    ),
    Definition(
        name="cloglog",
        aliases=("complementary_log_log",),
        title=Text("Complementary log-log", "互补双对数函数（cloglog）"),
        expression="1 - exp(-exp(z))",
        family="squashing",
        init="glorot_uniform",
        strength=Text(
            "It is asymmetric, slow to leave 0 and quick to reach 1, which suits rare events and"
            " waiting times.",
            "曲线不对称：离开 0 较慢，到达 1 很快，适合罕见事件和等待时间。",
        ),
        weakness=Text(
            "Above 0 it saturates doubly exponentially, so at z = 4 the gradient is already"
            " 1e-22, and the value at 0 is 0.63, not one half.",
            "在 0 以上以双重指数速度饱和，z = 4 时梯度已只有 1e-22；在 0 处的值是 0.63，而不是二"
            "分之一。",
        ),
        references=(sources.GOMES_2008,),
        year=2008,
    ),
)
