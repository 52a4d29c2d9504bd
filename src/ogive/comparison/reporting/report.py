"""Writes the result of a comparison as one HTML file that needs nothing else."""

from __future__ import annotations

from dataclasses import fields
from importlib.resources import files
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ogive.comparison.design.settings import Settings
from ogive.comparison.reporting.report_texts import FIGURES, TEXTS
from ogive.comparison.words import formats
from ogive.comparison.words.columns import GROUPS
from ogive.comparison.words.narrative import describe_design, listed
from ogive.report.page import Figure, render_page, typographic, write_page
from ogive.text import Language

if TYPE_CHECKING:
    from ogive.comparison.result import Comparison

__all__ = ["render_report", "write_report"]

MOST_CLASSES = 20


def write_report(
    comparison: Comparison, path: str | PathLike[str], language: Language = "en"
) -> None:
    """Write the report beside `path` first and then rename it, so that none is half-written."""
    write_page(render_report(comparison, language), Path(path))


def render_report(comparison: Comparison, language: Language) -> str:
    """Return the report as HTML text."""
    return render_page(
        "ogive.comparison.reporting",
        "report.html.j2",
        title=_title(comparison, language),
        language=language,
        text={key: text.to(language) for key, text in TEXTS.items()},
        verdict=comparison.verdict.to(language),
        cautions=[caution.to(language) for caution in comparison.cautions],
        notices=[notice.to(language) for notice in comparison.notices],
        table=_table(comparison, language),
        figures=_figures(comparison, language),
        design=describe_design(comparison, language),
        data=_data(comparison, language),
        classes=_classes(comparison, language),
        settings=_settings(comparison),
        environment=_environment(comparison, language),
        command=comparison.command,
        style=(files("ogive.comparison.reporting") / "assets" / "report.css").read_text(
            encoding="utf-8"
        ),
    )


def _title(comparison: Comparison, language: Language) -> str:
    if comparison.data_name:
        return TEXTS["title_named"].to(language, name=comparison.data_name)
    return TEXTS["title"].to(language, target=comparison.data.target)


def _table(comparison: Comparison, language: Language) -> dict[str, Any]:
    columns = comparison.columns()
    places = formats.decimals([row.score_high - row.score for row in comparison.rows()])
    guess = formats.score(sum(comparison.guesses) / len(comparison.guesses), places)
    return {
        "note": TEXTS["results_note"].to(
            language, n_splits=len(comparison.guesses), guess=typographic(guess)
        ),
        "columns": [
            {
                "title": column.title.to(language),
                "explanation": column.explanation.to(language),
                "align": column.align,
            }
            for column in columns
        ],
        "rows": [
            {
                "group": row.group,
                "group_name": GROUPS[row.group].to(language),
                "cells": [
                    {
                        "text": typographic(column.write(row, language)),
                        "sort": column.sort_value(row),
                        "align": column.align,
                    }
                    for column in columns
                ],
            }
            for row in comparison.rows()
        ],
    }


def _figures(comparison: Comparison, language: Language) -> list[Figure]:
    from ogive.comparison.reporting.figures import gradient_records, make_figures

    charts = make_figures(comparison, language, width="container")
    figures = []
    for name, chart in charts.items():
        title, caption = (text.to(language) for text in FIGURES[name])
        if name == "gradients":
            records = gradient_records(comparison, language)
            zero = {r["activation"]: None for r in records if r["gradient"] == 0}
            if zero:
                caption += FIGURES["gradients_zero"][1].to(language, names=", ".join(zero))
        figures.append(Figure.of(chart, name, title, caption))
    return figures


def _data(comparison: Comparison, language: Language) -> list[tuple[str, str]]:
    data = comparison.data
    kinds = (
        ("kind_number", data.n_numeric),
        ("kind_date", data.n_dates),
        ("kind_category", data.n_categorical),
    )
    said = listed([TEXTS[name].to(language, n=n) for name, n in kinds if n], language)
    columns = said
    if data.n_columns not in (data.n_numeric, data.n_dates, data.n_categorical):
        columns = TEXTS["column_kinds"].to(language, total=data.n_columns, kinds=said)
    missing = (
        TEXTS["missing_some"].to(
            language,
            n=data.n_missing,
            share=formats.share(data.n_missing / (data.n_rows * data.n_columns)),
        )
        if data.n_missing
        else TEXTS["missing_none"].to(language)
    )
    facts = [
        ("rows", f"{data.n_rows:,}"),
        ("columns", columns),
        ("missing", missing),
        ("target", data.target),
        ("task", TEXTS[comparison.task].to(language, n=len(data.class_counts or ()))),
    ]
    if data.target_mean is not None and data.target_deviation is not None:
        mean, deviation = f"{data.target_mean:.4g}", f"{data.target_deviation:.4g}"
        moments = TEXTS["target_moments"].to(language, mean=mean, deviation=deviation)
        facts.append(("target_values", typographic(moments)))
    return [(TEXTS[name].to(language), value) for name, value in facts]


def _classes(comparison: Comparison, language: Language) -> list[dict[str, Any]]:
    """Return the most frequent classes with their rows, the others as one."""
    counts = comparison.data.class_counts
    if not counts:
        return []
    if len(counts) > MOST_CLASSES:
        ordered = sorted(counts.items(), key=lambda item: -item[1])
        shown, rest = ordered[: MOST_CLASSES - 1], ordered[MOST_CLASSES - 1 :]
        others = TEXTS["other_classes"].to(language, n=len(rest))
        shown.append((others, sum(n for _, n in rest)))
    else:
        shown = list(counts.items())
    largest = max(n for _, n in shown)
    return [
        {
            "label": label,
            "n": f"{n:,}",
            "share": formats.share(n / comparison.data.n_rows),
            "length": round(100 * n / largest, 1),
        }
        for label, n in shown
    ]


def _settings(comparison: Comparison) -> list[tuple[str, str]]:
    settings = {
        field.name: getattr(comparison.settings, field.name) for field in fields(Settings)
    } | {
        "candidates": ", ".join(comparison.settings.labels),
        "learning_rates": ", ".join(f"{r:g}" for r in comparison.settings.learning_rates),
        "hidden_layer_sizes": ", ".join(map(str, comparison.settings.hidden_layer_sizes)),
        "scoring": comparison.scoring,
        "dtype": comparison.settings.dtype.__name__,
    }
    return [(name, str(value)) for name, value in settings.items()]


def _environment(comparison: Comparison, language: Language) -> list[tuple[str, str]]:
    return [
        (TEXTS[name].to(language) if name in TEXTS else name, value)
        for name, value in comparison.environment.items()
    ]
