"""``ogive predict``: a saved model's predictions for a table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ogive.cli.diagnosed_rows import strange_rows_told
from ogive.cli.files import check_output, replacing
from ogive.cli.language import both
from ogive.cli.options import OUTPUT_PANEL, Data, Force, Lang, Quiet, typed
from ogive.cli.screen import Screen
from ogive.cli.values import chosen, share
from ogive.data.wording import listed
from ogive.text import InputError, Text

if TYPE_CHECKING:
    import polars as pl

    from ogive.persistence import TableModel

__all__ = ["HELP", "predict"]

HELP = both(
    "Predict for a table with the columns the model was trained on, in any order.\n\n"
    "The result has one row for each row of DATA, in the same order. It is empty where a linear "
    "regression or a model of classes (logistic, softmax, ovo, ovr, ecoc) knows nothing of a "
    "category, or lacks a value; a network predicts for every row.",
    "用已保存的模型对表格做预测；表格须有训练时的各列，顺序不限。\n\n"
    "结果与 DATA 逐行对应，顺序相同。线性回归和分类模型（logistic、softmax、ovo、ovr、ecoc）"
    "遇到拟合时未见过的类别或缺失值，该行的预测留空；神经网络对每一行都给出预测。",
)
INTERVALS = ("confidence", "prediction")
WRITERS = {
    ".csv": lambda frame, path: path.write_text(_delimited(frame), encoding="utf-8"),
    ".tsv": lambda frame, path: path.write_text(_delimited(frame, "\t"), encoding="utf-8"),
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
    interval: Annotated[
        str | None,
        typer.Option(
            "--interval",
            metavar="NAME",
            help=both(
                "Of a linear regression: add the ends of an interval, low and high; confidence "
                "for the mean of such rows, prediction for a single new row.",
                "线性回归：同时给出区间的两端 low 和 high；confidence 为此类行均值的置信区间，"
                "prediction 为单个新行的预测区间。",
            ),
            rich_help_panel=OUTPUT_PANEL,
        ),
    ] = None,
    level: Annotated[
        str,
        typer.Option(
            "--level",
            metavar="X",
            help=both("Level of the intervals.", "区间的水平。"),
            rich_help_panel=OUTPUT_PANEL,
        ),
    ] = "0.95",
    force: Force = False,
    quiet: Quiet = False,
    lang: Lang = None,
) -> None:
    """Write a saved model's predictions for a table."""
    from ogive.data import load_table
    from ogive.persistence import load_model

    screen = Screen(context.obj.language, quiet=quiet)
    path = None if output == "-" else _checked_path(Path(output), force=force)
    how = _intervals(interval, level, typed(context, "level"))
    trained = load_model(Path(model))
    if proba and trained.task != "classification":
        raise InputError(
            f"--proba needs a classification model, and {model} is a regression; leave it out.",
            f"--proba 只适用于分类模型，而 {model} 是回归模型；请去掉该选项。",
        )
    if proba and not hasattr(trained.estimator, "predict_proba"):
        raise InputError(
            f"--proba needs a model with probabilities, and {model} has none, as linear "
            "regressions are inside it; leave it out, or fit with --inner logistic.",
            f"--proba 需要能给出概率的模型，而 {model} 内部是线性回归，没有概率；"
            "请去掉该选项，或用 --inner logistic 重新拟合。",
        )
    if how is not None and not hasattr(trained.estimator, "solution_"):
        raise InputError(
            f"--interval needs a linear regression, and {model} is none; leave it out.",
            f"--interval 只适用于线性回归，而 {model} 不是；请去掉该选项。",
        )
    notices: list[Text] = []
    result = _predictions(trained, load_table(data, notices), notices, proba=proba, how=how)
    for notice in notices:
        screen.notice(notice)
    if path is None:
        sys.stdout.write(_delimited(result))
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


def _intervals(interval: str | None, level: str, given: bool) -> tuple[str, float] | None:
    """Return the kind and level of the intervals wanted, if any are."""
    if interval is not None:
        return chosen("--interval", interval, INTERVALS), share("--level", level)
    if given:
        raise InputError(
            "--level is that of an interval; add --interval confidence or --interval prediction.",
            "--level 是区间的水平；请加上 --interval confidence 或 --interval prediction。",
        )
    return None


def _predictions(
    model: TableModel,
    table: pl.DataFrame,
    notices: list[Text],
    *,
    proba: bool,
    how: tuple[str, float] | None,
) -> pl.DataFrame:
    """Return a row for each row of the table, without values where the model cannot predict."""
    import polars as pl

    unusable, reason = model.unusable_rows(table)
    if reason is None:
        if told := strange_rows_told(model, table):
            notices.append(told)
        return _usable_predictions(model, table, proba=proba, how=how)
    if unusable.all():
        raise InputError(reason.en, reason.zh)
    n, total = int(unusable.sum()), table.height
    notices.append(
        Text(
            f"{n} of {total} rows got no prediction. The first: {reason.en}",
            f"{total} 行中有 {n} 行没有预测。其中第一行：{reason.zh}",
        )
    )
    rows = pl.Series("row", range(total), dtype=pl.Int64)
    kept = pl.Series(~unusable)
    found = _usable_predictions(model, table.filter(kept), proba=proba, how=how)
    found = found.with_columns(rows.filter(kept))
    return rows.to_frame().join(found, on="row", how="left", maintain_order="left").drop("row")


def _usable_predictions(
    model: TableModel, table: pl.DataFrame, *, proba: bool, how: tuple[str, float] | None
) -> pl.DataFrame:
    import polars as pl

    if how is not None:
        found = model.predict_interval(table, *how)
        return pl.DataFrame(found._asdict()).fill_nan(None)
    columns = [pl.Series("prediction", model.predict(table))]
    if proba:
        shares = model.predict_proba(table)
        for i, label in enumerate(model.estimator.classes_):
            columns.append(pl.Series(f"probability_{label}", shares[:, i]))
    return pl.DataFrame(columns)


def _delimited(frame: pl.DataFrame, separator: str = ",") -> str:
    """Return the frame as text; a lone value that is missing is no blank line, which is skipped."""
    return frame.write_csv(separator=separator, null_value='""' if frame.width == 1 else "")
