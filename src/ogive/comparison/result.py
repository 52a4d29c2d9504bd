"""The result of a comparison, and the forms it can be had in."""

from __future__ import annotations

import csv
import io
import json
import math
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal

from ogive.comparison.design.problem import DataSummary
from ogive.comparison.design.settings import Settings, Task, scoring_name, scoring_title
from ogive.comparison.outcome import Outcome
from ogive.comparison.rows import Row, make_rows
from ogive.comparison.words.cautions import find_cautions
from ogive.comparison.words.columns import CSV_FIELDS, Column, table_columns
from ogive.comparison.words.verdict import make_verdict
from ogive.text import InputError, Language, Text

if TYPE_CHECKING:
    import altair as alt

__all__ = ["Comparison"]


@dataclass(frozen=True, repr=False)
class Comparison:
    """What `ogive.compare` found.

    Attributes
    ----------
    task : {"classification", "regression"}
        What the networks learned.
    data : DataSummary
        What the columns and the target hold.
    settings : Settings
        How the experiment was done.
    outcomes : list of list of Outcome
        By activation in the order of ``settings.labels``, then by split.
    guesses : list of float
        For each split, the score of the guess that ignores X.
    seconds : float
        Time of the whole comparison.
    environment : dict of str
        Versions and machine.
    command : str
        What to type to repeat it.
    notices : tuple of Text
        What was noticed while the data were read.
    data_name : str or None
        Name of the data.
    """

    task: Task
    data: DataSummary
    settings: Settings
    outcomes: list[list[Outcome]]
    guesses: list[float]
    seconds: float
    environment: dict[str, str]
    command: str
    notices: tuple[Text, ...] = ()
    data_name: str | None = None
    _rows: list[Row] = field(init=False)

    def __post_init__(self) -> None:
        rows = make_rows(self.settings.labels, self.outcomes, self.settings.test_to_train)
        object.__setattr__(self, "_rows", rows)

    @property
    def best(self) -> str:
        """Name of the activation with the highest mean score, with or without evidence for it."""
        return self._rows[0].label

    @property
    def scoring(self) -> str:
        """Name of the score; higher is better."""
        return scoring_name(self.settings.scoring)

    @property
    def scores(self) -> dict[str, list[float]]:
        """Test score of every activation on every split."""
        labels = self.settings.labels
        return {
            label: [outcome.score for outcome in done]
            for label, done in zip(labels, self.outcomes, strict=True)
        }

    @property
    def verdict(self) -> Text:
        """The result in a sentence or two."""
        return make_verdict(
            self._rows,
            scoring_title(self.settings.scoring),
            self.scores[self.best],
            self.guesses,
            self.settings.test_to_train,
        )

    @property
    def cautions(self) -> list[Text]:
        """Where the settings may have kept an activation from doing better."""
        return find_cautions(self._rows, self.settings, len(self.guesses))

    def rows(self) -> list[Row]:
        """Return one row for each activation, the best first."""
        return list(self._rows)

    def columns(self) -> tuple[Column, ...]:
        """Return the columns of the table as people read it."""
        title = scoring_title(self.settings.scoring)
        return table_columns(self._rows, title, len(self.guesses))

    def table(
        self,
        format: Literal["dict", "pandas", "polars", "markdown"] = "dict",
        *,
        language: Language = "en",
    ) -> Any:
        """Return the table.

        Parameters
        ----------
        format : {"dict", "pandas", "polars", "markdown"}, default="dict"
            A list of dicts or a data frame with every field of `Row`, or a Markdown table as
            people read it.
        language : {"en", "zh"}, default="en"
            Language of the Markdown table.
        """
        if format == "markdown":
            return self._markdown(language)
        records = [asdict(row) for row in self._rows]
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

    def _markdown(self, language: Language) -> str:
        columns = self.columns()
        lines = [
            [column.title.to(language) for column in columns],
            ["---:" if column.align == "right" else "---" for column in columns],
            *([column.write(row, language) for column in columns] for row in self._rows),
        ]
        return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data for JSON; what is not a finite number is None."""
        settings = {field.name: getattr(self.settings, field.name) for field in fields(Settings)}
        settings |= {
            "candidates": [
                {"label": one.label, "factors": dict(one.factors)}
                for one in self.settings.candidates
            ],
            "scoring": self.scoring,
            "dtype": self.settings.dtype.__name__,
            "prepare": None if self.settings.prepare is None else str(self.settings.prepare),
        }
        plain: dict[str, Any] = _plain(
            {
                "task": self.task,
                "scoring": self.scoring,
                "best": self.best,
                "verdict": self.verdict._asdict(),
                "rows": self.table(),
                "splits": {
                    label: [outcome._asdict() for outcome in done]
                    for label, done in zip(self.settings.labels, self.outcomes, strict=True)
                },
                "guess_scores": self.guesses,
                "data": self.data.to_dict(),
                "cautions": [caution._asdict() for caution in self.cautions],
                "data_name": self.data_name,
                "notices": [notice._asdict() for notice in self.notices],
                "settings": settings,
                "environment": self.environment,
                "seconds": self.seconds,
                "command": self.command,
            }
        )
        return plain

    def to_json(self, *, indent: int | None = 2) -> str:
        """Return `to_dict` as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent, allow_nan=False) + "\n"

    def to_csv(self) -> str:
        """Return the rows as CSV text with a header; numbers unrounded, unknown ones empty."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(CSV_FIELDS)
        for record in self.table():
            values = [record[name] for name in CSV_FIELDS]
            writer.writerow(["" if _unknown(value) else value for value in values])
        return text.getvalue()

    def figures(self, language: Language = "en") -> dict[str, alt.TopLevelMixin]:
        """Return the charts of the report by name.

        Parameters
        ----------
        language : {"en", "zh"}, default="en"
            Language of titles and tooltips.
        """
        from ogive.comparison.reporting.figures import make_figures

        return make_figures(self, language)

    def report(self, path: str | os.PathLike[str], language: Language = "en") -> None:
        """Write the whole result as one HTML file that needs no network.

        Parameters
        ----------
        path : path-like
            The file; one that exists is replaced.
        language : {"en", "zh"}, default="en"
            Language of the report.
        """
        from ogive.comparison.reporting.report import write_report

        write_report(self, path, language)

    def __repr__(self) -> str:
        return f"Comparison(best={self.best!r}, verdict={self.verdict.en!r})"


def _unknown(value: object) -> bool:
    return isinstance(value, float) and not math.isfinite(value)


def _plain(value: Any) -> Any:
    """Return `value` with nothing in it that JSON does not have."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return None if _unknown(value) else value
