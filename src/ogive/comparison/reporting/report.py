"""Writes the result of a comparison as one HTML file that needs nothing else."""

from __future__ import annotations

from dataclasses import fields
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ogive.comparison.design.settings import Settings
from ogive.comparison.reporting.curve_records import MOST_CURVES, MOST_PANELS
from ogive.comparison.reporting.data_card import balance, column_rows, data_facts
from ogive.comparison.reporting.pair_records import MOST_DENSITIES, MOST_IN_MATRIX
from ogive.comparison.reporting.report_texts import COMPARED, FIGURES, TEXTS
from ogive.comparison.reporting.result_table import result_table, style_of
from ogive.comparison.words import formats
from ogive.comparison.words.columns import GROUPS
from ogive.comparison.words.labels import close_up, listed_labels, shown_label
from ogive.comparison.words.narrative import describe_design, listed
from ogive.report.page import Figure, render_page, typographic, write_page
from ogive.text import Language

if TYPE_CHECKING:
    from ogive.comparison.result import Comparison

__all__ = ["render_report", "report_figures", "report_table", "report_title", "write_report"]


def write_report(
    comparison: Comparison, path: str | PathLike[str], language: Language = "en"
) -> None:
    """Write the report beside `path` first and then rename it, so that none is half-written."""
    write_page(render_report(comparison, language), Path(path))


def render_report(comparison: Comparison, language: Language) -> str:
    """Return the report as HTML text."""
    data = comparison.data
    more = data.n_columns - len(data.columns)
    return render_page(
        "ogive.comparison.reporting",
        "report.html.j2",
        title=report_title(comparison, language),
        language=language,
        text={key: text.to(language) for key, text in TEXTS.items()},
        verdict=comparison.verdict.to(language),
        cautions=[caution.to(language) for caution in comparison.cautions],
        reasons=[reason.to(language) for reason in comparison.reasons],
        notices=[notice.to(language) for notice in comparison.notices],
        table=report_table(comparison, language),
        figures=report_figures(comparison, language),
        design=describe_design(comparison, language),
        data=data_facts(data, comparison.task, language),
        columns=column_rows(data, language),
        more_columns=(
            TEXTS["more_columns"].to(language, shown=len(data.columns), n=f"{more:,}")
            if data.columns and more > 0
            else None
        ),
        balance=balance(data, language),
        balance_title=TEXTS["balance" if data.class_counts else "distribution"].to(language),
        settings=_settings(comparison, language),
        environment=_environment(comparison, language),
        command=comparison.command,
        style=style_of("ogive.comparison.reporting", "report.css"),
    )


def report_title(comparison: Comparison, language: Language) -> str:
    """Return the heading of the report."""
    first, *others = (COMPARED[factor].to(language) for factor in comparison.settings.vary)
    if language == "en":
        others = [f"{other[0].lower()}{other[1:]}" for other in others]
    what = listed([first, *others], language)
    if comparison.data_name:
        return TEXTS["title_named"].to(language, what=what, name=comparison.data_name)
    return TEXTS["title"].to(language, what=what, target=comparison.data.target)


def report_table(comparison: Comparison, language: Language) -> dict[str, Any]:
    """Return the table as `result_table` does, with the ``note`` that stands above it."""
    columns = comparison.columns()
    places = formats.decimals([row.half_width for row in comparison.rows()])
    mean = sum(comparison.guesses) / len(comparison.guesses)
    guess = formats.score(comparison.score.shown(mean), places)
    return {
        "note": TEXTS["results_note" if mean == mean else "results_note_without_guess"].to(
            language, n_splits=len(comparison.guesses), guess=typographic(guess)
        ),
        **result_table(
            columns,
            comparison.rows(),
            GROUPS,
            TEXTS,
            lambda column, row: _unbroken(typographic(column.write(row, language))),
            language,
        ),
    }


def _unbroken(text: str) -> str:
    """Keep a number with its interval's half width, and the ends of an interval, on one line."""
    for ends in (" ± ", ", +", ", \u2212"):
        text = text.replace(ends, ends.replace(" ", "\u00a0"))
    return text


def report_figures(comparison: Comparison, language: Language) -> list[Figure]:
    """Return the charts with their titles and captions, as wide as their places."""
    from ogive.comparison.reporting.figures import make_figures

    charts = make_figures(comparison, language, width="container")
    best = shown_label(comparison.best, language)
    values = {"best": best, "rope": f"{comparison.rope:.3g}"}
    figures = []
    for name, chart in charts.items():
        title, caption = (close_up(text.to(language, **values)) for text in FIGURES[name])
        caption += _left_out(comparison, name, language)
        figures.append(Figure.of(chart, name, title, caption))
    return figures


def _left_out(comparison: Comparison, name: str, language: Language) -> str:
    """Return what the caption says of that which the figure does not show."""
    n = len(comparison.settings.labels)
    if name == "pairs" and n > MOST_IN_MATRIX:
        return FIGURES["pairs_cut"][1].to(language, shown=MOST_IN_MATRIX, n=n)
    if name == "densities" and n - 1 > MOST_DENSITIES:
        return FIGURES["densities_cut"][1].to(language, shown=MOST_DENSITIES)
    if name == "learning_curves" and n > MOST_PANELS:
        return FIGURES["learning_curves_cut"][1].to(language, shown=MOST_PANELS)
    if name == "fold_curves" and (n > MOST_PANELS or len(comparison.guesses) > MOST_CURVES):
        values = {"panels": MOST_PANELS, "curves": MOST_CURVES}
        return FIGURES["fold_curves_cut"][1].to(language, **values)
    if name == "gradients":
        from ogive.comparison.reporting.score_records import gradient_records

        records = gradient_records(comparison, language)
        zero = {r["activation"]: None for r in records if r["gradient"] == 0}
        if zero:
            return FIGURES["gradients_zero"][1].to(
                language, names=(", " if language == "en" else "、").join(zero)
            )
    return ""


def _settings(comparison: Comparison, language: Language) -> list[tuple[str, str]]:
    settings = comparison.settings
    candidates = listed_labels(settings.labels, last="", most=len(settings.labels))
    values = {field.name: getattr(settings, field.name) for field in fields(Settings)} | {
        "candidates": candidates.to(language),
        "learning_rates": ", ".join(f"{r:g}" for r in settings.learning_rates),
        "hidden_layer_sizes": ", ".join(map(str, settings.hidden_layer_sizes)),
        "vary": ", ".join(settings.vary),
        "scoring": comparison.scoring,
        "rope": f"{comparison.rope:.6g}",
        "dtype": settings.dtype.__name__,
    }
    return [(name, str(value)) for name, value in values.items()]


def _environment(comparison: Comparison, language: Language) -> list[tuple[str, str]]:
    said = [
        (TEXTS[name].to(language) if name in TEXTS else name, value)
        for name, value in comparison.environment.items()
    ]
    said.append((TEXTS["engine"].to(language), comparison.engine))
    if comparison.run is not None:
        said.append((TEXTS["run"].to(language), str(comparison.run)))
    if comparison.n_known:
        said.append((TEXTS["known"].to(language), f"{comparison.n_known:,}"))
    return said
