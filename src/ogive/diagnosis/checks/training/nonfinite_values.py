"""OGV105: values that are infinite or not a number, and where they were first met."""

from __future__ import annotations

from typing import Any

import numpy as np

from ogive.activations import Activation
from ogive.diagnosis.checks.changes.of_networks import (
    another_activation,
    clean_data,
    clip_gradients,
    full_precision,
    init_auto,
    named,
    scale_inputs,
    smaller_step,
)
from ogive.diagnosis.checks.forming import called, filled, form, passed
from ogive.diagnosis.checks.training.steps import inputs_are_large, step_is_large, usual_step
from ogive.diagnosis.checks.wording import short
from ogive.diagnosis.finding import DiagnosisFinding, Remedy
from ogive.diagnosis.measurements import Measurements, NonFiniteValue
from ogive.diagnosis.thresholds import Thresholds
from ogive.text import Text

__all__ = ["check"]

_PASSED = Text("All numbers met were finite: {things}.", "遇到的所有数都是有限的：{things}。")
_THINGS = (
    Text("inputs, weights, activations and outputs", "输入、权重、激活值和输出"),
    Text(", loss and gradients too", "，以及损失和梯度"),
)
_TITLE = Text(
    "Values that are infinite or not a number{count}, first in {where}{layer_told}{when}.",
    "出现无穷大或 NaN{count}，最先出现在{where}{layer_told}{when}。",
)
_WHERE = {
    "input": Text("the inputs", "输入"),
    "target": Text("the targets", "目标值"),
    "weights": Text("the weights", "权重"),
    "activation": Text("the activations", "激活值"),
    "output": Text("the outputs", "输出"),
    "loss": Text("the loss", "损失"),
    "gradient": Text("the gradients", "梯度"),
}
_OF_LAYER = Text("the weights or values", "权重或数值")
_COUNT = Text(" ({n})", "（{n} 个）")
_LAYER = Text(" of {name}", "（{name}）")
_EPOCH = Text(", in epoch {epoch}", "，第 {epoch} 轮")
_BATCH = Text(", batch {batch}", "，第 {batch} 批")
_FOLLOWS = Text(
    "One such number makes every later sum not a number: nothing more is learnt. {why}",
    "只要出现一个，之后的求和都会变成 NaN：网络再也学不到任何东西。{why}",
)
_WHY = {
    "data": Text(
        "It comes with the data: missing values, a division by 0 or a logarithm of 0 on the way.",
        "它来自数据：缺失值，或者处理过程中除以 0、对 0 取对数。",
    ),
    "step": Text(
        "The step is the likely cause: the learning rate is {rate}{grew}.",
        "很可能是步长所致：学习率为 {rate}{grew}。",
    ),
    "diverged": Text(
        "The loss grew before it failed, from {before} to {after}: steps were too large.",
        "失败之前损失一直在变大，从 {before} 到 {after}：步长太大。",
    ),
    "overflow": Text(
        "{activation} grows so fast that it overflows; the greatest finite z is {z}.",
        "{activation} 增长太快而溢出：有限的 z 最大为 {z}。",
    ),
    "inputs": Text(
        "The inputs are large and drive everything after them beyond what numbers can hold.",
        "输入过大，使后面的数值超出可表示的范围。",
    ),
    "training": Text(
        "In training the usual causes are steps that are too large, a logarithm or division of 0 "
        "in "
        "the loss, and half precision, which ends at 65,504.",
        "训练中常见的原因有：步长太大、损失中对 0 取对数或除以 0，以及半精度（最大只到 65,504）。",
    ),
}
_GREW = Text(", {times} times the usual {usual}", "，是通常值 {usual} 的 {times} 倍")


def check(measured: Measurements, limits: Thresholds) -> list[DiagnosisFinding]:
    """Report the first value that was not finite."""
    met = _first(measured)
    if met is None:
        targets = np.isfinite(measured.loss)
        both = _THINGS if targets else _THINGS[:1]
        things = Text("".join(one.en for one in both), "".join(one.zh for one in both))
        return [passed("OGV105", filled(_PASSED, things=things))]
    cause, numbers = _cause(met, measured)
    numbers |= {
        "where": met.where,
        "batch": met.batch,
        "epoch": met.epoch,
        "count": met.count,
        "cause": cause,
    }
    when = [
        filled(text, **numbers)
        for text, value in ((_EPOCH, met.epoch), (_BATCH, met.batch))
        if value is not None
    ]
    return [
        form(
            "OGV105",
            "issue",
            (_TITLE, _FOLLOWS),
            _remedies(cause, measured),
            kind=met.where,
            layer=met.layer,
            numbers={key: value for key, value in numbers.items() if not isinstance(value, Text)},
            **{
                # A loss with a layer's name: training stopped there, at a weight or a value of it.
                "where": _OF_LAYER if met.where == "loss" and met.layer else _WHERE[met.where],
                "count": filled(_COUNT, n=met.count) if met.count else Text("", ""),
                "layer_told": filled(_LAYER, name=called(met.layer)) if met.layer else Text("", ""),
                "when": Text("".join(one.en for one in when), "".join(one.zh for one in when)),
                "why": filled(_WHY[cause], **_shown(numbers)),
            },
        )
    ]


def _first(measured: Measurements) -> NonFiniteValue | None:
    if measured.nonfinite is not None:
        met = measured.nonfinite
        course = measured.course
        # What a monitor saw is where it began; the weights tell only where it ended.
        if course is None or course.nonfinite is None or met.where in ("input", "target"):
            return met
    if measured.course is not None and measured.course.nonfinite is not None:
        epoch, batch, layer = measured.course.nonfinite
        name = measured.course.layers[layer - 1]
        is_last = layer == len(measured.course.layers)
        return NonFiniteValue("output" if is_last else "activation", name, batch, epoch)
    if measured.inputs is not None and measured.inputs.n_missing:
        return NonFiniteValue("input", None, None, None, measured.inputs.n_missing)
    return None


def _cause(met: NonFiniteValue, measured: Measurements) -> tuple[str, dict[str, Any]]:
    """Return the word for the cause, and the numbers of its text."""
    if met.where in ("input", "target"):
        return "data", {}
    if measured.inputs is not None and measured.inputs.n_missing:
        return "data", {}
    steep = next(
        (
            one
            for one in measured.layers
            if _explodes(one.function) and met.layer in (None, one.name)
        ),
        None,
    )
    if steep is not None and steep.units is not None:
        z = np.abs([steep.units.z_min, steep.units.z_max])
        greatest = float(np.max(z[np.isfinite(z)], initial=0.0))
        return "overflow", {"activation": steep.activation, "z": greatest}
    rate = measured.settings.learning_rate
    if rate is not None and step_is_large(measured):
        usual = usual_step(measured)
        grew = filled(_GREW, times=short(rate / usual), usual=short(usual))
        return "step", {"rate": rate, "grew": grew}
    losses = np.empty(0) if measured.curves is None else measured.curves.training_loss
    losses = losses[np.isfinite(losses)]
    if len(losses) > 1 and losses[-1] > 2 * losses.min():
        return "diverged", {"before": float(losses.min()), "after": float(losses[-1])}
    if inputs_are_large(measured):
        return "inputs", {}
    return "training", {}


def _shown(numbers: dict[str, Any]) -> dict[str, Any]:
    return {
        key: short(value) if isinstance(value, int | float) else value
        for key, value in numbers.items()
    }


def _explodes(function: Activation | None) -> bool:
    """Return whether the function outgrows every power, as exp does."""
    if function is None or function.kind != "elementwise":
        return False
    with np.errstate(all="ignore"):
        far = np.abs(np.asarray(function(np.array([-200.0, 200.0]))))
    return bool((~np.isfinite(far) | (far > 1e30)).any())


def _remedies(cause: str, measured: Measurements) -> list[Remedy]:
    torch = measured.framework == "torch"
    clip = clip_gradients(measured) if torch else None
    precise = full_precision(measured) if torch else None
    step, scale = smaller_step(measured), scale_inputs(measured)
    large = scale if inputs_are_large(measured) else None
    order: dict[str, list[Remedy | None]] = {
        "data": [clean_data(measured)],
        "overflow": [
            another_activation(measured, "relu"),
            another_activation(measured, "tanh"),
            large,
        ],
        "step": [large, step, clip, precise],
        "diverged": [large, step, clip, precise],
        "inputs": [scale, step, clip, precise],
        "training": [step, clip, precise, init_auto(measured)],
    }
    return named(order[cause])
