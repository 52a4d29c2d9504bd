"""Changes of how long, with what penalty and with which weights of classes a network is trained."""

from __future__ import annotations

from ogive.diagnosis.checks.changes.of_networks import larger_step
from ogive.diagnosis.finding import Remedy
from ogive.diagnosis.measurements import Measurements
from ogive.text import Text

__all__ = [
    "balance_classes",
    "larger_step_within",
    "less_dropout",
    "longer_training",
    "more_units",
    "smaller_penalty",
    "stop_early",
    "stronger_penalty",
    "with_dropout",
]


def balance_classes(measured: Measurements) -> Remedy:
    """Advise weights of classes that make up for their numbers."""
    if measured.framework == "torch":
        counts = [] if measured.classes is None else list(measured.classes.counts)
        if len(counts) == 2 and measured.task == "binary" and min(counts) > 0:
            ratio = counts[0] / counts[1]
            return Remedy(
                "balance_classes",
                Text(
                    "Weigh the classes against their numbers: "
                    f"nn.BCEWithLogitsLoss(pos_weight=torch.tensor({ratio:.3g})) for one output, "
                    "nn.CrossEntropyLoss(weight=...) for two.",
                    "按类别数量的反比加权：单个输出用 "
                    f"nn.BCEWithLogitsLoss(pos_weight=torch.tensor({ratio:.3g}))，"
                    "两个输出用 nn.CrossEntropyLoss(weight=...)。",
                ),
            )
        return Remedy(
            "balance_classes",
            Text(
                "Weigh the classes against their numbers: nn.CrossEntropyLoss(weight=n_rows / "
                "(n_classes * counts)), or draw rare rows more often with WeightedRandomSampler.",
                "按类别数量的反比加权：nn.CrossEntropyLoss(weight=n_rows / (n_classes * counts))，"
                "或用 WeightedRandomSampler 更多地抽取稀少的行。",
            ),
        )
    return Remedy(
        "balance_classes",
        Text(
            'Weigh the classes against their numbers: class_weight="balanced".',
            '按类别数量的反比加权：class_weight="balanced"。',
        ),
        {"class_weight": "balanced"},
    )


def longer_training(measured: Measurements, factor: int = 5) -> Remedy:
    """Advise more epochs."""
    epochs = measured.settings.max_iter or measured.settings.n_iter
    if epochs is None:
        return Remedy("longer_training", Text("Train longer.", "延长训练。"))
    new = factor * epochs
    if measured.framework == "torch":
        return Remedy(
            "longer_training",
            Text(
                f"Train longer: {new} epochs in place of {epochs}.",
                f"延长训练：由 {epochs} 轮改为 {new} 轮。",
            ),
        )
    return Remedy(
        "longer_training",
        Text(
            f"Train longer: max_iter={new} in place of {epochs}.",
            f"延长训练：max_iter 由 {epochs} 改为 {new}。",
        ),
        {"max_iter": new, "n_iter_no_change": 20},
    )


def more_units(measured: Measurements, least: int = 64) -> Remedy:
    """Advise wider hidden layers."""
    widths = [layer.n_units for layer in measured.layers if layer.role == "hidden"]
    new = tuple(max(4 * width, least) for width in widths) or (least,)
    return Remedy(
        "more_units",
        Text(f"Give the hidden layers more units: {new}.", f"增加隐藏层的单元数：{new}。"),
        {} if measured.framework == "torch" else {"hidden_layer_sizes": new},
    )


def smaller_penalty(measured: Measurements) -> Remedy:
    """Advise a weaker penalty on the weights."""
    if measured.framework == "torch":
        return Remedy(
            "smaller_penalty",
            Text(
                "Lower the optimiser's weight_decay to 1e-4 or less.",
                "把优化器的 weight_decay 降到 1e-4 或更小。",
            ),
        )
    return Remedy(
        "smaller_penalty",
        Text("Penalise the weights less: alpha=0.0001.", "减弱对权重的惩罚：alpha=0.0001。"),
        {"alpha": 0.0001},
    )


def stronger_penalty(measured: Measurements) -> Remedy:
    """Advise a stronger penalty on the weights."""
    if measured.framework == "torch":
        return Remedy(
            "stronger_penalty",
            Text(
                "Let the weights decay: torch.optim.AdamW(..., weight_decay=0.05).",
                "让权重衰减：torch.optim.AdamW(..., weight_decay=0.05)。",
            ),
        )
    # alpha is divided by the rows of a batch; 10 / n_rows is a normal prior of variance 0.1 on
    # the weights, and more than 0.1 leaves nothing of a network.
    rows = max(measured.n_rows, 1)
    wanted = (measured.settings.batch_size or rows) * min(0.1, 10 / rows)
    new = float(f"{max(wanted, 10 * (measured.settings.alpha or 0.0)):.2g}")
    return Remedy(
        "stronger_penalty",
        Text(f"Penalise the weights more: alpha={new:g}.", f"加强对权重的惩罚：alpha={new:g}。"),
        {"alpha": new},
    )


def stop_early(measured: Measurements) -> Remedy:
    """Advise to keep the weights of the epoch that was best on validation rows."""
    if measured.framework == "torch":
        return Remedy(
            "stop_early",
            Text(
                "Keep the weights of the epoch with the least validation loss "
                "(copy model.state_dict()), and stop some epochs after it.",
                "保留验证损失最小那一轮的权重（复制 model.state_dict()），此后再过若干轮就停止。",
            ),
        )
    return Remedy(
        "stop_early",
        Text(
            'Stop where the validation loss is least: early_stopping="loss".',
            '在验证损失最小处停止：early_stopping="loss"。',
        ),
        {"early_stopping": "loss"},
    )


def with_dropout(measured: Measurements, rate: float = 0.3) -> Remedy:
    """Advise dropout."""
    if measured.framework == "torch":
        return Remedy(
            "dropout",
            Text(
                f"Put nn.Dropout({rate:g}) after the hidden activations.",
                f"在隐藏层的激活函数之后加入 nn.Dropout({rate:g})。",
            ),
        )
    return Remedy(
        "dropout",
        Text(
            f"Leave units out at random in training: dropout={rate:g}.",
            f"训练时随机丢弃单元：dropout={rate:g}。",
        ),
        {"dropout": rate},
    )


def larger_step_within(measured: Measurements) -> Remedy | None:
    """Advise a learning rate up to ten times as large, 0.1 at most (0.01 of Adam and its kin).

    None where that leaves less than twice the present one, and for solvers without a rate.
    """
    settings = measured.settings
    if settings.solver == "lbfgs":
        return None
    if settings.learning_rate is None:
        return larger_step(measured)
    most = 0.1 if (settings.solver or "").lower().startswith("sgd") else 0.01
    factor = min(10.0, most / settings.learning_rate)
    return larger_step(measured, factor) if factor >= 2 else None


def less_dropout(measured: Measurements) -> Remedy:
    """Advise training without dropout."""
    text = Text("Train without dropout first.", "先不用 dropout 进行训练。")
    return Remedy("less_dropout", text, {} if measured.framework == "torch" else {"dropout": 0.0})
