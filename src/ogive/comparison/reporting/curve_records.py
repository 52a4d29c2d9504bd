"""What the charts of learning curves draw: a bounded number of points, whatever was trained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from ogive.comparison.reporting.score_records import split_name
from ogive.comparison.words.labels import shown_label
from ogive.resampling.intervals import corrected_band
from ogive.text import Language

if TYPE_CHECKING:
    from ogive.comparison.result import Comparison

__all__ = ["MOST_CURVES", "MOST_PANELS", "MOST_POINTS", "curve_records", "fold_curves"]

MOST_POINTS = 100
"""Charts carry their data; this many points draw a curve on which no more could be seen."""

MOST_PANELS = 12
MOST_CURVES = 10
"""Of more candidates the first are drawn split by split, and of more splits the first repeats."""

POINTS_OF_FOLDS = 5000
"""Of all the curves of single splits together."""

LEAST_LOSS = 1e-8
"""Losses of 0 have no place on a logarithmic axis."""

Floats = NDArray[np.float64]


def curve_records(comparison: Comparison, language: Language = "en") -> list[dict[str, Any]]:
    """Loss by epoch: geometric mean over the splits and the ends of its interval.

    A fit that stopped early keeps its last loss, so that every point is about all the splits.
    """
    records: list[dict[str, Any]] = []
    parts: tuple[Literal["fitting", "validation"], ...] = ("fitting", "validation")
    for label, done in zip(comparison.settings.labels, comparison.outcomes, strict=True):
        for part in parts:
            curves = [o.loss_curve if part == "fitting" else o.validation_loss_curve for o in done]
            epochs, table = _aligned(curves, MOST_POINTS)
            if not len(epochs):
                continue
            mean, low, high = (
                np.exp(ends)
                for ends in corrected_band(np.log(table), comparison.settings.test_to_train)
            )
            records.extend(
                {
                    "activation": shown_label(label, language),
                    "epoch": int(epoch),
                    "part": part,
                    "mean": float(f"{mean[i]:.4g}"),
                    "low": float(f"{low[i]:.4g}"),
                    "high": float(f"{high[i]:.4g}"),
                }
                for i, epoch in enumerate(epochs)
            )
    return records


def fold_curves(comparison: Comparison, language: Language) -> list[dict[str, Any]]:
    """Return validation loss by epoch on each split, and the geometric mean of all splits.

    Of many candidates the best `MOST_PANELS` are drawn, of many splits the first `MOST_CURVES`;
    the mean is over all of them.
    """
    done = dict(zip(comparison.settings.labels, comparison.outcomes, strict=True))
    with_curves = [
        (
            shown_label(row.label, language),
            [outcome.validation_loss_curve for outcome in done[row.label]],
        )
        for row in comparison.rows()
        if any(np.isfinite(o.validation_loss_curve).any() for o in done[row.label])
    ][:MOST_PANELS]
    n_curves = sum(min(len(curves), MOST_CURVES) for _, curves in with_curves)
    points = max(min(MOST_POINTS, POINTS_OF_FOLDS // max(n_curves, 1)), 10)
    records = []
    for label, curves in with_curves:
        for place, curve in enumerate(curves[:MOST_CURVES]):
            finite = curve[np.isfinite(curve)]
            if finite.size:
                epochs = _places(finite.size, points)
                name = split_name(comparison, place, language)
                records.append(_curve(label, name, epochs, finite[epochs - 1]))
        epochs, table = _aligned(curves, points)
        if len(epochs):
            records.append(_curve(label, "", epochs, np.exp(np.log(table).mean(axis=0))))
    return records


def _curve(label: str, split: str, epochs: NDArray[np.int64], losses: Floats) -> dict[str, Any]:
    written = [float(f"{loss:.4g}") for loss in np.maximum(losses, LEAST_LOSS)]
    return {"candidate": label, "split": split, "epoch": epochs.tolist(), "loss": written}


def _places(n: int, most: int) -> NDArray[np.int64]:
    """Return at most so many epochs out of n, the first and the last among them."""
    return np.unique(np.linspace(1, n, most).round().astype(np.int64))


def _aligned(curves: list[Floats], points: int) -> tuple[NDArray[np.int64], Floats]:
    """Return some epochs and the loss of every split at them, all finite and above 0."""
    finite = [curve[np.isfinite(curve)] for curve in curves]
    finite = [curve for curve in finite if curve.size]
    longest = max((len(curve) for curve in finite), default=0)
    if longest == 0 or len(finite) < 2:
        return np.empty(0, dtype=np.int64), np.empty((0, 0))
    epochs = _places(longest, points)
    table = np.array([curve[np.minimum(epochs, len(curve)) - 1] for curve in finite])
    return epochs, np.maximum(table, LEAST_LOSS)
