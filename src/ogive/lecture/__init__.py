"""The lecture's worked examples as functions."""

from ogive.lecture.binary import BinaryClassification, binary_classification

__all__ = ["BinaryClassification", "binary_classification"]
