"""What every showing of a diagnosis tells: names, facts, states of units, the table of layers."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ogive.diagnosis.checks.units.dead_units import sort_units
from ogive.diagnosis.measurements import NAN, Layer, Measurements
from ogive.findings import Severity
from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.diagnosis.diagnosis import Diagnosis

__all__ = [
    "AT_FAULT",
    "COLUMNS",
    "EXPENDABLE",
    "MARKS",
    "PASSED_NAMES",
    "UNKNOWN",
    "VERDICTS",
    "Column",
    "counts_of",
    "facts",
    "headline",
    "number",
    "predicted_norms",
    "shown_layer",
    "shown_layers",
    "unit_counts",
]

VERDICTS: dict[Severity, Text] = {
    "issue": Text("issue", "问题"),
    "tip": Text("tip", "提示"),
    "passed": Text("passed", "通过"),
    "not applicable": Text("not applicable", "不适用"),
}
PASSED_NAMES = {
    "OGV101": Text("no dead units", "没有死亡单元"),
    "OGV102": Text("gradient does not vanish", "梯度没有消失"),
    "OGV103": Text("gradient does not explode", "梯度没有爆炸"),
    "OGV104": Text("no saturation", "没有饱和"),
    "OGV105": Text("all values finite", "数值全部有限"),
    "OGV106": Text("step size", "步长合适"),
    "OGV107": Text("scale of the inputs", "输入的尺度合适"),
    "OGV108": Text("initialisation", "初始化与激活函数相配"),
    "OGV109": Text("network is not linear", "网络不是线性的"),
    "OGV110": Text("last layer and loss", "最后一层与损失函数相配"),
    "OGV111": Text("fit of the training", "拟合得当"),
    "OGV112": Text("no class is ignored", "没有忽视任何类别"),
}
"""What a passed check found right, where its title has no room."""
MARKS: dict[Severity, str] = {"issue": "✕", "tip": "!", "passed": "✓", "not applicable": "–"}
AT_FAULT: tuple[Severity, ...] = ("issue", "tip")
COUNTS = {
    "issue": (Text("1 issue", "1 个问题"), Text("{n} issues", "{n} 个问题")),
    "tip": (Text("1 tip", "1 个提示"), Text("{n} tips", "{n} 个提示")),
    "passed": (Text("1 passed", "1 项通过"), Text("{n} passed", "{n} 项通过")),
    "not applicable": (
        Text("1 not applicable", "1 项不适用"),
        Text("{n} not applicable", "{n} 项不适用"),
    ),
}
HEALTHY = Text("Nothing wrong was found.", "没有发现问题。")
HIDDEN = "hidden "
LAYER = Text("hidden {number}", "隐藏层 {number}")
OUTPUT = Text("output", "输出层")
TASKS = {
    "binary": Text("two classes", "二分类"),
    "multiclass": Text("classes", "多分类"),
    "multilabel": Text("many labels", "多标签"),
    "regression": Text("regression", "回归"),
    "unknown": Text("not known", "未知"),
}
KEPT = Text(
    "those of epoch {kept} of {last}, which early stopping kept",
    "第 {kept} 轮的权重（共 {last} 轮），由早停保留",
)
UNKNOWN = "–"


def shown_layer(name: str, language: Language) -> str:
    """Return a layer's name in the language; names of PyTorch's modules stay as they are."""
    if name == "output":
        return OUTPUT.to(language)
    number = name.removeprefix(HIDDEN)
    if number != name and number.isdigit():
        return LAYER.to(language, number=number)
    return name


def shown_layers(layers: tuple[Layer, ...], language: Language) -> list[str]:
    """Return the names of layers, all different; bare numbers with what they are."""
    names = [
        f"{layer.name} {shown_layer(layer.activation, language)}"
        if layer.name.isdigit()
        else shown_layer(layer.name, language)
        for layer in layers
    ]
    return [
        name if names.count(name) == 1 else f"{name} ({names[: i + 1].count(name)})"
        for i, name in enumerate(names)
    ]


def unit_counts(diagnosis: Diagnosis) -> dict[str, dict[str, int]]:
    """Return how many units of each layer with an activation are in each state."""
    measured = diagnosis.measurements
    hidden = [one for one in measured.layers if one.role == "hidden" and one.units is not None]
    counts = {}
    for index, layer in enumerate(hidden):
        with np.errstate(all="ignore"):  # values of a training that failed overflow here
            kinds = sort_units(layer, index, measured, diagnosis.thresholds).kinds
        of_layer = {kind: int(mask.sum()) for kind, mask in kinds.items()}
        of_layer["active"] = layer.n_units - sum(of_layer.values())
        counts[layer.name] = of_layer
    return counts


def predicted_norms(layers: tuple[Layer, ...]) -> list[float]:
    """Return the norm of dLoss/dz in each layer that the gains predict, from the last one back.

    Where a gain is not known the chain begins anew with what was measured before it.
    """
    norms: list[float] = []
    norm = NAN
    for layer in reversed(layers):
        gain = layer.gain_predicted
        norm = norm * gain if math.isfinite(norm * gain) else layer.error_norm
        norms.append(norm)
    return norms[::-1]


def headline(diagnosis: Diagnosis, language: Language) -> str:
    """Return in a line what was found, and of which code."""
    names = ("、" if language == "zh" else ", ").join(diagnosis.codes)
    found = counts_of(diagnosis, language, AT_FAULT)
    if not names:
        return HEALTHY.to(language)
    return f"{found}（{names}）" if language == "zh" else f"{found} ({names})"


def counts_of(
    diagnosis: Diagnosis, language: Language, severities: tuple[Severity, ...] = tuple(VERDICTS)
) -> str:
    """Return how many findings there are of each severity."""
    parts = []
    for severity in severities:
        n = sum(one.severity == severity for one in diagnosis.findings)
        if n:
            parts.append(COUNTS[severity][n > 1].to(language, n=n))
    return ("，" if language == "zh" else ", ").join(parts)


def number(value: float, form: str = ".3g") -> str:
    """Return a number as text; what is not known as a dash."""
    return UNKNOWN if math.isnan(value) else format(value, form)


def facts(measured: Measurements, language: Language) -> list[tuple[str, str]]:
    """Return what was diagnosed, as names and values."""
    kinds: dict[str, int] = {}
    for layer in measured.hidden:
        kinds[layer.activation] = kinds.get(layer.activation, 0) + 1
    activations = ", ".join(f"{n} × {kind}" if n > 1 else kind for kind, n in kinds.items())
    widths = [str(layer.n_units) for layer in measured.hidden]
    if len(widths) > 12:
        widths = [*widths[:6], "…", *widths[-3:]]
    given: list[tuple[Text, str]] = [
        (Text("model", "模型"), measured.model),
        (Text("layers with an activation", "带激活函数的层"), f"{len(measured.hidden)}"),
        (Text("their units", "各层单元数"), ", ".join(widths)),
        (Text("activations", "激活函数"), activations),
        (Text("task", "任务"), TASKS[measured.task].to(language)),
        (Text("rows measured", "测量的行数"), f"{measured.n_rows:,}"),
    ]
    settings = measured.settings
    if settings.kept_epoch is not None:
        kept = KEPT.to(language, kept=settings.kept_epoch, last=settings.n_iter)
        given.append((Text("weights", "权重"), kept))
    if math.isfinite(measured.loss):
        given.append((Text("mean loss on them", "其上的平均损失"), number(measured.loss, ".4g")))
    if math.isfinite(measured.score):
        names = Text("R²", "决定系数 R²")
        if measured.task != "regression":
            names = Text("accuracy", "准确率")
        given.append((names, number(measured.score, ".4f")))
    return [(name.to(language), value) for name, value in given if value]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table of layers: its title, what it means, and its value of a layer."""

    name: str
    title: Text
    meaning: Text
    value: Callable[[Layer, dict[str, int]], Any]
    form: str = ".3g"

    def write(self, layer: Layer, counts: dict[str, int]) -> str:
        """Return the value as text."""
        value = self.value(layer, counts)
        if value is None:
            return UNKNOWN
        if isinstance(value, str | int):
            return str(value)
        return number(value, self.form)


def _count(state: str) -> Callable[[Layer, dict[str, int]], int | None]:
    return lambda layer, counts: counts.get(state) if counts else None


def _of_units(name: str) -> Callable[[Layer, dict[str, int]], float]:
    def value(layer: Layer, counts: dict[str, int]) -> float:
        return NAN if layer.units is None else float(np.mean(getattr(layer.units, name)))

    return value


COLUMNS: tuple[Column, ...] = (
    Column(
        "activation",
        Text("activation", "激活函数"),
        Text("The layer's activation function.", "该层的激活函数。"),
        lambda layer, counts: UNKNOWN if layer.role == "output" else layer.activation,
    ),
    Column(
        "units",
        Text("units", "单元"),
        Text("Units; channels of a convolution.", "单元数；卷积层为通道数。"),
        lambda layer, counts: layer.n_units,
    ),
    Column(
        "dead",
        Text("dead", "死亡"),
        Text("Units without a gradient, for good.", "永远没有梯度的单元。"),
        _count("dead"),
    ),
    Column(
        "silent",
        Text("silent", "沉默"),
        Text("Units without a gradient on the rows given.", "在所给各行上没有梯度的单元。"),
        _count("silent"),
    ),
    Column(
        "saturated",
        Text("flat values", "平坦比例"),
        Text(
            "Share of the values of z where the slope is at most 5 % of the greatest. Of sigmoid, "
            "tanh and others that are flat on both sides that is saturation (OGV104); of ReLU and "
            "its kin it is the share of z below 0, and half of them is usual.",
            "斜率不超过最大值 5 % 的 z 所占的比例。对 sigmoid、tanh 等两侧平坦的函数，"
            "这就是饱和（OGV104）；对 ReLU 一类函数，它是小于 0 的 z 所占的比例，约一半属正常。",
        ),
        lambda layer, counts: layer.saturated_share,
        ".1%",
    ),
    Column(
        "mean",
        Text("mean a", "a 的均值"),
        Text("Mean of the outputs.", "输出的均值。"),
        _of_units("a_mean"),
    ),
    Column(
        "rank",
        Text("rank", "有效秩"),
        Text(
            "Effective rank of the outputs: how many directions they vary in.",
            "输出的有效秩：输出实际变化的方向数。",
        ),
        lambda layer, counts: layer.effective_rank,
    ),
    Column(
        "error",
        Text("|dL/dz|", "|dL/dz|"),
        Text(
            "Root mean square over the rows of the norm of dLoss/dz.",
            "各行 dLoss/dz 范数的均方根。",
        ),
        lambda layer, counts: layer.error_norm,
        ".2e",
    ),
    Column(
        "gain",
        Text("gain", "增益"),
        Text(
            "Factor from |dL/dz| of the next layer to this one's, as measured.",
            "从下一层的 |dL/dz| 到本层的倍数，实测值。",
        ),
        lambda layer, counts: layer.gain_measured,
    ),
    Column(
        "predicted",
        Text("predicted", "预测增益"),
        Text(
            "The same factor as the mean field predicts it: sqrt(fan_in · w² · E[f'(z)²]).",
            "平均场预测的同一倍数：sqrt(fan_in · w² · E[f'(z)²])。",
        ),
        lambda layer, counts: layer.gain_predicted,
    ),
    Column(
        "update",
        Text("update / weights", "更新/权重"),
        Text(
            "Norm of one update over the norm of the weights.",
            "一次更新的范数与权重范数之比。",
        ),
        lambda layer, counts: layer.update_ratio,
        ".1e",
    ),
)
"""The columns after the layer's name."""
EXPENDABLE = ("mean", "rank", "predicted", "update", "units", "gain")
"""Those of them to leave out where there is no room, first those that tell least."""
