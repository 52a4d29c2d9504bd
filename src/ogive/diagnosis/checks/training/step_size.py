"""OGV106: steps that are too large or too small."""

from __future__ import annotations

import math
from typing import Any

from ogive.diagnosis.checks.changes.of_networks import (
    clip_gradients,
    larger_step,
    named,
    normalise,
    scale_inputs,
    smaller_step,
)
from ogive.diagnosis.checks.forming import filled, form, not_applicable, passed
from ogive.diagnosis.checks.training.loss_course import (
    LossCourse,
    answers_like_a_constant,
    loss_course,
    starting_loss,
)
from ogive.diagnosis.checks.training.step_size_texts import (
    LARGE,
    LARGE_MEANING,
    NOTHING_KNOWN,
    NOTHING_SEEN,
    OWN_STEP,
    PASSED,
    RATE,
    RATIO,
    SMALL,
    SMALL_MEANING,
)
from ogive.diagnosis.checks.training.steps import (
    inputs_are_large,
    step_is_large,
    step_is_small,
    usual_step,
)
from ogive.diagnosis.checks.training.training_loop import loop_finding
from ogive.diagnosis.checks.training.update_ratios import update_ratio
from ogive.diagnosis.checks.wording import counted, percent, short
from ogive.diagnosis.finding import DiagnosisFinding, Remedy
from ogive.diagnosis.measurements import Measurements
from ogive.diagnosis.thresholds import Thresholds
from ogive.findings import Severity
from ogive.text import Text

__all__ = ["check"]


def check(measured: Measurements, limits: Thresholds) -> list[DiagnosisFinding]:
    """Judge the steps by the loss over the epochs, the size of updates, and the curvature."""
    of_loop = loop_finding(measured)
    if of_loop is None:
        return _of_steps(measured, limits)
    if of_loop.kind != "partly_in_optimizer":
        return [of_loop]
    faults = [one for one in _of_steps(measured, limits) if one.severity in ("issue", "tip")]
    return [of_loop, *faults]


def _of_steps(measured: Measurements, limits: Thresholds) -> list[DiagnosisFinding]:
    if (measured.settings.solver or "").lower() == "lbfgs":
        return [not_applicable("OGV106", OWN_STEP)]
    course = _trained_course(measured)
    ratio = update_ratio(measured)
    curvature = measured.settings.step_curvature
    rated = (
        step_is_large(measured, times=100)
        or _failed_in_training(measured)
        or (step_is_large(measured) and answers_like_a_constant(measured))
    )
    if course is None and math.isnan(ratio) and math.isnan(curvature) and not rated:
        return [not_applicable("OGV106", NOTHING_KNOWN)]
    numbers: dict[str, Any] = {
        "update_ratio": ratio,
        "step_curvature": curvature,
        "learning_rate": measured.settings.learning_rate,
        "times": (measured.settings.learning_rate or math.nan) / usual_step(measured),
        **({} if course is None else course.numbers()),
    }
    large = _too_large(measured, limits, course, ratio)
    if large is not None:
        return [_large(*large, numbers, measured)]
    small = _too_small(measured, limits, course, ratio)
    if small is not None:
        return [_small(*small, numbers, measured)]
    return [passed("OGV106", _suits(numbers), numbers)]


def _trained_course(measured: Measurements) -> LossCourse | None:
    """Return the course of the loss, unless it is that of one pass which was no training."""
    course = loss_course(measured)
    if course is not None and course.failed and course.n_epochs == 1:
        known_trained = measured.course is not None or measured.framework != "torch"
        return course if known_trained and measured.trained is not False else None
    return course


def _too_large(
    measured: Measurements, limits: Thresholds, course: LossCourse | None, ratio: float
) -> tuple[str, Severity] | None:
    """Return what shows that steps are too large, and how grave it is."""
    if course is not None:
        if course.failed:
            return "failed", "issue"
        if course.end > 1.2 * max(course.start, course.scale):
            return "diverged", "issue"
        if course.jump > limits.loss_jump:
            return "jumps", "issue"
        if course.rise > limits.loss_above_least * course.scale:
            return "rose", "issue"
        if course.peak > 2 * max(course.start, course.scale) and course.end > 0.9 * course.scale:
            return "thrown", "issue"
        if course.least > 0.9 * course.scale and step_is_large(measured):
            return "stuck", "issue"
    elif step_is_large(measured) and answers_like_a_constant(measured):
        return "useless", "issue"
    curved = measured.settings.step_curvature > limits.step_curvature
    wide = ratio > limits.update_ratio_large
    if curved and (wide or step_is_large(measured)):
        return "curvature", "issue"
    if wide:
        return "ratio", "issue" if ratio > 10 * limits.update_ratio_large else "tip"
    if _failed_in_training(measured) and step_is_large(measured):
        return "failed_early", "issue"
    if step_is_large(measured, times=100):
        return "rate", "tip"
    # Plain gradient descent settles near the limit by itself (Cohen and others, 2021).
    if measured.settings.step_curvature > 2 * limits.step_curvature:
        return "curvature", "tip"
    return None


def _failed_in_training(measured: Measurements) -> bool:
    met = measured.nonfinite
    return met is not None and met.where not in ("input", "target")


def _too_small(
    measured: Measurements, limits: Thresholds, course: LossCourse | None, ratio: float
) -> tuple[str, Severity] | None:
    """Return what shows that steps are too small, and how grave it is."""
    small = step_is_small(measured)
    if small is False or (not small and ratio > 10 * limits.update_ratio_small):
        return None
    if course is not None:
        slow = course.falling and course.end > limits.loss_untouched * course.scale
        if slow and (small or ratio < 10 * limits.update_ratio_small):
            rate = measured.settings.learning_rate
            tiny = rate is not None and rate < 0.02 * usual_step(measured)
            grave = tiny if math.isnan(ratio) else ratio < 10 * limits.update_ratio_small
            return "falling", "issue" if grave else "tip"
        return None
    if not ratio < limits.update_ratio_small:
        return None
    if measured.trained is False:
        return "ratio", "issue"
    reference = starting_loss(measured)
    if measured.loss > limits.loss_untouched * reference:
        return "ratio", "issue"
    return None


def _large(
    sign: str, severity: Severity, numbers: dict[str, Any], measured: Measurements
) -> DiagnosisFinding:
    torch = measured.framework == "torch"
    scale = scale_inputs(measured) if inputs_are_large(measured) else None
    step = smaller_step(measured)
    first = [step, scale] if step_is_large(measured) else [scale, step]
    more = [clip_gradients(measured), normalise(measured)] if torch else []
    return _form("too_large", sign, severity, LARGE[sign], LARGE_MEANING, numbers,
                 named([*first, *more]))  # fmt: skip


def _small(
    sign: str, severity: Severity, numbers: dict[str, Any], measured: Measurements
) -> DiagnosisFinding:
    return _form("too_small", sign, severity, SMALL[sign], SMALL_MEANING, numbers,
                 [larger_step(measured)])  # fmt: skip


def _form(
    kind: str,
    sign: str,
    severity: Severity,
    title: Text,
    meaning: Text,
    numbers: dict[str, Any],
    remedies: list[Remedy],
) -> DiagnosisFinding:
    return form(
        "OGV106",
        severity,
        (title, meaning),
        remedies,
        kind=kind,
        numbers={**numbers, "sign": sign},
        **_shown(numbers),
        of_rate=_rate(numbers),
        of_ratio=_ratio(numbers, kind),
    )


def _rate(numbers: dict[str, Any]) -> Text:
    known = numbers["learning_rate"] is not None
    return filled(RATE, rate=f"{numbers['learning_rate']:g}") if known else Text("", "")


def _ratio(numbers: dict[str, Any], kind: str = "") -> Text:
    """Return the size of an update where it is unusual, and bears out what was found."""
    ratio = numbers["update_ratio"]
    small, large = ratio <= 1e-4, 1e-2 <= ratio < math.inf
    told = {"too_large": large, "too_small": small}.get(kind, small or large)
    return filled(RATIO, ratio=short(ratio)) if told else Text("", "")


def _shown(numbers: dict[str, Any]) -> dict[str, str]:
    shown = {key: short(value) for key, value in numbers.items() if isinstance(value, int | float)}
    for key in ("jump_share", "rise_share", "end_share"):
        if key in numbers:
            shown[key] = percent(numbers[key])
    if "n_epochs" in numbers:
        shown["epochs"] = counted(numbers["n_epochs"], "epoch")
    return shown


def _suits(numbers: dict[str, Any]) -> Text:
    if "end" in numbers:
        return filled(PASSED["losses"], of_ratio=_ratio(numbers), **_shown(numbers))
    for name in ("update_ratio", "step_curvature"):
        if math.isfinite(numbers[name]):
            return filled(PASSED[name], **_shown(numbers))
    return NOTHING_SEEN
