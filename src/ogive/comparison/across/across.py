"""Comparisons on several data sets, seen together."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ogive.comparison import forms
from ogive.comparison.across.columns import AcrossColumn, across_columns
from ogive.comparison.across.pairs import ALPHA, AcrossPair, data_sets_needed, make_pairs
from ogive.comparison.across.ranks import critical_difference, friedman, groups_within, ranks_of
from ogive.comparison.across.rows import AcrossRow, make_rows
from ogive.comparison.across.signed_ranks import least_p
from ogive.comparison.across.tables import read_scores
from ogive.comparison.across.words import make_verdict
from ogive.text import Language, Text

if TYPE_CHECKING:
    import altair as alt

    from ogive.comparison.result import Comparison

__all__ = ["Across"]


class Across:
    """What comparisons of the same candidates on several data sets say together.

    Each data set counts once: with its mean test score over all splits, whatever its size. The
    candidates are ranked on each, and their average ranks tested after Friedman; each pair is told
    apart by Wilcoxon's signed-rank test with Holm's correction.

    Parameters
    ----------
    comparisons : mapping of str to Comparison
        By the name of the data set; at least two, of the same task and score. Candidates that are
        not in all of them are left out, and named in `notices`.

    Attributes
    ----------
    comparisons : dict of str to Comparison
        What was given.
    names : tuple of str
        The data sets.
    labels : tuple of str
        The candidates by ascending average rank.
    scores, ranks : ndarray of shape (n_data_sets, n_candidates)
        Mean scores as people read them, and ranks, in the order of `names` and `labels`.
    scoring : str
        Name of the score.
    friedman : Friedman
        The test of all candidates together.
    critical_difference : float
        Nemenyi's, of average ranks at 0.05.
    groups : list of (int, int)
        First and last of the largest groups within it.
    pairs : list of AcrossPair
        Every two candidates: the evidence.
    notices : tuple of Text
        What was left out, and which settings differ.

    Raises
    ------
    InputError
        With fewer than two data sets or two common candidates, or where tasks or scores differ.

    Examples
    --------
    >>> import ogive
    >>> from ogive.comparison.across import Across
    >>> from sklearn.datasets import load_iris, load_wine
    >>> across = Across(
    ...     {
    ...         load.__name__: ogive.compare(
    ...             *load(return_X_y=True), activations=["tanh", "relu"], max_iter=5, n_repeats=1
    ...         )
    ...         for load in (load_iris, load_wine)
    ...     }
    ... )
    >>> across.least_p
    0.5
    """

    def __init__(self, comparisons: Mapping[str, Comparison]) -> None:
        self.comparisons = dict(comparisons)
        table = read_scores(self.comparisons)
        ranks = ranks_of(table.scores)
        order = np.argsort(ranks.mean(axis=0), kind="stable")
        self.names = table.names
        self.labels = tuple(table.labels[i] for i in order)
        self.notices = table.notices
        self.score = table.score
        self.scoring = table.score.name
        self.ranks = ranks[:, order]
        within = table.scores[:, order]
        self.scores = within if table.score.greater_is_better else 0.0 - within
        self.friedman = friedman(self.ranks)
        self.critical_difference = critical_difference(len(self.labels), len(self.names))
        self.groups = groups_within(self.ranks.mean(axis=0), self.critical_difference)
        self.pairs: list[AcrossPair] = make_pairs(
            self.labels, within, self.ranks, table.ropes, self.critical_difference
        )
        self._rows = make_rows(self.names, self.labels, self.scores, self.ranks, self.pairs)

    alpha = ALPHA

    @property
    def best(self) -> str:
        """Label of the candidate with the best average rank, with or without evidence for it."""
        return self._rows[0].label

    @property
    def least_p(self) -> float:
        """The p-value of a pair on which all data sets agree: there is none below it."""
        return least_p(len(self.names))

    @property
    def least_p_holm(self) -> float:
        """The same after Holm's correction for all pairs."""
        return min(len(self.pairs) * self.least_p, 1.0)

    @property
    def data_sets_needed(self) -> int:
        """How many data sets it takes at least to tell one of so many pairs apart."""
        return data_sets_needed(len(self.pairs))

    @property
    def verdict(self) -> Text:
        """The result in a few sentences."""
        return make_verdict(self)

    def rows(self) -> list[AcrossRow]:
        """Return one row for each candidate, the best average rank first."""
        return list(self._rows)

    def columns(self) -> tuple[AcrossColumn, ...]:
        """Return the columns of the table as people read it."""
        return across_columns(self._rows, self.score.title)

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
            A list of dicts or a data frame with the fields of `AcrossRow`, of which `scores` and
            `ranks` become ``"score NAME"`` and ``"rank NAME"`` for each data set; or a Markdown
            table as people read it.
        language : {"en", "zh"}, default="en"
            Language of the Markdown table.
        """
        if format == "markdown":
            return forms.markdown_table(self.columns(), self._rows, language)
        return forms.shaped([_record(row) for row in self._rows], format)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data for JSON; what is not a finite number is None.

        ``comparisons`` holds the verdict, the scores and the command of each data set; its other
        results are to be had from its own `Comparison.to_dict`.
        """
        plain: dict[str, Any] = forms.plain(
            {
                "data_sets": self.names,
                "candidates": self.labels,
                "scoring": self.scoring,
                "greater_is_better": self.score.greater_is_better,
                "best": self.best,
                "verdict": self.verdict._asdict(),
                "notices": [notice._asdict() for notice in self.notices],
                "rows": self.table(),
                "friedman": self.friedman._asdict(),
                "critical_difference": self.critical_difference,
                "groups": [[self.labels[i] for i in range(a, b + 1)] for a, b in self.groups],
                "least_p": self.least_p,
                "least_p_holm": self.least_p_holm,
                "data_sets_needed": self.data_sets_needed,
                "pairs": [asdict(pair) for pair in self.pairs],
                "comparisons": {
                    name: {
                        "verdict": one.verdict._asdict(),
                        "data": one.data.to_dict(),
                        "command": one.command,
                    }
                    for name, one in self.comparisons.items()
                },
            }
        )
        return plain

    def to_json(self, *, indent: int | None = 2) -> str:
        """Return `to_dict` as JSON text."""
        return forms.json_text(self.to_dict(), indent)

    def to_csv(self) -> str:
        """Return the table as CSV text with a header; numbers unrounded, unknown ones empty."""
        records: list[dict[str, Any]] = self.table()
        return forms.csv_text(list(records[0]), records)

    def figures(self, language: Language = "en") -> dict[str, alt.TopLevelMixin]:
        """Return the charts of the report by name.

        Parameters
        ----------
        language : {"en", "zh"}, default="en"
            Language of titles and tooltips.
        """
        from ogive.comparison.across.report import make_figures

        return make_figures(self, language)

    def report(
        self,
        path: str | os.PathLike[str],
        language: Language = "en",
        *,
        pages: Mapping[str, str] | None = None,
    ) -> None:
        """Write the whole result as one HTML file that needs no network.

        Parameters
        ----------
        path : path-like
            The file; one that exists is replaced.
        language : {"en", "zh"}, default="en"
            Language of the report.
        pages : mapping of str to str, optional
            For data sets by name, the report of their own comparison, as a path from this one; the
            report then links to it.
        """
        from ogive.comparison.across.report import write_report

        write_report(self, path, language, pages=pages)

    def __repr__(self) -> str:
        return f"Across(best={self.best!r}, verdict={self.verdict.en!r})"


def _record(row: AcrossRow) -> dict[str, Any]:
    record = {key: value for key, value in vars(row).items() if key not in ("scores", "ranks")}
    record |= {f"score {name}": value for name, value in row.scores.items()}
    return record | {f"rank {name}": value for name, value in row.ranks.items()}
