"""The course of a training in words: what went wrong, in which layer, and from which epoch on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ogive.diagnosis.checks.forming import called, filled
from ogive.diagnosis.checks.wording import percent, short
from ogive.network.course import TrainingCourse
from ogive.text import Language, Text

__all__ = ["CourseEvent", "course_events", "course_text"]

Array = NDArray[np.float64]

SHARE_RISE = 0.2
GRADIENT_FACTOR = 30.0
GRADIENT_FAR = 1e3
WEIGHT_FACTOR = 10.0
UPDATE_ONCE, UPDATE_ALWAYS = 0.5, 0.1
LOSS_FACTOR = 2.0
LEAST_FALL = 0.01


@dataclass(frozen=True, slots=True)
class CourseEvent:
    """Something that went wrong in the course of a training.

    Attributes
    ----------
    epoch : int
        From which epoch on.
    kind : str
        "silent", "saturated", "vanishing", "exploding", "weights", "updates", "loss", "no progress"
        or "nonfinite".
    layer : str or None
    before, after : float
        The levels; `before` is not a number where it was so from the first epoch on.
    text : Text
        A sentence that begins with the epoch.
    """

    epoch: int
    kind: str
    layer: str | None
    before: float
    after: float
    text: Text


_TEXTS = {
    "silent": Text(
        "Epoch {epoch}: the units of {layer} without a gradient rose from {before} to {after}.",
        "第 {epoch} 轮：{layer} 中没有梯度通过的单元从 {before} 增加到 {after}。",
    ),
    "silent at once": Text(
        "Epoch {epoch}: {after} of the units of {layer} have no gradient, from the start on.",
        "第 {epoch} 轮：{layer} 从一开始就有 {after} 的单元没有梯度通过。",
    ),
    "saturated": Text(
        "Epoch {epoch}: the saturated values of {layer} rose from {before} to {after}.",
        "第 {epoch} 轮：{layer} 的饱和值所占比例从 {before} 上升到 {after}。",
    ),
    "vanishing": Text(
        "Epoch {epoch}: the gradient that reaches {layer} fell from {before} to {after} of that at "
        "the output.",
        "第 {epoch} 轮：到达 {layer} 的梯度与输出处梯度之比从 {before} 降到 {after}。",
    ),
    "vanishing at once": Text(
        "Epoch {epoch}: only {after} of the output's gradient reaches {layer}, from the start on.",
        "第 {epoch} 轮：从一开始，到达 {layer} 的梯度就只有输出处的 {after}。",
    ),
    "exploding": Text(
        "Epoch {epoch}: the gradient that reaches {layer} rose from {before} to {after} times that "
        "at the output.",
        "第 {epoch} 轮：到达 {layer} 的梯度与输出处梯度之比从 {before} 升到 {after}。",
    ),
    "exploding at once": Text(
        "Epoch {epoch}: the gradient grows to {after} times the output's on its way to {layer}, "
        "from the start on.",
        "第 {epoch} 轮：从一开始，梯度传到 {layer} 时就已放大到输出处的 {after} 倍。",
    ),
    "weights": Text(
        "Epoch {epoch}: the weights of {layer} grew from {before} to {after} (root mean square).",
        "第 {epoch} 轮：{layer} 的权重（均方根）从 {before} 增大到 {after}。",
    ),
    "updates": Text(
        "Epoch {epoch}: one step moved the weights of {layer} by {after} of their norm.",
        "第 {epoch} 轮：一步更新就使 {layer} 的权重改变了其范数的 {after}。",
    ),
    "loss": Text(
        "Epoch {epoch}: the loss rose from {before} to {after} and did not come back.",
        "第 {epoch} 轮：损失从 {before} 升到 {after}，此后没有恢复。",
    ),
    "no progress": Text(
        "Epoch {epoch}: from here on the loss made no progress; it began at {before} and ended at "
        "{after}.",
        "第 {epoch} 轮：从这一轮起损失没有进展；开始时为 {before}，结束时为 {after}。",
    ),
    "nonfinite": Text(
        "Epoch {epoch}, step {step}: values that are not finite appear, first in {layer}.",
        "第 {epoch} 轮第 {step} 步：出现非有限的数值，最先出现在 {layer}。",
    ),
}
_HEADING = Text(
    "{n} epochs measured, the last of them epoch {last}.",
    "共测量 {n} 轮，最后一轮是第 {last} 轮。",
)
_HEADING_OF_ONE = Text(
    "1 epoch measured, epoch {last}.",
    "共测量 1 轮，即第 {last} 轮。",
)
_LOSS = Text("The loss went from {first} to {end}.", "损失从 {first} 变为 {end}。")
_NOTHING = Text(
    "Nothing was measured: the model was not called in training mode with gradients enabled.",
    "没有测量到任何内容：模型没有在训练模式且启用梯度的情况下被调用。",
)
_WELL = Text(
    "Nothing went wrong in what was measured.",
    "在测量到的内容中没有发现异常。",
)


def course_events(course: TrainingCourse) -> list[CourseEvent]:
    """Return what went wrong, by epoch.

    A level counts as changed from the epoch on after which it never comes back below the middle
    between its median before and its median after. It is told where the share of silent units or
    saturated values rose by at least 20 percentage points; where the gradient at a layer, as a
    share of the output's, changed at least 30 times and left [1/1000, 1000]; where weights grew
    tenfold; where steps moved weights by at least 10 % of their norm in half of the epochs, or by
    50 % in one; where the loss at least doubled for good, or fell by less than 1 % in all.
    """
    if not course.epoch.size:
        return []
    found = [*_of_layers(course), *_of_updates(course), *_of_loss(course), *_of_nonfinite(course)]
    return sorted(found, key=lambda event: event.epoch)


def course_text(course: TrainingCourse, language: Language = "en") -> str:
    """Return the course in words: how long, what the loss did, and what went wrong when.

    Parameters
    ----------
    course : TrainingCourse
        Of a monitor, or ``course_`` of an estimator.
    language : {"en", "zh"}
    """
    if not course.epoch.size:
        return _NOTHING.to(language)
    opening = _HEADING_OF_ONE if course.epoch.size == 1 else _HEADING
    heading = [opening.to(language, n=course.epoch.size, last=int(course.epoch[-1]))]
    known = course.loss[np.isfinite(course.loss)]
    if known.size:
        heading.append(_LOSS.to(language, first=short(known[0]), end=short(known[-1])))
    told = [event.text.to(language) for event in course_events(course)]
    between = "" if language == "zh" else " "
    return "\n".join([between.join(heading), *(told or [_WELL.to(language)])])


def turning_point(levels: Array, up: bool = True) -> tuple[int, float, float] | None:
    """Return the row from which levels stay changed, and the medians before and after it.

    Of all rows the one whose change is the largest is taken; None where there is none.
    """
    sign = 1.0 if up else -1.0
    best: tuple[int, float, float] | None = None
    for row in range(1, len(levels)):
        before, after = levels[:row], levels[row:]
        if np.isnan(before).all() or np.isnan(after).all():
            continue
        low, high = float(np.nanmedian(before)), float(np.nanmedian(after))
        stays = np.nanmin(sign * after) > sign * (low + high) / 2
        came = np.nanmax(sign * before) <= sign * (low + high) / 2
        larger = best is None or sign * (high - low) > sign * (best[2] - best[1])
        if stays and came and sign * (high - low) > 0 and larger:
            best = row, low, high
    return best


def _event(
    course: TrainingCourse, row: int, kind: str, layer: str | None, before: float, after: float,
    shown: Callable[[float], str],
) -> CourseEvent:  # fmt: skip
    epoch = int(course.epoch[row])
    key = f"{kind} at once" if np.isnan(before) else kind
    text = filled(
        _TEXTS[key],
        epoch=epoch,
        layer="" if layer is None else called(layer),
        before=shown(before),
        after=shown(after),
    )
    return CourseEvent(epoch, kind, layer, before, after, text)


def _of_layers(course: TrainingCourse) -> list[CourseEvent]:
    found: list[CourseEvent] = []
    with np.errstate(divide="ignore", invalid="ignore"):
        flow = course.error_norm / course.error_norm[:, -1:]
        flow = np.where(course.error_norm[:, -1:] > 0, flow, np.nan)
    for number, layer in enumerate(course.layers[:-1]):
        for kind, shares in (
            ("silent", course.silent_share[:, number]),
            ("saturated", course.saturated_share[:, number]),
        ):
            found += _of_share(course, kind, layer, shares)
        found += _of_flow(course, layer, flow[:, number])
    for number, layer in enumerate(course.layers):
        grown = course.weight_rms[:, number]
        turn = turning_point(grown)
        if turn is not None and turn[2] >= WEIGHT_FACTOR * turn[1] > 0:
            found.append(_event(course, turn[0], "weights", layer, turn[1], turn[2], short))
    return found


def _of_share(
    course: TrainingCourse, kind: str, layer: str, shares: Array
) -> list[CourseEvent]:  # fmt: skip
    turn = turning_point(shares)
    if turn is not None and turn[2] - turn[1] >= SHARE_RISE:
        return [_event(course, turn[0], kind, layer, turn[1], turn[2], percent)]
    known = shares[np.isfinite(shares)]
    at_once = kind == "silent" and known.size and known[0] >= SHARE_RISE
    if at_once and np.median(known) >= SHARE_RISE:
        return [_event(course, 0, kind, layer, float("nan"), float(known[0]), percent)]
    return []


def _of_flow(course: TrainingCourse, layer: str, flow: Array) -> list[CourseEvent]:
    """Tell of a gradient that left what is usual on its way to a layer."""
    found: list[CourseEvent] = []
    with np.errstate(divide="ignore"):
        digits = np.log10(flow)
    for kind, up in (("vanishing", False), ("exploding", True)):
        sign = 1.0 if up else -1.0
        far = np.log10(GRADIENT_FAR)
        usable = np.clip(digits, -300, 300)
        turn = turning_point(usable, up)
        moved = turn is not None and sign * (turn[2] - turn[1]) >= np.log10(GRADIENT_FACTOR)
        if turn is not None and moved and sign * turn[2] >= far:
            before, after = 10.0 ** turn[1], 10.0 ** turn[2]
            found.append(_event(course, turn[0], kind, layer, before, after, short))
            continue
        known = usable[np.isfinite(usable)]
        if known.size and sign * known[0] >= far and sign * np.median(known) >= far:
            told = float(10.0 ** known[0])
            found.append(_event(course, 0, kind, layer, float("nan"), told, short))
    return found


def _of_updates(course: TrainingCourse) -> list[CourseEvent]:
    """Tell of the first steps that moved a layer's weights far: the layer moved most by them."""
    ratio = np.where(np.isfinite(course.update_ratio), course.update_ratio, 0.0)
    if not ratio.size:
        return []
    always = np.median(ratio, axis=0) >= UPDATE_ALWAYS
    far = (ratio >= UPDATE_ONCE) | (always & (ratio >= UPDATE_ALWAYS))
    if not far.any():
        return []
    row = int(far.any(axis=1).argmax())
    number = int(np.where(far[row], ratio[row], 0.0).argmax())
    before = float(ratio[row - 1, number]) if row else 0.0
    layer = course.layers[number]
    return [_event(course, row, "updates", layer, before, float(ratio[row, number]), percent)]


def _of_loss(course: TrainingCourse) -> list[CourseEvent]:
    loss = course.loss
    known = np.flatnonzero(np.isfinite(loss))
    if known.size < 2:
        return []
    lowest = np.minimum.accumulate(np.where(np.isfinite(loss), loss, np.inf))
    for row in known[1:]:
        before, later = lowest[row - 1], loss[row:][np.isfinite(loss[row:])]
        if before > 0 and later.min() >= LOSS_FACTOR * before:
            return [_event(course, int(row), "loss", None, float(before), float(loss[row]), short)]
    first, end = float(loss[known[0]]), float(loss[known].min())
    if first > 0 and known.size >= 3 and first - end < LEAST_FALL * first:
        last = float(loss[known[-1]])
        return [_event(course, int(known[0]), "no progress", None, first, last, short)]
    return []


def _of_nonfinite(course: TrainingCourse) -> list[CourseEvent]:
    if course.nonfinite is None:
        return []
    epoch, step, number = course.nonfinite
    layer = course.layers[number - 1]
    text = filled(_TEXTS["nonfinite"], epoch=epoch, step=step, layer=called(layer))
    nothing: Any = float("nan")
    return [CourseEvent(epoch, "nonfinite", layer, nothing, nothing, text)]
