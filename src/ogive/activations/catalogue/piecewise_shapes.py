"""More of the piecewise family: stand-ins for smooth functions, shrinkage, the pulse."""

from __future__ import annotations

from ogive.activations.catalogue import sources
from ogive.activations.definition import LARGEST, Definition, Parameter
from ogive.text import Text

__all__ = ["DEFINITIONS"]

DEFINITIONS = (
    Definition(
        name="hardsigmoid",
        aliases=("hard_sigmoid",),
        title=Text("Hard sigmoid", "硬 Sigmoid（Hard sigmoid）"),
        expression="Piecewise((0, z <= -3), (z/6 + 1/2, z < 3), (1, True))",
        family="piecewise",
        init="glorot_uniform",
        strength=Text(
            "Three straight pieces follow the sigmoid, with output from 0 to 1, for cheap gates"
            " on small devices.",
            "用三段直线逼近 Sigmoid，输出在 0 到 1 之间，适合小型设备上低成本的门控。",
        ),
        weakness=Text(
            "The gradient is exactly 0 beyond -3 and 3, and libraries disagree about its slope:"
            " 1/6 here, 0.2 in ONNX by default.",
            "在 -3 和 3 之外梯度恰好为 0；各个库对斜率也不一致：这里是 1/6，ONNX 默认为 0.2。",
        ),
        references=(sources.HOWARD_2019,),
        year=2019,
    ),
    Definition(
        name="hardswish",
        aliases=("hard_swish", "hard_silu"),
        title=Text("Hard swish", "硬 Swish（Hard swish）"),
        expression="Piecewise((0, z <= -3), (z*(z + 3)/6, z < 3), (z, True))",
        family="piecewise",
        init="he_uniform",
        strength=Text(
            "It follows SiLU with one product and a clip, close enough to replace it where exp is"
            " too expensive.",
            "只用一次乘法和截断就能逼近 SiLU，在指数运算太贵的场合可以替代它。",
        ),
        weakness=Text(
            "Below -3 output and gradient are exactly 0, the derivative jumps at -3 and 3, and it"
            " falls between -3 and -1.5.",
            "在 -3 以下输出与梯度恰好为 0，导数在 -3 和 3 处跳变，且在 -3 到 -1.5 之间下降。",
        ),
        references=(sources.HOWARD_2019,),
        year=2019,
    ),
    Definition(
        name="hardshrink",
        aliases=("hard_shrink",),
        title=Text("Hard shrinkage", "硬收缩函数（Hardshrink）"),
        expression="Piecewise((z, z > lambd), (z, z < -lambd), (0, True))",
        parameters=(Parameter("lambd", 0.5, 0.0, LARGEST),),
        family="piecewise",
        init="glorot_uniform",
        strength=Text(
            "It removes small values and leaves large ones exactly as they are, which cleans"
            " noise from sparse codes.",
            "去掉较小的值，较大的值原样保留，可以从稀疏编码中清除噪声。",
        ),
        weakness=Text(
            "The output jumps at -lambd and lambd, and everything between them gets gradient 0.",
            "输出在 -lambd 和 lambd 处跳变，两者之间的梯度全为 0。",
        ),
        references=(sources.DONOHO_1994, sources.PYTORCH_HARDSHRINK),
        year=None,
    ),
    Definition(
        name="softshrink",
        aliases=("soft_shrink",),
        title=Text("Soft shrinkage", "软收缩函数（Softshrink）"),
        expression="Piecewise((z - lambd, z > lambd), (z + lambd, z < -lambd), (0, True))",
        parameters=(Parameter("lambd", 0.5, 0.0, LARGEST),),
        family="piecewise",
        init="glorot_uniform",
        strength=Text(
            "It is the exact solution of least squares with an absolute-value penalty, so it"
            " yields sparse codes without a jump.",
            "它正是带绝对值惩罚的最小二乘问题的精确解，因此能连续地得到稀疏编码。",
        ),
        weakness=Text(
            "Every large value is shortened by lambd, a bias that stays, and small ones get"
            " gradient 0.",
            "所有较大的值都被缩短 lambd，这一偏差始终存在；较小的值梯度为 0。",
        ),
        references=(sources.DONOHO_1994, sources.GREGOR_2010),
        year=2010,
    ),
    Definition(
        name="triangular",
        title=Text("Triangular pulse", "三角脉冲函数"),
        expression=(
            "Piecewise((0, z <= -1), (z + 1, z < 0), (1, z <= 0), (1 - z, z < 1), (0, True))"
        ),
        family="piecewise",
        init="glorot_uniform",
        strength=Text(
            "It answers only near 0, which frees a network from ReLU's habit of learning the"
            " coarse shape first and fine detail last.",
            "只在 0 附近有响应，网络不再像用 ReLU 时那样先学粗略形状、最后才学细节。",
        ),
        weakness=Text(
            "Outside -1 and 1 output and gradient are 0, so inputs must be scaled with care or"
            " units are dead from the start.",
            "在 -1 与 1 之外输出和梯度都是 0，输入若不仔细缩放，单元从一开始就不起作用。",
        ),
        references=(sources.HONG_2022,),
        year=2022,
    ),
)
