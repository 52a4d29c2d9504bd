"""The forms in which results can be had: tables, plain data, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from ogive.text import InputError, Language, Text

__all__ = ["csv_text", "json_text", "markdown_table", "plain", "shaped"]


class ReadColumn(Protocol):
    """A column of a table as people read it."""

    @property
    def title(self) -> Text:
        """Its heading."""

    @property
    def align(self) -> str:
        """How its cells are set."""

    @property
    def write(self) -> Callable[[Any, Language], str]:
        """What returns a row's cell."""


def shaped(records: list[dict[str, Any]], format: str) -> Any:
    """Return records as a list of dicts or as a data frame.

    Raises
    ------
    InputError
        Where the format is none of those a table can be had in.
    """
    if format == "dict":
        return records
    if format == "pandas":
        import pandas as pd  # type: ignore[import-untyped]

        return pd.DataFrame(records)
    if format == "polars":
        import polars as pl

        return pl.DataFrame(records)
    raise InputError(
        f"format must be 'dict', 'pandas', 'polars' or 'markdown'. Got {format!r} instead.",
        f"format 只能是 'dict'、'pandas'、'polars' 或 'markdown'，得到的却是 {format!r}。",
    )


def markdown_table(columns: Sequence[ReadColumn], rows: Iterable[Any], language: Language) -> str:
    """Return a table as people read it, in Markdown."""
    lines = [
        [column.title.to(language) for column in columns],
        ["---:" if column.align == "right" else "---" for column in columns],
        *([column.write(row, language) for column in columns] for row in rows),
    ]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def json_text(data: Any, indent: int | None) -> str:
    """Return plain data as JSON text."""
    return json.dumps(data, ensure_ascii=False, indent=indent, allow_nan=False) + "\n"


def csv_text(names: Sequence[str], records: Iterable[Mapping[str, Any]]) -> str:
    """Return records as CSV text with a header; numbers unrounded, unknown ones empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    for record in records:
        values = [record[name] for name in names]
        writer.writerow(["" if _unknown(value) else value for value in values])
    return text.getvalue()


def plain(value: Any) -> Any:
    """Return `value` with nothing in it that JSON does not have."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(item) for item in value]
    return None if _unknown(value) else value


def _unknown(value: object) -> bool:
    return isinstance(value, float) and not math.isfinite(value)
