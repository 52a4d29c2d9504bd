"""How the gradient shrinks or grows on its way back, measured beside what theory says."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt

from ogive.plots.theme import BLUE, GREY, ORANGE, ROW_HEIGHT, as_data, finish, log_ticks
from ogive.text import Language, Text

__all__ = ["gradient_depth", "gradient_shares"]

HEIGHT = 320
PASSED = Text(
    "Activations the gradient has passed, from the output back", "梯度从输出往回经过的激活函数个数"
)
SHARE = Text("Share of the output's gradient (log scale)", "占输出层梯度的比例（对数轴）")
MEASURED = Text("measured", "实测")
PREDICTED = Text("mean field", "平均场预测")
BEST = Text("greatest slope {greatest:.4g}^n", "最大斜率 {greatest:.4g}^n")
LEAST = 1e-60
"""What is less is left out: a logarithm has no place for 0, nor an axis for everything."""


def _drawable(value: Any) -> bool:
    return value is not None and math.isfinite(value) and LEAST <= value <= 1 / LEAST


def _form(values: Sequence[float]) -> str:
    return "~g" if min(values) >= 1e-3 and max(values) <= 1e4 else "~e"


def _at_least_a_decade(values: Sequence[float]) -> list[float]:
    """Return the ends of an axis, so wide that a gradient that is kept does not look wild."""
    low, high = min(values) / 1.3, max(values) * 1.3
    spare = math.sqrt(max(10 * low / high, 1.0))
    return [low / spare, high * spare]


def gradient_depth(
    records: Sequence[dict[str, Any]],
    *,
    greatest: float,
    language: Language = "en",
    width: int | str = 640,
) -> alt.TopLevelMixin:
    """Draw the share of the gradient that is left after each activation.

    Parameters
    ----------
    records : sequence of dict
        One a layer: ``passed``, ``measured``, ``low``, ``high``, ``predicted``, ``best_case``; None
        where not known. Values that are 0 or not finite are left out.
    greatest : float
        The greatest slope, for the legend.
    language : {"en", "zh"}, default="en"
        Language of the titles.
    width : int or "container", default=640
        Width of the chart.
    """
    names = {
        "measured": MEASURED.to(language),
        "predicted": PREDICTED.to(language),
        "best_case": BEST.to(language, greatest=greatest),
    }
    points = [
        {"passed": record["passed"], "value": record[key], "line": name}
        for key, name in names.items()
        for record in records
        if _drawable(record[key])
    ]
    bands = [
        {"passed": r["passed"], "low": r["low"], "high": r["high"], "line": names["measured"]}
        for r in records
        if _drawable(r["low"]) and _drawable(r["high"])
    ]
    present = [name for name in names.values() if any(p["line"] == name for p in points)]
    styles = dict(
        zip(names.values(), [(BLUE, [1, 0]), (ORANGE, [6, 3]), (GREY, [2, 2])], strict=True)
    )
    legend = alt.Legend(
        orient="top", title=None, symbolType="stroke", symbolStrokeWidth=2.5, symbolSize=400,
        labelLimit=300,
    )  # fmt: skip
    colour = alt.Color(
        "line:N",
        scale=alt.Scale(range=[styles[n][0] for n in present], domain=present),
        legend=legend,
    )
    dash = alt.StrokeDash(
        "line:N",
        scale=alt.Scale(range=[styles[n][1] for n in present], domain=present),
        legend=legend,
    )
    depth = max((record["passed"] for record in records), default=1)
    stride = max(1, round(depth / 10))
    x = alt.X(
        "passed:Q",
        title=PASSED.to(language),
        scale=alt.Scale(domain=[1, max(depth, 2)], nice=False, padding=8),
        axis=alt.Axis(
            values=[n for n in range(1, depth + 1) if n == 1 or n % stride == 0], grid=False
        ),
    )
    values = [p["value"] for p in points] + [b[end] for b in bands for end in ("low", "high")]
    domain_of_y = _at_least_a_decade(values or [1.0])
    y_scale = alt.Scale(type="log", nice=False, domain=domain_of_y)
    y = alt.Y(
        "value:Q",
        title=SHARE.to(language),
        scale=y_scale,
        axis=alt.Axis(values=log_ticks(domain_of_y), format=_form(domain_of_y)),
    )
    base = alt.Chart(as_data(points)).encode(x=x, y=y, color=colour)
    tooltip = [
        alt.Tooltip("line:N", title=" "),
        alt.Tooltip("passed:Q", title="n"),
        alt.Tooltip("value:Q", title=SHARE.to(language), format=".3e"),
    ]
    layers: list[Any] = [
        base.mark_line(strokeWidth=2).encode(strokeDash=dash),
        base.transform_filter(alt.datum.line == names["measured"])
        .mark_point(filled=True, size=45, opacity=1)
        .encode(tooltip=tooltip),
    ]
    if bands:
        area = alt.Chart(as_data(bands)).mark_area(opacity=0.2, color=BLUE)
        y_low = alt.Y("low:Q", title=SHARE.to(language), scale=y_scale)
        layers.insert(0, area.encode(x=x, y=y_low, y2="high:Q"))
    return finish(alt.layer(*layers).properties(width=width, height=HEIGHT))


def gradient_shares(
    records: Sequence[dict[str, Any]], *, language: Language = "en", width: int | str = 640
) -> alt.TopLevelMixin:
    """Draw what many layers leave of the gradient, one line an activation.

    Parameters
    ----------
    records : sequence of dict
        ``activation``, ``measured`` and ``predicted``, in the order from the top. Values that are
        0 or not finite are left out, and so is an activation without any.
    language : {"en", "zh"}, default="en"
        Language of the titles.
    width : int or "container", default=640
        Width of the chart.
    """
    names = {"measured": MEASURED.to(language), "predicted": PREDICTED.to(language)}
    points = [
        {"activation": record["activation"], "value": record[key], "kind": name}
        for record in records
        for key, name in names.items()
        if _drawable(record[key])
    ]
    order = list(dict.fromkeys(point["activation"] for point in points))
    legend = alt.Legend(orient="top", title=None)
    values = [point["value"] for point in points] or [1.0]
    domain = list(names.values())
    x = alt.X(
        "value:Q",
        title=SHARE.to(language),
        scale=alt.Scale(type="log", nice=False, padding=12),
        axis=alt.Axis(values=log_ticks(values), format=_form(values)),
    )
    y = alt.Y(
        "activation:N",
        sort=order,
        title=None,
        axis=alt.Axis(ticks=False, domain=False, grid=True),
    )
    marks = (
        alt.Chart(as_data(points))
        .mark_point(size=70, opacity=1, strokeWidth=2)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "kind:N", scale=alt.Scale(domain=domain, range=[BLUE, ORANGE]), legend=legend
            ),
            shape=alt.Shape(
                "kind:N", scale=alt.Scale(domain=domain, range=["circle", "cross"]), legend=legend
            ),
            tooltip=[
                alt.Tooltip("activation:N", title=" "),
                alt.Tooltip("kind:N", title=" "),
                alt.Tooltip("value:Q", title=SHARE.to(language), format=".3e"),
            ],
        )
    )
    return finish(marks.properties(width=width, height=ROW_HEIGHT * max(len(order), 1)))
