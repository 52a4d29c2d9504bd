"""Residuals of a regression: against fitted values, their size, their shape, and their leverage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from ogive.plots.regression_points import MANY, RegressionPoints, points_of, sample_note
from ogive.plots.scatter import curve, domain, labels, level_line, points, rounded, stacked
from ogive.plots.smoothing import smooth_curve
from ogive.plots.theme import GREY, ORANGE, as_data
from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.linear import LinearRegression

__all__ = [
    "leverage_against_residuals",
    "normal_quantiles",
    "residuals_against_fitted",
    "scale_against_location",
]

FITTED = Text("Fitted {target}", "{target} 的拟合值")
RESIDUAL = Text("Residual", "残差")
WEIGHTED = Text("Residual × √weight", "残差 × √权重")
STANDARDISED = Text("Standardised residual", "标准化残差")
SCALE = Text("√|standardised residual|", "√|标准化残差|")
NORMAL = Text("Quantile of the normal distribution", "正态分布的分位数")
LEVERAGE = Text("Leverage", "杠杆值")
COOK = Text("Cook's distance", "库克距离")
COOK_SHORT = Text("Cook {level}", "库克 {level}")
QUANTILE_NOTE = Text(
    "{shown:,} of {total:,} residuals are drawn: the ends whole, evenly spaced ones between.",
    "共 {total:,} 个残差，画出 {shown:,} 个：两端全部画出，中间等距选取。",
)
LABELLED = 3
COOK_LEVELS = (0.5, 1.0)
END = 200

Floats = NDArray[np.float64]


def residuals_against_fitted(
    model: LinearRegression | RegressionPoints,
    *,
    language: Language = "en",
    width: int | str = 640,
    note: bool = True,
) -> alt.TopLevelMixin:
    """Draw residuals against fitted values, with a smooth curve that should lie along 0.

    Parameters
    ----------
    model : LinearRegression or RegressionPoints
        A fitted model that keeps its rows, or what `regression_points` made of one.
    language : {"en", "zh"}, default="en"
        Language of the titles.
    width : int or "container", default=640
        Width of the chart.
    note : bool, default=True
        Whether to say above the chart that a sample of the rows is drawn, where it is.
    """
    data = points_of(model)
    residual = data.residuals
    x_domain, y_domain = domain(data.fitted), domain(residual)
    title = (WEIGHTED if data.weighted else RESIDUAL).to(language)
    shown = data.shown
    worst = _largest(np.abs(residual))
    layers = [
        points(
            data.rows[shown],
            (FITTED.to(language, target=data.target_name), data.fitted[shown]),
            (title, residual[shown]),
            (x_domain, y_domain),
            language,
        ),
        level_line(0.0),
        curve(*smooth_curve(data.fitted, residual)),
        *labels(data.rows[worst], data.fitted[worst], residual[worst], (x_domain, y_domain)),
    ]
    return stacked(layers, width, _note(data, language) if note else None)


def scale_against_location(
    model: LinearRegression | RegressionPoints,
    *,
    language: Language = "en",
    width: int | str = 640,
    note: bool = True,
) -> alt.TopLevelMixin:
    """Draw the root of the standardised residuals' size against fitted values.

    The smooth curve is level where the variance is the same everywhere. The parameters are those
    of `residuals_against_fitted`.

    Raises
    ------
    InputError
        Where residuals cannot be standardised: the fit is perfect, or has no degrees of freedom
        left.
    """
    data = points_of(model).require_standardised()
    scale = np.sqrt(np.abs(data.standardised))
    known = np.isfinite(scale)
    x_domain = domain(data.fitted)
    y_domain = (0.0, 1.05 * float(scale[known].max()))
    shown = data.shown[known[data.shown]]
    worst = _largest(np.where(known, scale, 0.0))
    layers = [
        points(
            data.rows[shown],
            (FITTED.to(language, target=data.target_name), data.fitted[shown]),
            (SCALE.to(language), scale[shown]),
            (x_domain, y_domain),
            language,
        ),
        curve(*smooth_curve(data.fitted[known], scale[known])),
        *labels(data.rows[worst], data.fitted[worst], scale[worst], (x_domain, y_domain)),
    ]
    return stacked(layers, width, _note(data, language) if note else None)


def normal_quantiles(
    model: LinearRegression | RegressionPoints,
    *,
    level: float = 0.95,
    language: Language = "en",
    width: int | str = 640,
    note: bool = True,
) -> alt.TopLevelMixin:
    """Draw the ordered standardised residuals against quantiles of the normal distribution.

    The band is where each of them lies with probability `level` if the errors are normal, by the
    distribution of order statistics: it holds point by point, so some 5 points in 100 may well lie
    outside. The other parameters are those of `residuals_against_fitted`.

    Raises
    ------
    InputError
        Where residuals cannot be standardised.
    """
    from scipy.special import betaincinv, ndtri

    data = points_of(model).require_standardised()
    known = np.flatnonzero(np.isfinite(data.standardised))
    order = known[np.argsort(data.standardised[known], kind="stable")]
    n = order.size
    places = _drawn_quantiles(n)
    rank = places + 1.0
    expected = ndtri((rank - 0.375) / (n + 0.25))
    tail = (1 - level) / 2
    low = ndtri(betaincinv(rank, n + 1 - rank, tail))
    high = ndtri(betaincinv(rank, n + 1 - rank, 1 - tail))
    found = data.standardised[order[places]]
    x_domain, y_domain = domain(expected), domain(found, expected)
    worst = _largest(np.abs(found - expected))
    worst = worst[(found[worst] < low[worst]) | (found[worst] > high[worst])]
    layers = [
        _band(expected, low, high),
        curve(expected, expected, colour=GREY, dashes=(4, 3), width=1.2),
        points(
            data.rows[order[places]],
            (NORMAL.to(language), expected),
            (STANDARDISED.to(language), found),
            (x_domain, y_domain),
            language,
        ),
        *labels(
            data.rows[order[places]][worst], expected[worst], found[worst], (x_domain, y_domain)
        ),
    ]
    return stacked(layers, width, quantile_note(data, language) if note else None)


def quantile_note(data: RegressionPoints, language: Language) -> str | None:
    """Return the sentence that says which residuals `normal_quantiles` draws, or None for all."""
    n = int(np.isfinite(data.standardised).sum())
    if n <= MANY:
        return None
    return QUANTILE_NOTE.to(language, shown=_drawn_quantiles(n).size, total=n)


def _drawn_quantiles(n: int) -> NDArray[np.intp]:
    if n <= MANY:
        return np.arange(n)
    between = np.linspace(END, n - END - 1, MANY // 2 - 2 * END).round().astype(np.intp)
    return np.unique(np.concatenate([np.arange(END), between, np.arange(n - END, n)]))


def leverage_against_residuals(
    model: LinearRegression | RegressionPoints,
    *,
    language: Language = "en",
    width: int | str = 640,
    note: bool = True,
) -> alt.TopLevelMixin:
    """Draw standardised residuals against leverage, with contours of Cook's distance.

    A row beyond the contour of 1 changes the coefficients by itself; they are drawn where a row
    comes near them. The parameters are those of `residuals_against_fitted`.

    Raises
    ------
    InputError
        Where residuals cannot be standardised.
    """
    data = points_of(model).require_standardised()
    known = np.isfinite(data.standardised) & np.isfinite(data.cooks_distance)
    leverage, residual = data.leverage, data.standardised
    x_domain = (0.0, 1.06 * float(leverage[known].max()))
    y_domain = domain(residual[known], np.zeros(1))
    shown = data.shown[known[data.shown]]
    worst = _largest(np.where(known, data.cooks_distance, 0.0))
    layers = [
        level_line(0.0),
        *_contours(data.n_parameters, x_domain, y_domain, language),
        points(
            data.rows[shown],
            (LEVERAGE.to(language), leverage[shown]),
            (STANDARDISED.to(language), residual[shown]),
            (x_domain, y_domain),
            language,
            more=[(COOK.to(language), data.cooks_distance[shown])],
        ),
        *labels(data.rows[worst], leverage[worst], residual[worst], (x_domain, y_domain)),
    ]
    return stacked(layers, width, _note(data, language, line=False) if note else None)


def _note(data: RegressionPoints, language: Language, *, line: bool = True) -> str | None:
    return sample_note(data.shown.size, data.rows.size, language, line=line)


def _largest(size: Floats) -> NDArray[np.intp]:
    """Return the places of the few largest, which are labelled, the largest first."""
    few = min(LABELLED, size.size)
    found = np.argpartition(size, -few)[-few:]
    return found[np.argsort(-size[found], kind="stable")]


def _band(x: Floats, low: Floats, high: Floats) -> Any:
    records = [
        {"x": at, "low": bottom, "high": top}
        for at, bottom, top in zip(rounded(x), rounded(low), rounded(high), strict=True)
    ]
    return (
        alt.Chart(as_data(records))
        .mark_area(color=GREY, opacity=0.22, clip=True)
        .encode(x="x:Q", y=alt.Y("low:Q"), y2="high:Q")
    )


def _contours(
    n_parameters: int,
    x_domain: tuple[float, float],
    y_domain: tuple[float, float],
    language: Language,
) -> list[Any]:
    """Return the lines of equal Cook's distance D: r = ±√(D p (1 - h) / h), as far as in view."""
    ends: list[dict[str, Any]] = []
    layers = []
    end = min(x_domain[1], 0.999)
    h = np.linspace(end / 200, end, 200)
    for level in COOK_LEVELS:
        r = np.sqrt(level * n_parameters * (1 - h) / h)
        for sign in (-1.0, 1.0):
            inside = (sign * r >= y_domain[0]) & (sign * r <= y_domain[1])
            if not inside.any():
                continue
            first = max(int(inside.argmax()) - 1, 0)
            layers.append(
                curve(h[first:], sign * r[first:], colour=ORANGE, dashes=(5, 3), width=1.3)
            )
            ends.append(
                {
                    "x": float(h[-1]),
                    "y": float(sign * r[-1]),
                    "label": COOK_SHORT.to(language, level=f"{level:g}"),
                }
            )
    # On the side of the contour that points lie on.
    layers += [
        alt.Chart(as_data([corner]))
        .mark_text(align="right", dy=11 if corner["y"] > 0 else -9, fontSize=11, clip=True)
        .encode(x="x:Q", y="y:Q", text="label:N")
        for corner in ends
    ]
    return layers
