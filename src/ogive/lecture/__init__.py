"""What the lecture works out and tells apart, as functions."""

from ogive.classification.lessons.multilabel import BothLabellings, Labelling, label_both_ways
from ogive.classification.lessons.single_layer import SingleLayer, single_layer
from ogive.classification.lessons.single_layer_table import (
    SingleLayerTable,
    TableRow,
    single_layer_table,
)
from ogive.lecture.binary import BinaryClassification, binary_classification
from ogive.lecture.dying_relus import DyingRun, DyingUnits, kill_relus
from ogive.lecture.gradient_table import GradientTable, gradient_by_depth_table
from ogive.lecture.gradients import GradientByDepth, gradient_by_depth
from ogive.lecture.shifting_means import MeanShift, ShiftedMeans, mean_shift
from ogive.lecture.sparsity import Sparsity, relu_sparsity

__all__ = [
    "BinaryClassification",
    "BothLabellings",
    "DyingRun",
    "DyingUnits",
    "GradientByDepth",
    "GradientTable",
    "Labelling",
    "MeanShift",
    "ShiftedMeans",
    "SingleLayer",
    "SingleLayerTable",
    "Sparsity",
    "TableRow",
    "binary_classification",
    "gradient_by_depth",
    "gradient_by_depth_table",
    "kill_relus",
    "label_both_ways",
    "mean_shift",
    "relu_sparsity",
    "single_layer",
    "single_layer_table",
]
