"""The result of a comparison, and the forms it can be had in."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ogive.comparison import exporting, forms
from ogive.comparison.design.problem import DataSummary
from ogive.comparison.design.settings import Settings, Task
from ogive.comparison.outcome import Outcome
from ogive.comparison.rows import Row, make_rows
from ogive.comparison.running.stopping import Stopped
from ogive.comparison.scoring.names import Score, score_of
from ogive.comparison.statistics.differences import Gain, gains_over_guess
from ogive.comparison.statistics.pairwise import Pair, pairwise
from ogive.comparison.statistics.pareto import checked_costs, pareto_front
from ogive.comparison.words.cautions import find_cautions
from ogive.comparison.words.columns import Column, table_columns
from ogive.comparison.words.reasons import reasons
from ogive.comparison.words.verdict import make_verdict
from ogive.text import Language, Text

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
    stopped : Stopped or None
        Why no more repeats were made.
    engine : str
        What did the fits, such as "threads".
    n_known : int
        Fits whose results a store had already.
    run : int or None
        The comparison's number in the store.
    times : bool
        Whether measured times are in tables, CSV and JSON. Without them two runs of the same
        comparison give the same bytes, interrupted or not.
    fingerprint : str or None
        Hash of the data, where a store made one.
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
    stopped: Stopped | None = None
    engine: str = "threads"
    n_known: int = 0
    run: int | None = None
    times: bool = True
    fingerprint: str | None = None
    _pairs: list[Pair] = field(init=False)
    _rows: list[Row] = field(init=False)
    _gains: dict[str, Gain] = field(init=False)

    def __post_init__(self) -> None:
        candidates, ratio = self.settings.candidates, self.settings.test_to_train
        scores, score, n_rows = list(self.scores.values()), self.score, self.data.n_rows
        of_shares = n_rows if score.is_share else None
        pairs = pairwise(scores, self.settings.labels, ratio, self.rope, n_rows=of_shares)
        rows = make_rows(candidates, self.outcomes, pairs, ratio, score, n_rows)
        found = gains_over_guess(scores, self.guesses, ratio, n_rows=of_shares)
        gains = dict(zip(self.settings.labels, found, strict=True))
        object.__setattr__(self, "_pairs", pairs)
        object.__setattr__(self, "_rows", rows)
        object.__setattr__(self, "_gains", gains)

    @property
    def best(self) -> str:
        """Name of the candidate with the highest mean score, with or without evidence for it."""
        return self._rows[0].label

    @property
    def score(self) -> Score:
        """What is compared by: name, title, and whether more of it is better."""
        counts = self.data.class_counts
        n_classes = None if counts is None else len(counts)
        return score_of(self.settings.scoring, self.task, n_classes=n_classes)

    @property
    def scoring(self) -> str:
        """Name of the score."""
        return self.score.name

    @property
    def rope(self) -> float:
        """Half the width of the region of practical equivalence, in units of the score."""
        if self.settings.rope is not None:
            return self.settings.rope
        if np.isnan(self.guesses).any():  # then it is a share of the scores themselves
            return 0.01 * (float(np.abs(list(self.scores.values())).mean()) or 1.0)
        return 0.01 * self.score.scale(self.guesses)

    @property
    def scores(self) -> dict[str, list[float]]:
        """Test score of every candidate on every split; higher is better, errors are negative."""
        labels = self.settings.labels
        return {
            label: [outcome.score for outcome in done]
            for label, done in zip(labels, self.outcomes, strict=True)
        }

    @property
    def verdict(self) -> Text:
        """The result in a sentence or two."""
        return make_verdict(self._rows, self.score, self._gains, self.guesses, self.rope)

    @property
    def cautions(self) -> list[Text]:
        """Where the settings may have kept a candidate from doing better."""
        return find_cautions(self._rows, self.settings, self.scores, self.rope, self.data)

    @property
    def reasons(self) -> list[Text]:
        """Why candidates fall behind, where the networks' inner numbers support it."""
        return reasons(self)

    @property
    def gains(self) -> dict[str, Gain]:
        """How every candidate stands to the guess that ignores X."""
        return dict(self._gains)

    def pairs(self) -> list[Pair]:
        """Return every candidate against every other."""
        return list(self._pairs)

    def pareto(self, cost: str | Sequence[str] = "seconds") -> list[str]:
        """Return the candidates that no other one beats both in cost and in mean score.

        Parameters
        ----------
        cost : {"seconds", "predict_seconds", "n_parameters"} or several, default="seconds"
            Time of a fit, time of predicting a row, or numbers learnt.

        Returns
        -------
        list of str
            From the cheapest to the one of the highest score, by the first cost. Candidates that
            failed in every split are left out, and those whose cost is not known.
        """
        costs = checked_costs(cost)
        rows = [row for row in self._rows if row.n_failed < len(self.guesses)]
        # A model whose numbers cannot be counted has 0 of them.
        values = [[getattr(row, name) or float("nan") for name in costs] for row in rows]
        front = pareto_front(values, [row.score for row in rows])
        chosen = [row for row, on in zip(rows, front, strict=True) if on]
        return [row.label for row in sorted(chosen, key=lambda row: getattr(row, costs[0]))]

    def rows(self) -> list[Row]:
        """Return one row for each candidate, the best first."""
        return list(self._rows)

    def columns(self) -> tuple[Column, ...]:
        """Return the columns of the table as people read it."""
        n_splits, vary = len(self.guesses), self.settings.vary
        columns = table_columns(self._rows, self.score, n_splits, vary, self.rope)
        return columns if self.times else exporting.without_times(columns)

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
            return forms.markdown_table(self.columns(), self._rows, language)
        return forms.shaped(exporting.records_of(self), format)

    def to_dict(self, *, times: bool | None = None) -> dict[str, Any]:
        """Return everything as plain data for JSON; what is not a finite number is None.

        Parameters
        ----------
        times : bool, optional
            Whether measured times are in it; by default as `times` of the comparison says.
        """
        return exporting.as_dict(self, times=self.times if times is None else times)

    def to_json(self, *, indent: int | None = 2, times: bool | None = None) -> str:
        """Return `to_dict` as JSON text."""
        return exporting.as_json(self, indent=indent, times=self.times if times is None else times)

    def to_csv(self, *, times: bool | None = None) -> str:
        """Return the rows as CSV text with a header; numbers unrounded, unknown ones empty.

        Parameters
        ----------
        times : bool, optional
            As for `to_dict`.
        """
        return exporting.as_csv(self, times=self.times if times is None else times)

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
