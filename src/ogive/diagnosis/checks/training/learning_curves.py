"""OGV111: over- and underfitting, seen in the curves and scores."""

from __future__ import annotations

import math
from typing import Any, Literal

from ogive.diagnosis.checks.causes import causes_among, remedies_of
from ogive.diagnosis.checks.changes.of_networks import (
    fewer_units,
    init_auto,
    named,
    smaller_step,
)
from ogive.diagnosis.checks.changes.of_training import (
    larger_step_within,
    less_dropout,
    longer_training,
    more_units,
    smaller_penalty,
    stop_early,
    stronger_penalty,
    with_dropout,
)
from ogive.diagnosis.checks.forming import filled, form, not_applicable, passed
from ogive.diagnosis.checks.training.curve_facts import (
    Rise,
    explained_share,
    fall_at_end,
    loss_at_end,
    rise_of,
    score_error,
)
from ogive.diagnosis.checks.training.learning_curves_texts import (
    CONSEQUENCE,
    FITS,
    LITTLE,
    MAYBE_UNTRAINED,
    NARROW,
    NO_BETTER,
    NO_VALIDATION,
    PARTING,
    RISING,
    STOPPED,
    STOPPED_EARLY,
    UNCARRIED,
    against_constant,
)
from ogive.diagnosis.checks.wording import listed, percent, short
from ogive.diagnosis.finding import DiagnosisFinding, Remedy
from ogive.diagnosis.measurements import Curves, Measurements
from ogive.diagnosis.thresholds import Thresholds
from ogive.text import Text

__all__ = ["check"]

CODE = "OGV111"
_CAUSES = (
    "OGV101",
    "OGV102",
    "OGV103",
    "OGV104",
    "OGV105",
    "OGV106",
    "OGV107",
    "OGV108",
    "OGV109",
    "OGV110",
    "OGV112",
)


_FAR_ABOVE = 0.5


def check(measured: Measurements, limits: Thresholds) -> list[DiagnosisFinding]:
    """Return whether the network learnt too little, or what does not hold for other rows."""
    # Who gives rows not learnt from has trained, however fresh the weights look.
    curves = measured.curves
    validated = curves is not None and len(curves.validation_loss) > 0
    if measured.trained is False and not validated:
        reason = Text("The network is not trained yet.", "网络还没有训练。")
        return [not_applicable(CODE, reason)]
    explained = explained_share(measured)
    under = _underfitting(measured, explained, limits)
    if under is not None:
        return [under]
    over = None if curves is None else _overfitting(measured, curves, explained, limits)
    if over is not None:
        return [over]
    if not math.isfinite(explained):
        reason = Text(
            "Neither curves of the training nor targets are known.", "训练曲线和目标值都未知。"
        )
        return [not_applicable(CODE, reason)]
    numbers = {"explained": explained}
    told = curves is not None and (len(curves.validation_loss) or len(curves.validation_score))
    title = filled(FITS if told else NO_VALIDATION, against=against_constant(explained))
    return [passed(CODE, title, numbers)]


def _underfitting(
    measured: Measurements, explained: float, limits: Thresholds
) -> DiagnosisFinding | None:
    falling = fall_at_end(measured.curves)
    goes_on = falling > limits.falling and measured.settings.converged is not True
    widths = [layer.n_units for layer in measured.layers if layer.role == "hidden"]
    narrow = min(widths, default=99) <= limits.narrow_units
    severity: Literal["issue", "tip"] = "tip"
    if not measured.trained and not math.isfinite(falling):
        if not explained < limits.explained_alone:
            return None
        texts = MAYBE_UNTRAINED
    elif narrow and explained < limits.explained_tip:
        severity, texts = "issue" if explained < limits.explained_low else "tip", NARROW
    elif explained < limits.explained_low:
        severity, texts = "issue", LITTLE
    elif goes_on and explained < limits.explained_tip:
        texts = STOPPED
    elif not math.isfinite(falling) and explained < limits.explained_alone:
        texts = LITTLE
    else:
        return None
    numbers: dict[str, Any] = {"explained": explained, "fall_at_end": falling}
    loss = loss_at_end(measured)
    if math.isfinite(loss):
        numbers["loss"] = loss
    causes = causes_among(_CAUSES, measured, limits)
    remedies = remedies_of(causes) or _to_learn_more(measured, goes_on, explained)
    if causes:
        numbers["causes"] = list(dict.fromkeys(cause.code for cause in causes))
    if texts is LITTLE and explained < 0.005:
        texts = NO_BETTER
    if causes and texts is not NARROW:
        texts = texts[0], CONSEQUENCE
    return form(
        CODE,
        severity,
        texts,
        named([more_units(measured), *remedies]) if texts is NARROW else remedies,
        kind="underfitting",
        numbers=numbers,
        share=percent(max(explained, 0.0)),
        against=against_constant(explained),
        falling=percent(falling) if math.isfinite(falling) else "",
        width=min(widths, default=0),
        named=listed(numbers.get("causes", [])),
    )


def _to_learn_more(measured: Measurements, goes_on: bool, explained: float) -> list[Remedy]:
    """Return what may let it learn more, judged by its settings."""
    settings = measured.settings
    widths = [layer.n_units for layer in measured.layers if layer.role == "hidden"]
    narrow = bool(widths) and min(widths) <= 4
    if explained < -_FAR_ABOVE:
        # Larger steps lead no one back from there.
        return named([init_auto(measured), smaller_step(measured), longer_training(measured)])
    return named(
        [
            less_dropout(measured) if (settings.dropout or 0) >= 0.5 else None,
            smaller_penalty(measured) if (settings.alpha or 0) >= 0.1 else None,
            larger_step_within(measured) if goes_on and not narrow else None,
            more_units(measured) if narrow else None,
            longer_training(measured) if goes_on else None,
            larger_step_within(measured),
            longer_training(measured),
            more_units(measured),
        ]
    )


def _overfitting(
    measured: Measurements, curves: Curves, explained: float, limits: Thresholds
) -> DiagnosisFinding | None:
    rise = rise_of(curves)
    rises = rise is not None and rise.clear and rise.parting and rise.share > limits.validation_rise
    if rises and measured.settings.early_stopping:
        assert rise is not None
        title = filled(STOPPED_EARLY, epoch=rise.epoch)
        return passed(CODE, title, {"best_epoch": rise.epoch})
    gap = _gap_of_scores(measured, curves)
    if gap is not None and gap["gap_low"] > limits.validation_gap:
        return _parting(measured, gap)
    if rises and rise is not None:
        return _rising(measured, curves, rise, limits)
    lost = _lost_share(measured, curves, explained)
    if lost > limits.validation_lost and explained > limits.explained_low:
        return form(
            CODE,
            "issue",
            UNCARRIED,
            _to_hold_better(measured),
            kind="overfitting",
            numbers={"lost": lost, "validation_loss": float(curves.validation_loss[-1])},
            lost=percent(min(lost, 9.99)),
            loss=short(loss_at_end(measured)),
            other=short(float(curves.validation_loss[-1])),
        )
    return None


def _gap_of_scores(measured: Measurements, curves: Curves) -> dict[str, float] | None:
    """Return scores on both kinds of rows, and the lower end of the interval of their gap."""
    if not len(curves.validation_score) or not math.isfinite(measured.score):
        return None
    stopped = bool(measured.settings.early_stopping)
    score = float(max(curves.validation_score) if stopped else curves.validation_score[-1])
    if not math.isfinite(score):
        return None
    error = score_error(score, curves.n_validation, measured.task == "regression")
    gap = measured.score - score
    return {
        "score": measured.score,
        "validation_score": score,
        "gap": gap,
        "gap_low": gap - 1.96 * error,
    }


def _parting(measured: Measurements, gap: dict[str, float]) -> DiagnosisFinding:
    regression = measured.task == "regression"
    return form(
        CODE,
        "issue",
        PARTING,
        _to_hold_better(measured),
        kind="overfitting",
        numbers=gap,
        what=Text("R²", "R²") if regression else Text("Accuracy", "准确率"),
        seen=f"{gap['score']:.3f}",
        unseen=f"{gap['validation_score']:.3f}",
        low=f"{gap['gap_low']:.3f}",
    )


def _rising(
    measured: Measurements, curves: Curves, rise: Rise, limits: Thresholds
) -> DiagnosisFinding:
    """Judge a validation loss that rose again: an issue where it ends above the constant answer.

    Or rises by as much as it fell; less is a tip, for classes may be told as well as before.
    """
    return form(
        CODE,
        "issue" if rise.share > 1 or rise.end > curves.baseline_loss else "tip",
        RISING,
        _to_hold_better(measured, stop_early(measured)),
        kind="overfitting",
        numbers={
            "best_epoch": rise.epoch,
            "least_validation_loss": rise.least,
            "validation_loss": rise.end,
            "rise": rise.share,
        },
        epoch=rise.epoch,
        least=short(rise.least),
        end=short(rise.end),
    )


def _lost_share(measured: Measurements, curves: Curves, explained: float) -> float:
    """Return which share of the fall below the constant answer is not there on other rows."""
    loss, baseline = loss_at_end(measured), curves.baseline_loss
    if not len(curves.validation_loss) or not math.isfinite(baseline) or not loss < baseline:
        return float("nan")
    if measured.settings.early_stopping:
        return float("nan")
    return (float(curves.validation_loss[-1]) - loss) / (baseline - loss)


def _to_hold_better(measured: Measurements, first: Remedy | None = None) -> list[Remedy]:
    widths = [layer.n_units for layer in measured.layers if layer.role == "hidden"]
    narrower = [max(2, width // 4) for width in widths]
    return named(
        [
            first,
            stronger_penalty(measured),
            stop_early(measured),
            with_dropout(measured) if not measured.settings.dropout else None,
            fewer_units(measured, narrower) if widths and max(widths) > 8 else None,
        ]
    )
