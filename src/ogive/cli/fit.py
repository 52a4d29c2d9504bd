"""``ogive fit``: fit one network or linear regression to a table and save it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ogive.cli.files import check_output
from ogive.cli.fit_linear import fit_linear, linear_settings
from ogive.cli.fit_network import fit_network, network_settings
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
from ogive.cli.screen import Screen
from ogive.cli.values import chosen, separated, task_wanted
from ogive.text import InputError, Text

__all__ = ["HELP", "fit"]

HELP = both(
    "Fit a network or a linear regression to a table, and save it for 'ogive predict'.\n\n"
    "A network is trained on four rows in five: it neither learns from the others nor is stopped "
    "by them, and is scored on them at the end. A linear regression (--model linear) is fitted to "
    "all rows; its statistics and whether to trust them are printed and written as a report.",
    "用表格拟合一个网络或线性回归，并保存，供“ogive predict”使用。\n\n"
    "网络用五分之四的行训练：其余各行既不参与训练，也不用于决定何时停止，只在最后用来评分。"
    "线性回归（--model linear）用全部行拟合；它的统计量以及能否采信，会打印出来并写成报告。",
)
MODELS = ("network", "linear")
MODEL_PANEL = both("Model", "模型")
LINEAR_PANEL = both("Linear regression", "线性回归")
REPORT_MARK = b'content="ogive'
NETWORK_ONLY = ("activation", "hidden_layer_sizes", "alpha", "early_stopping")
STEPWISE = ("max_iter", "batch_size", "learning_rate_init", "seed")
LINEAR_ONLY = ("missing", "covariance", "level", "all_checks", "report", "no_report")
MISSING = ("drop", "indicator")


def fit(
    context: typer.Context,
    data: Data,
    target: Target,
    task: TaskName = "auto",
    ignore: Ignore = None,
    model: Annotated[
        str,
        typer.Option(
            "--model",
            metavar="NAME",
            help=both(
                "network, or linear for a linear regression.",
                "network（网络），或 linear（线性回归）。",
            ),
            rich_help_panel=MODEL_PANEL,
        ),
    ] = "network",
    solver: Annotated[
        str | None,
        typer.Option(
            "--solver",
            metavar="NAME",
            help=both(
                "Of a network: adam, adamw, sgd or lbfgs [adam]. Of a linear regression: qr, "
                "normal (normal equations) or gd (gradient descent) [qr].",
                "网络：adam、adamw、sgd 或 lbfgs [adam]。线性回归：qr、normal（正规方程）"
                "或 gd（梯度下降） [qr]。",
            ),
            rich_help_panel=MODEL_PANEL,
        ),
    ] = None,
    activation: Annotated[
        list[str] | None,
        typer.Option(
            "--activation",
            "-a",
            metavar="NAME",
            help=both(
                "Activation function, or one for each hidden layer with commas between them. "
                "[relu]",
                "激活函数；也可为每个隐藏层各给一个，用逗号分隔。 [relu]",
            ),
            rich_help_panel=NETWORK_PANEL,
        ),
    ] = None,
    hidden_layer_sizes: HiddenLayerSizes = "64,32",
    max_iter: MaxIter = "200",
    batch_size: BatchSize = "auto",
    learning_rate_init: Annotated[
        str,
        typer.Option(
            "--learning-rate-init",
            metavar="X",
            help=both("Learning rate at the start.", "初始学习率。"),
            rich_help_panel=NETWORK_PANEL,
        ),
    ] = "0.001",
    alpha: Annotated[
        str,
        typer.Option(
            "--alpha",
            metavar="X",
            help=both("Strength of the L2 penalty.", "L2 正则化强度。"),
            rich_help_panel=NETWORK_PANEL,
        ),
    ] = "0.0001",
    early_stopping: Annotated[
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
    ] = True,
    seed: Seed = "0",
    missing: Annotated[
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
    ] = "drop",
    covariance: Annotated[
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
    ] = "nonrobust",
    level: Annotated[
        str,
        typer.Option(
            "--level",
            metavar="X",
            help=both("Level of confidence intervals.", "置信区间的水平。"),
            rich_help_panel=LINEAR_PANEL,
        ),
    ] = "0.95",
    all_checks: Annotated[
        bool,
        typer.Option(
            "--all-checks",
            help=both(
                "Print also the checks that passed; the report has them in any case.",
                "也打印通过的检查；报告中总会列出它们。",
            ),
            rich_help_panel=LINEAR_PANEL,
        ),
    ] = False,
    report: Annotated[
        str,
        typer.Option(
            "--report",
            metavar="FILE",
            help=both(
                "Where the HTML report on a linear regression goes; at the default place an "
                "earlier report is replaced.",
                "线性回归的 HTML 报告的位置；默认位置上先前的报告会被替换。",
            ),
            rich_help_panel=LINEAR_PANEL,
        ),
    ] = "ogive-regression.html",
    no_report: Annotated[
        bool,
        typer.Option(
            "--no-report",
            help=both("Write no report.", "不写报告。"),
            rich_help_panel=LINEAR_PANEL,
        ),
    ] = False,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=both(
                "The model file to write [model.ogive; of a linear regression only if given].",
                "要写出的模型文件 [model.ogive；线性回归仅在给出时写出]。",
            ),
            rich_help_panel=OUTPUT_PANEL,
        ),
    ] = None,
    force: Force = False,
    quiet: Quiet = False,
    lang: Lang = None,
) -> None:
    """Fit a network or a linear regression to a table, and save it."""
    screen = Screen(context.obj.language, quiet=quiet)
    linear = chosen("--model", model, MODELS) == "linear"
    given = [name for name, value in context.params.items() if typed(context, name)]
    _refuse_the_other_s(given, solver, linear=linear)
    settings = (linear_settings if linear else network_settings)({**context.params, "given": given})
    wanted_task = task_wanted(task)
    place = output if output is not None or linear else "model.ogive"
    path = None if place is None else check_output(Path(place), force=force)
    page = None
    if linear:
        if wanted_task == "classification":
            raise InputError(
                "--task classification needs --model network: a linear regression predicts "
                "numbers.",
                "--task classification 需要 --model network：线性回归预测的是数值。",
            )
        if not no_report:
            mark = None if "report" in given else REPORT_MARK
            page = check_output(Path(report), force=force, ours=mark)
        chosen("--missing", missing, MISSING)
    ignored = separated(ignore, "--ignore")

    from ogive.data import load_table, select_target

    notices: list[Text] = []
    table = load_table(data, notices)
    if linear:
        from ogive.cli.linear_rows import regression_table

        wanted = regression_table(
            table, target, task=wanted_task, ignore=ignored, missing=missing, notices=notices
        )
        fit_linear(wanted, settings, path, page, screen, data, context.obj.arguments)
    elif path is not None:
        labelled = select_target(table, target, task=wanted_task, ignore=ignored)
        for notice in notices:
            screen.notice(notice)
        fit_network(labelled, settings, path, screen)


def _refuse_the_other_s(given: list[str], solver: str | None, *, linear: bool) -> None:
    """Refuse options of the other kind of model, which would do nothing."""
    for name in given:
        option = f"--{name.replace('_', '-')}"
        if linear and name in NETWORK_ONLY:
            raise InputError(
                f"{option} belongs to networks; leave it out, or use --model network.",
                f"{option} 是网络的选项；请去掉它，或使用 --model network。",
            )
        if linear and name in STEPWISE and solver != "gd":
            raise InputError(
                f"{option} of a linear regression goes with --solver gd; leave it out, or add "
                "that.",
                f"线性回归的 {option} 只能与 --solver gd 一起使用；请去掉它，或加上 --solver gd。",
            )
        if not linear and name in LINEAR_ONLY:
            raise InputError(
                f"{option} belongs to linear regression; leave it out, or add --model linear.",
                f"{option} 是线性回归的选项；请去掉它，或加上 --model linear。",
            )
