"""What a summary says about one target, in words and written numbers, however it is shown."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ogive.linear.summary import numbers, wording
from ogive.linear.summary.layout import shown_name
from ogive.linear.summary.notes import notes_on
from ogive.text import Language

if TYPE_CHECKING:
    from ogive.linear.summary.record import Summary

__all__ = ["Content", "Fact", "content_of"]


class Fact(NamedTuple):
    """A label and a written value."""

    label: str
    value: str


class Content(NamedTuple):
    """The parts of a summary of one target.

    Attributes
    ----------
    title : str
    fit, quality : list of Fact
        What was fitted and how good it is, to be shown side by side.
    header : list of str
    rows : list of list of str
        The table of coefficients.
    residuals : list of Fact
        Empty where there are no rows.
    notes : list of str
    """

    title: str
    fit: list[Fact]
    quality: list[Fact]
    header: list[str]
    rows: list[list[str]]
    residuals: list[Fact]
    notes: list[str]


def content_of(summary: Summary, target: int, language: Language) -> Content:
    """Return the parts for the target of this position."""
    name = shown_name(summary.target_names[target])
    return Content(
        title=wording.TITLE.to(language, target=name),
        fit=_fit(summary, target, language),
        quality=_quality(summary, target, language),
        header=_header(summary, language),
        rows=_rows(summary, target, language),
        residuals=_residuals(summary, target, language),
        notes=notes_on(summary, target, language),
    )


def _fit(summary: Summary, target: int, language: Language) -> list[Fact]:
    inference = summary.inference
    known = np.isfinite(inference.standard_errors[target]).any()
    covariance = wording.COVARIANCES[inference.covariance] if known else wording.NOT_APPLICABLE
    values = [
        (wording.METHOD, wording.METHODS[summary.solver, summary.weighted].to(language)),
        (wording.COVARIANCE, covariance.to(language)),
        (wording.ROWS, str(inference.n_samples)),
        (wording.MODEL_DF, str(inference.model_degrees_of_freedom)),
        (wording.RESIDUAL_DF, str(max(inference.residual_degrees_of_freedom, 0))),
        (
            wording.RESIDUAL_ERROR,
            _known(inference.residual_standard_error[target], numbers.significant, language),
        ),
        (wording.CONDITION, _condition(inference.condition_number, language)),
        (wording.DIGITS, _digits(float(inference.digits[target]), language)),
    ]
    return [Fact(label.to(language), value) for label, value in values]


def _quality(summary: Summary, target: int, language: Language) -> list[Fact]:
    inference = summary.inference
    about_zero = "" if summary.fit_intercept else wording.ABOUT_ZERO.to(language)
    f = wording.F.to(
        language,
        model=inference.model_degrees_of_freedom,
        residual=max(inference.residual_degrees_of_freedom, 0),
    )

    def two(value: float) -> str:
        return numbers.decimal(value, 2)

    values = [
        (wording.R2.to(language) + about_zero, inference.r_squared, numbers.share),
        (
            wording.ADJUSTED_R2.to(language) + about_zero,
            inference.adjusted_r_squared,
            numbers.share,
        ),
        (f, inference.f, numbers.significant),
        (wording.F_P.to(language), inference.f_p, numbers.p_value),
        (wording.LOG_LIKELIHOOD.to(language), inference.log_likelihood, two),
        ("AIC", inference.aic, two),
        ("BIC", inference.bic, two),
    ]
    return [Fact(label, _known(column[target], write, language)) for label, column, write in values]


def _header(summary: Summary, language: Language) -> list[str]:
    percent = f"{100 * summary.inference.level:.10g}%"
    return [
        "",
        wording.ESTIMATE.to(language),
        wording.ERROR.to(language),
        "t",
        wording.P.to(language),
        wording.LOW.to(language, level=percent),
        wording.HIGH.to(language, level=percent),
    ]


def _rows(summary: Summary, target: int, language: Language) -> list[list[str]]:
    inference = summary.inference
    right = float(inference.digits[target])
    right = right if math.isfinite(right) else 15.0
    rows = []
    for j, term in enumerate(summary.terms):
        constant = summary.fit_intercept and j == 0
        name = wording.CONSTANT.to(language) if constant else shown_name(term)
        error = float(inference.standard_errors[target, j])
        ends = [float(inference.low[target, j]), float(inference.high[target, j])]
        estimate = float(inference.estimates[target, j])
        written = numbers.with_error([estimate, *ends], error, right)
        if not inference.estimable[j]:
            missing = wording.NOT_ESTIMABLE.to(language)
            rows.append([name, written[0], missing, *[wording.NOTHING] * 4])
            continue
        t, p = float(inference.t[target, j]), float(inference.p[target, j])
        rows.append(
            [
                name,
                written[0],
                wording.NOTHING if math.isnan(error) else _error(error),
                wording.NOTHING if math.isnan(t) else _t(t),
                wording.NOTHING if math.isnan(p) else numbers.p_value(p),
                *(end or wording.NOTHING for end in written[1:]),
            ]
        )
    return rows


def _error(error: float) -> str:
    return numbers.significant(error, 4)


def _t(value: float) -> str:
    return numbers.decimal(value, 3) if abs(value) < 1e5 else numbers.significant(value, 4)


def _residuals(summary: Summary, target: int, language: Language) -> list[Fact]:
    shape = summary.residuals
    if shape is None:
        return []

    def three(value: float) -> str:
        return numbers.decimal(value, 3)

    values = [
        (wording.DURBIN_WATSON, shape.durbin_watson, three),
        (wording.SKEWNESS, shape.skewness, three),
        (wording.KURTOSIS, shape.kurtosis, three),
        (wording.OMNIBUS, shape.omnibus, three),
        (wording.OMNIBUS_P, shape.omnibus_p, numbers.p_value),
        (wording.JARQUE_BERA, shape.jarque_bera, three),
        (wording.JARQUE_BERA_P, shape.jarque_bera_p, numbers.p_value),
    ]
    return [
        Fact(label.to(language), _known(column[target], write, language))
        for label, column, write in values
    ]


def _known(value: float, write: wording.Writer, language: Language) -> str:
    return wording.NOT_APPLICABLE.to(language) if math.isnan(value) else write(float(value))


def _condition(value: float, language: Language) -> str:
    # Beyond what a float64 can tell apart, the number says nothing but that.
    if math.isnan(value):
        return wording.NOT_APPLICABLE.to(language)
    if value > 1e15:
        return wording.SINGULAR.to(language)
    return numbers.significant(value, 3)


def _digits(value: float, language: Language) -> str:
    if math.isnan(value):
        return wording.NOT_APPLICABLE.to(language)
    return str(max(math.floor(value), 0))
