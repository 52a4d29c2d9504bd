"""The path of gradient descent over the contours of the loss."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from ogive.plots.scatter import axis, domain, rounded
from ogive.plots.theme import BLUE, GREY, ORANGE, as_data, finish
from ogive.text import InputError, Language, Text

if TYPE_CHECKING:
    from ogive.linear import LinearRegression

__all__ = ["descent_path"]

COEFFICIENT = Text("Coefficient of {name}", "{name} 的系数")
CONSTANT = Text("Intercept", "截距")
STEP = Text("step", "步")
LOSS = Text("loss", "损失")
START = Text("start", "起点")
LEAST = Text("least loss", "损失最小处")
HEIGHT = 380
FACTOR = 3.0
"""From one contour to the next, what lies above the least loss falls to this part."""
CONTOURS = 9
CORNERS = 160
FARTHEST = 30.0
"""A path that diverges is drawn until the loss is so many times what it was at the start."""

Floats = NDArray[np.float64]


def descent_path(
    model: LinearRegression,
    X: Any = None,
    y: Any = None,
    sample_weight: Any = None,
    *,
    features: tuple[int | str, int | str] | None = None,
    target: int = 0,
    language: Language = "en",
    width: int | str = 640,
) -> alt.TopLevelMixin:
    """Draw where gradient descent went, over contours of the loss.

    Each contour has a third of the next outer one's distance to the least loss. Along them, the
    constant is at its best for each pair of coefficients, and other coefficients have their final
    values.

    Parameters
    ----------
    model : LinearRegression
        A model fitted by ``solver="gd"``.
    X, y, sample_weight : array-like, optional
        The rows it was fitted to, for a model that keeps none.
    features : tuple of two int or str, optional
        Positions or names of the two features whose coefficients are the axes; by default the two
        that matter most. A model of one feature has the constant as its other axis.
    target : int, default=0
        Which of several targets.
    language : {"en", "zh"}, default="en"
        Language of the titles.
    width : int or "container", default=640
        Width of the chart.

    Raises
    ------
    InputError
        Where the model was not fitted by ``solver="gd"``, where it has a single coefficient, and
        where there are no such features.
    """
    from ogive.linear.given_rows import get_rows

    descent = getattr(model, "descent_", None)
    if descent is None:
        raise InputError(
            f"The path needs a model fitted by solver='gd'; this one has solver={model.solver!r}.",
            f"路径图需要以 solver='gd' 拟合的模型；这个模型的 solver 是 {model.solver!r}。",
        )
    rows = get_rows(model, X, y, sample_weight).rows
    solution = model.solution_
    several = descent.coef.ndim == 3
    coef = descent.coef[:, target] if several else descent.coef
    intercept = descent.intercept[:, target] if several else descent.intercept
    loss = descent.loss[:, target] if several else descent.loss
    names = rows.feature_names
    if len(names) == 1 and solution.fit_intercept:
        column = _dense(rows.X[:, [0]])[:, 0]
        columns = np.column_stack([column, np.ones_like(column)])
        path = np.column_stack([coef[:, 0], intercept])
        titles = [COEFFICIENT.to(language, name=names[0]), CONSTANT.to(language)]
        final = np.asarray(rows.y[:, target], dtype=np.float64)
    else:
        chosen = _chosen(features, names, solution, target)
        columns = _dense(rows.X[:, chosen]) - solution.feature_means[chosen]
        path = coef[:, chosen]
        titles = [COEFFICIENT.to(language, name=names[i]) for i in chosen]
        others = np.delete(np.arange(len(names)), chosen)
        rest = rows.X[:, others] @ coef[-1, others] if others.size else 0.0
        final = np.asarray(rows.y[:, target], dtype=np.float64) - rest
        if solution.fit_intercept:
            final = final - np.average(final, weights=rows.weights())
    curvature, least = _quadratic(columns, final, rows.weights())
    above = 0.5 * np.einsum("ij,jk,ik->i", path - least, curvature, path - least)
    near = above <= FARTHEST * max(above[0], np.finfo(float).tiny)
    stop = len(path) if near.all() else int(np.argmin(near))
    return _chart(
        path[:stop], loss[:stop], descent.step[:stop], least, curvature, titles, language, width
    )


def _dense(X: Any) -> Floats:
    return np.asarray(X.toarray() if hasattr(X, "toarray") else X, dtype=np.float64)


def _chosen(
    features: tuple[int | str, int | str] | None,
    names: tuple[str, ...],
    solution: Any,
    target: int,
) -> list[int]:
    if features is None and len(names) >= 2:
        weight = np.abs(solution.coef[target]) * solution.feature_norms
        return sorted(np.argsort(-weight, kind="stable")[:2].tolist())
    found = []
    for feature in features or ():
        if isinstance(feature, str) and feature in names:
            found.append(names.index(feature))
        elif not isinstance(feature, str) and 0 <= feature < len(names):
            found.append(int(feature))
    if len(set(found)) != 2:
        listed = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
        raise InputError(
            f"features must be two of the model's: {listed}. Got {features!r} instead.",
            f"features 必须是模型的两个特征：{listed}。得到的却是 {features!r}。",
        )
    return found


def _quadratic(columns: Floats, target: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Return the second derivative of half the mean squared error, and where it is least."""
    shares = weight / weight.sum()
    curvature = (columns * shares[:, None]).T @ columns
    scaled, *_ = np.linalg.lstsq(
        columns * np.sqrt(shares)[:, None], target * np.sqrt(shares), rcond=None
    )
    return curvature, scaled


def _ellipses(curvature: Floats, least: Floats, highest: float) -> list[dict[str, float]]:
    """Return the corners of the contours as one list of records."""
    values, directions = np.linalg.eigh(curvature)
    values = np.maximum(values, 1e-12 * values[-1])
    angle = np.linspace(0, 2 * np.pi, CORNERS + 1)
    circle = np.stack([np.cos(angle), np.sin(angle)]) / np.sqrt(values)[:, None]
    records = []
    for number in range(CONTOURS):
        corners = least[:, None] + np.sqrt(2 * highest / FACTOR**number) * (directions @ circle)
        records += [
            {"contour": number, "order": i, "x": float(x), "y": float(y)}
            for i, (x, y) in enumerate(corners.T)
        ]
    return records


def _chart(
    path: Floats,
    loss: Floats,
    step: NDArray[np.int64],
    least: Floats,
    curvature: Floats,
    titles: list[str],
    language: Language,
    width: int | str,
) -> alt.TopLevelMixin:
    everything = np.vstack([path, least])
    domains = [domain(everything[:, i], room=0.15) for i in (0, 1)]
    corners = np.array([[x, y] for x in domains[0] for y in domains[1]]) - least
    highest = 0.5 * float(np.einsum("ij,jk,ik->i", corners, curvature, corners).max())
    x = alt.X(
        "x:Q",
        title=titles[0],
        scale=alt.Scale(domain=domains[0], nice=False, zero=False),
        axis=axis(domains[0], grid=False),
    )
    y = alt.Y(
        "y:Q",
        title=titles[1],
        scale=alt.Scale(domain=domains[1], nice=False, zero=False),
        axis=axis(domains[1], grid=False),
    )
    contours = (
        alt.Chart(as_data(_ellipses(curvature, least, highest)))
        .mark_line(color=GREY, strokeWidth=1, opacity=0.6, clip=True)
        .encode(x=x, y=y, detail="contour:N", order="order:Q")
    )
    columns = (rounded(path[:, 0]), rounded(path[:, 1]), rounded(loss, 7), step)
    records = [
        {"x": a, "y": b, "loss": value, "step": int(at)}
        for a, b, value, at in zip(*columns, strict=True)
    ]
    base = alt.Chart(as_data(records)).encode(x=x, y=y)
    line = base.mark_line(color=BLUE, strokeWidth=1.6, clip=True).encode(order="step:Q")
    dots = base.mark_point(color=BLUE, size=26, filled=True, opacity=0.9, clip=True).encode(
        tooltip=[
            alt.Tooltip("step:Q", title=STEP.to(language)),
            alt.Tooltip("x:Q", title=titles[0], format=".6~g"),
            alt.Tooltip("y:Q", title=titles[1], format=".6~g"),
            alt.Tooltip("loss:Q", title=LOSS.to(language), format=".6~g"),
        ]
    )
    ends: list[dict[str, Any]] = [
        {"x": float(path[0, 0]), "y": float(path[0, 1]), "label": START.to(language)},
        {"x": float(least[0]), "y": float(least[1]), "label": LEAST.to(language)},
    ]
    marks = alt.Chart(as_data(ends)).encode(x=x, y=y)
    layers = [
        contours,
        line,
        dots,
        marks.mark_point(
            shape="diamond", size=110, color=ORANGE, filled=False, strokeWidth=2, opacity=1
        ),
    ]
    rises = ends[1]["y"] >= ends[0]["y"]
    for end, above in zip(ends, (not rises, rises), strict=True):  # beyond the ends of the path
        left = end["x"] > (domains[0][0] + domains[0][1]) / 2
        layers.append(
            alt.Chart(as_data([end]))
            .mark_text(
                align="right" if left else "left",
                dx=-8 if left else 8,
                dy=-15 if above else 15,
                fontSize=12,
            )
            .encode(x=x, y=y, text="label:N")
        )
    return finish(alt.layer(*layers).properties(width=width, height=HEIGHT))
