"""Options that several commands share. Values come as text; `ogive.cli.values` reads them."""

from __future__ import annotations

from typing import Annotated

import typer

from ogive.cli.language import both

__all__ = [
    "BatchSize",
    "Data",
    "Force",
    "HiddenLayerSizes",
    "Ignore",
    "Lang",
    "MaxIter",
    "Quiet",
    "Seed",
    "Target",
    "TaskName",
    "typed",
]

DATA_PANEL = both("Data", "数据")
NETWORK_PANEL = both("Network", "网络")
OUTPUT_PANEL = both("Output", "输出")

Data = Annotated[
    str,
    typer.Argument(
        metavar="DATA",
        help=both(
            "A table (.csv .tsv .txt .parquet .feather .arrow .ipc .jsonl .ndjson), or a bundled "
            "data set: breast_cancer, diabetes, digits, house, house_collinear, "
            "house_heteroscedastic, iris, pictures, wine.",
            "表格文件（.csv .tsv .txt .parquet .feather .arrow .ipc .jsonl .ndjson），"
            "或自带数据集：breast_cancer、diabetes、digits、house、house_collinear、"
            "house_heteroscedastic、iris、pictures、wine。",
        ),
    ),
]
Target = Annotated[
    str,
    typer.Option(
        "--target",
        metavar="COLUMN",
        help=both("The column to predict.", "要预测的列。"),
        rich_help_panel=DATA_PANEL,
    ),
]
TaskName = Annotated[
    str,
    typer.Option(
        "--task",
        metavar="TASK",
        help=both(
            "auto, classification or regression; auto decides by the target's values.",
            "auto、classification（分类）或 regression（回归）；auto 按目标列的值判断。",
        ),
        rich_help_panel=DATA_PANEL,
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar="COLUMN",
        help=both("Leave a column out (may be repeated).", "不使用某一列（可重复给出）。"),
        rich_help_panel=DATA_PANEL,
    ),
]
BatchSize = Annotated[
    str,
    typer.Option(
        "--batch-size",
        metavar="N",
        help=both(
            "Rows in a mini-batch; auto makes about 32 updates an epoch.",
            "每个小批量的行数；auto 使每轮约有 32 次更新。",
        ),
        rich_help_panel=NETWORK_PANEL,
    ),
]
HiddenLayerSizes = Annotated[
    str,
    typer.Option(
        "--hidden-layer-sizes",
        metavar="N,N,…",
        help=both("Units in each hidden layer.", "各隐藏层的单元数。"),
        rich_help_panel=NETWORK_PANEL,
    ),
]
MaxIter = Annotated[
    str,
    typer.Option(
        "--max-iter",
        metavar="N",
        help=both("Most epochs.", "最多训练的轮数。"),
        rich_help_panel=NETWORK_PANEL,
    ),
]
Seed = Annotated[
    str,
    typer.Option(
        "--seed",
        metavar="N",
        help=both("Same seed, same numbers.", "随机种子；种子相同，结果就相同。"),
        rich_help_panel=NETWORK_PANEL,
    ),
]
Force = Annotated[
    bool,
    typer.Option(
        "--force",
        help=both("Overwrite files that exist.", "覆盖已存在的文件。"),
        rich_help_panel=OUTPUT_PANEL,
    ),
]
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet",
        "-q",
        help=both("Print results only: no progress, no notices.", "只输出结果，不显示进度和提示。"),
        rich_help_panel=OUTPUT_PANEL,
    ),
]
Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="en|zh",
        help=both(
            "Language; by default the locale's (or OGIVE_LANG).",
            "语言；默认随系统区域设置（或环境变量 OGIVE_LANG）。",
        ),
        rich_help_panel=OUTPUT_PANEL,
    ),
]


def typed(context: typer.Context, name: str) -> bool:
    """Return whether the option is on the command line, rather than its default."""
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"
