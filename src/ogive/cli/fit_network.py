"""What ``ogive fit`` does for a network."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ogive.cli.files import replacing
from ogive.cli.screen import Screen
from ogive.cli.values import (
    batch_rows,
    chosen,
    layer_sizes,
    number_below_1,
    positive_number,
    separated,
    whole,
)
from ogive.network.initialisation import SCHEMES
from ogive.text import InputError, Text

if TYPE_CHECKING:
    from ogive.cli.training import Fitted
    from ogive.data import LabelledTable

__all__ = ["fit_network", "network_settings"]

DIAGNOSED_ROWS = 2000
SOLVERS = ("adam", "adamw", "sgd", "lbfgs")


def network_settings(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of the network from the options as they were typed."""
    names = separated(given["activation"], "--activation") or ["relu"]
    sizes = layer_sizes("--hidden-layer-sizes", given["hidden_layer_sizes"])
    if len(names) not in (1, len(sizes)):
        raise InputError(
            f"--activation names {len(names)} functions for {len(sizes)} hidden layers; "
            "give one for all or one for each.",
            f"--activation 给出了 {len(names)} 个函数，而隐藏层有 {len(sizes)} 个；"
            "请只给一个，或每层各给一个。",
        )
    solver = chosen("--solver", given["solver"] or "adam", SOLVERS)
    return {
        "activation": names[0] if len(names) == 1 else names,
        "hidden_layer_sizes": sizes,
        "solver": solver,
        "batch_size": batch_rows("--batch-size", given["batch_size"]),
        "max_iter": whole("--max-iter", given["max_iter"], 1),
        "learning_rate_init": positive_number("--learning-rate-init", given["learning_rate_init"]),
        "alpha": positive_number("--alpha", given["alpha"], or_zero=True),
        "early_stopping": "loss" if given["early_stopping"] and solver != "lbfgs" else False,
        "random_state": whole("--seed", given["seed"], 0),
        "init": chosen("--init", given["init"], SCHEMES),
        **_dropout(given["dropout"], solver),
        **_class_weight(given),
        **({"monitor": True} if given["monitor"] else {}),
    }


def _dropout(typed: str, solver: str) -> dict[str, Any]:
    rate = number_below_1("--dropout", typed)
    if rate and solver == "lbfgs":
        raise InputError(
            "--dropout does nothing with --solver lbfgs; leave it out, or use adam, adamw or sgd.",
            "--dropout 对 --solver lbfgs 没有作用；请去掉它，或使用 adam、adamw 或 sgd。",
        )
    return {"dropout": rate} if rate else {}


def _class_weight(given: Mapping[str, Any]) -> dict[str, Any]:
    if given["model"] != "network":
        return {}
    weights = chosen("--class-weight", given["class_weight"], ("none", "balanced"))
    return {} if weights == "none" else {"class_weight": weights}


def fit_network(
    labelled: LabelledTable, settings: dict[str, Any], path: Path, screen: Screen, data: str
) -> None:
    """Train, save, and say how well it went."""
    if labelled.task == "regression" and "class_weight" in settings:
        raise InputError(
            f"--class-weight is of classes, and {labelled.target_name!r} is predicted as a "
            "number; leave it out, or add --task classification.",
            f"--class-weight 用于分类，而“{labelled.target_name}”作为数值预测；"
            "请去掉它，或加上 --task classification。",
        )
    from ogive.cli.training import train
    from ogive.persistence import save_model

    fitted = train(labelled, settings)
    for notice in (*labelled.notices, *fitted.notices):
        screen.notice(notice)
    with replacing(path) as beside:
        save_model(fitted.model, beside)
    activation = settings["activation"]
    names = [activation] if isinstance(activation, str) else activation
    _print_summary(screen, labelled, fitted, names, settings["hidden_layer_sizes"], path)
    if not screen.quiet:
        _tell_issues(screen, labelled, fitted, path, data)


def _tell_issues(
    screen: Screen, labelled: LabelledTable, fitted: Fitted, path: Path, data: str
) -> None:
    """Say in a line which issues a diagnosis finds, if any."""
    from ogive.cli.diagnosed_rows import unseen_rows
    from ogive.diagnosis import diagnose
    from ogive.diagnosis.finding import CODES

    stride = -(-labelled.features.height // DIAGNOSED_ROWS)
    some = labelled.features.gather_every(stride)
    target = labelled.target[::stride]
    if labelled.task == "regression":
        target = (target - fitted.model.center) / fitted.model.scale
    X = fitted.model.preparation.transform(some)
    held_out = unseen_rows(fitted.model, X, target, [])
    found = diagnose(fitted.model.estimator, X, target, validation_data=held_out)
    codes = dict.fromkeys(one.code for one in found.issues)
    if codes:
        names = [f"{CODES[code].en[:1].lower()}{CODES[code].en[1:]} ({code})" for code in codes]
        names_zh = [f"{CODES[code].zh}（{code}）" for code in codes]
        command = shlex.join(["ogive", "diagnose", str(path), data])
        screen.notice(
            Text(
                f"A diagnosis finds: {', '.join(names)}. '{command}' tells why and what to do.",
                f"诊断发现：{'、'.join(names_zh)}。“{command}”说明原因和处理办法。",
            )
        )


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
