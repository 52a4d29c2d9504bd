"""What the lecture works out and tells apart, as functions."""

from ogive.classification.lessons.multilabel import BothLabellings, Labelling, label_both_ways
from ogive.classification.lessons.single_layer import SingleLayer, single_layer
from ogive.classification.lessons.single_layer_table import (
    SingleLayerTable,
    TableRow,
    single_layer_table,
)
from ogive.lecture.binary import BinaryClassification, binary_classification

__all__ = [
    "BinaryClassification",
    "BothLabellings",
    "Labelling",
    "SingleLayer",
    "SingleLayerTable",
    "TableRow",
    "binary_classification",
    "label_both_ways",
    "single_layer",
    "single_layer_table",
]
