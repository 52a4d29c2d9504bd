"""OGV112: imbalance of the classes ignored."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ogive.diagnosis.checks.changes.of_training import balance_classes, more_units
from ogive.diagnosis.checks.forming import filled, form, not_applicable, passed
from ogive.diagnosis.checks.wording import listed, percent
from ogive.diagnosis.finding import DiagnosisFinding
from ogive.diagnosis.measurements import Classes, Measurements
from ogive.diagnosis.thresholds import Thresholds
from ogive.text import Text

__all__ = ["check"]

CODE = "OGV112"
_FEWEST_ROWS = 20
_Z = 1.96

IGNORED = (
    Text(
        "Rare classes are hardly found: recall of {rare}; the other classes have {others}.",
        "稀少的类别几乎没有被识别出来：召回率：{rare}；其余类别为 {others}。",
    ),
    Text(
        "Every row counts the same in the loss, so a network that leaves out a rare class loses "
        "little by it; accuracy does not show it.",
        "损失函数对每一行一视同仁，因此忽略稀少的类别几乎不会增加损失；准确率也看不出这个问题。",
    ),
)
WEIGHTED = (
    IGNORED[0],
    Text(
        "The classes are weighted already, so it is not their number alone: the network may be too "
        "small, trained too briefly, or the rows do not tell them apart.",
        "训练时已经给类别加权，因此原因不只是数量：可能网络太小、训练太短，"
        "或者数据本身分不开这些类别。",
    ),
)


def check(measured: Measurements, limits: Thresholds) -> list[DiagnosisFinding]:
    """Return whether classes of few rows are left out while the others are found."""
    classes = measured.classes
    if measured.task == "regression":
        return [not_applicable(CODE, Text("Regression has no classes.", "回归没有类别。"))]
    if classes is None or not np.any(np.isfinite(classes.recall)):
        reason = Text("Without targets recalls are not known.", "没有目标值，无法得知召回率。")
        return [not_applicable(CODE, reason)]
    if measured.trained is False:
        reason = Text("The network is not trained yet.", "网络还没有训练。")
        return [not_applicable(CODE, reason)]
    counts = np.asarray(classes.counts, dtype=np.float64)
    if measured.n_rows < _FEWEST_ROWS:
        return [not_applicable(CODE, Text("Too few rows to tell.", "行数太少，无法判断。"))]
    share = counts / (measured.n_rows if measured.task == "multilabel" else counts.sum())
    rare = _rare(measured, share, limits)
    common = ~rare & (counts > 0)
    if not rare.any() or not common.any():
        title = filled(
            Text(
                "No class is rare: the smallest has {least} of the rows.",
                "没有稀少的类别：最小的类别占 {least} 的行。",
            ),
            least=percent(float(share[counts > 0].min())),
        )
        return [passed(CODE, title, _numbers(classes, share))]
    others = float(np.average(classes.recall[common], weights=counts[common]))
    upper = np.array([_upper(r, n) for r, n in zip(classes.recall, counts, strict=True)])
    missed = rare & (classes.recall < limits.rare_recall)
    missed &= upper < others - limits.rare_recall_gap
    if not missed.any():
        at = int(np.flatnonzero(rare)[np.argmin(classes.recall[rare])])
        title = filled(
            Text(
                "Rare classes are found or too few to tell: class {label} ({share} of the rows) "
                "has recall {recall}.",
                "稀少的类别能被识别，或行数太少无法判断：类别 {label}（占 {share} "
                "的行）的召回率为 {recall}。",
            ),
            label=classes.labels[at],
            share=percent(float(share[at])),
            recall=percent(float(classes.recall[at])),
        )
        return [passed(CODE, title, _numbers(classes, share))]
    told = listed([_told(classes, share, at) for at in np.flatnonzero(missed)[:3]])
    return [
        form(
            CODE,
            "tip" if classes.weighted else "issue",
            WEIGHTED if classes.weighted else IGNORED,
            [more_units(measured)] if classes.weighted else [balance_classes(measured)],
            kind="weighted" if classes.weighted else "ignored",
            numbers={
                **_numbers(classes, share),
                "missed": [str(classes.labels[at]) for at in np.flatnonzero(missed)],
                "recall_of_others": others,
            },
            rare=told,
            others=percent(others),
        )
    ]


def _rare(measured: Measurements, share: Any, limits: Thresholds) -> Any:
    """Return which classes have less than a part of the share that all would have evenly."""
    even = 0.5 if measured.task == "multilabel" else 1 / max(len(share), 1)
    return (share > 0) & (share < limits.rare_share * even)


def _upper(recall: float, n: float) -> float:
    """Return the upper end of Wilson's interval of a recall from n rows."""
    if n <= 0 or not math.isfinite(recall):
        return 1.0
    centre = recall + _Z**2 / (2 * n)
    half = _Z * math.sqrt(recall * (1 - recall) / n + _Z**2 / (4 * n**2))
    return (centre + half) / (1 + _Z**2 / n)


def _numbers(classes: Classes, share: Any) -> dict[str, Any]:
    return {
        "classes": [str(label) for label in classes.labels],
        "shares": [float(one) for one in share],
        "recalls": [float(one) for one in classes.recall],
    }


def _told(classes: Classes, share: Any, at: int) -> Text:
    label, part = classes.labels[at], percent(float(share[at]))
    recall = percent(float(classes.recall[at]))
    return Text(
        f"class {label} is {recall} ({part} of the rows)",
        f"类别 {label} 为 {recall}（占 {part} 的行）",
    )
