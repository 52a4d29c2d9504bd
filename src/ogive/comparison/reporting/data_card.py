"""The data card of a report: rows, columns with their kinds and types, gaps, balance."""

from __future__ import annotations

from typing import Any

from ogive.comparison.design.column_summary import ColumnSummary
from ogive.comparison.design.problem import DataSummary
from ogive.comparison.reporting.report_texts import TEXTS
from ogive.comparison.words import formats
from ogive.comparison.words.narrative import listed
from ogive.report.page import typographic
from ogive.text import Language

__all__ = ["balance", "column_rows", "data_facts"]

MOST_CLASSES = 20

KINDS = {"number": "kind_of_number", "date": "kind_of_date", "category": "kind_of_category"}


def data_facts(data: DataSummary, task: str, language: Language) -> list[tuple[str, str]]:
    """Return the facts about the whole table and the target."""
    kinds = (
        ("kind_number", data.n_numeric),
        ("kind_date", data.n_dates),
        ("kind_category", data.n_categorical),
    )
    said = listed([TEXTS[name].to(language, n=n) for name, n in kinds if n], language)
    columns = said
    if data.n_columns not in (data.n_numeric, data.n_dates, data.n_categorical):
        columns = TEXTS["column_kinds"].to(language, total=data.n_columns, kinds=said)
    facts = [
        ("rows", f"{data.n_rows:,}"),
        ("columns", columns),
        ("missing", _missing(data, language)),
        ("target", data.target),
        ("task", TEXTS[task].to(language, n=len(data.class_counts or ()))),
    ]
    if data.target_mean is not None and data.target_deviation is not None:
        mean, deviation = f"{data.target_mean:.4g}", f"{data.target_deviation:.4g}"
        moments = TEXTS["target_moments"].to(language, mean=mean, deviation=deviation)
        facts.append(("target_values", typographic(moments)))
    return [(TEXTS[name].to(language), value) for name, value in facts]


def _missing(data: DataSummary, language: Language) -> str:
    if not data.n_missing:
        return TEXTS["missing_none"].to(language)
    share = formats.share(data.n_missing / (data.n_rows * data.n_columns))
    text = "missing_in" if data.n_incomplete else "missing_some"
    return TEXTS[text].to(language, n=f"{data.n_missing:,}", share=share, columns=data.n_incomplete)


def column_rows(data: DataSummary, language: Language) -> list[dict[str, Any]]:
    """Return what the card says of each column that is described."""
    return [
        {
            "name": column.name,
            "kind": TEXTS[KINDS[column.kind]].to(language),
            "type": column.dtype,
            "missing": f"{column.n_missing:,}" if column.n_missing else formats.NOTHING,
            "missing_share": (
                formats.share(column.n_missing / data.n_rows) if column.n_missing else ""
            ),
            "said": _values(column, data.n_rows, language),
        }
        for column in data.columns
    ]


def _values(column: ColumnSummary, n_rows: int, language: Language) -> str:
    if column.n_missing == n_rows:
        return TEXTS["no_values"].to(language)
    if column.frequent:
        said = [
            TEXTS["value_share"].to(language, value=value, share=formats.share(n / n_rows))
            for value, n in column.frequent
        ]
        text = (", " if language == "en" else "，").join(said)
        rest = (column.n_distinct or 0) - len(column.frequent)
        return text + (TEXTS["more_values"].to(language, n=f"{rest:,}") if rest > 0 else "")
    if column.low is None or column.high is None:
        return formats.NOTHING
    low, high = _written(column.low), _written(column.high)
    if low == high:
        return TEXTS["constant"].to(language, value=low)
    if column.mean is None:
        return TEXTS["range"].to(language, low=low, high=high)
    return TEXTS["range_mean"].to(language, low=low, high=high, mean=_written(column.mean))


def _written(value: float | str) -> str:
    """Write an end of a range: whole numbers in full, others with four digits."""
    if isinstance(value, str):
        return value.removesuffix(" 00:00:00")
    if value.is_integer() and abs(value) < 1e12:
        return typographic(f"{value:.0f}" if abs(value) < 1e4 else f"{value:,.0f}")
    return typographic(f"{value:.4g}")


def balance(data: DataSummary, language: Language) -> list[dict[str, Any]]:
    """Return the bars of the target: its most frequent classes, or its histogram."""
    bars = _class_bars(data, language) if data.class_counts else _histogram_bars(data, language)
    largest = max((n for _, n in bars), default=0)
    return [
        {
            "label": label,
            "n": f"{n:,}",
            "share": formats.share(n / data.n_rows),
            "length": round(100 * n / largest, 1),
        }
        for label, n in bars
    ]


def _class_bars(data: DataSummary, language: Language) -> list[tuple[str, int]]:
    counts = data.class_counts or {}
    if len(counts) <= MOST_CLASSES:
        return list(counts.items())
    ordered = sorted(counts.items(), key=lambda item: -item[1])
    shown, rest = ordered[: MOST_CLASSES - 1], ordered[MOST_CLASSES - 1 :]
    others = TEXTS["other_classes"].to(language, n=len(rest))
    return [*shown, (others, sum(n for _, n in rest))]


def _histogram_bars(data: DataSummary, language: Language) -> list[tuple[str, int]]:
    edges = data.target_edges
    bars = []
    for low, high, n in zip(edges, edges[1:], data.target_counts, strict=False):
        whole = (low + 0.5).is_integer() and (high + 0.5).is_integer()
        if whole:  # bins of whole numbers have their edges between two of them
            first, last = _written(low + 0.5), _written(high - 0.5)
            label = first if first == last else TEXTS["range"].to(language, low=first, high=last)
        else:
            label = TEXTS["range"].to(language, low=_written(low), high=_written(high))
        bars.append((label, n))
    return bars
