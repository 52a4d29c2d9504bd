"""Writes a diagnosis as one HTML file that needs no connection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from importlib.resources import files
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ogive.diagnosis.finding import CODES, DiagnosisFinding
from ogive.diagnosis.measurements import Settings
from ogive.diagnosis.reporting.content import (
    AT_FAULT,
    COLUMNS,
    MARKS,
    UNKNOWN,
    VERDICTS,
    facts,
    shown_layers,
    unit_counts,
)
from ogive.diagnosis.reporting.data import plain
from ogive.diagnosis.reporting.figures import make_figures
from ogive.diagnosis.reporting.pages import page_html, page_id
from ogive.diagnosis.reporting.texts import TEXTS
from ogive.diagnosis.thresholds import Thresholds
from ogive.report.environment import describe_environment
from ogive.report.page import render_page, typographic, write_page
from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.diagnosis.diagnosis import Diagnosis

__all__ = ["render_diagnosis_report", "write_diagnosis_report"]


def write_diagnosis_report(
    diagnosis: Diagnosis,
    path: str | PathLike[str],
    language: Language = "en",
    **options: Any,
) -> None:
    """Write a diagnosis as one HTML file that needs no connection.

    Parameters
    ----------
    diagnosis : Diagnosis
    path : str or path-like
        The file; an older one is replaced once the new one is complete.
    language : {"en", "zh"}, default="en"
        Language of the report.
    **options
        Those of `render_diagnosis_report`.

    Raises
    ------
    InputError
        Where the file cannot be written.
    """
    write_page(render_diagnosis_report(diagnosis, language, **options), Path(path))


def render_diagnosis_report(
    diagnosis: Diagnosis,
    language: Language = "en",
    *,
    data_name: str = "",
    notices: Sequence[Text] = (),
    command: str = "",
) -> str:
    """Return a diagnosis as HTML text.

    Parameters
    ----------
    diagnosis : Diagnosis
        With its trial, if remedies were tried.
    language : {"en", "zh"}, default="en"
        Language of the report.
    data_name : str, optional
        What the rows are called.
    notices : sequence of Text, optional
        Remarks on the data.
    command : str, optional
        The command that made the report.

    Returns
    -------
    str
    """
    measured = diagnosis.measurements
    codes = sorted(diagnosis.codes)
    faults = [one for one in diagnosis.findings if one.severity in AT_FAULT]
    others = [one for one in diagnosis.findings if one.severity not in AT_FAULT]
    title = TEXTS["title_named" if data_name else "title"]
    return render_page(
        "ogive.diagnosis.reporting",
        "diagnosis.html.j2",
        title=title.to(language, model=measured.model, name=data_name),
        language=language,
        text={key: text.to(language) for key, text in TEXTS.items()},
        verdict=_verdict(diagnosis, language),
        kind="issue" if diagnosis.issues else "tip" if diagnosis.tips else "passed",
        faults=[_finding(one, language) for one in faults],
        others=[_finding(one, language) for one in others],
        trial=_trial(diagnosis, language),
        figures=make_figures(diagnosis, language),
        table=_table(diagnosis, language),
        layers_note=TEXTS["layers_note"].to(language, n=f"{measured.n_rows:,}"),
        data=[(name, typographic(value)) for name, value in facts(measured, language)],
        notices=[one.to(language) for one in (*measured.remarks, *notices)],
        settings=_settings(measured.settings),
        environment=[
            (TEXTS[name].to(language) if name in TEXTS else name, value)
            for name, value in describe_environment().items()
        ],
        thresholds=_thresholds(diagnosis.thresholds),
        show_thresholds=TEXTS["show_thresholds"].to(
            language, n=len(diagnosis.thresholds.to_dict())
        ),
        pages=[{"id": page_id(code), "html": page_html(code, language, codes)} for code in codes],
        command=command,
        style="\n".join(
            (
                (files("ogive.report") / "assets" / "regression.css").read_text("utf-8"),
                (files("ogive.diagnosis.reporting") / "assets" / "diagnosis.css").read_text(
                    "utf-8"
                ),
            )
        ),
    )


def _verdict(diagnosis: Diagnosis, language: Language) -> str:
    """Return what is wrong in a sentence or two, and the first thing to try."""
    if not diagnosis.codes:
        n = sum(one.severity == "passed" for one in diagnosis.findings)
        return TEXTS["healthy"].to(language, n=n)
    worst = diagnosis.issues or diagnosis.tips
    codes = dict.fromkeys(one.code for one in worst)
    names = [CODES[code].to(language) for code in codes]
    if language == "en":
        names = [name[:1].lower() + name[1:] for name in names]
    joined = ("、" if language == "zh" else ", ").join(names)
    said = TEXTS["ill" if diagnosis.issues else "tips_only"].to(language, names=joined)
    return said + TEXTS["first"].to(language, remedy=worst[0].remedy.to(language))


def _finding(one: DiagnosisFinding, language: Language) -> dict[str, Any]:
    given = one.remedies or ()
    remedies = [
        {
            "text": remedy.text.to(language),
            "effect": "" if remedy.effect is None else remedy.effect.to(language),
        }
        for remedy in given
    ] or [{"text": one.remedy.to(language), "effect": ""}]
    name = CODES[one.code].to(language)
    return {
        "kind": "none" if one.severity == "not applicable" else one.severity,
        "mark": MARKS[one.severity],
        "verdict": VERDICTS[one.severity].to(language),
        "code": one.code,
        "name": "" if one.severity == "passed" else name,
        "title": one.title.to(language),
        "meaning": one.meaning.to(language),
        "remedies": remedies,
        "numbers": [
            (key, typographic(_written(value)))
            for key, value in plain(one.numbers, language).items()
            if value is not None and value != []
        ],
        "page": page_id(one.code),
        "page_title": TEXTS["page"].to(language, code=one.code, name=name),
    }


def _written(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_written(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(map(_written, value))
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _trial(diagnosis: Diagnosis, language: Language) -> str:
    if diagnosis.trial is None:
        return ""
    from ogive.diagnosis.remedies.showing import trial_html

    return trial_html(diagnosis.trial, language)


def _table(diagnosis: Diagnosis, language: Language) -> dict[str, Any]:
    counts = unit_counts(diagnosis)
    layers = diagnosis.layers
    cells = [
        [column.write(layer, counts.get(layer.name, {})) for column in COLUMNS] for layer in layers
    ]
    kept = [j for j, _ in enumerate(COLUMNS) if any(row[j] != UNKNOWN for row in cells)]
    return {
        "columns": [
            {
                "title": COLUMNS[j].title.to(language),
                "meaning": COLUMNS[j].meaning.to(language),
                "align": "" if COLUMNS[j].name == "activation" else "right",
            }
            for j in kept
        ],
        "rows": [
            {"name": name, "cells": [typographic(row[j]) for j in kept]}
            for name, row in zip(shown_layers(layers, language), cells, strict=True)
        ],
    }


def _settings(settings: Settings) -> list[tuple[str, str]]:
    return [
        (name, _written(value))
        for name, value in plain(asdict(settings)).items()
        if value is not None
    ]


def _thresholds(limits: Thresholds) -> list[tuple[str, str]]:
    usual = Thresholds().to_dict()
    return [
        (name, f"{value:g}{'' if value == usual[name] else ' *'}")
        for name, value in limits.to_dict().items()
    ]
