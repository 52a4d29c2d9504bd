"""The figures of the report on a regression, with their captions."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import numpy as np

from ogive.plots.regression_points import RegressionPoints, sample_note
from ogive.report.page import Figure
from ogive.report.regression_texts import FIGURES
from ogive.text import Language

if TYPE_CHECKING:
    from ogive.linear import LinearRegression

__all__ = ["make_figures"]

MOST_LINES = 4
FEWEST_VALUES = 3
MANY_COLUMNS = 12


def make_figures(
    model: LinearRegression,
    language: Language,
    rows: dict[str, Any],
    target: int,
    target_name: str,
    level: float,
    dates: Collection[str] = (),
) -> list[Figure]:
    """Draw the figures of a fitted regression that have something to show.

    Parameters
    ----------
    model : LinearRegression
        A fitted model.
    language : {"en", "zh"}
        Language of the figures.
    rows : dict
        `X`, `y` and `sample_weight`: the rows of the fit, or None for those that the model keeps.
    target : int
        Which of several targets.
    target_name : str
        What it is called.
    level : float
        Of the bands.
    dates : collection of str
        Features that count days since 1970.
    """
    from ogive import plots
    from ogive.linear.given_rows import find_rows

    if find_rows(model, *rows.values()) is None:
        return []
    points = plots.regression_points(model, **rows, target=target, target_name=target_name)
    figures = _lines(model, language, rows, target, target_name, level, points, dates)
    options: dict[str, Any] = {"language": language, "width": "container", "note": False}
    of_points = {"residuals": plots.residuals_against_fitted}
    if points.can_standardise:
        of_points |= {
            "scale": plots.scale_against_location,
            "quantiles": plots.normal_quantiles,
            "leverage": plots.leverage_against_residuals,
        }
    for name, plot in of_points.items():
        title, caption = (text.to(language) for text in FIGURES[name])
        note = _note(points, language, name)
        figures.append(Figure.of(plot(points, **options), name, title, caption + note))
    figures += _correlations(model, language, rows, target, target_name)
    if getattr(model, "descent_", None) is not None and _has_two_coefficients(model):
        chart = plots.descent_path(
            model, **rows, target=target, language=language, width="container"
        )
        title, caption = (text.to(language) for text in FIGURES["descent"])
        figures.append(Figure.of(chart, "descent", title, caption))
    return figures


def _note(points: RegressionPoints, language: Language, name: str) -> str:
    from ogive.plots.residuals import quantile_note

    if name == "quantiles":
        said = quantile_note(points, language)
    else:
        line = name in ("residuals", "scale", "line")
        said = sample_note(points.shown.size, points.rows.size, language, line=line)
    return "" if said is None else ("" if language == "zh" else " ") + said


def _has_two_coefficients(model: LinearRegression) -> bool:
    return model.solution_.n_features + int(model.solution_.fit_intercept) >= 2


def _lines(
    model: LinearRegression,
    language: Language,
    rows: dict[str, Any],
    target: int,
    target_name: str,
    level: float,
    points: RegressionPoints,
    dates: Collection[str],
) -> list[Figure]:
    """Return the lines of the features that matter most, of those that are no mere indicators."""
    from ogive import plots
    from ogive.linear.given_rows import get_rows
    from ogive.plots.fitted_line import has_bands

    given = get_rows(model, *rows.values()).rows
    X, names = given.X, given.feature_names
    effect = np.abs(model.solution_.coef[target]) * model.solution_.feature_norms
    figures: list[Figure] = []
    for j in np.argsort(-effect, kind="stable"):
        if len(figures) == MOST_LINES or effect[j] == 0:
            break
        column = X[:, [j]]
        column = np.asarray(column.toarray() if hasattr(column, "toarray") else column)
        if len(np.unique(column[:10_000])) < FEWEST_VALUES:
            continue
        chart = plots.fitted_line(
            model,
            **rows,
            feature=int(j),
            target=target,
            target_name=target_name,
            level=level,
            language=language,
            width="container",
            note=False,
            dates=names[j] in dates,
        )
        title, caption = FIGURES["line"]
        if not has_bands(model, level, target=target):
            caption = FIGURES["line_alone"][1]
        elif not has_bands(model, level, int(j), target):
            caption = FIGURES["line_undetermined"][1]
        said = caption.to(language, level=f"{100 * level:g}%")
        if len(names) > 1:
            said += FIGURES["adjusted"][1].to(language)
        said += _note(points, language, "line")
        heading = title.to(language, target=target_name, feature=names[j])
        figures.append(Figure.of(chart, f"line-{len(figures)}", heading, said))
    return figures


def _correlations(
    model: LinearRegression,
    language: Language,
    rows: dict[str, Any],
    target: int,
    target_name: str,
) -> list[Figure]:
    from ogive import plots

    matrix, names = plots.regression_correlations(
        model, **rows, target=target, target_name=target_name
    )
    if np.isnan(matrix[-1, :-1]).all():
        return []
    title, caption = (text.to(language) for text in FIGURES["correlations"])
    total = model.solution_.n_features
    if total > len(names) - 1:
        cut = FIGURES["correlations_cut"][1]
        caption += cut.to(language, total=total, shown=len(names) - 1)
    chart = plots.correlation_map(matrix, names, language=language)
    return [Figure.of(chart, "correlations", title, caption, wide=len(names) > MANY_COLUMNS)]
