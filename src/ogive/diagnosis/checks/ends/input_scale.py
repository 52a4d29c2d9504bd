"""OGV107: inputs unscaled or shifted."""

from __future__ import annotations

from typing import Any

import numpy as np

from ogive.diagnosis.checks.changes.of_networks import scale_inputs
from ogive.diagnosis.checks.ends.feature_scales import FeatureScales, feature_scales
from ogive.diagnosis.checks.ends.input_scale_texts import (
    ALIKE,
    ALIKE_BY_RANGE,
    LARGE,
    LARGE_TOGETHER,
    SHIFTED,
    SMALL,
    SMALL_TOGETHER,
    SPREAD,
    TOGETHER,
)
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
    spread = scales.spread
    typical = float(np.median(scales.scale))
    shift = float(scales.shift.max())
    numbers: dict[str, Any] = {"spread": spread, "typical_scale": typical, "shift": shift}
    together = scales.one_unit
    if spread > limits.input_spread:
        kind, texts = "spread", SPREAD
    elif typical > limits.input_scale_high:
        kind, texts = "large", LARGE_TOGETHER if together else LARGE
    elif typical < limits.input_scale_low:
        kind, texts = "small", SMALL_TOGETHER if together else SMALL
    elif shift > limits.input_shift:
        kind, texts = "shifted", SHIFTED
    else:
        return passed(CODE, _alike(scales), numbers)
    by_scale, by_shift = np.argsort(-scales.scale), np.argsort(-scales.shift)
    worst = by_shift if kind == "shifted" else by_scale[::-1] if kind == "small" else by_scale
    numbers["features"] = [_name(inputs, scales, at).en for at in worst[:10]]
    numbers["standard_deviations"] = [float(scales.std[at]) for at in worst[:10]]
    return form(
        CODE,
        "issue",
        texts,
        [scale_inputs(measured)],
        kind=kind,
        numbers=numbers,
        shown_spread=short(spread),
        shown_scale=short(typical),
        shown_std=short(float(scales.std[0])),
        low=short(scales.least),
        high=short(scales.greatest),
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


def _alike(scales: FeatureScales) -> Text:
    """Return what is said of features that need no scaling."""
    if scales.one_unit:
        low, high = short(scales.least), short(scales.greatest)
        return filled(TOGETHER, low=low, high=high, std=short(float(scales.std[0])))
    spread = short(scales.spread)
    if scales.by_range.any():
        return filled(ALIKE_BY_RANGE, spread=spread)
    return filled(ALIKE, spread=spread, scale=short(float(np.median(scales.scale))))


def _told(inputs: Inputs, scales: FeatureScales, order: Any) -> Text:
    parts = []
    for at in order[:_NAMED]:
        name, size = _name(inputs, scales, at), short(float(scales.std[at]))
        counted = short(float(scales.scale[at]))
        if scales.by_range[at]:
            parts.append(
                Text(
                    f"{size} in {name.en} (by its range {counted})",
                    f"{name.zh} 为 {size}（按取值范围计为 {counted}）",
                )
            )
        else:
            parts.append(Text(f"{size} in {name.en}", f"{name.zh} 为 {size}"))
    return listed(parts)


def _shift(inputs: Inputs, scales: FeatureScales, at: int) -> Text:
    name, size = _name(inputs, scales, at), short(float(scales.shift[at]))
    return Text(f"{name.en} is {size}", f"{name.zh} {size}")
