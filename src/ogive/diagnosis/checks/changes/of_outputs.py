"""Changes of the last layer and the loss, which are made in the code of a model."""

from __future__ import annotations

import math

from ogive.diagnosis.finding import Remedy
from ogive.diagnosis.measurements import Measurements
from ogive.text import Text

__all__ = [
    "as_classes",
    "as_numbers",
    "give_losses_input",
    "one_more_output",
    "one_shape",
    "other_axis",
    "remove_last",
    "replace_loss",
    "standardise_targets",
    "suit_targets",
]


def remove_last(name: str) -> Remedy:
    """Advise to leave out the last activation."""
    if name == "unknown":
        name = "clamp"
    return Remedy(
        "remove_last",
        Text(
            f"Leave out the last {name}: let the model end with its last linear layer, and apply "
            "the function only where predictions are shown.",
            f"去掉最后的 {name}：让模型以最后一个线性层结束，只在展示预测时再用这个函数。",
        ),
    )


def give_losses_input(loss: str) -> Remedy:
    """Advise the loss that takes logits in place of one that does not."""
    other = {"NLLLoss": "CrossEntropyLoss", "BCELoss": "BCEWithLogitsLoss"}.get(loss, loss)
    return Remedy(
        "loss_of_logits",
        Text(
            f"Train with nn.{other}, which takes the last linear layer's outputs as they are.",
            f"改用 nn.{other}，它直接接受最后一个线性层的输出。",
        ),
    )


def replace_loss(loss: str) -> Remedy:
    """Advise another loss, or what the present one needs."""
    told = {
        "NLLLoss": Text(
            "Or end the model with nn.LogSoftmax(dim=1).",
            "或者让模型以 nn.LogSoftmax(dim=1) 结束。",
        ),
        "BCELoss": Text(
            "End the model with nn.Sigmoid() and give targets of 0 and 1; of several classes use "
            "nn.CrossEntropyLoss.",
            "让模型以 nn.Sigmoid() 结束，并给出 0 和 1 的目标；多个类别请用 nn.CrossEntropyLoss。",
        ),
        "BCEWithLogitsLoss": Text(
            "Give targets of 0 and 1; of several classes use nn.CrossEntropyLoss, of numbers "
            "nn.MSELoss.",
            "给出 0 和 1 的目标；多个类别请用 nn.CrossEntropyLoss，数值请用 nn.MSELoss。",
        ),
        "PoissonNLLLoss": Text(
            "Use nn.MSELoss for targets that may be negative.",
            "目标可能为负时，请用 nn.MSELoss。",
        ),
        "poisson": Text(
            'Use loss="squared_error" for targets that may be negative.',
            '目标可能为负时，请用 loss="squared_error"。',
        ),
    }[loss]
    return Remedy("other_loss", told, {"loss": "squared_error"} if loss == "poisson" else {})


def one_more_output(measured: Measurements) -> Remedy:
    """Advise one logit with the binary loss, or an output for each class."""
    return Remedy(
        "binary_loss",
        Text(
            "For two classes use nn.BCEWithLogitsLoss with this one output and no softmax, or "
            "nn.CrossEntropyLoss with an output for each class.",
            "两个类别时，单个输出配 nn.BCEWithLogitsLoss（不用 softmax），"
            "或者每个类别一个输出配 nn.CrossEntropyLoss。",
        ),
    )


def one_shape(outputs: tuple[int, ...], targets: tuple[int, ...]) -> Remedy:
    """Advise outputs and targets of one shape."""
    if len(outputs) == 2 and len(targets) == 1:
        text = Text(
            "Give both one shape: targets y.unsqueeze(1), or outputs out.squeeze(1).",
            "使两者形状相同：目标用 y.unsqueeze(1)，或输出用 out.squeeze(1)。",
        )
    elif len(outputs) == 1 and len(targets) == 2:
        text = Text(
            "Give both one shape: targets y.squeeze(1), or outputs out.unsqueeze(1).",
            "使两者形状相同：目标用 y.squeeze(1)，或输出用 out.unsqueeze(1)。",
        )
    else:
        text = Text(
            "Give both one shape: targets y.reshape(out.shape).",
            "使两者形状相同：目标用 y.reshape(out.shape)。",
        )
    return Remedy("one_shape", text)


def other_axis(activation: str) -> Remedy:
    """Advise the softmax over the outputs of a row."""
    name = "nn.LogSoftmax" if activation == "log_softmax" else "nn.Softmax"
    return Remedy(
        "other_axis",
        Text(
            f"Take it over the outputs of a row: {name}(dim=1) in place of dim=0.",
            f"对一行的各个输出来做：用 {name}(dim=1) 代替 dim=0。",
        ),
    )


def standardise_targets(measured: Measurements) -> Remedy:
    """Advise targets of mean 0 and deviation 1."""
    if measured.framework == "torch":
        text = Text(
            "Standardise the targets: train on (y - mean) / std, with mean and std of the training "
            "rows, and turn predictions back by times std plus mean.",
            "把目标标准化：用 (y - mean) / std 训练，mean 和 std 取自训练数据；"
            "预测之后再乘以 std、加上 mean 还原。",
        )
    else:
        text = Text(
            "Standardise the targets: sklearn.compose.TransformedTargetRegressor(model, "
            "transformer=StandardScaler()) does so, and turns predictions back.",
            "把目标标准化：sklearn.compose.TransformedTargetRegressor(model, "
            "transformer=StandardScaler()) 会这样做，并把预测还原。",
        )
    return Remedy("standardise_targets", text)


def suit_targets(low: float, high: float) -> Remedy:
    """Advise to bring the targets into the range of the last activation."""
    if math.isinf(high):
        text = Text(
            "Or shift the targets so that all are above the bound.",
            "或者平移目标值，使其全部高于下界。",
        )
    elif math.isinf(low):
        text = Text(
            "Or shift the targets so that all are below the bound.",
            "或者平移目标值，使其全部低于上界。",
        )
    else:
        text = Text(
            f"Or scale the targets to {low:g} … {high:g}, and scale predictions back.",
            f"或者把目标值缩放到 {low:g} 至 {high:g}，预测后再还原。",
        )
    return Remedy("scale_targets", text)


def as_classes(measured: Measurements, values: int, n_outputs: int) -> Remedy:
    """Advise a classifier."""
    if measured.framework == "torch":
        if n_outputs == 1:
            text = Text(
                f"If they are classes: {values} outputs and nn.CrossEntropyLoss"
                + (", or one output and nn.BCEWithLogitsLoss." if values == 2 else "."),
                f"如果是类别：用 {values} 个输出和 nn.CrossEntropyLoss"
                + ("，或一个输出和 nn.BCEWithLogitsLoss。" if values == 2 else "。"),
            )
        else:
            text = Text(
                "If they are classes: nn.CrossEntropyLoss on the outputs without a last function, "
                "with the class's number as target.",
                "如果是类别：对不加最后函数的输出使用 nn.CrossEntropyLoss，以类别编号为目标。",
            )
        return Remedy("classify", text)
    text = Text(
        "If they are classes, use ogive.MLPClassifier.", "如果是类别，请用 ogive.MLPClassifier。"
    )
    return Remedy("classify", text)


def as_numbers(measured: Measurements) -> Remedy:
    """Advise a regression."""
    if measured.framework == "torch":
        text = Text(
            "If they are numbers: one output and nn.MSELoss on standardised targets.",
            "如果是数值：用一个输出，对标准化后的目标使用 nn.MSELoss。",
        )
    else:
        text = Text(
            "If they are numbers, use ogive.MLPRegressor.", "如果是数值，请用 ogive.MLPRegressor。"
        )
    return Remedy("regress", text)
