"""A regression on a page's rows, judged and drawn by the library; runs in worker processes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ogive.text import InputError, Language
from ogive_lab.worker import Report

if TYPE_CHECKING:
    import polars as pl

    from ogive import LinearRegression
    from ogive.linear import AssumptionReport, AssumptionResult

__all__ = ["Figure", "check_rows", "draw_figure", "predict_row"]

Figure = Literal["residuals", "scale", "quantiles", "leverage", "correlations", "line"]
INCOMPLETE = 4
"""The condition that is judged on the table as it was given, before rows are left out."""


def check_rows(
    table: Mapping[str, Any], report: Report, stopped: Callable[[], bool]
) -> dict[str, Any]:
    """Judge the four conditions of a regression, and give its summary.

    Parameters
    ----------
    table : mapping
        ``features``, a list of columns, and ``target``, one; a column has a ``name`` and its
        ``values``, None where one is missing.
    report, stopped : callable
        As jobs are given them; all is done in one go.

    Returns
    -------
    dict
        ``rows`` and ``left_out``, their numbers; ``findings`` in the order of the conditions, each
        in both languages; ``summary`` as `Summary.to_dict`, None where there is no complete row.

    Raises
    ------
    InputError
        If columns differ in length or share a name.
    """
    from ogive.linear import check_completeness

    frame, names, target = _frame(table)
    given = check_completeness(frame.select(names), frame[target])
    complete = frame.drop_nulls()
    fitted, summary = None, None
    if complete.height:
        model = _fitted(complete, names, target)
        fitted = model.check_assumptions()
        summary = model.summary().to_dict()
    return {
        "rows": complete.height,
        "left_out": frame.height - complete.height,
        "findings": [_told(one) for one in _results(fitted, given)],
        "summary": summary,
    }


def draw_figure(
    table: Mapping[str, Any],
    figure: Figure,
    language: Language,
    report: Report,
    stopped: Callable[[], bool],
) -> dict[str, Any]:
    """Return a figure of the library about a regression, as a Vega-Lite specification.

    Parameters
    ----------
    table, report, stopped
        See `check_rows`.
    figure : {"residuals", "scale", "quantiles", "leverage", "correlations", "line"}
    language : {"en", "zh"}

    Raises
    ------
    InputError
        As `check_rows`, if no row is complete, and if the fit does not allow of the figure.
    """
    from ogive import plots

    model, names, target = _model(table)
    options: Any = {"language": language, "width": "container"}
    if figure == "correlations":
        known = plots.regression_correlations(model, target_name=target)
        chart = plots.correlation_map(*known, language=language)
    elif figure == "line":
        chart = plots.fitted_line(model, feature=names[0], target_name=target, **options)
    elif figure == "quantiles":
        chart = plots.normal_quantiles(model, **options)
    elif figure == "leverage":
        chart = plots.leverage_against_residuals(model, **options)
    elif figure == "scale":
        chart = plots.scale_against_location(model, **options)
    else:
        chart = plots.residuals_against_fitted(model, **options)
    drawn: dict[str, Any] = chart.to_dict()
    return drawn


def predict_row(
    table: Mapping[str, Any],
    at: list[float],
    level: float,
    report: Report,
    stopped: Callable[[], bool],
) -> dict[str, float | None]:
    """Predict the target of one row, with the intervals of its mean and of a new row.

    Parameters
    ----------
    table, report, stopped
        See `check_rows`.
    at : list of float
        The features of the row.
    level : float
        Of the intervals.

    Returns
    -------
    dict
        ``prediction``, ``mean_low``, ``mean_high``, ``row_low`` and ``row_high``; None where the
        fit does not tell.

    Raises
    ------
    InputError
        As `check_rows`, if no row is complete, and if `at` has another length.
    """
    import polars as pl

    model, names, _ = _model(table)
    if len(at) != len(names):
        raise InputError(
            f"at must hold {len(names)} numbers, one for each feature. Got {len(at)} instead.",
            f"at 必须有 {len(names)} 个数，每个特征一个，得到的却是 {len(at)} 个。",
        )
    row = pl.DataFrame({name: [value] for name, value in zip(names, at, strict=True)})
    mean = model.predict(row, interval="confidence", level=level)
    new = model.predict(row, interval="prediction", level=level)
    told = (mean.prediction, mean.low, mean.high, new.low, new.high)
    keys = ("prediction", "mean_low", "mean_high", "row_low", "row_high")
    return {key: _finite(value[0]) for key, value in zip(keys, told, strict=True)}


def _frame(table: Mapping[str, Any]) -> tuple[pl.DataFrame, list[str], str]:
    import polars as pl

    columns = [*table["features"], table["target"]]
    names = [str(column["name"]) for column in columns]
    for name in names:
        if names.count(name) > 1:
            raise InputError(
                f"The name {name!r} is used by more than one column; give each its own.",
                f"有多个列名为 {name!r}；请让每一列的名称各不相同。",
            )
    lengths = {len(column["values"]) for column in columns}
    if len(lengths) > 1:
        raise InputError(
            f"All columns must have as many values; these have {sorted(lengths)}.",
            f"各列的值的个数必须相同，得到的却是 {sorted(lengths)}。",
        )
    values = {column["name"]: column["values"] for column in columns}
    frame = pl.DataFrame(values, schema=dict.fromkeys(names, pl.Float64))
    return frame, names[:-1], names[-1]


def _model(table: Mapping[str, Any]) -> tuple[LinearRegression, list[str], str]:
    frame, names, target = _frame(table)
    complete = frame.drop_nulls()
    if complete.height == 0:
        raise InputError(
            "There is no complete row; fill in what is missing.",
            "没有完整的行；请填补缺失的值。",
        )
    return _fitted(complete, names, target), names, target


def _fitted(frame: pl.DataFrame, names: list[str], target: str) -> LinearRegression:
    from ogive import LinearRegression

    model: LinearRegression = LinearRegression().fit(frame.select(names), frame[target])
    return model


def _results(fitted: AssumptionReport | None, given: AssumptionReport) -> list[AssumptionResult]:
    """Return the findings on the complete rows, but those on completeness on the table as given."""
    others = [one for one in fitted or () if one.condition != INCOMPLETE]
    return [*others, *given]


def _told(result: AssumptionResult) -> dict[str, Any]:
    both = {language: result.to_dict(language) for language in ("en", "zh")}
    texts = ("title", "meaning", "remedy")
    told = {key: value for key, value in both["en"].items() if key not in texts}
    return told | {key: {name: both[name][key] for name in both} for key in texts}


def _finite(value: Any) -> float | None:
    return float(value) if np.isfinite(value) else None
