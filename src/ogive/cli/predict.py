"""``ogive predict``: a saved model's predictions for a table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ogive.cli.files import check_output, replacing
from ogive.cli.language import both
from ogive.cli.options import OUTPUT_PANEL, Data, Force, Lang, Quiet
from ogive.cli.screen import Screen
from ogive.data.wording import listed
from ogive.text import InputError, Text

if TYPE_CHECKING:
    import polars as pl

    from ogive.persistence import TableModel

__all__ = ["HELP", "predict"]

HELP = both(
    "Predict for a table with the columns the model was trained on, in any order.\n\n"
    "The result has one row for each row of DATA, in the same order.",
    "用已保存的模型对表格做预测；表格须有训练时的各列，顺序不限。\n\n"
    "结果与 DATA 逐行对应，顺序相同。",
)
WRITERS = {
    ".csv": lambda frame, path: frame.write_csv(path),
    ".tsv": lambda frame, path: frame.write_csv(path, separator="\t"),
    ".parquet": lambda frame, path: frame.write_parquet(path),
    ".feather": lambda frame, path: frame.write_ipc(path),
    ".arrow": lambda frame, path: frame.write_ipc(path),
    ".jsonl": lambda frame, path: frame.write_ndjson(path),
    ".ndjson": lambda frame, path: frame.write_ndjson(path),
}


def predict(
    context: typer.Context,
    model: Annotated[
        str,
        typer.Argument(
            metavar="MODEL",
            help=both("A model file written by 'ogive fit'.", "由“ogive fit”写出的模型文件。"),
        ),
    ],
    data: Data,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=both(
                "Where to write: .csv .tsv .parquet .feather .arrow .jsonl .ndjson; "
                "- is CSV on standard output.",
                "输出文件：.csv .tsv .parquet .feather .arrow .jsonl .ndjson；"
                "- 表示以 CSV 写到标准输出。",
            ),
            rich_help_panel=OUTPUT_PANEL,
        ),
    ] = "-",
    proba: Annotated[
        bool,
        typer.Option(
            "--proba",
            help=both("Add the probability of each class.", "同时给出每个类别的概率。"),
            rich_help_panel=OUTPUT_PANEL,
        ),
    ] = False,
    force: Force = False,
    quiet: Quiet = False,
    lang: Lang = None,
) -> None:
    """Write a saved model's predictions for a table."""
    from ogive.data import load_table
    from ogive.persistence import load_model

    screen = Screen(context.obj.language, quiet=quiet)
    path = None if output == "-" else _checked_path(Path(output), force=force)
    trained = load_model(Path(model))
    if proba and trained.task != "classification":
        raise InputError(
            f"--proba needs a classification model, and {model} is a regression; leave it out.",
            f"--proba 只适用于分类模型，而 {model} 是回归模型；请去掉该选项。",
        )
    result = _predictions(trained, load_table(data), proba=proba)
    if path is None:
        sys.stdout.write(result.write_csv())
        return
    with replacing(path) as beside:
        WRITERS[path.suffix.lower()](result, beside)
    if not quiet:
        text = Text(
            f"{result.height} predictions in {path}", f"{result.height} 行预测已写入 {path}"
        )
        screen.say(text)


def _checked_path(path: Path, *, force: bool) -> Path:
    if path.suffix.lower() not in WRITERS:
        known = listed(list(WRITERS), limit=len(WRITERS))
        raise InputError(
            f"{path} cannot be written: the name must end in one of {known.en}.",
            f"无法写入 {path}：文件名须以 {known.zh} 之一结尾。",
        )
    return check_output(path, force=force)


def _predictions(model: TableModel, table: pl.DataFrame, *, proba: bool) -> pl.DataFrame:
    import polars as pl

    columns = [pl.Series("prediction", model.predict(table))]
    if proba:
        shares = model.predict_proba(table)
        for i, label in enumerate(model.estimator.classes_):
            columns.append(pl.Series(f"probability_{label}", shares[:, i]))
    return pl.DataFrame(columns)
