"""``ogive fit``: fit a network, a linear regression or a model of classes to a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import typer

from ogive.cli import classification_options as of_classes
from ogive.cli import fit_options as of_fit
from ogive.cli.classification_settings import INNER, class_settings
from ogive.cli.files import check_output
from ogive.cli.fit_classes import fit_classes
from ogive.cli.fit_linear import fit_linear, linear_settings
from ogive.cli.fit_network import fit_network, network_settings
from ogive.cli.fit_refusals import CLASS_MODELS, MODELS, Choice, refuse_others
from ogive.cli.language import both
from ogive.cli.options import (
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
from ogive.data.task import Task
from ogive.text import InputError, Text

__all__ = ["HELP", "fit"]

HELP = both(
    "Fit a network, a linear regression or a model of classes to a table, and save it for "
    "'ogive predict'.\n\n"
    "A network is trained on four rows in five: it neither learns from the others nor is stopped "
    "by them, and is scored on them at the end. A linear regression (--model linear) is fitted to "
    "all rows; its statistics and whether to trust them are printed and written as a report. A "
    "model of classes (logistic, softmax, ovo, ovr, ecoc) is scored as a network is, and then "
    "fitted again to all rows: that is the model printed, reported and saved.",
    "用表格拟合一个网络、线性回归或分类模型，并保存，供“ogive predict”使用。\n\n"
    "网络用五分之四的行训练：其余各行既不参与训练，也不用于决定何时停止，只在最后用来评分。"
    "线性回归（--model linear）用全部行拟合；它的统计量以及能否采信，会打印出来并写成报告。"
    "分类模型（logistic、softmax、ovo、ovr、ecoc）像网络一样评分，然后用全部行重新拟合："
    "打印、报告和保存的都是后者。",
)
REPORT_MARK = b'content="ogive'
MISSING = ("drop", "indicator")
READERS: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "linear": linear_settings,
    "network": network_settings,
    **dict.fromkeys(CLASS_MODELS, class_settings),
}


def fit(
    context: typer.Context,
    data: Data,
    target: Target,
    task: TaskName = "auto",
    ignore: Ignore = None,
    model: of_fit.ModelName = "network",
    solver: of_fit.Solver = None,
    activation: of_fit.Activations = None,
    hidden_layer_sizes: HiddenLayerSizes = "64,32",
    max_iter: MaxIter = "200",
    batch_size: BatchSize = "auto",
    learning_rate_init: of_fit.LearningRateInit = "0.001",
    alpha: of_fit.Alpha = "0.0001",
    init: of_fit.Init = "auto",
    dropout: of_fit.Dropout = "0",
    early_stopping: of_fit.EarlyStopping = True,
    monitor: of_fit.Monitor = False,
    seed: Seed = "0",
    missing: of_fit.Missing = "drop",
    covariance: of_fit.Covariance = "nonrobust",
    all_checks: of_fit.AllChecks = False,
    c: of_classes.InverseStrength = "1",
    penalty: of_classes.Penalty = "l2",
    class_weight: of_classes.ClassWeight = "none",
    threshold: of_classes.Threshold = "0.5",
    inner: of_classes.Inner = "logistic",
    decision: of_classes.Decision = "vote",
    code_book: of_classes.CodeBook = None,
    code_size: of_classes.CodeSize = "1.5",
    decoding: of_classes.Decoding = "euclidean",
    level: of_fit.Level = "0.95",
    report: of_fit.Report = None,
    no_report: of_fit.NoReport = False,
    output: of_fit.Output = None,
    force: Force = False,
    quiet: Quiet = False,
    lang: Lang = None,
) -> None:
    """Fit a network, a linear regression or a model of classes to a table, and save it."""
    screen = Screen(context.obj.language, quiet=quiet)
    chosen("--model", model, MODELS)
    chosen("--inner", inner, INNER)
    given = [name for name in context.params if typed(context, name)]
    refuse_others(given, Choice(model, inner, solver == "gd"))
    settings = READERS[model]({**context.params, "given": given})
    wanted_task = task_wanted(task)
    place = output if output is not None or model != "network" else "model.ogive"
    path = None if place is None else check_output(Path(place), force=force)
    _refuse_the_task(wanted_task, model)
    chosen("--missing", missing, MISSING)
    page = None
    if model != "network" and not no_report:
        usual = "ogive-regression.html" if model == "linear" else "ogive-classification.html"
        mark = REPORT_MARK if report is None else None
        page = check_output(Path(report or usual), force=force, ours=mark)
    ignored = separated(ignore, "--ignore")

    from ogive.data import load_table, select_target

    notices: list[Text] = []
    table = load_table(data, notices)
    if model == "linear":
        from ogive.cli.linear_rows import regression_table

        wanted = regression_table(
            table, target, task=wanted_task, ignore=ignored, missing=missing, notices=notices
        )
        fit_linear(wanted, settings, path, page, screen, data, context.obj.arguments)
    elif model in CLASS_MODELS:
        from ogive.cli.class_rows import class_table

        classes = class_table(
            table, target, model, task=wanted_task, ignore=ignored, notices=notices
        )
        fit_classes(classes, settings, path, page, screen, data, context.obj.arguments)
    elif path is not None:
        labelled = select_target(table, target, task=wanted_task, ignore=ignored)
        for notice in notices:
            screen.notice(notice)
        fit_network(labelled, settings, path, screen, data)


def _refuse_the_task(task: Task | None, model: str) -> None:
    if model == "linear" and task == "classification":
        raise InputError(
            "--task classification needs --model network, logistic, softmax, ovo, ovr or ecoc: a "
            "linear regression predicts numbers.",
            "--task classification 需要 --model network、logistic、softmax、ovo、ovr 或 ecoc："
            "线性回归预测的是数值。",
        )
    if model in CLASS_MODELS and task == "regression":
        raise InputError(
            f"--task regression needs --model linear or network: {model} predicts classes.",
            f"--task regression 需要 --model linear 或 network：{model} 预测的是类别。",
        )
