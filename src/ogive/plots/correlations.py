"""The correlations among the features of a regression and with its target, as a map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from ogive.plots.theme import BLUE, ORANGE, as_data, finish
from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.linear import LinearRegression

__all__ = ["correlation_map", "regression_correlations"]

MOST_FEATURES = 40

CORRELATION = Text("Correlation", "相关系数")
WITH = Text("with", "与")
STRONGER = Text("stronger than with the target", "强于与目标的相关")
YES, NO = Text("yes", "是"), Text("no", "否")
POSITIVE, NEGATIVE = Text("positive", "正相关"), Text("negative", "负相关")
# Width of a cell by the number of columns; the page may shrink it to the least.
STEPS = ((6, 56), (10, 44), (16, 32), (24, 24), (10**9, 18))
WIDE_ENOUGH = 30
# In the middle, as names that go by number differ at their ends.
SHORTENED = (
    "length(datum.label) > 20 ? slice(datum.label, 0, 11) + '…' + slice(datum.label, -8)"
    " : datum.label"
)
OPAQUE = 0.85


def regression_correlations(
    model: LinearRegression,
    X: Any = None,
    y: Any = None,
    sample_weight: Any = None,
    *,
    target: int = 0,
    target_name: str | None = None,
) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """Return the correlations that `correlation_map` draws, and the names of the columns.

    Parameters
    ----------
    model : LinearRegression
        A fitted model.
    X, y, sample_weight : array-like, optional
        The rows it was fitted to, for a model that keeps none.
    target : int, default=0
        Which of several targets.
    target_name : str, optional
        What the target is called; by default its name in the fit.

    Returns
    -------
    correlations : ndarray of shape (n_names, n_names)
        Weighted; of more than 40 features those most correlated with the target.
    names : tuple of str
        Names of the features, and of the target last.
    """
    from ogive.linear.assumptions.exclusion import correlations
    from ogive.linear.assumptions.sample import Sample
    from ogive.linear.given_rows import get_rows

    given = get_rows(model, X, y, sample_weight)
    among, with_targets = correlations(Sample.of(given, model.solution_))
    own = with_targets[:, target]
    strongest = np.argsort(-np.abs(np.nan_to_num(own)), kind="stable")[:MOST_FEATURES]
    kept = np.sort(strongest)
    matrix = np.eye(kept.size + 1)
    matrix[:-1, :-1] = among[np.ix_(kept, kept)]
    matrix[-1, :-1] = matrix[:-1, -1] = own[kept]
    names = [given.rows.feature_names[i] for i in kept]
    return matrix, (*names, target_name or given.rows.target_names[target])


def correlation_map(
    correlations: NDArray[np.float64],
    names: Sequence[str],
    *,
    strong: float = 0.7,
    language: Language = "en",
) -> alt.TopLevelMixin:
    """Draw the correlations of all pairs; framed are those that the third condition forbids.

    Blue is positive and orange negative, the stronger the fuller. The frame is for two features
    whose correlation is strong, and stronger than that of either with the target.

    Parameters
    ----------
    correlations : ndarray of shape (n_names, n_names)
        Pearson's correlations; NaN where a column is constant. The last one is the target.
    names : sequence of str
        Names of the columns, that of the target last.
    strong : float, default=0.7
        Correlations of at least this size are framed if they exceed those with the target.
    language : {"en", "zh"}, default="en"
        Language of the titles.
    """
    n = len(names)
    step = next(size for most, size in STEPS if n <= most)
    labels = _distinct(names)
    strength = np.abs(np.nan_to_num(correlations))
    records = []
    for i in range(n):
        for j in range(i):
            r = float(correlations[i, j])
            known = np.isfinite(r)
            above = bool(strength[i, j] > strength[-1, [i, j]].max())
            records.append(
                {
                    "row": labels[i],
                    "column": labels[j],
                    "r": round(r, 4) if known else None,
                    "size": round(OPAQUE * abs(r), 4) if known else 0.0,
                    "sign": (POSITIVE if r >= 0 else NEGATIVE).to(language),
                    "written": _written(r) if known else "–",
                    "stronger": (YES if above else NO).to(language) if i < n - 1 else "–",
                    "framed": i < n - 1 and above and bool(strength[i, j] >= strong),
                }
            )
    signs = [POSITIVE.to(language), NEGATIVE.to(language)]
    x = alt.X(
        "column:N",
        sort=labels,
        title=None,
        scale=alt.Scale(domain=labels[:-1]),
        axis=alt.Axis(
            labelAngle=0 if n <= 3 else -50, labelExpr=SHORTENED, ticks=False, domain=False
        ),
    )
    y = alt.Y(
        "row:N",
        sort=labels,
        title=None,
        scale=alt.Scale(domain=labels[1:]),
        axis=alt.Axis(labelExpr=SHORTENED, ticks=False, domain=False),
    )
    base = alt.Chart(as_data(records)).encode(
        x=x,
        y=y,
        tooltip=[
            alt.Tooltip("row:N", title=" "),
            alt.Tooltip("column:N", title=WITH.to(language)),
            alt.Tooltip("r:Q", title=CORRELATION.to(language), format=".4f"),
            alt.Tooltip("stronger:N", title=STRONGER.to(language)),
        ],
    )
    cells = base.mark_rect().encode(
        color=alt.Color(
            "sign:N",
            sort=None,
            scale=alt.Scale(domain=signs, range=[BLUE, ORANGE]),
            legend=alt.Legend(orient="top", title=None, symbolType="square", symbolOpacity=OPAQUE),
        ),
        opacity=alt.Opacity("size:Q", scale=None),
    )
    frames = base.transform_filter("datum.framed").mark_rect(
        filled=False, fillOpacity=0, stroke="#c0392b", strokeWidth=2
    )
    shrunk = f"width / {max(n - 1, 1)}"
    numbers = base.mark_text(
        fontSize=alt.ExprRef(f"clamp({shrunk} / 3.4, 9, 12)"),
        opacity=alt.ExprRef(f"{shrunk} < {WIDE_ENOUGH} ? 0 : 1"),
    ).encode(text="written:N")
    chart = alt.layer(cells, frames, numbers).properties(
        width=alt.Step(step), height=alt.Step(step)
    )
    return finish(chart)


def _written(r: float) -> str:
    text = f"{r:.2f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", "\u2212")


def _distinct(names: Sequence[str]) -> list[str]:
    """Return the names, those that occur twice with their number."""
    seen: dict[str, int] = {}
    labels = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        labels.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return labels
