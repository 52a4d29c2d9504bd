"""What the lecture works out and tells apart, as functions."""

from ogive.classification.lessons.multilabel import BothLabellings, label_both_ways
from ogive.classification.lessons.single_layer import (
    SingleLayer,
    single_layer,
    single_layer_table,
)
from ogive.lecture.binary import BinaryClassification, binary_classification

__all__ = [
    "BinaryClassification",
    "BothLabellings",
    "SingleLayer",
    "binary_classification",
    "label_both_ways",
    "single_layer",
    "single_layer_table",
]
