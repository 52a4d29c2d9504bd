"""What a model of classes tells of itself, part by part, as text and as HTML."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.classification.scoring import Scores

__all__ = ["Part", "pages_of"]


class Part(NamedTuple):
    """One part of what is told.

    Attributes
    ----------
    name : str
        A word for it, the same in both languages.
    title : Text
    note : Text
        What to see in it.
    text, html : callable
        Take the language and return it.
    cautions : tuple of Text
        What of it to know before anything else.
    """

    name: str
    title: Text
    note: Text
    text: Callable[[Language], str]
    html: Callable[[Language], str]
    cautions: tuple[Text, ...] = ()


CONFUSION = (
    Text("Right and wrong", "对与错"),
    Text(
        "Rows that were held out, predicted by a model of the other rows.",
        "留出的行，由其余各行拟合的模型预测。",
    ),
)
SUMMARY = (
    Text("Coefficients", "系数"),
    Text("Of the model fitted to all rows.", "用全部行拟合的模型。"),
)
SEPARATION = (
    Text("Separation", "分离"),
    Text(
        "Whether a plane parts the classes without a single error, so that coefficients grow "
        "without end unless they are penalised.",
        "是否有一个平面能毫无差错地分开各类别；若有，不加惩罚时系数会无限增大。",
    ),
)
CYCLES = (
    Text("Do the pairs agree?", "各对分类器是否一致？"),
    Text(
        "Rows that were held out. Where A wins against B, B against C, and C against A, no class "
        "wins against all others.",
        "留出的行。若 A 胜 B、B 胜 C、C 又胜 A，就没有胜过其他所有类别的类别。",
    ),
)
VOTES = (
    Text("The most doubtful row", "最可疑的一行"),
    Text(
        "The row held out of which the two strongest classes are nearest to each other.",
        "留出的行中，最强的两个类别最接近的一行。",
    ),
)
REGIONS = (
    Text("All rest, and more than one yes", "都说“其余”与不止一个“是”"),
    Text("Rows that were held out.", "留出的行。"),
)
CODE = (
    Text("The code book", "码本"),
    Text(
        "Which classes each two-class problem puts on which side, and how many wrong answers that "
        "forgives.",
        "每个二分类问题把哪些类别放在哪一侧，以及能容忍多少个错误回答。",
    ),
)


def pages_of(
    model: Any, scores: Scores, judged: Any, held_out: Any, level: float = 0.95
) -> list[Part]:
    """Return what there is to tell of a model.

    Parameters
    ----------
    model : classifier
        LogisticRegression, OneVsOneClassifier, OneVsRestClassifier or OutputCodeClassifier, fitted
        to all rows; the first keeps its rows.
    scores : Scores
        How another of its kind did on rows that it was not fitted to.
    judged : classifier
        That other one.
    held_out : array-like or data frame
        The features of those rows.
    level : float, default=0.95
        Of confidence intervals.
    """
    parts = [Part("confusion", *CONFUSION, scores.to_text, scores.to_html)]
    if hasattr(model, "summary"):
        parts += _of_regression(model, level)
    if hasattr(judged, "cycles") and len(judged.classes_) > 2:
        parts += _of_pairs(judged, held_out)
    if hasattr(judged, "regions") and len(judged.classes_) > 2:
        regions = judged.regions(held_out, scores.labels)
        parts.append(Part("regions", *REGIONS, regions.to_text, regions.to_html))
    if hasattr(model, "code_quality"):
        quality = model.code_quality()
        parts.append(Part("code", *CODE, quality.to_text, quality.to_html))
    return parts


def _of_regression(model: Any, level: float) -> list[Part]:
    summary, found = model.summary(level=level), model.separation()
    return [
        Part("summary", *SUMMARY, summary.text, summary.html),
        Part("separation", *SEPARATION, found.text, found.html),
    ]


def _of_pairs(judged: Any, held_out: Any) -> list[Part]:
    cycles = judged.cycles(held_out)
    parts = [Part("cycles", *CYCLES, cycles.text, cycles.html)]
    strength = np.sort(judged.decision_function(held_out), axis=1)
    doubtful = int(np.argmin(strength[:, -1] - strength[:, -2]))
    votes = judged.vote_table(held_out[[doubtful]])
    return [*parts, Part("votes", *VOTES, votes.text, votes.html)]
