"""What a summary says, in words and written numbers, however it is shown."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ogive.classification.summary import wording as own
from ogive.linear.summary import numbers, wording
from ogive.linear.summary.content import Fact
from ogive.linear.summary.layout import shown_name
from ogive.text import Language

if TYPE_CHECKING:
    from ogive.classification.summary.record import LogisticSummary

__all__ = ["Content", "Equation", "content_of"]

MOST_EQUATIONS = 5
MOST_COEFFICIENTS = 60
"""Of more than these, in all equations shown, those that say most are shown."""


class Equation(NamedTuple):
    """One class against the reference: coefficients, and the odds ratios, where known."""

    title: str
    header: list[str]
    rows: list[list[str]]
    odds_header: list[str]
    odds_rows: list[list[str]]


class Content(NamedTuple):
    """The parts of a summary."""

    title: str
    fit: list[Fact]
    quality: list[Fact]
    equations: list[Equation]
    notes: list[str]


def content_of(summary: LogisticSummary, language: Language, everything: bool = False) -> Content:
    """Return the parts; of many classes the first, and of many coefficients the largest by |z|."""
    names = [shown_name(str(one)) for one in summary.classes]
    if len(names) == 2:
        title = own.TITLE.to(language, positive=names[1], reference=names[0])
    else:
        title = own.TITLE_MANY.to(language, n=len(names), reference=names[0])
    notes = [remark.text.to(language) for remark in summary.remarks]
    count = len(names) - 1 if everything else min(len(names) - 1, MOST_EQUATIONS)
    terms = len(summary.terms)
    each = terms
    if not everything and count * terms > MOST_COEFFICIENTS:
        each = min(max(MOST_COEFFICIENTS // count, 2), terms)
    if each < terms:
        measure = own.BY_Z if _sizes(summary, range(count))[1] else own.BY_ESTIMATE
        told = own.MORE_COEFFICIENTS if count == 1 else own.MORE_COEFFICIENTS_OF_EACH
        notes.append(told.to(language, shown=each, n=f"{terms:,}", measure=measure.to(language)))
    more = len(names) - 1 - count
    if more > 0:
        s = " is" if more == 1 else "es are"
        notes.append(own.MORE_CLASSES.to(language, more=more, s=s))
    return Content(
        title=title,
        fit=_fit(summary, language),
        quality=_quality(summary, language),
        equations=[
            _equation(summary, i, names, language, _largest(summary, i, count, each))
            for i in range(count)
        ],
        notes=notes,
    )


def _sizes(summary: LogisticSummary, equations: range) -> tuple[NDArray[np.float64], bool]:
    """Return |z| of the coefficients, or their own sizes where no z is known, and which it is."""
    inference = summary.inference
    z = np.abs(inference.z[equations.start : equations.stop])
    by_z = bool(np.isfinite(z).any())
    sizes = z if by_z else np.abs(inference.estimates[equations.start : equations.stop])
    return np.nan_to_num(sizes, nan=-1.0), by_z


def _largest(summary: LogisticSummary, i: int, count: int, each: int) -> list[int]:
    """Return so many coefficients of an equation: the constant, then from the largest down."""
    terms = len(summary.terms)
    if each == terms:
        return list(range(terms))
    first = int(summary.fit_intercept)
    sizes = _sizes(summary, range(count))[0][i, first:]
    order = np.argsort(-sizes, kind="stable")[: each - first]
    return [*range(first), *(order + first).tolist()]


def _fit(summary: LogisticSummary, language: Language) -> list[Fact]:
    inference = summary.inference
    penalised = inference.penalty > 0
    c = f"{1 / inference.penalty:.4g}" if penalised else ""
    known = not all(map(math.isnan, inference.standard_errors.ravel().tolist()))
    covariance = own.COVARIANCES[penalised] if known else wording.NOT_APPLICABLE
    method = own.GIVEN if inference.given else own.METHODS[penalised]
    values = [
        (wording.METHOD, method.to(language, c=c)),
        (wording.COVARIANCE, covariance.to(language)),
        (own.SEPARATION, own.KINDS[summary.separation.kind].to(language)),
        (wording.ROWS, str(inference.n_samples)),
    ]
    if summary.weighted:
        values.append((own.SUM_OF_WEIGHTS, f"{inference.n_observations:.10g}"))
    values.append((wording.MODEL_DF, str(inference.model_degrees_of_freedom)))
    free = inference.residual_degrees_of_freedom
    values.append((wording.RESIDUAL_DF, f"{max(free, 0.0):.10g}"))
    if penalised:
        effective = inference.effective_degrees_of_freedom
        values.append((own.EFFECTIVE, _known(effective, _two, language)))
    return [Fact(label.to(language), value) for label, value in values]


def _quality(summary: LogisticSummary, language: Language) -> list[Fact]:
    inference = summary.inference
    ratio = own.RATIO.to(language, df=inference.model_degrees_of_freedom)
    values: list[tuple[str, float, Callable[[float], str]]] = [
        (wording.LOG_LIKELIHOOD.to(language), inference.log_likelihood, _two),
        (own.NULL.to(language), inference.null_log_likelihood, _two),
        (ratio, inference.likelihood_ratio, _two),
        (own.RATIO_P.to(language), inference.likelihood_ratio_p, numbers.p_value),
        (own.MCFADDEN.to(language), inference.mcfadden, numbers.share),
        (own.NAGELKERKE.to(language), inference.nagelkerke, numbers.share),
        ("AIC", inference.aic, _two),
        ("BIC", inference.bic, _two),
    ]
    return [Fact(label, _known(value, write, language)) for label, value, write in values]


def _equation(
    summary: LogisticSummary, i: int, names: list[str], language: Language, shown: list[int]
) -> Equation:
    percent = f"{100 * summary.inference.level:.10g}%"
    ends = [wording.LOW.to(language, level=percent), wording.HIGH.to(language, level=percent)]
    errors = [wording.ESTIMATE.to(language), wording.ERROR.to(language)]
    first = int(summary.fit_intercept)
    known = [j for j in shown if j >= first and summary.inference.estimable[j]]
    if not any(summary.inference.standard_errors[i, known] > 0):
        known = []
    return Equation(
        title=own.EQUATION.to(language, positive=names[i + 1], reference=names[0]),
        header=["", *errors, "z", wording.P.to(language), *ends],
        rows=[_row(summary, i, j, language) for j in shown],
        odds_header=["", own.ODDS.to(language), *ends],
        odds_rows=[[_term(summary, j, language), *_odds(summary, i, j)] for j in known],
    )


def _row(summary: LogisticSummary, i: int, j: int, language: Language) -> list[str]:
    inference = summary.inference
    error = float(inference.standard_errors[i, j])
    ends = [float(inference.low[i, j]), float(inference.high[i, j])]
    written = numbers.with_error([float(inference.estimates[i, j]), *ends], error)
    name = _term(summary, j, language)
    if math.isnan(error):
        lacking = "" if inference.estimable[j] else wording.NOT_ESTIMABLE.to(language)
        return [name, written[0], lacking or wording.NOTHING, *[wording.NOTHING] * 4]
    z = float(inference.z[i, j])
    return [
        name,
        written[0],
        numbers.significant(error, 4),
        numbers.decimal(z, 3) if abs(z) < 1e5 else numbers.significant(z, 4),
        numbers.p_value(float(inference.p[i, j])),
        *written[1:],
    ]


def _odds(summary: LogisticSummary, i: int, j: int) -> list[str]:
    inference = summary.inference
    values = (inference.odds_ratios, inference.odds_low, inference.odds_high)
    each = [float(value[i, j]) for value in values]
    return [wording.NOTHING if math.isnan(one) else numbers.significant(one, 4) for one in each]


def _term(summary: LogisticSummary, j: int, language: Language) -> str:
    if summary.fit_intercept and j == 0:
        return wording.CONSTANT.to(language)
    return shown_name(summary.terms[j])


def _known(value: float, write: Callable[[float], str], language: Language) -> str:
    return wording.NOT_APPLICABLE.to(language) if math.isnan(value) else write(float(value))


def _two(value: float) -> str:
    return numbers.decimal(value, 2)
