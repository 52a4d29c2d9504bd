"""Options of ``ogive fit`` for networks, for linear regression, and where its results go."""

from __future__ import annotations

from typing import Annotated

import typer

from ogive.cli.language import both
from ogive.cli.options import NETWORK_PANEL, OUTPUT_PANEL

__all__ = [
    "Activations",
    "AllChecks",
    "Alpha",
    "Covariance",
    "Dropout",
    "EarlyStopping",
    "Init",
    "LearningRateInit",
    "Level",
    "Missing",
    "Monitor",
    "ModelName",
    "NoReport",
    "Output",
    "Report",
    "Solver",
]

MODEL_PANEL = both("Model", "模型")
LINEAR_PANEL = both("Linear regression", "线性回归")

ModelName = Annotated[
    str,
    typer.Option(
        "--model",
        metavar="NAME",
        help=both(
            "network; linear for a linear regression; logistic for two classes; softmax, ovo "
            "(one-vs-one), ovr (one-vs-rest) or ecoc (output codes) for many.",
            "network（网络）；linear（线性回归）；logistic（两个类别）；多个类别用 softmax、"
            "ovo（一对一）、ovr（一对其余）或 ecoc，即输出码（多对多）。",
        ),
        rich_help_panel=MODEL_PANEL,
    ),
]
Solver = Annotated[
    str | None,
    typer.Option(
        "--solver",
        metavar="NAME",
        help=both(
            "Of a network: adam, adamw, sgd or lbfgs [adam]. Of a linear regression: qr, "
            "normal (normal equations) or gd (gradient descent) [qr]. Of logistic and softmax: "
            "auto, lbfgs, newton-cholesky, newton-cg or gd [auto].",
            "网络：adam、adamw、sgd 或 lbfgs [adam]。线性回归：qr、normal（正规方程）"
            "或 gd（梯度下降） [qr]。logistic 和 softmax：auto、lbfgs、newton-cholesky、"
            "newton-cg 或 gd [auto]。",
        ),
        rich_help_panel=MODEL_PANEL,
    ),
]
Activations = Annotated[
    list[str] | None,
    typer.Option(
        "--activation",
        "-a",
        metavar="NAME",
        help=both(
            "Activation function, or one for each hidden layer with commas between them. [relu]",
            "激活函数；也可为每个隐藏层各给一个，用逗号分隔。 [relu]",
        ),
        rich_help_panel=NETWORK_PANEL,
    ),
]
LearningRateInit = Annotated[
    str,
    typer.Option(
        "--learning-rate-init",
        metavar="X",
        help=both("Learning rate at the start.", "初始学习率。"),
        rich_help_panel=NETWORK_PANEL,
    ),
]
Alpha = Annotated[
    str,
    typer.Option(
        "--alpha",
        metavar="X",
        help=both("Strength of the L2 penalty.", "L2 正则化强度。"),
        rich_help_panel=NETWORK_PANEL,
    ),
]
Init = Annotated[
    str,
    typer.Option(
        "--init",
        metavar="NAME",
        help=both(
            "Scheme of the first weights: auto fits it to each activation; or glorot, he or lecun "
            "with _uniform or _normal, such as he_normal.",
            "权重的初始化方式：auto 按各激活函数选取；或 glorot、he、lecun 加 _uniform 或 _normal，"
            "例如 he_normal。",
        ),
        rich_help_panel=NETWORK_PANEL,
    ),
]
Dropout = Annotated[
    str,
    typer.Option(
        "--dropout",
        metavar="X",
        help=both(
            "Share of the hidden units left out at random in each step (not with lbfgs).",
            "每一步随机去掉的隐藏单元的比例（不适用于 lbfgs）。",
        ),
        rich_help_panel=NETWORK_PANEL,
    ),
]
EarlyStopping = Annotated[
    bool,
    typer.Option(
        "--early-stopping/--no-early-stopping",
        help=both(
            "Stop when the loss on a tenth of the training rows falls no more, and keep the "
            "best weights (on by default; not with lbfgs).",
            "当十分之一训练行上的损失不再下降时停止，并保留最好的权重"
            "（默认开启；不适用于 lbfgs）。",
        ),
        rich_help_panel=NETWORK_PANEL,
    ),
]
Monitor = Annotated[
    bool,
    typer.Option(
        "--monitor",
        help=both(
            "Record every layer in every epoch, for the figures of 'ogive diagnose'.",
            "记录每一轮中各层的状态，供“ogive diagnose”画图。",
        ),
        rich_help_panel=NETWORK_PANEL,
    ),
]
Missing = Annotated[
    str,
    typer.Option(
        "--missing",
        metavar="NAME",
        help=both(
            "Missing values of the columns: drop leaves their rows out; indicator puts the "
            "median or a level of its own there and adds a column that flags them.",
            "各列的缺失值：drop 去掉所在的行；indicator 以中位数代替（类别则自成一个水平），"
            "并另加一列作标记。",
        ),
        rich_help_panel=LINEAR_PANEL,
    ),
]
Covariance = Annotated[
    str,
    typer.Option(
        "--covariance",
        metavar="NAME",
        help=both(
            "Standard errors: nonrobust, or HC0, HC1, HC2, HC3 for errors of unequal variance.",
            "标准误：nonrobust；误差方差不等时用 HC0、HC1、HC2 或 HC3。",
        ),
        rich_help_panel=LINEAR_PANEL,
    ),
]
AllChecks = Annotated[
    bool,
    typer.Option(
        "--all-checks",
        help=both(
            "Print also the checks that passed; the report has them in any case.",
            "也打印通过的检查；报告中总会列出它们。",
        ),
        rich_help_panel=LINEAR_PANEL,
    ),
]
Level = Annotated[
    str,
    typer.Option(
        "--level",
        metavar="X",
        help=both(
            "Level of confidence intervals (not of a network).",
            "置信区间的水平（不适用于网络）。",
        ),
        rich_help_panel=OUTPUT_PANEL,
    ),
]
Report = Annotated[
    str | None,
    typer.Option(
        "--report",
        metavar="FILE",
        help=both(
            "Where the HTML report goes (a network has none); at the default place an earlier "
            "report is replaced. [ogive-regression.html or ogive-classification.html]",
            "HTML 报告的位置（网络没有报告）；默认位置上先前的报告会被替换。"
            " [ogive-regression.html 或 ogive-classification.html]",
        ),
        rich_help_panel=OUTPUT_PANEL,
    ),
]
NoReport = Annotated[
    bool,
    typer.Option(
        "--no-report",
        help=both("Write no report.", "不写报告。"),
        rich_help_panel=OUTPUT_PANEL,
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help=both(
            "The model file to write [of a network model.ogive; of others only if given].",
            "要写出的模型文件 [网络默认为 model.ogive；其他模型仅在给出时写出]。",
        ),
        rich_help_panel=OUTPUT_PANEL,
    ),
]
