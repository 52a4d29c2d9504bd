"""What ``ogive fit`` does for a model of classes."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text as Styled

from ogive.cli.classification_settings import ClassSettings
from ogive.cli.files import replacing
from ogive.cli.fit_refusals import PROBABILISTIC
from ogive.cli.progress import stages
from ogive.cli.screen import Screen
from ogive.text import Language, Text

if TYPE_CHECKING:
    import polars as pl

    from ogive.cli.class_training import FittedClasses
    from ogive.data import LabelledTable

__all__ = ["fit_classes"]

EXAMINING = Text("Looking at what was fitted", "正在检查拟合结果")
WRITING = Text("Writing the report", "正在生成报告")
SAVING = Text("Saving the model", "正在保存模型")
DATA = Text("data", "数据")
SIZE = Text(
    "{rows} rows, {columns} columns, {features} features",
    "{rows} 行，{columns} 列，{features} 个特征",
)
TARGET = Text("target", "目标")
COUNTED = Text("{name}: {classes}", "{name}：{classes}")
THRESHOLD = Text("threshold", "阈值")
ABOVE = Text("{name!r} where its probability exceeds {at:g}", "概率超过 {at:g} 时预测为“{name}”")
REFERENCE = Text("Reference level of {column}: {level}", "{column} 的参照水平：{level}")
UNTITLED = ("cycles", "votes", "decoded", "findings")
REPORT = Text("Report: {path}", "报告：{path}")
MODEL = Text("Model: {path}", "模型：{path}")


def fit_classes(
    labelled: LabelledTable,
    settings: ClassSettings,
    path: Path | None,
    page: Path | None,
    screen: Screen,
    data: str,
    arguments: Sequence[str],
) -> None:
    """Fit, say what was found, and write the report and the model.

    Parameters
    ----------
    labelled : LabelledTable
        Features and classes.
    settings : ClassSettings
    path, page : Path or None
        Where the model and the report go.
    screen : Screen
        Where to print.
    data : str
        The table as it was named on the command line.
    arguments : sequence of str
        The command line.
    """
    from ogive.cli.class_training import fit_twice
    from ogive.report.classification_pages import pages_of

    language = screen.language
    with stages(screen.err, language, quiet=screen.quiet) as stage:
        fitted = fit_twice(labelled, settings, language, stage)
        facts = _facts(labelled, settings, fitted, screen)
        notices = (*labelled.notices, *fitted.notices, *_left_out(fitted))
        stage(EXAMINING)
        found = pages_of(
            fitted.model,
            fitted.scores,
            fitted.judged,
            fitted.held_out,
            settings.level,
            _readable(labelled, settings, fitted, language),
            labelled.target,
        )
        if page is not None:
            stage(WRITING)
            from ogive.report.classification import write_classification_report

            write_classification_report(
                fitted.model,
                page,
                language,
                X=fitted.named,
                y=labelled.target,
                units=fitted.units,
                scores=fitted.scores,
                pages=found,
                target_name=labelled.target_name,
                threshold=settings.threshold if settings.model == "logistic" else None,
                data_name=data,
                facts=facts,
                references=_references(fitted),
                notices=notices,
                command=shlex.join(["ogive", *arguments]),
            )
        if path is not None:
            stage(SAVING)
            _save(fitted, labelled, settings, path)
    for notice in notices:
        screen.notice(notice)
    screen.facts(facts)
    for one in (part for part in found if part.short):
        about = [one.title.to(language), one.note.to(language)] if one.name in UNTITLED else []
        said = one.text(language)
        lines = [*map(screen.in_lines, about), screen.in_lines(said) if one.in_words else said]
        _print(screen, "\n" + "\n".join(lines))
    for column, level in _references(fitted).items():
        _print(screen, REFERENCE.to(language, column=column, level=level))
    places = [(REPORT, page), (MODEL, path)]
    for i, (text, place) in enumerate([one for one in places if one[1] is not None]):
        _print(screen, ("\n" if i == 0 else "") + text.to(language, path=place))


def _readable(
    labelled: LabelledTable, settings: ClassSettings, fitted: FittedClasses, language: Language
) -> pl.DataFrame:
    """Return the features as softmax takes them, so that all models find out the same of rows."""
    import polars as pl

    from ogive.data import DesignPreparation

    if settings.model in PROBABILISTIC:
        return fitted.named
    design = DesignPreparation(language=language, standardise=True).fit(labelled.features)
    return pl.DataFrame(design.transform(labelled.features), schema=design.feature_names_out_)


def _facts(
    labelled: LabelledTable, settings: ClassSettings, fitted: FittedClasses, screen: Screen
) -> list[tuple[Text, str]]:
    from ogive.report import classification_facts as about

    language = screen.language
    rows, columns = labelled.features.shape
    features = len(fitted.preparation.feature_names_out_)
    size = SIZE.to(language, rows=f"{rows:,}", columns=columns, features=features)
    classes = about.class_counts(labelled.target, language)
    standardised = not settings.own_units if settings.model in PROBABILISTIC else None
    facts = [
        (DATA, size),
        (TARGET, COUNTED.to(language, name=labelled.target_name, classes=classes)),
        *about.model_facts(fitted.model, language, standardised=standardised),
        about.seconds_taken(fitted.seconds, language),
        *about.score_facts(fitted.scores, language),
    ]
    if settings.threshold != 0.5:
        name = str(fitted.model.classes_[1])
        facts.append((THRESHOLD, ABOVE.to(language, name=name, at=settings.threshold)))
    return facts


def _left_out(fitted: FittedClasses) -> list[Text]:
    """Return a notice where there are too many classes for a table of coefficients."""
    from ogive.report.classification_pages import MOST_TABULATED

    n_classes = len(fitted.model.classes_)
    if not hasattr(fitted.model, "summary") or n_classes <= MOST_TABULATED:
        return []
    return [
        Text(
            f"The coefficients of {n_classes} classes are not printed, nor is separation looked "
            f"for, as that takes long for more than {MOST_TABULATED}; summary() and findings() do "
            "so from Python.",
            f"{n_classes} 个类别的系数没有打印，也没有检查类别是否被完全分开"
            f"（类别多于 {MOST_TABULATED} 个时耗时很长）；可在 Python 中用 summary() 和 "
            "findings()。",
        )
    ]


def _references(fitted: FittedClasses) -> dict[str, str]:
    from ogive.data import DesignPreparation

    prepared = fitted.preparation
    return prepared.references_ if isinstance(prepared, DesignPreparation) else {}


def _print(screen: Screen, text: str) -> None:
    screen.out.print(Styled(text), soft_wrap=True)


def _save(
    fitted: FittedClasses, labelled: LabelledTable, settings: ClassSettings, path: Path
) -> None:
    from ogive.persistence import TableModel, save_model

    whole = TableModel(
        task="classification",
        target=labelled.target_name,
        left_out=list(labelled.left_out),
        preparation=fitted.preparation,
        estimator=fitted.model,
        threshold=settings.threshold,
    )
    with replacing(path) as beside:
        save_model(whole, beside)
