"""Options of ``ogive fit`` for models of classes."""

from __future__ import annotations

from typing import Annotated

import typer

from ogive.cli.language import both

__all__ = [
    "ClassWeight",
    "CodeBook",
    "CodeSize",
    "Decision",
    "Decoding",
    "Inner",
    "InverseStrength",
    "Penalty",
    "Threshold",
]

CLASSES_PANEL = both("Two classes and many", "两个类别与多个类别")

InverseStrength = Annotated[
    str,
    typer.Option(
        "--C",
        metavar="X",
        help=both(
            "Inverse strength of the L2 penalty of logistic and softmax: the smaller, the "
            "smaller the coefficients; inf is --penalty none.",
            "logistic 和 softmax 的 L2 正则化强度的倒数：越小，系数越小；inf 即 --penalty none。",
        ),
        rich_help_panel=CLASSES_PANEL,
    ),
]
Penalty = Annotated[
    str,
    typer.Option(
        "--penalty",
        metavar="NAME",
        help=both(
            "l2, where logistic and softmax count columns of numbers in standard deviations; or "
            "none, where they keep their units.",
            "l2：logistic 和 softmax 的数值列以标准差为单位；none：不加惩罚，保留各列原来的单位。",
        ),
        rich_help_panel=CLASSES_PANEL,
    ),
]
ClassWeight = Annotated[
    str,
    typer.Option(
        "--class-weight",
        metavar="NAME",
        help=both(
            "none, or balanced: rows of rare classes weigh more, so that all classes weigh alike.",
            "none；或 balanced：少见类别的行权重更大，使各类别总权重相等。",
        ),
        rich_help_panel=CLASSES_PANEL,
    ),
]
Threshold = Annotated[
    str,
    typer.Option(
        "--threshold",
        metavar="X",
        help=both(
            "Of logistic: the probability above which the second class (in order) is predicted.",
            "logistic：第二个类别（按顺序）的概率高于此值时，预测为该类别。",
        ),
        rich_help_panel=CLASSES_PANEL,
    ),
]
Inner = Annotated[
    str,
    typer.Option(
        "--inner",
        metavar="NAME",
        help=both(
            "What solves the two-class problems of ovo, ovr and ecoc: logistic, linear (least "
            "squares) or network.",
            "ovo、ovr 和 ecoc 中解二分类问题的模型：logistic、linear（最小二乘）或 network。",
        ),
        rich_help_panel=CLASSES_PANEL,
    ),
]
Decision = Annotated[
    str,
    typer.Option(
        "--decision",
        metavar="NAME",
        help=both(
            "Of ovo: vote, in which all pairs have a say, or elimination, in which the loser of "
            "each pair is out.",
            "ovo：vote（所有成对分类器投票）或 elimination（逐对淘汰）。",
        ),
        rich_help_panel=CLASSES_PANEL,
    ),
]
CodeBook = Annotated[
    str | None,
    typer.Option(
        "--code-book",
        metavar="NAME",
        help=both(
            "Of ecoc: optimised, exhaustive, bch, random, one_vs_rest, one_vs_one, or by hand, as "
            "'AB|CD,AC|BD' (names of several letters with blanks between: 'cat dog|fox owl'). "
            "[exhaustive, or optimised for more than 7 classes]",
            "ecoc：optimised、exhaustive、bch、random、one_vs_rest、one_vs_one；或手工给出，如"
            "“AB|CD,AC|BD”（多个字母的名称用空格分开：“cat dog|fox owl”）。"
            " [exhaustive；类别多于 7 个时为 optimised]",
        ),
        rich_help_panel=CLASSES_PANEL,
    ),
]
CodeSize = Annotated[
    str,
    typer.Option(
        "--code-size",
        metavar="X",
        help=both(
            "Of ecoc by an optimised, bch or random code book: two-class problems by class.",
            "ecoc 的码本为 optimised、bch 或 random 时：平均每个类别有几个二分类问题。",
        ),
        rich_help_panel=CLASSES_PANEL,
    ),
]
Decoding = Annotated[
    str,
    typer.Option(
        "--decoding",
        metavar="NAME",
        help=both(
            "Of ecoc: how answers become a class: by euclidean or hamming distance to the code "
            "words, loss, or probabilistic.",
            "ecoc：如何由各分类器的回答得出类别：与码字的 euclidean 或 hamming 距离、loss（损失），"
            "或 probabilistic（概率）。",
        ),
        rich_help_panel=CLASSES_PANEL,
    ),
]
