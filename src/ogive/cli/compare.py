"""``ogive compare``: which activation function suits a table."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from ogive.cli.files import check_output, replacing
from ogive.cli.language import both
from ogive.cli.options import (
    NETWORK_PANEL,
    OUTPUT_PANEL,
    BatchSize,
    Data,
    Force,
    HiddenLayerSizes,
    Ignore,
    Lang,
    MaxIter,
    Quiet,
    Seed,
    Target,
    TaskName,
    typed,
)
from ogive.cli.progress import after_start, fits_progress
from ogive.cli.screen import Screen
from ogive.cli.table import print_table
from ogive.cli.values import (
    batch_rows,
    layer_sizes,
    positive_numbers,
    separated,
    task_wanted,
    whole,
)
from ogive.text import InputError, Text

if TYPE_CHECKING:
    from ogive.data import LabelledTable

__all__ = ["HELP", "compare"]

HELP = both(
    "Compare activation functions on a table.\n\n"
    "Every function is trained on the same repeated cross-validation splits with the same seeds, "
    "at several learning rates of which an inner validation part chooses one.",
    "在表格上比较各激活函数。\n\n"
    "每个函数都在相同的重复交叉验证划分上、用相同的随机种子训练；"
    "对每个函数试几个学习率，由内层验证数据选出一个。",
)
EXPERIMENT_PANEL = both("Experiment", "实验")
REPORT_MARK = b'content="ogive'
REPORT = Text("Report: {path}", "报告：{path}")


class _Outputs(NamedTuple):
    """Where results go besides the screen; None is nowhere and "-" standard output."""

    report: Path | None
    json: Path | str | None
    csv: Path | str | None


def compare(
    context: typer.Context,
    data: Data,
    target: Target,
    task: TaskName = "auto",
    ignore: Ignore = None,
    activation: Annotated[
        list[str] | None,
        typer.Option(
            "--activation",
            "-a",
            metavar="NAME,…",
            help=both(
                "Names or formulas to compare, with commas between them (may be repeated); "
                "'all' is the whole catalogue. [12 common ones]",
                "要比较的函数名或公式，用逗号分隔（可重复给出）；“all”表示目录中的全部。"
                " [12 个常用函数]",
            ),
            rich_help_panel=NETWORK_PANEL,
        ),
    ] = None,
    hidden_layer_sizes: HiddenLayerSizes = "64,32",
    learning_rate: Annotated[
        list[str] | None,
        typer.Option(
            "--learning-rate",
            metavar="X,…",
            help=both(
                "Learning rates to try, with commas between them (may be repeated). "
                "[0.001, 0.003, 0.01]",
                "要尝试的学习率，用逗号分隔（可重复给出）。 [0.001, 0.003, 0.01]",
            ),
            rich_help_panel=NETWORK_PANEL,
        ),
    ] = None,
    batch_size: BatchSize = "auto",
    max_iter: MaxIter = "100",
    seed: Seed = "0",
    folds: Annotated[
        str,
        typer.Option(
            "--folds",
            metavar="N",
            help=both("Folds of the cross-validation.", "交叉验证的折数。"),
            rich_help_panel=EXPERIMENT_PANEL,
        ),
    ] = "5",
    repeats: Annotated[
        str,
        typer.Option(
            "--repeats",
            metavar="N",
            help=both("How often it is repeated.", "交叉验证重复的次数。"),
            rich_help_panel=EXPERIMENT_PANEL,
        ),
    ] = "2",
    scoring: Annotated[
        str | None,
        typer.Option(
            "--scoring",
            metavar="NAME",
            help=both(
                "Score to compare by, as scikit-learn calls it. [accuracy, or r2 for regression]",
                "用于比较的评分指标，名称同 scikit-learn。 [分类为 accuracy，回归为 r2]",
            ),
            rich_help_panel=EXPERIMENT_PANEL,
        ),
    ] = None,
    jobs: Annotated[
        str | None,
        typer.Option(
            "--jobs",
            "-j",
            metavar="N",
            help=both("Threads. [all cores]", "线程数。 [全部核心]"),
            rich_help_panel=EXPERIMENT_PANEL,
        ),
    ] = None,
    report: Annotated[
        str,
        typer.Option(
            "--report",
            metavar="FILE",
            help=both(
                "Where the HTML report goes; at the default place an earlier report is replaced.",
                "HTML 报告的位置；默认位置上先前的报告会被替换。",
            ),
            rich_help_panel=OUTPUT_PANEL,
        ),
    ] = "ogive-report.html",
    no_report: Annotated[
        bool,
        typer.Option(
            "--no-report",
            help=both("Write no report.", "不写报告。"),
            rich_help_panel=OUTPUT_PANEL,
        ),
    ] = False,
    json: Annotated[
        str | None,
        typer.Option(
            "--json",
            metavar="FILE",
            help=both(
                "Write the results as JSON; - is standard output.",
                "把结果写成 JSON；- 表示标准输出。",
            ),
            rich_help_panel=OUTPUT_PANEL,
        ),
    ] = None,
    csv: Annotated[
        str | None,
        typer.Option(
            "--csv",
            metavar="FILE",
            help=both(
                "Write the table as CSV; - is standard output.",
                "把表格写成 CSV；- 表示标准输出。",
            ),
            rich_help_panel=OUTPUT_PANEL,
        ),
    ] = None,
    force: Force = False,
    quiet: Quiet = False,
    lang: Lang = None,
) -> None:
    """Compare activation functions on a table."""
    screen = Screen(context.obj.language, quiet=quiet)
    wanted_task = task_wanted(task)
    settings: dict[str, Any] = {
        "hidden_layer_sizes": layer_sizes("--hidden-layer-sizes", hidden_layer_sizes),
        "n_splits": whole("--folds", folds, 2),
        "n_repeats": whole("--repeats", repeats, 1),
        "max_iter": whole("--max-iter", max_iter, 1),
        "batch_size": batch_rows("--batch-size", batch_size),
        "random_state": whole("--seed", seed, 0),
        "n_jobs": None if jobs is None else whole("--jobs", jobs, 1),
    }
    names, rates = (
        separated(activation, "--activation"),
        positive_numbers("--learning-rate", learning_rate),
    )
    settings |= {"activations": names} if names else {}
    settings |= {"learning_rates": rates} if rates else {}
    settings |= {"scoring": scoring} if scoring is not None else {}
    named = typed(context, "report")
    outputs = _outputs(None if no_report else report, json, csv, force=force, named=named)

    from ogive.comparison.compare import compare as compare_activations
    from ogive.data import load_table, select_target

    notices: list[Text] = []
    labelled = select_target(
        load_table(data, notices),
        target,
        task=wanted_task,
        ignore=separated(ignore, "--ignore"),
    )

    def announce() -> None:
        for notice in (*notices, *labelled.notices, _plan(data, labelled, settings)):
            screen.notice(notice)

    with fits_progress(screen.err, screen.language, quiet=quiet) as progress:
        comparison = compare_activations(
            labelled.features,
            labelled.target,
            task=labelled.task,
            target_name=labelled.target_name,
            data_name=data,
            notices=(*notices, *labelled.notices),
            command=shlex.join(["ogive", *context.obj.arguments]),
            progress=after_start(progress, announce),
            **settings,
        )
    _write(comparison, outputs, screen)


def _plan(data: str, labelled: LabelledTable, settings: dict[str, Any]) -> Text:
    """Return what is about to be done."""
    from ogive.comparison.compare import chosen_activations
    from ogive.comparison.compare import compare as compare_activations

    n_rows, n_columns = labelled.features.shape
    n_functions = len(chosen_activations(settings.get("activations")))
    defaults = compare_activations.__kwdefaults__ or {}
    n_rates = len(settings.get("learning_rates") or defaults["learning_rates"])
    n_splits = settings["n_splits"] * settings["n_repeats"]
    n_fits = n_functions * n_rates * n_splits
    task_zh = "分类" if labelled.task == "classification" else "回归"
    return Text(
        f"{data}: {labelled.task} of {labelled.target_name!r} from {n_columns} columns, {n_rows} "
        f"rows; {n_functions} activations × {n_rates} learning rates × {n_splits} splits = "
        f"{n_fits} fits.",
        f"{data}：{task_zh}任务，目标列“{labelled.target_name}”，{n_columns} 列，{n_rows} 行；"
        f"{n_functions} 个激活函数 × {n_rates} 个学习率 × {n_splits} 次划分 = {n_fits} 次训练。",
    )


def _outputs(
    report: str | None, json: str | None, csv: str | None, *, force: bool, named: bool
) -> _Outputs:
    if json == csv == "-":
        raise InputError(
            "--json - and --csv - cannot both be standard output; write one of them to a file.",
            "--json - 与 --csv - 不能同时写到标准输出；请把其中一个写入文件。",
        )

    def checked(name: str | None, mark: bytes | None = None) -> Path | None:
        return None if name is None else check_output(Path(name), force=force, ours=mark)

    return _Outputs(
        checked(report, None if named else REPORT_MARK),
        "-" if json == "-" else checked(json),
        "-" if csv == "-" else checked(csv),
    )


def _write(comparison: Any, outputs: _Outputs, screen: Screen) -> None:
    """Write the files and print the table, on standard error if standard output is taken."""
    if outputs.report is not None:
        comparison.report(outputs.report, language=screen.language)
    for content, place in ((comparison.to_json, outputs.json), (comparison.to_csv, outputs.csv)):
        if place == "-":
            sys.stdout.write(content())
        elif isinstance(place, Path):
            with replacing(place) as beside:
                beside.write_text(content(), encoding="utf-8")
    console = screen.err if "-" in (outputs.json, outputs.csv) else screen.out
    print_table(comparison, console, screen.language)
    console.print()
    screen.say(comparison.verdict, "bold", on=console)
    for caution in comparison.cautions:
        screen.notice(caution)
    if outputs.report is not None:
        where = REPORT.to(screen.language, path=outputs.report)
        screen.say(Text(where, where), on=console)
