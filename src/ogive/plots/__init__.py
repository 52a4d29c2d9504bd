"""Every figure, once: functions from plain data to Altair charts, titled in either language."""

from ogive.plots.cost import cost_against_score
from ogive.plots.gradients import gradients_by_layer
from ogive.plots.learning_curves import learning_curves
from ogive.plots.scores import score_distributions

__all__ = [
    "cost_against_score",
    "gradients_by_layer",
    "learning_curves",
    "score_distributions",
]
