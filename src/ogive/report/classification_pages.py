"""What a model of classes tells of itself, part by part, as text and as HTML."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ogive.findings import Finding
from ogive.report.classification_findings import findings_html, findings_text
from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.classification.scores.scoring import Scores

__all__ = ["Part", "pages_of"]


# Beyond, the table has hundreds of lines, and to search all pairs for separation takes minutes.
MOST_TABULATED = 12
MOST_ON_SCREEN = 6
MOST_PROBLEMS = 15
MOST_IN_FIGURE = 40


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
    in_words : bool
        Whether the text is a paragraph, to be broken into lines.
    short : bool
        Whether it has room on a screen.
    record : object
        What a figure can be drawn of.
    """

    name: str
    title: Text
    note: Text
    text: Callable[[Language], str]
    html: Callable[[Language], str]
    cautions: tuple[Text, ...] = ()
    in_words: bool = False
    short: bool = True
    record: Any = None


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
FINDINGS = (
    Text("Findings", "发现"),
    Text(
        "What spoils the fit to all rows, or is worth knowing about them.",
        "全部行的拟合中有哪些问题，以及关于数据值得知道的事。",
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
DOUBTFUL = (
    Text("The most doubtful row", "最难判断的一行"),
    Text(
        "Of the rows held out, the one whose two strongest classes are nearest to each other. Its "
        "true class is {label}.",
        "留出的行中，最强的两个类别最接近的一行。它的真实类别是 {label}。",
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
    model: Any,
    scores: Scores,
    judged: Any,
    held_out: Any = None,
    level: float = 0.95,
    X: Any = None,
    y: Any = None,
) -> list[Part]:
    """Return what there is to tell of a model.

    Parameters
    ----------
    model : classifier
        LogisticRegression, OneVsOneClassifier, OneVsRestClassifier or OutputCodeClassifier, fitted
        to all rows.
    scores : Scores
        How another of its kind did on rows that it was not fitted to.
    judged : classifier
        That other one.
    held_out : array-like or data frame, optional
        The features of those rows; without them, nothing is told of single answers.
    level : float, default=0.95
        Of confidence intervals.
    X, y : array-like, optional
        The rows of the fit, to find out about them.
    """
    parts = [Part("confusion", *CONFUSION, scores.text, scores.html)]
    many = held_out is not None and len(judged.classes_) > 2
    tabulated = hasattr(model, "summary") and len(model.classes_) <= MOST_TABULATED
    if tabulated:
        given = {} if getattr(model, "_rows", None) is not None else {"X": X, "y": y}
        summary = model.summary(level=level, **given)
        parts.append(Part("summary", *SUMMARY, summary.text, summary.html))
    parts += _findings(model, X, y)
    if hasattr(judged, "cycles") and many:
        parts += _of_pairs(judged, held_out, scores.labels)
    if hasattr(judged, "regions") and many:
        regions = judged.regions(held_out, scores.labels)
        parts.append(Part("regions", *REGIONS, regions.text, regions.html))
    if hasattr(model, "code_quality"):
        parts += _of_codes(model, judged, held_out, scores.labels)
    return parts


def _findings(model: Any, X: Any, y: Any) -> list[Part]:
    """Return what the rows show, where they are known: the same for all kinds of model."""
    from ogive.classification.inference.class_findings import check_classes

    few = len(model.classes_) <= MOST_TABULATED
    found: Sequence[Finding]
    if few and getattr(model, "_rows", None) is not None:
        found = model.findings()
    elif X is None or y is None:
        return []
    elif not few:
        found = check_classes(X, y)
    elif hasattr(model, "findings"):
        found = model.findings(X, y)
    else:
        found = _of_inner(model.estimator, X, y)
    return [
        Part(
            "findings",
            *FINDINGS,
            lambda language: findings_text(found, language),
            lambda language: findings_html(found, language),
            tuple(one.title for one in found if one.severity == "issue"),
            in_words=True,
        )
    ]


def _of_inner(inner: Any, X: Any, y: Any) -> Sequence[Finding]:
    """Return what one regression of all classes would say of the rows, if such are inside.

    Where classes are separated, the coefficients of the two-class models are infinite, or held by
    the penalty, as those of the one regression are.
    """
    from ogive.classification.inference.class_findings import check_classes

    if type(inner).__name__ != "LogisticRegression":
        return check_classes(X, y)
    whole = type(inner)(penalty=inner.penalty, C=inner.C, class_weight=inner.class_weight)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # whether this fit converged is of no interest
        found = whole.fit(X, y).findings()
    return [one for one in found if one.code != "OGV308"]


def _of_pairs(judged: Any, held_out: Any, labels: Any) -> list[Part]:
    cycles = judged.cycles(held_out)
    parts = [Part("cycles", *CYCLES, cycles.text, cycles.html)]
    n_classes = len(judged.classes_)
    if n_classes <= MOST_IN_FIGURE:
        row = _most_doubtful(judged, held_out)
        votes = judged.vote_table(held_out[[row]])
        parts.append(
            Part(
                "votes",
                *_about_row(labels[row]),
                votes.text,
                votes.html if n_classes <= MOST_ON_SCREEN else _nothing,
                short=n_classes <= MOST_ON_SCREEN,
                record=votes,
            )
        )
    return parts


def _of_codes(model: Any, judged: Any, held_out: Any, labels: Any) -> list[Part]:
    quality = model.code_quality()
    parts = [Part("code", *CODE, quality.text, quality.html)]
    if held_out is not None and len(judged.classes_) > 2:
        row = _most_doubtful(judged, held_out)
        decoded = judged.explain_row(held_out[[row]], labels[row])
        short = len(judged.estimators_) <= MOST_PROBLEMS
        told = (decoded.text, decoded.html)
        about = _about_row(labels[row])
        parts.append(Part("decoded", *about, *told, short=short, record=decoded))
    return parts


def _nothing(language: Language) -> str:
    """Return no table, as the figure shows it."""
    return ""


def _most_doubtful(judged: Any, held_out: Any) -> int:
    """Return the row of which the two strongest classes are nearest to each other."""
    strength = np.sort(judged.decision_function(held_out), axis=1)
    return int(np.argmin(strength[:, -1] - strength[:, -2]))


def _about_row(label: Any) -> tuple[Text, Text]:
    title, note = DOUBTFUL
    en, zh = note.to("en", label=str(label)), note.to("zh", label=str(label))
    return title, Text(en, zh)
