"""Reliability diagram: whether rows given a probability of 0.8 are positive in 8 of 10 cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt
import numpy as np
from numpy.typing import NDArray

from ogive.classification.scores.scoring import share_interval
from ogive.plots import groups
from ogive.plots.curves import LEGEND, MOST, NAMED, RATES, Plane
from ogive.plots.scored_rows import scored
from ogive.plots.theme import as_data, finish
from ogive.text import InputError, Language, Text

__all__ = ["Bins", "bins_of", "calibration_curve"]

PREDICTED = Text("Predicted probability (mean of each bin)", "预测概率（各区间的均值）")
OBSERVED = Text("Share of positive rows", "正类行的比例")
COUNT = Text("Rows", "行数")
OTHERS = Text("the other {n}, with smaller ECE", "其余 {n} 条，ECE 更小")
PERFECT = Text("perfectly calibrated", "完全校准")
MERITS = Text("Brier score {brier}, ECE {ece}", "Brier 分数 {brier}，ECE {ece}")
INTERVAL = Text("{level} interval", "{level} 区间")
BIN = Text("bin", "区间")
HEIGHT, COUNTS_HEIGHT = 320, 70

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Bins:
    """Rows in bins of their probabilities; bins without rows are left out.

    Attributes
    ----------
    start, end : ndarray of shape (n_bins,)
    predicted, observed : ndarray of shape (n_bins,)
        Weighted mean of the probabilities, and weighted share of positive rows.
    low, high : ndarray of shape (n_bins,)
        Wilson's interval of `observed`.
    count : ndarray of int of shape (n_bins,)
    weight : ndarray of shape (n_bins,)
    """

    start: Floats
    end: Floats
    predicted: Floats
    observed: Floats
    low: Floats
    high: Floats
    count: NDArray[np.int64]
    weight: Floats

    @property
    def calibration_error(self) -> float:
        """Expected calibration error: mean distance of observed and predicted by weight."""
        return float(np.average(np.abs(self.observed - self.predicted), weights=self.weight))


def bins_of(
    truth: NDArray[np.bool_],
    probability: Floats,
    weight: Floats,
    n_bins: int = 10,
    strategy: Literal["uniform", "quantile"] = "uniform",
    level: float = 0.95,
) -> Bins:
    """Return the bins of a reliability diagram.

    With weights, the interval takes ``(Σw)² / Σw²`` rows in a bin (Kish's effective size).
    """
    edges = np.linspace(0, 1, n_bins + 1)
    if strategy == "quantile":
        edges = np.unique(np.quantile(probability, edges))
        edges[0], edges[-1] = 0.0, 1.0
    place = np.searchsorted(edges[1:-1], probability)
    size = len(edges) - 1
    count = np.bincount(place, minlength=size)
    kept = count > 0

    def sums(values: Floats) -> Floats:
        return np.bincount(place, weights=values, minlength=size)[kept].astype(np.float64)

    total = sums(weight)
    observed = np.clip(sums(weight * truth) / total, 0.0, 1.0)
    effective = total**2 / sums(weight**2)
    low, high = share_interval(observed * effective, effective, level)
    return Bins(
        start=edges[:-1][kept],
        end=edges[1:][kept],
        predicted=sums(weight * probability) / total,
        observed=observed,
        low=low,
        high=high,
        count=count[kept],
        weight=total,
    )


def calibration_curve(
    y_true: Any,
    y_prob: Any,
    *,
    sample_weight: Any = None,
    pos_label: Any = None,
    classes: Sequence[Any] | None = None,
    n_bins: int = 10,
    strategy: Literal["uniform", "quantile"] = "uniform",
    level: float = 0.95,
    language: Language = "en",
    width: int | str = 640,
) -> alt.TopLevelMixin:
    """Draw how often rows are positive against the probability predicted, and how many there are.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,)
        Class labels.
    y_prob : array-like of shape (n_samples,) or (n_samples, n_classes), or dict of these
        Probabilities of one model, or of several by their names. Of two columns the second one
        counts; of more, each class is held against the rest.
    sample_weight, pos_label, classes
        As in `roc_curve`.
    n_bins : int, default=10
        Number of bins; those without rows are left out.
    strategy : {"uniform", "quantile"}, default="uniform"
        Bins of equal width, or with equally many rows.
    level : float, default=0.95
        Level of the intervals (Wilson's).
    language : {"en", "zh"}, default="en"
        Language of the titles.
    width : int or "container", default=640
        Width of the chart.

    Raises
    ------
    InputError
        Where probabilities are not between 0 and 1, and where `roc_curve` raises it.

    Notes
    -----
    The Brier score is scikit-learn's `brier_score_loss`. ECE, the expected calibration error, is
    the mean distance between the two axes over the rows, by these bins. Bins are closed at their
    upper ends.
    """
    from sklearn.metrics import brier_score_loss

    _check(n_bins, strategy, level)
    rows = scored(y_true, y_prob, sample_weight, pos_label, classes, probabilities=True)
    found = [bins_of(part.truth, part.score, part.weight, n_bins, strategy, level) for part in rows]
    order = list(range(len(rows)))
    if len(rows) > MOST:
        order.sort(key=lambda i: -found[i].calibration_error)
    names, records = [], []
    for place, i in enumerate(order):
        part, bins = rows[i], found[i]
        if len(rows) > MOST and place >= NAMED:
            records += _records(
                bins, OTHERS.to(language, n=len(rows) - NAMED), part.name, named=False
            )
            continue
        brier = brier_score_loss(part.truth, part.score, sample_weight=part.weight)
        said = MERITS.to(language, brier=f"{brier:.3f}", ece=f"{bins.calibration_error:.3f}")
        names.append(LEGEND.to(language, name=part.name, merit=said) if part.name else said)
        records += _records(bins, names[-1], part.name, named=True)
    greys = list(dict.fromkeys(r["group"] for r in records if not r["named"]))
    return finish(_chart(records, names, [*greys, PERFECT.to(language)], level, language, width))


def _check(n_bins: int, strategy: str, level: float) -> None:
    if isinstance(n_bins, bool) or not isinstance(n_bins, int) or n_bins < 1:
        raise InputError(
            f"n_bins must be a whole number of at least 1. Got {n_bins!r} instead.",
            f"n_bins 必须是不小于 1 的整数。得到的却是 {n_bins!r}。",
        )
    if strategy not in ("uniform", "quantile"):
        raise InputError(
            f"strategy must be 'uniform' or 'quantile'. Got {strategy!r} instead.",
            f"strategy 必须是 'uniform' 或 'quantile'。得到的却是 {strategy!r}。",
        )
    if not 0 < level < 1:
        raise InputError(
            f"level must lie between 0 and 1. Got {level!r} instead.",
            f"level 必须在 0 和 1 之间。得到的却是 {level!r}。",
        )


def _records(bins: Bins, group: str, name: str, *, named: bool) -> list[dict[str, Any]]:
    columns = zip(
        bins.start, bins.end, bins.predicted, bins.observed, bins.low, bins.high, strict=True
    )
    return [
        {
            "group": group,
            "name": name or group,
            "named": named,
            "x": round(float(predicted), 6),
            "y": round(float(observed), 6),
            "low": round(float(low), 6),
            "high": round(float(high), 6),
            "start": float(start),
            "end": float(end),
            "bin": f"{start:.3g} – {end:.3g}",
            "interval": f"{low:.3f} – {high:.3f}",
            "count": int(count),
        }
        for (start, end, predicted, observed, low, high), count in zip(
            columns, bins.count, strict=True
        )
    ]


def _chart(
    records: list[dict[str, Any]],
    names: list[str],
    greys: list[str],
    level: float,
    language: Language,
    width: int | str,
) -> Any:
    plane = Plane(PREDICTED.to(language), OBSERVED.to(language))
    x, y = plane.x, plane.y
    legend = groups.key(symbolOpacity=1)
    colour = groups.colour(names, legend, greys=greys)
    mark = groups.shape(names, legend, strokes=greys)
    perfect = [{"x": at, "y": at, "group": greys[-1]} for at in (0.0, 1.0)]
    tooltip = [
        alt.Tooltip("name:N", title=" "),
        alt.Tooltip("bin:N", title=BIN.to(language)),
        alt.Tooltip("count:Q", title=COUNT.to(language), format=","),
        alt.Tooltip("x:Q", title=plane.x_title, format=".4f"),
        alt.Tooltip("y:Q", title=plane.y_title, format=".4f"),
        alt.Tooltip("interval:N", title=INTERVAL.to(language, level=f"{100 * level:g}%")),
    ]
    others = [r for r in records if not r["named"]]
    shown = [r for r in records if r["named"]]
    base = alt.Chart(as_data(shown)).encode(x=x, color=colour)
    layers = [
        alt.Chart(as_data(perfect))
        .mark_line(strokeDash=[4, 3], strokeWidth=1.3)
        .encode(x=x, y=y, color=colour),
        base.mark_rule(strokeWidth=1.4, opacity=0.8).encode(y=alt.Y("low:Q"), y2="high:Q"),
        base.mark_line(strokeWidth=1.4, opacity=0.7).encode(y=y, detail="name:N"),
        base.mark_point(size=60, filled=True, opacity=1).encode(y=y, shape=mark, tooltip=tooltip),
    ]
    if others:
        lines = alt.Chart(as_data(others)).mark_line(strokeWidth=1, opacity=0.5)
        layers.insert(1, lines.encode(x=x, y=y, color=colour, detail="name:N"))
    diagram = alt.layer(*layers).properties(width=width, height=HEIGHT)
    bars = alt.Chart(as_data([{**r, "zero": 0} for r in shown])).encode(
        x=alt.X("start:Q", title=None, scale=RATES, axis=None),
        x2="end:Q",
        y=alt.Y(
            "count:Q",
            title=COUNT.to(language),
            scale=alt.Scale(zero=True),
            axis=alt.Axis(tickCount=3, format=",d", grid=False),
        ),
        y2="zero:Q",
        color=colour,
        tooltip=tooltip[:3],
    )
    counts = alt.layer(
        bars.mark_rect(opacity=0.25),
        bars.mark_rect(filled=False, fillOpacity=0, strokeWidth=1.2),
    ).properties(width=width, height=COUNTS_HEIGHT)
    return alt.vconcat(diagram, counts, spacing=8)
