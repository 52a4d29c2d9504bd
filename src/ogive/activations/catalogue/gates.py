"""Gates: the first half of a row times a function of the second half."""

from __future__ import annotations

from ogive.activations.catalogue import sources
from ogive.activations.definition import Definition
from ogive.text import Text

__all__ = ["DEFINITIONS"]

DEFINITIONS = (
    Definition(
        name="glu",
        title=Text("Gated linear unit (GLU)", "门控线性单元（GLU）"),
        expression="u/(1 + exp(-z))",
        kind="gate",
        family="gates",
        init="he_uniform",
        strength=Text(
            "A learnt gate lets each feature through or not, while the first half keeps a linear"
            " path for the gradient.",
            "学习得到的门决定每个特征是否通过，前一半则为梯度保留线性通路。",
        ),
        weakness=Text(
            "It takes two inputs for each output, so the layer before it needs twice the weights,"
            " and the gate saturates like a sigmoid.",
            "每个输出要两个输入，前一层权重加倍；门和 Sigmoid 一样会饱和。",
        ),
        references=(sources.DAUPHIN_2016,),
        year=2016,
    ),
    Definition(
        name="reglu",
        title=Text("ReLU-gated linear unit (ReGLU)", "ReLU 门控线性单元（ReGLU）"),
        expression="u*Piecewise((z, z > 0), (0, True))",
        kind="gate",
        family="gates",
        init="glorot_uniform",
        strength=Text(
            "The cheapest gate that switches off exactly: one comparison and one product, with"
            " sparse output.",
            "能完全关断的最便宜的门：一次比较、一次乘法，输出稀疏。",
        ),
        weakness=Text(
            "Where the gate is closed neither half gets a gradient, as with dead ReLUs, and the"
            " layer needs twice the weights.",
            "门关闭处两半都得不到梯度，与死亡的 ReLU 一样；前一层权重还要加倍。",
        ),
        references=(sources.SHAZEER_2020,),
        year=2020,
    ),
    Definition(
        name="geglu",
        title=Text("GELU-gated linear unit (GEGLU)", "GELU 门控线性单元（GEGLU）"),
        expression="u*z*erfc(-z/sqrt(2))/2",
        kind="gate",
        family="gates",
        init="glorot_uniform",
        strength=Text(
            "A smooth gate that is nearly shut for negative inputs and open in proportion to"
            " positive ones; it improved transformers.",
            "平滑的门：负输入时几乎关闭，正输入时按大小打开，改进了 Transformer。",
        ),
        weakness=Text(
            "It needs the error function and twice the weights, and as a product of two inputs it"
            " grows quadratically.",
            "需要误差函数和加倍的权重；作为两个输入的乘积，会按平方增长。",
        ),
        references=(sources.SHAZEER_2020,),
        year=2020,
    ),
    Definition(
        name="swiglu",
        title=Text("Swish-gated linear unit (SwiGLU)", "Swish 门控线性单元（SwiGLU）"),
        expression="u*z/(1 + exp(-z))",
        kind="gate",
        family="gates",
        init="glorot_uniform",
        strength=Text(
            "A smooth gate with SiLU, cheaper than GEGLU and as good in transformers; many large"
            " language models use it.",
            "用 SiLU 作平滑的门，比 GEGLU 便宜而在 Transformer 中效果相当，许多大语言模型都用它。",
        ),
        weakness=Text(
            "It needs twice the weights for its width, and its product of two inputs grows"
            " quadratically, which strains low precision.",
            "同样宽度需要加倍的权重；两个输入的乘积按平方增长，在低精度下容易溢出。",
        ),
        references=(sources.SHAZEER_2020,),
        year=2020,
    ),
    Definition(
        name="bilinear",
        title=Text("Bilinear gate", "双线性门控单元"),
        expression="u*z",
        kind="gate",
        family="gates",
        init="glorot_uniform",
        strength=Text(
            "The plain product of two linear maps: no exp and no saturation, and it learns"
            " interactions of features directly.",
            "两个线性映射直接相乘：没有指数，没有饱和，直接学习特征间的交互。",
        ),
        weakness=Text(
            "At u = z = 0 both gradients are 0, values grow quadratically, and stacks of it are"
            " polynomials of high degree.",
            "在 u = z = 0 处两个梯度都为 0，数值按平方增长，叠加几层就成为高次多项式。",
        ),
        references=(sources.DAUPHIN_2016, sources.SHAZEER_2020),
        year=2016,
    ),
)
