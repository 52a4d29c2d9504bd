"""The line that a regression fits through one feature, with confidence and prediction band."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from ogive.plots.regression_points import drawn, sample_note
from ogive.plots.scatter import domain, points, rounded, stacked
from ogive.plots.theme import BLUE, GREY, ORANGE, as_data
from ogive.text import InputError, Language, Text

if TYPE_CHECKING:
    from ogive.linear import LinearRegression

__all__ = ["fitted_line", "has_bands"]

ADJUSTED = Text("{target}, other columns at their mean", "{target}（其他列取均值）")
BANDS = {
    "confidence": Text("{level} confidence band of the line", "直线的 {level} 置信带"),
    "prediction": Text("{level} prediction band for a new row", "新数据的 {level} 预测带"),
}
LINE = Text("fitted line", "拟合直线")
PLACES = 80

Floats = NDArray[np.float64]


def fitted_line(
    model: LinearRegression,
    X: Any = None,
    y: Any = None,
    sample_weight: Any = None,
    *,
    feature: int | str | None = None,
    target: int = 0,
    target_name: str | None = None,
    level: float = 0.95,
    language: Language = "en",
    width: int | str = 640,
    note: bool = True,
    dates: bool = False,
) -> alt.TopLevelMixin:
    """Draw a target against one feature, the fitted line, and its two bands.

    Where there are other features, the line is for their means and each point is the line plus the
    row's residual, which is called a partial residual.

    Parameters
    ----------
    model : LinearRegression
        A fitted model.
    X, y, sample_weight : array-like, optional
        The rows it was fitted to, for a model that keeps none.
    feature : int or str, optional
        Position or name of the feature; may be left out where there is only one.
    target : int, default=0
        Which of several targets.
    target_name : str, optional
        What the target is called; by default its name in the fit.
    level : float, default=0.95
        Level of both bands.
    language : {"en", "zh"}, default="en"
        Language of the titles.
    width : int or "container", default=640
        Width of the chart.
    note : bool, default=True
        Whether to say above the chart that a sample of the rows is drawn, where it is.
    dates : bool, default=False
        Whether the feature counts days since 1970, which are then shown as dates.

    Raises
    ------
    InputError
        Where there is no such feature, and where `level` is not between 0 and 1.

    Notes
    -----
    The bands are those of `LinearRegression.predict` and hold place by place. There are none where
    the fit has no covariance or no degrees of freedom left.
    """
    from ogive.linear.given_rows import get_rows
    from ogive.linear.intervals import predict_interval

    given = get_rows(model, X, y, sample_weight)
    rows, solution = given.rows, model.solution_
    column = _position(feature, rows.feature_names)
    name = target_name or rows.target_names[target]
    weight = rows.weights()
    used = np.flatnonzero(weight > 0)
    taken = rows.X[:, [column]]
    values = np.asarray(taken.toarray() if hasattr(taken, "toarray") else taken, dtype=np.float64)
    values = values[used, 0]
    means = np.asarray(weight @ rows.X, dtype=np.float64).ravel() / weight.sum()
    places = np.tile(means, (PLACES, 1))
    places[:, column] = np.linspace(values.min(), values.max(), PLACES)
    predicted = places @ solution.coef.T + solution.intercept
    line = predicted[:, target]
    bands = {
        kind: predict_interval(model, places, predicted, kind, level)[1:]
        for kind in ("prediction", "confidence")
    }
    slope = float(solution.coef[target, column])
    at_start = line[0] - slope * places[0, column]
    heights = at_start + slope * values + given.residuals[used, target]
    known = [end[:, target] for ends in bands.values() for end in ends]
    known = [end for end in known if np.isfinite(end).all()]
    domains = domain(values), domain(heights, line, *known)
    title = name if len(rows.feature_names) == 1 else ADJUSTED.to(language, target=name)
    shown = drawn(used.size, np.abs(given.residuals[used, target]))
    layers = []
    percent = f"{100 * level:g}%"
    names = {kind: text.to(language, level=percent) for kind, text in BANDS.items()}
    colour = _colour([*names.values(), LINE.to(language)] if known else [LINE.to(language)])
    for kind, ends in bands.items():
        low, high = (end[:, target] for end in ends)
        if np.isfinite(low).all() and np.isfinite(high).all():
            layers.append(_band(places[:, column], low, high, names[kind], colour))
    layers.append(
        points(
            used[shown],
            (rows.feature_names[column], values[shown]),
            (title, heights[shown]),
            domains,
            language,
            dates=dates,
        )
    )
    layers.append(_line(places[[0, -1], column], line[[0, -1]], LINE.to(language), colour))
    text = sample_note(shown.size, used.size, language) if note else None
    return stacked(layers, width, text, 360)


def has_bands(
    model: LinearRegression, level: float = 0.95, feature: int | None = None, target: int = 0
) -> bool:
    """Return whether `fitted_line` draws bands: whether there are intervals about the fit's mean.

    With a `feature`, whether there are some beside the mean too, where the feature alone differs:
    there are none if the data do not determine its coefficient.
    """
    from ogive.linear.intervals import predict_interval

    solution = model.solution_
    centre = np.array(solution.feature_means[None, :], dtype=np.float64)
    if feature is not None:
        n = max(solution.sum_of_weights, 1.0)
        centre[0, feature] += solution.feature_norms[feature] / np.sqrt(n) or 1.0
    predicted = centre @ solution.coef.T + solution.intercept
    low = predict_interval(model, centre, predicted, "confidence", level).low
    return bool(np.isfinite(low.reshape(1, -1)[0, target]))


def _position(feature: int | str | None, names: tuple[str, ...]) -> int:
    if feature is None and len(names) == 1:
        return 0
    if isinstance(feature, str) and feature in names:
        return names.index(feature)
    whole = isinstance(feature, int | np.integer) and not isinstance(feature, bool)
    if whole and -len(names) <= int(feature) < len(names):  # type: ignore[arg-type]
        return int(feature) % len(names)  # type: ignore[arg-type]
    listed = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
    raise InputError(
        f"feature must be one of the model's: {listed}. Got {feature!r} instead.",
        f"feature 必须是模型的特征之一：{listed}。得到的却是 {feature!r}。",
    )


def _colour(names: list[str]) -> alt.Color:
    if len(names) == 1:
        return alt.Color("what:N", scale=alt.Scale(domain=names, range=[ORANGE]), legend=None)
    return alt.Color(
        "what:N",
        sort=None,
        scale=alt.Scale(domain=names, range=[BLUE, GREY, ORANGE]),
        legend=alt.Legend(
            orient="top",
            title=None,
            columns=1,
            symbolType="square",
            symbolOpacity=0.75,
            symbolStrokeWidth=0,
            labelLimit=400,
        ),
    )


def _band(x: Floats, low: Floats, high: Floats, name: str, colour: alt.Color) -> Any:
    records = [
        {"x": at, "low": bottom, "high": top, "what": name}
        for at, bottom, top in zip(rounded(x), rounded(low), rounded(high), strict=True)
    ]
    return (
        alt.Chart(as_data(records))
        .mark_area(opacity=0.22, line=False, clip=True)
        .encode(x="x:Q", y="low:Q", y2="high:Q", color=colour)
    )


def _line(x: Floats, y: Floats, name: str, colour: alt.Color) -> Any:
    records = [
        {"x": float(at), "y": float(value), "what": name} for at, value in zip(x, y, strict=True)
    ]
    return (
        alt.Chart(as_data(records))
        .mark_line(strokeWidth=2.4, clip=True)
        .encode(x="x:Q", y="y:Q", color=colour)
    )
