"""From a comparison to its charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ogive.comparison.reporting.curve_records import MOST_PANELS, curve_records, fold_curves
from ogive.comparison.reporting.pair_records import MOST_IN_MATRIX, densities, matrix_records
from ogive.comparison.reporting.score_records import (
    cost_records,
    gradient_records,
    layer_names,
    mean_records,
    score_records,
)
from ogive.comparison.words.labels import close_up, shown_label
from ogive.text import Language, Text

if TYPE_CHECKING:
    import altair as alt

    from ogive.comparison.result import Comparison

__all__ = ["COST_TITLES", "make_figures"]

MEAN_SCORE = Text("Mean {score}", "平均{score}")
TEST_SCORE = Text("{score} on the test fold", "测试折上的{score}")
LOWER = Text("{title} (lower is better)", "{title}（越低越好）")
DIFFERENCE = Text("Difference in {score} to {best}", "与 {best} 的{score}之差")
DIFFERENCE_LOWER = Text(
    "Difference in {score} to {best} (below 0 is better)",
    "与 {best} 的{score}之差（小于 0 为更好）",
)
COST_TITLES = {
    "seconds": Text(
        "Seconds a fit (median of one run, log scale)", "每次训练秒数（单次运行的中位数，对数轴）"
    ),
    "predict_seconds": Text(
        "Microseconds to predict a row (median of one run, log scale)",
        "预测一行所需微秒数（单次运行的中位数，对数轴）",
    ),
}

FEW = 4
CELL = 62
"""Of few candidates a cell of the matrix is so wide, and not as wide as there is room for."""


def make_figures(
    comparison: Comparison, language: Language, *, width: int | str = 640
) -> dict[str, alt.TopLevelMixin]:
    """Draw the charts of a comparison; those that there is nothing for are left out."""
    from ogive import plots

    order = [shown_label(row.label, language) for row in comparison.rows()]
    best = order[0]
    score = comparison.score
    title, upward = score.title.to(language), score.greater_is_better

    def axis(text: Text) -> str:
        written = _capital(text.to(language, score=title))
        return written if upward else LOWER.to(language, title=written)

    charts = {
        "scores": plots.score_distributions(
            score_records(comparison, language),
            mean_records(comparison, language),
            score_title=axis(TEST_SCORE),
            greater_is_better=upward,
            language=language,
            width=width,
        )
    }
    # Of two candidates the densities and the table say all there is.
    if len(order) > 2:
        charts["pairs"] = plots.pairwise_matrix(
            matrix_records(comparison, language),
            order[:MOST_IN_MATRIX],
            language=language,
            width=width if len(order) > FEW else CELL * len(order),
        )
    if len(order) > 1:
        drawn = densities(comparison, language)
        charts["densities"] = plots.posterior_densities(
            drawn.records,
            reference=best,
            rope=drawn.rope,
            rope_written=drawn.rope_written,
            domain=drawn.domain,
            difference_title=close_up(
                (DIFFERENCE if upward else DIFFERENCE_LOWER).to(language, score=title, best=best)
            ),
            language=language,
            width=width,
        )
    for cost, cost_title in COST_TITLES.items():
        costs = cost_records(comparison, cost, language)
        if len(costs) > 1:
            charts[cost] = plots.pareto_front(
                costs,
                cost_title=cost_title.to(language),
                score_title=axis(MEAN_SCORE),
                greater_is_better=upward,
                language=language,
                width=width,
            )
    curves, gradients = curve_records(comparison, language), gradient_records(comparison, language)
    # Where every fit diverged at once there is neither a curve nor a gradient to draw.
    if curves:
        drawn_curves = {record["activation"] for record in curves}
        panels = [label for label in order if label in drawn_curves][:MOST_PANELS]
        charts["learning_curves"] = plots.learning_curves(
            [record for record in curves if record["activation"] in panels],
            order=panels,
            language=language,
        )
    folds = fold_curves(comparison, language)
    if folds:
        panels = list(dict.fromkeys(curve["candidate"] for curve in folds))
        charts["fold_curves"] = plots.curves_by_fold(folds, order=panels, language=language)
    if any(record["gradient"] > 0 for record in gradients):
        networks = {record["activation"] for record in gradients}
        charts["gradients"] = plots.gradients_by_layer(
            gradients,
            order=[label for label in order if label in networks],
            layers=layer_names(comparison, language),
            language=language,
            width=width,
        )
    return charts


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
