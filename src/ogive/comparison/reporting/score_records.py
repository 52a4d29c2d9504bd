"""What the charts of scores and costs draw: plain records, scores as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ogive.comparison.outcome import geometric_mean
from ogive.comparison.words import formats
from ogive.comparison.words.labels import shown_label
from ogive.text import Language, Text

if TYPE_CHECKING:
    from ogive.comparison.result import Comparison

__all__ = [
    "cost_records",
    "gradient_records",
    "layer_names",
    "mean_records",
    "score_records",
    "split_name",
]

HIDDEN = Text("hidden {number}", "隐藏层 {number}")
OUTPUT = Text("output", "输出层")
SPLIT = Text("repeat {repeat}, fold {fold}", "第 {repeat} 次重复第 {fold} 折")


def split_name(comparison: Comparison, place: int, language: Language) -> str:
    """Name of the split at a place."""
    repeat, fold = divmod(place, comparison.settings.n_splits)
    return SPLIT.to(language, repeat=repeat + 1, fold=fold + 1)


def score_records(comparison: Comparison, language: Language) -> list[dict[str, Any]]:
    """Score of every candidate on every split."""
    scores, shown = comparison.scores, comparison.score.shown
    return [
        {
            "activation": shown_label(row.label, language),
            "split": split_name(comparison, i, language),
            "score": float(f"{shown(value):.7g}"),
            "group": row.group,
        }
        for row in comparison.rows()
        for i, value in enumerate(scores[row.label])
    ]


def mean_records(comparison: Comparison, language: Language = "en") -> list[dict[str, Any]]:
    """Mean score of every candidate with its interval, the best first."""
    rows, shown = comparison.rows(), comparison.score.shown
    places = formats.decimals([row.half_width for row in rows])
    records = []
    for row in rows:
        low, high = sorted((shown(row.score_low), shown(row.score_high)))
        mean = shown(row.score)
        records.append(
            {
                "activation": shown_label(row.label, language),
                "score": mean,
                "low": low if np.isfinite(low) else None,
                "high": high if np.isfinite(high) else None,
                "group": row.group,
                "written": formats.plus_minus(mean, mean + row.half_width, places),
            }
        )
    return records


def cost_records(
    comparison: Comparison, cost: str, language: Language = "en"
) -> list[dict[str, Any]]:
    """Cost and score of every candidate of which the cost is known, the best first.

    Parameters
    ----------
    comparison : Comparison
    cost : str
        Field of `Row`. Times of predicting a row come in microseconds.
    language : {"en", "zh"}, default="en"
        Of the candidates' names.
    """
    unit = 1e6 if cost == "predict_seconds" else 1.0
    front = set(comparison.pareto(cost))
    return [
        {
            "candidate": shown_label(row.label, language),
            "cost": float(f"{unit * getattr(row, cost):.5g}"),
            "score": record["score"],
            "written": record["written"],
            "on_front": row.label in front,
        }
        for record, row in zip(mean_records(comparison), comparison.rows(), strict=True)
        if getattr(row, cost) > 0
    ]


def gradient_records(comparison: Comparison, language: Language) -> list[dict[str, Any]]:
    """Gradient of every layer of the networks, geometric mean over the splits."""
    records = []
    for label, done in zip(comparison.settings.labels, comparison.outcomes, strict=True):
        gradients = [outcome.gradients for outcome in done if len(outcome.gradients)]
        if not gradients:
            continue
        shown, names = shown_label(label, language), _layers(len(gradients[0]), language)
        means = geometric_mean(np.array(gradients))
        records += [
            {"activation": shown, "layer": name, "gradient": float(f"{value:.4g}")}
            for name, value in zip(names, means, strict=True)
            if np.isfinite(value)
        ]
    return records


def layer_names(comparison: Comparison, language: Language) -> list[str]:
    """Names of the layers, from the first hidden one of the deepest network to the output."""
    deepest = max(len(o.gradients) for done in comparison.outcomes for o in done)
    return _layers(deepest, language)


def _layers(n: int, language: Language) -> list[str]:
    hidden = [HIDDEN.to(language, number=i + 1) for i in range(n - 1)]
    return [*hidden, OUTPUT.to(language)]
