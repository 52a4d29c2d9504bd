"""OGV103: the gradient explodes on its way back, or did so during training."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ogive.diagnosis.checks.changes.of_networks import (
    another_activation,
    clip_gradients,
    fewer_layers,
    init_auto,
    named,
    normalise,
    smaller_step,
)
from ogive.diagnosis.checks.forming import filled, form, not_applicable, passed
from ogive.diagnosis.checks.functions import slope_rms
from ogive.diagnosis.checks.gradients.gradient_flow import Flow, flow_of, shown
from ogive.diagnosis.finding import DiagnosisFinding, Remedy
from ogive.diagnosis.measurements import Measurements
from ogive.diagnosis.thresholds import Thresholds
from ogive.findings import Severity
from ogive.text import Text

__all__ = ["check"]

_PASSED = Text(
    "The gradient stays within bounds: {first} receives {ratio} times the norm at {last}.",
    "梯度的大小在正常范围内：{first} 处的范数是 {last} 处的 {ratio} 倍。",
)
_SHRINKS = Text(
    "The gradient does not grow on its way back to {first}, it vanishes: see OGV102.",
    "梯度传回 {first} 的途中没有变大，而是消失：见 OGV102。",
)
_TITLE = Text(
    "The gradient explodes: {first} receives {ratio} times the norm at {last}.",
    "梯度爆炸：{first} 处的范数是 {last} 处的 {ratio} 倍。",
)
_MEANING = Text(
    "One step that suits the last layers throws the first ones far off. A layer multiplies the "
    "norm by {gain} on average{predicted}. {why}",
    "适合后面各层的步长会把前面的层推得很远。平均每层把范数乘以 {gain}{predicted}。{why}",
)
_PREDICTED = Text("; mean field predicts {predicted}", "；平均场理论预测为 {predicted}")
_WHY = {
    "large_weights": Text(
        "The weights are too large: root mean square {rms} in {wide}, where about {wanted} "
        "keeps the size of a signal from {fan_in} inputs.",
        "权重太大：{wide} 的权重均方根为 {rms}，而 {fan_in} 个输入时约 {wanted} 才能保持"
        "信号的大小。",
    ),
    "steep_slopes": Text(
        "The slope of {activation} reaches {slope} (root mean square), and slopes multiply "
        "from "
        "layer to layer.",
        "{activation} 的斜率（均方根）达到 {slope}，各层的斜率会连乘。",
    ),
}
_BURST = (
    Text(
        "The gradient of {layer} burst in epoch {epoch}: {times} times its median.",
        "{layer} 的梯度在第 {epoch} 轮突然变大：是中位数的 {times} 倍。",
    ),
    Text(
        "Such a step throws the weights far off, and what was learnt is lost; the loss after it "
        "was "
        "{loss}.",
        "这样的一步会把权重推得很远，学到的东西随之丢失；之后的损失为 {loss}。",
    ),
)


def check(measured: Measurements, limits: Thresholds) -> list[DiagnosisFinding]:
    """Compare the gradient of z in the hidden layers with that in the last layer."""
    burst = _burst(measured, limits)
    flow = flow_of(measured, limits)
    if isinstance(flow, Text):
        return burst or [not_applicable("OGV103", flow)]
    ratios = np.nan_to_num(flow.ratios, posinf=np.inf)
    place = int(np.argmax(ratios))
    numbers = flow.numbers(place, limits.exploding_ratio)
    if not numbers["ratio"] > min(limits.exploding_ratio, limits.exploding_ratio_tip):
        told = flow.numbers(0, limits.exploding_ratio)
        shrinks = told["ratio"] < max(limits.vanishing_ratio, limits.vanishing_ratio_tip)
        title = filled(_SHRINKS if shrinks else _PASSED, **shown(told))
        return burst or [passed("OGV103", title, told)]
    severity: Severity = "issue" if numbers["ratio"] > limits.exploding_ratio else "tip"
    parts = flow.parts()
    kind = "steep_slopes" if parts["slopes"] > max(parts["weights"], 0.0) else "large_weights"
    numbers |= _about(flow)
    known = math.isfinite(numbers["predicted"])
    return [
        form(
            "OGV103",
            severity,
            (_TITLE, _MEANING),
            _remedies(kind, measured),
            kind=kind,
            layer=numbers["first"],
            numbers=numbers,
            **{
                **shown(numbers),
                "predicted": filled(_PREDICTED, **shown(numbers)) if known else Text("", ""),
            },
            why=filled(_WHY[kind], **shown(numbers)),
        ),
        *burst,
    ]


def _about(flow: Flow) -> dict[str, Any]:
    """Return the layer with the largest weights for its inputs, and the steepest activation."""
    weighted = [one for one in flow.layers if one.weights is not None]
    steep = max(flow.layers[:-1], key=lambda one: np.nan_to_num(slope_rms(one)))
    told: dict[str, Any] = {"activation": steep.activation, "slope": slope_rms(steep)}
    if not weighted:
        return {**told, "wide": "", "rms": math.nan, "wanted": math.nan, "fan_in": 0}
    sizes = [one.weights.rms * math.sqrt(one.weights.fan_in) for one in weighted if one.weights]
    wide = weighted[int(np.argmax(sizes))]
    assert wide.weights is not None
    fan_in = wide.weights.fan_in
    return {
        **told,
        "wide": wide.name,
        "rms": wide.weights.rms,
        "wanted": 1 / math.sqrt(fan_in),
        "fan_in": fan_in,
    }


def _burst(measured: Measurements, limits: Thresholds) -> list[DiagnosisFinding]:
    """Return that a layer's gradient grew suddenly in a monitored training."""
    course = measured.course
    if course is None or len(course.epoch) < 4:
        return []
    rms = np.where(np.isfinite(course.gradient_rms), course.gradient_rms, np.nan)[1:]
    rms = np.where(np.isnan(rms).any(axis=0), 0.0, rms)
    with np.errstate(all="ignore"):
        times = rms / np.median(rms, axis=0)
    times = np.where(np.isfinite(times), times, 0.0)
    at, layer = divmod(int(np.argmax(times)), times.shape[1])
    if not times[at, layer] > limits.exploding_ratio:
        return []
    numbers = {
        "epoch": int(course.epoch[at + 1]),
        "times": float(times[at, layer]),
        "loss": float(course.loss[min(at + 2, len(course.loss) - 1)]),
    }
    clip = clip_gradients(measured) if measured.framework == "torch" else None
    return [
        form(
            "OGV103",
            "tip",
            _BURST,
            named([smaller_step(measured), clip]),
            kind="burst",
            layer=course.layers[layer],
            numbers=numbers,
            **shown(numbers),
        )
    ]


def _remedies(kind: str, measured: Measurements) -> list[Remedy]:
    torch = measured.framework == "torch"
    fresh = None if measured.settings.init == "auto" else init_auto(measured)
    layered = normalise(measured) if torch else None
    clip = clip_gradients(measured) if torch else None
    short, step = fewer_layers(measured), smaller_step(measured)
    if kind == "steep_slopes":
        return named(
            [another_activation(measured, "tanh"), another_activation(measured, "relu"), clip]
        )
    return named([fresh, layered, step, clip, short])
