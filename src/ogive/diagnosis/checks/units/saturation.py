"""OGV104: layers whose values lie where the activation is flat on both sides."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ogive.diagnosis.checks.changes.of_networks import (
    another_activation,
    init_auto,
    named,
    normalise,
    scale_inputs,
    smaller_step,
)
from ogive.diagnosis.checks.forming import called, filled, form, not_applicable, passed
from ogive.diagnosis.checks.functions import active_edges, flat_sides, usual_saturation
from ogive.diagnosis.checks.training.steps import inputs_are_large, step_is_large, step_is_small
from ogive.diagnosis.checks.wording import percent, short
from ogive.diagnosis.finding import DiagnosisFinding, Remedy
from ogive.diagnosis.measurements import Layer, Measurements
from ogive.diagnosis.streaming.units import ACTIVE
from ogive.diagnosis.thresholds import Thresholds
from ogive.findings import Severity
from ogive.text import Text

__all__ = ["check"]

_NONE = Text(
    "No hidden layer has an activation that saturates on both sides.",
    "没有隐藏层使用两侧都会饱和的激活函数。",
)
_UNKNOWN = Text("The slopes of the hidden activations are not known.", "隐藏层激活函数的斜率未知。")
_PASSED = Text(
    "At most {share} of a layer's values are saturated ({layer}, {activation}).",
    "各层中最多有 {share} 的值饱和（{layer}，{activation}）。",
)
_TITLE = Text(
    "{share} of the values of {layer} ({activation}) are saturated{side}.",
    "{layer}（{activation}）有 {share} 的值处于饱和区{side}。",
)
_MEANING = Text(
    "There the slope is at most 5 % of the greatest, so that little gradient passes; {usual} is "
    "usual for standardised z. Here z has a standard deviation of {deviation}. {why}",
    "那里的斜率不超过最大斜率的 5 %，梯度很难通过；标准化的 z 通常只有 {usual} 饱和。"
    "这里 z 的标准差为 {deviation}。{why}",
)
_SIDES = {
    "low": Text(", most of them on the low side", "，大多在低的一侧"),
    "high": Text(", most of them on the high side", "，大多在高的一侧"),
    "both": Text(", on both sides", "，两侧都有"),
    "unknown": Text("", ""),
}
_WHY = {
    "large_inputs": Text(
        "The inputs are large: they drive z far from 0 before anything is learnt.",
        "输入过大：还没有学到任何东西，z 就已远离 0。",
    ),
    "large_steps": Text(
        "Steps that are too large drove the weights there{grown}.",
        "过大的步长把权重推到了那里{grown}。",
    ),
    "large_weights": Text(
        "The weights are large: root mean square {rms} with {fan_in} inputs, {times} times what "
        "keeps the size of a signal.",
        "权重过大：{fan_in} 个输入，权重均方根为 {rms}，是保持信号大小所需的 {times} 倍。",
    ),
    "large_intercepts": Text(
        "The intercepts are large (root mean square {intercepts}): they push z to one side.",
        "截距过大（均方根 {intercepts}）：把 z 推向一侧。",
    ),
    "far_values": Text("z lies far from 0.", "z 远离 0。"),
}
_GROWN = Text(
    ": from {before} in epoch {first} to {after} in epoch {last}",
    "：饱和的比例从第 {first} 轮的 {before} 增加到第 {last} 轮的 {after}",
)


def check(measured: Measurements, limits: Thresholds) -> list[DiagnosisFinding]:
    """Compare each layer's share of saturated values with what is usual."""
    hidden = [one for one in measured.layers if one.role == "hidden" and one.units is not None]
    layers = [one for one in hidden if all(flat_sides(one.function))]
    if not layers:
        return [not_applicable("OGV104", _NONE)]
    layers = [one for one in layers if math.isfinite(one.saturated_share)]
    if not layers:
        return [not_applicable("OGV104", _UNKNOWN)]
    excess = [_excess(one) for one in layers]
    at = int(np.argmax(excess))
    worst = layers[at]
    share = worst.saturated_share
    if not excess[at] > min(limits.saturated_values, limits.saturated_values_tip):
        title = filled(
            _PASSED, share=percent(share), layer=called(worst.name), activation=worst.activation
        )
        return [passed("OGV104", title, {"share": share, "layer": worst.name})]
    severity: Severity = "issue" if excess[at] > limits.saturated_values else "tip"
    low, high = _sides(worst)
    grown = _grown(worst, hidden.index(worst), measured)
    kind = _kind(worst, worst is hidden[0], grown, low, high, measured)
    numbers = _numbers(worst, share, low, high, grown)
    numbers["by_layer"] = {one.name: one.saturated_share for one in layers}
    told = filled(_GROWN, **_shown(grown)) if grown else Text("", "")
    shown = _shown(numbers)
    return [
        form(
            "OGV104",
            severity,
            (_TITLE, _MEANING),
            _remedies(kind, measured),
            kind=kind,
            layer=worst.name,
            numbers=numbers,
            **{**shown, "share": percent(share), "usual": percent(numbers["usual"])},
            activation=worst.activation,
            side=_SIDES[_side(low, high)],
            why=filled(_WHY[kind], **{**shown, "grown": told}),
        )
    ]


def _excess(layer: Layer) -> float:
    """Return the share saturated beyond what z ~ N(0, 1) has of it."""
    assert layer.function is not None
    usual = usual_saturation(layer.function)
    return (layer.saturated_share - usual) / (1 - usual) if usual < 1 else 0.0


def _sides(layer: Layer) -> tuple[float, float]:
    """Return the shares of sampled z on the low and the high flat side; NaN where none is."""
    if layer.sample_z is None or not layer.sample_z.size:
        return math.nan, math.nan
    left, right = active_edges(layer.function, ACTIVE)
    return float(np.mean(layer.sample_z < left)), float(np.mean(layer.sample_z > right))


def _side(low: float, high: float) -> str:
    if not low + high > 0:
        return "unknown"
    return "low" if low > 3 * high else "high" if high > 3 * low else "both"


def _grown(layer: Layer, index: int, measured: Measurements) -> dict[str, float]:
    """Return the saturated shares of the first and last epoch recorded, where they grew."""
    course = measured.course
    if course is None or not course.epoch.size or index >= course.saturated_share.shape[1]:
        return {}
    if layer.name in course.layers[: course.saturated_share.shape[1]]:
        index = course.layers.index(layer.name)
    shares = course.saturated_share[:, index]
    if not shares[-1] > 2 * shares[0]:
        return {}
    return {
        "before": float(shares[0]),
        "after": float(shares[-1]),
        "first": int(course.epoch[0]),
        "last": int(course.epoch[-1]),
    }


def _kind(
    layer: Layer,
    is_first: bool,
    grown: dict[str, float],
    low: float,
    high: float,
    measured: Measurements,
) -> str:
    if is_first and inputs_are_large(measured):
        return "large_inputs"
    if grown or step_is_large(measured):
        return "large_steps"
    weights = layer.weights
    if weights is None:
        return "far_values"
    if weights.rms * math.sqrt(weights.fan_in) > 2:
        return "large_weights"
    if weights.intercept_rms > 2 and _side(low, high) != "unknown":
        return "large_intercepts"
    return "far_values"


def _numbers(
    layer: Layer, share: float, low: float, high: float, grown: dict[str, float]
) -> dict[str, Any]:
    assert layer.units is not None and layer.function is not None
    units, weights = layer.units, layer.weights
    mean = float(np.mean(units.z_mean))
    deviation = math.sqrt(float(np.mean(units.z_var + (units.z_mean - mean) ** 2)))
    numbers: dict[str, Any] = {
        "share": share,
        "usual": usual_saturation(layer.function),
        "low": low,
        "high": high,
        "mean": mean,
        "deviation": deviation,
        **grown,
    }
    if weights is not None:
        numbers |= {
            "rms": weights.rms,
            "fan_in": weights.fan_in,
            "times": weights.rms * math.sqrt(weights.fan_in),
            "intercepts": weights.intercept_rms,
        }
    return numbers


def _shown(numbers: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers as they stand in texts."""
    shares = ("before", "after")
    return {
        key: percent(value) if key in shares else short(value)
        for key, value in numbers.items()
        if isinstance(value, int | float)
    }


def _remedies(kind: str, measured: Measurements) -> list[Remedy]:
    fresh = None if measured.settings.init == "auto" else init_auto(measured)
    scale = scale_inputs(measured)
    step = None if step_is_small(measured) else smaller_step(measured)
    relu = another_activation(measured, "relu", "leaky_relu")
    layered = normalise(measured) if measured.framework == "torch" else None
    order: dict[str, list[Remedy | None]] = {
        "large_inputs": [scale, relu, layered],
        "large_steps": [step, relu, fresh, layered],
        "large_weights": [fresh, relu, layered, step],
        "large_intercepts": [fresh, relu, layered, step],
        "far_values": [relu, fresh, layered, step],
    }
    return named(order[kind])
