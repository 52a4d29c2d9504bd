"""What becomes of accuracy, precision, recall, specificity and F1 as the threshold moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from ogive.plots import groups
from ogive.plots.curves import CHOSEN, DARK, RATES, TICKS, require_threshold
from ogive.plots.scored_rows import Scored, scored, thinned
from ogive.plots.theme import as_data, finish
from ogive.text import InputError, Language, Text

__all__ = ["ThresholdMetrics", "threshold_curves", "threshold_metrics"]

THRESHOLD = Text(
    "Threshold: rows count as positive whose score is at least that",
    "阈值：得分不低于它的行判为正类",
)
VALUE = Text("Value", "数值")
CUT = Text("Value (axis starts at {low})", "数值（纵轴从 {low} 开始）")
NAMES = {
    "accuracy": Text("accuracy", "准确率"),
    "precision": Text("precision", "精确率"),
    "recall": Text("recall", "召回率"),
    "specificity": Text("specificity", "特异度"),
    "f1": Text("F1", "F1"),
}
BEST = Text("greatest F1, {value} at {threshold}", "F1 最大：{value}，阈值 {threshold}")
HEIGHT = 340
SELDOM = 0.1
"""A curve may leave the chart below in this part of the thresholds."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ThresholdMetrics:
    """Measures at each score that occurs, in ascending order.

    Attributes
    ----------
    threshold : ndarray of shape (n,)
        Rows count as positive whose score is at least that.
    accuracy, precision, recall, specificity, f1 : ndarray of shape (n,)
    """

    threshold: Floats
    accuracy: Floats
    precision: Floats
    recall: Floats
    specificity: Floats
    f1: Floats


def threshold_metrics(
    y_true: Any, y_score: Any, *, sample_weight: Any = None, pos_label: Any = None
) -> ThresholdMetrics:
    """Return the measures at every threshold that makes a difference.

    The parameters are those of `threshold_curves`; the rates are scikit-learn's `roc_curve`.
    """
    return _metrics(_single(y_true, y_score, sample_weight, pos_label))


def _single(y_true: Any, y_score: Any, sample_weight: Any, pos_label: Any) -> Scored:
    score = np.asarray(y_score)
    if score.ndim == 2 and score.shape[1] <= 2:
        score = score[:, -1]
    if score.ndim != 1:
        raise InputError(
            f"y_score has the shape {score.shape}; the chart is of one model and one class, so "
            "give one column.",
            f"y_score 的形状是 {score.shape}；此图只画一个模型、一个类别，请给出一列。",
        )
    return scored(y_true, score, sample_weight, pos_label)[0]


def _metrics(part: Scored) -> ThresholdMetrics:
    from sklearn.metrics import roc_curve

    false_rate, true_rate, at = roc_curve(
        part.truth, part.score, sample_weight=part.weight, drop_intermediate=False
    )
    # The first point is that of a threshold above every score, where nothing is positive.
    false_rate, true_rate, at = false_rate[:0:-1], true_rate[:0:-1], at[:0:-1]
    positive = float(part.weight[part.truth].sum())
    negative = float(part.weight[~part.truth].sum())
    true, false = true_rate * positive, false_rate * negative
    return ThresholdMetrics(
        threshold=at,
        accuracy=(true + negative - false) / (positive + negative),
        precision=true / (true + false),
        recall=true_rate,
        specificity=1.0 - false_rate,
        f1=2 * true / (true + false + positive),
    )


def threshold_curves(
    y_true: Any,
    y_score: Any,
    *,
    sample_weight: Any = None,
    pos_label: Any = None,
    threshold: float | None = None,
    language: Language = "en",
    width: int | str = 640,
) -> alt.TopLevelMixin:
    """Draw accuracy, precision, recall, specificity and F1 against the threshold.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,)
        Class labels.
    y_score : array-like of shape (n_samples,) or (n_samples, 2)
        Probabilities or values of a decision function; of two columns the second one counts.
    sample_weight : array-like of shape (n_samples,), optional
        Rows of weight 0 are left out.
    pos_label : label, optional
        The positive class, against all others; by default the later one of two.
    threshold : float, optional
        Marks a chosen threshold by an upright line.
    language : {"en", "zh"}, default="en"
        Language of the titles.
    width : int or "container", default=640
        Width of the chart.

    Raises
    ------
    InputError
        Where shapes do not match, a value is missing or infinite, or a class has no rows.

    Notes
    -----
    The curves are steps: between two scores that occur, nothing changes. Above the largest score
    no row is positive and there is no precision; the curves end there. Where
    all measures are high at nine tenths of the thresholds, the vertical axis starts below the
    lowest of them instead of at 0, and says so.
    """
    require_threshold(threshold)
    part = _single(y_true, y_score, sample_weight, pos_label)
    metrics = _metrics(part)
    at = metrics.threshold
    probability = bool(at[0] >= 0 and at[-1] <= 1)
    ends = (0.0, 1.0) if probability else (float(at[0]), float(at[-1]))
    if threshold is not None:
        ends = (min(ends[0], float(threshold)), max(ends[1], float(threshold)))
    names = {key: text.to(language) for key, text in NAMES.items()}
    records: list[dict[str, Any]] = []
    for key, name in names.items():
        values = getattr(metrics, key)
        kept = thinned(at, values)
        xs, ys = at[kept], values[kept]
        # Every threshold below the lowest score does as that one does.
        start = [(ends[0], ys[0])] if ends[0] < xs[0] else []
        records += [
            {
                "group": name,
                "x": round(float(x), 8),
                "y": round(float(y), 6),
                "width": 3.4 if key == "f1" else 2.0,
            }
            for x, y in [*start, *zip(xs, ys, strict=True)]
        ]
    legend = groups.key(
        columns=5, symbolType="stroke", symbolStrokeWidth=2.2, symbolSize=260, symbolOpacity=1
    )
    shown = list(names.values())
    x = alt.X(
        "x:Q",
        title=THRESHOLD.to(language),
        scale=alt.Scale(domain=ends, nice=False, zero=False),
        axis=alt.Axis(tickCount=6, grid=False),
    )
    low = _lowest(metrics, ends)
    y = alt.Y(
        "y:Q",
        title=CUT.to(language, low=f"{low:g}") if low else VALUE.to(language),
        scale=alt.Scale(domain=(low, 1), nice=False, zero=False) if low else RATES,
        axis=alt.Axis(tickCount=5, format=".2~f") if low else TICKS,
    )
    lines = (
        alt.Chart(as_data(records))
        .mark_line(interpolate="step-before", clip=True)
        .encode(
            x=x,
            y=y,
            **_looks(shown, legend),
            tooltip=[
                alt.Tooltip("group:N", title=" "),
                alt.Tooltip("x:Q", title=THRESHOLD.to(language), format=".4~g"),
                alt.Tooltip("y:Q", title=VALUE.to(language), format=".4f"),
            ],
        )
    )
    best = int(metrics.f1.argmax())
    marks = [(float(at[best]), float(metrics.f1[best]))]
    written = f"{marks[0][0]:.3g}".replace("-", "−")
    said = BEST.to(language, value=f"{marks[0][1]:.3f}", threshold=written)
    layers = [lines, _mark(marks, said, "diamond", x, y)]
    if threshold is not None:
        said_too = CHOSEN.to(language, threshold=f"{threshold:g}")
        chosen = alt.Chart(as_data([{"x": float(threshold), "said": said_too}]))
        layers.append(chosen.mark_rule(strokeWidth=1.4, color=DARK, strokeDash=[4, 3]).encode(x=x))
        right = (float(threshold) - ends[0]) > 0.7 * (ends[1] - ends[0])
        layers.append(
            chosen.mark_text(
                align="right" if right else "left", dx=-6 if right else 6, fontSize=12
            ).encode(x=x, y=alt.value(HEIGHT - 12), text="said:N")
        )
    chart = alt.layer(*layers).properties(width=width, height=HEIGHT)
    return finish(chart)


def _lowest(metrics: ThresholdMetrics, ends: tuple[float, float]) -> float:
    """Return where the axis starts, so that a good model does not crowd at its upper end.

    At the two ends of the thresholds recall or specificity is 0 whatever the model, so that no
    curve counts where it is low in a tenth of the range only.
    """
    at = np.linspace(*ends, 401)
    place = np.searchsorted(metrics.threshold, at)
    inside = place < len(metrics.threshold)
    low = 1.0
    for key in NAMES:
        values = np.full(len(at), 0.0 if key in ("recall", "f1") else np.nan)
        values[inside] = getattr(metrics, key)[place[inside]]
        low = min(low, float(np.quantile(values[~np.isnan(values)], SELDOM)))
    low = min(low, float(metrics.f1.max()))
    step = 0.02 if low >= 0.94 else 0.1
    floor = round(np.floor((low - 0.25 * step) / step) * step, 2)
    return float(floor) if floor >= 0.3 else 0.0


def _looks(shown: list[str], legend: alt.Legend) -> dict[str, Any]:
    """Return colour, dashes and width of the measures: F1, which sums up two, is broad and grey."""
    *others, last = shown
    colour = groups.colour(others, legend, greys=[last])
    return {
        "color": colour,
        "strokeDash": groups.dashes(others, legend, greys={last: (1, 0)}),
        "strokeWidth": alt.StrokeWidth("width:Q", scale=None, legend=None),
    }


def _mark(points: list[tuple[float, float]], said: str, kind: str, x: alt.X, y: alt.Y) -> Any:
    records = [{"x": a, "y": b, "said": said} for a, b in points]
    scale = alt.Scale(domain=[said], range=[kind])
    return (
        alt.Chart(as_data(records))
        .mark_point(size=110, filled=True, opacity=1, color=DARK)
        .encode(x=x, y=y, shape=alt.Shape("said:N", scale=scale, legend=groups.key()))
    )
