"""Reliability diagram: whether rows given a probability of 0.8 are positive in 8 of 10 cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt
import numpy as np
from numpy.typing import NDArray

from ogive.classification.scores.scoring import share_interval
from ogive.plots.calibration_panels import diagram, panels
from ogive.plots.curves import LEGEND
from ogive.plots.scored_rows import scored
from ogive.plots.theme import finish
from ogive.text import InputError, Language, Text

__all__ = ["Bins", "bins_of", "calibration_curve"]

OTHERS = Text(
    "Worst calibrated first; the other {n}, with smaller ECE, are not drawn.",
    "校准最差的在前；其余 {n} 条的 ECE 更小，未画出。",
)
MERITS = Text("Brier score {brier}, ECE {ece}", "Brier 分数 {brier}，ECE {ece}")
MOST, MOST_PANELS = 3, 12
"""Curves in one diagram, and in diagrams of their own."""
PANELS_WIDTH = 640

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
        Width of the chart; small panels take 640 for "container".

    Raises
    ------
    InputError
        Where probabilities are not between 0 and 1, and where `roc_curve` raises it.

    Notes
    -----
    The Brier score is scikit-learn's `brier_score_loss`. ECE, the expected calibration error, is
    the mean distance between the two axes over the rows, by these bins. Bins are closed at their
    upper ends.

    Marks grow with the rows of their bin. Bins of fewer than ten rows are pale, and no line is
    drawn to them. More than three curves have a small panel each; of more than twelve, those of
    the largest ECE.
    """
    from sklearn.metrics import brier_score_loss

    _check(n_bins, strategy, level)
    rows = scored(y_true, y_prob, sample_weight, pos_label, classes, probabilities=True)
    found = [bins_of(part.truth, part.score, part.weight, n_bins, strategy, level) for part in rows]
    order = list(range(len(rows)))
    left_out = max(len(rows) - MOST_PANELS, 0)
    if left_out:
        order.sort(key=lambda i: -found[i].calibration_error)
    curves = []
    for i in order[: len(rows) - left_out]:
        part, bins = rows[i], found[i]
        brier = brier_score_loss(part.truth, part.score, sample_weight=part.weight)
        said = MERITS.to(language, brier=f"{brier:.3f}", ece=f"{bins.calibration_error:.3f}")
        group = LEGEND.to(language, name=part.name, merit=said) if part.name else said
        curves.append((group, part.name, said, bins))
    if len(curves) <= MOST:
        records = [r for group, name, _, bins in curves for r in _records(bins, group, name)]
        return finish(diagram(records, [group for group, *_ in curves], level, language, width))
    return finish(
        panels(
            [(name, said, _records(bins, group, name)) for group, name, said, bins in curves],
            [OTHERS.to(language, n=left_out)] if left_out else [],
            level,
            language,
            width if isinstance(width, int) else PANELS_WIDTH,
        )
    )


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


def _records(bins: Bins, group: str, name: str) -> list[dict[str, Any]]:
    columns = zip(
        bins.start, bins.end, bins.predicted, bins.observed, bins.low, bins.high, strict=True
    )
    return [
        {
            "group": group,
            "name": name or group,
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
