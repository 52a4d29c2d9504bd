"""The changes that checks advise, each written once; the same key is always the same change."""

from __future__ import annotations

from collections.abc import Sequence

from ogive.diagnosis.checks.changes.in_modules import (
    MODULES,
    in_place_of_activations,
    standardised,
    started_anew,
)
from ogive.diagnosis.checks.training.steps import usual_step
from ogive.diagnosis.finding import Remedy
from ogive.diagnosis.measurements import Layer, Measurements
from ogive.text import Text

__all__ = [
    "MODULES",
    "another_activation",
    "clean_data",
    "clip_gradients",
    "fewer_layers",
    "fewer_units",
    "full_precision",
    "init_auto",
    "larger_step",
    "named",
    "normalise",
    "scale_inputs",
    "smaller_step",
    "use_activation",
]


def use_activation(measured: Measurements, name: str) -> Remedy:
    """Advise another activation, with the initial weights that suit it."""
    if measured.framework == "torch":
        return Remedy(name, in_place_of_activations(measured, name))
    return Remedy(
        name,
        Text(
            f'Train with activation="{name}" and init="auto".',
            f'改用 activation="{name}" 和 init="auto" 重新训练。',
        ),
        {"activation": name, "init": "auto"},
    )


def another_activation(measured: Measurements, *names: str) -> Remedy | None:
    """Advise the first of these activations that no hidden layer has; None where all are there."""
    present = {layer.function.name for layer in _hidden(measured) if layer.function is not None}
    return next((use_activation(measured, name) for name in names if name not in present), None)


def init_auto(measured: Measurements) -> Remedy:
    """Advise initial weights that suit the activation."""
    if measured.framework == "torch":
        return Remedy("init_auto", started_anew(measured))
    return Remedy(
        "init_auto",
        Text(
            'Start with weights that suit the activation: init="auto".',
            '使用与激活函数相配的初始权重：init="auto"。',
        ),
        {"init": "auto"},
    )


def smaller_step(measured: Measurements, factor: float | None = None) -> Remedy:
    """Advise a learning rate divided by `factor`: by 10, or to the solver's usual one, if less."""
    if factor is None:
        factor = max(10.0, (measured.settings.learning_rate or 0.0) / usual_step(measured))
    return _step(measured, "smaller_step", 1 / factor, Text("Lower", "调低"))


def larger_step(measured: Measurements, factor: float | None = None) -> Remedy:
    """Advise a learning rate times `factor`: 10, or to the solver's usual one, if that is more."""
    if factor is None:
        rate = measured.settings.learning_rate
        factor = max(10.0, usual_step(measured) / rate) if rate else 10.0
    return _step(measured, "larger_step", factor, Text("Raise", "调高"))


def _step(measured: Measurements, key: str, factor: float, verb: Text) -> Remedy:
    rate = measured.settings.learning_rate
    name = "lr" if measured.framework == "torch" else "learning_rate_init"
    if rate is None or not rate > 0:
        return Remedy(
            key,
            Text(
                f"{verb.en} the learning rate by a factor of {max(factor, 1 / factor):g}.",
                f"把学习率{'乘以' if factor > 1 else '除以'} {max(factor, 1 / factor):g}。",
            ),
        )
    new = float(f"{rate * factor:.3g}")
    return Remedy(
        key,
        Text(
            f"{verb.en} the learning rate from {rate:g} to {new:g} ({name}={new:g}).",
            f"把学习率从 {rate:g} {verb.zh}到 {new:g}（{name}={new:g}）。",
        ),
        {} if measured.framework == "torch" else {"learning_rate_init": new},
    )


def scale_inputs(measured: Measurements) -> Remedy:
    """Advise standardised inputs."""
    if measured.framework == "torch":
        return Remedy("scale_inputs", standardised(measured))
    text = Text(
        "Standardise the inputs: make_pipeline(StandardScaler(), model).",
        "把输入标准化：make_pipeline(StandardScaler(), model)。",
    )
    return Remedy("scale_inputs", text, {"scale_inputs": True})


def fewer_layers(measured: Measurements) -> Remedy | None:
    """Advise half the hidden layers; None of convolutions, whose number follows from the task."""
    if any(layer.n_values > measured.n_rows for layer in _hidden(measured)):
        return None
    widths = [layer.n_units for layer in _hidden(measured)]
    kept = widths[: max(1, len(widths) // 2)]
    text = Text(
        f"Take {len(kept)} hidden layer{'s' if len(kept) > 1 else ''} in place of {len(widths)}.",
        f"把隐藏层从 {len(widths)} 层减为 {len(kept)} 层。",
    )
    return Remedy("fewer_layers", text, _sizes(measured, kept))


def fewer_units(measured: Measurements, widths: Sequence[int]) -> Remedy:
    """Advise narrower hidden layers."""
    told = tuple(widths)
    text = Text(
        f"Fewer units do the same work: widths {told}.", f"更少的单元就够用：宽度取 {told}。"
    )
    return Remedy("fewer_units", text, _sizes(measured, widths))


def normalise(measured: Measurements) -> Remedy:
    """Advise normalisation between the layers, which only torch modules can have."""
    text = Text(
        "Put a normalisation (nn.BatchNorm1d, nn.LayerNorm) before each activation, or connect "
        "layers by residual additions.",
        "在每个激活函数之前加入归一化层（nn.BatchNorm1d、nn.LayerNorm），或者加上残差连接。",
    )
    return Remedy("normalise", text)


def clip_gradients(measured: Measurements) -> Remedy:
    """Advise to clip gradients, which only a torch loop can."""
    text = Text(
        "Clip the gradient before each step: torch.nn.utils.clip_grad_norm_(model.parameters(), "
        "1.0).",
        "在每一步之前裁剪梯度：torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)。",
    )
    return Remedy("clip_gradients", text)


def clean_data(measured: Measurements) -> Remedy:
    """Advise to remove or fill in what is missing."""
    text = Text(
        "Remove the rows with missing or infinite values, or fill them in "
        "(sklearn.impute.SimpleImputer) before training.",
        "在训练之前删除含有缺失值或无穷大的行，或者把它们补上（sklearn.impute.SimpleImputer）。",
    )
    return Remedy("clean_data", text)


def full_precision(measured: Measurements) -> Remedy:
    """Advise numbers with a wider range than half precision has."""
    text = Text(
        "If half precision is used: take bfloat16 or float32, or scale the loss "
        "(torch.amp.GradScaler).",
        "如果使用了半精度：改用 bfloat16 或 float32，或者缩放损失（torch.amp.GradScaler）。",
    )
    return Remedy("full_precision", text)


def named(remedies: Sequence[Remedy | None]) -> list[Remedy]:
    """Return the remedies in order, each key once, without None."""
    found: dict[str, Remedy] = {}
    for one in remedies:
        if one is not None:
            found.setdefault(one.key, one)
    return list(found.values())


def _hidden(measured: Measurements) -> list[Layer]:
    return [layer for layer in measured.layers if layer.role == "hidden"]


def _sizes(measured: Measurements, widths: Sequence[int]) -> dict[str, object]:
    """Return the parameters for hidden layers of these widths, each with the activation it had."""
    if measured.framework == "torch":
        return {}
    functions = [layer.function for layer in _hidden(measured)[: len(widths)]]
    same = len(set(functions)) == 1
    return {"hidden_layer_sizes": tuple(widths), "activation": functions[0] if same else functions}
