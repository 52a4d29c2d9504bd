"""What a remedy is predicted to change in a PyTorch module, in numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ogive.activations import Activation, activation, activations
from ogive.diagnosis.checks.ends.feature_scales import feature_scales
from ogive.diagnosis.checks.forming import called, filled
from ogive.diagnosis.checks.wording import percent, short
from ogive.diagnosis.finding import DiagnosisFinding, Remedy
from ogive.diagnosis.mean_field.gain import mean_square_slope, mean_square_value, predicted_gain
from ogive.diagnosis.measurements import Layer, Measurements, Weights
from ogive.text import Text

__all__ = ["FreshFlow", "fresh_flow", "with_effects"]

_GAIN = Text(
    "Predicted: the gradient that reaches {layer} goes from {before} to {after} of that at the "
    "output (mean gain of a layer {gain_before} → {gain_after}).",
    "预计：到达 {layer} 的梯度与输出处梯度之比从 {before} 变为 {after}"
    "（每层平均增益 {gain_before} → {gain_after}）。",
)
_SILENT = Text(
    "Predicted: through {units} of {layer} that {passes} no gradient now{both}, {share} of it "
    "passes.",
    "预计：{layer} 中目前没有梯度通过的 {n} 个单元{both}，将能通过 {share} 的梯度。",
)
_BOTH = Text(" (dead or silent)", "（死亡或沉默）")
_STEP = Text(
    "Predicted: learning rate times curvature goes from {before} to {after}; steps overshoot from "
    "2 on.",
    "预计：学习率乘以曲率从 {before} 变为 {after}；达到 2 时更新会越过最低点。",
)
_SCALE = Text(
    "Predicted: the scales of the features differ by a factor of {spread} now, and by none then; "
    "z of {layer} goes from {before} to about {after} (root mean square).",
    "预计：目前各特征的尺度相差 {spread} 倍，之后不再相差；"
    "{layer} 的 z 的均方根从 {before} 变为约 {after}。",
)
_SIZE = Text(
    "Predicted: z of {layer} goes from {before} to about {after} (root mean square).",
    "预计：{layer} 的 z 的均方根从 {before} 变为约 {after}。",
)
_RATE = re.compile(r"\(lr=([0-9.e+-]+)\)")
NOTABLE = 2.0
"""Factor below which scales do not count as different."""

_FLOW_CODES = {"OGV102", "OGV103", "OGV104", "OGV108"}


def with_effects(
    findings: Sequence[DiagnosisFinding], measured: Measurements
) -> list[DiagnosisFinding]:
    """Return the findings, whose remedies say what they are predicted to change.

    A remedy keeps an effect that it has, and stays without one where nothing can be predicted.

    Parameters
    ----------
    findings : sequence of DiagnosisFinding
    measured : Measurements
        Of a PyTorch module.
    """
    return [
        replace(one, remedies=tuple(_told(remedy, one, measured) for remedy in one.remedies))
        for one in findings
    ]


def _told(remedy: Remedy, finding: DiagnosisFinding, measured: Measurements) -> Remedy:
    if remedy.effect is not None:
        return remedy
    effect = None
    if remedy.key in ("smaller_step", "larger_step"):
        effect = _of_step(remedy, measured)
    elif remedy.key == "scale_inputs":
        effect = _of_scaling(measured)
    elif remedy.key == "init_auto" or remedy.key in activations():
        name = None if remedy.key == "init_auto" else remedy.key
        constant = finding.code == "OGV101" and finding.kind == "constant"
        if finding.code == "OGV101" and name is not None and not constant:
            effect = _of_silent_units(name, finding, measured)
        elif finding.code in _FLOW_CODES or constant:
            effect = _of_flow(name, measured)
    return remedy if effect is None else replace(remedy, effect=effect)


def _of_step(remedy: Remedy, measured: Measurements) -> Text | None:
    """Predict for a loss that is quadratic along the step: the product is linear in the rate."""
    now, rate = measured.settings.step_curvature, measured.settings.learning_rate
    told = _RATE.search(remedy.text.en)
    if told is None or not rate or not math.isfinite(now) or now <= 0:
        return None
    return filled(_STEP, before=short(now), after=short(now * float(told.group(1)) / rate))


def _of_scaling(measured: Measurements) -> Text | None:
    inputs, first = measured.inputs, next(iter(measured.hidden), None)
    if inputs is None or first is None or first.weights is None or first.units is None:
        return None
    # The same scales that OGV107 tells.
    scales = feature_scales(inputs)
    if not scales.scale.size or first.weights.fan_in != len(inputs.mean):
        return None
    n_varying = int(np.count_nonzero(inputs.std > 0))
    weights = first.weights
    then = math.sqrt(n_varying * weights.rms**2 + weights.intercept_rms**2)
    now = math.sqrt(float(np.mean(np.square(first.units.z_mean) + first.units.z_var)))
    spread = scales.spread
    if not math.isfinite(now) or (spread < NOTABLE and now < NOTABLE * then < NOTABLE**2 * now):
        return None
    return filled(
        _SCALE if spread >= NOTABLE else _SIZE,
        spread=short(spread),
        layer=called(first.name),
        before=short(now),
        after=short(then),
    )


def _of_silent_units(name: str, finding: DiagnosisFinding, measured: Measurements) -> Text | None:
    """Predict the slope at which silent units stand, if nothing but the function changes."""
    layer = next((one for one in measured.hidden if one.name == finding.layer), None)
    if layer is None or layer.units is None:
        return None
    silent = np.flatnonzero(layer.units.slope_max == 0)
    if not silent.size:
        return None
    with np.errstate(all="ignore"):
        squares = mean_square_slope(
            activation(name), layer.units.z_mean[silent], layer.units.z_var[silent]
        )
    share = float(np.sqrt(np.mean(squares)))
    if not math.isfinite(share):
        return None
    n = int(silent.size)
    # Dead and silent units are findings of their own; the activation is put before both.
    both = _BOTH if finding.numbers.get("n", n) != n else Text("", "")
    return filled(
        _SILENT,
        n=n,
        units="the one unit" if n == 1 else f"the {n} units",
        passes="passes" if n == 1 else "pass",
        both=both,
        layer=called(layer.name),
        share=percent(share),
    )


@dataclass(frozen=True, slots=True)
class FreshFlow:
    """How signals and gradients are predicted to pass freshly drawn weights.

    Attributes
    ----------
    z_rms : tuple of float
        Of each hidden layer.
    gains : tuple of float
        Of each hidden layer: the gradient's norm there over that at the next layer.
    """

    z_rms: tuple[float, ...]
    gains: tuple[float, ...]

    @property
    def whole(self) -> float:
        """The gradient's norm at the first hidden layer over that at the output."""
        return math.prod(self.gains)


def fresh_flow(measured: Measurements, name: str | None = None) -> FreshFlow | None:
    """Return the flow if all weights were drawn anew as suits the activations.

    Kaiming's variance, ``2 / fan_in``, before ReLU and its kin, Xavier's,
    ``2 / (fan_in + fan_out)``, before others and in the output; intercepts stay. z of a layer is
    taken to be normal with mean 0 (Poole and others, 2016; Schoenholz and others, 2017).

    Parameters
    ----------
    measured : Measurements
    name : str, optional
        Put this activation in place of all; they stay otherwise.

    Returns
    -------
    FreshFlow or None
        None where the layers are no chain of known activations, each with weights of its own.
    """
    hidden = measured.hidden
    output = next((layer for layer in measured.layers if layer.role == "output"), None)
    if not hidden or output is None or measured.inputs is None:
        return None
    functions = [layer.function if name is None else activation(name) for layer in hidden]
    chain = [*(layer.weights for layer in hidden), output.weights]
    known = [f for f in functions if f is not None and f.kind == "elementwise"]
    weights = [one for one in chain if one is not None]
    if len(known) < len(hidden) or len(weights) < len(chain):
        return None
    if _has_norms(measured):
        return None
    variances = [
        _variance(one, function) for one, function in zip(weights, [*known, None], strict=True)
    ]
    square = float(np.mean(np.square(measured.inputs.mean) + np.square(measured.inputs.std)))
    z_rms, gains = [], []
    for number, function in enumerate(known):
        own, following = weights[number], weights[number + 1]
        z_var = own.fan_in * variances[number] * square + own.intercept_rms**2
        z_rms.append(math.sqrt(z_var))
        rms = math.sqrt(variances[number + 1])
        gains.append(float(predicted_gain(function, 0.0, z_var, rms, following.fan_in)))
        square = float(mean_square_value(function, 0.0, z_var))
    return FreshFlow(tuple(z_rms), tuple(gains))


def _has_norms(measured: Measurements) -> bool:
    return any("Norm" in layer.activation for layer in measured.layers if layer.role == "other")


def _variance(weights: Weights, function: Activation | None) -> float:
    if function is not None and function.init.startswith("he"):
        return 2.0 / weights.fan_in
    return 2.0 / (weights.fan_in + weights.fan_out)


def _of_flow(name: str | None, measured: Measurements) -> Text | None:
    flow = fresh_flow(measured, name)
    if flow is None or not math.isfinite(flow.whole):
        return None
    first = measured.hidden[0]
    output = next(layer for layer in measured.layers if layer.role == "output")
    now = _ratio(first, output)
    if now is None:
        return None
    n = len(flow.gains)
    mean: Callable[[float], str] = lambda whole: short(whole ** (1 / n))  # noqa: E731
    return filled(
        _GAIN,
        layer=called(first.name),
        before=short(now),
        after=short(flow.whole),
        gain_before=mean(now),
        gain_after=mean(flow.whole),
    )


def _ratio(first: Layer, output: Layer) -> float | None:
    if not (output.error_norm > 0 and first.error_norm >= 0):
        return None
    ratio = first.error_norm / output.error_norm
    return ratio if math.isfinite(ratio) else None
