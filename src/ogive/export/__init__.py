"""A fitted model as something that runs without Ogive: NumPy source, ONNX, JSON."""

from ogive.export.layers import Layered, layered
from ogive.export.numpy_source import numpy_source
from ogive.export.onnx_model import onnx_model
from ogive.export.plain import to_dict
from ogive.export.python_source import python_source
from ogive.export.reduction import Reduction

__all__ = [
    "Layered",
    "Reduction",
    "layered",
    "numpy_source",
    "onnx_model",
    "python_source",
    "to_dict",
]
