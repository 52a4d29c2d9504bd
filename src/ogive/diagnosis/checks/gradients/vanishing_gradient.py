"""OGV102: the gradient vanishes on its way back to the first layers."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ogive.diagnosis.checks.changes.of_networks import (
    another_activation,
    fewer_layers,
    init_auto,
    named,
    normalise,
    scale_inputs,
    smaller_step,
)
from ogive.diagnosis.checks.forming import filled, form, not_applicable, passed
from ogive.diagnosis.checks.functions import (
    flat_sides,
    greatest_slope,
    slope_rms,
    usual_slope,
)
from ogive.diagnosis.checks.gradients.gradient_flow import Flow, flow_of, hides_it, shown
from ogive.diagnosis.checks.training.steps import inputs_are_large, step_is_large
from ogive.diagnosis.checks.wording import counted, short
from ogive.diagnosis.finding import DiagnosisFinding, Remedy
from ogive.diagnosis.measurements import Measurements
from ogive.diagnosis.thresholds import Thresholds
from ogive.findings import Severity
from ogive.text import Text

__all__ = ["check"]

_PASSED = Text(
    "Enough gradient arrives: {first} receives {ratio} times the norm at {last}.",
    "传回的梯度足够：{first} 处的范数是 {last} 处的 {ratio} 倍。",
)
_GROWS = Text(
    "The gradient does not shrink on its way back to {first}, it explodes: see OGV103.",
    "梯度传回 {first} 的途中没有变小，而是爆炸：见 OGV103。",
)
_TITLE = Text(
    "The gradient vanishes: {first} receives {ratio} times the norm at {last}.",
    "梯度消失：{first} 处的范数只有 {last} 处的 {ratio} 倍。",
)
_BLOCKED = Text(
    "No gradient at all reaches {first}: it is 0 there.",
    "完全没有梯度到达 {first}：那里的梯度为 0。",
)
_MEANING = Text(
    "The first layers hardly learn.{course} {why}{adam}",
    "靠近输入的各层几乎学不到东西。{course}{why}{adam}",
)
_COURSE = Text(
    " A layer passes {gain} of the norm on average{predicted}.",
    "平均每层只传回范数的 {gain} 倍{predicted}。",
)
_PREDICTED = Text(
    "; mean field predicts {predicted}, which falls below {limit} within {layers}",
    "；平均场理论预测为 {predicted}，不出 {depth} 层就降到 {limit} 以下",
)
_ADAM = Text(
    " Adam's steps hide this in part: they are as large, but follow noise.",
    "Adam 会部分掩盖这一点：步长照样大，但方向多为噪声。",
)
_WHY = {
    "small_slopes": Text(
        "The slope of {activation} is at most {top}, and weights of the usual size do not make "
        "up for it.",
        "{activation} 的斜率最大只有 {top}，通常大小的权重不足以弥补。",
    ),
    "saturation": Text(
        "Most values of z lie where {activation} is flat: there its slope is {slope} (root "
        "mean square) where {usual} is usual.",
        "大多数 z 落在 {activation} 的平坦区：那里斜率的均方根为 {slope}，通常为 {usual}。",
    ),
    "small_weights": Text(
        "The weights are too small for {activation}: they shrink the gradient at every layer.",
        "对 {activation} 来说权重太小：每一层都使梯度缩小。",
    ),
    "dead": Text(
        "Units without a slope block it: see OGV101.", "没有斜率的单元挡住了梯度：见 OGV101。"
    ),
}


def check(measured: Measurements, limits: Thresholds) -> list[DiagnosisFinding]:
    """Compare the gradient of z in the hidden layers with that in the last layer."""
    flow = flow_of(measured, limits)
    if isinstance(flow, Text):
        return [not_applicable("OGV102", flow)]
    place = int(np.argmin(flow.ratios))
    numbers = flow.numbers(place, limits.vanishing_ratio)
    if not numbers["ratio"] < max(limits.vanishing_ratio, limits.vanishing_ratio_tip):
        told = flow.numbers(0, limits.vanishing_ratio)
        grows = told["ratio"] > min(limits.exploding_ratio, limits.exploding_ratio_tip)
        title = filled(_GROWS if grows else _PASSED, **shown(told))
        return [passed("OGV102", title, told)]
    severity: Severity = "issue" if numbers["ratio"] < limits.vanishing_ratio else "tip"
    kind = _kind(flow, limits)
    numbers |= _about(flow)
    blocked = numbers["ratio"] == 0
    return [
        form(
            "OGV102",
            severity,
            (_BLOCKED if blocked else _TITLE, _MEANING),
            _remedies(kind, flow, measured),
            kind=kind,
            layer=numbers["first"],
            numbers=numbers,
            **{key: value for key, value in shown(numbers).items() if key in ("first", "last")},
            ratio=short(numbers["ratio"]),
            course=Text("", "") if blocked else _told(numbers, limits),
            why=filled(_WHY[kind], **shown(numbers)),
            adam=_ADAM if hides_it(measured) and not blocked else Text("", ""),
        )
    ]


def _told(numbers: dict[str, Any], limits: Thresholds) -> Text:
    known = numbers["predicted"] < 1 and math.isfinite(numbers["depth"])
    predicted = (
        filled(
            _PREDICTED,
            limit=short(limits.vanishing_ratio),
            layers=counted(numbers["depth"], "layer"),
            **shown(numbers),
        )
        if known
        else Text("", "")
    )
    return filled(_COURSE, **{**shown(numbers), "predicted": predicted})


def _about(flow: Flow) -> dict[str, Any]:
    """Return the activation that shrinks the gradient most, and its slopes."""
    gains = [gain if gain >= 0 else math.inf for gain in flow.gains]
    layer = flow.layers[int(np.argmin(gains))]
    function = layer.function
    known = function is not None and function.kind == "elementwise"
    return {
        "activation": layer.activation,
        "slope": slope_rms(layer),
        "usual": usual_slope(function) if known and function is not None else math.nan,
        "top": greatest_slope(function) if known and function is not None else math.nan,
    }


def _kind(flow: Flow, limits: Thresholds) -> str:
    for layer in flow.layers[:-1]:
        if layer.units is not None and np.mean(layer.units.slope_max <= limits.dead_slope) >= 0.5:
            return "dead"
    parts = flow.parts()
    told = {
        "small_slopes": parts["slopes"],
        "saturation": parts["saturation"],
        "small_weights": parts["weights"],
    }
    least = min(told, key=lambda kind: told[kind])
    return least if told[least] < 0 else "small_weights"


def _remedies(kind: str, flow: Flow, measured: Measurements) -> list[Remedy]:
    fresh = None if measured.settings.init == "auto" else init_auto(measured)
    function = flow.layers[0].function
    one_sided = function is not None and len(set(flat_sides(function))) == 2
    other = another_activation(measured, *(("gelu", "tanh") if one_sided else ("relu", "gelu")))
    short = fewer_layers(measured)
    layered = normalise(measured) if measured.framework == "torch" else None
    scale = scale_inputs(measured) if inputs_are_large(measured) else None
    step = smaller_step(measured) if step_is_large(measured) else None
    tanh = None if one_sided else another_activation(measured, "tanh")
    order: dict[str, list[Remedy | None]] = {
        "small_slopes": [other, tanh, short, layered],
        "saturation": [scale, step, fresh, other, short, layered],
        "small_weights": [fresh, other, short, layered],
        "dead": [scale, step, another_activation(measured, "leaky_relu"), fresh, short],
    }
    return named(order[kind])
