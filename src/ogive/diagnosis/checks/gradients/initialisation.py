"""OGV108: initial weights unsuited to the activation."""

from __future__ import annotations

from typing import Any

import numpy as np

from ogive.diagnosis.checks.changes.of_networks import init_auto, use_activation
from ogive.diagnosis.checks.forming import filled, form, not_applicable, passed
from ogive.diagnosis.checks.gradients.initial_course import InitialCourse, initial_course
from ogive.diagnosis.checks.gradients.initialisation_texts import (
    BEYOND,
    EQUAL,
    GROWING,
    LARGE,
    SATURATED,
    SHRINKING,
    SINGLE,
    SMALL,
    WITHIN,
)
from ogive.diagnosis.checks.wording import percent, short
from ogive.diagnosis.finding import DiagnosisFinding, Remedy
from ogive.diagnosis.measurements import Layer, Measurements
from ogive.diagnosis.thresholds import Thresholds
from ogive.text import Text

__all__ = ["check"]

CODE = "OGV108"
_LONG_CHAIN = 10


def check(measured: Measurements, limits: Thresholds) -> list[DiagnosisFinding]:
    """Return whether units start alike, or signals and gradients shrink or grow by layer."""
    hidden = [layer for layer in measured.hidden if layer.weights is not None]
    if not hidden:
        reason = Text("There is no hidden layer with weights.", "没有带权重的隐藏层。")
        return [not_applicable(CODE, reason)]
    alike = _alike(measured, hidden)
    if alike:
        return alike
    if measured.framework == "torch":
        return [_untrained_module(measured, hidden, limits)]
    return [_estimator(measured, hidden, limits)]


def _alike(measured: Measurements, hidden: list[Layer]) -> list[DiagnosisFinding]:
    """Return a finding on layers whose units have the same weights, if there are any.

    Before training, weights of the next layer that differ can still part such units.
    """
    found = [layer for layer in hidden if layer.n_units > 1 and _equal(layer)]
    if not found:
        return []
    layer = found[0]
    after = _layers_after(measured, layer)
    parted = measured.trained is not True and bool(after) and not _uniform(after[0])
    return [
        form(
            CODE,
            "tip" if parted else "issue",
            EQUAL,
            [init_auto(measured)],
            kind="equal",
            layer=layer.name,
            numbers={
                "layers": [one.name for one in found],
                "units": layer.n_units,
                "weights_rms": 0.0 if layer.weights is None else layer.weights.rms,
            },
        )
    ]


def _equal(layer: Layer) -> bool:
    return layer.weights is not None and (layer.weights.equal_units or layer.weights.rms == 0)


def _uniform(layer: Layer) -> bool:
    """Return whether all weights have one value."""
    weights = layer.weights
    if weights is None:
        return False
    return weights.greatest == 0 or abs(abs(weights.mean) - weights.greatest) < 1e-6 * (
        weights.greatest
    )


def _layers_after(measured: Measurements, layer: Layer) -> list[Layer]:
    at = measured.layers.index(layer)
    return [one for one in measured.layers[at + 1 :] if one.weights is not None]


def _estimator(measured: Measurements, hidden: list[Layer], limits: Thresholds) -> DiagnosisFinding:
    """Judge the scheme that one of our networks was started with."""
    scheme = measured.settings.init
    if scheme is None or not all(_predictable(layer) for layer in hidden):
        reason = Text(
            "Gradients through functions of whole rows are not predicted.",
            "对作用于整行的函数，无法预测梯度。",
        )
        return not_applicable(CODE, reason)
    course, suited = _course(measured, hidden, scheme), _course(measured, hidden, "auto")
    numbers = {
        "init": scheme,
        "gains": list(course.gains),
        "total_gain": course.total,
        "suited_gain": suited.total,
        "z_std": [float(np.sqrt(one)) for one in course.z_var],
    }
    if _within(course.total, limits) or not _mends(course, suited):
        return _passed(course.total, len(hidden), limits, numbers)
    return _gains(measured, hidden, course.total, suited, numbers, f'init="{scheme}"')


def _untrained_module(
    measured: Measurements, hidden: list[Layer], limits: Thresholds
) -> DiagnosisFinding:
    """Judge the weights of a module, as they are before training."""
    size = None if measured.trained else _size_of_weights(measured, hidden, limits)
    if size is not None:
        return size
    if measured.trained is not False:
        reason = Text(
            "The weights have been trained, or it is not known whether; diagnose the module before "
            "training to have its initial weights judged.",
            "权重已经训练过，或无法确定是否训练过；要评判初始权重，请在训练之前诊断。",
        )
        return not_applicable(CODE, reason)
    gains = [layer.gain_predicted for layer in hidden[:-1]]
    total = float(np.prod(gains))
    ends = hidden[0].error_norm, hidden[-1].error_norm
    found = float(ends[0] / ends[1]) if ends[1] else float("nan")
    if not np.isfinite(total):
        total = found
    if not np.isfinite(total):
        reason = Text(
            "How the layers hang together is not known, and without targets gradients are not "
            "either.",
            "各层的连接方式不明，而没有目标值也无法得知梯度。",
        )
        return not_applicable(CODE, reason)
    numbers: dict[str, Any] = {"gains": gains, "total_gain": total, "measured_gain": found}
    # Normalisation and residual connections change what the weights alone predict.
    borne_out = not np.isfinite(found) or not _within(found, limits)
    suited = None
    if all(_predictable(layer) for layer in hidden):
        suited = _course(measured, hidden, "auto")
        numbers["suited_gain"] = suited.total
    same_side = not np.isfinite(found) or (found < 1) == (total < 1)
    mends = suited is None or abs(np.log(suited.total)) < 0.5 * abs(np.log(total))
    if _within(total, limits) or not (borne_out and same_side and mends):
        return _passed(total, len(hidden), limits, numbers)
    start = Text("The initial weights", "初始权重")
    return _gains(measured, hidden, total, suited, numbers, start)


def _size_of_weights(
    measured: Measurements, hidden: list[Layer], limits: Thresholds
) -> DiagnosisFinding | None:
    """Return a finding where the weights of a layer are too large or small by themselves.

    A normalisation makes up for that. Where it is not known whether the weights were trained, it is
    a tip: hardly a training leads there.
    """
    if any("Norm" in layer.activation for layer in measured.layers):
        return None
    for layer in hidden:
        assert layer.weights is not None
        size = float(np.sqrt(layer.weights.fan_in) * layer.weights.rms)
        if not np.isfinite(size):  # OGV105 tells of that
            continue
        saturated = layer.saturated_share
        flat = layer.function is not None and bool(layer.function.facts.bounded)
        flat = flat and size > limits.initial_size_flat and saturated > limits.initial_saturated
        if not flat and limits.initial_size_low <= size <= limits.initial_size_high:
            continue
        kind, texts = ("small", SMALL) if size < 1 else ("large", SATURATED if flat else LARGE)
        return form(
            CODE,
            "issue" if measured.trained is False else "tip",
            texts,
            [init_auto(measured)],
            kind=kind,
            layer=layer.name,
            numbers={
                "weights_rms": layer.weights.rms,
                "fan_in": layer.weights.fan_in,
                "size": size,
                "saturated_share": saturated,
            },
            shown_size=short(size),
            rms=short(layer.weights.rms),
            saturated=percent(saturated),
        )
    return None


def _course(measured: Measurements, hidden: list[Layer], scheme: str) -> InitialCourse:
    square = 1.0
    if measured.inputs is not None:
        with np.errstate(all="ignore"):
            squares = measured.inputs.mean**2 + measured.inputs.std**2
        known = squares[np.isfinite(squares)]
        square = float(known.mean()) if known.size and known.mean() > 0 else 1.0
    functions = [layer.function for layer in hidden if layer.function is not None]
    fans = [(w.fan_in, w.fan_out) for layer in hidden if (w := layer.weights) is not None]
    return initial_course(functions, fans, scheme, square)


def _predictable(layer: Layer) -> bool:
    return layer.function is not None and layer.function.kind == "elementwise"


def _within(total: float, limits: Thresholds) -> bool:
    return limits.initial_gain_low <= total <= limits.initial_gain_high or not np.isfinite(total)


def _mends(course: InitialCourse, suited: InitialCourse) -> bool:
    """Return whether the scheme that suits the functions at least halves the change, in powers."""
    with np.errstate(divide="ignore"):
        return bool(abs(np.log(suited.total)) < 0.5 * abs(np.log(course.total)))


def _passed(
    total: float, depth: int, limits: Thresholds, numbers: dict[str, Any]
) -> DiagnosisFinding:
    if depth == 1:
        return passed(CODE, SINGLE, numbers)
    title = filled(WITHIN if _within(total, limits) else BEYOND, total=short(total), depth=depth)
    return passed(CODE, title, numbers)


def _gains(
    measured: Measurements,
    hidden: list[Layer],
    total: float,
    suited: InitialCourse | None,
    numbers: dict[str, Any],
    start: Text | str,
) -> DiagnosisFinding:
    steps = max(len(hidden) - 1, 1)
    remedy = init_auto(measured)
    if suited is not None:
        effect = filled(
            Text(
                "The predicted factor from the last hidden layer to the first goes from {before} "
                "to {after}.",
                "从最后一个隐藏层到第一个隐藏层的预测倍数由 {before} 变为 {after}。",
            ),
            before=short(total),
            after=short(suited.total),
        )
        remedy = Remedy(remedy.key, remedy.text, remedy.parameters, effect)
    remedies = [remedy]
    # A chain of as many ReLUs may be dead from the start with any weights (Lu and others, 2019).
    if len(hidden) >= _LONG_CHAIN and all(layer.activation == "relu" for layer in hidden):
        remedies.insert(0, use_activation(measured, "elu"))
    names = {layer.activation for layer in hidden}
    return form(
        CODE,
        "issue",
        SHRINKING if total < 1 else GROWING,
        remedies,
        kind="shrinking" if total < 1 else "growing",
        layer=hidden[0].name,
        numbers=numbers,
        start=start,
        each=short(total ** (1 / steps)),
        total=short(total),
        depth=len(hidden),
        names=" / ".join(sorted(names)),
    )
