"""Writes what several data sets say together as one HTML file that needs nothing else."""

from __future__ import annotations

import math
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ogive.comparison.across.columns import GROUPS, AcrossColumn
from ogive.comparison.across.pairs import LEAST_DATA_SETS, AcrossPair
from ogive.comparison.across.report_texts import DESIGN, FIGURE, TEXTS, VERDICTS
from ogive.comparison.across.rows import AcrossRow
from ogive.comparison.across.words import bounded, least
from ogive.comparison.reporting.result_table import result_table, style_of
from ogive.comparison.words import formats
from ogive.comparison.words.labels import shown_label
from ogive.report.page import Figure, render_page, typographic, write_page
from ogive.text import Language

if TYPE_CHECKING:
    import altair as alt

    from ogive.comparison.across.across import Across

__all__ = ["make_figures", "render_report", "write_report"]

PAIR_COLUMNS = (
    "pair",
    "record",
    "sums",
    "p",
    "p_holm",
    "rank_difference",
    "posterior",
    "pair_verdict",
)


def write_report(
    across: Across,
    path: str | PathLike[str],
    language: Language = "en",
    *,
    pages: Mapping[str, str] | None = None,
) -> None:
    """Write the report beside `path` first and then rename it, so that none is half-written."""
    write_page(render_report(across, language, pages=pages), Path(path))


def make_figures(across: Across, language: Language) -> dict[str, alt.TopLevelMixin]:
    """Draw the critical-difference view."""
    from ogive.plots.critical_difference import critical_difference

    ranks = [
        {"label": shown_label(row.label, language), "rank": row.average_rank}
        for row in across.rows()
    ]
    chart = critical_difference(ranks, across.groups, across.critical_difference, language=language)
    return {"critical_difference": chart}


def render_report(
    across: Across, language: Language, *, pages: Mapping[str, str] | None = None
) -> str:
    """Return the report as HTML text, with links to the pages of single data sets."""
    score = across.score.title.to(language)
    spaced = f" {score} " if language == "zh" and score[:1].isascii() else score
    title, caption = (text.to(language) for text in FIGURE)
    return render_page(
        "ogive.comparison.across",
        "across.html.j2",
        title=TEXTS["title"].to(language, n=len(across.names), score=score),
        language=language,
        text={key: text.to(language) for key, text in TEXTS.items()},
        verdict=across.verdict.to(language),
        notices=[notice.to(language) for notice in across.notices],
        table=_table(across, language, spaced),
        figures=[
            Figure.of(chart, name, title, caption)
            for name, chart in make_figures(across, language).items()
        ],
        tests=_tests(across, language),
        pairs=_pairs(across, language),
        data_sets=_data_sets(across, language, pages or {}),
        design=[paragraph.to(language) for paragraph in DESIGN],
        commands="\n".join(dict.fromkeys(one.command for one in across.comparisons.values())),
        style=style_of("ogive.comparison.across", "across.css"),
    )


def _table(across: Across, language: Language, score: str) -> dict[str, Any]:
    columns = across.columns()
    direction = TEXTS["higher" if across.score.greater_is_better else "lower"].to(language)
    return {
        "note": TEXTS["results_note"].to(language, score=score, direction=direction),
        **result_table(
            columns, across.rows(), GROUPS, TEXTS, lambda c, row: _cell(c, row, language), language
        ),
    }


def _cell(column: AcrossColumn, row: AcrossRow, language: Language) -> str:
    text = column.write(row, language)
    return text if column.key == "label" else typographic(text)


def _tests(across: Across, language: Language) -> list[tuple[str, str]]:
    test = across.friedman
    how = "by_f" if math.isnan(test.p_exact) else "exact"
    beyond = sum(pair.beyond_critical for pair in across.pairs)
    values = {
        "friedman": TEXTS["friedman_value"].to(
            language,
            chi2=test.statistic,
            f=TEXTS["f_infinite"].to(language) if math.isinf(test.f) else f"{test.f:.2f}",
            p=bounded([test.p]),
            how=TEXTS[how].to(language),
        ),
        "nemenyi": TEXTS["nemenyi_value"].to(
            language, cd=across.critical_difference, n=beyond, n_pairs=len(across.pairs)
        ),
        "reach": TEXTS["reach_value"].to(
            language,
            p=least(across.least_p),
            holm=least(across.least_p_holm),
            needed=across.data_sets_needed,
        ),
    }
    n = len(across.names)
    return [(TEXTS[name].to(language, n=n), value) for name, value in values.items()]


def _pairs(across: Across, language: Language) -> dict[str, Any]:
    known = not math.isnan(across.pairs[0].equivalent)
    keys = [key for key in PAIR_COLUMNS if known or key != "posterior"]
    ordered = sorted(across.pairs, key=lambda pair: (pair.p_holm, pair.p))
    below = []
    if any(pair.beyond_critical for pair in across.pairs):
        below.append(TEXTS["star"].to(language))
    if len(across.names) < LEAST_DATA_SETS:
        below.append(TEXTS["posterior_none"].to(language, n=LEAST_DATA_SETS))
    return {
        "note": TEXTS["pairs_note"].to(language, n=len(across.pairs)),
        "all": TEXTS["pairs_all"].to(language, n=len(across.pairs)),
        "columns": [TEXTS[key].to(language) for key in keys],
        "rows": [
            {
                "verdict": pair.verdict,
                "cells": [
                    {"text": text, "sort": sort}
                    for text, sort in (_pair_cell(pair, key, language) for key in keys)
                ],
            }
            for pair in ordered
        ],
        "below": below,
    }


def _pair_cell(pair: AcrossPair, key: str, language: Language) -> tuple[str, float | str]:
    """Return what stands in a cell, and what it is sorted by."""
    if key == "pair":
        names = " – ".join(shown_label(label, language) for label in (pair.first, pair.second))
        return names, names
    if key == "record":
        return f"{pair.wins}, {pair.ties}, {pair.losses}", pair.wins
    if key == "sums":
        return f"{pair.plus:g}, {pair.minus:g}", pair.plus
    if key in ("p", "p_holm"):
        value: float = getattr(pair, key)
        return formats.p_value(value), value
    if key == "rank_difference":
        written = typographic(f"{pair.rank_difference:.2f}")
        marked = TEXTS["beyond"].to(language, value=written)
        return marked if pair.beyond_critical else written, pair.rank_difference
    if key == "posterior":
        three = (pair.better, pair.equivalent, pair.worse)
        return " / ".join(f"{value:.2f}" for value in three), pair.better
    return VERDICTS[pair.verdict].to(language), pair.verdict


def _data_sets(
    across: Across, language: Language, pages: Mapping[str, str]
) -> list[dict[str, str]]:
    return [
        {
            "name": name,
            "page": quote(pages.get(name, "")),
            "n_rows": f"{one.data.n_rows:,}",
            "n_columns": f"{one.data.n_columns:,}",
            "target": one.data.target,
            "verdict": one.verdict.to(language),
        }
        for name, one in across.comparisons.items()
    ]
