"""The catalogue: one record per function, beside its C++ struct in core/activations.hpp."""

from __future__ import annotations

from ogive.activations.definition import Definition, Kink, Limit, Parameter
from ogive.text import Text

__all__ = ["CATALOGUE"]

# Both types hold these and their reciprocals with room to spare.
LARGEST = 1e30
SMALLEST = 1e-30

GLOROT = (
    "Glorot, Bengio (2010). Understanding the difficulty of training deep feedforward networks."
)
HE = "He, Zhang, Ren, Sun (2015). Delving deep into rectifiers. arXiv:1502.01852."

_DEFINITIONS = (
    Definition(
        name="identity",
        title=Text("Identity", "恒等函数"),
        expression="z",
        left=Limit("-oo", "1"),
        right=Limit("oo", "1"),
        init="glorot_uniform",
    ),
    Definition(
        name="step",
        title=Text("Step", "阶跃函数"),
        expression="Piecewise((1, z >= 0), (0, True))",
        left=Limit("0", "0"),
        right=Limit("1", "0"),
        init="glorot_uniform",
        references=(
            "McCulloch, Pitts (1943). A logical calculus of the ideas immanent in nervous"
            " activity.",
        ),
    ),
    Definition(
        name="sigmoid",
        aliases=("logistic",),
        title=Text("Sigmoid", "Sigmoid 函数"),
        expression="1/(1 + exp(-z))",
        left=Limit("0", "0"),
        right=Limit("1", "0"),
        init="glorot_uniform",
        references=(
            "Rumelhart, Hinton, Williams (1986). Learning representations by back-propagating"
            " errors. Nature 323, 533-536.",
            GLOROT,
        ),
    ),
    Definition(
        name="tanh",
        title=Text("Hyperbolic tangent", "双曲正切函数"),
        expression="tanh(z)",
        left=Limit("-1", "0"),
        right=Limit("1", "0"),
        init="glorot_uniform",
        references=("LeCun, Bottou, Orr, Müller (1998). Efficient BackProp.", GLOROT),
    ),
    Definition(
        name="relu",
        title=Text("Rectified linear unit (ReLU)", "修正线性单元（ReLU）"),
        expression="Piecewise((z, z > 0), (0, True))",
        left=Limit("0", "0"),
        right=Limit("oo", "1"),
        init="he_uniform",
        kinks=(Kink("0", "0", "1", "0"),),
        references=(
            "Nair, Hinton (2010). Rectified linear units improve restricted Boltzmann machines.",
            HE,
        ),
    ),
    Definition(
        name="leaky_relu",
        title=Text("Leaky ReLU", "带泄漏的 ReLU（Leaky ReLU）"),
        expression="Piecewise((z, z > 0), (negative_slope*z, True))",
        parameters=(Parameter("negative_slope", 0.01, -LARGEST, LARGEST),),
        left=Limit("-oo*sign(negative_slope)", "negative_slope"),
        right=Limit("oo", "1"),
        init="he_uniform",
        gain="1/sqrt(1 + negative_slope**2)",
        kinks=(Kink("0", "negative_slope", "1", "negative_slope"),),
        references=(
            "Maas, Hannun, Ng (2013). Rectifier nonlinearities improve neural network acoustic"
            " models.",
            HE,
        ),
    ),
    Definition(
        name="softplus",
        title=Text("Softplus", "Softplus 函数"),
        expression="log(1 + exp(beta*z))/beta",
        parameters=(Parameter("beta", 1.0, SMALLEST, LARGEST),),
        left=Limit("0", "0"),
        right=Limit("oo", "1"),
        init="he_uniform",
        references=(
            "Dugas, Bengio, Bélisle, Nadeau, Garcia (2001). Incorporating second-order functional"
            " knowledge for better option pricing.",
        ),
    ),
    Definition(
        name="elu",
        title=Text("Exponential linear unit (ELU)", "指数线性单元（ELU）"),
        expression="Piecewise((z, z > 0), (alpha*(exp(z) - 1), True))",
        parameters=(Parameter("alpha", 1.0, 0.0, LARGEST),),
        left=Limit("-alpha", "0"),
        right=Limit("oo", "1"),
        init="he_uniform",
        kinks=(Kink("0", "alpha", "1", "alpha"),),
        references=(
            "Clevert, Unterthiner, Hochreiter (2016). Fast and accurate deep network learning by"
            " exponential linear units (ELUs). arXiv:1511.07289.",
        ),
    ),
    Definition(
        name="selu",
        title=Text("Scaled exponential linear unit (SELU)", "自归一化指数线性单元（SELU）"),
        expression=(
            "1.0507009873554804934193349852946*Piecewise((z, z > 0),"
            " (1.6732632423543772848170429916717*(exp(z) - 1), True))"
        ),
        left=Limit("-1.0507009873554804934193349852946*1.6732632423543772848170429916717", "0"),
        right=Limit("oo", "1.0507009873554804934193349852946"),
        init="lecun_normal",
        kinks=(
            Kink(
                "0",
                "1.0507009873554804934193349852946*1.6732632423543772848170429916717",
                "1.0507009873554804934193349852946",
                "1.0507009873554804934193349852946*1.6732632423543772848170429916717",
            ),
        ),
        references=(
            "Klambauer, Unterthiner, Mayr, Hochreiter (2017). Self-normalizing neural networks."
            " arXiv:1706.02515.",
        ),
    ),
    Definition(
        name="gelu",
        title=Text("Gaussian error linear unit (GELU)", "高斯误差线性单元（GELU）"),
        expression="z*erfc(-z/sqrt(2))/2",
        left=Limit("0", "0"),
        right=Limit("oo", "1"),
        init="he_uniform",
        references=(
            "Hendrycks, Gimpel (2016). Gaussian error linear units (GELUs). arXiv:1606.08415.",
        ),
    ),
    Definition(
        name="silu",
        aliases=("swish",),
        title=Text("Sigmoid linear unit (SiLU, Swish)", "Sigmoid 线性单元（SiLU，又称 Swish）"),
        expression="z/(1 + exp(-beta*z))",
        parameters=(Parameter("beta", 1.0, SMALLEST, LARGEST),),
        left=Limit("0", "0"),
        right=Limit("oo", "1"),
        init="he_uniform",
        references=(
            "Elfwing, Uchibe, Doya (2018). Sigmoid-weighted linear units for neural network"
            " function approximation in reinforcement learning. arXiv:1702.03118.",
            "Ramachandran, Zoph, Le (2017). Searching for activation functions. arXiv:1710.05941.",
        ),
    ),
    Definition(
        name="mish",
        title=Text("Mish", "Mish 函数"),
        expression="z*tanh(log(1 + exp(z)))",
        left=Limit("0", "0"),
        right=Limit("oo", "1"),
        init="he_uniform",
        references=(
            "Misra (2019). Mish: a self regularized non-monotonic activation function."
            " arXiv:1908.08681.",
        ),
    ),
)

CATALOGUE: dict[str, Definition] = {definition.name: definition for definition in _DEFINITIONS}
