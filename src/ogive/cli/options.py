"""Options that several commands share. Values come as text; `ogive.cli.values` reads them."""

from __future__ import annotations

from typing import Annotated, Any

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
    "option",
    "typed",
]

DATA_PANEL = both("Data", "数据")
NETWORK_PANEL = both("Network", "网络")
OUTPUT_PANEL = both("Output", "输出")
DATA_HELP = both(
    "A table (.csv .tsv .txt .parquet .feather .arrow .ipc .jsonl .ndjson), or a bundled "
    "data set: breast_cancer, diabetes, digits, house, house_collinear, "
    "house_heteroscedastic, iris, pictures, wine.",
    "表格文件（.csv .tsv .txt .parquet .feather .arrow .ipc .jsonl .ndjson），"
    "或自带数据集：breast_cancer、diabetes、digits、house、house_collinear、"
    "house_heteroscedastic、iris、pictures、wine。",
)


def option(spelling: str, metavar: str, en: str, zh: str, panel: str = OUTPUT_PANEL) -> Any:
    """Declare an option.

    Parameters
    ----------
    spelling : str
        Its names, such as ``"--jobs -j"``.
    metavar : str
        What stands for its value on the help page; empty for a flag, which takes none.
    en, zh : str
        What it does.
    panel : str
        Part of the help page, from `both`.
    """
    return typer.Option(
        *spelling.split(), metavar=metavar or None, help=both(en, zh), rich_help_panel=panel
    )


Data = Annotated[str, typer.Argument(metavar="DATA", help=DATA_HELP)]
Target = Annotated[
    str, option("--target", "COLUMN", "The column to predict.", "要预测的列。", DATA_PANEL)
]
TaskName = Annotated[
    str,
    option(
        "--task",
        "TASK",
        "auto, classification or regression; auto decides by the target's values.",
        "auto、classification（分类）或 regression（回归）；auto 按目标列的值判断。",
        DATA_PANEL,
    ),
]
Ignore = Annotated[
    list[str] | None,
    option(
        "--ignore",
        "COLUMN",
        "Leave a column out (may be repeated).",
        "不使用某一列（可重复给出）。",
        DATA_PANEL,
    ),
]
BatchSize = Annotated[
    str,
    option(
        "--batch-size",
        "N",
        "Rows in a mini-batch; auto makes about 32 updates an epoch.",
        "每个小批量的行数；auto 使每轮约有 32 次更新。",
        NETWORK_PANEL,
    ),
]
HiddenLayerSizes = Annotated[
    str,
    option(
        "--hidden-layer-sizes",
        "N,N,…",
        "Units in each hidden layer.",
        "各隐藏层的单元数。",
        NETWORK_PANEL,
    ),
]
MaxIter = Annotated[
    str, option("--max-iter", "N", "Most epochs.", "最多训练的轮数。", NETWORK_PANEL)
]
Seed = Annotated[
    str,
    option(
        "--seed",
        "N",
        "Same seed, same numbers.",
        "随机种子；种子相同，结果就相同。",
        NETWORK_PANEL,
    ),
]
Force = Annotated[bool, option("--force", "", "Overwrite files that exist.", "覆盖已存在的文件。")]
Quiet = Annotated[
    bool,
    option(
        "--quiet -q",
        "",
        "Print results only: no progress, no notices.",
        "只输出结果，不显示进度和提示。",
    ),
]
Lang = Annotated[
    str | None,
    option(
        "--lang",
        "en|zh",
        "Language; by default the locale's (or OGIVE_LANG).",
        "语言；默认随系统区域设置（或环境变量 OGIVE_LANG）。",
    ),
]


def typed(context: typer.Context, name: str) -> bool:
    """Return whether the option is on the command line, rather than its default."""
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"
