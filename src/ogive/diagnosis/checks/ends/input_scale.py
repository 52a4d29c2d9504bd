"""OGV107: inputs unscaled or shifted."""

from __future__ import annotations

from typing import Any

import numpy as np

from ogive.diagnosis.checks.changes.of_networks import scale_inputs
from ogive.diagnosis.checks.ends.feature_scales import FeatureScales, feature_scales
from ogive.diagnosis.checks.forming import filled, form, not_applicable, passed
from ogive.diagnosis.checks.wording import feature_name, listed, short
from ogive.diagnosis.finding import DiagnosisFinding
from ogive.diagnosis.measurements import Inputs, Measurements
from ogive.diagnosis.thresholds import Thresholds
from ogive.text import Text

__all__ = ["check"]

CODE = "OGV107"
_FEWEST_ROWS = 10
_NAMED = 3

SPREAD = (
    Text(
        "The features differ in scale by a factor of {shown_spread}: standard deviation of {large} "
        "against {small}.",
        "各特征的尺度相差 {shown_spread} 倍：标准差最大的是：{large}；最小的是：{small}。",
    ),
    Text(
        "All weights of a layer start at the same size, so the large features decide alone, and no "
        "step size suits large and small ones at once.",
        "同一层的权重初始大小相同，因此结果只由尺度大的特征决定，"
        "而且没有一个步长能同时适合大特征和小特征。",
    ),
)
LARGE = (
    Text(
        "The inputs are large: a typical feature has the standard deviation {shown_scale} "
        "({large}).",
        "输入数值过大：特征的标准差通常为 {shown_scale}（{large}）。",
    ),
    Text(
        "Initial weights and step sizes are made for inputs of about 1. Larger ones saturate the "
        "units or make the first steps far too large.",
        "初始权重和步长都是按大小约为 1 的输入设定的；输入过大会使单元饱和，"
        "或使最初的几步迈得太大。",
    ),
)
SMALL = (
    Text(
        "The inputs are small: a typical feature has the standard deviation {shown_scale} "
        "({small}).",
        "输入数值过小：特征的标准差通常只有 {shown_scale}（{small}）。",
    ),
    Text(
        "Initial weights and step sizes are made for inputs of about 1. With smaller ones the "
        "units "
        "hardly differ between rows, and training has to grow the weights first.",
        "初始权重和步长都是按大小约为 1 的输入设定的；输入过小时，各行在单元上几乎没有差别，"
        "训练必须先把权重变大。",
    ),
)
SHIFTED = (
    Text(
        "Features lie far from 0: the mean of {shifted} standard deviations.",
        "有特征远离 0：均值与标准差之比：{shifted}。",
    ),
    Text(
        "What such a feature tells is a small ripple on a large constant; the constant makes the "
        "loss a narrow valley, in which gradient descent is slow.",
        "这样的特征所含的信息只是一个大常数上的小波动；这个常数使损失函数成为狭窄的山谷，"
        "梯度下降会很慢。",
    ),
)


def check(measured: Measurements, limits: Thresholds) -> list[DiagnosisFinding]:
    """Return whether features are of very different size, large, small, or far from 0."""
    inputs = measured.inputs
    first = measured.layers[0].activation if measured.layers else ""
    if inputs is None or "Embedding" in first:
        reason = Text("The inputs are not numbers to be scaled.", "输入不是需要缩放的数值。")
        return [not_applicable(CODE, reason)]
    if measured.n_rows < _FEWEST_ROWS:
        reason = Text(
            f"Too few rows ({measured.n_rows}) to tell the scale of a feature; give at least "
            f"{_FEWEST_ROWS}.",
            f"只有 {measured.n_rows} 行，看不出特征的尺度；请至少给出 {_FEWEST_ROWS} 行。",
        )
        return [not_applicable(CODE, reason)]
    scaler = inputs.scaled_by or (first if "Norm" in first else None)
    if scaler:
        title = Text(f"The inputs are scaled by {scaler}.", f"输入已由 {scaler} 缩放。")
        return [passed(CODE, title, {"scaled_by": scaler})]
    scales = feature_scales(inputs)
    if not scales.scale.size:
        reason = Text("No feature varies.", "没有一个特征有变化。")
        return [not_applicable(CODE, reason)]
    return [_judge(measured, inputs, scales, limits)]


def _judge(
    measured: Measurements, inputs: Inputs, scales: FeatureScales, limits: Thresholds
) -> DiagnosisFinding:
    spread = float(scales.scale.max() / scales.scale.min())
    typical = float(np.median(scales.scale))
    shift = float(scales.shift.max())
    numbers: dict[str, Any] = {"spread": spread, "typical_scale": typical, "shift": shift}
    if spread > limits.input_spread:
        kind, texts = "spread", SPREAD
    elif typical > limits.input_scale_high:
        kind, texts = "large", LARGE
    elif typical < limits.input_scale_low:
        kind, texts = "small", SMALL
    elif shift > limits.input_shift:
        kind, texts = "shifted", SHIFTED
    else:
        title = Text(
            "The features are of one scale: a factor of {spread} between the largest and the "
            "smallest, "
            "typically {scale}.",
            "各特征的尺度相近：最大与最小之比为 {spread}，通常为 {scale}。",
        )
        return passed(CODE, filled(title, spread=short(spread), scale=short(typical)), numbers)
    by_scale, by_shift = np.argsort(-scales.scale), np.argsort(-scales.shift)
    worst = by_shift if kind == "shifted" else by_scale[::-1] if kind == "small" else by_scale
    numbers["features"] = [_name(inputs, scales, at).en for at in worst[:10]]
    numbers["standard_deviations"] = [_std(inputs, scales, at) for at in worst[:10]]
    return form(
        CODE,
        "issue",
        texts,
        [scale_inputs(measured)],
        kind=kind,
        numbers=numbers,
        shown_spread=short(spread),
        shown_scale=short(typical),
        large=_told(inputs, scales, by_scale),
        small=_told(inputs, scales, by_scale[::-1]),
        shifted=listed(
            [
                _shift(inputs, scales, at)
                for at in by_shift[:_NAMED]
                if scales.shift[at] > limits.input_shift
            ]
        ),
    )


def _name(inputs: Inputs, scales: FeatureScales, at: int) -> Text:
    if scales.one_unit:
        return Text("all features together", "全部特征合计")
    return feature_name(inputs.names, int(scales.at[at]))


def _std(inputs: Inputs, scales: FeatureScales, at: int) -> float:
    return float(scales.scale[0] if scales.one_unit else inputs.std[scales.at[at]])


def _told(inputs: Inputs, scales: FeatureScales, order: Any) -> Text:
    parts = []
    for at in order[:_NAMED]:
        name, size = _name(inputs, scales, at), short(_std(inputs, scales, at))
        parts.append(Text(f"{name.en} {size}", f"{name.zh} {size}"))
    return listed(parts)


def _shift(inputs: Inputs, scales: FeatureScales, at: int) -> Text:
    name, size = _name(inputs, scales, at), short(float(scales.shift[at]))
    return Text(f"{name.en} is {size}", f"{name.zh} {size}")
