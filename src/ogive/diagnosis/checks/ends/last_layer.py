"""OGV110: the last activation is of no use, or does not fit the loss or the targets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ogive.diagnosis.checks.causes import causes_among, remedies_of
from ogive.diagnosis.checks.changes.of_networks import smaller_step, use_activation
from ogive.diagnosis.checks.changes.of_outputs import (
    as_classes,
    as_numbers,
    give_losses_input,
    one_more_output,
    other_axis,
    remove_last,
    replace_loss,
    suit_targets,
)
from ogive.diagnosis.checks.ends.last_layer_facts import (
    SQUARED,
    bounds_of,
    clipped_at,
    least_double_logistic,
    least_double_softmax,
    wanted_of,
)
from ogive.diagnosis.checks.ends.last_layer_texts import (
    CLASSES_AS_NUMBERS,
    CLIPPED,
    CONSTANT,
    DOUBLE_LOGISTIC,
    DOUBLE_SOFTMAX,
    MANY_CLASSES,
    NEEDLESS_LOG,
    NEGATIVE_COUNTS,
    OUT_OF_RANGE,
    PASSED,
    PASSED_ALONE,
    SINGLE_SOFTMAX,
    TARGETS_NOT_SHARES,
    UNFIT,
    WRONG_AXIS,
)
from ogive.diagnosis.checks.ends.targets import broadcast, unscaled
from ogive.diagnosis.checks.forming import filled, form, not_applicable, passed
from ogive.diagnosis.checks.wording import short
from ogive.diagnosis.finding import DiagnosisFinding
from ogive.diagnosis.measurements import Measurements, Outputs
from ogive.diagnosis.thresholds import Thresholds
from ogive.text import Text

__all__ = ["check"]

CODE = "OGV110"
_CAUSES = ("OGV105", "OGV107", "OGV108", "OGV101", "OGV104")
_FROM_LOGITS = ("CrossEntropyLoss", "BCEWithLogitsLoss")


def check(measured: Measurements, limits: Thresholds) -> list[DiagnosisFinding]:
    """Return what does not fit between the last layer, the loss and the targets."""
    outputs = measured.outputs
    if outputs is None or not outputs.std.size:
        reason = Text("The outputs are not known.", "输出未知。")
        return [not_applicable(CODE, reason)]
    parts: tuple[Callable[..., DiagnosisFinding | None], ...] = (
        broadcast,
        unscaled,
        _single,
        _wrong_axis,
        _activation_and_loss,
        _range_and_loss,
        _range_and_targets,
        _classes_as_numbers,
        _numbers_as_classes,
        _constant,
    )
    found = [one for part in parts if (one := part(measured, outputs, limits)) is not None]
    if found:
        # Outputs that hardly vary beside such targets follow from them.
        causes = [one for one in found if one.kind in ("broadcast", "unscaled")]
        return [one for one in found if not causes or one.kind != "constant"]
    if outputs.loss is None:
        reason = Text(
            "Without targets or a loss it is not known what the outputs are compared with.",
            "没有目标值或损失函数，无法得知输出与什么比较。",
        )
        return [not_applicable(CODE, reason)]
    told = PASSED if outputs.target_values else PASSED_ALONE
    title = filled(told, activation=outputs.activation, loss=outputs.loss)
    return [passed(CODE, title, {"activation": outputs.activation, "loss": outputs.loss})]


def _single(
    measured: Measurements, outputs: Outputs, limits: Thresholds
) -> DiagnosisFinding | None:
    """Judge a softmax over one output, which is 1 whatever the input."""
    softmax = outputs.loss == "CrossEntropyLoss" or outputs.activation in ("softmax", "log_softmax")
    if len(outputs.std) != 1 or not softmax or measured.framework != "torch":
        return None
    remedies = [one_more_output(measured)]
    return form(CODE, "issue", SINGLE_SOFTMAX, remedies, kind="single_softmax")


def _wrong_axis(
    measured: Measurements, outputs: Outputs, limits: Thresholds
) -> DiagnosisFinding | None:
    """Judge a softmax over the rows of a batch."""
    if not outputs.over_rows:
        return None
    name = "nn.LogSoftmax" if outputs.activation == "log_softmax" else "nn.Softmax"
    right, out = other_axis(outputs.activation), remove_last(name)
    return form(
        CODE,
        "issue",
        WRONG_AXIS,
        [out] if outputs.loss == "CrossEntropyLoss" else [right],
        kind="wrong_axis",
        numbers={"activation": outputs.activation, "loss": outputs.loss},
        name=name,
    )


def _activation_and_loss(
    measured: Measurements, outputs: Outputs, limits: Thresholds
) -> DiagnosisFinding | None:
    """Judge an activation that the loss applies by itself, or does not find."""
    if measured.framework != "torch" or outputs.loss is None or len(outputs.std) == 0:
        return None
    if outputs.over_rows:
        return None
    activation, loss, n = outputs.activation, outputs.loss, len(outputs.std)
    numbers: dict[str, Any] = {"activation": activation, "loss": loss}
    if activation == "softmax" and loss == "CrossEntropyLoss" and n > 1:
        least = least_double_softmax(n)
        numbers["least_loss"] = least
        texts, remedy = DOUBLE_SOFTMAX, remove_last("nn.Softmax")
        values = {"least": f"{least:.2f}", "n": str(n), "chance": f"{np.log(n):.2f}"}
        return form(
            CODE, "issue", texts, [remedy], kind="double_softmax", numbers=numbers, **values
        )
    if activation == "logistic" and loss == "BCEWithLogitsLoss":
        numbers["least_loss"] = list(least_double_logistic())
        low, high = (f"{one:.2f}" for one in least_double_logistic())
        return form(
            CODE,
            "issue",
            DOUBLE_LOGISTIC,
            [remove_last("nn.Sigmoid")],
            kind="double_logistic",
            numbers=numbers,
            positive=low,
            negative=high,
        )
    if activation == "log_softmax" and loss == "CrossEntropyLoss":
        remedies = [remove_last("nn.LogSoftmax")]
        return form(CODE, "tip", NEEDLESS_LOG, remedies, kind="needless", numbers=numbers)
    wanted = wanted_of(outputs)
    if wanted is None or outputs.loss_inferred:
        return None
    numbers["least"], numbers["greatest"] = (
        float(outputs.least.min()),
        float(outputs.greatest.max()),
    )
    return form(
        CODE,
        "issue",
        UNFIT,
        [give_losses_input(loss), replace_loss(loss)],
        kind="unfit",
        numbers=numbers,
        wanted=wanted,
        low=short(numbers["least"]),
        high=short(numbers["greatest"]),
    )


def _range_and_loss(
    measured: Measurements, outputs: Outputs, limits: Thresholds
) -> DiagnosisFinding | None:
    """Judge a function of limited range before a loss that takes logits."""
    if outputs.loss not in _FROM_LOGITS or outputs.activation in ("softmax", "logistic"):
        return None
    activation = outputs.activation
    low, high = bounds_of(activation) if activation != "unknown" else clipped_at(outputs)
    if activation == "log_softmax" or not (np.isfinite(low) or np.isfinite(high)):
        return None
    if len(outputs.std) == 1 and outputs.loss == "CrossEntropyLoss":
        return None
    return form(
        CODE,
        "issue",
        CLIPPED,
        [remove_last(activation)],
        kind="clipped",
        numbers={"activation": activation, "loss": outputs.loss, "low": low, "high": high},
        low=short(low),
        high=short(high),
    )


def _range_and_targets(
    measured: Measurements, outputs: Outputs, limits: Thresholds
) -> DiagnosisFinding | None:
    """Judge targets that the outputs cannot reach."""
    least, greatest, loss = outputs.target_least, outputs.target_greatest, outputs.loss
    if loss is None or not np.isfinite(least) or not np.isfinite(greatest):
        return None
    numbers: dict[str, Any] = {
        "activation": outputs.activation,
        "loss": loss,
        "target_least": least,
        "target_greatest": greatest,
    }
    shown = {"least": short(least), "greatest": short(greatest)}
    if loss in ("poisson", "PoissonNLLLoss") and least < 0:
        remedies = [replace_loss(loss)]
        return form(
            CODE, "issue", NEGATIVE_COUNTS, remedies, kind="negative", numbers=numbers, **shown
        )
    if loss in ("BCELoss", "BCEWithLogitsLoss") and (least < 0 or greatest > 1):
        remedies = [replace_loss(loss)]
        return form(
            CODE, "issue", TARGETS_NOT_SHARES, remedies, kind="targets", numbers=numbers, **shown
        )
    if loss not in SQUARED:
        return None
    low, high = bounds_of(outputs.activation)
    if not np.isfinite(low) and not np.isfinite(high):
        low, high = clipped_at(outputs)
    slack = 1e-6 * max(abs(least), abs(greatest))
    if least >= low - slack and greatest <= high + slack:
        return None
    numbers["low"], numbers["high"] = low, high
    return form(
        CODE,
        "issue",
        OUT_OF_RANGE,
        [remove_last(outputs.activation), suit_targets(low, high)],
        kind="out_of_range",
        numbers=numbers,
        low=short(low),
        high=short(high),
        **shown,
    )


def _classes_as_numbers(
    measured: Measurements, outputs: Outputs, limits: Thresholds
) -> DiagnosisFinding | None:
    """Judge a regression on what looks like classes."""
    values = outputs.target_values
    few = outputs.target_whole and 2 <= values <= limits.whole_targets
    if outputs.loss not in SQUARED or not few or measured.n_rows < 5 * values:
        return None
    return form(
        CODE,
        "tip",
        CLASSES_AS_NUMBERS,
        [as_classes(measured, values, len(outputs.std))],
        kind="classes_as_numbers",
        numbers={"loss": outputs.loss, "values": values},
    )


def _numbers_as_classes(
    measured: Measurements, outputs: Outputs, limits: Thresholds
) -> DiagnosisFinding | None:
    """Judge a classification on what looks like a regression's target."""
    classes = measured.classes
    if classes is None or measured.task != "multiclass" or len(classes.labels) < 20:
        return None
    numbered = all(isinstance(label, int | float | np.number) for label in classes.labels)
    rows = float(np.median(classes.counts[classes.counts > 0])) if np.any(classes.counts) else 0.0
    if not numbered or rows >= limits.class_rows or np.mean(classes.counts > 0) < 0.5:
        return None
    return form(
        CODE,
        "tip",
        MANY_CLASSES,
        [as_numbers(measured)],
        kind="numbers_as_classes",
        numbers={"classes": len(classes.labels), "median_rows": rows},
        rows=f"{rows:g}",
    )


def _constant(
    measured: Measurements, outputs: Outputs, limits: Thresholds
) -> DiagnosisFinding | None:
    """Judge outputs that are the same for all rows."""
    if measured.n_rows < 10 or measured.trained is False or not np.isfinite(outputs.std).all():
        return None
    size = outputs.target_greatest - outputs.target_least
    if not np.isfinite(size) or size <= 0 or outputs.loss not in SQUARED:
        size = 1.0
    if outputs.std.max() > limits.output_constant * size:
        return None
    value = [float(one) for one in outputs.mean[:10]]
    return form(
        CODE,
        "issue",
        CONSTANT,
        remedies_of(causes_among(_CAUSES, measured, limits))
        or [use_activation(measured, "leaky_relu"), smaller_step(measured)],
        kind="constant",
        layer=measured.layers[-1].name if measured.layers else None,
        numbers={"outputs": value, "std": float(outputs.std.max())},
        shown=", ".join(short(one) for one in value[:3]) + (", …" if len(value) > 3 else ""),
    )
