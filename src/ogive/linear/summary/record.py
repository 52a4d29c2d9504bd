"""The record behind a summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ogive.linear.anova import CONSTANT
from ogive.linear.given_rows import GivenRows, feature_names, find_rows, target_names, usable_rows
from ogive.linear.inference import Inference, in_own_units, infer
from ogive.linear.residual_shape import ResidualShape, residual_shape
from ogive.linear.solution import Dependency
from ogive.text import LANGUAGES, InputError, Language, default_language

if TYPE_CHECKING:
    import polars as pl

    from ogive.linear.regression import LinearRegression

__all__ = ["Summary", "summarise"]


@dataclass(frozen=True, repr=False)
class Summary:
    """All statistics of a fitted regression; printing it shows them as text.

    Attributes
    ----------
    inference : Inference
        Coefficients with their errors and tests, and how good the fit is.
    residuals : ResidualShape or None
        Order and shape of the residuals; None where there were no rows.
    feature_names, target_names : tuple of str
        Names of columns and targets.
    fit_intercept : bool
        Whether there is a constant term.
    solver : str
        Which solver found the coefficients.
    weighted : bool
        Whether rows have weights.
    dependencies : tuple of Dependency
        Columns that are combinations of others.
    language : {"en", "zh"}
        Language of text and HTML.
    """

    inference: Inference
    residuals: ResidualShape | None
    feature_names: tuple[str, ...]
    target_names: tuple[str, ...]
    fit_intercept: bool
    solver: str
    weighted: bool
    dependencies: tuple[Dependency, ...]
    language: Language

    @property
    def terms(self) -> tuple[str, ...]:
        """Names of the coefficients, ``(Intercept)`` first where there is a constant."""
        return ((CONSTANT,) if self.fit_intercept else ()) + self.feature_names

    def text(self, language: Language | None = None) -> str:
        """Return it as text for a terminal, in either language."""
        from ogive.linear.summary.text import summary_text

        return summary_text(self, language or self.language)

    def html(self, language: Language | None = None) -> str:
        """Return it as a fragment of HTML that suits light and dark pages and loads nothing."""
        from ogive.linear.summary.html import summary_html

        return summary_html(self, language or self.language)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data for JSON; what is not applicable is None."""
        from ogive.linear.summary.data import summary_dict

        return summary_dict(self)

    def to_polars(self) -> pl.DataFrame:
        """Return a data frame of one row for each target and coefficient; null: not applicable."""
        from ogive.linear.summary.data import summary_frame

        return summary_frame(self)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()


def summarise(
    model: LinearRegression,
    X: Any = None,
    y: Any = None,
    sample_weight: Any = None,
    *,
    covariance: str = "nonrobust",
    level: float = 0.95,
    language: Language | None = None,
) -> Summary:
    """Compute the summary of a fitted model; see ``LinearRegression.summary``."""
    if language is not None and language not in LANGUAGES:
        raise InputError(
            f"language must be 'en' or 'zh'. Got {language!r} instead.",
            f"language 只能是 'en' 或 'zh'，得到的却是 {language!r}。",
        )
    solution = model.solution_
    usable = usable_rows(solution, find_rows(model, X, y, sample_weight))
    given = usable.given
    inference = infer(
        usable.solution,
        covariance=covariance,
        level=level,
        given=given,
        constrained=model.positive,
    )
    return Summary(
        inference=in_own_units(inference, usable),
        residuals=None if given is None else _shape(given, inference),
        feature_names=feature_names(model),
        target_names=target_names(model),
        fit_intercept=solution.fit_intercept,
        solver="positive" if model.positive else model.solver,
        weighted=_weighted(model, given),
        dependencies=_sorted(solution.dependencies),
        language=language or default_language(),
    )


def _shape(given: GivenRows, inference: Inference) -> ResidualShape:
    residuals, weight = given.residuals, given.rows.weight
    if weight is not None:
        used = weight > 0
        residuals = residuals[used] * np.sqrt(weight[used])[:, None]
    return residual_shape(residuals, inference.perfect)


def _weighted(model: LinearRegression, given: GivenRows | None) -> bool:
    solution = model.solution_
    if given is not None:
        return given.rows.weight is not None
    return bool(
        solution.sum_of_weights != solution.n_samples or abs(solution.sum_of_log_weights) > 0
    )


def _sorted(dependencies: Sequence[Dependency]) -> tuple[Dependency, ...]:
    return tuple(sorted(dependencies, key=lambda dependency: dependency.column))
