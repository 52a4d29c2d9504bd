"""Which activation function suits these data: the experiment, its statistics and its report."""

from ogive.comparison.compare import compare
from ogive.comparison.design.settings import COMPARED
from ogive.comparison.result import Comparison

__all__ = ["COMPARED", "Comparison", "compare"]
