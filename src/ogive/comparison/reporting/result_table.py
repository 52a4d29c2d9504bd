"""The table of candidates on a page, and its style: of one comparison and of several together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Any

from ogive.text import Language, Text

__all__ = ["result_table", "style_of"]


def result_table(
    columns: Sequence[Any],
    rows: Iterable[Any],
    groups: Mapping[str, Text],
    texts: Mapping[str, Text],
    write: Callable[[Any, Any], str],
    language: Language,
) -> dict[str, Any]:
    """Return legend, columns and rows as the templates take them.

    Parameters
    ----------
    columns : sequence of Column or of AcrossColumn
    rows : iterable of Row or of AcrossRow
    groups : mapping of str to Text
        What each group is called.
    texts : mapping of str to Text
        What each group means in the legend, by ``legend_`` and its name.
    write : callable
        Returns a cell's text, given the column and the row.
    language : {"en", "zh"}
        Language of the page.
    """
    rows = list(rows)
    found = {row.group for row in rows}
    return {
        "legend": [
            (group, texts[f"legend_{group}"].to(language)) for group in groups if group in found
        ],
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
                "group_name": groups[row.group].to(language),
                "cells": [
                    {
                        "text": write(column, row),
                        "sort": column.sort_value(row),
                        "align": column.align,
                    }
                    for column in columns
                ],
            }
            for row in rows
        ],
    }


def style_of(package: str, name: str) -> str:
    """Return the marks of the candidates' groups, and a page's own style."""
    places = (("ogive.comparison.reporting", "marks.css"), (package, name))
    return "".join(
        (files(where) / "assets" / file).read_text(encoding="utf-8") for where, file in places
    )
