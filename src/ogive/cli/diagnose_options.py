"""Options of ``ogive diagnose``."""

from __future__ import annotations

from typing import Annotated

import typer

from ogive.cli.language import both
from ogive.cli.options import OUTPUT_PANEL

__all__ = [
    "Explain",
    "FailOn",
    "Json",
    "Limits",
    "MaybeData",
    "MaybeModel",
    "Remedies",
    "Report",
    "Seed",
    "Seeds",
    "Validation",
]

CHECKS_PANEL = both("Checks", "检查")
REMEDIES_PANEL = both("Remedies", "补救办法")

MaybeModel = Annotated[
    str | None,
    typer.Argument(
        metavar="MODEL",
        help=both("A network's file, written by 'ogive fit'.", "由“ogive fit”写出的网络模型文件。"),
    ),
]
MaybeData = Annotated[
    str | None,
    typer.Argument(
        metavar="DATA",
        help=both(
            "Rows to look at it with: a table with the columns it was trained on, or a bundled "
            "data set; without the target's column gradients are not known.",
            "用来检查的行：含有训练时各列的表格，或自带数据集；没有目标列时无法得知梯度。",
        ),
    ),
]
Explain = Annotated[
    str | None,
    typer.Option(
        "--explain",
        metavar="CODE",
        help=both(
            "Print the page about a finding, such as OGV101, and do nothing else.",
            "显示某个代码（如 OGV101）的说明，不做其他事。",
        ),
        rich_help_panel=CHECKS_PANEL,
    ),
]
Limits = Annotated[
    list[str] | None,
    typer.Option(
        "--threshold",
        metavar="NAME=X",
        help=both(
            "Set a limit that findings are formed by, such as dead_share=0.2 (may be repeated); "
            "the reference of Thresholds lists them.",
            "设定判断所用的阈值，例如 dead_share=0.2（可重复给出）；"
            "全部名称见 Thresholds 的参考文档。",
        ),
        rich_help_panel=CHECKS_PANEL,
    ),
]
Validation = Annotated[
    str | None,
    typer.Option(
        "--validation",
        metavar="FILE",
        help=both(
            "A table of rows that were not learnt from, to check for overfitting; without it, the "
            "rows of DATA that the training did not learn are taken.",
            "没有参与训练的行组成的表格，用来检查过拟合；不给时，取 DATA 中未参与训练的行。",
        ),
        rich_help_panel=CHECKS_PANEL,
    ),
]
FailOn = Annotated[
    str | None,
    typer.Option(
        "--fail-on",
        metavar="SEVERITY",
        help=both(
            "End with exit code 1 where there is an issue, or with tip where there is either.",
            "issue：有问题时以退出码 1 结束；tip：有问题或提示时都如此。",
        ),
        rich_help_panel=CHECKS_PANEL,
    ),
]
Seed = Annotated[
    str,
    typer.Option(
        "--seed",
        metavar="N",
        help=both("Same seed, same numbers.", "随机种子；种子相同，结果就相同。"),
        rich_help_panel=CHECKS_PANEL,
    ),
]
Remedies = Annotated[
    bool,
    typer.Option(
        "--try-remedies",
        help=both(
            "Train the network anew as it is and with each remedy, and tell which helped.",
            "按原样以及采用每种补救办法重新训练网络，并说明哪些有效。",
        ),
        rich_help_panel=REMEDIES_PANEL,
    ),
]
Seeds = Annotated[
    str,
    typer.Option(
        "--seeds",
        metavar="N",
        help=both("Trainings of each, with paired seeds.", "每种训练的次数，种子一一配对。"),
        rich_help_panel=REMEDIES_PANEL,
    ),
]
Report = Annotated[
    str | None,
    typer.Option(
        "--report",
        metavar="FILE",
        help=both(
            "Write findings, figures and their explanations as one HTML file.",
            "把检查结果、图和说明写成一个 HTML 文件。",
        ),
        rich_help_panel=OUTPUT_PANEL,
    ),
]
Json = Annotated[
    str | None,
    typer.Option(
        "--json",
        metavar="FILE",
        help=both(
            "Write everything measured and found as JSON; - is standard output.",
            "把全部测量和结果写成 JSON；- 表示标准输出。",
        ),
        rich_help_panel=OUTPUT_PANEL,
    ),
]
