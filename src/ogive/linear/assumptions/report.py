"""The results of all checks, and how they are shown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

from ogive.linear.assumptions.record import AssumptionResult
from ogive.text import Language, default_language

if TYPE_CHECKING:
    import polars as pl

__all__ = ["AssumptionReport"]


class AssumptionReport(Sequence[AssumptionResult]):
    """What the checks of a regression's conditions found: a sequence of results.

    It prints as text, grouped by the four conditions, and shows as HTML in notebooks.

    Parameters
    ----------
    results : sequence of AssumptionResult
        In the order of conditions, codes and targets.
    n_rows, n_columns : int
        Size of the table.
    target_names : tuple of str
        Names of the targets.
    significance : float or None
        Level of the tests; None where none were made.
    """

    def __init__(
        self,
        results: Sequence[AssumptionResult],
        *,
        n_rows: int,
        n_columns: int,
        target_names: tuple[str, ...] = (),
        significance: float | None = None,
    ) -> None:
        targets = {name: i for i, name in enumerate(target_names)}
        self._results = tuple(
            sorted(
                results,
                key=lambda one: (one.condition, targets.get(one.target or "", -1), one.code),
            )
        )
        self.n_rows = n_rows
        self.n_columns = n_columns
        self.target_names = target_names
        self.significance = significance

    @overload
    def __getitem__(self, index: int) -> AssumptionResult: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[AssumptionResult]: ...

    def __getitem__(self, index: int | slice) -> AssumptionResult | Sequence[AssumptionResult]:
        return self._results[index]

    def __len__(self) -> int:
        return len(self._results)

    def __iter__(self) -> Iterator[AssumptionResult]:
        return iter(self._results)

    @property
    def issues(self) -> tuple[AssumptionResult, ...]:
        """The results that are issues."""
        return self.having("issue")

    @property
    def tips(self) -> tuple[AssumptionResult, ...]:
        """The results that are tips."""
        return self.having("tip")

    @property
    def passed(self) -> bool:
        """Whether there is no issue."""
        return not self.issues

    def having(self, verdict: str) -> tuple[AssumptionResult, ...]:
        """Return the results with a verdict."""
        return tuple(one for one in self._results if one.severity == verdict)

    def of(self, code: str, target: str | None = None) -> AssumptionResult:
        """Return the result with a code, where there are several targets that of `target`.

        Raises
        ------
        KeyError
            Where there is none.
        """
        for one in self._results:
            if one.code == code and (target is None or one.target in (None, target)):
                return one
        raise KeyError(code)

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        """Return all results as plain data, their texts in `language`."""
        return {
            "passed": self.passed,
            "n_rows": self.n_rows,
            "n_columns": self.n_columns,
            "targets": list(self.target_names),
            "significance": self.significance,
            "results": [one.to_dict(language) for one in self._results],
        }

    def to_polars(self, language: Language = "en") -> pl.DataFrame:
        """Return a data frame with a row for each result; its numbers are written as JSON."""
        import polars as pl

        records = [one.to_dict(language) for one in self._results]
        for record in records:
            record["numbers"] = json.dumps(record["numbers"], ensure_ascii=False)
        columns = {
            "code": pl.String,
            "condition": pl.Int64,
            "target": pl.String,
            "verdict": pl.String,
            "title": pl.String,
            "numbers": pl.String,
            "meaning": pl.String,
            "remedy": pl.String,
        }
        return pl.DataFrame(records, schema=columns)

    def text(
        self, language: Language | None = None, width: int = 100, *, passed: bool = True
    ) -> str:
        """Return the report as text of at most `width` characters a line.

        Parameters
        ----------
        language : {"en", "zh"}, optional
            By default the locale's.
        width : int, default=100
            Chinese characters count for two.
        passed : bool, default=True
            Whether to write out also the checks that passed or do not apply; otherwise only issues
            and tips are, and the others are counted in the first line.

        Returns
        -------
        str
        """
        from ogive.linear.assumptions.showing import as_text

        return as_text(self, language or default_language(), width, passed)

    def html(self, language: Language | None = None) -> str:
        """Return the report as an HTML fragment, which loads nothing."""
        from ogive.linear.assumptions.showing import as_html

        return as_html(self, language or default_language())

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()

    def __repr__(self) -> str:
        counts = ", ".join(
            f"{len(found)} {verdict}"
            for verdict in ("issue", "tip", "passed", "not applicable")
            if (found := self.having(verdict))
        )
        return f"<AssumptionReport: {counts}>"
