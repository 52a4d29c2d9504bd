"""From a comparison to its four charts: collects the plain data that each of them draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from ogive.comparison.outcome import geometric_mean
from ogive.comparison.words import formats
from ogive.resampling.intervals import corrected_band
from ogive.text import Language, Text

if TYPE_CHECKING:
    import altair as alt

    from ogive.comparison.result import Comparison

__all__ = [
    "cost_records",
    "curve_records",
    "gradient_records",
    "make_figures",
    "mean_records",
    "score_records",
]

HIDDEN = Text("hidden {number}", "隐藏层 {number}")
OUTPUT = Text("output", "输出层")
SPLIT = Text("repeat {repeat}, fold {fold}", "第 {repeat} 次重复第 {fold} 折")
MEAN_SCORE = Text("Mean {score}", "平均{score}")
TEST_SCORE = Text("{score} on the test fold", "测试折上的{score}")

# Vega charts carry their data; this many points draw a curve on which no more could be seen.
MOST_POINTS = 100
# Losses of 0 have no place on a logarithmic axis.
LEAST_LOSS = 1e-8

Floats = NDArray[np.float64]


def make_figures(
    comparison: Comparison, language: Language, *, width: int | str = 640
) -> dict[str, alt.TopLevelMixin]:
    """Draw the charts of a comparison."""
    from ogive import plots

    order = [row.label for row in comparison.rows()]
    score = comparison.score.title.to(language)
    means = mean_records(comparison)
    curves, gradients = curve_records(comparison), gradient_records(comparison, language)
    charts = {
        "scores": plots.score_distributions(
            score_records(comparison, language),
            means,
            score_title=_capital(TEST_SCORE.to(language, score=score)),
            language=language,
            width=width,
        )
    }
    # Where every fit diverged at once there is neither a curve nor a gradient to draw.
    if curves:
        charts["learning_curves"] = plots.learning_curves(curves, order=order, language=language)
    if any(record["gradient"] > 0 for record in gradients):
        charts["gradients"] = plots.gradients_by_layer(
            gradients,
            order=order,
            layers=layer_names(comparison, language),
            language=language,
            width=width,
        )
    charts["cost"] = plots.cost_against_score(
        cost_records(comparison),
        score_title=MEAN_SCORE.to(language, score=score),
        language=language,
        width=width,
    )
    return charts


def score_records(comparison: Comparison, language: Language) -> list[dict[str, Any]]:
    """Score of every activation on every split."""
    scores, n_splits = comparison.scores, comparison.settings.n_splits
    return [
        {
            "activation": row.label,
            "split": SPLIT.to(language, repeat=i // n_splits + 1, fold=i % n_splits + 1),
            "score": round(value, 6),
            "group": row.group,
        }
        for row in comparison.rows()
        for i, value in enumerate(scores[row.label])
    ]


def mean_records(comparison: Comparison) -> list[dict[str, Any]]:
    """Mean score of every activation with its interval, the best first."""
    rows = comparison.rows()
    places = formats.decimals([row.score_high - row.score for row in rows])
    return [
        {
            "activation": row.label,
            "score": row.score,
            "low": row.score_low,
            "high": row.score_high,
            "group": row.group,
            "written": formats.plus_minus(row.score, row.score_high, places),
        }
        for row in rows
    ]


def cost_records(comparison: Comparison) -> list[dict[str, Any]]:
    """Time and score of every activation, the best first."""
    return [
        {**record, "seconds": row.seconds}
        for record, row in zip(mean_records(comparison), comparison.rows(), strict=True)
    ]


def curve_records(comparison: Comparison) -> list[dict[str, Any]]:
    """Loss by epoch: geometric mean over the splits and the ends of its interval.

    A fit that stopped early keeps its last loss, so that every point is about all the splits.
    """
    records: list[dict[str, Any]] = []
    parts: tuple[Literal["fitting", "validation"], ...] = ("fitting", "validation")
    for label, done in zip(comparison.settings.labels, comparison.outcomes, strict=True):
        for part in parts:
            curves = [o.loss_curve if part == "fitting" else o.validation_loss_curve for o in done]
            epochs, table = _aligned(curves)
            if not len(epochs):
                continue
            mean, low, high = (
                np.exp(ends)
                for ends in corrected_band(np.log(table), comparison.settings.test_to_train)
            )
            records.extend(
                {
                    "activation": label,
                    "epoch": int(epoch),
                    "part": part,
                    "mean": float(f"{mean[i]:.4g}"),
                    "low": float(f"{low[i]:.4g}"),
                    "high": float(f"{high[i]:.4g}"),
                }
                for i, epoch in enumerate(epochs)
            )
    return records


def _aligned(curves: list[Floats]) -> tuple[NDArray[np.int64], Floats]:
    """Return some epochs and the loss of every split at them, all finite and above 0."""
    finite = [curve[np.isfinite(curve)] for curve in curves]
    finite = [curve for curve in finite if curve.size]
    longest = max((len(curve) for curve in finite), default=0)
    if longest == 0 or len(finite) < 2:
        return np.empty(0, dtype=np.int64), np.empty((0, 0))
    epochs = np.unique(np.linspace(1, longest, MOST_POINTS).round().astype(np.int64))
    table = np.array([curve[np.minimum(epochs, len(curve)) - 1] for curve in finite])
    return epochs, np.maximum(table, LEAST_LOSS)


def gradient_records(comparison: Comparison, language: Language) -> list[dict[str, Any]]:
    """Gradient of every layer, geometric mean over the splits."""
    names = layer_names(comparison, language)
    return [
        {"activation": label, "layer": name, "gradient": float(f"{value:.4g}")}
        for label, done in zip(comparison.settings.labels, comparison.outcomes, strict=True)
        for name, value in zip(
            names, geometric_mean(np.array([o.gradients for o in done])), strict=True
        )
        if np.isfinite(value)
    ]


def layer_names(comparison: Comparison, language: Language) -> list[str]:
    """Names of the layers from the first hidden one to the output."""
    n_hidden = len(comparison.settings.hidden_layer_sizes)
    hidden = [HIDDEN.to(language, number=i + 1) for i in range(n_hidden)]
    return [*hidden, OUTPUT.to(language)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
