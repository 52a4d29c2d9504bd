"""Writes what a model of classes is, and how far to trust it, as one HTML file."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from importlib.resources import files
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from ogive.data.wording import listed
from ogive.report.classification_facts import model_facts, model_name, score_facts
from ogive.report.classification_figures import make_figures
from ogive.report.classification_pages import Part, pages_of
from ogive.report.classification_texts import TEXTS
from ogive.report.environment import describe_environment
from ogive.report.page import render_page, typographic, write_page
from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.classification.scores.scoring import Scores

__all__ = ["render_classification_report", "write_classification_report"]

FEW_ROWS = 50
NO_MATTER = frozenset(
    {"dual", "intercept_scaling", "keep_rows", "l1_ratio", "max_memory", "n_jobs", "verbose"}
    | {"warm_start"}
)
OF_DESCENT = frozenset({"batch_size", "learning_rate", "random_state"})


def write_classification_report(
    model: Any,
    path: str | PathLike[str],
    language: Language = "en",
    **options: Any,
) -> None:
    """Write a report on a fitted classifier as one HTML file that needs no connection.

    Parameters
    ----------
    model : classifier
        LogisticRegression, OneVsOneClassifier, OneVsRestClassifier or OutputCodeClassifier.
    path : str or path-like
        The file; an older one is replaced once the new one is complete.
    language : {"en", "zh"}, default="en"
        Language of the report.
    **options
        Those of `render_classification_report`.

    Raises
    ------
    InputError
        Where the file cannot be written, and for bad options.
    """
    write_page(render_classification_report(model, language, **options), Path(path))


def render_classification_report(
    model: Any,
    language: Language = "en",
    *,
    scores: Scores,
    pages: Sequence[Part] = (),
    X: Any = None,
    y: Any = None,
    units: tuple[ArrayLike, ArrayLike] | None = None,
    judged: Any = None,
    held_out: Any = None,
    target_name: str = "y",
    threshold: float | None = None,
    data_name: str = "",
    facts: Sequence[tuple[Text, str]] = (),
    references: Mapping[str, str] | None = None,
    notices: Sequence[Text] = (),
    command: str = "",
) -> str:
    """Return a report on a fitted classifier as HTML text.

    Parameters
    ----------
    model : classifier
        A fitted LogisticRegression, OneVsOneClassifier, OneVsRestClassifier or
        OutputCodeClassifier.
    language : {"en", "zh"}, default="en"
        Language of the report.
    scores : Scores
        How it did on rows that it was not fitted to; see `score_classifier`.
    pages : sequence of Part, optional
        What it tells of itself; by default what `pages_of` finds.
    X, y : array-like, optional
        The rows of the fit, for the figures of two features.
    units : tuple of mean and scale, optional
        Of each feature, where X has been standardised by them.
    judged : classifier, optional
        The model that `scores` are of, where `model` was fitted again to all rows; by default
        `model`.
    held_out : array-like, optional
        The features of the rows of `scores`, for what is told of single answers.
    target_name : str, default="y"
        What the target is called.
    threshold : float, optional
        The probability of the second of two classes above which it was predicted.
    data_name : str, optional
        What the table is called.
    facts : sequence of tuple of Text and str, optional
        What to say about data and model, as names and values; by default model and scores.
    references : mapping of str to str, optional
        The reference level of each column that stands for categories.
    notices : sequence of Text, optional
        Remarks on the data.
    command : str, optional
        The command that made the report.

    Returns
    -------
    str
    """
    kind = model_name(model).to(language)
    if language == "en":
        kind = kind[:1].upper() + kind[1:]
    title = TEXTS["title_named" if data_name else "title"]
    told = pages or pages_of(model, scores, judged or model, held_out, scores.level, X, y)
    return render_page(
        "ogive.report",
        "classification.html.j2",
        title=title.to(language, kind=kind, target=target_name, name=data_name),
        language=language,
        text={key: text.to(language) for key, text in TEXTS.items()},
        verdict=_verdict(scores, language),
        cautions=_cautions(scores, told, language),
        notices=[notice.to(language) for notice in notices],
        pages=[
            {
                "name": one.name,
                "title": one.title.to(language),
                "note": one.note.to(language),
                "html": one.html(language),
            }
            for one in told
        ],
        figures=make_figures(
            model,
            scores,
            language,
            X=X,
            y=y,
            units=units,
            threshold=threshold,
            records={one.name: one.record for one in told},
        ),
        data=_data(model, scores, facts, references or {}, language),
        settings=_parameters(model),
        environment=[
            (TEXTS[name].to(language) if name in TEXTS else name, value)
            for name, value in describe_environment().items()
        ],
        command=command,
        style="\n".join(_style(name) for name in ("regression.css", "classification.css")),
    )


def _style(name: str) -> str:
    return (files("ogive.report") / "assets" / name).read_text(encoding="utf-8")


def _verdict(scores: Scores, language: Language) -> str:
    low, high = scores.interval
    name, baseline = scores.most_frequent
    how = "better" if low > baseline else "worse" if high < baseline else "no_better"
    first = TEXTS["right"].to(
        language,
        n=f"{scores.n_rows:,}",
        right=f"{scores.n_right:,}",
        share=_percent(scores.accuracy),
        level=100 * scores.level,
        low=_percent(low),
        high=_percent(high),
    )
    return first + TEXTS[how].to(language, name=str(name), baseline=_percent(baseline))


def _percent(share: float) -> str:
    written = f"{100 * share:.1f}%"
    return "99.9%" if written == "100.0%" and share < 1 else written.replace("100.0%", "100%")


def _cautions(scores: Scores, told: Sequence[Part], language: Language) -> list[str]:
    cautions = [text.to(language) for one in told for text in one.cautions]
    if scores.n_rows < FEW_ROWS:
        cautions.append(TEXTS["few"].to(language, n=scores.n_rows))
    missed = [str(one) for one in scores.classes[scores.recall == 0]]
    if missed:
        names = listed(missed).to(language)
        cautions.append(TEXTS["never"].to(language, classes=names))
    if scores.log_loss is not None and math.isinf(scores.log_loss):
        cautions.append(TEXTS["certain"].to(language))
    return cautions


def _data(
    model: Any,
    scores: Scores,
    facts: Sequence[tuple[Text, str]],
    references: Mapping[str, str],
    language: Language,
) -> list[tuple[str, str]]:
    described = list(facts) or [*model_facts(model, language), *score_facts(scores, language)]
    if references:
        separator = "；" if language == "zh" else "; "
        named = separator.join(
            TEXTS["reference"].to(language, column=column, level=level)
            for column, level in references.items()
        )
        described.append((TEXTS["references"], named))
    return [(name.to(language), typographic(value)) for name, value in described]


def _parameters(model: Any) -> list[tuple[str, str]]:
    """Return the parameters of the model, and of the one inside, that its numbers depend on."""
    given = model.get_params()
    inner = getattr(model, "estimator", model)
    stepwise = type(inner).__name__ != "LogisticRegression" or inner.solver == "gd"
    without = NO_MATTER if stepwise else NO_MATTER | OF_DESCENT
    drawn = hasattr(model, "code_book")
    return [
        (name, type(value).__name__ if hasattr(value, "get_params") else _written(value))
        for name, value in given.items()
        if name.rpartition("__")[2] not in without or (drawn and name == "random_state")
    ]


def _written(value: Any) -> str:
    return str(value.tolist()) if isinstance(value, np.ndarray) else str(value)
