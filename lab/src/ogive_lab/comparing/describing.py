"""What the page tells about a table: its columns, what is missing, the first rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ogive.text import Text

if TYPE_CHECKING:
    import polars as pl

    from ogive_lab.comparing.sources import Source

__all__ = ["describe_source", "describe_table"]

PREVIEWED = 5
LONGEST_CELL = 60


def describe_source(source: Source, report: Any = None, stopped: Any = None) -> dict[str, Any]:
    """Return what `describe_table` tells about the data of a source."""
    return describe_table(source.table(), source.name, source.notices)


def describe_table(frame: pl.DataFrame, name: str, notices: Sequence[Text]) -> dict[str, Any]:
    """Return what is to be known of a table before a target is chosen, ready for JSON.

    Parameters
    ----------
    frame : polars.DataFrame
    name : str
        What it is called.
    notices : sequence of Text
        What was noticed while it was read.
    """
    from ogive.data.selection import useless_columns

    useless = useless_columns(frame)
    why = {column: reason for reason, columns in useless.items() for column in columns}
    missing = [_missing(column) for column in frame.get_columns()]
    said = _said(frame, missing)
    columns = [
        {
            "name": column.name,
            "kind": _kind(column),
            "type": str(column.dtype.base_type()),
            "missing": n_missing,
            "said": words._asdict(),
            "useless": why.get(column.name),
            **_as_target(column),
        }
        for column, n_missing, words in zip(frame.get_columns(), missing, said, strict=True)
    ]
    return {
        "name": name,
        "rows": frame.height,
        "missing": sum(missing),
        "columns": columns,
        "target": _suggested(columns),
        "preview": [[_cell(value) for value in row] for row in frame.head(PREVIEWED).iter_rows()],
        "notices": [notice._asdict() for notice in notices],
    }


def _kind(column: pl.Series) -> str | None:
    from ogive.data.columns import kind_of

    return kind_of(column)


def _missing(column: pl.Series) -> int:
    missing = column.null_count()
    if column.dtype.is_float():
        missing += int(column.is_nan().sum())
    return missing


def _said(frame: pl.DataFrame, missing: Sequence[int]) -> list[Text]:
    """Return what the report's data card would say of the values of each column."""
    from ogive.comparison.design.column_summary import summarise_column
    from ogive.comparison.design.problem import DataSummary
    from ogive.comparison.reporting.data_card import column_rows

    columns = tuple(
        summarise_column(column, n) for column, n in zip(frame.get_columns(), missing, strict=True)
    )
    data = DataSummary(frame.height, 0, 0, 0, 0, "", None, None, None, columns)
    en, zh = (
        [row["said"] for row in column_rows(data, "en")],
        [row["said"] for row in column_rows(data, "zh")],
    )
    return [Text(*both) for both in zip(en, zh, strict=True)]


def _as_target(column: pl.Series) -> dict[str, Any]:
    """Return which task a column would pose as the target, and how many classes it has."""
    from ogive.data.task import infer_task

    if _kind(column) in (None, "date") or column.null_count() == len(column):
        return {"task": None, "classes": None}
    task = infer_task(column)
    present = column.drop_nulls()
    if present.dtype.is_float():
        present = present.drop_nans()
    n_values = present.n_unique()
    if n_values < 2:
        return {"task": None, "classes": None}
    return {"task": task, "classes": n_values if task == "classification" else None}


def _suggested(columns: Sequence[dict[str, Any]]) -> str | None:
    """Return the last column that can be a target: tables mostly have it there."""
    usable = [
        column["name"]
        for column in columns
        if column["task"] is not None and column["useless"] is None
    ]
    return usable[-1] if usable else None


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = f"{value:.6g}" if isinstance(value, float) else str(value)
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
