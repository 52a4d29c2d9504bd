"""``ogive fit``: train one network on a table and save it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
)
from ogive.cli.screen import Screen
from ogive.cli.values import (
    batch_rows,
    chosen,
    layer_sizes,
    positive_number,
    separated,
    task_wanted,
    whole,
)
from ogive.text import InputError, Text

if TYPE_CHECKING:
    from ogive.cli.training import Fitted
    from ogive.data import LabelledTable

__all__ = ["HELP", "fit"]

HELP = both(
    "Train a network on a table and save it for 'ogive predict'.\n\n"
    "One row in five is held out: the network neither learns from it nor is stopped by it, and is "
    "scored on it at the end.",
    "用表格训练一个网络并保存，供“ogive predict”使用。\n\n"
    "每五行留出一行：这些行既不参与训练，也不用于决定何时停止，只在最后用来评分。",
)
SOLVERS = ("adam", "adamw", "sgd", "lbfgs")


def fit(
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
    solver: Annotated[
        str,
        typer.Option(
            "--solver",
            metavar="NAME",
            help=both("adam, adamw, sgd or lbfgs.", "adam、adamw、sgd 或 lbfgs。"),
            rich_help_panel=NETWORK_PANEL,
        ),
    ] = "adam",
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
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=both("The model file to write.", "要写出的模型文件。"),
            rich_help_panel=OUTPUT_PANEL,
        ),
    ] = "model.ogive",
    force: Force = False,
    quiet: Quiet = False,
    lang: Lang = None,
) -> None:
    """Train a network on a table and save it."""
    screen = Screen(context.obj.language, quiet=quiet)
    names = separated(activation) or ["relu"]
    sizes = layer_sizes("--hidden-layer-sizes", hidden_layer_sizes)
    if len(names) not in (1, len(sizes)):
        raise InputError(
            f"--activation names {len(names)} functions for {len(sizes)} hidden layers; "
            "give one for all or one for each.",
            f"--activation 给出了 {len(names)} 个函数，而隐藏层有 {len(sizes)} 个；"
            "请只给一个，或每层各给一个。",
        )
    settings: dict[str, Any] = {
        "activation": names[0] if len(names) == 1 else names,
        "hidden_layer_sizes": sizes,
        "solver": chosen("--solver", solver, SOLVERS),
        "batch_size": batch_rows("--batch-size", batch_size),
        "max_iter": whole("--max-iter", max_iter, 1),
        "learning_rate_init": positive_number("--learning-rate-init", learning_rate_init),
        "alpha": positive_number("--alpha", alpha, or_zero=True),
        "early_stopping": "loss" if early_stopping and solver != "lbfgs" else False,
        "random_state": whole("--seed", seed, 0),
    }
    wanted_task = task_wanted(task)
    path = check_output(Path(output), force=force)

    from ogive.cli.training import train
    from ogive.data import load_table, select_target
    from ogive.persistence import save_model

    labelled = select_target(
        load_table(data),
        target,
        task=wanted_task,
        ignore=separated(ignore),
    )
    fitted = train(labelled, settings)
    for notice in (*labelled.notices, *fitted.notices):
        screen.notice(notice)
    with replacing(path) as beside:
        save_model(fitted.model, beside)
    _print_summary(screen, labelled, fitted, names, sizes, path)


def _print_summary(
    screen: Screen,
    labelled: LabelledTable,
    fitted: Fitted,
    names: list[str],
    sizes: tuple[int, ...],
    path: Path,
) -> None:
    tasks = {
        "classification": Text("classification", "分类"),
        "regression": Text("regression", "回归"),
    }
    scores = {
        "classification": Text("accuracy", "准确率"),
        "regression": Text("R²", "决定系数 R²"),
    }
    language = screen.language
    score = scores[labelled.task].to(language)
    n_rows, n_columns = labelled.features.shape
    n_features = len(fitted.model.preparation.feature_names_out_)
    n_epochs = fitted.model.estimator.n_iter_
    layers = " → ".join(map(str, (n_features, *sizes)))
    facts = [
        (
            Text("data", "数据"),
            Text(
                "{rows} rows, {columns} columns, {features} features",
                "{rows} 行，{columns} 列，{features} 个特征",
            ).to(language, rows=n_rows, columns=n_columns, features=n_features),
        ),
        (
            Text("target", "目标"),
            Text("{name} ({task})", "{name}（{task}）").to(
                language, name=labelled.target_name, task=tasks[labelled.task].to(language)
            ),
        ),
        (Text("network", "网络"), f"{layers}, {', '.join(names)}"),
        (
            Text("training", "训练"),
            Text("{n} epochs in {s:.2f} s", "{n} 轮，用时 {s:.2f} 秒").to(
                language, n=n_epochs, s=fitted.model.estimator.fit_time_
            ),
        ),
        (
            Text("training rows", "训练行"),
            f"{score} {fitted.training_score:.4f} (n = {fitted.n_training})",
        ),
        (
            Text("held-out rows", "留出行"),
            f"{score} {fitted.held_out_score:.4f} (n = {fitted.n_held_out})",
        ),
        (Text("model", "模型"), str(path)),
    ]
    screen.facts(facts)
