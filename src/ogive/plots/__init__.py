"""Every figure, once: functions from plain data to Altair charts, titled in either language."""

from ogive.plots.calibration import calibration_curve
from ogive.plots.code_book import code_book
from ogive.plots.confusion_matrix import confusion_matrix
from ogive.plots.correlations import correlation_map, regression_correlations
from ogive.plots.critical_difference import critical_difference
from ogive.plots.curves_by_fold import curves_by_fold
from ogive.plots.decision_line import decision_line
from ogive.plots.descent_path import descent_path
from ogive.plots.fitted_line import fitted_line
from ogive.plots.gradient_course import gradient_course
from ogive.plots.gradient_depth import gradient_depth, gradient_shares
from ogive.plots.gradients import gradients_by_layer
from ogive.plots.histogram_course import histogram_course
from ogive.plots.layer_histograms import layer_histograms
from ogive.plots.learning_curves import learning_curves
from ogive.plots.lecture_lines import lines_with_bands
from ogive.plots.logistic_loss import logistic_loss
from ogive.plots.pairwise_matrix import pairwise_matrix
from ogive.plots.pareto_front import pareto_front
from ogive.plots.posterior_densities import posterior_densities
from ogive.plots.precision_recall import precision_recall_curve
from ogive.plots.regression_points import RegressionPoints, regression_points
from ogive.plots.residuals import (
    leverage_against_residuals,
    normal_quantiles,
    residuals_against_fitted,
    scale_against_location,
)
from ogive.plots.roc import roc_curve
from ogive.plots.scores import score_distributions
from ogive.plots.strategy_maps import strategy_maps
from ogive.plots.thresholds import threshold_curves
from ogive.plots.training_course import training_course
from ogive.plots.unit_activity import unit_activity
from ogive.plots.unit_states import unit_states
from ogive.plots.votes import vote_table

__all__ = [
    "RegressionPoints",
    "calibration_curve",
    "code_book",
    "confusion_matrix",
    "correlation_map",
    "critical_difference",
    "curves_by_fold",
    "decision_line",
    "descent_path",
    "fitted_line",
    "gradient_course",
    "gradient_depth",
    "gradient_shares",
    "gradients_by_layer",
    "histogram_course",
    "layer_histograms",
    "learning_curves",
    "leverage_against_residuals",
    "lines_with_bands",
    "normal_quantiles",
    "logistic_loss",
    "pairwise_matrix",
    "pareto_front",
    "posterior_densities",
    "precision_recall_curve",
    "regression_correlations",
    "regression_points",
    "residuals_against_fitted",
    "scale_against_location",
    "roc_curve",
    "score_distributions",
    "strategy_maps",
    "threshold_curves",
    "training_course",
    "unit_activity",
    "unit_states",
    "vote_table",
]
